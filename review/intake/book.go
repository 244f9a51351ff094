package intake

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

// Part is one text of a book: a policy, or what stands between policies.
type Part struct {
	Title    string // of its heading or its row, without a typed number
	Markdown string // with its title as first-level heading; "" when there is nothing below the title
	Losses   []Loss
}

// Book reads one file with many texts and parts them: by the rows of tables that have columns for procedure and
// threshold or codes, else by the headings of the one level that names texts. A file that has neither is one part.
// Nothing with words is left out. losses are those of no part in particular. Errors are those of Read.
func Book(name string, data []byte) (parts []Part, losses []Loss, err error) {
	doc, err := Read(name, data)
	if err != nil {
		return nil, nil, err
	}
	blocks := doc.blocks
	if doc.Format == Markdown {
		blocks = markdownBlocks(doc.Markdown)
	}
	blocks, doc.Losses = bookRows(blocks, doc.Losses)
	segments := segmentsOf(blocks)
	if len(segments) < 2 {
		return []Part{{doc.Title, doc.Markdown, doc.Losses}}, nil, nil
	}
	for _, s := range segments {
		p, err := s.part(doc.notes, doc.Losses)
		if err != nil {
			return nil, nil, fmt.Errorf("reading %q: %w", name, err)
		}
		if p.Title == "" {
			p.Title = doc.Title
		}
		parts = append(parts, p)
	}
	return parts, ofNoPart(doc.Losses, segments), nil
}

// Texts is how many texts Book would make of the tables of a workbook or CSV; 0 when none of them is a table of texts.
func (d Document) Texts() (n int) {
	if d.Format != Table {
		return 0
	}
	blocks, _ := bookRows(d.blocks, nil)
	for _, b := range blocks {
		if b.begins && b.kind == heading {
			n++
		}
	}
	return n
}

// ofNoPart are the losses that no part has.
func ofNoPart(losses []Loss, segments []segment) (out []Loss) {
	for _, l := range losses {
		if !slices.ContainsFunc(segments, func(s segment) bool { return s.headings()[l.Where] }) {
			out = append(out, l)
		}
	}
	return out
}

// markdownBlocks reads Markdown as the page that it becomes; nil when that page cannot be read, and the text is one.
func markdownBlocks(text string) []block {
	var b bytes.Buffer
	if err := goldmark.New(goldmark.WithExtensions(extension.GFM)).Convert([]byte(text), &b); err != nil {
		return nil
	}
	doc, err := readHTML(b.String())
	if err != nil {
		return nil
	}
	return doc.blocks
}

// A segment is what belongs to one heading; text before the first one has none.
type segment struct {
	level  int // of the heading; 0 without one
	blocks []block
}

// segmentsOf parts blocks where texts begin. What stands under a heading of a higher level before the first text under
// it is a segment of its own; a heading with nothing below it is none, unless it was a row of a table.
func segmentsOf(blocks []block) []segment {
	level := textLevel(blocks)
	cuts := func(b block) bool {
		return b.begins || b.kind == heading && b.depth == 0 && b.quote == 0 && b.level <= level
	}
	var out []segment
	for _, b := range blocks {
		switch {
		case cuts(b):
			out = append(out, segment{level: b.level}) // 0 for what follows a table of texts
		case len(out) == 0:
			out = append(out, segment{})
		}
		last := &out[len(out)-1]
		last.blocks = append(last.blocks, b)
	}
	kept := out[:0]
	for _, s := range out {
		if n := len(shown(s.blocks)); n > 1 || n == 1 && (s.level == 0 || s.blocks[0].begins) {
			kept = append(kept, s)
		}
	}
	return kept
}

// textLevel is the level whose headings name texts, 0 when there is none. With rows of tables it is the level above them.
func textLevel(blocks []block) int {
	for _, b := range blocks {
		if b.begins && b.kind == heading {
			return b.level - 1
		}
	}
	best := 0
	for level := 1; level <= 6; level++ {
		titles := titlesAt(blocks, level)
		if len(titles) < 2 || areSections(titles) {
			continue
		}
		if best > 0 && !inMost(blocks, best, level) {
			break
		}
		best = level
	}
	return best
}

