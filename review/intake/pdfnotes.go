package intake

import (
	"math"
	"regexp"
	"slices"
	"strings"
)

var noteMark = regexp.MustCompile(`^(?:[0-9]{1,3}|[ivx]{1,4}|[a-z]|[*†‡§])$`)

// A footnote is the lines of a note at the foot of a page.
type footnote struct {
	mark  string
	lines []line
}

// footnotes takes the notes off the foot of a page: lines that are smaller or stand below a short line that is
// drawn, of which the first begins with a mark that is raised somewhere above. The raised marks get the number of
// their note, counted from first.
func (pg *pdfPage) footnotes(lines []line, size float64, first int) ([]line, []footnote) {
	from := len(lines)
	for from > 0 && (lines[from-1].size < 0.94*size || lines[from-1].base > pg.separator()) {
		from--
	}
	refs := map[string]bool{}
	for _, l := range lines[:from] {
		for i, w := range l.words {
			if i > 0 && w.raised > 0 && noteMark.MatchString(w.text()) {
				refs[w.text()] = true
			}
		}
	}
	for from < len(lines) && !refs[lines[from].words[0].text()] {
		from++
	}
	if from == len(lines) {
		return lines, nil
	}
	var out []footnote
	for _, l := range lines[from:] {
		m := l.words[0].text()
		if refs[m] && len(l.words) > 1 && !slices.ContainsFunc(out, func(n footnote) bool { return n.mark == m }) {
			l.words = l.words[1:]
			out = append(out, footnote{mark: m})
		}
		if len(out) == 0 {
			return lines, nil
		}
		n := &out[len(out)-1]
		n.lines = append(n.lines, l)
	}
	refer(lines[:from], out, first)
	return lines[:from], out
}

// separator is how far down the short line is that parts footnotes from the text, or beyond the page.
func (pg *pdfPage) separator() float64 {
	at := math.Inf(1)
	for _, r := range pg.rules {
		if w := r.to - r.from; r.level && r.at > 0.3*pg.height && w > 40 && w < 0.5*pg.width && r.from < 0.3*pg.width {
			at = min(at, r.at)
		}
	}
	return at
}

// refer puts the numbers of notes in place of the marks that refer to them.
func refer(lines []line, notes []footnote, first int) {
	for _, l := range lines {
		for i := range l.words {
			w := &l.words[i]
			if w.raised <= 0 || i == 0 {
				continue
			}
			for n, x := range notes {
				if strings.TrimSpace(w.text()) == x.mark {
					w.note = first + n
				}
			}
		}
	}
}
