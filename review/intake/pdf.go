package intake

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// readPDF makes text of a file that knows only where on the paper each letter stands.
func readPDF(data []byte) (Document, error) {
	if _, err := pdfReaderPool(); err != nil { // its start is not the file's fault, and takes none of its time
		return Document{}, fmt.Errorf("starting the PDF reader: %w", err)
	}
	ctx, stop := context.WithTimeout(context.Background(), pdfTime)
	defer stop()
	return readPDFUntil(ctx, data)
}

func readPDFUntil(ctx context.Context, data []byte) (Document, error) {
	file, err := readPDFFile(ctx, data)
	if err != nil {
		return Document{}, err
	}
	r := &pdfReader{file: file, losses: &losses{}}
	if err := r.scanned(); err != nil {
		return Document{}, err
	}
	if err := r.pages(ctx); err != nil {
		return Document{}, err
	}
	r.margins()
	doc, err := r.document()
	if err == nil && doc.Markdown == "" {
		return Document{}, ErrEmpty
	}
	return doc, err
}

func isPDF(data []byte) bool { return bytes.HasPrefix(data, pdfHeader) }

var (
	pdfHeader = []byte("%PDF-")
	pdfObject = regexp.MustCompile(`^[12]\.[0-9](?s:.*?)\b[0-9]+\s+[0-9]+\s+obj\b`)
)

// isPDFBehind says whether a PDF begins behind something else: printers and mail put lines of their own before it.
// Viewers look for its start in the first 1024 bytes; PDFium refuses one that is farther behind as damaged. A text
// that only names the first line of a PDF has no object of one soon after it.
func isPDFBehind(data []byte) bool {
	const soon, tries = 8192, 100
	for range tries {
		_, after, found := bytes.Cut(data, pdfHeader)
		if !found {
			return false
		}
		if pdfObject.Match(after[:min(len(after), soon)]) {
			return true
		}
		data = after
	}
	return false
}

// A pdfReader makes blocks of a PDF's pages.
type pdfReader struct {
	file    *pdfFile
	losses  *losses
	regions []region
	starts  map[int]bool // the parts that begin a page or a column
	notes   []footnote
}

// scanned refuses a file that is only pictures of pages, and names the pages that are.
func (r *pdfReader) scanned() error {
	const least, most = 0.4, 0.75 // of a page that a picture of a page covers
	var pictures, recognised, lost []string
	letters := 0
	for _, pg := range r.file.pages {
		covered := pg.covered()
		if covered < most {
			pg.dropHidden(r.losses)
		}
		letters += len(pg.glyphs)
		switch {
		case pg.lost:
			lost = append(lost, strconv.Itoa(pg.number))
		case len(pg.glyphs) < 10 && covered > least:
			pictures, pg.pictures = append(pictures, strconv.Itoa(pg.number)), nil
		case covered >= most && pg.hiddenShare() > 0.5:
			recognised, pg.pictures = append(recognised, strconv.Itoa(pg.number)), nil
		}
	}
	switch {
	case len(pictures) > 0 && letters < 10*len(r.file.pages):
		return ErrScanned
	case letters == 0 && len(lost) > 0:
		return fmt.Errorf("%w (%s cannot be read)", ErrDamaged, pageList(lost))
	case letters == 0:
		return ErrEmpty
	}
	if len(lost) > 0 {
		r.losses.addAt("the words of pages that cannot be read: "+pageList(lost), "")
	}
	if len(pictures) > 0 {
		r.losses.addAt("the words of pages that are only pictures: "+pageList(pictures), "")
	}
	if len(recognised) > 0 {
		r.losses.addAt("pictures of pages, whose words a program recognised and may have misread: "+pageList(recognised), "")
	}
	return nil
}

// pageList names pages: "page 3", "pages 3, 4 and 7".
func pageList(numbers []string) string {
	const shown = 20
	if len(numbers) == 1 {
		return "page " + numbers[0]
	}
	if len(numbers) > shown {
		return fmt.Sprintf("%d pages, from page %s to page %s", len(numbers), numbers[0], numbers[len(numbers)-1])
	}
	last := len(numbers) - 1
	return "pages " + strings.Join(numbers[:last], ", ") + " and " + numbers[last]
}

