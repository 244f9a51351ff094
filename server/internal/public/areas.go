package public

import (
	"slices"
	"strings"

	"concordat/review/decision"
	"concordat/web/view"
)

// AreaRow is one line of "Where it applies".
type AreaRow struct {
	Name, Slug string
	Chosen     bool
	State      string // of the mark
	Word       string
	When       string
	Notes      []Sentence
}

func (s *Snapshot) areaRows(p *Policy, all []Standing, chosen string) []AreaRow {
	out := make([]AreaRow, len(all))
	for i, st := range all {
		out[i] = s.areaRow(p, st)
		out[i].Name, out[i].Slug, out[i].Chosen = st.Area.Short, st.Area.Slug, st.Area.ID == chosen
	}
	return out
}

func (s *Snapshot) areaRow(p *Policy, st Standing) AreaRow {
	from := "from " + st.Answer.Interval.From.Words()
	switch st.Situation {
	case Suspended:
		return AreaRow{State: "late", Word: "Suspended", When: from}
	case Withdrawn:
		return s.ended(p, st, "Withdrawn", from)
	case Expired:
		return s.ended(p, st, "Ended", from)
	case ReplacedBy:
		return AreaRow{State: "moved", Word: "Replaced", When: from, Notes: []Sentence{lead("By ", s.textSentence(p, st.Answer), "")}}
	case Unpublished:
		return AreaRow{State: "waiting", Word: "Not published yet", Notes: []Sentence{{Text: st.Answer.Missing}}}
	case Divided:
		return AreaRow{State: "mixed", Word: "Differs by place", Notes: []Sentence{{Text: st.Answer.Missing}}}
	case InForce:
		row := adopted(p, st.Varied, from)
		if st.Version.Number != p.Now.Number {
			row.When = "version " + st.Version.Number.String() + ", " + from
		}
		if st.Answer.Area != st.Area.ID {
			row.Notes = append(row.Notes, Sentence{Text: "As " + s.placeName(st.Answer.Area) + " decided"})
		}
		if st.Next != nil {
			row.Notes = append(row.Notes, s.next(p, *st.Next))
		}
		return row
	}
	return s.notInForce(p, st)
}

func (s *Snapshot) ended(p *Policy, st Standing, word, from string) AreaRow {
	row := AreaRow{State: "none", Word: word, When: from}
	if st.Next != nil {
		row.Notes = append(row.Notes, s.next(p, *st.Next))
	}
	return row
}

func adopted(p *Policy, varied *decision.Decision, when string) AreaRow {
	if varied == nil {
		return AreaRow{State: "adopted", Word: "Adopted", When: when}
	}
	row := AreaRow{State: "variation", Word: "Adopted with a variation", When: when}
	for n, c := range varied.Overlay {
		told := c.Told()
		note := Sentence{Text: strings.ToUpper(told[:1]) + told[1:]}
		if slices.Contains(p.Now.Anchors, c.Anchor) {
			note.Link.Text, note.Link.Href, note.Text = note.Text, "#"+variationID(varied.ID, n), ""
		}
		row.Notes = append(row.Notes, note)
	}
	if varied.Version == root(p.Now.Mark).String() && fits(varied, p.Now.Text()) {
		row.Notes = append(row.Notes, Sentence{Link: view.Link{Text: "What is different there, word by word", Href: p.compareHref(editionKey(p.Now), variedKey(p.Now, varied))}})
	}
	return row
}

// notInForce is the row of an area that has another text, or none, today.
func (s *Snapshot) notInForce(p *Policy, st Standing) AreaRow {
	now := s.textSentence(p, st.Answer)
	d := st.Decision
	var varied *decision.Decision
	if d != nil && d.Outcome == decision.Vary {
		varied = d
	}
	switch {
	case st.Next != nil && st.Next.Text.Policy == p.ID:
		row := adopted(p, varied, "from "+st.Next.From.Words())
		return row.note(st, "Until then: ", now)
	case len(st.Waiting) > 0:
		row := adopted(p, varied, "")
		row.Notes = append(row.Notes, Sentence{Text: "It starts with “" + st.Waiting[0].Event + "”. That date is not known yet"})
		return row.note(st, "Until then: ", now)
	case d != nil && d.Outcome == decision.Decline:
		return AreaRow{State: "declined", Word: "Not adopted"}.note(st, "What applies there: ", now)
	case d != nil && d.Outcome == decision.Defer:
		return AreaRow{State: "deferred", Word: "Put off"}.note(st, "Meanwhile: ", now)
	}
	return AreaRow{State: "waiting", Word: "Not decided yet"}.note(st, "Meanwhile: ", now)
}

func (r AreaRow) note(st Standing, before string, now Sentence) AreaRow {
	if st.Situation != Missing || st.Local != nil {
		r.Notes = append(r.Notes, lead(before, now, ""))
	}
	return r
}
