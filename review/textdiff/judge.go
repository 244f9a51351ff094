package textdiff

import (
	"slices"
	"strings"

	"concordat/review/clause"
)

// judge says what units are: what words they touch, and what is proved of them.
type judge struct {
	before, after clause.Text
	folds         Folds
}

// findings are what a unit is; at least one.
func (j *judge) findings(u unit) []Finding {
	switch {
	case u.columns:
		return []Finding{{TableChanged, Unclear, "A column came into the table or went: read both."}}
	case u.kind == Same:
		return []Finding{j.markup(u)}
	case j.long(u):
		return []Finding{{OtherWords, Unclear, "It is too long to be compared: a person must read it."}}
	case u.kind == Moved:
		return []Finding{{PlaceChanged, Unclear, "The words are the same and stand elsewhere, where they may do something else: read both."}}
	case len(u.before) == 0:
		return []Finding{j.arrived(j.after, u.after[0])}
	case len(u.after) == 0:
		return []Finding{j.left(u.before[0])}
	case len(u.before) > 1 || len(u.after) > 1:
		return j.parted(u)
	}
	found := j.edited(u)
	if u.kind == MovedEdited {
		found = append(found, Finding{PlaceChanged, Unclear, "It stands at another place, in other words: read both."})
	}
	return found
}

// Longest is how many bytes a clause may have to be compared in its sense. People write some hundred.
const Longest = 10_000

func (j *judge) long(u unit) bool {
	n := 0
	for _, i := range u.before {
		n += len(j.before.Clauses[i].Words)
	}
	for _, i := range u.after {
		n += len(j.after.Clauses[i].Words)
	}
	return n > Longest
}

func joinWords(t clause.Text, clauses []int) string {
	words := make([]string, len(clauses))
	for k, i := range clauses {
		words[k] = t.Clauses[i].Words
	}
	return strings.Join(words, " ")
}

// markup judges clauses of equal words. Emphasis does nothing; a link may lead elsewhere, words may be struck out, and a
// list may bind what a paragraph did not.
func (j *judge) markup(u unit) Finding {
	b, a := u.before[0], u.after[0]
	x, y := &j.before.Clauses[b], &j.after.Clauses[a]
	switch {
	case x.Kind != y.Kind || x.Level != y.Level:
		return Finding{Layout, Unclear, "The words are the same and stand in another form, which may bind them otherwise: read both."}
	case withoutEmphasis(j.before.Source(b)) != withoutEmphasis(j.after.Source(a)):
		return Finding{Layout, Unclear, "The words are the same, and a link, a note or what is struck out differs: read both."}
	}
	return Finding{Layout, NoEffect, "Only the layout differs."}
}

// withoutEmphasis is a Markdown source without what only shapes it: emphasis, white space, the mark and the number of an
// item, the line under a heading.
func withoutEmphasis(source string) string {
	source = strings.TrimLeft(source, " \t>#*+-0123456789.)")
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("*_ \t\r\n\\#=-", r) {
			return -1
		}
		return r
	}, source)
}

// arrived judges a whole clause that came. It may be a rule; which way it counts is not proved.
func (j *judge) arrived(t clause.Text, i int) Finding {
	c := &t.Clauses[i]
	switch {
	case ruleAcross(t, i):
		return Finding{Layout, NoEffect, "A line across the page."}
	case onlyJoins(c.Words):
		return Finding{BindingChanged, Unclear, "How the conditions about it are joined differs: read both."}
	case c.Kind == clause.Row:
		return Finding{TableChanged, Unclear, "A row of the table that nothing like it was found of in the text before: read it."}
	case c.Kind != clause.Heading && !read(t, []int{i}).Empty():
		return Finding{CriterionAdded, Unclear, "Nothing like it was found in the text before: read it."}
	}
	return Finding{TextAdded, Unclear, "Nothing like it was found in the text before: read it."}
}

// onlyJoins tells whether words say no more than how what stands about them is joined: "AND".
func onlyJoins(words string) bool {
	ss := fold(words)
	return len(ss) == 1 && vocabulary.has("joints", ss[0].text)
}

// left judges a whole clause that went.
func (j *judge) left(i int) Finding {
	f := j.arrived(j.before, i)
	f.Why = strings.ReplaceAll(f.Why, "the text before", "the text after")
	switch f.Class {
	case CriterionAdded:
		f.Class = CriterionRemoved
	case TextAdded:
		f.Class = TextRemoved
	}
	return f
}

// ruleAcross tells whether a clause is a line across the page, which says nothing.
func ruleAcross(t clause.Text, i int) bool {
	return t.Clauses[i].Kind == clause.Other && strings.Trim(t.Source(i), "-*_ \t\r\n") == ""
}

// edited tells what was done to the words of a clause.
func (j *judge) edited(u unit) []Finding {
	x, y := j.folds.passage(j.before, u.before[0]), j.folds.passage(j.after, u.after[0])
	b, a := &j.before.Clauses[u.before[0]], &j.after.Clauses[u.after[0]]
	if b.Kind != a.Kind || b.Level != a.Level {
		return append(touched(x.signs, y.signs), Finding{Layout, Unclear, "It stands in another form, which may bind it otherwise: read both."})
	}
	switch e, why := prove(x, y); {
	case e == NoEffect && struck(j.before.Source(u.before[0])) != struck(j.after.Source(u.after[0])):
		return []Finding{{Layout, Unclear, "What is struck out differs: read both."}}
	case e == NoEffect && sameSigns(x.signs, y.signs) == equalWriting:
		return []Finding{{Typographic, NoEffect, "Only spelling, punctuation, capitals or figures for number words differ."}}
	case e == NoEffect:
		return []Finding{{WordingOnly, NoEffect, sentence(why)}}
	case e == Narrower, e == Wider:
		return []Finding{{QuantityChanged, e, sentence(why)}}
	case e == Opposite:
		return []Finding{{NegationChanged, e, sentence(why)}}
	}
	return touched(x.signs, y.signs)
}

// struck tells whether words of a source are struck out.
func struck(source string) bool { return strings.Contains(source, "~~") }

// parted tells what was done to a clause that became several, or to several that became one.
func (j *judge) parted(u unit) []Finding {
	class, why := ClauseSplit, "One paragraph became several, with the same words in the same order."
	if len(u.before) > 1 {
		class, why = ClausesMerged, "Several paragraphs became one, with the same words in the same order."
	}
	x, y := fold(joinWords(j.before, u.before)), fold(joinWords(j.after, u.after))
	if slices.EqualFunc(x, y, sameSign) && paragraphs(j.before, u.before) && paragraphs(j.after, u.after) &&
		sameFrame(j.folds.frame(j.before, u.before[0], u.before...), j.folds.frame(j.after, u.after[0], u.after...)) {
		return []Finding{{class, NoEffect, why}}
	}
	found := []Finding{{class, Unclear, "What was one clause is several, or the reverse, and that may bind it otherwise: read both."}}
	if !slices.EqualFunc(x, y, sameSign) {
		found = append(found, touched(x, y)...)
	}
	return found
}

// paragraphs tells whether clauses are paragraphs of whole sentences that hang from one clause.
func paragraphs(t clause.Text, which []int) bool {
	for _, i := range which {
		c := &t.Clauses[i]
		if c.Kind != clause.Paragraph || c.Parent != t.Clauses[which[0]].Parent || !strings.HasSuffix(c.Words, ".") {
			return false
		}
	}
	return true
}
