package intake

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// settled puts what stood above or below the line on it, in the runs of one paragraph, so that no number reads as
// another: reference marks stand apart, powers and fractions are written out, and what was struck out stays so.
func settled(runs []run, l *losses) []run {
	return struckApart(marksApart(onTheLine(runs, l), l), l)
}

// settleBlocks settles paragraphs whose raised signs are characters already, and whose struck words were told.
func settleBlocks(blocks []block, l *losses) {
	settle := func(runs []run, l *losses) []run { return struckApart(marksApart(runs, l), &losses{}) }
	for i := range blocks {
		b := &blocks[i]
		b.runs = settle(b.runs, l)
		for _, row := range b.rows {
			for c := range row {
				row[c].runs = settle(row[c].runs, l)
			}
		}
		for _, row := range b.raw { // the same words as in rows, told there
			for _, c := range row {
				settleBlocks(c.blocks, &losses{})
			}
		}
		if b.kind == heading {
			l.under(plain(b.runs))
		}
	}
}

// onTheLine writes raised and lowered runs as characters that stay raised or lowered, or else as words of their own.
func onTheLine(runs []run, l *losses) []run {
	const offLine = raised | lowered | reference | apart | lifted
	out := make([]run, 0, len(runs))
	runs = joinedShifts(runs)
	before := ""
	for i, r := range runs {
		words := strings.TrimSpace(r.text)
		if r.style&lifted != 0 && isGlued(before, r.text) && (raisedNumbers.MatchString(words) || raisedLetters.MatchString(words)) {
			r.style |= raised
		}
		if r.style&(raised|lowered|apart) != 0 && r.note == 0 {
			s := shift{up: r.style&raised != 0, reference: r.style&reference != 0, before: before, after: ahead(runs[i+1:])}
			if lead, trail, ok := strings.Cut(r.text, words); ok && words != "" {
				s.before, s.after = s.before+lead, trail+s.after
				text, told := s.text(words, r.style&apart != 0)
				if told != "" {
					l.add(told + ": " + quote(s.before, text, s.after))
				}
				r.text = lead + text + trail
			}
		}
		r.style &^= offLine
		out = append(out, r)
		if before += r.text; len(before) > 2*nearby {
			before = before[len(before)-nearby:]
		}
	}
	return out
}

// isGlued says whether words stand against what is before them.
func isGlued(before, words string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(words)
	return before != "" && !unicode.IsSpace(last) && !unicode.IsSpace(first)
}

// nearby is how many bytes of its neighbours decide what a mark is.
const nearby = 200

// tailOf is the end of what runs say so far.
func tailOf(runs []run) string {
	var parts []string
	for i, size := len(runs)-1, 0; i >= 0 && size < nearby; i-- {
		parts = append(parts, runs[i].text)
		size += len(runs[i].text)
	}
	slices.Reverse(parts)
	return strings.Join(parts, "")
}

// ahead is the beginning of what follows.
func ahead(runs []run) string {
	var b strings.Builder
	for _, r := range runs {
		if words := strings.TrimSpace(r.text); r.style&raised != 0 && raisedNumbers.MatchString(words) {
			r.text = raisedList(strings.Trim(words, "[]()"))
		}
		if b.WriteString(r.text); b.Len() > nearby {
			break
		}
	}
	return b.String()
}

// joinedShifts joins neighbours that are raised or lowered alike: programs part "1,2" into many runs.
func joinedShifts(runs []run) []run {
	out := make([]run, 0, len(runs))
	for _, r := range runs {
		n := len(out)
		if n > 0 && r.note == 0 && out[n-1].note == 0 && r.style&(raised|lowered) != 0 && (r.style^out[n-1].style)&(raised|lowered|strike) == 0 {
			out[n-1].text += r.text
			out[n-1].style |= r.style & reference
			continue
		}
		out = append(out, r)
	}
	return out
}

// A shift is where something stands above or below the line.
type shift struct {
	up, reference bool
	before, after string
}

var (
	raisedSame    = regexp.MustCompile(`^(?:st|nd|rd|th|®|™|TM|SM|[*†‡§¶#∗⁎/⁄]+)$`)
	raisedDegree  = regexp.MustCompile(`^[oOº°˚]$`)
	raisedNumbers = regexp.MustCompile(`^[\[(]?(\d{1,3}(?:\s*[,;–\- ]\s*\d{1,3})*)[\])]?$`)
	raisedLetters = regexp.MustCompile(`^[\[(]?((?:[A-Za-z]|[ivx]{2,4})(?:\s*[,;]\s*(?:[A-Za-z]|[ivx]{2,4}))*|\d{1,2}[a-z])[\])]?$`)
	numbersParted = regexp.MustCompile(`\s*([,;–\- ])\s*`)
	isotope       = regexp.MustCompile(`^\d{2,3}m$`)
	beforePower   = regexp.MustCompile(`(?:^|\PL)(?:\pL|10)$`)
	atNumber      = regexp.MustCompile(`\d[%°.,;:)\]]*$`)
)

// What is told of marks.
const (
	markAtNumber = "a reference mark at a number, set apart from it"
	raisedWords  = "raised or lowered text, kept on the line"
	struckKept   = "words struck out, kept as such"
)

// text is what is written for raised or lowered words; told says what a reader should look at.
func (s shift) text(words string, apart bool) (text, told string) {
	switch {
	case s.up:
		return s.raisedText(words)
	case apart:
		return s.alone(words), ""
	}
	if text, ok := shifted(words, false); ok {
		return text, ""
	}
	if endsInDigit(s.before) {
		return s.parted(words), raisedWords
	}
	return words, ""
}

