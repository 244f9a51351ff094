package review

import (
	"slices"
	"time"
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

// OriginOf is where the paragraph with an anchor came from.
func (h *Harmonisation) OriginOf(anchor string) (Origin, bool) {
	i := slices.IndexFunc(h.Origins, func(o Origin) bool { return anchor != "" && o.Anchor == anchor })
	if i < 0 {
		return Origin{}, false
	}
	return h.Origins[i], true
}

// drafted notes where a paragraph came from, in place of what was noted of it. Paragraphs that the draft lost are
// forgotten: anchors are never given twice.
func (h *Harmonisation) drafted(o Origin, anchors []string) {
	h.Origins = slices.DeleteFunc(h.Origins, func(x Origin) bool { return x.Anchor == o.Anchor || !slices.Contains(anchors, x.Anchor) })
	h.Origins = append(h.Origins, o)
}
