package view

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"time"

	"concordat/web"
	"concordat/web/markdown"
)

func (s *Set) funcs(assets *web.Assets, london *time.Location) template.FuncMap {
	return template.FuncMap{
		"asset":    assets.Path,
		"render":   s.HTML,
		"attrs":    attrs,
		"mark":     mark,
		"cells":    cells,
		"date":     date,
		"time":     func(t time.Time) string { return clock(t.In(london)) },
		"iso":      func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
		"plural":   plural,
		"number":   number,
		"join":     func(list []string, between string) string { return strings.Join(list, between) },
		"listed":   listed,
		"add":      func(a, b int) int { return a + b },
		"markdown": markdown.Render,
	}
}

// date writes a civil date in words, such as "8 February 2027".
func date(d interface{ Words() string }) string { return d.Words() }

// clock writes "8 February 2027 at 10:42".
func clock(t time.Time) string { return t.Format("2 January 2006 at 15:04") }

// plural counts: "1 place", "15 places".
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return number(n) + " " + many
}

// number writes thousands apart: 12,400.
func number(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}

// listed writes "a", "a and b", "a, b and c".
func listed(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	last := len(list) - 1
	return strings.Join(list[:last], ", ") + " and " + list[last]
}

// Every mark that the stylesheet draws. A word is always beside it.
var marks = map[string]bool{
	"same": true, "narrower": true, "wider": true, "mixed": true, "other": true, "none": true, "opposite": true,
	"unsure": true, "nopolicy": true, "moved": true, "adopted": true, "variation": true, "declined": true,
	"deferred": true, "waiting": true, "late": true, "block": true, "warn": true, "date": true,
}

// mark writes a mark: a word with the shape and colour of its state. An unknown state is an error.
func mark(state, word string) (template.HTML, error) {
	if !marks[state] {
		return "", fmt.Errorf("mark %q: there is no such mark", state)
	}
	return template.HTML(`<span class="app-mark app-mark--` + state + `">` + template.HTMLEscapeString(word) + `</span>`), nil
}