// dropHidden leaves out letters that are not painted and lie behind no picture of a page.
func (pg *pdfPage) dropHidden(l *losses) {
	kept := pg.glyphs[:0:0]
	for _, g := range pg.glyphs {
		if !g.hidden {
			kept = append(kept, g)
		}
	}
	if len(kept) < len(pg.glyphs) {
		l.addAt("hidden text", "on page "+strconv.Itoa(pg.number))
	}
	pg.glyphs = kept
}

func (pg *pdfPage) hiddenShare() float64 {
	n := 0
	for _, g := range pg.glyphs {
		if g.hidden {
			n++
		}
	}
	return float64(n) / max(float64(len(pg.glyphs)), 1)
}

// pages takes the running heads off all pages and puts what is left in reading order.
func (r *pdfReader) pages(ctx context.Context) error {
	lines := make([][]line, len(r.file.pages))
	for i, pg := range r.file.pages {
		lines[i] = linesIn(pg.words(), pg.number)
	}
	lines = dropMargins(lines, r.file.pages, r.losses)
	var all []region
	for _, l := range lines {
		all = append(all, region{lines: l})
	}
	size := usually(all).size
	contents := false
	r.starts = map[int]bool{}
	for i, pg := range r.file.pages {
		if ctx.Err() != nil {
			return fmt.Errorf("%w (its pages took too long)", ErrTooMuch)
		}
		kept := dropContents(lines[i], r.losses, &contents)
		kept, notes := pg.footnotes(kept, size, len(r.notes)+1)
		r.notes = append(r.notes, notes...)
		r.starts[len(r.regions)] = true
		grids, rest := pg.grids(wordsOf(kept))
		for _, p := range readingOrder(rowsOf(rest, grids, pg.number), pg.number, 0) {
			if p.left > 0 {
				r.starts[len(r.regions)] = true
			}
			r.regions = append(r.regions, p)
		}
	}
	return nil
}

// margins says how far lines of the pages may reach: as far as several do, or, where a page has too few lines to
// tell, as far from the edge of the paper as they begin on the left.
func (r *pdfReader) margins() {
	left, right := math.Inf(1), 0.0
	told := make([]bool, len(r.regions))
	for i, p := range r.regions {
		if p.left > 0 {
			continue
		}
		near := 0
		for _, l := range p.lines {
			left = min(left, l.left)
			near += btoi(l.right > p.right-0.12*(p.right-l.left))
		}
		if told[i] = near > 2; told[i] {
			right = max(right, p.right)
		}
	}
	for i := range r.regions {
		if p := &r.regions[i]; p.left == 0 && !told[i] {
			edge := right
			if edge == 0 {
				edge = 0.98 * (r.file.pages[p.page-1].width - left)
			}
			p.right = max(p.right, edge)
		}
	}
}

func wordsOf(lines []line) []word {
	var out []word
	for _, l := range lines {
		out = append(out, l.words...)
	}
	return out
}

// document makes the text of the parts.
func (r *pdfReader) document() (Document, error) {
	u := usually(r.regions)
	w := &pdfWriter{u: u, spell: newSpelling(r.regions), losses: r.losses}
	w.spell.losses = r.losses
	flow := r.flow(w)
	w.levels = u.headingLevels(flow)
	for _, f := range flow {
		if f.unsure != "" {
			r.losses.add(f.unsure)
		}
		if f.para != nil {
			w.paragraph(*f.para)
			continue
		}
		w.open = nil
		w.out = append(w.out, shapeTable(f.table, w.level, r.losses)...)
	}
	r.lose()
	var notes []note
	for _, n := range r.notes {
		notes = append(notes, note{blocks: w.cell(n.lines)})
	}
	blocks := loneNumbers(w.out)
	return finish(PDF, r.title(blocks), blocks, notes, r.losses)
}

