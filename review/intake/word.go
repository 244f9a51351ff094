package intake

import (
	"fmt"
	"path"
	"sort"
	"strings"
)

// A wordReader walks through a Word document and makes blocks of it.
type wordReader struct {
	archive *archive
	styles  wordStyles
	numbers *wordNumbers
	links   map[string]relation // of the part that is being read
	notes   []note
	noted   map[[2]string]int           // their numbers by kind and id
	parts   map[string]map[string]*node // footnotes, endnotes and comments by kind and id
	rels    map[string]map[string]relation

	blocks    []block
	lists     []wordList // the lists that are open
	bodyLeft  int        // the indentation of the last paragraph outside lists
	fields    []*field
	carried   []run   // of paragraphs whose end was deleted
	boxes     []*node // text boxes of the paragraph being read
	inNote    bool
	tocLost   bool
	autonum   int // numbers that fields made so far
	headLevel int // of the last heading
	title     string
	depth     int             // of tables inside tables
	padding   int             // empty cells added so far
	headed    map[[2]int]bool // levels of lists that number headings, by definition and level
	losses    *losses
}

func readWord(data []byte) (Document, error) {
	a, err := openArchive(data)
	if err != nil {
		return Document{}, err
	}
	rels, err := a.relations("")
	if err != nil {
		return Document{}, err
	}
	main := related(rels, "officeDocument")
	if main == "" {
		main = "word/document.xml"
	}
	root, err := a.tree(main)
	if err != nil {
		return Document{}, err
	}
	if root == nil || root.name != "document" || root.child("body") == nil {
		return Document{}, ErrUnknown // another kind of archive: a sheet, an OpenDocument text
	}
	w := &wordReader{archive: a, losses: &losses{}, headed: map[[2]int]bool{}, noted: map[[2]string]int{}}
	if err := w.open(main); err != nil {
		return Document{}, err
	}
	w.body(root.child("body"))
	w.flushCarried()
	if err := w.margins(root); err != nil {
		return Document{}, err
	}
	if a.has(path.Join(path.Dir(main), "vbaProject.bin")) {
		w.losses.addAt("a macro (a program inside the file), left out", "")
	}
	doc, err := finish(Word, w.titleOr(rels), underTitle(headingsFromBold(w.blocks), w.title), w.notes, w.losses)
	if err == nil && doc.Markdown == "" {
		return Document{}, ErrEmpty
	}
	return doc, err
}

// underTitle puts all headings one level lower than the document's title, which has a style of its own in Word.
func underTitle(blocks []block, title string) []block {
	if title == "" {
		return blocks
	}
	first := true
	for i := range blocks {
		if blocks[i].kind != heading {
			continue
		}
		if first && plain(blocks[i].runs) == title {
			first = false
			continue
		}
		blocks[i].level = min(blocks[i].level+1, 6)
	}
	return blocks
}

// open reads the parts that the main one leans on.
func (w *wordReader) open(main string) error {
	links, err := w.archive.relations(main)
	if err != nil {
		return err
	}
	w.links = links
	w.parts, w.rels = map[string]map[string]*node{}, map[string]map[string]relation{}
	styles, err := w.archive.tree(related(links, "styles"))
	if err != nil {
		return err
	}
	w.styles = readStyles(styles)
	numbering, err := w.archive.tree(related(links, "numbering"))
	if err != nil {
		return err
	}
	w.numbers = readNumbers(numbering, w.styles)
	for _, kind := range []string{"footnote", "endnote", "comment"} {
		if err := w.openNotes(kind, related(links, kind+"s")); err != nil {
			return err
		}
	}
	return nil
}

func (w *wordReader) openNotes(kind, part string) error {
	root, err := w.archive.tree(part)
	if err != nil || root == nil {
		return err
	}
	w.parts[kind] = map[string]*node{}
	for _, n := range root.all(kind) {
		if t := n.attr("type"); t == "" || t == "normal" {
			w.parts[kind][n.attr("id")] = n
		}
	}
	w.rels[kind], err = w.archive.relations(part)
	return err
}

// margins says what the page headers and footers held, which repeat on each page and belong to no place.
func (w *wordReader) margins(root *node) error {
	var names []string
	for _, r := range w.links {
		if (r.kind == "header" || r.kind == "footer") && !r.external {
			names = append(names, r.kind+" "+r.target)
		}
	}
	sort.Strings(names)
	for _, name := range names {
		kind, part, _ := strings.Cut(name, " ")
		n, err := w.archive.tree(strings.TrimPrefix(part, "/"))
		if err != nil {
			return err
		}
		if words := strings.Join(strings.Fields(allText(n)), " "); strings.ContainsFunc(words, isLetter) {
			w.losses.addAt(fmt.Sprintf("the words of a page %s: “%s”", kind, shorten(words, 200)), "")
		}
	}
	return nil
}

