package review

import (
	"slices"
	"time"

	"concordat/review/clause"
	"concordat/review/harmony"
)

// From says from which text a paragraph of the draft was taken.
type From string

// The sources. FromLocal is one commissioner's text.
const (
	FromNational From = "national"
	FromEvidence From = "evidence"
	FromLocal    From = "local"
)

// Origin is where a paragraph of the draft came from. Its anchor stays with it from save to save.
type Origin struct {
	Anchor string    `bson:"anchor"`
	Row    string    `bson:"row"` // the row's name then
	From   From      `bson:"from"`
	Local  string    `bson:"local"`  // id of the local policy, of FromLocal
	Place  string    `bson:"place"`  // its commissioner
	Words  string    `bson:"words"`  // as the source had them
	Edited bool      `bson:"edited"` // the draft took them with changes
	Reason string    `bson:"reason"` // why not the national text or the evidence
	By     string    `bson:"by"`
	At     time.Time `bson:"at"`
	Turns  int       `bson:"turns"` // how many turns the draft's lineage had then
}

// Said is where a paragraph came from in words, with its commissioner's short name; "" of the zero Origin.
func (o Origin) Said(place string) string {
	out := ""
	switch o.From {
	case FromNational:
		out = "from the national text"
	case FromEvidence:
		out = "from the evidence"
	case FromLocal:
		out = "from " + place + "’s text"
	}
	if out != "" && o.Edited {
		out += ", with changes"
	}
	return out
}

// OriginsIn are where the paragraphs of a draft came from, each under the anchor that it has there. The parts of a
// paragraph came from where it did; what several were joined into has an origin for each. Of paragraphs that the draft
// lost there is none.
func (h *Harmonisation) OriginsIn(draft clause.Text) []Origin {
	var out []Origin
	for _, o := range h.Origins {
		known := draft.Lineage[:min(o.Turns, len(draft.Lineage))]
		for _, i := range draft.Became(known, o.Anchor) {
			o.Anchor, o.Turns = draft.Clauses[i].Anchor, len(draft.Lineage)
			out = append(out, o)
		}
	}
	return out
}

// OriginsOf are those of the paragraph with an anchor.
func OriginsOf(list []Origin, anchor string) []Origin {
	var out []Origin
	for _, o := range list {
		if anchor != "" && o.Anchor == anchor {
			out = append(out, o)
		}
	}
	return out
}

// RowAt finds the row on which the draft's paragraph with an anchor stands today, whatever it was called when the
// paragraph was taken; nil when the paragraph decides nothing.
func (m *Matrix) RowAt(anchor string) *harmony.Row {
	at := func(r harmony.Row) bool {
		return slices.ContainsFunc(r.Draft.Criteria, func(i int) bool {
			return r.Draft.Reading.Text.Clauses[r.Draft.Reading.Criteria[i].Clause].Anchor == anchor
		})
	}
	if i := slices.IndexFunc(m.Rows, at); i >= 0 {
		return &m.Rows[i]
	}
	return nil
}

// drafted notes where a paragraph of a draft came from, in place of what was noted of it.
func (h *Harmonisation) drafted(o Origin, draft clause.Text) {
	h.Origins = slices.DeleteFunc(h.OriginsIn(draft), func(x Origin) bool { return x.Anchor == o.Anchor })
	o.Turns = len(draft.Lineage)
	h.Origins = append(h.Origins, o)
}
