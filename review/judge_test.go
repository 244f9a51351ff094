package review_test

import (
	"context"
	"errors"
	"testing"

	"concordat/review"
	"concordat/review/record"
	"concordat/review/reviewtest"
)

// Judge says of each what AddLocal then does: it never promises what is refused, nor refuses what would be taken.
func TestJudgeSaysWhatAddLocalDoes(t *testing.T) {
	t.Parallel()
	ctx, s := context.Background(), reviewtest.Service(reviewtest.InMemory())
	p, place := adopted(t, s)
	other, err := s.AddCommissioner(ctx, reviewtest.Admin, review.Commissioner{Name: "NHS Brindlewick", Short: "Brindlewick", Start: 20200401})
	if err != nil {
		t.Fatal(err)
	}
	stranger := record.Actor{ID: "x", Grants: []record.Grant{{Role: "commissioner's contact", Commissioner: other.ID}}}
	good := review.LocalInput{Policy: p.ID, Commissioner: place, Title: "Tonsils", Markdown: "7 episodes", Effective: record.Day(2018, 4, 1)}
	for _, tc := range []struct {
		name string
		by   record.Actor
		edit func(*review.LocalInput)
		want error
	}{
		{"the first", reviewtest.Lead, func(*review.LocalInput) {}, nil},
		{"a later one", reviewtest.Lead, func(n *review.LocalInput) { n.Effective = record.Day(2019, 4, 1) }, nil},
		{"an older one", reviewtest.Lead, func(n *review.LocalInput) { n.Effective = record.Day(2015, 4, 1) }, nil},
		{"without a date beside one that has a date", reviewtest.Lead, func(n *review.LocalInput) { n.Effective = 0 }, record.ErrRule},
		{"in the future", reviewtest.Lead, func(n *review.LocalInput) { n.Effective = reviewtest.Today().AddDays(1) }, record.ErrRule},
		{"after what a meeting adopted", reviewtest.Lead, func(n *review.LocalInput) { n.Effective = reviewtest.Today() }, record.ErrRule},
		{"no title", reviewtest.Lead, func(n *review.LocalInput) { n.Title = "" }, record.ErrRule},
		{"a code that is none", reviewtest.Lead, func(n *review.LocalInput) { n.Codes.OPCS4 = []string{"Tonsils"} }, record.ErrRule},
		{"another commissioner", reviewtest.Lead, func(n *review.LocalInput) { n.Commissioner = other.ID }, record.ErrRule},
		{"no commissioner", reviewtest.Lead, func(n *review.LocalInput) { n.Commissioner = "nobody" }, record.ErrNotFound},
		{"no policy", reviewtest.Lead, func(n *review.LocalInput) { n.Policy = "nothing" }, record.ErrNotFound},
		{"without the role", stranger, func(*review.LocalInput) {}, record.ErrForbidden},
	} {
		n := good
		tc.edit(&n)
		said, err := s.Judge(ctx, tc.by, []review.LocalInput{n})
		if err != nil {
			t.Fatal(err)
		}
		before, err := s.Locals.OfPolicy(ctx, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		l, done := s.AddLocal(ctx, tc.by, n)
		if !errors.Is(said[0].Refusal, tc.want) || !errors.Is(done, tc.want) || (said[0].Refusal == nil) != (done == nil) {
			t.Errorf("%s: judged %v, done %v, want %v", tc.name, said[0].Refusal, done, tc.want)
		}
		if done != nil {
			continue
		}
		replaced := ""
		for _, x := range before {
			if now, err := s.Local(ctx, reviewtest.Lead, x.ID); err == nil && now.Replaced == l.ID {
				replaced = x.ID
			}
		}
		if said := said[0].Replaces; (said == nil) != (replaced == "") || said != nil && said.ID != replaced {
			t.Errorf("%s: judged to replace %v, replaced %q", tc.name, said, replaced)
		}
		if said := said[0].Later; (said == nil) != (l.Replaced == "") || said != nil && said.ID != l.Replaced {
			t.Errorf("%s: judged to go before %v, went before %q", tc.name, said, l.Replaced)
		}
	}
}
