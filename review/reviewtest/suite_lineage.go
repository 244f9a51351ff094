package reviewtest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"concordat/review"
	"concordat/review/clause"
)

const (
	symptoms = "Symptoms must have lasted for 6 months or more at the time of referral."
	tried    = "The referral says which treatments were tried and for how long each was tried."
	surgeon  = "A surgeon sees the patient first and notes what was found."
)

// testLineage: what was parted and joined is known in every save and version since, whoever saved.
func testLineage(t *testing.T, w world) {
	p, first := w.withCriteria(t, symptoms+" "+tried+"\n\n"+surgeon)
	base, form := p.Saves, edit(p, "")
	p = w.criteria(t, p, symptoms+"\n\n"+tried+"\n\n"+surgeon)
	if turns := p.Lineage.Since(first.Lineage); len(turns) != 1 || len(turns[0].From) != 1 || len(turns[0].Into) != 2 {
		t.Fatalf("parted: %v", turns)
	}
	whole := anchorOf(t, first.Text(), symptoms+" "+tried)
	says(t, p.Text().Became(first.Lineage, whole), p.Text(), symptoms, tried)

	// Somebody saves over the version, in another section: both changes are kept, and what was parted stays known.
	p, joined, err := w.SaveText(w.ctx, form, base, []review.Section{{Key: review.SummaryKey, Markdown: "Quite other words."}})
	if err != nil || !joined {
		t.Fatalf("saved over an older save: %v, %v", joined, err)
	}
	says(t, p.Text().Became(first.Lineage, whole), p.Text(), symptoms, tried)
	p = w.criteria(t, p, symptoms+"\n\n"+tried+" "+surgeon)
	says(t, p.Text().Became(first.Lineage, whole), p.Text(), symptoms, tried+" "+surgeon)
	second := must(w.Issue(w.ctx, edit(p, ""), "parted and joined", true))(t)
	got := must(w.ReadVersion(w.ctx, Lead, p.ID, second.Number))(t)
	if turns := got.Lineage.Since(first.Lineage); len(turns) != 2 || fmt.Sprint(got.Lineage) != fmt.Sprint(p.Lineage) {
		t.Errorf("version %s knows %v, the draft %v", got.Number, turns, p.Lineage)
	}
	says(t, got.Text().Became(first.Lineage, anchorOf(t, first.Text(), surgeon)), got.Text(), tried+" "+surgeon)
}

// testErratumParts: a correction that parts a clause gives its parts the same anchors in the version and in the draft,
// although somebody has begun to change the draft elsewhere.
func testErratumParts(t *testing.T, w world) {
	p, first := w.withCriteria(t, symptoms+" "+tried+"\n\n"+surgeon)
	p, _, err := w.SaveText(w.ctx, edit(p, ""), p.Saves, []review.Section{{Key: review.SummaryKey, Markdown: "Words for this section.\n\nNew in the draft, and nowhere else."}})
	if err != nil {
		t.Fatal(err)
	}
	v := must(w.Erratum(w.ctx, edit(p, "two paragraphs ran together"), first.Number, []review.Section{{Key: review.CriteriaKey, Markdown: symptoms + "\n\n" + tried + "\n\n" + surgeon}}))(t)
	p = must(w.Policy(w.ctx, Lead, p.ID))(t)
	if fmt.Sprint(v.Lineage) != fmt.Sprint(p.Lineage) || len(v.Lineage) != 1 {
		t.Errorf("the version knows %v, the draft %v", v.Lineage, p.Lineage)
	}
	for _, c := range v.Text().Clauses {
		if strings.HasPrefix(c.Words, "Words for") {
			continue // many sections have these
		}
		if got := anchorOf(t, p.Text(), c.Words); got != c.Anchor {
			t.Errorf("%q is %s in the version and %s in the draft", c.Words, c.Anchor, got)
		}
	}
}

// withCriteria is a policy whose newest final version has some criteria.
func (w world) withCriteria(t *testing.T, text string) (*review.Policy, *review.Version) {
	t.Helper()
	p := w.policy(t, "CP-1", "Carpal tunnel", w.commissioner(t, "Brindlewick").ID)
	w.final(t, p)
	p = w.criteria(t, must(w.Policy(w.ctx, Lead, p.ID))(t), text)
	v := must(w.Issue(w.ctx, edit(p, ""), "other criteria", true))(t)
	return must(w.Policy(w.ctx, Lead, p.ID))(t), v
}

func anchorOf(t *testing.T, text clause.Text, words string) string {
	t.Helper()
	i := slices.IndexFunc(text.Clauses, func(c clause.Clause) bool { return c.Words == words })
	if i < 0 {
		t.Fatalf("%q is not in\n%s", words, text.Markdown)
	}
	return text.Clauses[i].Anchor
}

func says(t *testing.T, clauses []int, text clause.Text, want ...string) {
	t.Helper()
	var got []string
	for _, i := range clauses {
		got = append(got, text.Clauses[i].Words)
	}
	if !slices.Equal(got, want) {
		t.Errorf("became %q, want %q", got, want)
	}
}
