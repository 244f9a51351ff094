// Package harmony is about many local texts on one treatment, side by side: which criteria they share, what each says
// on them, and who would gain or lose if one text took the place of all.
package harmony

import (
	"cmp"
	"slices"

	"concordat/review/clause"
	"concordat/review/textdiff"
)

// Text is one text of a topic, as it goes in.
type Text struct {
	Place   string // id of the commissioner, or what else names the text
	Name    string // as a column shows it
	Without string // what it means that there is no policy, in words; then the reading is empty
	Reading clause.Reading
	Lost    []string // what could not be carried over from its file, in words
}

// Base says against what the cells of a matrix are judged.
type Base string

// The bases. Common is for each row what most places say.
const (
	Draft    Base = "draft"
	National Base = "national"
	Common   Base = "common"
)

// Topic is what a matrix is made from.
type Topic struct {
	Locals   []Text // in the order of the columns
	Draft    *Text  // nil while there is none
	National *Text  // nil when none is given
	Base     Base   // the first that is there of the one asked for, the draft, the national text, the most common
	// Corrections are what people put right of the proposed rows, oldest first.
	Corrections []Correction
}

// Mark says how the text of a place, as it is today, stands to the base.
type Mark string

// The marks. Same, Narrower, Wider and Opposite are proved. Other: it differs, and people must read both. None: nothing
// like it was found in its text; it may stand elsewhere, or be unread. Check: its words are vague, or one of the two may
// have been misread.
const (
	Same     Mark = "same"
	Narrower Mark = "narrower"
	Wider    Mark = "wider"
	Other    Mark = "other"
	None     Mark = "none"
	Opposite Mark = "opposite"
	Check    Mark = "check"
	NoPolicy Mark = "no-policy"
)

// Matrix is the criteria of a topic by place.
type Matrix struct {
	Base    Base
	Columns []Column
	Rows    []Row // those that differ most first
	// Strangers are texts that seem to be about another treatment; they take part in no row.
	Strangers []Text
	// Idle are corrections whose words no text has any more, by their place in the list.
	Idle []int

	references map[Base]*Text // the draft and the national text, where there are such
	// past says of texts that are longer than what is read of one, by their place, or by their base, why they are not
	// compared whole.
	past map[string]string
}

// Column is one place.
type Column struct {
	Text
	Differs int // in how many rows it differs from the base
}

// Row is one criterion over all texts.
type Row struct {
	Key      string // names the row in addresses, as Matrix.Row finds it
	Name     string
	Named    bool // by a person
	Draft    Entry
	National Entry
	Common   Entry // what most places say
	Cells    []Cell
	Same     int     // places with the mark Same
	Differs  int     // places with any other mark but NoPolicy, and None where the base says nothing either
	Sure     float64 // how sure the alignment is: 1 for certain
	Lead     string  // the wording that stands for the row in corrections, folded
}

// Entry is what one text says on a row.
type Entry struct {
	textdiff.Holding
	Short string // in a few characters, "" for nothing
	// passages are its wordings as they are compared.
	passages textdiff.Passages
}

// Cell is what one place says on a row, and how it stands to the base.
type Cell struct {
	Entry
	Mark Mark
	// Effect is what it would do to patients of the place if the base took the place of its text.
	Effect textdiff.Effect
	Why    string // in words
}

// Build puts the texts of a topic side by side. It depends on its input alone, and its time is bounded: of a text with
// very many criteria only the first are aligned.
func Build(t Topic) Matrix {
	a := newAligner(t)
	a.cluster()
	a.setStrangersApart(t.Corrections)
	a.dropWeak()
	idle := a.correct(t.Corrections)
	m := Matrix{Base: t.base(), Strangers: a.strangers, Idle: idle, references: map[Base]*Text{}, past: a.past()}
	if a.draft >= 0 {
		m.references[Draft] = a.texts[a.draft]
	}
	if a.national >= 0 {
		m.references[National] = a.texts[a.national]
	}
	for _, k := range a.columns {
		m.Columns = append(m.Columns, Column{Text: a.locals[k]})
	}
	groups := a.groups()
	for _, g := range groups {
		m.Rows = append(m.Rows, m.row(a, g))
	}
	a.tellApart(m.Rows, groups)
	m.order()
	return m
}

