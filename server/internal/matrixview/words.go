package matrixview

import (
	"cmp"
	"slices"
	"strings"

	"concordat/review/harmony"
)

// Said are the places that say the same on a row, with their exact words.
type Said struct {
	State, Title string // "Narrower: 5/y 2 y"
	Why          string
	Count        int
	Wordings     []Wording
	None         bool // nothing is said, or there is no policy
}

// Wording is one wording with the places that have it.
type Wording struct {
	Words  []string // one criterion each
	Places []SaidBy
}

// SaidBy is one place among those that say the same.
type SaidBy struct {
	ID, Name string
	Cite     string // "section 2.1", of its text
	Href     string // of its text there
	Doubt    string
	Without  string
}

// said groups the places of a row by mark and value: what is the same first, then what most say; nothing at the end.
func (s shower) said(r *harmony.Row) []Said {
	var out []Said
	for i := range r.Cells {
		c := &r.Cells[i]
		title := c.Mark.Word()
		if c.Short != "" && c.Mark != harmony.Same {
			title += ": " + c.Short
		}
		k := slices.IndexFunc(out, func(x Said) bool { return x.Title == title })
		if k < 0 {
			k = len(out)
			out = append(out, Said{State: state(c.Mark), Title: title, None: c.Empty()})
			out[k].Why = s.why(r, c)
		}
		out[k].add(s.saidBy(r, i), words(&c.Entry))
	}
	rank := map[string]int{state(harmony.Same): 0, state(harmony.None): 2, noPolicy: 3}
	slices.SortStableFunc(out, func(x, y Said) int {
		rankOf := func(s Said) int {
			if n, ok := rank[s.State]; ok {
				return n
			}
			return 1
		}
		return cmp.Or(cmp.Compare(rankOf(x), rankOf(y)), cmp.Compare(y.Count, x.Count))
	})
	return out
}

// why says what a mark rests on.
func (s shower) why(r *harmony.Row, c *harmony.Cell) string {
	base := s.m.BaseOf(r)
	switch {
	case c.Mark == harmony.Same || c.Empty():
		return ""
	case base.Empty() && s.m.Base == harmony.Common:
		return "Nothing like it was found in most texts"
	case base.Empty():
		return "Nothing like it was found in " + s.m.Base.Words()
	}
	return "If " + s.m.Base.Words() + " applied here: " + c.Why
}

func (x *Said) add(by SaidBy, words []string) {
	x.Count++
	folded := harmony.Fold(strings.Join(words, " "))
	i := slices.IndexFunc(x.Wordings, func(w Wording) bool { return harmony.Fold(strings.Join(w.Words, " ")) == folded })
	if i < 0 {
		i = len(x.Wordings)
		x.Wordings = append(x.Wordings, Wording{Words: words})
	}
	x.Wordings[i].Places = append(x.Wordings[i].Places, by)
}

func (s shower) saidBy(r *harmony.Row, i int) SaidBy {
	c, column := &r.Cells[i], &s.m.Columns[i]
	by := SaidBy{ID: "w-" + r.Key + "-" + column.Place, Name: column.Name, Href: s.a.textAt(column.Place, ""), Doubt: c.Doubt(), Without: column.Without, Cite: "read the text"}
	if !c.Empty() {
		at := c.Reading.Text.Clauses[c.Reading.Criteria[c.Criteria[0]].Clause]
		by.Cite, by.Href = c.Cite(), s.a.textAt(column.Place, at.Anchor)
	}
	return by
}

func words(e *harmony.Entry) []string {
	var out []string
	for _, i := range e.Criteria {
		if w := e.Reading.Words(i); !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}