// allText is all text below a node; paragraphs, tabs and breaks part words.
func allText(n *node) string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	var walk func(*node)
	walk = func(n *node) {
		switch n.name {
		case "t":
			b.WriteString(n.text)
		case "p", "tab", "br":
			b.WriteByte(' ')
		case "Fallback", "del", "moveFrom":
			return
		}
		for _, k := range n.kids {
			walk(k)
		}
	}
	walk(n)
	return b.String()
}

// titleOr is the title paragraph, else the title in the file's properties; those are often left from a
// template, so they come second.
func (w *wordReader) titleOr(rels map[string]relation) string {
	if w.title != "" {
		return w.title
	}
	core, err := w.archive.tree(related(rels, "core-properties"))
	if err != nil || core == nil || core.child("title") == nil {
		return ""
	}
	title := plain([]run{{text: normalise(core.child("title").text)}})
	if strings.HasPrefix(title, "Microsoft Word - ") || strings.HasSuffix(strings.ToLower(title), ".doc") {
		return ""
	}
	return shorten(title, 200)
}

// body walks through what stands on the level of paragraphs.
func (w *wordReader) body(n *node) {
	for _, k := range n.kids {
		switch k.name {
		case "p":
			w.paragraph(k)
		case "tbl":
			w.table(k)
		case "sdt":
			w.control(k)
		case "ins", "moveTo", "customXml", "smartTag":
			w.body(k)
		case "AlternateContent":
			w.body(alternative(k))
		case "altChunk":
			w.losses.add("a document inside the document")
		case "oMathPara", "oMath":
			var out []run
			w.math(k, look{}, &out)
			w.add(block{runs: settled(out, w.losses)})
		}
	}
}

// control is a content control; the one that holds a table of contents is left out.
func (w *wordReader) control(n *node) {
	if strings.HasPrefix(n.first("sdtPr", "docPartObj", "docPartGallery").val(), "Table of Contents") {
		w.loseContents()
		return
	}
	if c := n.child("sdtContent"); c != nil {
		w.tellPrompt(n)
		w.body(c)
	}
}

// inlineControl is a content control within a paragraph: its words, or the box that it is.
func (w *wordReader) inlineControl(n *node, base look, href string, out *[]run) {
	from := len(*out)
	if c := n.child("sdtContent"); c != nil {
		w.tellPrompt(n)
		w.walk(c, base, href, out)
	}
	if box := n.first("sdtPr", "checkbox"); box != nil && blank((*out)[from:]) {
		w.text(checkSign(box.first("checked").val() == "1"), base, href, out)
	}
}

func checkSign(on bool) string {
	if on {
		return "☒"
	}
	return "☐"
}

// tellPrompt tells of a control that shows its prompt, since nobody has filled it in.
func (w *wordReader) tellPrompt(n *node) {
	if on, _ := n.child("sdtPr").on("showingPlcHdr"); on {
		w.losses.add(withWords("a form field that nobody filled in, its prompt kept as words", allText(n.child("sdtContent"))))
	}
}

func (w *wordReader) loseContents() {
	if !w.tocLost {
		w.losses.addAt("the table of contents, which is made anew when the text is shown", "")
	}
	w.tocLost = true
}

// alternative is the one of several forms of the same content that is read: the newer, whose words are complete.
func alternative(n *node) *node {
	for _, name := range []string{"Choice", "Fallback"} {
		if c := n.child(name); c != nil {
			return c
		}
	}
	return &node{}
}

func (w *wordReader) add(b block) { w.blocks = append(w.blocks, b) }

// capture reads something of its own, such as a cell or a note, and gives its blocks.
func (w *wordReader) capture(read func()) []block {
	blocks, lists, left, carried, boxes, level := w.blocks, w.lists, w.bodyLeft, w.carried, w.boxes, w.headLevel
	w.blocks, w.lists, w.bodyLeft, w.carried, w.boxes = nil, nil, 0, nil, nil
	read()
	w.flushCarried()
	out := w.blocks
	w.blocks, w.lists, w.bodyLeft, w.carried, w.boxes, w.headLevel = blocks, lists, left, carried, boxes, level
	return out
}

// note reads a footnote or endnote where it is first referred to and gives its number, 0 when it has no words.
func (w *wordReader) note(kind, id string) int {
	n := w.parts[kind][id]
	if n == nil || w.inNote {
		return 0
	}
	if number, known := w.noted[[2]string{kind, id}]; known {
		return number
	}
	links, fields := w.links, w.fields
	w.links, w.fields, w.inNote = w.rels[kind], nil, true
	blocks := w.capture(func() { w.body(n) })
	w.links, w.fields, w.inNote = links, fields, false
	number := 0
	if len(shown(blocks)) > 0 {
		w.notes = append(w.notes, note{blocks: blocks})
		number = len(w.notes)
	}
	w.noted[[2]string{kind, id}] = number
	return number
}
