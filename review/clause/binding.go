package clause

import "strings"

// bindingOf reads from words how what follows them is bound: "all of the following", "at least two of these", "one or
// more of". Binding is "" when they do not say.
func bindingOf(ts []token) (Binding, int) {
	for i, t := range ts {
		switch {
		case t.text == "all" && bindsAfter(ts, i+1), t.text == "each" && bindsAfter(ts, i+1), t.text == "both" && bindsAfter(ts, i+1),
			t.text == "every" && bindsAfter(ts, i+1):
			return AllOf, 0
		case t.text == "any" && bindsAfter(ts, i+1), t.text == "either" && bindsAfter(ts, i+1):
			if negatedBefore(ts, i, 3) {
				return NoneOf, 0
			}
			return AnyOf, 0
		case t.text == "none" && bindsAfter(ts, i+1):
			return NoneOf, 0
		case t.kind == numberToken && countBinds(ts, i+1):
			if t.value == 1 {
				return AnyOf, 0
			}
			return AtLeastOf, int(t.value)
		}
	}
	return "", 0
}

// bindsAfter tells whether "of the following", "of these", "the following", "of:" come after "all", "any" or "both".
func bindsAfter(ts []token, i int) bool {
	for j := i; j < min(len(ts), i+4); j++ {
		switch ts[j].text {
		case "following", "these", "below", "criteria", "apply", "conditions", "listed", "features":
			return true
		case "of":
			if j+1 == len(ts) || ts[j+1].text == ":" || ts[j+1].text == ")" || labels(ts[j+1:]) {
				return true
			}
		case "the", "one", "or", "more", "three", "four", "two", "five":
		case ":":
			return j == i || ts[j-1].text != ":"
		default:
			return false
		}
	}
	return i == len(ts)
}

// labels tells whether words begin with the labels of members: "i) to v)", "(a) to (d)", "A to D".
func labels(ts []token) bool {
	open := len(ts) > 0 && ts[0].text == "("
	if open {
		ts = ts[1:]
	}
	if len(ts) < 2 || len(ts[0].text) > 1 && strings.Trim(ts[0].text, "ivx") != "" || ts[0].text == "a" && ts[1].kind == wordToken && ts[1].text != "to" {
		return false
	}
	return ts[1].text == ")" || !open && (ts[1].text == "to" || ts[1].text == "-")
}

// countBinds tells whether a number counts members of a list: "two or more of the following", "one of:".
func countBinds(ts []token, i int) bool {
	for j := i; j < min(len(ts), i+5); j++ {
		switch ts[j].text {
		case "or", "more", "both", "least":
		case "of":
			return bindsAfter(ts, j) || bindsAfter(ts, j+1)
		default:
			return false
		}
	}
	return false
}

// introducing parts the words before a list into what states something first and what introduces it: "The patient is 18 or
// over. One of the following applies:" is both. head is empty when there is nothing before a full stop, tail when the last
// sentence introduces nothing: "Funded if all criteria are met. Prior approval is mandatory."
func introducing(ts []token) (head, tail []token) {
	for i := len(ts) - 2; i > 0; i-- {
		if ts[i].text == "." && !inAbbreviation(ts, i) {
			head, tail = ts[:i], ts[i+1:]
			break
		}
	}
	if head == nil {
		return nil, ts
	}
	if b, _ := bindingOf(tail); b == "" && tail[len(tail)-1].text != ":" {
		return ts, nil
	}
	return head, tail
}
