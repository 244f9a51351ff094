package textdiff

import "concordat/review/clause"

// Restrict tells what a holding does for patients where nothing restricted treatment before: clinicians decided. Nothing
// can be wider than that; ways to qualify, which elsewhere open a door, close it here for those who meet none of them.
func Restrict(h Holding) (Effect, string) {
	if h.Empty() {
		return NoEffect, "it asks for nothing"
	}
	effect, why := restricts(h)
	if d := h.Doubt(); effect == NoEffect && d != "" {
		return Unclear, "it may have been misread: " + d
	}
	return effect, why
}

// restricts judges as if nothing had been misread.
func restricts(h Holding) (Effect, string) {
	c := h.at(0)
	if c.Role == clause.Position {
		switch access(h) {
		case 0:
			return Narrower, "not funded, and clinicians decided"
		case 1:
			return Narrower, "funded with restrictions, and clinicians decided"
		}
		return NoEffect, "funded for whoever needs it, as it is today"
	}
	if c.Role == clause.Condition && h.Reading.Alternative(h.Criteria[0]) && c.Side == clause.Requires {
		return Narrower, "one of the ways to qualify, and nobody had to"
	}
	e, why := arrives(h)
	if e == Narrower {
		return Narrower, why
	}
	return NoEffect, "it takes nothing from anybody where clinicians decide"
}

// Turn is the way in which a statement of whether a treatment is funded goes when another takes its place: Narrower,
// Wider, or NoEffect.
func Turn(before, after Holding) Effect {
	switch x, y := access(before), access(after); {
	case x > y:
		return Narrower
	case x < y:
		return Wider
	}
	return NoEffect
}

// And is the effect of two changes together, as far as it is known: what only one of them does, or Mixed where one gives
// and the other takes. What cannot be told does not hide what can.
func (e Effect) And(o Effect) Effect {
	gives := func(x Effect) bool { return x == Wider || x == Mixed || x == Opposite }
	takes := func(x Effect) bool { return x == Narrower || x == Mixed || x == Opposite }
	switch g, t := gives(e) || gives(o), takes(e) || takes(o); {
	case g && t:
		return Mixed
	case g:
		return Wider
	case t:
		return Narrower
	case e == Unclear || o == Unclear:
		return Unclear
	}
	return NoEffect
}
