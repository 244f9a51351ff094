package clause

import (
	"cmp"
	"slices"
)

// Span is a stretch of a clause's words, in bytes.
type Span struct{ Clause, From, To int }

// In are the words of the stretch.
func (s Span) In(t Text) string { return t.Clauses[s.Clause].Words[s.From:s.To] }

// Unread are the sentences that hold no criterion, in the order of the text: background, reasons, how to apply.
// Headings are not among them, nor what only binds a list, nor the other cells of a row that holds one.
func (r Reading) Unread() []Span {
	part := map[int]bool{} // clauses that are part of a criterion of another
	for _, c := range r.Criteria {
		for _, i := range c.Also {
			part[i] = true
		}
	}
	var out []Span
	left := r.Criteria
	for i, c := range r.Text.Clauses {
		n := 0
		for n < len(left) && left[n].Clause == i {
			n++
		}
		own := left[:n]
		left = left[n:]
		if c.Kind == Heading || part[i] || c.Kind == Row && (n > 0 || r.Text.introduces(i)) {
			continue
		}
		for _, ts := range sentences(lex(c.Words)) {
			if ts = trimJoints(ts); !says(ts) {
				continue
			}
			s := Span{i, ts[0].from, ts[len(ts)-1].to}
			if !(r.Text.introduces(i) && onlyBinds(ts)) && !slices.ContainsFunc(own, func(x Criterion) bool { return x.From < s.To && s.From < x.To }) {
				out = append(out, s)
			}
		}
	}
	return out
}

// says tells whether tokens are more than marks.
func says(ts []token) bool {
	return slices.ContainsFunc(ts, func(t token) bool { return t.kind != markToken })
}

// onlyBinds tells whether words say no more than how a list is bound: "at least two of:".
func onlyBinds(ts []token) bool { return !speaks(ts) || len(termsOf(ts)) == 0 }

// introduces tells whether a list hangs from a clause.
func (t Text) introduces(i int) bool {
	return i+1 < len(t.Clauses) && t.Clauses[i+1].Parent == i && (t.Clauses[i+1].Kind == Item || t.Clauses[i+1].Kind == Row)
}

// Taking is the reading with what a person says is a criterion though it was not read as one: each unread sentence whose
// words is finds, unless it is too long to be read whole. r itself is not changed.
func (r Reading) Taking(is func(words string) bool) Reading {
	w := criteriaReader{out: r, frames: r.Text.contexts()}
	at := r.Text.frames()
	w.out.Criteria = slices.Clone(r.Criteria)
	for _, s := range r.Unread() {
		if !is(s.In(r.Text)) {
			continue
		}
		ts := slices.DeleteFunc(lex(r.Text.Clauses[s.Clause].Words), func(t token) bool { return t.from < s.From || t.to > s.To })
		if len(ts) <= mostOfSentence {
			w.criterion(s.Clause, ts, ts, at[s.Clause])
			w.out.Criteria[len(w.out.Criteria)-1].Taken = true
		}
	}
	slices.SortStableFunc(w.out.Criteria, func(x, y Criterion) int { return cmp.Or(cmp.Compare(x.Clause, y.Clause), cmp.Compare(x.From, y.From)) })
	return w.out
}

// frames are for each clause the side and the group that its own words have.
func (t Text) frames() []frame {
	r := criteriaReader{out: Reading{Text: t}, frames: make([]frame, len(t.Clauses)), lists: map[int]int{}}
	out := make([]frame, len(t.Clauses))
	for i := range t.Clauses {
		r.clause(i)
		if out[i] = r.frames[i]; t.introduces(i) {
			out[i] = r.above(i)
		}
	}
	return out
}

// contexts are for each clause the words that those which hang from it have as context.
func (t Text) contexts() []frame {
	out := make([]frame, len(t.Clauses))
	for i, c := range t.Clauses {
		switch {
		case c.Kind == Row && c.Parent >= 0 && t.Clauses[c.Parent].Kind == Row, c.Kind == Other, c.Kind == Code, c.Kind == Note:
		default:
			out[i].words = c.Words
		}
	}
	return out
}
