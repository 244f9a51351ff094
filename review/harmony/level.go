package harmony

import (
	"fmt"
	"strings"

	"concordat/review/textdiff"
)

// Level is how weighty a change is for the patients of one place, from 0 to 4 (domain rules, consultation and
// engagement: level of change).
type Level int

// The levels.
const (
	LevelNone        Level = iota // nothing, or typographical
	LevelClarified                // said more clearly, for the same patients
	LevelSmall                    // more patients, or fewer as the national text has it
	LevelWeighty                  // criteria tightened or withdrawn, or a protected group affected
	LevelSubstantial              // a substantial variation: to the scrutiny committee (NHS Act 2006 s.244)
)

// Levels are all levels, in order.
var Levels = []Level{LevelNone, LevelClarified, LevelSmall, LevelWeighty, LevelSubstantial}

// Words is the level as a page shows it.
func (l Level) Words() string {
	switch l {
	case LevelNone:
		return "No change"
	case LevelClarified:
		return "Said more clearly, for the same patients"
	case LevelSmall:
		return "A small change"
	case LevelWeighty:
		return "A weighty change: patients may lose, or a protected group is affected"
	case LevelSubstantial:
		return "A substantial variation, for the scrutiny committee"
	}
	return fmt.Sprintf("Level %d", int(l))
}

// How many people a year are few and how many are many. No law gives a number: these are where this service draws the
// lines, each step names them, and a person confirms.
const (
	Few  = 20
	Many = 200
)

// People are how many people a year, as a range.
type People struct{ Low, High int }

// Equality is what an equality assessment says of a change. It is asked only once there is one.
type Equality interface {
	// Affected are the groups that would lose, in words.
	Affected() []string
}

// Case is what the level of a change for one place is worked out from.
type Case struct {
	Consequence
	Lose, Gain *People  // nil: nobody has said
	Equality   Equality // nil: there is no assessment yet
}

// Step is one reason for a level. Its words name no number of people: they are published, where small counts are hidden.
type Step struct {
	Rule  string
	Level Level // that it asks for at least
	Words string
}

// Grade is a level with the steps that led to it: the level is the highest that a step asks for.
type Grade struct {
	Level Level
	Steps []Step
	Open  int // criteria of which nothing is proved: read, they may raise it
}

// Settled tells whether reading what is not proved could not raise it to where patients may lose: it says so already.
func (g Grade) Settled() bool { return g.Open == 0 || g.Level >= LevelWeighty }

// Words are the level as a page shows it. It has no name while people have to read whether patients lose.
func (g Grade) Words() string {
	if !g.Settled() {
		return fmt.Sprintf("At least %d, not settled: %s not proved", g.Level, criteria(g.Open, "%s", "is", "are"))
	}
	return fmt.Sprintf("%d: %s", g.Level, g.Level.Words())
}

// Deciding are the words of the steps that ask for the level.
func (g Grade) Deciding() []string {
	var out []string
	for _, s := range g.Steps {
		if s.Level == g.Level && s.Rule != assessedNot && s.Rule != countedNot {
			out = append(out, s.Words)
		}
	}
	return out
}

// The rules that only remind.
const (
	assessedNot = "V-15"
	countedNot  = "V-16"
)

