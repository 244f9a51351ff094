package textdiff

import (
	"cmp"
	"slices"

	"concordat/review/clause"
)

// Doubt is why something of it may have been misread, in words; "" when the reading is sure.
func (h Holding) Doubt() string {
	for i := range h.Criteria {
		c := h.at(i)
		if c.Doubt != "" {
			return c.Doubt
		}
		for _, q := range c.Quantities {
			if q.Doubt != "" {
				return q.Doubt
			}
		}
	}
	return ""
}

// doubt is why two holdings that were read as the same may not be; "" when they are, and where both stand in clauses of
// the same words, which mean the same however they are read.
func doubt(before, after Holding) string {
	d := cmp.Or(before.Doubt(), after.Doubt())
	if d == "" || slices.EqualFunc(before.sources(), after.sources(), sameSource) {
		return ""
	}
	return "it may have been misread: " + d
}

// source is where a criterion was read, with all that decides how.
type source struct {
	clause   string // the whole of its words: those beyond what is read count too
	from, to int
	side     clause.Side
	binding  clause.Binding
	context  []string
}

func (h Holding) sources() []source {
	out := make([]source, len(h.Criteria))
	for i := range h.Criteria {
		c := h.at(i)
		out[i] = source{h.Reading.Text.Clauses[c.Clause].Words, c.From, c.To, c.Side, "", c.Context}
		if c.Group >= 0 {
			out[i].binding = h.Reading.Groups[c.Group].Binding
		}
	}
	return out
}

func sameSource(x, y source) bool {
	return x.clause == y.clause && x.from == y.from && x.to == y.to && x.side == y.side && x.binding == y.binding && slices.Equal(x.context, y.context)
}
