package intake

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// lay prints lines of 10 points from a place downwards, 12 points apart. "*" at the start makes a line bold.
func lay(x, y float64, lines ...string) string {
	var b strings.Builder
	for i, l := range lines {
		font := "F"
		if strings.HasPrefix(l, "*") {
			font, l = "B", l[1:]
		}
		l = strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(l)
		fmt.Fprintf(&b, "BT /%s 10 Tf %.1f %.1f Td (%s) Tj ET\n", font, x, y-12*float64(i), l)
	}
	return b.String()
}

const (
	long1 = "The operation is paid for when the pain has lasted for six months and when no"
	long2 = "treatment without an operation has helped, and the person understands what the"
	long3 = "operation can do and what it cannot do, as the leaflet of the clinic explains it"
)

// TestPDFText: what becomes of lines at their places.
func TestPDFText(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, page string
		want       string
		losses     []string
	}{
		{"lines of a paragraph", lay(50, 700, long1, long2, long3, "in words."), long1 + " " + long2 + " " + long3 + " in words.\n", nil},
		{"a space below parts paragraphs", lay(50, 700, long1, "ends.") + lay(50, 668, long2, "ends."), long1 + " ends.\n\n" + long2 + " ends.\n", nil},
		{"so does a line that ended early", lay(50, 700, long1, "it ends.", long2, "ends."), long1 + " it ends.\n\n" + long2 + " ends.\n", nil},
		{"letters that stand in no order", lay(71, 700, "second") + lay(50, 700, "first"), "first second\n", nil},
		{"a word in two pieces", lay(50, 700, "fir") + lay(58.4, 700, "st"), "first\n", nil},
		{"words that only jumps part, in wide letters", "BT /F 10 Tf 1.05 0 0 1 50 700 Tm [(Over)-350(103)-350(kg)-350(or)-350(more)] TJ ET", "Over 103 kg or more\n", nil},
		{"a word printed twice for a bolder look", lay(50, 700, "bold") + lay(50.3, 700, "bold"), "bold\n", nil},
		{"bold words", lay(50, 700, "*all of") + lay(79, 700, "these"), "**all of** these\n", nil},
		{"a struck word", lay(50, 700, "two years") + "0.6 w 50 703 m 68 703 l S", "~~two~~ years\n", nil},
		{"a hyphen at a line's end that the word has elsewhere", lay(50, 700, long1[:70]+"follow-", "up of the patients in a follow-up clinic."),
			long1[:70] + "follow-up of the patients in a follow-up clinic.\n", nil},
		{"a hyphen that the word has not", lay(50, 700, long1[:70]+"treat-", "ment is a treatment."), long1[:70] + "treatment is a treatment.\n", nil},
		{"a hyphen that nobody can tell", lay(50, 700, long1[:70]+"photo-", "therapy helps."), long1[:70] + "photo-therapy helps.\n",
			[]string{"a word that a line's end parts, read as “photo-therapy”, at the start"}},
		{"numbers that count", lay(50, 700, "1. One", "2. Two", "3. Three"), "1. One\n2. Two\n3. Three\n", nil},
		{"a number that counts nothing", lay(50, 700, "7. or more episodes"), "7\\. or more episodes\n", nil},
		{"letters and Roman numbers inside", lay(50, 700, "1. One:") + lay(70, 688, "(a) first:") + lay(90, 676, "(i) x", "(ii) y") + lay(70, 652, "(b) second") + lay(50, 640, "2. Two"),
			"1. One:\n   1. first:\n      1. x\n      2. y\n   2. second\n2. Two\n", nil},
		{"and between criteria is no heading", lay(50, 700, "1. One more") + lay(62, 688, "*AND") + lay(50, 676, "2. Two more"), "1. One more\n\n   **AND**\n\n2. Two more\n", nil},
		{"initials are no list", lay(50, 700, "M. Smith, chair", "M. Jones, clerk"), "M. Smith, chair\n\nM. Jones, clerk\n", nil},
		{"numbers of clauses stay", lay(50, 700, "1.1 The first clause.", "1.2 The second."), "1.1 The first clause.\n\n1.2 The second.\n", nil},
		{"a table with lines", grid4() + lay(55, 690, "Eye") + lay(155, 690, "Level") + lay(55, 670, "Left") + lay(155, 670, "6/12"), "| Eye | Level |\n| --- | --- |\n| Left | 6/12 |\n", nil},
		{"a table without", lay(50, 700, "Eye", "Left", "Right") + lay(200, 700, "Level", "6/12", "6/9"), "| Eye | Level |\n| --- | --- |\n| Left | 6/12 |\n| Right | 6/9 |\n",
			[]string{"the lines of a table, made of what stands in columns; compare it with the original, at the start"}},
		{"words side by side", lay(50, 700, "Reference: 12") + lay(300, 700, "Date: May"), "Reference: 12 Date: May\n",
			[]string{"the order of words that stand side by side; compare it with the original, at the start"}},
		{"a text that stands upright", "0 1 -1 0 500 0 cm " + lay(50, 400, "Upright page", "in two lines."), "Upright page in two lines.\n", nil},
		{"a stamp across the page", lay(50, 700, "Words.") + "0.7 0.7 -0.7 0.7 100 100 cm " + lay(0, 0, "DRAFT"), "Words.\n", []string{"a letter that stands at an angle, on page 1 (5 times)"}},
		{"hidden words", lay(50, 700, "Words.") + "BT 3 Tr /F 10 Tf 50 600 Td (secret) Tj ET", "Words.\n", []string{"hidden text, on page 1"}},
		{"a scanned page whose words were recognised", "q 600 0 0 800 0 0 cm /Im Do Q BT 3 Tr /F 10 Tf 50 600 Td (Recognised words.) Tj ET", "Recognised words.\n",
			[]string{"pictures of pages, whose words a program recognised and may have misread: page 1"}},
		{"a picture", lay(50, 700, "Words.") + "q 60 0 0 80 50 300 cm /Im Do Q", "Words.\n", []string{"a picture, on page 1"}},
	} {
		doc, err := Read(tc.name, []byte(pdfOf(tc.page)))
		if err != nil {
			t.Errorf("%s: %v", tc.name, err)
			continue
		}
		var lost []string
		for _, l := range doc.Losses {
			lost = append(lost, l.String())
		}
		if d := cmp.Diff(tc.want, doc.Markdown) + cmp.Diff(tc.losses, lost); d != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, d)
		}
	}
}

