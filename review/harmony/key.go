package harmony

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"slices"

	"concordat/review/clause"
)

// keyOf names a criterion of a text in addresses: by the place and the anchor of its clause, whatever its words are, and
// by which one of the clause it is. What people take for criteria is counted apart, so that it moves no others.
func keyOf(place string, r *clause.Reading, i int) string {
	c := &r.Criteria[i]
	nth := 0
	for k := i - 1; k >= 0 && r.Criteria[k].Clause == c.Clause; k-- {
		if r.Criteria[k].Taken == c.Taken {
			nth++
		}
	}
	at := r.Text.Clauses[c.Clause].Anchor
	if at == "" {
		at = fmt.Sprint(c.Clause)
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %d %t", place, at, nth, c.Taken))
	return "r" + hex.EncodeToString(sum[:5])
}

// keys are those of all criteria of a row: the draft's first, then the columns', then the national text's.
func (m *Matrix) keys(r *Row) iter.Seq[string] {
	return func(yield func(string) bool) {
		of := func(place string, e *Entry) bool {
			return !slices.ContainsFunc(e.Criteria, func(c int) bool { return !yield(keyOf(place, e.Reading, c)) })
		}
		if !of(string(Draft), &r.Draft) {
			return
		}
		for i := range r.Cells {
			if !of(m.Columns[i].Place, &r.Cells[i].Entry) {
				return
			}
		}
		of(string(National), &r.National)
	}
}

// founder is the key that a row is given: that of its first criterion.
func (m *Matrix) founder(r *Row) string {
	for key := range m.keys(r) {
		return key
	}
	return ""
}

// Row finds the row that a key leads to: the one that now has the criterion which the key was given for. So an address
// holds through corrections, and as long as the clause is in the text.
func (m *Matrix) Row(key string) (*Row, bool) {
	for i := range m.Rows {
		for k := range m.keys(&m.Rows[i]) {
			if k == key {
				return &m.Rows[i], true
			}
		}
	}
	return nil, false
}

// Left finds what a key was given for where it stands in no row any more: the text and its words.
func (m *Matrix) Left(key string) (t *Text, words string, ok bool) {
	has := func(place string, t *Text) bool {
		for i := range t.Reading.Criteria {
			if keyOf(place, &t.Reading, i) == key {
				words = t.Reading.Words(i)
				return true
			}
		}
		return false
	}
	for _, base := range []Base{Draft, National} {
		if t := m.references[base]; t != nil && has(string(base), t) {
			return t, words, true
		}
	}
	for i := range m.Columns {
		if t := &m.Columns[i].Text; has(t.Place, t) {
			return t, words, true
		}
	}
	for i := range m.Strangers {
		if t := &m.Strangers[i]; has(t.Place, t) {
			return t, words, true
		}
	}
	return nil, "", false
}
