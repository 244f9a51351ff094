package decision

import (
	"slices"

	"concordat/review/clause"
	"concordat/review/textdiff"
)

// Carried is an overlay as it stands on a later version.
type Carried struct {
	Overlay Overlay // cited as the later version does; what lost its clause as the earlier one did
	Touched []Touch // the changes that somebody must look at, in the order of Overlay
}

// Touch is a change of an overlay whose clause, or what that clause hangs from, is not as it was.
type Touch struct {
	Change int    // index into Carried.Overlay
	Label  string // of what is different, as the earlier version cites it
	Was    string // its words in the earlier version
	Now    string // its words in the later version; "" when it is gone
	Taken  bool   // the later version says what the change says: it may fall away
}

// Words are what became of the words, to be shown.
func (t Touch) Words() []textdiff.Span {
	var out []textdiff.Span
	for _, c := range textdiff.Compare(oneClause(t.Was), oneClause(t.Now)).Changes {
		out = append(out, c.Words...)
	}
	return out
}

func oneClause(words string) clause.Text {
	if words == "" {
		return clause.Text{}
	}
	return clause.Text{Markdown: words, Clauses: []clause.Clause{{Kind: clause.Paragraph, Parent: -1, End: len(words), Words: words, Label: "1"}}}
}

// Touch is that of a change; ok is false when it carries over by itself.
func (c Carried) Touch(change int) (t Touch, ok bool) {
	i := slices.IndexFunc(c.Touched, func(t Touch) bool { return t.Change == change })
	if i < 0 {
		return Touch{}, false
	}
	return c.Touched[i], true
}

// Carry takes an overlay from the version that it was made for to a later one, by the anchors that clauses keep. What
// the later version did not touch carries over by itself. A change is touched when the words of its clause are others,
// those of what is left out with it, or those of the paragraph that introduces it: "all of" may have become "any of".
func (o Overlay) Carry(from, to clause.Text) Carried {
	out := Carried{Overlay: o.cited(from)}
	for n, c := range out.Overlay {
		if t, touched := touch(c, from, to); touched {
			t.Change, t.Taken = n, c.Act == Replace && t.Now == saysItself(c.Text)
			out.Touched = append(out.Touched, t)
		}
		if i := find(to, c.Anchor); i >= 0 {
			out.Overlay[n].Label, out.Overlay[n].Was = to.Clauses[i].Label, CoreWords(to, i, c.Act)
		}
	}
	return out
}

// saysItself are the words of a text that is one clause; "" of one that is several.
func saysItself(markdown string) string {
	if t := clause.Parse(markdown); len(t.Clauses) == 1 {
		return t.Clauses[0].Words
	}
	return ""
}

func touch(c Change, from, to clause.Text) (Touch, bool) {
	was := find(from, c.Anchor)
	if was < 0 {
		return Touch{Label: c.Label, Was: c.Was, Now: wordsAt(to, c)}, true
	}
	t := Touch{Label: from.Clauses[was].Label, Was: CoreWords(from, was, c.Act), Now: wordsAt(to, c)}
	if t.Was != t.Now {
		return t, true
	}
	is := find(to, c.Anchor)
	for was, is = introduces(from, was), introduces(to, is); was >= 0; was, is = introduces(from, was), introduces(to, is) {
		t = Touch{Label: from.Clauses[was].Label, Was: from.Clauses[was].Words}
		if is >= 0 {
			t.Now = to.Clauses[is].Words
		}
		if t.Was != t.Now {
			return t, true
		}
	}
	if is >= 0 {
		return Touch{Label: to.Clauses[is].Label, Now: to.Clauses[is].Words}, true
	}
	return Touch{}, false
}

func wordsAt(text clause.Text, c Change) string {
	if i := find(text, c.Anchor); i >= 0 {
		return CoreWords(text, i, c.Act)
	}
	return ""
}

// introduces is the clause that a clause hangs from, -1 when that is a heading or nothing.
func introduces(text clause.Text, i int) int {
	if i < 0 {
		return -1
	}
	p := text.Clauses[i].Parent
	if p < 0 || text.Clauses[p].Kind == clause.Heading {
		return -1
	}
	return p
}
