package harmony_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"concordat/review/harmony"
	"concordat/review/textdiff"
)

type assessed []string

func (a assessed) Affected() []string { return a }

// with is a case with changes of some effects.
func with(effects ...textdiff.Effect) harmony.Case {
	var c harmony.Case
	for _, e := range effects {
		c = also(c, harmony.Change{Effect: e})
	}
	return c
}

func also(c harmony.Case, x harmony.Change) harmony.Case {
	c.Changes = append(slices.Clone(c.Changes), x)
	switch x.Effect {
	case textdiff.NoEffect:
		c.Counts.Same++
	case textdiff.Narrower:
		c.Counts.Narrower++
	case textdiff.Wider:
		c.Counts.Wider++
	case textdiff.Mixed:
		c.Counts.Mixed++
	default:
		c.Counts.Unclear++
	}
	c.Effect = c.Counts.Whole()
	return c
}

func TestLevels(t *testing.T) {
	t.Parallel()
	const same, narrower, wider, mixed, unclear = textdiff.NoEffect, textdiff.Narrower, textdiff.Wider, textdiff.Mixed, textdiff.Unclear
	set := func(c harmony.Case, change func(*harmony.Case)) harmony.Case { change(&c); return c }
	for _, tc := range []struct {
		name string
		of   harmony.Case
		want harmony.Level
		rule string // of a step that must be named
	}{
		{"nothing changes", with(same, same), 0, "V-01"},
		{"said more clearly", also(with(same), harmony.Change{Effect: same, Reworded: true}), 1, "V-02"},
		{"wider", with(same, wider), 2, "V-03"},
		{"narrower as the national text", also(with(), harmony.Change{Effect: narrower, Mandated: true}), 2, "V-05"},
		{"narrower", with(narrower), 3, "V-06"},
		{"mixed", with(mixed), 3, "V-06"},
		{"narrower and wider", with(narrower, wider), 3, "V-03"},
		{"one criterion cannot be told", with(same, unclear), 2, "V-17"},
		{"wider, and one cannot be told", with(wider, unclear), 3, "V-17"},
		{"narrower, and one cannot be told", with(narrower, unclear), 3, "V-06"},
		{"nothing can be told", harmony.Case{Consequence: harmony.Consequence{Doubt: "no policy", Effect: unclear}}, 3, "V-14"},
		{"by position wider", set(with(same), func(c *harmony.Case) { c.Position, c.Effect = wider, wider }), 2, "V-04"},
		{"by position narrower", set(with(same), func(c *harmony.Case) { c.Position, c.Effect = narrower, narrower }), 3, "V-07"},
		{"no longer funded, for a few", set(with(), func(c *harmony.Case) {
			c.Position, c.Ends, c.Lose = narrower, true, &harmony.People{Low: 3, High: 3}
		}), 3, "V-08"},
		{"no longer funded, for many", set(with(), func(c *harmony.Case) {
			c.Position, c.Ends, c.Lose = narrower, true, &harmony.People{Low: 212, High: 212}
		}), 4, "V-11"},
		{"no longer funded, nobody knows for how many", set(with(), func(c *harmony.Case) { c.Position, c.Ends = narrower, true }), 4, "V-12"},
		{"national, for more than a few", set(also(with(), harmony.Change{Effect: narrower, Mandated: true}), func(c *harmony.Case) { c.Lose = &harmony.People{High: 21} }), 3, "V-09"},
		{"national, for a few", set(also(with(), harmony.Change{Effect: narrower, Mandated: true}), func(c *harmony.Case) { c.Lose = &harmony.People{High: 20} }), 2, "V-05"},
		{"many gain", set(with(wider), func(c *harmony.Case) { c.Gain = &harmony.People{Low: 100, High: 200} }), 3, "V-10"},
		{"a protected group loses", set(with(wider), func(c *harmony.Case) { c.Equality = assessed{"disability"} }), 3, "V-13"},
		{"assessed, nobody loses", set(with(wider), func(c *harmony.Case) { c.Equality = assessed{} }), 2, "V-03"},
		{"not assessed", with(wider), 2, "V-15"},
	} {
		g := harmony.GradeOf(tc.of)
		if g.Level != tc.want || !slices.ContainsFunc(g.Steps, func(s harmony.Step) bool { return s.Rule == tc.rule }) {
			t.Errorf("%s: level %d by %v, want %d with %s", tc.name, g.Level, g.Steps, tc.want, tc.rule)
		}
	}
}

func TestEachStepIsInWords(t *testing.T) {
	t.Parallel()
	g := harmony.GradeOf(also(with(textdiff.Wider, textdiff.Unclear, textdiff.Unclear), harmony.Change{Effect: textdiff.NoEffect, Reworded: true}))
	var words []string
	for _, s := range g.Steps {
		words = append(words, s.Words)
	}
	want := "1 criterion is worded differently, for the same patients; 1 criterion is wider: more patients could have it; " +
		"There is no equality assessment yet, which may raise the level; Nobody has said yet how many people are affected, which may raise the level; " +
		"2 criteria are not proved to do anything or nothing, which raises the level from 2 to 3"
	if got := strings.Join(words, "; "); got != want {
		t.Errorf("steps: %s", got)
	}
}

// Whatever is added to a case – one more change of any effect, a protected group that loses, more people – never makes
// its level lower; and the level is the highest of its steps.
func TestNothingAddedLowersALevel(t *testing.T) {
	t.Parallel()
	effects := []textdiff.Effect{textdiff.NoEffect, textdiff.Narrower, textdiff.Wider, textdiff.Mixed, textdiff.Unclear}
	rapid.Check(t, func(r *rapid.T) {
		change := rapid.Custom(func(r *rapid.T) harmony.Change {
			return harmony.Change{Effect: rapid.SampledFrom(effects).Draw(r, "effect"), Mandated: rapid.Bool().Draw(r, "mandated"), Reworded: rapid.Bool().Draw(r, "reworded")}
		})
		people := rapid.Custom(func(r *rapid.T) *harmony.People {
			if rapid.Bool().Draw(r, "unsaid") {
				return nil
			}
			low := rapid.IntRange(0, 300).Draw(r, "low")
			return &harmony.People{Low: low, High: low + rapid.IntRange(0, 300).Draw(r, "more")}
		})
		var c harmony.Case
		for _, x := range rapid.SliceOfN(change, 0, 6).Draw(r, "changes") {
			c = also(c, x)
		}
		c.Position = rapid.SampledFrom(effects).Draw(r, "position")
		c.Ends = c.Position == textdiff.Narrower && rapid.Bool().Draw(r, "ends")
		c.Lose, c.Gain = people.Draw(r, "lose"), people.Draw(r, "gain")
		before := harmony.GradeOf(c)
		highest := harmony.LevelNone
		for _, s := range before.Steps {
			highest = max(highest, s.Level)
		}
		if before.Level != highest {
			r.Fatalf("level %d of steps %v", before.Level, before.Steps)
		}
		more := c
		switch rapid.IntRange(0, 2).Draw(r, "added") {
		case 0:
			more = also(c, change.Draw(r, "change"))
		case 1:
			more.Equality = assessed{"age"}
		case 2:
			if c.Lose != nil {
				more.Lose = &harmony.People{Low: c.Lose.Low, High: c.Lose.High + 150}
			}
		}
		if after := harmony.GradeOf(more); after.Level < before.Level {
			r.Fatalf("level %d became %d: %v, then %v", before.Level, after.Level, before.Steps, after.Steps)
		}
	})
}
