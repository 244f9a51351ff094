// Package intake turns the documents that people have (Word and PDF files, web pages, sheets, Markdown, plain text, and
// what they paste) into clean Markdown, and says what could not be carried over.
package intake

import (
	"bytes"
	"fmt"
	"strings"
)

// MaxBytes is the largest file that Read takes: 20 MB.
const MaxBytes = 20 << 20

// maxMarkdown bounds what a file may become; no policy comes near 4 MB of words.
const maxMarkdown = 4 << 20

// Format is what a file turned out to be, told by its content.
type Format string

// The formats that Read understands.
const (
	Word     Format = "word"
	PDF      Format = "pdf"
	HTML     Format = "html"
	Markdown Format = "markdown"
	Text     Format = "text"
	Table    Format = "table" // a workbook or CSV
)

// Document is a file as Markdown.
type Document struct {
	Format   Format
	Title    string // of the title paragraph, the file's properties or the first heading; may be ""
	Markdown string // clean GitHub-flavoured Markdown that ends in one line break, or "" when there are no words
	Losses   []Loss // what could not be carried over, in the order of the document

	blocks []block // what the Markdown was written from; nil when it was Markdown before
	notes  []note
}

// Loss is one kind of thing that could not be carried over, at one place.
type Loss struct {
	What  string // in plain English: "a picture"
	Where string // "after “Referral pathway”", "at the start", or "" for the whole file
	Count int    // at least 1
}

// String is the loss as a line for a list: "a picture, after “Referral pathway” (3 times)".
func (l Loss) String() string {
	s := l.What
	if l.Where != "" {
		s += ", " + l.Where
	}
	if l.Count > 1 {
		s += fmt.Sprintf(" (%d times)", l.Count)
	}
	return s
}

// Read makes Markdown from a file, told apart by its content and not by its name; the name appears only in errors, and
// tells CSV from other text.
//
// Numbers of automatic lists become the numbers of Markdown lists; letters and Roman numbers become ordered
// lists too, since the kind of label is computed when a text is shown. A merged cell of a table keeps its words
// in its first place and leaves the others empty. The first row of a table is its header row, since GFM wants
// one. Lists and paragraphs inside a cell are joined in one line. Underlining, colours and fonts are left out
// without saying so.
//
// A file that cannot be taken gives an error that wraps one of the Err… values. Read never panics, reads no
// other file and bounds what it unpacks.
func Read(name string, data []byte) (Document, error) {
	doc, err := read(name, data)
	if err != nil {
		return Document{}, fmt.Errorf("reading %q: %w", name, err)
	}
	return doc, nil
}

func read(name string, data []byte) (Document, error) {
	switch {
	case len(data) > MaxBytes:
		return Document{}, ErrTooLarge
	case len(bytes.TrimSpace(data)) == 0:
		return Document{}, ErrEmpty
	case IsSheet(name, data):
		return readSheet(data)
	case isZIP(data):
		return readWord(data)
	case isPDF(data):
		return readPDF(data)
	case bytes.HasPrefix(data, oleMagic):
		return Document{}, oleError(data)
	case isOtherBinary(data):
		return Document{}, ErrUnknown
	case isPDFBehind(data):
		return readPDF(data)
	}
	return readCharacters(data)
}

// readCharacters reads the formats that are text: HTML, Markdown and plain text.
func readCharacters(data []byte) (Document, error) {
	if looksLikeHTML(data) {
		return readHTML(decodeHTML(data))
	}
	text, ok := decode(data)
	if !ok {
		return Document{}, ErrUnknown
	}
	if len(text) > maxMarkdown || lines(text) > maxParagraphs || marks(text) > maxMarks {
		return Document{}, ErrTooLarge
	}
	text = normalise(text)
	if strings.TrimSpace(text) == "" {
		return Document{}, ErrEmpty
	}
	if looksLikeMarkdown(text) {
		return readMarkdown(text)
	}
	return readText(text)
}

// lines counts the lines of a text that hold something.
func lines(text string) (n int) {
	for line := range strings.Lines(text) {
		if len(line) > 2 || strings.TrimSpace(line) != "" {
			n++
		}
	}
	return n
}

// marks counts the stretches of signs that may mean something in Markdown.
func marks(text string) (n int) {
	var last byte
	for i := range len(text) {
		c := text[i]
		switch c {
		case '*', '_', '~', '`', '[', ']', '<', '&', '!', '|':
			if c != last {
				n++
			}
		}
		last = c
	}
	return n
}

// finish is the last step of all formats that are built from blocks.
func finish(f Format, title string, blocks []block, notes []note, losses *losses) (Document, error) {
	if f == PDF { // its paragraphs were put together last; the other readers settled theirs as they read them
		settleBlocks(blocks, losses)
		for _, n := range notes {
			settleBlocks(n.blocks, losses)
		}
	}
	blocks = typedLists(blocks)
	w := &writer{}
	w.document(blocks, notes)
	md := w.String()
	if len(md) > maxMarkdown {
		return Document{}, ErrTooLarge
	}
	if title == "" {
		title = firstHeading(blocks)
	}
	return Document{Format: f, Title: title, Markdown: md, Losses: losses.list(), blocks: blocks, notes: notes}, nil
}

func firstHeading(blocks []block) string {
	for _, b := range blocks {
		if b.kind == heading {
			return plain(b.runs)
		}
	}
	return ""
}