// steps are the rules. Each gives the words of its step, "" when it does not apply.
var steps = []struct {
	rule  string
	level Level
	words func(Case) string
}{
	{"V-01", LevelNone, func(c Case) string {
		return when(c.Doubt == "" && c.Effect == textdiff.NoEffect && c.reworded() == 0, "Its criteria stay as they are")
	}},
	{"V-02", LevelClarified, func(c Case) string {
		return criteria(c.reworded(), "%s worded differently, for the same patients", "is", "are")
	}},
	{"V-03", LevelSmall, func(c Case) string {
		return criteria(c.Counts.Wider, "%s wider: more patients could have it", "is", "are")
	}},
	{"V-04", LevelSmall, func(c Case) string {
		return when(c.Position == textdiff.Wider, "By its position more patients could have it")
	}},
	{"V-05", LevelSmall, func(c Case) string {
		return criteria(c.tighter(true), "%s narrower, as the national text has it", "is", "are")
	}},
	{"V-06", LevelWeighty, func(c Case) string {
		return criteria(c.tighter(false), "%s narrower, for some patients at least, and no national text asks for it", "is", "are")
	}},
	{"V-07", LevelWeighty, func(c Case) string {
		return when(c.Position == textdiff.Narrower && !c.Ends, "By its position fewer patients could have it")
	}},
	{"V-08", LevelWeighty, func(c Case) string { return when(c.Ends, "It is funded today and would be no longer") }},
	{"V-18", LevelWeighty, func(c Case) string {
		return criteria(c.Counts.Opposite, "%s the opposite of what stands today", "is", "are")
	}},
	{"V-09", LevelWeighty, func(c Case) string {
		return when(c.Lose != nil && c.Lose.High > Few, "More than %d people a year may lose", Few)
	}},
	{"V-10", LevelWeighty, func(c Case) string {
		return when(c.Gain != nil && c.Gain.High >= Many, "%d people a year or more may gain", Many)
	}},
	{"V-11", LevelSubstantial, func(c Case) string {
		return when(c.Lose != nil && c.Lose.High >= Many, "%d people a year or more may lose", Many)
	}},
	{"V-12", LevelSubstantial, func(c Case) string {
		return when(c.Ends && c.Lose == nil, "It would be no longer funded, and nobody has said for how many")
	}},
	{"V-13", LevelWeighty, func(c Case) string {
		if c.Equality == nil || len(c.Equality.Affected()) == 0 {
			return ""
		}
		return "The equality assessment finds that these would lose: " + strings.Join(c.Equality.Affected(), ", ")
	}},
	{"V-14", LevelWeighty, func(c Case) string { return when(c.Doubt != "", "What changes is not known: %s", c.Doubt) }},
	{assessedNot, LevelNone, func(c Case) string {
		return when(c.Equality == nil, "There is no equality assessment yet, which may raise the level")
	}},
	{countedNot, LevelNone, func(c Case) string {
		return when((c.Lose == nil || c.Gain == nil) && c.Effect != textdiff.NoEffect, "Nobody has said yet how many people are affected, which may raise the level")
	}},
}

// GradeOf works out the level of a change for one place. What is not proved raises it by one, to 2 at least and 3 at
// most.
func GradeOf(c Case) Grade {
	g := Grade{Open: c.Counts.Unclear}
	for _, s := range steps {
		if words := s.words(c); words != "" {
			g.Steps = append(g.Steps, Step{s.rule, s.level, words})
			g.Level = max(g.Level, s.level)
		}
	}
	if n := c.Counts.Unclear; n > 0 && g.Level < LevelWeighty {
		was := g.Level
		g.Level = max(LevelSmall, g.Level+1)
		g.Steps = append(g.Steps, Step{"V-17", g.Level, criteria(n, "%s not proved to do anything or nothing, which raises the level", "is", "are") +
			fmt.Sprintf(" from %d to %d", was, g.Level)})
	}
	return g
}

// reworded are how many criteria have other words and the same patients.
func (c Case) reworded() int {
	n := 0
	for _, x := range c.Changes {
		if x.Reworded && x.Effect == textdiff.NoEffect {
			n++
		}
	}
	return n
}

// tighter are how many criteria take something from somebody, as the national text has it or not.
func (c Case) tighter(mandated bool) int {
	n := 0
	for _, x := range c.Changes {
		if (x.Effect == textdiff.Narrower || x.Effect == textdiff.Mixed) && x.Mandated == mandated {
			n++
		}
	}
	return n
}

func when(holds bool, format string, args ...any) string {
	if !holds {
		return ""
	}
	return fmt.Sprintf(format, args...)
}

// criteria says something of n criteria, "" of none.
func criteria(n int, format, one, many string) string {
	switch n {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf(format, "1 criterion "+one)
	}
	return fmt.Sprintf(format, fmt.Sprintf("%d criteria %s", n, many))
}
