package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A wordList is a list that is open: what numbers it, how deep, and how far its words are indented.
type wordList struct{ shared, level, left int }

// indentSlack is how far indentations may differ and still look equal: a twelfth of an inch, in twentieths of a point.
const indentSlack = 120

func isLetter(r rune) bool { return unicode.IsLetter(r) }

func (w *wordReader) paragraph(p *node) {
	pPr := p.child("pPr")
	id := pPr.first("pStyle").val()
	if id == "" {
		id = w.styles.standard
	}
	s := w.styles.byID[id]
	if s.toc {
		w.loseContents()
		return
	}
	runs := append(w.carried, w.inlines(p, s.textLook())...)
	boxes := w.boxes
	w.carried, w.boxes = nil, nil
	if pPr.first("rPr", "del") != nil || pPr.first("rPr", "moveFrom") != nil {
		w.carried = runs // the end of this paragraph was deleted: it goes on in the next
		return
	}
	w.place(runs, pPr, id, s)
	for _, box := range boxes {
		w.losses.add("the frame of a text box; its words are kept")
		w.blocks = append(w.blocks, w.capture(func() { w.body(box) })...)
	}
}

// textLook is the look that a style gives to its words, where that means something: the italics of a
// quotation and the weight of a heading are how the style is drawn.
func (s wordStyle) textLook() look {
	l := s.look
	if s.quote || s.level > 0 || s.title {
		l.bold, l.italic = nil, nil
	}
	return l
}

// flushCarried gives words that were to go on in a paragraph that never came a paragraph of their own.
func (w *wordReader) flushCarried() {
	if !blank(w.carried) {
		w.add(block{runs: w.carried})
	}
	w.carried = nil
}

// place decides what a paragraph is: heading, item, more of an item, quotation, or just a paragraph.
func (w *wordReader) place(runs []run, pPr *node, id string, s wordStyle) {
	ref := w.numbering(pPr, id, s)
	level := w.numbers.level(ref)
	number := 0
	if level != nil && !(blank(runs) && s.level > 0) {
		number = w.numbers.count(ref)
	}
	if blank(runs) {
		return
	}
	headed := s.level
	if own := outlineLevel(pPr); own != 0 && (own < 0 || w.depthOf(w.leftOf(pPr, s)) == 0) {
		headed = max(own, 0) // an outline level inside a list item came with pasting
	}
	switch {
	case s.title && w.title == "" && !w.inNote && w.depth == 0:
		w.title = plain(runs)
		w.heading(1, runs)
	case headed > 0 && !tooLong(runs):
		if level != nil {
			w.headed[[2]int{w.numbers.lists[ref.num].shared, max(ref.level, 0)}] = true
		}
		w.heading(headed, runs)
	case level != nil && w.isClause(ref, level):
		w.lists, w.bodyLeft = nil, level.left
		w.add(block{runs: runs})
	case level != nil:
		w.item(runs, pPr, s, ref, number)
	default:
		w.plainParagraph(runs, pPr, s)
	}
}

// isClause says whether a number goes on from that of a heading, as 2.1 from 2: such a paragraph is a clause of
// its own and no item of a list. Its number is computed when the text is shown, as the heading's is.
func (w *wordReader) isClause(ref numRef, level *numLevel) bool {
	for above := range max(ref.level, 0) {
		if w.headed[[2]int{w.numbers.lists[ref.num].shared, above}] && strings.Contains(level.text, "%"+string(rune('1'+above))) {
			return true
		}
	}
	return false
}

// tooLong says that a paragraph only looks like a heading to Word: a heading style is often used for its
// numbers, on clauses that are whole sentences.
func tooLong(runs []run) bool { return utf8.RuneCountInString(plain(runs)) > 250 }

func (w *wordReader) heading(level int, runs []run) {
	w.lists, w.bodyLeft = nil, 0
	w.headLevel = min(level, 6)
	w.losses.under(plain(runs))
	w.add(block{kind: heading, level: w.headLevel, runs: without(runs, bold)})
}

