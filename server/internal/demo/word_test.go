package demo

import (
	"bytes"
	"strings"
	"testing"

	"concordat/review/intake"
)

// TestWord writes a Word file with everything that the sources use and reads it as the service does.
func TestWord(t *testing.T) {
	t.Parallel()
	const source = `^ NHS Somewhere policy 1
# Eligibility
All of **these**:
1. age under 40
1. one of
a. pain & loss of function
i. at night
a. weakness
- a point
# Codes
1. counted anew
| Procedure | Codes |
| Release | A65.1 |
! NHS Somewhere logo`
	data, err := word("A policy", source)
	if err != nil {
		t.Fatal(err)
	}
	again, err := word("A policy", source)
	if err != nil || !bytes.Equal(data, again) {
		t.Errorf("the same source makes another file: %v", err)
	}
	doc, err := intake.Read("policy.docx", data)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"# Eligibility", "All of **these**:", "1. age under 40", "pain & loss of function", "- a point", "1. counted anew", "| Procedure | Codes |"} {
		if !strings.Contains(doc.Markdown, want) {
			t.Errorf("%q is not in\n%s", want, doc.Markdown)
		}
	}
	if len(doc.Losses) != 2 {
		t.Errorf("lost %v, want the picture and the words of the header", doc.Losses)
	}
}

func TestSheet(t *testing.T) {
	t.Parallel()
	s := parseSheet("Title: A: b\nItem: x | y\nItem: z\n\nBefore.\n\n== first\nOne.\n\n== second\nTwo.\n")
	if s.one("Title") != "A: b" || len(s.all("Item")) != 2 || s.all("Item")[0][1] != "y" || s.body != "Before." {
		t.Errorf("read as %+v", s)
	}
	if len(s.parts) != 2 || s.parts[0] != (part{"first", "One."}) || s.parts[1] != (part{"second", "Two."}) {
		t.Errorf("parts %+v", s.parts)
	}
	for _, read := range []func(*sheet){
		func(s *sheet) { s.day("2027-02-30") },
		func(s *sheet) { s.moment("noon") },
		func(s *sheet) { s.number("1") },
	} {
		s := parseSheet("Title: A\n\n")
		if read(s); s.err() == nil {
			t.Error("nothing was said about a value that is wrong")
		}
	}
	if parseSheet("no field\n\n").err() == nil {
		t.Error("nothing was said about a line that is no field")
	}
}