// flow is the paragraphs and tables of all parts, joined where they go on.
func (r *pdfReader) flow(w *pdfWriter) []flowing {
	var out []flowing
	for i, p := range r.regions {
		switch {
		case p.grid != nil:
			out = joinTables(out, flowing{table: p.grid.rawCells(w.cell), page: p.page, first: r.starts[i]})
		case p.table != nil:
			f := flowing{table: w.cells(p.table), page: p.page, first: r.starts[i]}
			f.unsure = "the lines of a table, made of what stands in columns; compare it with the original"
			out = joinTables(out, f)
		default:
			for j, x := range w.u.paragraphs(p) {
				f := flowing{para: &x, page: p.page, first: j == 0 && r.starts[i]}
				if p.unsure && j == 0 {
					f.unsure = "the order of words that stand side by side; compare it with the original"
				}
				out = append(out, f)
			}
		}
	}
	return joinAcross(out)
}

// joinTables adds a table, to the one before it when that goes on from one page to the next. Its header is then
// printed again, and counts once.
func joinTables(flow []flowing, f flowing) []flowing {
	n := len(flow) - 1
	if n < 0 || !f.first || flow[n].table == nil || len(f.table) == 0 || flow[n].page+1 != f.page || widest(flow[n].table) != widest(f.table) {
		return append(flow, f)
	}
	rows := f.table
	if rowText(rows[0]) == rowText(flow[n].table[0]) {
		rows = rows[1:]
	}
	flow[n].table = append(flow[n].table, rows...)
	flow[n].page = f.page
	return flow
}

func widest(rows [][]rawCell) int {
	n := 0
	for _, r := range rows {
		n = max(n, len(r))
	}
	return n
}

func rowText(cells []rawCell) string {
	var b strings.Builder
	for _, c := range cells {
		for _, x := range c.blocks {
			b.WriteString(plain(x.runs) + " ")
		}
		b.WriteByte('|')
	}
	return b.String()
}

// cells reads the cells of a table without lines.
func (w *pdfWriter) cells(rows [][][]line) [][]rawCell {
	out := make([][]rawCell, len(rows))
	for i, r := range rows {
		for _, c := range r {
			x := rawCell{}
			if len(c) > 0 {
				x.blocks = w.cell(c)
			}
			out[i] = append(out[i], x)
		}
	}
	return out
}

// cell reads the lines of one cell.
func (w *pdfWriter) cell(lines []line) []block {
	p := region{lines: lines, page: lines[0].page}
	for _, l := range lines {
		p.right = max(p.right, l.right)
	}
	in := &pdfWriter{u: w.u, spell: w.spell, losses: w.losses}
	for _, x := range w.u.paragraphs(p) {
		in.paragraph(x)
	}
	return loneNumbers(in.out)
}

// title is the first of the largest headings, else the title of the file's properties.
func (r *pdfReader) title(blocks []block) string {
	for _, b := range blocks {
		if b.kind == heading && b.level == 1 {
			return plain(b.runs)
		}
	}
	title := plain([]run{{text: normalise(r.file.title)}})
	if strings.HasPrefix(title, "Microsoft ") || strings.Contains(title, ".") {
		return ""
	}
	return shorten(title, 200)
}

// lose names what pages hold that cannot become text.
func (r *pdfReader) lose() {
	told := 0
	for _, pg := range r.file.pages {
		for _, what := range pg.told[:min(len(pg.told), maxTold-told)] {
			r.losses.addAt(what, "on page "+strconv.Itoa(pg.number))
			told++
		}
	}
	if told == maxTold {
		r.losses.addAt("notes beside the text, of which only the first "+strconv.Itoa(maxTold)+" are told", "")
	}
	for _, x := range []struct {
		what  string
		count func(*pdfPage) int
	}{
		{"a picture", func(pg *pdfPage) int { return len(pg.pictures) }},
		{"a letter that stands at an angle", func(pg *pdfPage) int { return pg.sideways }},
		{"a letter beyond the edge of the page", func(pg *pdfPage) int { return pg.beyond }},
		{"a letter that the file does not name; compare it with the original", func(pg *pdfPage) int { return pg.unread }},
	} {
		var pages []string
		n := 0
		for _, pg := range r.file.pages {
			if c := x.count(pg); c > 0 {
				n += c
				pages = append(pages, strconv.Itoa(pg.number))
			}
		}
		for range n {
			r.losses.addAt(x.what, "on "+pageList(pages))
		}
	}
}
