package intake

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sharedPDF says what a reader sees on files that others made: words that follow each other there, across the
// ends of lines, columns and pages, and a table's row; or why a file is not taken.
var sharedPDF = map[string]struct {
	refused error
	title   string
	holds   []string
}{
	"2023-06-20-PV": {title: "Comité de démolition - Procès-verbal de la séance publique du 20 juin 2023",
		holds: []string{"de l’ordre de plus de 1 200 000$;", "la demande de démolition 2023-0379;", "# 1. Ouverture de la séance"}},
	"ag-energy": {holds: []string{"South Dakota", "1.48 - 1.55"}},
	"cupertino_usd_4-6-16": {title: "Board of Education",
		holds: []string{"# AGENDA", "comments will be limited to three (3) minutes. To ensure", "# 4. REPORT FROM CLOSED SESSION"}},
	"empty": {refused: ErrEmpty},
	"federal-register-2020-17221": {holds: []string{
		"September 21, 2020.", "Docket No. FAA–2020–0686.", "# Examining the AD Docket", "\n- *Fax:* 202–493–2251.\n",
		"the FAA will consider all comments received by the closing date for comments", "installing new flight control computer (FCC) software"}},
	"issue-140-example":              {holds: []string{"| CENTRAL KMA |", "LILYS 40% SLTD ALMND CHOC"}},
	"la-precinct-bulletin-2014-p1":   {holds: []string{"327 BALLOTS CAST", "SHERIFF"}},
	"malformed-from-issue-932":       {refused: ErrScanned},
	"nics-background-checks-2015-11": {holds: []string{"State / Territory", "Alabama", "22,650"}},
	"password-example":               {refused: ErrEncrypted},
	"pdf_structure": {title: "Titre du document", holds: []string{
		"\n1. Énumération 1\n", "\n2. Énumération 2\n", "\n3. Longue énumération : Lorem ipsum dolor sit amet", "| Chose 1 | Truc 1 |", "### Titre 2"}},
	"scotus-transcript-p1": {holds: []string{"The above-entitled matter came on for oral", "TEVEN"}},
	"word365_structure":    {title: "Titre", holds: []string{"# Titre\n", "- Liste\n- Liste 2\n- Liste 3\n", "1. Liste numérotée\n2. Liste numérotée\n", "| Linge 2 | Belette | Bibitte |"}},
}

// TestSharedPDFFiles reads files that others made. Beside what sharedPDF says, no word of a page may be lost but
// those that are told.
func TestSharedPDFFiles(t *testing.T) {
	t.Parallel()
	files, _ := filepath.Glob("../../../shared/data/pdf/*.pdf")
	if len(files) == 0 {
		t.Skip("NOT TESTED: ../shared/data/pdf is missing")
	}
	for _, f := range files {
		name := strings.TrimPrefix(strings.TrimSuffix(filepath.Base(f), ".pdf"), "pdfplumber_")
		t.Run(name, func(t *testing.T) { sharedPDFFile(t, f, name) })
	}
}

func sharedPDFFile(t *testing.T, file, name string) {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := sharedPDF[name]
	doc, err := Read(filepath.Base(file), data)
	if !errors.Is(err, want.refused) {
		t.Fatalf("got %v, want %v", err, want.refused)
	}
	if err != nil {
		return
	}
	stable(t, doc)
	if want.title != "" && doc.Title != want.title {
		t.Errorf("title %q, want %q", doc.Title, want.title)
	}
	for _, s := range want.holds {
		if !strings.Contains(doc.Markdown, s) {
			t.Errorf("does not hold %q:\n%s", s, doc.Markdown)
		}
	}
	const left = 0.94 // the rest is in running heads and feet, and in words that ends of lines part
	if r := share(printed(t, data), words(doc.Markdown+lossText(doc))); r < left {
		t.Errorf("%.3f of the words of the pages are here\n%s", r, doc.Markdown)
	}
}

// printed is the words of a file's pages, in whatever order.
func printed(t *testing.T, data []byte) map[string]int {
	t.Helper()
	f, err := readPDFFile(context.Background(), data)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, pg := range f.pages {
		for _, w := range pg.words() {
			b.WriteString(w.text() + " ")
		}
	}
	return words(b.String())
}
