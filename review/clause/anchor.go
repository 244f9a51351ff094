package clause

import (
	"fmt"
	"slices"
	"strconv"
)

// Inherit returns t with an anchor on every clause. A clause that was in before, as Align finds it by content,
// keeps its anchor, wherever it stands now; every other gets one from next. No two clauses share an anchor: a
// name from next that is taken already is asked for again, and in the end made different by a number. Anchors
// that t had are not looked at. t itself is not changed.
func (t Text) Inherit(before Text, next func() string) Text {
	out := Text{Markdown: t.Markdown, Clauses: slices.Clone(t.Clauses)}
	taken := make(map[string]bool, len(t.Clauses)+len(before.Clauses))
	for _, c := range before.Clauses {
		taken[c.Anchor] = true // a removed clause's anchor is not given to another
	}
	taken[""] = true
	kept := make(map[string]bool, len(t.Clauses))
	partner := alignContent(before, t).Before
	for i := range out.Clauses {
		c := &out.Clauses[i]
		c.Anchor = ""
		if b := partner[i]; b >= 0 && !kept[before.Clauses[b].Anchor] {
			c.Anchor = before.Clauses[b].Anchor
			kept[c.Anchor] = true
		}
		if c.Anchor == "" {
			c.Anchor = fresh(next, taken)
		}
	}
	return out
}

func fresh(next func() string, taken map[string]bool) string {
	const tries = 100
	name := next()
	for range tries {
		if !taken[name] {
			break
		}
		name = next()
	}
	unique := name
	for n := 2; taken[unique]; n++ {
		unique = name + "-" + strconv.Itoa(n)
	}
	taken[unique] = true
	return unique
}

// Anchors lists the anchors of the clauses in order, to be kept beside the Markdown.
func Anchors(t Text) []string {
	out := make([]string, len(t.Clauses))
	for i, c := range t.Clauses {
		out[i] = c.Anchor
	}
	return out
}

// WithAnchors returns t with the anchors that Anchors once listed for the same Markdown. It fails when their
// number is not that of the clauses or when two are the same; empty ones may repeat. t itself is not changed.
func (t Text) WithAnchors(anchors []string) (Text, error) {
	if len(anchors) != len(t.Clauses) {
		return Text{}, fmt.Errorf("restoring anchors: %d for %d clauses", len(anchors), len(t.Clauses))
	}
	out := Text{Markdown: t.Markdown, Clauses: slices.Clone(t.Clauses)}
	seen := make(map[string]bool, len(anchors))
	for i, anchor := range anchors {
		if anchor != "" && seen[anchor] {
			return Text{}, fmt.Errorf("restoring anchors: %q occurs twice", anchor)
		}
		seen[anchor] = true
		out.Clauses[i].Anchor = anchor
	}
	return out, nil
}
