package review

import (
	"context"
	"fmt"
	"slices"

	"concordat/review/record"
)

// Activity is who was treated in one commissioner's area by one procedure code, month by month. It says nothing of who
// would be treated by another rule.
type Activity struct {
	record.Head  `bson:",inline"`
	Commissioner string          `bson:"commissioner"`
	Code         string          `bson:"code"` // OPCS-4
	Counts       []ActivityCount `bson:"counts"`
}

// Kind names the kind of document.
func (*Activity) Kind() string { return "activity" }

// ActivityCount is how many were treated in a month, of all people or of one group of them.
type ActivityCount struct {
	Month       record.Date `bson:"month"` // the first of the month
	People      int         `bson:"people"`
	Age         string      `bson:"age"` // band, as given; "" when not given
	Sex         string      `bson:"sex"`
	Deprivation string      `bson:"deprivation"` // quintile, "1" the most deprived
}

// ActivityID is the id of the activity of one commissioner by one code.
func ActivityID(commissioner, code string) string { return commissioner + ":" + code }

// ActivityMonths is how many months are kept of a code; older ones go when newer come.
const ActivityMonths = 36

// MaxActivityCounts bounds the counts of one commissioner and code.
const MaxActivityCounts = 4000

// Activities keeps activity. What was never saved is loaded empty, at revision 0.
type Activities interface {
	record.Store[*Activity]
	// Coded gives the activity of all commissioners by the codes from one up to, not including, another, in the order of
	// their letters and digits.
	Coded(ctx context.Context, from, to string) ([]*Activity, error)
}

// replace takes counts in place of what is kept of the months from one to another.
func (a *Activity) replace(from, to record.Date, counts []ActivityCount) (record.Event, error) {
	a.Counts = slices.DeleteFunc(a.Counts, func(c ActivityCount) bool { return from <= c.Month && c.Month <= to })
	a.Counts = append(a.Counts, counts...)
	slices.SortStableFunc(a.Counts, func(x, y ActivityCount) int { return int(x.Month - y.Month) })
	if n := len(a.Counts); n > 0 {
		oldest := a.Counts[n-1].Month.AddMonths(1 - ActivityMonths)
		a.Counts = slices.DeleteFunc(a.Counts, func(c ActivityCount) bool { return c.Month < oldest })
	}
	if len(a.Counts) > MaxActivityCounts {
		return record.Event{}, record.Faults{{Field: "file", Message: fmt.Sprintf("Code %s would have more than %d counts in one area. Send fewer groups of people", a.Code, MaxActivityCounts)}}
	}
	return record.Event{Action: "activity.given"}.With("commissioner", a.Commissioner).With("code", a.Code).With("from", from).With("to", to), nil
}

// Baseline is how many were treated in one area by the codes of a policy, in the latest twelve months that are given.
// The zero Baseline: nothing is given.
type Baseline struct {
	From, To record.Date // first and last month
	Months   int         // from the one to the other, 12 at most
	People   int         // treated in them

	groups []map[string]int // the same people by their groups, for each of characteristics
}

// Known tells whether anything is given.
func (b Baseline) Known() bool { return b.Months > 0 }

// Year is how many are treated in twelve months, if the months given are like the others.
func (b Baseline) Year() int {
	if b.Months == 0 {
		return 0
	}
	return (b.People*12 + b.Months/2) / b.Months
}

// Period is "April 2026 to March 2027".
func (b Baseline) Period() string {
	if b.From == b.To {
		return b.From.MonthWords()
	}
	return b.From.MonthWords() + " to " + b.To.MonthWords()
}

// baseline adds up activity of one area. A month between the first and the last that has no counts is one in which
// nobody was treated.
func baseline(list []*Activity) (b Baseline) {
	for _, a := range list {
		for _, c := range a.Counts {
			b.To = max(b.To, c.Month)
			if b.From == 0 || c.Month < b.From {
				b.From = c.Month
			}
		}
	}
	if b.To == 0 {
		return b
	}
	b.From = max(b.From, b.To.AddMonths(-11))
	for m := b.From; m <= b.To; m = m.AddMonths(1) {
		b.Months++
	}
	for _, a := range list {
		for _, c := range a.Counts {
			if c.Month >= b.From {
				b.People += c.People
				b.group(c)
			}
		}
	}
	return b
}

// within tells whether a code is one of a code or range: F34.1 is within F34 and within F30-F36, F34 is not within F34.1.
func (s codeSpan) within(o codeSpan) bool {
	return s.letter == o.letter && o.from <= s.from && s.to <= o.to
}

// bounds are what the codes that a code or a range holds lie between, in the order of letters and digits: the first is
// one of them, the last is not.
func bounds(code string) (from, to string) {
	from, to, isRange := rangeEnds(code)
	if !isRange {
		to = from
	}
	return from, to + ".~"
}

// procedures are the procedure codes of all treatments, without what is no code yet.
func (c Content) procedures() (out []string) {
	for _, x := range c.Interventions {
		for _, code := range x.Codes.OPCS4 {
			if codeFault(code, opcs4, "") == "" {
				out = addOnce(out, code)
			}
		}
	}
	return out
}

// HasProcedures tells whether the content has a procedure code, by which activity is found.
func (c Content) HasProcedures() bool { return len(c.procedures()) > 0 }

// activity reads who was treated by the codes of a policy, by commissioner.
func (s *Service) activity(ctx context.Context, c Content) (map[string]Baseline, error) {
	lists, seen := map[string][]*Activity{}, map[string]bool{}
	for _, code := range c.procedures() {
		from, to := bounds(code)
		list, err := s.Activities.Coded(ctx, from, to)
		if err != nil {
			return nil, err
		}
		for _, a := range list {
			if !seen[a.ID] && spanOf(a.Code).within(spanOf(code)) {
				seen[a.ID] = true
				lists[a.Commissioner] = append(lists[a.Commissioner], a)
			}
		}
	}
	out := map[string]Baseline{}
	for id, list := range lists {
		out[id] = baseline(list)
	}
	return out, nil
}
