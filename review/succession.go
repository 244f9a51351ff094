package review

import (
	"slices"

	"concordat/review/record"
)

// query looks for the text of one patient through the successions of commissioners.
type query struct {
	places       Places
	registers    Registers
	referred, on record.Date
	// Both directions are remembered: where bodies split and merge again there are very many ways through.
	down map[edge][]part
	up   map[string][]part
}

type edge struct {
	id    string
	since record.Date
}

// part is what holds in one place.
type part struct {
	place     string    // whom to ask for when places differ
	text      *Interval // nil when no text covers the patient
	owner     string    // whose register the text is in
	stopped   *Suspension
	stoppedBy string
	waiting   []Pending
}

// over lays what was decided later over what was decided before.
func (p part) over(before part, place string) part {
	out := p
	out.place = place
	if p.text == nil {
		out.text, out.owner = before.text, before.owner
		if p.stopped == nil {
			out.stopped, out.stoppedBy = before.stopped, before.stoppedBy
		}
	}
	out.waiting = joinPending(before.waiting, p.waiting)
	return out
}

// own is what one commissioner decided from a day on.
func (q *query) own(id string, since record.Date) part {
	p := part{place: id, owner: id}
	r := q.registers[id]
	if r == nil {
		return p
	}
	p.waiting = r.Pending
	for i, x := range r.Intervals {
		if x.From >= since && x.From <= q.day(x) {
			p.text = &r.Intervals[i]
		}
	}
	for i, s := range r.Suspensions {
		if s.From >= since && s.From <= q.on && (s.Lifted == 0 || q.on < s.Lifted) {
			p.stopped, p.stoppedBy = &r.Suspensions[i], id
		}
	}
	return p
}

// day is the patient's day that decides whether an interval is about them.
func (q *query) day(x Interval) record.Date {
	if x.Rule == TreatedFrom {
		return q.on
	}
	return q.referred
}

// below is what a commissioner and those after it decided from a day on: one part when all its places agree.
func (q *query) below(id string, since record.Date) []part {
	key := edge{id, since}
	if list, ok := q.down[key]; ok {
		return list
	}
	own := q.own(id, since)
	list := []part{}
	if c := q.places[id]; c.Ended(q.on) {
		for _, next := range q.places.after(c) {
			for _, p := range q.below(next, c.End) {
				list = append(list, p.over(own, p.place))
			}
		}
	}
	if len(list) == 0 {
		list = append(list, own)
	}
	q.down[key] = one(list, id)
	return q.down[key]
}

// above is what a commissioner has from those it took over: none when it took over nobody.
func (q *query) above(id string) []part {
	if list, ok := q.up[id]; ok {
		return list
	}
	list := []part{}
	for _, before := range q.places.before(id, q.on) {
		own := q.own(before, 0)
		if own.text != nil {
			list = append(list, own)
			continue
		}
		list = append(list, q.inherit([]part{own}, q.above(before))...)
	}
	q.up[id] = one(list, id)
	return q.up[id]
}

// after are the commissioners that decide when c has ended. One that had ended by then cannot: so there are no
// circles, whatever was recorded.
func (places Places) after(c *Commissioner) []string {
	var out []string
	for _, id := range c.Successors {
		if s := places[id]; s != nil && id != c.ID && (s.End == 0 || s.End > c.End) && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// before are the commissioners that one took over by a day, or that were there before it began.
func (places Places) before(id string, on record.Date) []string {
	var out []string
	for _, c := range places {
		if c.End == 0 || !c.Ended(on) && places[id].Start < c.End {
			continue
		}
		if slices.Contains(places.after(c), id) {
			out = append(out, c.ID)
		}
	}
	slices.Sort(out)
	return out
}

// one makes a single part of parts that agree, and keeps of those that do not each once.
func one(list []part, place string) []part {
	if len(list) == 0 {
		return list
	}
	if agree(list) {
		for i := range list {
			list[i].place = place
		}
	}
	var out []part
	for _, p := range list {
		i := slices.IndexFunc(out, func(x part) bool { return x.place == p.place && x.holds() == p.holds() })
		if i < 0 {
			out = append(out, p)
			continue
		}
		out[i].waiting = joinPending(out[i].waiting, p.waiting)
	}
	return out
}

func agree(list []part) bool {
	for _, p := range list[1:] {
		if p.holds() != list[0].holds() {
			return false
		}
	}
	return true
}

// held is what is the same in two places that agree.
type held struct {
	text    TextRef
	expires record.Date
	found   bool
	stopped bool
}

func (p part) holds() held {
	h := held{stopped: p.stopped != nil, found: p.text != nil}
	if p.text != nil {
		h.text, h.expires = p.text.Text, p.text.Expires
	}
	return h
}

func joinPending(a, b []Pending) []Pending {
	out := slices.Clone(a)
	for _, p := range b {
		if !slices.ContainsFunc(out, func(x Pending) bool { return x.Source.ID == p.Source.ID }) {
			out = append(out, p)
		}
	}
	return out
}
