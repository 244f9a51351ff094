package intake

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A setting is one way in which a program sets words.
type setting struct {
	name string
	page string // before the text
	font string // with its size
	tm   string // the text matrix without its place
	down float64
	tz   float64 // of 100
	tc   float64
	tw   float64
}

// settings are how the programs of printers and typesetters place letters: stretched, set apart, turned over twice.
var settings = []setting{
	{name: "plain"},
	{name: "wide matrix", tm: "1.05 0 0 1"},
	{name: "wider matrix", tm: "1.4 0 0 1"},
	{name: "narrow matrix", tm: "0.7 0 0 1"},
	{name: "size in the matrix", font: "/F 1", tm: "10 0 0 10"},
	{name: "size in the matrix, narrow", font: "/T 1", tm: "7.5 0 0 10"},
	{name: "serifs, wide", font: "/T 10", tm: "1.1 0 0 1"},
	{name: "typewriter", font: "/C 10"},
	{name: "typewriter, narrow", font: "/C 10", tz: 60},
	{name: "scaled to a half", tz: 50},
	{name: "scaled to more", tz: 130},
	{name: "letters set apart", tc: 1},
	{name: "letters set far apart", tc: 2.2},
	{name: "letters set close", tc: -0.4},
	{name: "bold, close and narrow", font: "/B 10", tc: -0.2, tz: 85},
	{name: "spaces widened", tw: 4},
	{name: "spaces narrowed", tw: -1.2},
	{name: "page upside down, text too", page: "1 0 0 -1 0 800 cm", tm: "1 0 0 -1", down: -1},
	{name: "negative size", font: "/F -10", tm: "-1 0 0 -1"},
	{name: "page scaled", page: "0.5 0 0 0.5 0 0 cm", font: "/F 20", down: 2},
	{name: "turned to the left", page: "0 1 -1 0 600 0 cm"},
	{name: "turned to the right", page: "0 -1 1 0 0 800 cm", tz: 80},
	{name: "on its head", page: "-1 0 0 -1 600 800 cm", tm: "1.05 0 0 1"},
	{name: "mirrored page and text", page: "-1 0 0 1 600 0 cm", tm: "-1 0 0 1"},
	{name: "mirror writing", page: "-1 0 0 1 600 0 cm"},
}

// show writes words as the operators of a PDF that show them from a place.
type show func(r *rand.Rand, words []string) string

var shows = map[string]show{
	"spaces": func(_ *rand.Rand, words []string) string { return "(" + strings.Join(words, " ") + ") Tj" },
	"spaces and kerning": func(r *rand.Rand, words []string) string {
		var b strings.Builder
		for _, c := range strings.Join(words, " ") {
			fmt.Fprintf(&b, "(%c) %d ", c, r.IntN(80)-40)
		}
		return "[" + b.String() + "] TJ"
	},
	"jumps": func(r *rand.Rand, words []string) string {
		return "[(" + strings.Join(words, fmt.Sprintf(") %d (", -260-r.IntN(120))) + ")] TJ"
	},
	"jumps and kerning": func(r *rand.Rand, words []string) string {
		var b strings.Builder
		for _, w := range words {
			for _, c := range w {
				fmt.Fprintf(&b, "(%c) %d ", c, r.IntN(50)-25)
			}
			fmt.Fprintf(&b, "%d ", -280-r.IntN(120))
		}
		return "[" + b.String() + "] TJ"
	},
	"spaces with jumps": func(r *rand.Rand, words []string) string {
		return "[(" + strings.Join(words, fmt.Sprintf(" ) %d (", -r.IntN(200))) + ")] TJ"
	},
}

// TestPDFWordsAreAsWritten: however a program sets a line, its words and numbers are those that it wrote.
func TestPDFWordsAreAsWritten(t *testing.T) {
	t.Parallel()
	const lines, each = 12, 7
	stock := strings.Fields("if the patient is 103 kg or more and aged 25 to 47 years 2014 1.5 a I 10 6/12 559 AVAIL To We mm ill fiction BMI 35.0 101")
	for name, show := range shows {
		for i, s := range settings {
			r := rand.New(rand.NewPCG(uint64(i), 7))
			var want []string
			drawing := s.page
			for n := range lines {
				words := []string{"Line"}
				for range each {
					words = append(words, stock[r.IntN(len(stock))])
				}
				want = append(want, words...)
				drawing += s.line(700-12*float64(n), show(r, words))
			}
			if d := cmp.Diff(want, printedWords(t, pdfOf(drawing))); d != "" {
				t.Errorf("%s, %s (-want +got):\n%s", s.name, name, d)
			}
		}
	}
}

// printedWords is the words of the lines of a file's pages, from top to bottom.
func printedWords(t *testing.T, data string) []string {
	t.Helper()
	f, err := readPDFFile(t.Context(), []byte(data))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, pg := range f.pages {
		for _, l := range linesIn(pg.words(), pg.number) {
			out = append(out, strings.Fields(l.text())...)
		}
	}
	return out
}

// TestPDFCellsStayApart: some programs write the digits of two cells as one word with a wide space between letters.
func TestPDFCellsStayApart(t *testing.T) {
	t.Parallel()
	row := "BT /F 6 Tf 50 700 Td (6) Tj 24 0 Td 21 Tc (00) Tj 0 Tc 48 0 Td (7) Tj 24 0 Td (20) Tj 24 0 Td 21 Tc (123) Tj ET"
	if d := cmp.Diff(strings.Fields("6 0 0 7 20 1 2 3"), printedWords(t, pdfOf(row))); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// line shows something at a height of the upright page.
func (s setting) line(y float64, shown string) string {
	font, tm, x := s.font, s.tm, 50.0
	if font == "" {
		font = "/F 10"
	}
	if tm == "" {
		tm = "1 0 0 1"
	}
	switch {
	case s.down < 0:
		y = 800 - y
	case s.down > 0:
		x, y = x*s.down, y*s.down
	case strings.HasPrefix(s.page, "-1 0 0 1") && strings.HasPrefix(tm, "-1"):
		x = 550
	case strings.HasPrefix(s.page, "0"):
		y -= 200
	}
	tz := s.tz
	if tz == 0 {
		tz = 100
	}
	return fmt.Sprintf("\nBT %s Tf %g Tz %g Tc %g Tw %s %g %g Tm %s ET", font, tz, s.tc, s.tw, tm, x, y, shown)
}
