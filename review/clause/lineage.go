package clause

import (
	"fmt"
	"slices"
)

// Turn records that one clause was parted into several, or that several were joined into one, by their anchors in the
// order of the text. One of those that it became may bear an anchor of those that it was.
type Turn struct {
	From []string `bson:"from"`
	Into []string `bson:"into"`
}

// Lineage is what became of the clauses of a text through all its saves, oldest first. Turns are only ever added.
type Lineage []Turn

// MostTurns is how many turns a lineage remembers. Policies have a handful.
const MostTurns = 1000

// with adds turns, as far as there is room.
func (l Lineage) with(turns []Turn) Lineage {
	if room := MostTurns - len(l); len(turns) > room {
		turns = turns[:max(room, 0)]
	}
	if len(turns) == 0 {
		return l
	}
	return append(slices.Clip(l), turns...)
}

// Since are the turns that an earlier lineage of the same policy does not have.
func (l Lineage) Since(earlier Lineage) Lineage {
	known := 0 // most often the earlier one is the beginning of this
	for known < min(len(l), len(earlier)) && l[known].equal(earlier[known]) {
		known++
	}
	return slices.DeleteFunc(slices.Clone(l[known:]), func(t Turn) bool { return slices.ContainsFunc(earlier[known:], t.equal) })
}

func (t Turn) equal(u Turn) bool { return slices.Equal(t.From, u.From) && slices.Equal(t.Into, u.Into) }

// Lead gives the anchors that the clause with an anchor has become, turn by turn: that one when nothing happened to it.
func (l Lineage) Lead(anchor string) []string {
	now := []string{anchor}
	for _, t := range l {
		if !slices.ContainsFunc(now, func(a string) bool { return slices.Contains(t.From, a) }) {
			continue
		}
		now = slices.DeleteFunc(now, func(a string) bool { return slices.Contains(t.From, a) || slices.Contains(t.Into, a) })
		now = append(now, t.Into...)
	}
	return now
}

// valid refuses what is no lineage: a turn that parts nothing and joins nothing, or that names an anchor twice.
func (l Lineage) valid() error {
	if len(l) > MostTurns {
		return fmt.Errorf("%d turns, and %d are kept", len(l), MostTurns)
	}
	for i, t := range l {
		if min(len(t.From), len(t.Into)) != 1 || max(len(t.From), len(t.Into)) < 2 || twice(t.From) || twice(t.Into) {
			return fmt.Errorf("turn %d: %q became %q", i, t.From, t.Into)
		}
	}
	return nil
}

func twice(anchors []string) bool {
	sorted := slices.Sorted(slices.Values(anchors))
	return slices.Contains(sorted, "") || len(slices.Compact(sorted)) != len(anchors)
}

// WithLineage returns t with a lineage that was kept beside it. It fails when that is none. t itself is not changed.
func (t Text) WithLineage(l Lineage) (Text, error) {
	if err := l.valid(); err != nil {
		return Text{}, fmt.Errorf("restoring a lineage: %w", err)
	}
	t.Lineage = l
	return t, nil
}

// Became gives the clauses of t that hold what a clause of an earlier text held, by index in the order of t: the clause
// itself, its parts, or the one that it was joined into. None when it was taken away.
func (t Text) Became(earlier Lineage, anchor string) []int {
	return t.under(t.Lineage.Since(earlier).Lead(anchor))
}

func (t Text) under(anchors []string) []int {
	var out []int
	for i, c := range t.Clauses {
		if c.Anchor != "" && slices.Contains(anchors, c.Anchor) {
			out = append(out, i)
		}
	}
	return out
}

// Former gives the anchors that no clause has any more and that lead to a clause, by its index: of several clauses to the
// first. So a link to what went into another clause still finds it.
func (t Text) Former() map[int][]string {
	out, seen := map[int][]string{}, map[string]bool{}
	for _, c := range t.Clauses {
		seen[c.Anchor] = true
	}
	for _, turn := range t.Lineage {
		for _, anchor := range turn.From {
			if seen[anchor] {
				continue
			}
			seen[anchor] = true
			if now := t.under(t.Lineage.Lead(anchor)); len(now) > 0 {
				out[now[0]] = append(out[now[0]], anchor)
			}
		}
	}
	return out
}
