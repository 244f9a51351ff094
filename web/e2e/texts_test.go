package e2e_test

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What three commissioners have today, each as it keeps it.
const (
	wordText = `Grommets are funded for children under 12 years with glue ear in both ears.
#The hearing loss has been watched for 3 months.
#The hearing level in the better ear is 25 decibels or worse.
Adults are not funded.`
	webText = `<!DOCTYPE html><html lang="en"><head><title>Glue ear in Birley</title></head><body>
<h1>Glue ear in Birley</h1>
<p>Grommets are funded when <strong>all</strong> of these are met:</p>
<ol><li>the child is under 16 years</li><li>hearing has been watched for 6 months</li></ol>
<table><tr><th>Ear</th><th>Level</th></tr><tr><td>Better ear</td><td>30 decibels or worse</td></tr></table>
</body></html>`
	markdownText = `# Corvale: grommets

Children with glue ear in both ears may have grommets.

- The hearing level in the better ear is 25 decibels or worse.
- A hearing aid was offered first.
`
)

// localFiles writes the three texts as files and gives their paths.
func localFiles(t *testing.T) (word, web, markdown string) {
	t.Helper()
	dir := t.TempDir()
	write := func(name string, data []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	return write("grommets.docx", wordFile(t, wordText)), write("grommets.html", []byte(webText)), write("grommets.md", []byte(markdownText))
}

const (
	wordNames    = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	wordOffice   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	wordPackages = "http://schemas.openxmlformats.org/package/2006/"
)

// wordFile is a Word file of paragraphs, one a line; those that begin with # are numbered by Word.
func wordFile(t *testing.T, text string) []byte {
	t.Helper()
	var body strings.Builder
	for line := range strings.SplitSeq(text, "\n") {
		words, numbered := strings.CutPrefix(line, "#")
		body.WriteString("<w:p>")
		if numbered {
			body.WriteString(`<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>`)
		}
		body.WriteString("<w:r><w:t>" + words + "</w:t></w:r></w:p>")
	}
	return zipped(t, [][2]string{
		{"[Content_Types].xml", `<Types xmlns="` + wordPackages + `content-types"/>`},
		{"_rels/.rels", `<Relationships><Relationship Id="a" Type="` + wordOffice + `officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", "<w:document " + wordNames + "><w:body>" + body.String() + "</w:body></w:document>"},
		{"word/_rels/document.xml.rels", `<Relationships><Relationship Id="n" Type="` + wordOffice + `numbering" Target="numbering.xml"/></Relationships>`},
		{"word/numbering.xml", "<w:numbering " + wordNames + `><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>`},
	})
}

func zipped(t *testing.T, files [][2]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		w, err := z.Create(f[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(f[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
