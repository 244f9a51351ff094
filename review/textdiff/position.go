package textdiff

import (
	"slices"
	"strings"
)

// The steps of a commissioning position, from the widest. Each is a hurdle more (review.Position has the same order).
const (
	routine = iota
	byCriteria
	byApproval
	byEvaluation
	notRoutine
)

// positions compares the positions that a clause states, part by part.
func (e *edit) positions() []Finding {
	x, y := stated(e.x), stated(e.y)
	if len(x) == 0 || len(x) != len(y) || slices.Equal(x, y) {
		return nil
	}
	effect := NoEffect
	for i := range x {
		switch own := stepEffect(x[i], y[i]); {
		case own == NoEffect || own == effect:
		case effect == NoEffect:
			effect = own
		default:
			effect = Mixed
		}
	}
	why := "The position is a step further from routine commissioning."
	switch effect {
	case Wider:
		why = "The position is a step nearer to routine commissioning."
	case Mixed:
		why = "The position is nearer to routine commissioning for some and further for others."
	}
	e.hunks = slices.DeleteFunc(e.hunks, func(h hunk) bool { return !hasNumber(h.gone) && !hasNumber(h.came) })
	return []Finding{{PositionChanged, effect, why}}
}

func stepEffect(before, after int) Effect {
	switch {
	case before < after:
		return Narrower
	case before > after:
		return Wider
	}
	return NoEffect
}

// stated lists the positions that a clause states, one for each part between full stops and semicolons that states one.
// What is said of approval in a part of its own belongs to the position before.
func stated(ws []word) []int {
	var out []int
	for _, part := range parts(ws) {
		step, ok := step(part)
		if !ok {
			continue
		}
		if n := len(out); n > 0 && about(part, "approval") && (out[n-1] == byCriteria || out[n-1] == byApproval) {
			out[n-1] = step
			continue
		}
		out = append(out, step)
	}
	return out
}

func parts(ws []word) [][]word {
	var out [][]word
	from := 0
	for i, w := range ws {
		if (w.first || strings.Contains(w.mark, ";")) && i > from {
			out = append(out, ws[from:i])
			from = i
		}
	}
	return append(out, ws[from:])
}

func about(ws []word, text string) bool {
	return slices.ContainsFunc(ws, func(w word) bool { return w.text == text })
}

// step is the position that a part of a sentence states.
func step(ws []word) (int, bool) {
	prior := phrase(ws, "prior", "approval") || phrase(ws, "prior", "authorization") || phrase(ws, "prior", "notification")
	funded := anyOf(ws, fundingWords)
	switch {
	case phrase(ws, "not", "routinely") && funded, phrase(ws, "not", "normally") && funded:
		return notRoutine, true
	case about(ws, "evaluation") && funded || phrase(ws, "evaluation", "only"):
		return byEvaluation, true
	case prior && anyOf(ws, negators):
		return byCriteria, true
	case prior:
		return byApproval, true
	case phrase(ws, "routinely") && funded:
		return routine, true
	case funded && (phrase(ws, "subject", "to") || phrase(ws, "under", "the", "criteria")), phrase(ws, "restricted"), phrase(ws, "criteria", "based"):
		return byCriteria, true
	}
	return 0, false
}

var fundingWords = list("commissioned funded available offered provided commissions funds")

// phrase tells whether words stand one after another.
func phrase(ws []word, texts ...string) bool {
	for i := 0; i+len(texts) <= len(ws); i++ {
		found := true
		for k, t := range texts {
			if ws[i+k].text != t {
				found = false
				break
			}
		}
		if found {
			return true
		}
	}
	return false
}

func hasNumber(ws []word) bool {
	return slices.ContainsFunc(ws, func(w word) bool { return w.number || digitAt(w.text, 0) })
}
