package demo

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
	"sync"
)

// word makes a Word file as people make them, with the numbering, bullets, tables and headings of Word itself. A line
// of the source is one paragraph:
//
//	# and ##        headings
//	1. and a. or i. lists that Word numbers, one level and two levels deep
//	-               bullets
//	| a | b |       rows of a table, the first its header
//	!               a picture with these words as its description, which no Markdown can carry
//	^               a header that stands on each page
//
// Anything else is a paragraph; **bold** is bold. Equal sources make equal files.
func word(title, source string) ([]byte, error) {
	var d wordFile
	for line := range strings.Lines(source) {
		d.line(strings.TrimSpace(line))
	}
	d.endTable()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, part := range [][2]string{
		{"[Content_Types].xml", wordTypes},
		{"_rels/.rels", wordRels},
		{"docProps/core.xml", fmt.Sprintf(wordCore, escape(title))},
		{"word/_rels/document.xml.rels", wordDocumentRels},
		{"word/styles.xml", wordStyles},
		{"word/numbering.xml", d.numbering()},
		{"word/header1.xml", fmt.Sprintf(wordHeader, escape(d.header))},
		{"word/document.xml", fmt.Sprintf(wordDocument, d.body.String())},
		{"word/media/image1.png", logo()}, // the relationships name it, whether or not the text shows it
	} {
		w, err := z.CreateHeader(&zip.FileHeader{Name: part[0], Method: zip.Deflate})
		if err != nil {
			return nil, fmt.Errorf("writing a Word file: %w", err)
		}
		if _, err := w.Write([]byte(part[1])); err != nil {
			return nil, fmt.Errorf("writing a Word file: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("writing a Word file: %w", err)
	}
	return out.Bytes(), nil
}

type wordFile struct {
	body    strings.Builder
	header  string
	inTable bool
	lists   int  // how many numbered lists there are
	inList  bool // a numbered list is going on
}

func (d *wordFile) line(s string) {
	if s == "" {
		return
	}
	if strings.HasPrefix(s, "|") {
		d.row(s)
		return
	}
	d.endTable()
	mark, rest, _ := strings.Cut(s, " ")
	switch {
	case mark == "#" || mark == "##":
		d.inList = false
		d.paragraph(fmt.Sprintf(`<w:pStyle w:val="Heading%d"/>`, len(mark)), rest)
	case mark == "-":
		d.paragraph(`<w:pStyle w:val="ListParagraph"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>`, rest)
	case mark == "1.":
		if !d.inList {
			d.lists, d.inList = d.lists+1, true
		}
		d.item(0, rest)
	case mark == "a." && d.inList:
		d.item(1, rest)
	case mark == "i." && d.inList:
		d.item(2, rest)
	case mark == "!":
		fmt.Fprintf(&d.body, wordPicture, escape(rest))
	case mark == "^":
		d.header = rest
	default:
		d.paragraph("", s)
	}
}

func (d *wordFile) item(level int, words string) {
	d.paragraph(fmt.Sprintf(`<w:pStyle w:val="ListParagraph"/><w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, level, d.lists+1), words)
}

func (d *wordFile) paragraph(properties, words string) {
	d.body.WriteString("<w:p>")
	if properties != "" {
		d.body.WriteString("<w:pPr>" + properties + "</w:pPr>")
	}
	d.body.WriteString(runs(words) + "</w:p>")
}

func (d *wordFile) row(s string) {
	if !d.inTable {
		columns := len(cells(strings.Trim(s, "|")))
		d.body.WriteString(`<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>` +
			strings.Repeat(`<w:gridCol w:w="3000"/>`, columns) + `</w:tblGrid>`)
		d.inTable, d.inList = true, false
	}
	d.body.WriteString("<w:tr>")
	for _, c := range cells(strings.Trim(s, "|")) {
		d.body.WriteString(`<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/></w:tcPr><w:p>` + runs(c) + "</w:p></w:tc>")
	}
	d.body.WriteString("</w:tr>")
}

func (d *wordFile) endTable() {
	if d.inTable {
		d.body.WriteString("</w:tbl><w:p/>") // Word wants a paragraph after a table
		d.inTable = false
	}
}

// runs are the words of a paragraph, bold between double stars.
func runs(words string) string {
	var b strings.Builder
	for i, piece := range strings.Split(words, "**") {
		if piece == "" {
			continue
		}
		bold := ""
		if i%2 == 1 {
			bold = "<w:rPr><w:b/></w:rPr>"
		}
		b.WriteString("<w:r>" + bold + `<w:t xml:space="preserve">` + escape(piece) + "</w:t></w:r>")
	}
	return b.String()
}

func escape(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a bytes.Buffer takes everything
	return b.String()
}

// logo is a picture such as stands on the first page of many policies: a plain blue sign, drawn once.
var logo = sync.OnceValue(func() string {
	sign := image.NewPaletted(image.Rect(0, 0, 96, 40), color.Palette{color.RGBA{0, 94, 184, 255}})
	var b bytes.Buffer
	_ = png.Encode(&b, sign) // a bytes.Buffer takes everything
	return b.String()
})

// numbering gives each numbered list its own count: 1., then (a), then (i).
func (d *wordFile) numbering() string {
	var b strings.Builder
	b.WriteString(wordNumbering)
	for i := range d.lists {
		fmt.Fprintf(&b, `<w:num w:numId="%d"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>`, i+2)
	}
	return b.String() + "</w:numbering>"
}
