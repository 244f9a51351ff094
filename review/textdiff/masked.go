package textdiff

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// mask makes one word of each date, whatever way it is written, and marks the codes of OPCS-4 and ICD-10; it tells
// whether there are any.
func (e *edit) mask() bool {
	x, y := masked(e.x, e.before), masked(e.y, e.after)
	e.x, e.y = x, y
	special := func(w word) bool { return w.kind != plainWord }
	return slices.ContainsFunc(x, special) || slices.ContainsFunc(y, special)
}

// masked gives the words unchanged where there is neither a date nor a code among them.
func masked(ws []word, words string) []word {
	if !slices.ContainsFunc(ws, func(w word) bool { return monthOf[w.text] > 0 || digitAt(w.text, len(w.text)-1) || digitAt(w.text, 1) }) {
		return ws
	}
	out := make([]word, 0, len(ws))
	coding := anyOf(ws, codeContext)
	for i := 0; i < len(ws); i++ {
		if d, n := dateAt(ws[i:]); n > 0 {
			w := ws[i]
			w.text, w.kind, w.number, w.to = d, dateWord, false, ws[i+n-1].to
			out, i = append(out, w), i+n-1
			continue
		}
		w := ws[i]
		if own := words[w.from:w.to]; digitAt(own, 1) && (fullCode.MatchString(own) || coding && shortCode.MatchString(own)) {
			w.kind = codeWord
		}
		out = append(out, w)
	}
	return out
}

var (
	fullCode    = regexp.MustCompile(`^[A-Z]\d\d\.[\dX]\d?$`)
	shortCode   = regexp.MustCompile(`^[A-Z]\d\d$`)
	codeContext = list("opcs icd code codes coded coding procedures diagnoses")
	strokeDate  = regexp.MustCompile(`^(\d{1,2})/(\d{1,2})/(\d{4})$`)
	monthOf     = func() map[string]int {
		out := map[string]int{}
		for i, w := range heard("January February March April May June July August September October November December") {
			out[w.text] = i + 1
		}
		return out
	}()
)

// dateAt reads a date at the beginning of a row of words: "1 April 2024", "April 2024", "1 April", "01/04/2024". n is
// how many words it has, 0 for none. A month alone is none: "may" is a verb.
func dateAt(ws []word) (date string, n int) {
	if digitAt(ws[0].text, 0) {
		if m := strokeDate.FindStringSubmatch(ws[0].text); m != nil {
			return m[3] + "-" + pad(m[2]) + "-" + pad(m[1]), 1
		}
	}
	day := ""
	if len(ws) > 1 && ws[0].number && ws[0].value >= 1 && ws[0].value <= 31 {
		day = pad(strconv.Itoa(int(ws[0].value)))
		n = 1
	}
	month := monthOf[ws[n].text]
	if month == 0 {
		return "", 0
	}
	n++
	year := ""
	if n < len(ws) && ws[n].number && ws[n].value >= 1900 && ws[n].value < 2200 && ws[n].mark == "" {
		year = ws[n].text
		n++
	}
	if (day == "" || ws[n-1].text == "may") && year == "" { // "children under 12 may be treated"
		return "", 0
	}
	return fmt.Sprintf("%s-%02d-%s", year, month, day), n
}

func pad(s string) string { return strings.Repeat("0", max(0, 2-len(s))) + s }

// take takes the words of a kind out of the hunks and tells what they were. A hunk with a code is spent: what stands
// beside a code only says what it means.
func (e *edit) take(kind wordKind) (gone, came []string) {
	out := e.hunks[:0:0]
	for _, h := range e.hunks {
		was, is := ofKind(h.gone, kind), ofKind(h.came, kind)
		gone, came = append(gone, was...), append(came, is...)
		if len(was)+len(is) > 0 {
			if kind == codeWord {
				continue
			}
			h.gone, h.came = without(h.gone, kind), without(h.came, kind)
		}
		if len(h.gone)+len(h.came) > 0 {
			out = append(out, h)
		}
	}
	e.hunks = out
	return gone, came
}

func ofKind(ws []word, kind wordKind) []string {
	var out []string
	for _, w := range ws {
		if w.kind == kind {
			out = append(out, w.text)
		}
	}
	return out
}

func without(ws []word, kind wordKind) []word {
	return slices.DeleteFunc(slices.Clone(ws), func(w word) bool { return w.kind == kind })
}

// dates finds a date that changed. One that only says when the text is approved, reviewed or in force does nothing to
// who is treated; one that decides which rule applies to whom may.
func (e *edit) dates() []Finding {
	gone, came := e.take(dateWord)
	if len(gone)+len(came) == 0 || slices.Equal(gone, came) {
		return nil
	}
	about := append(slices.Clone(e.x), heard(e.context)...)
	if anyOf(about, recordDates) && !anyOf(e.x, ruleDates) {
		return []Finding{{DateChanged, NoEffect, "A date of the document changed, not a rule."}}
	}
	return []Finding{{DateChanged, Unclear, "A date that decides for whom a rule holds changed; which way depends on the other rule."}}
}

var (
	recordDates = list("review reviewed effective effect force approved approval ratified version published issued adopted updated supersedes expires expiry replaces due date")
	ruleDates   = list("referred referral referrals listed waiting begun started patients couples women treated assessed seen operated born")
)

// codes finds codes that came or went. A range and its codes one by one are the same.
func (e *edit) codes() []Finding {
	x, y := codeSet(e.x), codeSet(e.y)
	if len(x)+len(y) == 0 {
		return nil
	}
	gone, came := e.take(codeWord)
	e.hunks = slices.DeleteFunc(e.hunks, joinsCodes)
	switch {
	case slices.Equal(x, y):
		return nil
	case len(gone) == 1 && len(came) == 1 && misprint(gone[0], came[0]):
		return []Finding{{CodeChanged, NoEffect, "Two figures of a code changed places: a misprint put right."}}
	}
	return []Finding{{CodeChanged, Unclear, "The policy names other codes; whether that brings a rule or lifts one the words do not say."}}
}

// joinsCodes tells whether a hunk has only what stands between codes.
func joinsCodes(h hunk) bool {
	return !slices.ContainsFunc(append(slices.Clone(h.gone), h.came...), func(w word) bool { return w.text != "to" && w.text != "and" && w.text != "or" })
}

func misprint(a, b string) bool {
	x, y := []byte(a), []byte(b)
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}

// codeSet lists the codes of a row of words, ranges taken apart.
func codeSet(ws []word) []string {
	var out []string
	last := -1
	for i, w := range ws {
		if w.kind != codeWord {
			continue
		}
		joined := last >= 0 && (i == last+1 && (w.mark == "-" || w.mark == "–") || i == last+2 && (ws[i-1].text == "to" || ws[i-1].text == "through"))
		if joined {
			out = append(out, between(ws[last].text, w.text)...)
		}
		out = append(out, w.text)
		last = i
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// between lists the codes between two of one letter and one length.
func between(a, b string) []string {
	const most = 200
	x, err1 := strconv.Atoi(strings.ReplaceAll(a[1:], ".", ""))
	y, err2 := strconv.Atoi(strings.ReplaceAll(b[1:], ".", ""))
	if err1 != nil || err2 != nil || len(a) != len(b) || a[0] != b[0] || y-x > most {
		return nil
	}
	var out []string
	for n := x + 1; n < y; n++ {
		code := fmt.Sprintf("%0*d", len(strings.ReplaceAll(a[1:], ".", "")), n)
		if strings.Contains(a, ".") {
			code = code[:2] + "." + code[2:]
		}
		out = append(out, a[:1]+code)
	}
	return out
}
