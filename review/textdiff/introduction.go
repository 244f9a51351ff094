package textdiff

import (
	"slices"
	"strconv"

	"concordat/review/clause"
)

// introduction is what words before a condition say: whether those who meet it are treated or turned away, and how many
// of a list that follows are needed.
type introduction struct {
	whole bool // every word up to rest is known
	funds bool // it is said with a verb of funding, and not with a duty
	side  clause.Side
	list  binding
	rest  []sign // the condition that stands in the same sentence
}

// readIntroduction reads "X is funded if", "patients must meet all of the following", "any of the following apply". treatment
// are words of the title, which may name what is funded.
func readIntroduction(ss, treatment []sign) introduction {
	if mark := slices.IndexFunc(ss, func(s sign) bool { return vocabulary.has("marks the condition", s.text) }); mark >= 0 {
		if side := fundingSide(ss[:mark], treatment); side != "" {
			out := introducing(side, ss[mark+1:])
			out.funds = true
			return out
		}
	}
	for k, s := range ss {
		switch {
		case vocabulary.has("duty", s.text) && k+1 < len(ss):
			return introducing(clause.Requires, ss[k+1:])
		case !vocabulary.has("frame", s.text):
			return onlyBinding(ss)
		}
	}
	return onlyBinding(ss)
}

func introducing(side clause.Side, ss []sign) introduction {
	out := introduction{side: side}
	out.list, out.rest = bindingSaid(ss)
	out.whole = out.list != unread
	return out
}

// onlyBinding reads words that say no more than how many of a list are needed.
func onlyBinding(ss []sign) introduction {
	out := introducing("", ss)
	if len(out.rest) > 0 || out.list == unsaid {
		return introduction{}
	}
	if slices.ContainsFunc(ss, func(s sign) bool { return vocabulary.has("duty", s.text) }) {
		out.side = clause.Requires
	}
	return out
}

// fundingSide reads "X is routinely funded" and "X is not funded"; "" when a word of it is not known, or when it says more.
func fundingSide(ss, treatment []sign) clause.Side {
	verbs, nots, only := 0, 0, false
	for k, s := range ss {
		switch {
		case vocabulary.has("funds", s.text):
			verbs++
		case s.text == "not":
			if nots++; !beforeVerb(ss[k+1:]) {
				return ""
			}
		case vocabulary.has("frame", s.text), among(treatment, s.text) && s.kind == wordSign && !vocabulary.turning(s.text):
			only = only || s.text == "only"
		default:
			return ""
		}
	}
	switch {
	case verbs != 1 || nots > 1 || nots == 1 && only:
		return ""
	case nots == 1:
		return clause.Bars
	}
	return clause.Requires
}

// beforeVerb tells whether a negation stands right before the verb of funding: "not routinely funded".
func beforeVerb(ss []sign) bool {
	for i, s := range ss {
		switch {
		case vocabulary.has("funds", s.text):
			return true
		case i > 2 || !vocabulary.has("between", s.text):
			return false
		}
	}
	return false
}

// bindingSaid reads what stands between the mark of the condition and the list. Where it is a condition itself, rest is
// that.
func bindingSaid(ss []sign) (list binding, rest []sign) {
	for _, s := range ss {
		b := unsaid
		switch {
		case s.kind == markSign:
		case vocabulary.has("all", s.text):
			b = allOfList
		case vocabulary.has("any", s.text), s.text == "1":
			b = oneOfList
		case s.kind == numberSign, s.kind == quantitySign && s.unit == "" && (s.compare == "≥" || s.compare == ""):
			b = counted + binding(strconv.FormatFloat(s.value, 'f', -1, 64))
			if s.value == 1 {
				b = oneOfList
			}
		case vocabulary.has("binds", s.text):
		default:
			return unsaid, ss
		}
		if b != unsaid && list != unsaid && b != list {
			return unread, nil
		}
		if b != unsaid {
			list = b
		}
	}
	return list, nil
}
