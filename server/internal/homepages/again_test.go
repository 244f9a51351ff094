package homepages

import (
	"context"
	"slices"
	"testing"

	"concordat/review"
	"concordat/review/decision"
	"concordat/review/record"
)

func TestAskedAgain(t *testing.T) {
	t.Parallel()
	mark := func(n, corrects review.Number) review.Mark {
		return review.Mark{Number: n, Final: true, Corrects: corrects}
	}
	one, two := review.Number{Major: 1}, review.Number{Major: 2}
	said := func(place, version string, o decision.Outcome) decision.Standing {
		return decision.Standing{Policy: "p", Version: version, Commissioner: place, Outcome: o}
	}
	standing := []decision.Standing{
		said("adopted", "1.0", decision.Adopt), said("varied", "1.0", decision.Vary), said("declined", "1.0", decision.Decline),
		said("both", "1.0", decision.Adopt), said("both", "2.0", decision.Adopt), said("deferred", "1.0", decision.Adopt), said("deferred", "2.0", decision.Defer),
		{Policy: "other", Version: "1.0", Commissioner: "elsewhere", Outcome: decision.Adopt},
	}
	for _, tc := range []struct {
		name   string
		stage  review.Stage
		issued []review.Mark
		want   []string
		varied []string
	}{
		{"a second final version", review.ForDecision, []review.Mark{mark(one, review.Number{}), mark(two, review.Number{})}, []string{"adopted", "varied", "deferred"}, []string{"varied"}},
		{"the same in other words", review.Published, []review.Mark{mark(one, review.Number{}), mark(review.Number{Major: 1, Minor: 1}, one)}, nil, nil},
		{"the first", review.ForDecision, []review.Mark{mark(one, review.Number{})}, []string{"both"}, nil},
		{"a draft only", review.Drafting, nil, nil, nil},
	} {
		list := standing
		if tc.name == "the first" {
			list = []decision.Standing{said("both", "0.9", decision.Adopt), said("adopted", "1.0", decision.Adopt)}
		}
		got := askedAgain(&review.Card{ID: "p", Stage: tc.stage, Issued: tc.issued}, list)
		if !slices.Equal(got.places, tc.want) || !slices.Equal(got.varied, tc.varied) {
			t.Errorf("%s: asked again %v, with a variation %v; want %v, %v", tc.name, got.places, got.varied, tc.want, tc.varied)
		}
	}
}

// cards has the policies of one programme and counts how often they are read.
type cards struct {
	Policies
	list  []*review.Card
	reads int
}

func (s *cards) Cards(context.Context, record.Actor, review.Filter, string) ([]*review.Card, string, error) {
	s.reads++
	return s.list, "", nil
}

// Policies of mine are not read a second time to find who decides again; those of others are where somebody decided on them.
func TestDecidedReadsNoPolicyTwice(t *testing.T) {
	t.Parallel()
	mine := []*review.Card{{ID: "a", Programme: "g"}, {ID: "b", Programme: "other"}, {ID: "c", Programme: "g"}}
	all := []*review.Card{mine[0], mine[2], {ID: "d", Programme: "g"}}
	for _, tc := range []struct {
		decided []string
		want    []*review.Card
		reads   int
	}{
		{nil, []*review.Card{mine[0], mine[2]}, 0},
		{[]string{"a", "a"}, []*review.Card{mine[0], mine[2]}, 0},
		{[]string{"a", "d"}, all, 1},
	} {
		kept := &cards{list: all}
		d := &desk{Pages: &Pages{Policies: kept}, mine: mine, stood: map[string][]decision.Standing{"g": nil}}
		for _, id := range tc.decided {
			d.stood["g"] = append(d.stood["g"], decision.Standing{Policy: id})
		}
		got, err := d.decided(t.Context(), "g")
		if err != nil || !slices.Equal(got, tc.want) || kept.reads != tc.reads {
			t.Errorf("decided on %v: %d policies and %d reads, %v; want %d and %d", tc.decided, len(got), kept.reads, err, len(tc.want), tc.reads)
		}
	}
}
