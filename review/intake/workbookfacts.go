package intake

import (
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// sheetFacts are what the rows of a sheet as they are shown do not say: what is struck out, hidden, noted or not computed.
type sheetFacts struct {
	cells   map[[2]int]cellFact // by row and column, from 1
	rows    map[int]bool        // hidden rows
	columns [][2]int            // hidden columns, from and to
	notes   []cellNote
	boxes   []string // the words of text boxes, one a paragraph
	drawn   []string // what is drawn beside them, as losses
	margins string   // the words of the printed header and footer
}

// A cellFact is what is to be known of one cell beside its text.
type cellFact struct {
	formula string // of a formula without a value
	struck  bool   // all of it
	words   string // in place of its text, with ~~ around what is struck out
	wrong   bool   // it holds an error value
	number  bool
	value   string
}

type cellNote struct{ cell, words string }

// A factReader reads the parts of a workbook that excelize is not asked for.
type factReader struct {
	archive *archive
	struck  map[int]bool   // styles of cells whose font is struck out
	strings map[int]string // shared strings of which something is struck out
}

// workbookFacts reads the facts of all sheets, by the names of the sheets.
func workbookFacts(data []byte) (map[string]*sheetFacts, error) {
	a, err := openArchive(data) // with its own bound on what is unpacked
	if err != nil {
		return nil, err
	}
	const main = "xl/workbook.xml"
	book, err := a.tree(main)
	if err != nil {
		return nil, err
	}
	rels, err := a.relations(main)
	if err != nil {
		return nil, err
	}
	r := &factReader{archive: a}
	if err := r.open(rels); err != nil {
		return nil, err
	}
	out := map[string]*sheetFacts{}
	for _, s := range book.first("sheets").all("sheet") {
		rel := rels[s.relAttr("id")]
		if rel.kind == "chartsheet" {
			out[s.attr("name")] = &sheetFacts{drawn: []string{"a chart"}}
			continue
		}
		if out[s.attr("name")], err = r.sheet(strings.TrimPrefix(rel.target, "/")); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (r *factReader) open(rels map[string]relation) error {
	styles, err := r.archive.tree(related(rels, "styles"))
	if err != nil {
		return err
	}
	r.struck = map[int]bool{}
	fonts := styles.first("fonts").all("font")
	for i, x := range styles.first("cellXfs").all("xf") {
		if f := number(x.attr("fontId"), -1); f >= 0 && f < len(fonts) {
			r.struck[i], _ = fonts[f].on("strike")
		}
	}
	r.strings = map[int]string{}
	part, err := r.archive.part(related(rels, "sharedStrings"))
	if err != nil {
		return err
	}
	defer part.Close()
	at := -1
	d := xml.NewDecoder(part)
	for {
		t, err := d.RawToken()
		if err != nil {
			return tooLarge(err)
		}
		if s, ok := t.(xml.StartElement); ok && s.Name.Local == "si" {
			at++
			if words, struck := richText(d, "si"); struck {
				r.strings[at] = words
			}
		}
	}
}

// part unpacks a part while it is read; one that is not there is empty. The caller closes it.
func (a *archive) part(name string) (io.ReadCloser, error) {
	f := a.files[partName(name)]
	if f == nil {
		return io.NopCloser(strings.NewReader("")), nil
	}
	return a.open(f)
}

// tooLarge is what is told of an error at which a part ended: the others are its end, or what the library stops at too.
func tooLarge(err error) error {
	if errors.Is(err, ErrTooLarge) {
		return err
	}
	return nil
}

// richText reads up to the end of an element, with ~~ around what is struck out.
func richText(d *xml.Decoder, until string) (words string, struck bool) {
	var b strings.Builder
	inText, line, phonetic := false, false, false
	for {
		t, err := d.RawToken()
		if err != nil {
			return b.String(), struck
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "t":
				inText = !phonetic
			case "r":
				line = false
			case "strike":
				line = onAttr(t.Attr, "val", true)
			case "rPh":
				phonetic = true
			}
		case xml.EndElement:
			switch t.Name.Local {
			case until:
				return b.String(), struck
			case "t":
				inText = false
			case "rPh":
				phonetic = false
			}
		case xml.CharData:
			if inText && line && strings.TrimSpace(string(t)) != "" {
				struck = true
				b.WriteString(struckLines(string(t)))
			} else if inText {
				b.Write(t)
			}
		}
	}
}

// struckLines puts marks around the words of each line.
func struckLines(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		if words := strings.TrimSpace(l); words != "" {
			lines[i] = strings.Replace(l, words, "~~"+strings.ReplaceAll(words, "~~", "")+"~~", 1)
		}
	}
	return strings.Join(lines, "\n")
}

func attrOf(attrs []xml.Attr, name string) string {
	for _, a := range attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func onAttr(attrs []xml.Attr, name string, otherwise bool) bool {
	switch attrOf(attrs, name) {
	case "":
		return otherwise
	case "0", "false", "off", "none":
		return false
	}
	return true
}

// sheet reads one sheet's part and those that hang from it.
func (r *factReader) sheet(name string) (*sheetFacts, error) {
	f := &sheetFacts{cells: map[[2]int]cellFact{}, rows: map[int]bool{}}
	if err := r.cells(name, f); err != nil {
		return nil, err
	}
	rels, err := r.archive.relations(name)
	if err != nil {
		return nil, err
	}
	if err := r.notes(rels, f); err != nil {
		return nil, err
	}
	for _, rel := range rels {
		if rel.kind != "drawing" || rel.external {
			continue
		}
		n, err := r.archive.tree(strings.TrimPrefix(rel.target, "/"))
		if err != nil {
			return nil, err
		}
		f.draw(n)
	}
	return f, nil
}

// cells walks through the elements of a sheet's part.
func (r *factReader) cells(name string, f *sheetFacts) error {
	part, err := r.archive.part(name)
	if err != nil {
		return err
	}
	defer part.Close()
	d := xml.NewDecoder(part)
	row, column := 0, 0
	for {
		t, err := d.RawToken()
		if err != nil {
			return tooLarge(err)
		}
		s, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		switch s.Name.Local {
		case "col":
			if onAttr(s.Attr, "hidden", false) || attrOf(s.Attr, "width") == "0" {
				f.columns = append(f.columns, [2]int{number(attrOf(s.Attr, "min"), 0), number(attrOf(s.Attr, "max"), 0)})
			}
		case "row":
			row, column = number(attrOf(s.Attr, "r"), row+1), 0
			if onAttr(s.Attr, "hidden", false) || attrOf(s.Attr, "ht") == "0" {
				f.rows[row] = true
			}
		case "c":
			column++
			if c, r, err := excelize.CellNameToCoordinates(attrOf(s.Attr, "r")); err == nil {
				row, column = r, c
			}
			if fact := r.cell(d, s.Attr); fact != (cellFact{}) {
				f.cells[[2]int{row, column}] = fact
			}
		case "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter":
			if t, err := d.RawToken(); err == nil {
				if words, ok := t.(xml.CharData); ok {
					f.margins += " " + marginCode.ReplaceAllString(string(words), " ")
				}
			}
		}
	}
}

// marginCode are the codes for places, fonts and the page's number in a printed header.
var marginCode = regexp.MustCompile(`&(?:"[^"]*"|K[0-9A-Fa-f]{6}|\d+|[A-Za-z])`)

// cell reads one cell to its end.
func (r *factReader) cell(d *xml.Decoder, attrs []xml.Attr) (c cellFact) {
	kind := attrOf(attrs, "t")
	formula, inside, value, hasValue := "", "", "", false
	for {
		t, err := d.RawToken()
		if err != nil {
			return c
		}
		switch t := t.(type) {
		case xml.StartElement:
			inside = t.Name.Local
			switch inside {
			case "is":
				if words, struck := richText(d, "is"); struck {
					c.words = words
				}
			case "f":
				formula = "="
			case "v":
				hasValue = true
			}
		case xml.CharData:
			switch inside {
			case "f":
				formula += string(t)
			case "v":
				value += string(t)
			}
		case xml.EndElement:
			if inside = ""; t.Name.Local != "c" {
				continue
			}
			return r.judged(c, kind, formula, value, hasValue, number(attrOf(attrs, "s"), 0))
		}
	}
}

func (r *factReader) judged(c cellFact, kind, formula, value string, hasValue bool, style int) cellFact {
	c.struck = r.struck[style] && c.words == ""
	switch kind {
	case "e":
		c.wrong = true
	case "s":
		if words, ok := r.strings[number(value, -1)]; ok {
			c.words, c.struck = words, false
		}
	case "", "n":
		if _, err := strconv.ParseFloat(value, 64); err == nil {
			c.number, c.value = true, value
		}
	}
	if formula != "" && value == "" && !(kind == "str" && hasValue) {
		c.formula = formula
	}
	return c
}

// notes reads the notes of cells, and the comments that people answer each other with, which stand in both forms.
func (r *factReader) notes(rels map[string]relation, f *sheetFacts) error {
	threaded := map[string]bool{}
	for _, kind := range []string{"threadedComment", "comments"} {
		var parts []string
		for _, rel := range rels {
			if rel.kind == kind && !rel.external {
				parts = append(parts, strings.TrimPrefix(rel.target, "/"))
			}
		}
		slices.Sort(parts)
		for _, part := range parts {
			n, err := r.archive.tree(part)
			if err != nil {
				return err
			}
			f.addNotes(n, threaded)
		}
	}
	return nil
}

func (f *sheetFacts) addNotes(n *node, threaded map[string]bool) {
	for _, c := range n.all("threadedComment") {
		cell := c.attr("ref")
		threaded[cell] = true
		f.notes = append(f.notes, cellNote{cell, c.child("text").words()})
	}
	for _, c := range n.first("commentList").all("comment") {
		if cell := c.attr("ref"); !threaded[cell] {
			f.notes = append(f.notes, cellNote{cell, allText(c.child("text"))})
		}
	}
}

func (n *node) words() string {
	if n == nil {
		return ""
	}
	return n.text
}

// draw reads what is drawn over a sheet: words of shapes are kept, the rest is told.
func (f *sheetFacts) draw(n *node) {
	if n == nil {
		return
	}
	switch n.name {
	case "txBody":
		for _, p := range n.all("p") {
			if words := plain([]run{{text: allText(p)}}); words != "" {
				f.boxes = append(f.boxes, words)
			}
		}
		return
	case "pic":
		f.drawn = append(f.drawn, withWords("a picture", n.find("cNvPr").attr("descr")))
	case "chart":
		f.drawn = append(f.drawn, "a chart")
	case "relIds":
		f.drawn = append(f.drawn, "a diagram")
	case "AlternateContent":
		f.draw(alternative(n))
		return
	}
	for _, k := range n.kids {
		f.draw(k)
	}
}
