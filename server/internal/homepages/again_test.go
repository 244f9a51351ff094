package homepages

import (
	"slices"
	"testing"

	"concordat/review"
	"concordat/review/decision"
)

func TestAskedAgain(t *testing.T) {
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
