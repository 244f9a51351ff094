package public

import (
	"concordat/review"
	"concordat/review/decision"
	"concordat/review/record"
)

// Reply is the answer to "what applies", as outsiders may know it. The page puts it into words and the JSON into
// fields, so that both say the same.
type Reply struct {
	Policy      *Policy              // that was asked about
	Area        *review.Commissioner // that was asked about
	Outcome     review.Outcome
	Text        Sentence            // names the text that applies, with a link to it where it has a page
	By          *Policy             // whose version applies; nil for another text
	Version     *review.Version     // as its errata corrected it
	Local       *review.LocalPolicy // the area's own policy, or what it means there that it has none
	Position    string              // in a patient's words; "" when it is not known or the treatments differ
	Treatments  []Treatment         // where they differ
	Varied      *decision.Decision  // the adoption with a variation; nil when as it is
	From, To    record.Date         // 0 when it has no such day, or none that is known
	Rule        review.ReferralRule
	DecidedBy   *review.Commissioner
	Unpublished bool   // there is a text, of which outsiders may not know more yet
	Missing     string // why there is no text, or a place must be chosen
	Waiting     []Awaited
	Places      []Reply // what applies in each of the area's places, when they differ
}

// Awaited is a public text that was adopted and starts with an event whose date is not known.
type Awaited struct {
	review.Pending
	Policy  *Policy
	Version *review.Version
}

// Reply answers which text applies in an area to a patient referred on one day and treated on another.
func (s *Snapshot) Reply(p *Policy, area *review.Commissioner, referred, treated record.Date) Reply {
	return s.reply(p, area, s.Applies(p.ID, area.ID, referred, treated))
}

func (s *Snapshot) reply(p *Policy, area *review.Commissioner, a review.Answer) Reply {
	out := Reply{Policy: p, Area: area, Outcome: a.Outcome, DecidedBy: s.places[a.Area], Missing: a.Missing, Waiting: s.awaited(a)}
	for _, c := range a.Choose {
		if place := s.places[c.Place]; place != nil {
			out.Places = append(out.Places, s.reply(p, place, c.Answer))
		}
	}
	x := a.Interval
	if x.Text.None == review.NoneUnpublished {
		out.Unpublished = true
		return out
	}
	if x.From > review.SinceRecords {
		out.From = x.From
	}
	out.To, out.Rule = x.To, x.Rule
	if a.Outcome == review.TextApplies {
		out.Text = s.textSentence(p, a)
		s.addText(&out, x)
	}
	return out
}

// addText says which text it is and what it means for a patient.
func (s *Snapshot) addText(r *Reply, x review.Interval) {
	if x.Text.Local != "" {
		if r.Local, _ = s.Local(x.Text.Local); r.Local.Position != "" {
			r.Position = r.Local.Position.Plain()
		}
		return
	}
	r.By = s.all[x.Text.Policy]
	r.Version = r.By.Corrected(x.Text.Version)
	r.Treatments, r.Varied = treatments(r.Version), r.By.varied(x.Source.ID)
	if pos, ok := r.Version.Position(); ok {
		r.Position = pos.Plain()
	}
}

func (s *Snapshot) awaited(a review.Answer) []Awaited {
	var out []Awaited
	for _, w := range a.Waiting {
		by := s.all[w.Text.Policy]
		out = append(out, Awaited{w, by, by.Corrected(w.Text.Version)})
	}
	return out
}
