package clause

import (
	"fmt"
	"slices"
	"strconv"
)

// Inherit returns t with an anchor on every clause. A clause that was in before, as Align finds it by content,
// keeps its anchor, wherever it stands now; every other gets one from next. Of a clause that was parted the likest part
// keeps the anchor, or else the first; so does what was joined that of its likest part; the lineage tells what became of
// the others. No two clauses share an anchor: a name from next that is taken already is asked for again, and in the end
// made different by a number. Anchors that t had are not looked at. t itself is not changed.
//
// Where what is new stands in the same words in another text of the policy, it has the anchor that it has there.
func (t Text) Inherit(before Text, next func() string, others ...Text) Text {
	out := Text{Markdown: t.Markdown, Clauses: slices.Clone(t.Clauses), Lineage: before.Lineage}
	taken := make(map[string]bool, len(t.Clauses)+len(before.Clauses))
	for _, c := range before.Clauses {
		taken[c.Anchor] = true // a removed clause's anchor is not given to another
	}
	taken[""] = true
	al := alignContent(before, t)
	keeps := slices.Clone(al.Before)
	parted, joined := Parts(before, t, al)
	keepOn(keeps, parted, joined)
	kept := make(map[string]bool, len(t.Clauses))
	for i := range out.Clauses {
		c := &out.Clauses[i]
		c.Anchor = ""
		if b := keeps[i]; b >= 0 && !kept[before.Clauses[b].Anchor] {
			c.Anchor = before.Clauses[b].Anchor
			kept[c.Anchor] = true
		}
	}
	for _, o := range others {
		out.share(o, taken)
	}
	for i := range out.Clauses {
		if c := &out.Clauses[i]; c.Anchor == "" {
			c.Anchor = fresh(next, taken)
		}
	}
	out.Lineage = out.Lineage.with(turns(before, out, parted, joined))
	return out
}

// keepOn gives the anchor of a clause of which no part alone is alike enough to the first part, and what was joined from
// clauses none of which is alike enough that of the first. keeps is by clause of the text after.
func keepOn(keeps []int, parted, joined map[int][]int) {
	for b, parts := range parted {
		if !slices.ContainsFunc(parts, func(a int) bool { return keeps[a] == b }) {
			keeps[parts[0]] = b
		}
	}
	for a, parts := range joined {
		if keeps[a] < 0 {
			keeps[a] = parts[0]
		}
	}
}

// share gives clauses without an anchor that of the same words in another text, unless it is taken.
func (t Text) share(other Text, taken map[string]bool) {
	for i, b := range alignContent(other, t).Before {
		if b < 0 || t.Clauses[i].Anchor != "" || t.Clauses[i].Words != other.Clauses[b].Words {
			continue
		}
		if anchor := other.Clauses[b].Anchor; !taken[anchor] {
			t.Clauses[i].Anchor, taken[anchor] = anchor, true
		}
	}
}

// turns are what was parted, and then what was joined, in the order of the texts.
func turns(before, after Text, parted, joined map[int][]int) []Turn {
	var out []Turn
	for b := range before.Clauses {
		if parts := parted[b]; parts != nil {
			out = append(out, Turn{From: before.anchorsOf(b), Into: after.anchorsOf(parts...)})
		}
	}
	for a := range after.Clauses {
		if parts := joined[a]; parts != nil {
			out = append(out, Turn{From: before.anchorsOf(parts...), Into: after.anchorsOf(a)})
		}
	}
	return slices.DeleteFunc(out, func(t Turn) bool { return twice(t.From) }) // of a text without anchors
}

func (t Text) anchorsOf(clauses ...int) []string {
	out := make([]string, len(clauses))
	for k, i := range clauses {
		out[k] = t.Clauses[i].Anchor
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
	out := Text{Markdown: t.Markdown, Clauses: slices.Clone(t.Clauses), Lineage: t.Lineage}
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
