package export

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"concordat/review/intake"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const body = `A clause with **bold**, *italic*, ~~struck~~, ` + "`code`" + ` and [a link](https://example.org/a_b?x=1&y=2).[^1]

Funded when all of:

- seven episodes in a year, or
  1. five a year
  2. for two years
- recorded by a practice

  and agreed

### Codes

| Code | Name |
| --- | --- |
| F34 | Excision of *tonsil* \| part |
| D15.1 | |

> A quotation.

3. third
4. fourth

1986\. was a year & 5 < 7.\
A new line.

[^1]: The source, page 4.
`

func sample() Policy {
	return Policy{
		Title: "Tonsillectomy", Reference: "TP-012", Version: "0.3", Status: "For comment until 12 March 2027", Draft: true,
		Control:  []Field{{"Owner", "Evergreen ICB"}, {"Review date", "1 April 2029"}},
		Sections: []Section{{Title: "Scope", Markdown: "For adults."}, {Title: "Criteria & codes", Markdown: body}},
	}
}

func written(t testing.TB, p Policy) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Word(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWordIsReadBack(t *testing.T) {
	t.Parallel()
	doc, err := intake.Read("x.docx", written(t, sample()))
	if err != nil {
		t.Fatal(err)
	}
	want := "# Tonsillectomy\n\n**DRAFT: not yet adopted**\n\nFor comment until 12 March 2027\n\n" +
		"| **Owner** | Evergreen ICB |\n| --- | --- |\n| **Review date** | 1 April 2029 |\n\n" +
		"## Scope\n\nFor adults.\n\n## Criteria & codes\n\n" + strings.NewReplacer("`code`", "code",
		// A list with more than plain items has empty lines between them.
		"or\n  1. five a year\n  2. for", "or\n\n  1. five a year\n\n  2. for", "years\n- rec", "years\n\n- rec", "x=1&y=2", "x=1&amp;y=2").Replace(body)
	if d := cmp.Diff(want, doc.Markdown); d != "" {
		t.Errorf("read back (-want +got):\n%s", d)
	}
	if doc.Title != "Tonsillectomy" {
		t.Errorf("title %q", doc.Title)
	}
}

func TestWordIsTheSameEachTime(t *testing.T) {
	t.Parallel()
	if !bytes.Equal(written(t, sample()), written(t, sample())) {
		t.Error("two writings differ")
	}
}

// TestWordIsWellFormed parses each part, and checks that what one part refers to is in the other.
func TestWordIsWellFormed(t *testing.T) {
	t.Parallel()
	p := sample()
	p.Title, p.Sections[0].Title = "a <b> & \"c\" \x01", "]]>"
	z, err := zip.NewReader(bytes.NewReader(written(t, p)), int64(len(written(t, p))))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(data)
		d := xml.NewDecoder(bytes.NewReader(data))
		for err == nil {
			_, err = d.Token()
		}
		if !errors.Is(err, io.EOF) {
			t.Errorf("%s: %v\n%s", f.Name, err, data)
		}
		if strings.Contains(string(data), "{{") {
			t.Errorf("%s has a place that was not filled", f.Name)
		}
	}
	for _, style := range strings.Split(parts["word/document.xml"], `w:pStyle w:val="`)[1:] {
		id, _, _ := strings.Cut(style, `"`)
		if !strings.Contains(parts["word/styles.xml"], `w:styleId="`+id+`"`) {
			t.Errorf("no style %q", id)
		}
	}
	for _, num := range strings.Split(parts["word/document.xml"], `w:numId w:val="`)[1:] {
		id, _, _ := strings.Cut(num, `"`)
		if !strings.Contains(parts["word/numbering.xml"], `<w:num w:numId="`+id+`"`) {
			t.Errorf("no list %q", id)
		}
	}
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	md := "First clause:\n\n- one\n- two\n  - inner\n\nSecond.\n"
	p := Policy{Title: "T", Sections: []Section{{Title: "S", Number: "1", Markdown: md, Numbers: []Number{
		{0, "1.1"}, {strings.Index(md, "- one"), "(a)"}, {strings.Index(md, "- two"), "(b)"}, {strings.Index(md, "- inner"), "(i)"}, {strings.Index(md, "Second"), "1.2"},
	}}}}
	doc, err := intake.Read("x.docx", written(t, p))
	if err != nil {
		t.Fatal(err)
	}
	want := "# T\n\n## 1 S\n\n1.1 First clause:\n\n1. one\n2. two\n   1. inner\n\n1.2 Second.\n"
	if d := cmp.Diff(want, doc.Markdown); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestMarkdownGolden(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := Markdown(&b, sample()); err != nil {
		t.Fatal(err)
	}
	const file = "testdata/policy.md"
	if *update {
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), b.String()); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	doc, err := intake.Read("policy.md", b.Bytes())
	if err != nil || doc.Title != "Tonsillectomy" || !strings.HasPrefix(doc.Markdown, "# Tonsillectomy\n\n## Scope\n") {
		t.Errorf("read back: %v, title %q\n%s", err, doc.Title, doc.Markdown)
	}
}

func TestWordWritesToAFullDisk(t *testing.T) {
	t.Parallel()
	if err := Word(fullDisk{}, sample()); !errors.Is(err, errFull) {
		t.Errorf("got %v, want %v", err, errFull)
	}
}

var errFull = errors.New("no space left")

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, fmt.Errorf("writing: %w", errFull) }
