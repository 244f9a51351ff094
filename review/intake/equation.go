package intake

import (
	"regexp"
	"strings"
)

// An equation is written in one line as people type it: 6/12, 10^9, √(a+b).
type equation struct {
	layout  bool // it had parts above or below the line
	strange bool // some of its layout is not known here, so that the line may read otherwise than the equation
}

// told is what a reader should look at, "" when nothing but signs in a row was read.
func (e equation) told() string {
	switch {
	case e.strange:
		return "an equation that is not wholly understood, its parts put in one line"
	case e.layout:
		return "an equation, written in one line"
	}
	return ""
}

var (
	oneTerm  = regexp.MustCompile(`^(?:[\pL\pN.,°%₀-₉²³]+|[(\[{][^()\[\]{}]*[)\]}])$`)
	lettered = regexp.MustCompile(`\pL$`)
	whole    = regexp.MustCompile(`^[-−+]?\pN+$`)
)

// grouped puts brackets around what is more than one term.
func grouped(s string) string {
	if s == "" || oneTerm.MatchString(s) {
		return s
	}
	return "(" + s + ")"
}

func (e *equation) fraction(above, below string) string {
	e.layout = true
	return grouped(above) + "/" + grouped(below)
}

// over is a pair without a line between, such as a binomial.
func (e *equation) over(above, below string) string {
	e.strange = true
	return "(" + above + " over " + below + ")"
}

func (e *equation) raised(base, up string) string {
	e.layout = true
	switch {
	case up == "" || up == "st" || up == "nd" || up == "rd" || up == "th":
		return base + up
	case up == "°" || up == "∘" || up == "o":
		return base + "°"
	case base == "" || lettered.MatchString(base):
		if text, ok := shifted(up, true); ok {
			return base + text
		}
	}
	if !whole.MatchString(up) {
		up = grouped(up)
	}
	return grouped(base) + "^" + strings.ReplaceAll(up, "−", "-")
}

func (e *equation) lowered(base, down string) string {
	e.layout = true
	if text, ok := shifted(down, false); ok {
		return base + text
	}
	if lettered.MatchString(base) && !strings.ContainsAny(down, " +-=") {
		return base + down
	}
	return base + "_" + grouped(down)
}

func (e *equation) root(degree, of string) string {
	e.layout = true
	switch degree {
	case "", "2":
		return "√" + grouped(of)
	case "3":
		return "∛" + grouped(of)
	case "4":
		return "∜" + grouped(of)
	}
	return "(root " + degree + " of " + of + ")"
}

// limits are the bounds below and above a sign such as a sum.
func (e *equation) limits(sign, from, to string) string {
	e.strange = true
	if from != "" {
		sign += " from " + from
	}
	if to != "" {
		sign += " to " + to
	}
	return sign + " "
}

// A terms writes what stands side by side: a fraction after a number is not joined to it.
type terms struct {
	text   string
	layout bool // the last was no plain row of signs
}

func (t *terms) add(text string, layout bool) {
	if text == "" {
		return
	}
	if (layout || t.layout) && endsInDigit(t.text) && startsWithDigit(text) {
		t.text += " "
	}
	t.text, t.layout = t.text+text, layout
}

func startsWithDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }
