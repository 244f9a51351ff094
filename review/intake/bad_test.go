package intake

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	ole := func(stream string) string {
		return string(oleMagic) + strings.Repeat("\x00", 512) + string(utf16le(stream))
	}
	word := func(document string) string {
		return string(zipped(t, map[string]string{"word/document.xml": document}))
	}
	good := string(docx(t, map[string]string{"body.xml": p("words")}))
	deep := strings.Repeat("<w:p>", 1000)
	for _, tc := range []struct {
		name, data string
		want       error
	}{
		{"nothing", "", ErrEmpty},
		{"only spaces", " \n\t\u00a0 \ufeff\n", ErrEmpty},
		{"a Word file without words", string(docx(t, map[string]string{"body.xml": "<w:p/>"})), ErrEmpty},
		{"a page without words", "<!doctype html><title>x</title><body><script>y</script>", ErrEmpty},
		{"only settings", "---\ntitle: x\n---\n", ErrEmpty},
		{"too many bytes", strings.Repeat("a ", MaxBytes/2+1), ErrTooLarge},
		{"too many words", strings.Repeat("word ", maxMarkdown/4), ErrTooLarge},
		{"too many paragraphs in a page", "<html>" + strings.Repeat("<p>x", maxBlocks+1), ErrTooLarge},
		{"a password", ole("EncryptedPackage"), ErrEncrypted},
		{"old Word", ole("WordDocument"), ErrOldWord},
		{"an old sheet", ole("Workbook"), ErrOldSheet},
		{"RTF", `{\rtf1 words}`, ErrUnknown},
		{"a web archive", "From: <Saved by a browser>\nMIME-Version: 1.0\nContent-Type: multipart/related\n", ErrUnknown},
		{"a picture", "\x89PNG\r\n\x1a\n", ErrUnknown},
		{"a program", "MZ\x00\x01", ErrUnknown},
		{"a sheet", string(zipped(t, map[string]string{"xl/workbook.xml": "<workbook/>"})), ErrDamaged},
		{"half a Word file", good[:len(good)/2], ErrDamaged},
		{"no XML", word("words"), ErrDamaged},
		{"XML that ends early", word("<w:document><w:body>"), ErrDamaged},
		{"elements that cross", word("<w:document><w:body></w:document></w:body>"), ErrDamaged},
		{"elements nested deeply", word("<w:document><w:body>" + deep), ErrDamaged},
		{"a document type", word(`<!DOCTYPE d [<!ENTITY a "b">]><w:document><w:body/></w:document>`), ErrDamaged},
		{"entities that grow", word(`<!DOCTYPE d [<!ENTITY a "bbbb"><!ENTITY c "&a;&a;&a;">]><w:document><w:body><w:p><w:r><w:t>&c;</w:t></w:r></w:p></w:body></w:document>`), ErrDamaged},
		{"an entity from a file", word(`<w:document><w:body><w:p><w:r><w:t>&file;</w:t></w:r></w:p></w:body></w:document>`), ErrDamaged},
		{"HTML nested deeply", "<html>" + strings.Repeat("<div>", 5000), ErrDamaged},
	} {
		doc, err := Read(tc.name, []byte(tc.data))
		if !errors.Is(err, tc.want) {
			t.Errorf("%s: got %v and %.40q, want %v", tc.name, err, doc.Markdown, tc.want)
		}
		if words, ok := Reason(err); !ok || words != tc.want.Error() {
			t.Errorf("%s: reason %q", tc.name, words)
		}
	}
}

// TestReadBoundsUnpacking: 200 MB of zeros pack into 200 KB.
func TestReadBoundsUnpacking(t *testing.T) {
	t.Parallel()
	bomb := zipped(t, map[string]string{"word/document.xml": "<w:document><w:body>" + strings.Repeat(" ", 60<<20)})
	if len(bomb) > 1<<20 {
		t.Fatalf("the bomb has %d bytes", len(bomb))
	}
	if _, err := Read("bomb.docx", bomb); !errors.Is(err, ErrTooLarge) {
		t.Errorf("got %v, want %v", err, ErrTooLarge)
	}
	many := map[string]string{}
	for i := range maxFiles + 1 {
		many[fmt.Sprint(i)] = ""
	}
	if _, err := Read("many.docx", zipped(t, many)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("got %v, want %v", err, ErrTooLarge)
	}
}