func grid4() string {
	return "50 660 m 250 660 l S 50 680 m 250 680 l S 50 705 m 250 705 l S 50 660 m 50 705 l S 150 660 m 150 705 l S 250 660 m 250 705 l S\n"
}

// TestPDFPages: what goes on over pages, and what is printed on each.
func TestPDFPages(t *testing.T) {
	t.Parallel()
	head := func(n int) string {
		return lay(50, 770, "Policy 12, version 3") + lay(290, 30, fmt.Sprintf("Page %d of 3", n))
	}
	doc, err := Read("x.pdf", []byte(pdfOf(
		head(1)+lay(50, 700, "1. "+long1[:60], "2. Two")+lay(50, 100, long1, long2),
		head(2)+lay(50, 700, "and goes on here.")+lay(50, 660, "3. Three"),
		head(3)+"q 600 0 0 700 0 60 cm /Im Do Q")))
	if err != nil {
		t.Fatal(err)
	}
	want := "1. " + long1[:60] + "\n2. Two\n\n" + long1 + " " + long2 + " and goes on here.\n\n3. Three\n"
	if d := cmp.Diff(want, doc.Markdown); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if got := lossText(doc); !strings.Contains(got, "the words of a page header: “Policy 12, version 3”") || strings.Contains(got, "Page 1") {
		t.Errorf("losses: %s", got)
	}
}

// TestPDFScannedInPart: the pages that are only pictures are named.
func TestPDFScannedInPart(t *testing.T) {
	t.Parallel()
	picture := "600 0 0 800 0 0 cm /Im Do"
	doc, err := Read("x.pdf", []byte(pdfOf(lay(50, 700, long1, long2, "ends."), picture, picture)))
	if err != nil || len(doc.Losses) != 1 || doc.Losses[0].String() != "the words of pages that are only pictures: pages 2 and 3" {
		t.Errorf("%v, %v", doc.Losses, err)
	}
}

// TestPDFColumns: a column is read to its end before the next begins, also when their lines are not level.
func TestPDFColumns(t *testing.T) {
	t.Parallel()
	left := []string{"The first column begins here and", "goes on for some lines, of which", "none is very long, until it ends", "somewhere on the page and leads"}
	right := []string{"to the second column, which may", "stand a little lower on the page", "and is read after the first one", "has come to its end."}
	for _, lower := range []float64{0, 5} {
		doc, err := Read("x.pdf", []byte(pdfOf(lay(50, 700, left...)+lay(310, 700-lower, right...))))
		want := strings.Join(append(left, right...), " ") + "\n"
		if err != nil || doc.Markdown != want {
			t.Errorf("lower by %v: %v, %v", lower, cmp.Diff(want, doc.Markdown), err)
		}
	}
}
