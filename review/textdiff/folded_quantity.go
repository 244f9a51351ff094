package textdiff

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// The comparators of a quantity, as vocabulary.txt has their words before and after a number.
var (
	comparatorsBefore = map[string]string{"at least": "≥", "more than": ">", "at most": "≤", "less than": "<"}
	comparatorsAfter  = map[string]string{"or more": "≥", "or less": "≤", "and over": "≥&", "and under": "≤&"}
)

// foldQuantities makes one sign of each number with its unit and the comparator that stands right beside it. A number in
// a range, a fraction or a code stays as it is.
func foldQuantities(ss []sign) []sign {
	out := make([]sign, 0, len(ss))
	for i := 0; i < len(ss); {
		q, from, to := quantityAt(ss, i)
		if to == 0 {
			out = append(out, ss[i])
			i++
			continue
		}
		out = append(out[:len(out)-(i-from)], q)
		i = to
	}
	return out
}

// quantityAt reads the quantity whose number stands at i: from where its comparator begins to where it ends. to is 0 when
// there is none.
func quantityAt(ss []sign, i int) (q sign, from, to int) {
	if ss[i].kind != numberSign || partOfNumber(ss, i) {
		return sign{}, 0, 0
	}
	q = sign{kind: quantitySign, value: ss[i].value}
	from, to = i, i+1
	to, after := afterNumber(ss, to)
	unitTo := to
	if unitTo < len(ss) && ss[unitTo].kind == markSign && ss[unitTo].text == "-" { // "6-month"
		unitTo++
	}
	if unitTo < len(ss) && ss[unitTo].kind == wordSign {
		if u, ok := vocabulary.units[ss[unitTo].text]; ok {
			q.unit, q.value, to = u.in, q.value*u.times, unitTo+1
		}
	}
	if after == "" {
		to, after = afterNumber(ss, to)
	}
	before, at := beforeNumber(ss, i, q.unit)
	switch {
	case before != "" && after != "":
		return sign{}, 0, 0 // said twice, or of another number
	case before != "":
		q.compare, from = before, at
	default:
		q.compare = after
	}
	q.text = q.compare + strconv.FormatFloat(q.value, 'f', -1, 64)
	if q.unit != "" {
		q.text += " " + q.unit
	}
	q.known = q.compare != ""
	return q, from, to
}

// partOfNumber tells whether a number is one of several that are one thing, or below zero: "6/12", "25-30", "19 to 30",
// "twenty five", "1 in 20", "1:20", "-2.5".
func partOfNumber(ss []sign, i int) bool {
	joins := func(k int) bool {
		return k >= 0 && k < len(ss) && (ss[k].kind == markSign && strings.Contains("-/^.,:", ss[k].text) || slices.Contains([]string{"to", "x", "in", "of"}, ss[k].text))
	}
	if i > 0 && ss[i-1].kind == markSign && ss[i-1].text == "-" {
		return true
	}
	number := func(k int) bool { return k >= 0 && k < len(ss) && (ss[k].kind == numberSign) }
	between := slices.ContainsFunc(ss[max(0, i-4):i], func(s sign) bool { return s.text == "between" })
	return between || number(i-1) || number(i+1) || joins(i-1) && number(i-2) || joins(i+1) && number(i+2)
}

// atLeast tells whether more of a quantity is asked for, the more its number is.
func (s sign) atLeast() bool { return s.compare == "≥" || s.compare == ">" || s.compare == "≥&" }

// words are a quantity as people say it: "at least 6 months".
func (s sign) words() string {
	value, unit := s.value, s.unit
	if whole := value / 12; unit == "month" && value >= 24 && whole == math.Trunc(whole) {
		value, unit = whole, "year"
	}
	out := comparatorWords[s.compare] + strconv.FormatFloat(value, 'f', -1, 64)
	switch unit {
	case "":
		return out
	case "year", "month", "day", "hour", "degree":
		if value != 1 {
			unit += "s"
		}
	}
	return out + " " + unit
}

var comparatorWords = map[string]string{"≥": "at least ", "≥&": "at least ", ">": "more than ", "≤": "at most ", "≤&": "at most ", "<": "less than "}

// afterNumber reads a comparator that stands after a number.
func afterNumber(ss []sign, i int) (to int, compare string) {
	if i >= len(ss) {
		return i, ""
	}
	for list := range comparatorsAfter {
		if p, ok := phraseAt(ss[i:], list); ok {
			return i + len(p.words), comparatorsAfter[list]
		}
	}
	return i, ""
}

// spanning are comparators that beside a time may be the time in which something happens: "5 episodes over 2 years".
var spanning = wordList{"over": true, "above": true, "under": true, "below": true, "up": true}

// beforeNumber reads a comparator that stands before a number, and where it begins.
func beforeNumber(ss []sign, i int, unit string) (compare string, from int) {
	best := 0
	for list, c := range comparatorsBefore {
		for _, p := range vocabulary.phrases[list] {
			n := len(p.words)
			if n > best && i >= n && startsWithTexts(ss[i-n:i], p.words) {
				best, compare = n, c
			}
		}
	}
	if compare == "" {
		return "", i
	}
	timed := unit == "month" || unit == "day" || unit == "hour"
	if timed && best == 1 && spanning[ss[i-1].text] && !ofAge(ss, i) {
		return "", i
	}
	return compare, i - best
}

// ofAge tells whether a number stands beside a word for age: "aged over 18 years", "over 18 years of age".
func ofAge(ss []sign, i int) bool {
	for k := max(0, i-3); k < min(len(ss), i+5); k++ {
		switch ss[k].text {
		case "aged", "age", "old", "ages":
			return true
		}
	}
	return false
}