// TestReadBoundsMergedCells: 20 bytes of HTML can ask for 63 cells.
func TestReadBoundsMergedCells(t *testing.T) {
	t.Parallel()
	doc, err := Read("table.html", []byte("<html><table>"+strings.Repeat("<tr><td colspan=999>a<td>b", 5000)))
	if err != nil || len(doc.Markdown) > 1_000_000 {
		t.Errorf("%d bytes of Markdown, %v", len(doc.Markdown), err)
	}
}

func TestReadListsMacros(t *testing.T) {
	t.Parallel()
	data := zipped(t, map[string]string{
		"word/document.xml":   "<w:document><w:body>" + p("words") + "</w:body></w:document>",
		"word/vbaProject.bin": "code",
	})
	doc, err := Read("x.docm", data)
	if err != nil || doc.Markdown != "words\n" {
		t.Fatalf("got %q, %v", doc.Markdown, err)
	}
	if len(doc.Losses) != 1 || !strings.Contains(doc.Losses[0].What, "macro") {
		t.Errorf("losses: %v", doc.Losses)
	}
}

func TestReadDecodes(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, data, want string }{
		{"UTF-8 with its mark", "\xef\xbb\xbfcafé", "café\n"},
		{"UTF-16, little end first", "\xff\xfec\x00a\x00f\x00\xe9\x00", "café\n"},
		{"UTF-16, big end first", "\xfe\xff\x00c\x00a\x00f\x00\xe9", "café\n"},
		{"Windows-1252", "caf\xe9 \x93quoted\x94 \x80", "café “quoted” €\n"},
		{"old line ends", "one\rtwo\r\n\r\nthree", "one\\\ntwo\n\nthree\n"},
		{"HTML that says its kind", "<html><meta charset=windows-1252><p>caf\xe9</p>", "café\n"},
		{"HTML in UTF-16", "\xff\xfe" + string(utf16le("<html><p>words</p>")), "words\n"},
		{"what cannot be seen", "a\u00adb\u200bc\u0007d\u202ee\u00a0f", "abcde f\n"},
	} {
		doc, err := Read(tc.name, []byte(tc.data))
		if err != nil || doc.Markdown != tc.want {
			t.Errorf("%s: got %q, %v; want %q", tc.name, doc.Markdown, err, tc.want)
		}
	}
}

// TestReadNeverRunsScripts: nothing that a page or a file carries comes out as markup.
func TestReadNeverRunsScripts(t *testing.T) {
	t.Parallel()
	const evil = `<script>alert(1)</script><img src=x onerror=alert(1)>`
	link := `<a href="javascript:alert(1)">press</a>`
	var quoted bytes.Buffer
	for _, r := range evil {
		fmt.Fprintf(&quoted, "&#%d;", r)
	}
	for _, in := range []string{
		string(docx(t, map[string]string{"body.xml": p(quoted.String())})),
		"<html><body><p>words " + evil + link + "</p><p>" + quoted.String() + "</p>",
		"# Title\n\n" + evil + "\n\n[press](javascript:alert(1))",
		"words " + evil,
	} {
		doc, err := Read("x", []byte(in))
		if err != nil {
			t.Fatalf("%.60q: %v", in, err)
		}
		var page bytes.Buffer
		if err := newMarkdown().Convert([]byte(doc.Markdown), &page); err != nil {
			t.Fatal(err)
		}
		if s := page.String(); strings.Contains(s, "<script") || strings.Contains(s, "<img") || strings.Contains(s, "javascript:") {
			t.Errorf("%.60q gives\n%s", in, s)
		}
	}
}
