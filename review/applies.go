package review

import (
	"cmp"
	"slices"

	"concordat/review/record"
)

// Outcome is what the register answers.
type Outcome string

// The outcomes. Exactly one is given for every area and date.
const (
	TextApplies Outcome = "applies" // Answer.Text is the text
	NothingSet  Outcome = "nothing" // no text was ever set, or none from that day on: Answer.Missing says why
	AskWhere    Outcome = "where"   // the area had several predecessors or has several successors with different texts
)

// Answer is which text applies.
type Answer struct {
	Outcome  Outcome
	Interval Interval // the stretch of days that decides; its Text may be none
	Area     string   // the commissioner whose register decides: the area's own, a successor's or a predecessor's
	Missing  string   // in plain words, when there is no text
	Waiting  []Pending
	Choose   []string // commissioners to choose from, for AskWhere
}

// Places are all commissioners, by id.
type Places map[string]*Commissioner

// Registers are the registers of one policy, by commissioner.
type Registers map[string]*Register

// Applies answers which text of one policy's registers applies in an area to a patient referred on one day and
// treated, or asked about, on another. It always gives exactly one answer, or says what is missing.
//
// The area's commissioner decides while it lasts; then its successors do, and what it decided stays in force until
// a successor's own text replaces it.
func Applies(places Places, registers Registers, area string, referred, on record.Date) Answer {
	if places[area] == nil {
		return Answer{Outcome: NothingSet, Area: area, Missing: "There is no such area"}
	}
	on = max(on, referred)
	own := answerOf(registers[area], area, referred, on)
	later := successors(places, registers, area, referred, on)
	switch {
	case len(later) == 1 && later[0].newer(own):
		return later[0].with(own)
	case len(later) > 1:
		return choose(area, later)
	case own.Outcome == TextApplies || own.Interval.From != 0:
		return own
	}
	return inherited(places, registers, area, referred, on, own)
}

// answerOf looks into one register only.
func answerOf(r *Register, area string, referred, on record.Date) Answer {
	a := Answer{Outcome: NothingSet, Area: area, Missing: "No text was recorded for this area"}
	if r == nil {
		return a
	}
	a.Waiting = r.Pending
	for _, x := range r.Intervals {
		day := referred
		if x.Rule == TreatedFrom {
			day = on
		}
		if x.From <= day {
			a.Interval = x
		}
	}
	switch {
	case a.Interval.From == 0:
	case a.Interval.Text.None == NoneWithdrawn:
		a.Missing = "The policy was withdrawn on " + a.Interval.From.Words()
	case a.Interval.Text.None == NoneSuspended:
		a.Missing = "The policy is suspended since " + a.Interval.From.Words()
	default:
		a.Outcome, a.Missing = TextApplies, ""
	}
	return a
}

// newer tells whether a successor's answer replaces what the area had: it must say something, and later.
func (a Answer) newer(own Answer) bool {
	return a.Interval.From != 0 && a.Interval.From > own.Interval.From
}

func (a Answer) with(own Answer) Answer {
	a.Waiting = append(slices.Clone(own.Waiting), a.Waiting...)
	return a
}

// successors are the answers of those who decide for the area after its commissioner ended, and who say something.
func successors(places Places, registers Registers, area string, referred, on record.Date) []Answer {
	var out []Answer
	seen := map[string]bool{area: true}
	for queue := []string{area}; len(queue) > 0; {
		c := places[queue[0]]
		queue = queue[1:]
		if c == nil || !c.Ended(on) {
			continue
		}
		for _, id := range c.Successors {
			if seen[id] || places[id] == nil {
				continue
			}
			seen[id] = true
			queue = append(queue, id)
			if a := answerOf(registers[id], id, referred, on); a.Interval.From >= c.End && a.Interval.From != 0 {
				out = append(out, a)
			}
		}
	}
	return latestOnly(out)
}

// latestOnly keeps, along a chain of successions, the answer that was given last; two answers from the same day or
// with different texts from a split remain both.
func latestOnly(list []Answer) []Answer {
	slices.SortFunc(list, func(a, b Answer) int { return cmp.Compare(b.Interval.From, a.Interval.From) })
	if len(list) > 1 && list[0].Interval.Text == list[1].Interval.Text {
		return list[:1]
	}
	return list
}

func choose(area string, list []Answer) Answer {
	a := Answer{Outcome: AskWhere, Area: area, Missing: "The area was divided: choose the part that the patient belongs to"}
	for _, x := range list {
		a.Choose = append(a.Choose, x.Area)
	}
	slices.Sort(a.Choose)
	return a
}

// inherited is what a commissioner without a text of its own has from those it succeeded.
func inherited(places Places, registers Registers, area string, referred, on record.Date, own Answer) Answer {
	var found []Answer
	for _, before := range predecessors(places, area, on) {
		if a := answerOf(registers[before], before, referred, on); a.Interval.From != 0 {
			found = append(found, a)
		} else if a := inherited(places, registers, before, referred, on, a); a.Interval.From != 0 || a.Outcome == AskWhere {
			found = append(found, a)
		}
	}
	switch len(found) {
	case 0:
		return own
	case 1:
		return found[0].with(own)
	}
	a := choose(area, found)
	a.Missing = "The places that became this area have different texts: choose the place"
	return a
}

// predecessors are the commissioners that a commissioner succeeded, in the order of their ids.
func predecessors(places Places, id string, on record.Date) []string {
	var out []string
	for _, c := range places {
		if c.Ended(on) && c.ID != id && slices.Contains(c.Successors, id) {
			out = append(out, c.ID)
		}
	}
	slices.Sort(out)
	return out
}
