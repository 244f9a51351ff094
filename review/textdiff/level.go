package textdiff

import (
	"fmt"
	"slices"
)

// levelRule gives the level of change of findings of some classes and effects; no classes or effects are any.
type levelRule struct {
	classes []Class
	effects []Effect
	level   int
	why     string
}

// levelRules are the level of change that the words alone propose, the first that fits. 4, a substantial variation for a
// scrutiny committee (NHS Act 2006 s.244), follows from no words: numbers and the equality assessment decide it.
//
// What is not proved is never taken for the least that it could be.
var levelRules = []levelRule{
	{[]Class{Typographic, Layout}, []Effect{NoEffect}, 0, "only the writing differs"},
	{[]Class{PlaceChanged, ClauseSplit, ClausesMerged}, []Effect{NoEffect}, 0, "the same words stand elsewhere or are parted otherwise"},
	{nil, []Effect{NoEffect}, 1, "words that are known to mean the same"},
	{[]Class{OtherWords, TextAdded, TextRemoved, CodeChanged, DateChanged, PlaceChanged, ModalityChanged, Layout, ClauseSplit, ClausesMerged}, []Effect{Unclear}, 2, "whether it is the same patients is not proved"},
	{nil, []Effect{Unclear}, 3, "whether patients lose is not proved"},
	{nil, []Effect{Narrower, Mixed, Opposite}, 3, "some patients could not have the treatment any more"},
	{nil, []Effect{Wider}, 2, "more patients could have the treatment"},
}

// Level proposes the level of change from 0 to 3 (process.md, "Need assessment"): 0 none or typographic, 1 the same
// patients, 2 more patients or few, 3 criteria tightened or withdrawn. Each step names what raised it, the highest first.
func Level(changes []Classified) (level int, steps []string) {
	count := make([]map[Class]int, len(levelRules))
	for _, c := range changes {
		for _, f := range append([]Finding{c.Finding}, c.Others...) {
			k := ruleOf(f)
			if count[k] == nil {
				count[k] = map[Class]int{}
			}
			count[k][f.Class]++
			level = max(level, levelRules[k].level)
		}
	}
	for at := level; at >= 0; at-- {
		for k, r := range levelRules {
			if r.level == at && count[k] != nil {
				steps = append(steps, stepWords(r, count[k]))
			}
		}
	}
	if steps == nil {
		steps = []string{"level 0: nothing differs"}
	}
	return level, steps
}

func ruleOf(f Finding) int {
	return slices.IndexFunc(levelRules, func(r levelRule) bool {
		return (r.classes == nil || slices.Contains(r.classes, f.Class)) && (r.effects == nil || slices.Contains(r.effects, f.Effect))
	})
}

func stepWords(r levelRule, count map[Class]int) string {
	out := fmt.Sprintf("level %d: %s (", r.level, r.why)
	sep := ""
	for _, c := range weights {
		if n := count[c]; n > 0 {
			out += fmt.Sprintf("%s%d %s", sep, n, c)
			sep = ", "
		}
	}
	return out + ")"
}

// Proof is how much of some changes is proved.
type Proof struct{ All, Proved int }

// Proved counts the changes, and those of which all that is said is proved. People must read the others.
func Proved(changes []Classified) Proof {
	p := Proof{All: len(changes)}
	for _, c := range changes {
		if !slices.ContainsFunc(append([]Finding{c.Finding}, c.Others...), func(f Finding) bool { return f.Effect == Unclear }) {
			p.Proved++
		}
	}
	return p
}

// Words say it: "What 5 of 7 changes do is not proved: read both texts." "" when there are none.
func (p Proof) Words() string {
	switch {
	case p.All == 0:
		return ""
	case p.All == 1 && p.Proved == 1:
		return "What the only change does is proved."
	case p.All == 1:
		return "What the only change does is not proved: read both texts."
	case p.Proved == p.All:
		return fmt.Sprintf("What each of %d changes does is proved.", p.All)
	}
	return fmt.Sprintf("What %d of %d changes do is not proved: read both texts.", p.All-p.Proved, p.All)
}
