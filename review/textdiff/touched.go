package textdiff

import (
	"regexp"
	"slices"
	"unicode"
	"unicode/utf8"
)

// touchedClasses are the classes of a change of which nothing is proved, by what words it touches.
var touchedClasses = []struct {
	class Class
	of    func(s sign) bool
	why   string
}{
	{PositionChanged, listed("position"), "Words of whether it is funded differ: read both."},
	{NegationChanged, listed("negations"), "A word that denies, limits, includes or takes out differs: read both."},
	{BindingChanged, func(s sign) bool {
		return vocabulary.has("joints", s.text) || vocabulary.has("all", s.text) || vocabulary.has("any", s.text)
	}, "How conditions are joined differs: read both."},
	{QuantityChanged, func(s sign) bool {
		return s.kind == numberSign && !yearLike(s) || s.kind == quantitySign && !yearLike(s) || vocabulary.has("quantity words", s.text)
	}, "A number, a unit or a comparator differs: read both."},
	{ModalityChanged, listed("modal"), "How firmly it is meant differs: read both."},
	{CodeChanged, func(s sign) bool { return codeForm.MatchString(s.text) }, "Codes differ: read both."},
	{DateChanged, func(s sign) bool { return yearLike(s) || vocabulary.has("months of the year", s.text) }, "A date differs: read both."},
}

func listed(list string) func(sign) bool {
	return func(s sign) bool { return s.kind == wordSign && vocabulary.has(list, s.text) }
}

var codeForm = regexp.MustCompile(`^[a-z]\d\d[\dx]?$`)

func yearLike(s sign) bool {
	return (s.kind == numberSign || s.kind == quantitySign) && s.compare == "" && s.unit == "" && s.value >= 1900 && s.value < 2200
}

// touched says by the words that went and came what kind of thing a change is of which nothing is proved.
func touched(x, y []sign) []Finding {
	var found []Finding
	differ := append(missing(x, y), missing(y, x)...)
	for _, c := range touchedClasses {
		if slices.ContainsFunc(differ, c.of) {
			found = append(found, Finding{c.class, Unclear, c.why})
		}
	}
	if found == nil {
		return []Finding{{OtherWords, Unclear, "The words differ: read both."}}
	}
	return found
}

// missing are the signs of x that y has not, each as often as it is missing.
func missing(x, y []sign) []sign {
	have := map[string]int{}
	for _, s := range y {
		have[s.text]++
	}
	var out []sign
	for _, s := range x {
		if have[s.text]--; have[s.text] < 0 {
			out = append(out, s)
		}
	}
	return out
}

// sentence writes a reason with a capital and a full stop.
func sentence(why string) string {
	r, size := utf8.DecodeRuneInString(why)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(r)) + why[size:] + "."
}
