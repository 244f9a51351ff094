package intake

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
)

const wordNS = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wp="urn:wp" xmlns:a="urn:a" xmlns:pic="urn:pic" xmlns:wps="urn:wps" xmlns:w14="urn:w14" xmlns:m="urn:m" xmlns:v="urn:v"`

// relation kinds of the parts that a fixture may have.
var partKinds = map[string]string{
	"styles.xml": "styles", "numbering.xml": "numbering", "footnotes.xml": "footnotes", "endnotes.xml": "endnotes",
	"header1.xml": "header", "footer1.xml": "footer",
}

var partRoots = map[string]string{
	"styles.xml": "styles", "numbering.xml": "numbering", "footnotes.xml": "footnotes", "endnotes.xml": "endnotes",
	"header1.xml": "hdr", "footer1.xml": "ftr",
}

// docx builds a Word file of a body and the insides of other parts; "links" holds address by id, one a line.
func docx(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	files := map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"_rels/.rels":         `<Relationships><Relationship Id="a" Type="` + office + `officeDocument" Target="word/document.xml"/><Relationship Id="b" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
		"word/document.xml":   `<?xml version="1.0" encoding="UTF-8"?><w:document ` + wordNS + `><w:body>` + parts["body.xml"] + `</w:body></w:document>`,
	}
	var rels strings.Builder
	for name, inside := range parts {
		kind, ok := partKinds[name]
		if !ok {
			continue
		}
		files["word/"+name] = `<w:` + partRoots[name] + ` ` + wordNS + `>` + inside + `</w:` + partRoots[name] + `>`
		rels.WriteString(`<Relationship Id="part-` + kind + `" Type="` + office + kind + `" Target="` + name + `"/>`)
	}
	for _, line := range strings.Split(strings.TrimSpace(parts["links"]), "\n") {
		if id, href, ok := strings.Cut(line, " "); ok {
			rels.WriteString(`<Relationship Id="` + id + `" Type="` + office + `hyperlink" Target="` + href + `" TargetMode="External"/>`)
		}
	}
	files["word/_rels/document.xml.rels"] = `<Relationships>` + rels.String() + `</Relationships>`
	if title := parts["title"]; title != "" {
		files["docProps/core.xml"] = `<cp:coreProperties xmlns:cp="urn:cp" xmlns:dc="urn:dc"><dc:title>` + strings.TrimSpace(title) + `</dc:title></cp:coreProperties>`
	}
	return zipped(t, files)
}

func zipped(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, data := range files {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(data)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// p is a plain paragraph of a fixture.
func p(text string) string {
	return `<w:p><w:r><w:t xml:space="preserve">` + text + `</w:t></w:r></w:p>`
}
