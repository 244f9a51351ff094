package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A spelling knows the words of a document, to tell hyphens that part a word at the end of a line from those that
// belong to it.
type spelling struct {
	words  map[string]bool
	parted bool // the document parts words
	losses *losses
}

func newSpelling(parts []region) *spelling {
	s := &spelling{words: map[string]bool{}}
	hyphens, lines := 0, 0
	s.learn(parts, func(l line) {
		lines++
		if l.lastRune() == '-' {
			hyphens++
		}
	})
	s.parted = hyphens > 2 && hyphens*40 > lines
	return s
}

// learn takes the words inside lines; the first and last of a line may be halves.
func (s *spelling) learn(parts []region, each func(line)) {
	add := func(lines []line) {
		for _, l := range lines {
			each(l)
			for i, w := range l.words {
				if i < len(l.words)-1 || l.lastRune() != '-' {
					s.words[bare(w.text())] = true
				}
			}
		}
	}
	for _, p := range parts {
		add(p.lines)
		for _, r := range p.table {
			for _, c := range r {
				add(c)
			}
		}
		if p.grid != nil {
			add(linesIn(p.grid.words, 0))
		}
	}
}

func bare(s string) string {
	return strings.ToLower(strings.TrimFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }))
}

// keeps says whether the hyphen between two halves belongs to the word: when the document writes it so
// elsewhere, when it does not write the word without it, or, where neither is known, when it parts no words.
func (s *spelling) keeps(before, after string) (keep, sure bool) {
	half, rest := bare(before[strings.LastIndexByte(" "+before, ' '):]), bare(after)
	whole, hyphened := s.words[half+rest], s.words[half+"-"+rest]
	switch {
	case !strings.HasSuffix(before, "-") || strings.HasSuffix(before, "--"):
		return true, true
	case half == "" || rest == "" || !unicode.IsLower([]rune(after)[0]):
		return true, true
	case whole != hyphened:
		return hyphened, true
	case strings.Contains(half, "-") || always[half]:
		return true, true
	}
	return !s.parted, false
}

// always are first halves that stand before a hyphen far more often than they are the start of a word.
var always = map[string]bool{"non": true, "self": true, "well": true, "co": true, "ex": true, "quasi": true, "follow": true, "evidence": true, "cost": true,
	"day": true, "long": true, "short": true, "high": true, "low": true, "full": true, "part": true, "half": true, "patient": true, "age": true}

// runs makes the text of a paragraph. skip words at its start are left out: the mark of an item.
func (s *spelling) runs(p para, skip int) []run {
	t := &typesetter{}
	for i, l := range p.lines {
		words := l.words
		if i == 0 {
			words = words[min(skip, len(words)):]
		}
		taken := 0 // words of a fraction
		for j, w := range words {
			if taken--; taken > 0 {
				continue
			}
			switch {
			case j == 0 && i == 0:
			case j == 0:
				s.join(t, w, p.broken[i-1])
			case !w.glued && i == 0 && j == 1 && skip == 0 && p.mark.hanging:
				t.add("\t", 0, "")
			case !w.glued:
				t.add(" ", 0, "")
			}
			var text string
			if text, taken = fraction(words[j:], l.size); taken > 0 {
				t.fraction(text, w)
				continue
			}
			t.word(w)
		}
	}
	t.end()
	return t.runs
}

// join begins a new line of the paper within a paragraph.
func (s *spelling) join(t *typesetter, w word, broken bool) {
	before := t.lastWord()
	switch {
	case broken:
		t.add("\n", 0, "")
		return
	case strings.HasSuffix(before, "–") && before != "–", strings.Contains(before, "://") && t.href == w.href:
		return // a range of numbers; an address
	case !strings.HasSuffix(before, "-") || before == "-":
		t.add(" ", 0, "")
		return
	}
	after := w.text()
	keep, sure := s.keeps(before, after)
	if !keep {
		t.text = t.text[:len(t.text)-1]
	}
	if !sure {
		s.losses.add("a word that a line's end parts, read as “" + shorten(t.lastWord()+after, 40) + "”")
	}
}

// A typesetter collects text into runs.
type typesetter struct {
	runs []run
	text []byte // of the run that is being set
	look style
	href string
}

func (t *typesetter) word(w word) {
	if w.note > 0 {
		t.end()
		t.runs = append(t.runs, run{note: w.note})
		return
	}
	if w.raised != 0 && w.text() == "," && len(t.text) == 0 && len(t.runs) > 0 && t.runs[len(t.runs)-1].note > 0 {
		return // between the marks of two notes
	}
	if w.raised != 0 {
		t.add(raisedText(w.text(), w.raised > 0, t.last()), w.glyphs[0].style, w.href)
		return
	}
	for _, g := range w.glyphs {
		t.add(string(g.r), g.style, w.href)
	}
}

// fraction adds a fraction, apart from a number before it.
func (t *typesetter) fraction(text string, w word) {
	if unicode.IsDigit(t.last()) {
		text = " " + text
	}
	t.add(text, w.glyphs[0].style, w.href)
}

// last is the last character so far.
func (t *typesetter) last() rune {
	if len(t.text) == 0 && len(t.runs) > 0 {
		r, _ := utf8.DecodeLastRuneInString(t.runs[len(t.runs)-1].text)
		return r
	}
	r, _ := utf8.DecodeLastRune(t.text)
	return r
}

func (t *typesetter) add(text string, look style, href string) {
	if look != t.look || href != t.href {
		t.end()
		t.look, t.href = look, href
	}
	t.text = append(t.text, text...)
}

func (t *typesetter) end() {
	if len(t.text) > 0 {
		t.runs = append(t.runs, run{text: string(t.text), style: t.look, href: t.href})
	}
	t.text = nil
}

// lastWord is the end of the text, as far as a hyphen's first half can reach.
func (t *typesetter) lastWord() string {
	tail := string(t.text[max(0, len(t.text)-80):])
	return tail[strings.LastIndexAny(tail, " \n\t")+1:]
}
