package export

import (
	"archive/zip"
	"embed"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

//go:embed parts
var parts embed.FS

// Word writes a policy as a Word document that Word and LibreOffice open: real headings, lists with Word's own
// numbering, tables with header rows, footnotes, reference and page numbers on each page. The same policy gives
// the same bytes. Raw HTML in the Markdown is left out, as on pages.
func Word(w io.Writer, p Policy) error {
	d := newWordDocument()
	d.policy(p)
	z := zip.NewWriter(w)
	for _, f := range []struct{ name, data string }{
		{"[Content_Types].xml", part("content-types.xml")},
		{"_rels/.rels", part("rels.xml")},
		{"docProps/core.xml", fill("core.xml", "TITLE", p.Title, "REFERENCE", p.Reference, "VERSION", p.Version)},
		{"word/document.xml", fill("document.xml", "BODY", raw(d.body.String()))},
		{"word/_rels/document.xml.rels", fill("document-rels.xml", "LINKS", raw(d.body.relations()))},
		{"word/styles.xml", part("styles.xml")},
		{"word/settings.xml", part("settings.xml")},
		{"word/numbering.xml", fill("numbering.xml", "LISTS", raw(d.lists.String()))},
		{"word/footnotes.xml", fill("footnotes.xml", "NOTES", raw(d.notes.String()))},
		{"word/_rels/footnotes.xml.rels", fill("footnotes-rels.xml", "LINKS", raw(d.notes.relations()))},
		{"word/header1.xml", fill("header.xml", "TITLE", p.Title, "REFERENCE", p.Reference, "DRAFT", draftMark(p.Draft))},
		{"word/footer1.xml", fill("footer.xml", "STATUS", footLine(p))},
	} {
		// A header made here has no time, so that equal texts give equal files.
		out, err := z.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate})
		if err != nil {
			return fmt.Errorf("writing %s: %w", f.name, err)
		}
		if _, err := io.WriteString(out, f.data); err != nil {
			return fmt.Errorf("writing %s: %w", f.name, err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("writing a Word document: %w", err)
	}
	return nil
}

func draftMark(draft bool) string {
	if draft {
		return "DRAFT"
	}
	return ""
}

func footLine(p Policy) string {
	if p.Version == "" {
		return p.Status
	}
	if p.Status == "" {
		return "Version " + p.Version
	}
	return "Version " + p.Version + ". " + p.Status
}

// part is a part of the file that is always the same. It is embedded, so it is there.
func part(name string) string {
	data, err := parts.ReadFile("parts/" + name)
	if err != nil {
		return ""
	}
	return string(data)
}

// raw is text that is XML already.
type raw string

// fill puts values into a part's places, which look like {{TITLE}}.
func fill(name string, pairs ...any) string {
	var r []string
	for i := 0; i+1 < len(pairs); i += 2 {
		value := ""
		switch v := pairs[i+1].(type) {
		case raw:
			value = string(v)
		case string:
			value = escape(v)
		}
		r = append(r, fmt.Sprintf("{{%s}}", pairs[i]), value)
	}
	return strings.NewReplacer(r...).Replace(part(name))
}

// escape makes text fit for XML; characters that XML cannot hold become U+FFFD.
func escape(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		return ""
	}
	return b.String()
}
