package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"concordat/review/clause"
	"concordat/review/harmony"
	"concordat/review/intake"
)

// label is one line of labels.csv.
type label struct{ row, place, quote, mark string }

// matrices measures the alignment and the marks of all topics in a folder.
func matrices(folder, only string, wrong bool) (tallies, error) {
	topics, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	marks, pairs, doubts := newTally(), pairCount{}, doubtCount{}
	for _, t := range topics {
		if !t.IsDir() || !strings.HasPrefix(t.Name(), only) {
			continue
		}
		w, err := open(filepath.Join(folder, t.Name()))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", t.Name(), err)
		}
		own := pairCount{}
		w.pairs(&own)
		pairs.add(own)
		w.doubts(&doubts)
		w.marks(marks, wrong)
		if wrong {
			w.scatter()
		}
		fmt.Printf("%-28s texts %2d  rows %2d labelled %2d  pairs precision %s recall %s  not found %d  beside labels %d\n", t.Name(), len(w.matrix.Columns)+len(w.matrix.Strangers), len(w.matrix.Rows),
			w.labelledRows(), share(own.right, own.said), share(own.right, own.labelled), own.missing, w.unlabelled(wrong))
	}
	fmt.Printf("\nrows: of the pairs of criteria put into one row %s belong together, of those that belong together %s are\n", share(pairs.right, pairs.said), share(pairs.right, pairs.labelled))
	fmt.Printf("doubt: of the %d rows marked to be checked %d are wrong (%s), of the %d not marked %d (%s)\n\n",
		doubts.marked, doubts.markedWrong, share(doubts.markedWrong, doubts.marked), doubts.plain, doubts.plainWrong, share(doubts.plainWrong, doubts.plain))
	marks.print("marks")
	return tallies{"marks": marks, "rows": pairs.tally()}, nil
}

type pairCount struct{ said, right, labelled, missing int }

func (p *pairCount) add(x pairCount) {
	p.said, p.right, p.labelled, p.missing = p.said+x.said, p.right+x.right, p.labelled+x.labelled, p.missing+x.missing
}

// tally is the count as of the one kind "together".
func (p pairCount) tally() *tally {
	const kind = "together"
	return &tally{said: map[string]int{kind: p.said}, right: map[string]int{kind: p.right}, labelled: map[string]int{kind: p.labelled}}
}

// world is one topic with its labels and what the program made of it.
type world struct {
	name   string
	labels []label
	texts  map[string]*harmony.Text
	matrix harmony.Matrix
	row    map[string]map[int]int // by place and criterion, its row
}

