package review_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"concordat/review"
	"concordat/review/record"
	"concordat/review/reviewtest"
)

// promise is one that binds every step on every policy.
type promise struct{ asked []string }

var promised = record.Ref{Kind: "commitment", ID: "cm1", Revision: 1}

func (p *promise) Pass(_ context.Context, programme, policy string, commissioners []string, reason string) ([]record.Ref, error) {
	p.asked = append(p.asked, programme+" "+policy+" "+strings.Join(commissioners, ","))
	if reason == "" {
		return nil, record.Faults{{Field: "despite", Rule: "C-01", Message: "It was promised to consult"}}
	}
	return []record.Ref{promised}, nil
}

// A final version and its publication need a reason while a promise is open; a draft does not. What is wrong beside is
// told at once.
func TestAPromiseIsPassedOnlyWithAReason(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	s := reviewtest.Service(reviewtest.InMemory())
	p, place := adopted(t, s)
	open := &promise{}
	s.Promises = open
	edit := func(reason string) record.Edit {
		now, err := s.Policies.Load(ctx, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		p = now
		return record.Edit{By: reviewtest.Lead, ID: p.ID, Revision: p.Revision, Reason: reason}
	}
	faults := func(err error) (out []string) {
		var f record.Faults
		errors.As(err, &f)
		for _, x := range f {
			out = append(out, x.Field)
		}
		return out
	}
	if _, err := s.Issue(ctx, edit(""), "As a draft", false); err != nil || open.asked != nil {
		t.Errorf("a draft: %v, asked %q", err, open.asked)
	}
	if _, err := s.Issue(ctx, edit(""), " ", true); !slices.Equal(faults(err), []string{"note", "despite"}) {
		t.Errorf("a final version without a note or a reason: %v", err)
	}
	if !slices.Contains(open.asked, "g "+p.ID+" "+place) {
		t.Errorf("asked %q", open.asked)
	}
	if _, err := s.Issue(ctx, edit("The law changed"), "For decision", true); err != nil {
		t.Errorf("with a reason: %v", err)
	}
	first := review.Number{Major: 1}
	if _, err := s.Publish(ctx, edit(""), first, reviewtest.Now); !slices.Equal(faults(err), []string{"despite"}) {
		t.Errorf("publishing without a reason: %v", err)
	}
	if _, err := s.Publish(ctx, edit("The law changed"), first, reviewtest.Now); err != nil {
		t.Errorf("publishing with a reason: %v", err)
	}
	stale := edit("")
	stale.Revision--
	if _, err := s.Issue(ctx, stale, "Old", true); !errors.Is(err, record.ErrConflict) {
		t.Errorf("a stale form is told of the promise first: %v", err)
	}
}