func (s shift) raisedText(words string) (text, told string) {
	switch {
	case raisedSame.MatchString(words):
		return words, ""
	case raisedDegree.MatchString(words) && endsInDigit(s.before):
		return "°", ""
	case words == "n" && beforePower.MatchString(s.before):
		return "ⁿ", ""
	case strings.HasSuffix(s.before, "HbA1") && words == "c", strings.HasSuffix(s.before, "HbA") && words == "1c":
		return words, ""
	case isotope.MatchString(words) && startsUpper(s.after):
		text, _ = shifted(words[:len(words)-1], true)
		return text + "ᵐ", ""
	}
	if m := raisedNumbers.FindStringSubmatch(words); m != nil {
		text = raisedList(m[1])
		if s.reference || m[1] != words {
			return s.parted(text), s.ifNumber(markAtNumber)
		}
		return text, ""
	}
	if m := raisedLetters.FindStringSubmatch(words); m != nil {
		return s.parted("[" + m[1] + "]"), s.ifNumber(markAtNumber)
	}
	if text, ok := shifted(words, true); ok {
		return text, ""
	}
	return s.parted(words), raisedWords
}

// raisedList are the numbers of reference marks: "1, 2" and "1 2" become "¹,²", "1-3" becomes "¹–³".
func raisedList(numbers string) string {
	numbers = numbersParted.ReplaceAllStringFunc(numbers, func(by string) string {
		switch by = strings.TrimSpace(by); by {
		case "":
			return ","
		case "-":
			return "–"
		}
		return by
	})
	return strings.Map(func(r rune) rune {
		if i := strings.IndexRune("0123456789", r); i >= 0 {
			return []rune(raisedTo)[i]
		}
		return r
	}, numbers)
}

// ifNumber is what is told of a mark that could have joined a number, nothing of one at a word.
func (s shift) ifNumber(told string) string {
	if !atNumber.MatchString(s.before) {
		return ""
	}
	return told
}

// parted puts spaces between a mark and the words on both sides.
func (s shift) parted(text string) string {
	if last, _ := utf8.DecodeLastRuneInString(s.before); s.before != "" && !unicode.IsSpace(last) && !opens(last) {
		text = " " + text
	}
	if first, _ := utf8.DecodeRuneInString(s.after); isAlnum(first) {
		text += " "
	}
	return text
}

// alone puts spaces between words and the letters and digits on both sides.
func (s shift) alone(text string) string {
	last, _ := utf8.DecodeLastRuneInString(s.before)
	first, _ := utf8.DecodeRuneInString(text)
	if isAlnum(last) && isAlnum(first) && !isSmall(first) {
		text = " " + text
	}
	last, _ = utf8.DecodeLastRuneInString(text)
	if first, _ = utf8.DecodeRuneInString(s.after); isAlnum(first) && (isAlnum(last) || last == '.') {
		text += " "
	}
	return text
}

func opens(r rune) bool { return strings.ContainsRune("([{“‘|", r) }

func isAlnum(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

func endsInDigit(s string) bool { return s != "" && s[len(s)-1] >= '0' && s[len(s)-1] <= '9' }

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// quote is a stretch with the words nearest to it, for a person who looks for its place.
func quote(before, words, after string) string {
	head, tail := []rune(before), []rune(after)
	head, tail = head[max(0, len(head)-40):], tail[:min(len(tail), 25)]
	if i := strings.IndexByte(string(head), ' '); len([]rune(before)) > 40 && i >= 0 {
		head = []rune(string(head)[i:])
	}
	if i := strings.LastIndexByte(string(tail), ' '); len([]rune(after)) > 25 && i >= 0 {
		tail = []rune(string(tail)[:i])
	}
	return "“" + plain([]run{{text: string(head) + words + string(tail)}}) + "”"
}

// struckApart keeps struck words as such: nothing else changes their look, and nothing joins them that could take the
// line off them or make one number of a struck one and a live one.
func struckApart(runs []run, l *losses) []run {
	var out []run
	for i := 0; i < len(runs); {
		end := i
		for end < len(runs) && runs[end].style&strike != 0 && runs[end].note == 0 {
			end++
		}
		if end == i || blank(runs[i:end]) {
			out = append(out, runs[i:max(end, i+1)]...)
			i = max(end, i+1)
			continue
		}
		words := struckRuns(runs[i:end])
		l.add(struckKept + ": “" + shorten(plain(words), 80) + "”")
		if joins(lastOf(out), firstOf(words)) {
			out = append(out, run{text: " "})
		}
		out = append(out, words...)
		if joins(firstOf(runs[end:]), lastOf(words)) {
			out = append(out, run{text: " "})
		}
		i = end
	}
	return out
}

func struckRuns(runs []run) []run {
	out := make([]run, len(runs))
	for i, r := range runs {
		r.style = strike
		r.text = strings.ReplaceAll(r.text, "~", "∼") // Markdown's own mark would end the stroke
		out[i] = r
	}
	return out
}

// joins says whether a live character beside a struck one would be read with it, or hinder its mark.
func joins(live, struck rune) bool {
	if live == 0 || unicode.IsSpace(live) || unicode.IsSpace(struck) {
		return false
	}
	return live == '~' || unicode.IsDigit(live) || unicode.IsDigit(struck) && !strings.ContainsRune(";:!?)]”’", live) || !isAlnum(struck) && isAlnum(live)
}

func firstOf(runs []run) rune {
	for _, r := range runs {
		if r.text != "" {
			first, _ := utf8.DecodeRuneInString(r.text)
			return first
		}
		if r.note > 0 {
			break
		}
	}
	return 0
}

func lastOf(runs []run) rune {
	for i := len(runs) - 1; i >= 0; i-- {
		if r := runs[i]; r.text != "" {
			last, _ := utf8.DecodeLastRuneInString(r.text)
			return last
		} else if r.note > 0 {
			break
		}
	}
	return 0
}