func titlesAt(blocks []block, level int) (out []string) {
	for _, b := range blocks {
		if b.kind == heading && b.level == level && b.depth == 0 && b.quote == 0 {
			out = append(out, strings.ToLower(unnumbered(plain(b.runs))))
		}
	}
	return out
}

var (
	typedNumber = regexp.MustCompile(`^(?:(?:section|chapter|part|policy)\s+)?(?:\d{1,3}(?:\.\d{1,3})*[.):]?|[A-Za-z][.)])[\s–-]+`)
	sectionName = regexp.MustCompile(`^(?:(?:the |eligibility |clinical |referral |commissioning |patient |policy |treatment )*(?:criteria|criterion|eligibility|thresholds?|exclusions?|inclusions?|statement|position|rationale|reasons?|background|introduction|scope|purpose|aims?|summary|definitions?|references?|contents|monitoring|audit|evidence(?: summary| base)?|guidance)|(?:opcs|icd|procedure|diagnosis)?[-\s\d]*codes?|equality.*|document control|version(?: history| control)?|review(?: date)?|individual funding.*|exceptional.*|appendix.*|notes?|further information)$`)
)

// unnumbered is a heading without the number typed before it.
func unnumbered(title string) string {
	if rest := typedNumber.ReplaceAllString(title, ""); rest != "" {
		return rest
	}
	return title
}

// areSections tells whether headings are mostly those of the sections that every policy has, known or seen to repeat.
func areSections(titles []string) bool {
	count, sections := map[string]int{}, 0
	for _, t := range titles {
		count[t]++
	}
	for _, t := range titles {
		if count[t] > 1 || sectionName.MatchString(t) {
			sections++
		}
	}
	return 2*sections > len(titles)
}

// inMost tells whether at least half of the headings of one level have headings of a lower one below them: then the
// first are chapters.
func inMost(blocks []block, upper, lower int) bool {
	chapters, with, seen := 0, 0, true
	for _, b := range blocks {
		switch {
		case b.kind != heading:
		case b.level <= upper:
			chapters++
			seen = false
		case b.level == lower && !seen:
			with++
			seen = true
		}
	}
	return 2*with >= chapters
}

// headings are the segment's headings, as losses name them.
func (s segment) headings() map[string]bool {
	out := map[string]bool{}
	for _, b := range s.blocks {
		if b.kind == heading {
			out[afterHeading(plain(b.runs))] = true
		}
	}
	return out
}

// part writes a segment by itself. The losses told under its headings go with it; where texts have headings of the same
// words, nobody can say under which of them it was, so that each has it.
func (s segment) part(notes []note, losses []Loss) (p Part, err error) {
	under := s.headings()
	for _, l := range losses {
		if under[l.Where] {
			p.Losses = append(p.Losses, l)
		}
	}
	if s.level > 0 {
		p.Title = unnumbered(plain(s.blocks[0].runs))
		if len(shown(s.blocks)) == 1 {
			return p, nil
		}
	}
	for i, b := range s.blocks {
		if b.kind == heading && s.level > 0 {
			s.blocks[i].level = max(1, b.level-s.level+1)
		}
	}
	w := &writer{}
	w.document(s.blocks, ownNotes(s.blocks, notes))
	if p.Markdown = w.String(); w.Len() > maxMarkdown {
		return Part{}, ErrTooLarge
	}
	return p, nil
}

// ownNotes are the footnotes that blocks mention, in that order; the marks are numbered anew.
func ownNotes(blocks []block, notes []note) (own []note) {
	number := map[int]int{}
	mark := func(runs []run) {
		for i, r := range runs {
			if r.note < 1 || r.note > len(notes) {
				continue
			}
			if number[r.note] == 0 {
				own = append(own, notes[r.note-1])
				number[r.note] = len(own)
			}
			runs[i].note = number[r.note]
		}
	}
	for _, b := range blocks {
		mark(b.runs)
		for _, row := range b.rows {
			for _, c := range row {
				mark(c.runs)
			}
		}
	}
	return own
}
