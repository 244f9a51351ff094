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
	TextApplies Outcome = "applies" // Answer.Interval.Text is the text
	NothingSet  Outcome = "nothing" // no text applies: Answer.Missing says why
	AskWhere    Outcome = "where"   // the area was divided or made of several places whose texts differ: Answer.Choose
)

// Answer is which text applies.
type Answer struct {
	Outcome  Outcome
	Interval Interval // the stretch of days that decides; its Text may be none
	Area     string   // the commissioner whose register decides: the area's own, a successor's or a predecessor's
	Missing  string   // in plain words, when there is no text or a place must be chosen
	Waiting  []Pending
	Choose   []Choice // what applies in each of the places, for AskWhere
}

// Choice is what applies in one of the places whose texts differ.
type Choice struct {
	Place  string // a commissioner
	Answer Answer
}

// Places are all commissioners, by id.
type Places map[string]*Commissioner

// Registers are the registers of one policy, by commissioner.
type Registers map[string]*Register

// Applies answers which text of one policy's registers applies in an area to a patient referred on one day and
// treated, or asked about, on another. It always gives exactly one answer, or says what is missing.
//
// The area's commissioner decides while it lasts; then its successors do, and what it decided stays in force until
// a successor's own text replaces it. A commissioner without a text of its own has those of the places it took over.
func Applies(places Places, registers Registers, area string, referred, on record.Date) Answer {
	if places[area] == nil {
		return Answer{Outcome: NothingSet, Area: area, Missing: "There is no such area"}
	}
	q := query{places: places, registers: registers, referred: referred, on: max(on, referred),
		down: map[edge][]part{}, up: map[string][]part{}}
	list := q.inherit(q.below(area, 0), q.above(area))
	first := q.answer(area, list[0])
	for _, p := range list[1:] {
		if a := q.answer(area, p); a.Outcome != first.Outcome || a.Interval.Text != first.Interval.Text {
			return q.choose(area, list)
		}
		first.Waiting = joinPending(first.Waiting, p.waiting)
	}
	return first
}

// inherit gives the places that no text of the area's own or of a successor covers the texts from before.
func (q *query) inherit(now, before []part) []part {
	var out []part
	for _, n := range now {
		if n.text != nil || len(before) == 0 {
			out = append(out, n)
			continue
		}
		for _, b := range before {
			place := n.place
			if len(before) > 1 {
				place = b.place
			}
			out = append(out, n.over(b, place))
		}
	}
	return out
}

// answer puts what was found into words.
func (q *query) answer(area string, p part) Answer {
	a := Answer{Outcome: NothingSet, Area: area, Waiting: p.waiting}
	if p.text == nil {
		a.Missing = "No text was recorded for this area"
		if len(p.waiting) > 0 {
			a.Missing = "A text was adopted, but the date of “" + p.waiting[0].Event + "” is not known yet"
		}
		return a
	}
	a.Area, a.Interval = p.owner, *p.text
	switch {
	case p.stopped != nil && !q.elsewhere(p):
		a.Area = p.stoppedBy
		a.Interval = Interval{From: p.stopped.From, To: p.stopped.Lifted, Text: TextRef{None: NoneSuspended},
			Rule: TreatedFrom, Source: record.Ref{Kind: (*Register)(nil).Kind(), ID: RegisterID(q.registers[p.stoppedBy].Policy, p.stoppedBy)}}
		a.Missing = "The policy is suspended from " + p.stopped.From.Words()
		if p.stopped.Lifted != 0 {
			a.Missing += " until " + p.stopped.Lifted.Words()
		}
	case p.text.Text.None == NoneUnpublished:
		a.Missing = "The text that applies to patients referred on that day is not published yet"
	case p.text.Text.None == NoneWithdrawn:
		a.Missing = "The policy was withdrawn from " + p.text.From.Words()
	case p.text.Expires != 0 && q.day(*p.text) >= p.text.Expires:
		a.Interval = Interval{From: p.text.Expires, Text: TextRef{None: NoneExpired}, Rule: p.text.Rule, Source: p.text.Source}
		a.Missing = "The policy statement ended on " + p.text.Expires.Words() + " and nothing has replaced it"
	default:
		a.Outcome = TextApplies
	}
	return a
}

// elsewhere tells whether what was found is no text of this policy: nothing that a suspension of it could stop.
func (q *query) elsewhere(p part) bool {
	t := p.text.Text
	return t.None != "" && t.None != NoneUnpublished || t.Policy != "" && t.Policy != q.registers[p.owner].Policy
}

func (q *query) choose(area string, list []part) Answer {
	a := Answer{Outcome: AskWhere, Area: area, Missing: "The places of this area have different texts: choose the place"}
	for _, p := range list {
		a.Choose = append(a.Choose, Choice{Place: p.place, Answer: q.answer(p.place, p)})
		a.Waiting = joinPending(a.Waiting, p.waiting)
	}
	slices.SortStableFunc(a.Choose, func(a, b Choice) int { return cmp.Compare(a.Place, b.Place) })
	return a
}