func (t Topic) base() Base {
	switch {
	case t.Base == Common:
		return Common
	case t.Base == National && t.National != nil, t.Draft == nil && t.National != nil:
		return National
	case t.Draft != nil:
		return Draft
	}
	return Common
}

// row makes a row of the items that belong together.
func (m *Matrix) row(a *aligner, g *group) Row {
	r := Row{Sure: g.sure(a), Lead: a.lead(g)}
	r.Name, r.Named = g.name, g.name != ""
	if !r.Named {
		r.Name = a.nameOf(g)
	}
	r.Draft, r.National = a.entry(g, a.draft), a.entry(g, a.national)
	entries := make([]Entry, len(m.Columns))
	for i := range m.Columns {
		entries[i] = a.entry(g, a.columns[i])
	}
	r.Common = common(entries, m.Columns)
	base := map[Base]Entry{Draft: r.Draft, National: r.National, Common: r.Common}[m.Base]
	for i, e := range entries {
		c := cellOf(base, e, &m.Columns[i].Text)
		switch c.Mark {
		case Same:
			r.Same++
		case NoPolicy:
		case None:
			if !base.Empty() {
				r.Differs++
				m.Columns[i].Differs++
			}
		default:
			r.Differs++
			m.Columns[i].Differs++
		}
		r.Cells = append(r.Cells, c)
	}
	r.Key = m.founder(&r)
	return r
}

// cellOf judges what a place says against the base.
func cellOf(base, own Entry, t *Text) Cell {
	c := Cell{Entry: own}
	switch {
	case t.Without != "":
		c.Mark, c.Effect, c.Why = NoPolicy, textdiff.Unclear, "there is no policy"
		return c
	case t.blank():
		c.Mark, c.Effect, c.Why = Check, textdiff.Unclear, "no criterion was read in this text"
		return c
	}
	stands, why := textdiff.Prove(base.passages, own.passages)
	c.Effect, c.Why = textdiff.Prove(own.passages, base.passages)
	switch {
	case own.Empty():
		c.Mark = None
	case stands == textdiff.NoEffect:
		c.Mark = Same
	case own.Vague() != "" && len(base.Quantities()) > 0, stands == textdiff.Unclear && own.Doubt()+base.Doubt() != "":
		c.Mark, c.Why = Check, why
	case stands == textdiff.Opposite:
		c.Mark = Opposite
	case stands == textdiff.Narrower:
		c.Mark = Narrower
	case stands == textdiff.Wider:
		c.Mark = Wider
	default:
		c.Mark = Other
	}
	return c
}

// order puts the rows that differ in most places first.
func (m *Matrix) order() {
	slices.SortStableFunc(m.Rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(b.Differs, a.Differs), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Key, b.Key))
	})
}

// blank tells whether no criterion was read in a text: then nobody can tell what it says on a row.
func (t *Text) blank() bool { return t.Without == "" && len(t.Reading.Criteria) == 0 }

// same tells whether two entries are proved to say the same.
func (e Entry) same(o Entry) bool {
	effect, _ := textdiff.Prove(e.passages, o.passages)
	return effect == textdiff.NoEffect
}

// common is what most places say on a row: the entry of the largest group that is proved to say the same, nothing where
// more than half say nothing. Of equal groups the first wins.
func common(entries []Entry, columns []Column) Entry {
	best, most, silent, said := Entry{}, 0, 0, 0
	seen := make([]bool, len(entries))
	for i := range entries {
		if seen[i] || columns[i].Without != "" || columns[i].blank() {
			continue
		}
		n := 0
		for j := i; j < len(entries); j++ {
			if seen[j] || columns[j].Without != "" || columns[j].blank() || entries[i].Empty() != entries[j].Empty() {
				continue
			}
			if entries[i].Empty() || entries[i].same(entries[j]) {
				seen[j] = true
				n++
			}
		}
		said += n
		switch {
		case entries[i].Empty():
			silent = n
		case n > most:
			best, most = entries[i], n
		}
	}
	if silent > said/2 {
		return Entry{}
	}
	return best
}