// numbering is what numbers a paragraph: what it says itself, else its style.
func (w *wordReader) numbering(pPr *node, id string, s wordStyle) numRef {
	ref := s.num
	if linked, ok := w.numbers.styles[id]; ok {
		if !ref.set || ref.num < 0 {
			ref = linked
		}
		if ref.level < 0 {
			ref.level = w.levelOfStyle(ref.num, id, linked.level)
		}
	}
	return ref.over(readNumRef(pPr.first("numPr")))
}

func (w *wordReader) levelOfStyle(num int, id string, otherwise int) int {
	if l := w.numbers.lists[num]; l != nil {
		for i, lvl := range l.levels {
			if lvl.style == id {
				return i
			}
		}
	}
	return otherwise
}

func (w *wordReader) item(runs []run, pPr *node, s wordStyle, ref numRef, number int) {
	level := w.numbers.level(ref)
	left := level.left
	if own, ok := leftIndent(pPr); ok {
		left = own
	} else if s.hasInd && left == 0 {
		left = s.left
	}
	ordered := level.format != "bullet"
	b := block{kind: item, ordered: ordered, number: number, label: w.numbers.label(ref), runs: runs}
	b.depth = w.nest(wordList{shared: w.numbers.lists[ref.num].shared, level: max(ref.level, 0), left: left})
	w.add(b)
}

// nest finds how deep an item is: by its level where its list is open already, else by its indentation.
func (w *wordReader) nest(l wordList) int {
	for k := len(w.lists) - 1; k >= 0; k-- {
		o := w.lists[k]
		if o.shared != l.shared {
			continue
		}
		if o.level > l.level {
			w.lists = w.lists[:k]
			continue
		}
		if o.level < l.level { // inside that item, and inside what is open in it and indented less
			for k++; k < len(w.lists) && w.lists[k].left <= l.left-indentSlack; k++ {
			}
		}
		w.lists = append(w.lists[:k:k], l)
		return len(w.lists)
	}
	for len(w.lists) > 0 && w.lists[len(w.lists)-1].left > l.left-indentSlack {
		w.lists = w.lists[:len(w.lists)-1]
	}
	w.lists = append(w.lists, l)
	return len(w.lists)
}

// leftOf is how far a paragraph is indented that no list indents.
func (w *wordReader) leftOf(pPr *node, s wordStyle) int {
	if left, ok := leftIndent(pPr); ok {
		return left
	}
	return s.left
}

// depthOf says in which open list item a paragraph stands: one that is indented as far as that item's words, and
// further than the text around the list.
func (w *wordReader) depthOf(left int) int {
	depth := 0
	for k, l := range w.lists {
		if l.left > 0 && left > l.left-indentSlack && left > w.bodyLeft+indentSlack {
			depth = k + 1
		}
	}
	return depth
}

func (w *wordReader) plainParagraph(runs []run, pPr *node, s wordStyle) {
	left := w.leftOf(pPr, s)
	depth := w.depthOf(left)
	b := block{depth: depth, bold: depth == 0 && allBold(runs), runs: runs}
	if s.quote && depth == 0 {
		b.quote = 1
	}
	w.lists = w.lists[:depth]
	if depth == 0 {
		w.bodyLeft = left
	}
	w.add(b)
}

func allBold(runs []run) bool {
	for _, r := range runs {
		if strings.TrimSpace(r.text) != "" && r.style&bold == 0 {
			return false
		}
	}
	return true
}

// headingsFromBold makes headings of short bold paragraphs in a document that has no others.
func headingsFromBold(blocks []block) []block {
	headings := 0
	for i, b := range blocks {
		if b.kind == heading && (i > 0 || b.level > 1) {
			headings++
		}
	}
	if headings > 0 {
		return blocks
	}
	for i := range blocks {
		b := &blocks[i]
		if b.bold && i+1 < len(blocks) && looksLikeHeading(plain(b.runs)) {
			b.kind, b.level, b.runs = heading, 2, without(b.runs, bold)
		}
	}
	return blocks
}

func looksLikeHeading(text string) bool {
	return text != "" && utf8.RuneCountInString(text) <= 100 && !strings.ContainsAny(text[len(text)-1:], ".,;") &&
		strings.ContainsFunc(text, isLetter)
}
