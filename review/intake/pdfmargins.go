package intake

import (
	"fmt"
	"math"
	"regexp"
	"strings"
)

// marginShare is the part of a page, at its head and at its foot, where running lines stand.
const marginShare = 0.13

// A running line is told by its words, with all numbers alike, and by how far it is from the edge.
type runningLine struct {
	words string
	at    int
	foot  bool
}

var (
	digits      = regexp.MustCompile(`[0-9]+|\b[ivxl]+$`)
	plainNumber = regexp.MustCompile(`^[0-9ivxl.() ]*$`)
	pageNumber  = regexp.MustCompile(`^(?i)[-–—|\[( ]*(?:page|p\.?)?\s*(?:#|[0-9]+|[ivxl]+)\s*(?:(?:of|/)\s*(?:#|[0-9]+))?[-–—|\]). ]*$`)
)

// dropMargins takes off the pages what is repeated at the head and foot of several, and page numbers. Words that
// are left out so are named once.
func dropMargins(pages [][]line, files []*pdfPage, l *losses) [][]line {
	seen := map[runningLine]int{}
	for i, lines := range pages {
		on := map[runningLine]bool{}
		for _, x := range lines {
			for _, k := range running(x, files[i]) {
				on[k] = true
			}
		}
		for k := range on {
			seen[k]++
		}
	}
	told := map[string]bool{}
	out := make([][]line, len(pages))
	for i, lines := range pages {
		for _, x := range lines {
			kind := marginOf(x, files[i], seen, len(pages))
			if kind == "" {
				out[i] = append(out[i], x)
				continue
			}
			if words := strings.ToLower(digits.ReplaceAllString(x.text(), "#")); strings.ContainsFunc(x.text(), isLetter) && !pageNumber.MatchString(x.text()) && !told[kind+words] {
				told[kind+words] = true
				l.addAt(fmt.Sprintf("the words of a page %s: “%s”", kind, shorten(x.text(), 80)), "")
			}
		}
	}
	return out
}

// running gives the keys of a line that stands in a margin; two of them, since places differ by a little.
func running(x line, pg *pdfPage) []runningLine {
	foot := x.base > (1-marginShare)*pg.height
	if !foot && x.base > marginShare*pg.height {
		return nil
	}
	at := x.base
	if foot {
		at = pg.height - x.base
	}
	words := digits.ReplaceAllString(strings.ToLower(x.text()), "#")
	const step = 6 // points
	return []runningLine{{words, int(math.Floor(at / step)), foot}, {words, int(math.Floor(at/step+0.5)) + 1<<20, foot}}
}

// marginOf says whether a line is a "header" or a "footer", or "".
func marginOf(x line, pg *pdfPage, seen map[runningLine]int, pages int) string {
	for _, k := range running(x, pg) {
		often := seen[k] >= 2 && (pages <= 8 || seen[k] >= 3)
		number := pageNumber.MatchString(x.text()) && (seen[k] >= 2 || pages == 1 && (!plainNumber.MatchString(x.text()) || k.foot && x.text() == "1"))
		if !often && !number {
			continue
		}
		if k.foot {
			return "footer"
		}
		return "header"
	}
	return ""
}
