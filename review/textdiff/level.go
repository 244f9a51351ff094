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
// What cannot be told is never taken for the least that it could be.
var levelRules = []levelRule{
	{[]Class{Typographic, Layout}, nil, 0, "only the writing differs"},
	{[]Class{PlaceChanged, ClauseSplit, ClausesMerged}, []Effect{NoEffect}, 0, "the same words stand elsewhere or are parted otherwise"},
	{[]Class{DateChanged}, []Effect{NoEffect}, 0, "a date of the document"},
	{nil, []Effect{NoEffect}, 1, "the same patients"},
	{[]Class{WordingOnly, Clarification, CodeChanged, DateChanged, PlaceChanged, ModalityChanged}, []Effect{Unclear}, 2, "whether it is the same patients cannot be told"},
	{nil, []Effect{Unclear}, 3, "it cannot be told whether patients lose"},
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