func open(folder string) (*world, error) {
	w := &world{name: filepath.Base(folder), texts: map[string]*harmony.Text{}, row: map[string]map[int]int{}}
	f, err := os.Open(filepath.Join(folder, "labels.csv"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, err
	}
	for _, l := range lines[1:] {
		w.labels = append(w.labels, label{l[0], l[1], l[2], l[3]})
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.md"))
	if err != nil {
		return nil, err
	}
	topic := harmony.Topic{}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		doc, err := intake.Read(name, data)
		if err != nil {
			return nil, err
		}
		place := strings.TrimSuffix(filepath.Base(name), ".md")
		markdown, _ := clause.Untype(doc.Markdown) // as for every text that comes in
		t := harmony.Text{Place: place, Name: place, Reading: clause.Parse(markdown).Criteria()}
		w.texts[place] = &t
		if place == "base" {
			topic.Draft = &t
		} else {
			topic.Locals = append(topic.Locals, t)
		}
	}
	w.matrix = harmony.Build(topic)
	w.index()
	return w, nil
}

func (w *world) index() {
	note := func(place string, e harmony.Entry, row int) {
		if w.row[place] == nil {
			w.row[place] = map[int]int{}
		}
		for _, c := range e.Criteria {
			w.row[place][c] = row
		}
	}
	for i, r := range w.matrix.Rows {
		note("base", r.Draft, i)
		for k, c := range r.Cells {
			note(w.matrix.Columns[k].Place, c.Entry, i)
		}
	}
}

// criteria are the criteria of a text that overlap with a quotation.
func (w *world) criteria(place, quote string) []int {
	t := w.texts[place]
	if t == nil || quote == "" {
		return nil
	}
	var out []int
	quote = strings.Join(strings.Fields(quote), " ")
	for i, c := range t.Reading.Criteria {
		words := t.Reading.Text.Clauses[c.Clause].Words
		at := strings.Index(words, quote)
		if at < 0 && len(words) > 8 && strings.Contains(quote, words) {
			at = 0
		}
		if at < 0 && strings.Contains(quote, strings.TrimSpace(words[c.From:c.To])) && c.To-c.From > 8 {
			at = c.From
		}
		if at >= 0 && c.From < at+len(quote) && at < c.To {
			out = append(out, i)
		}
	}
	return out
}

// rowOf is the row in which most criteria of a quotation are, -1 when the program sees none.
func (w *world) rowOf(l label) int {
	count := map[int]int{}
	best := -1
	for _, c := range w.criteria(l.place, l.quote) {
		r, ok := w.row[l.place][c]
		if !ok {
			continue
		}
		count[r]++
		if best < 0 || count[r] > count[best] {
			best = r
		}
	}
	return best
}

func (w *world) pairs(p *pairCount) {
	type found struct {
		label
		at int
	}
	var all []found
	for _, l := range w.labels {
		if l.quote == "" {
			continue
		}
		at := w.rowOf(l)
		if at < 0 {
			p.missing++
		}
		all = append(all, found{l, at})
	}
	for i, x := range all {
		for _, y := range all[i+1:] {
			if x.place == y.place {
				continue
			}
			one, said := x.row == y.row, x.at >= 0 && x.at == y.at
			if one {
				p.labelled++
			}
			if said {
				p.said++
			}
			if one && said {
				p.right++
			}
		}
	}
}

func (w *world) labelledRows() int {
	seen := map[string]bool{}
	for _, l := range w.labels {
		seen[l.row] = true
	}
	return len(seen)
}

// unlabelled counts criteria that the program sees and the labels do not have.
func (w *world) unlabelled(show bool) int {
	n := 0
	for place, t := range w.texts {
		seen := map[int]bool{}
		for _, l := range w.labels {
			if l.place == place {
				for _, c := range w.criteria(place, l.quote) {
					seen[c] = true
				}
			}
		}
		for i := range t.Reading.Criteria {
			if !seen[i] {
				n++
				if show {
					fmt.Printf("  beside %s: %s\n", place, t.Reading.Words(i))
				}
			}
		}
	}
	return n
}

// marks compares the marks of the cells.
func (w *world) marks(t *tally, show bool) {
	base := map[string]int{}
	for _, l := range w.labels {
		if l.place == "base" {
			if r := w.rowOf(l); r >= 0 {
				base[l.row] = r
			}
		}
	}
	seen := map[string]bool{}
	for _, l := range w.labels {
		if l.place == "base" || seen[l.row+"/"+l.place] {
			continue
		}
		seen[l.row+"/"+l.place] = true
		said, why, own := w.mark(l, base)
		t.count(l.mark, said)
		if show && said != l.mark {
			fmt.Printf("  %s, %s: %s said %s (%s)\n      label: %s\n      cell:  %s\n", l.row, l.place, l.mark, said, why, l.quote, own)
		}
	}
}

func (w *world) mark(l label, base map[string]int) (mark, why, own string) {
	at, ok := base[l.row]
	if !ok {
		at = w.rowOf(l)
	}
	k := slices.IndexFunc(w.matrix.Columns, func(c harmony.Column) bool { return c.Place == l.place })
	switch {
	case k < 0:
		return "stranger", "", ""
	case at < 0:
		return "not seen", "", ""
	}
	c := w.matrix.Rows[at].Cells[k]
	return string(c.Mark), c.Why, fmt.Sprintf("%s | row %q base %q", strings.ReplaceAll(c.Words(), "\n", " // "), w.matrix.Rows[at].Name, strings.ReplaceAll(w.matrix.Rows[at].Draft.Words(), "\n", " // "))
}

// scatter lists for each labelled row into which rows its quotations fell.
func (w *world) scatter() {
	var order []string
	lines := map[string][]string{}
	for _, l := range w.labels {
		if l.quote == "" {
			continue
		}
		if lines[l.row] == nil {
			order = append(order, l.row)
		}
		name := "not seen"
		if at := w.rowOf(l); at >= 0 {
			name = fmt.Sprintf("%d %s", at, w.matrix.Rows[at].Name)
		}
		lines[l.row] = append(lines[l.row], fmt.Sprintf("    %-44s %-13s %s", name, l.place, l.quote))
	}
	for _, row := range order {
		slices.Sort(lines[row])
		fmt.Printf("  %s\n%s\n", row, strings.Join(lines[row], "\n"))
	}
}
