package textdiff

import (
	"strings"

	"concordat/review/clause"
)

// arrived judges a whole clause that came, or one that went as if it had come, turned about.
func (j *judge) arrived(i int, went bool) []Finding {
	t := j.after
	if went {
		t = j.before
	}
	f := arrival(t, i)
	if went {
		f = undone(f)
	}
	return []Finding{f}
}

func arrival(t clause.Text, i int) Finding {
	c := t.Clauses[i]
	ws := masked(heard(c.Words), c.Words)
	switch c.Kind {
	case clause.Row:
		return rowArrival(t, i)
	case clause.Heading:
		return Finding{Layout, NoEffect, "A heading; what stands under it is judged by itself."}
	case clause.Other, clause.Code, clause.Note, clause.Definition:
		return clarified(ws)
	}
	h := read(t, []int{i}, "")
	if c.Kind != clause.Item && !marked(ws) {
		h = h.firm()
	}
	switch {
	case h.Empty():
		e := edit{y: ws, after: c.Words}
		return e.newSentence(ws)
	case h.at(0).Side == clause.Exempts || h.at(0).Side == clause.Waives:
		return Finding{CriterionAdded, Wider, moreExempt}
	case about(ws, "also") && anyOf(ws, offerVerbs) && h.at(0).Side == clause.Requires:
		return Finding{CriterionAdded, Wider, moreWays}
	}
	effect, why := arrives(h.outer())
	return Finding{CriterionAdded, effect, sentence(why)}
}

// rowArrival judges a row by what its cells say of whether it is funded.
func rowArrival(t clause.Text, i int) Finding {
	f := Finding{TableChanged, Unclear, "A row of the table; which way it counts cannot be told."}
	for k, cell := range cells(t.Clauses[i].Words) {
		ws := heard(cell)
		switch {
		case k == 0 || len(ws) == 0:
		case ws[0].text == "yes" || len(ws) < 6 && anyOf(ws, offerVerbs) && !anyOf(ws, negators):
			return Finding{TableChanged, Wider, "A row of what is offered."}
		case ws[0].text == "no" || ws[0].text == "not":
			return Finding{TableChanged, Narrower, "A row of what is not offered."}
		case len(ws) == 1 && ws[0].number && offered(t, i, k):
			return Finding{TableChanged, Wider, "A row of what is offered."}
		}
	}
	return f
}

// offered tells whether the header of a column counts what is offered.
func offered(t clause.Text, row, column int) bool {
	h := head(t, row)
	if h == row {
		return false
	}
	names := cells(t.Clauses[h].Words)
	return column < len(names) && anyOf(heard(names[column]), amounts)
}

var amounts = list("cycles sessions number funded offered injections treatments procedures courses")

// columns judges a column that came or went, by its name.
func (j *judge) columns(u unit) []Finding {
	x, y := columnNames(j.before, u.before[0]), columnNames(j.after, u.after[0])
	long, short := y, x
	if len(x) > len(y) {
		long, short = x, y
	}
	why := "A column came into the table."
	if len(x) > len(y) {
		why = "A column went from the table."
	}
	for _, name := range long {
		if !strings.Contains("|"+strings.Join(short, "|")+"|", "|"+name+"|") && anyOf(heard(name), telling) {
			return []Finding{{TableChanged, NoEffect, why + " It decides about nobody."}}
		}
	}
	return []Finding{{TableChanged, Unclear, why + " What it does cannot be told."}}
}

// columnNames are the cells of the header of a row's table.
func columnNames(t clause.Text, row int) []string {
	out := cells(t.Clauses[head(t, row)].Words)
	for i := range out {
		out[i] = strings.TrimSpace(out[i])
	}
	return out
}

// telling are the names of columns that decide about nobody.
var telling = list("code codes opcs icd reference source date review notes note comment comments contact version owner author prescribed prescriber by provider example examples where")
