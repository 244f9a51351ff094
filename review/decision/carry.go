package decision

import (
	"slices"
	"strings"

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
	Change int      // index into Carried.Overlay
	Label  string   // of what is different, as the earlier version cites it
	Was    string   // its words in the earlier version
	Now    string   // its words in the later version, of all parts when it was parted; "" when it is gone
	Taken  bool     // the later version says what the change says: it may fall away
	Into   []string // what it is now, as the later version cites it, when it was parted or joined
	With   []string // what it was joined with, as the earlier version cites it
}

// Turned tells whether the clause was parted or joined: then nobody but a person can say where the change belongs.
func (t Touch) Turned() bool { return len(t.Into) > 0 }

// Told is what the later version does, in words: "parts paragraph 2.3 into 2.3 and 2.4".
func (t Touch) Told() string {
	cited := Change{Label: t.Label}.Cited()
	switch {
	case len(t.With) > 0 && len(t.Into) > 1:
		return "joins " + cited + " with " + cites(t.With) + " and parts them into " + cites(t.Into)
	case len(t.With) > 0:
		return "joins " + cited + " with " + cites(t.With) + " into " + cites(t.Into)
	case len(t.Into) > 1:
		return "parts " + cited + " into " + cites(t.Into)
	case t.Now == "":
		return "no longer has " + cited
	}
	return "changes " + cited
}

// cites lists labels: "2.3, 2.4 and 2.5".
func cites(labels []string) string {
	last := len(labels) - 1
	if last == 0 {
		return labels[0]
	}
	return strings.Join(labels[:last], ", ") + " and " + labels[last]
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
// those of what is left out with it, or those of the paragraph that introduces it: "all of" may have become "any of". A
// change whose clause went into another stands there, and is touched.
func (o Overlay) Carry(from, to clause.Text) Carried {
	out := Carried{Overlay: o.cited(from)}
	for n, c := range out.Overlay {
		if t, touched := touch(c, from, to); touched {
			t.Change, t.Taken = n, c.Act == Replace && t.Now == saysItself(c.Text)
			out.Touched = append(out.Touched, t)
		}
		i := find(to, c.Anchor)
		if heirs := to.Became(from.Lineage, c.Anchor); i < 0 && len(heirs) > 0 {
			i = heirs[0]
		}
		if i >= 0 {
			x := &out.Overlay[n]
			x.Anchor, x.Label, x.Was = to.Clauses[i].Anchor, to.Clauses[i].Label, CoreWords(to, i, c.Act)
		}
	}
	return out
}

// Turned tells whether a clause that the overlay is about was parted or joined.
func (c Carried) Turned() bool { return slices.ContainsFunc(c.Touched, Touch.Turned) }

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
		return t.turn(c, from, to), true
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

// turn adds whether the clause of a change was parted or joined since the earlier version.
func (t Touch) turn(c Change, from, to clause.Text) Touch {
	now := to.Became(from.Lineage, c.Anchor)
	meets := func(i int) bool { return slices.Contains(now, i) }
	for _, turn := range to.Lineage.Since(from.Lineage) {
		for _, anchor := range turn.From {
			i := find(from, anchor)
			if anchor == c.Anchor || i < 0 || slices.Contains(t.With, from.Clauses[i].Label) {
				continue
			}
			if slices.ContainsFunc(to.Became(from.Lineage, anchor), meets) {
				t.With = append(t.With, from.Clauses[i].Label)
			}
		}
	}
	if len(now) == 0 || len(now) == 1 && to.Clauses[now[0]].Anchor == c.Anchor && len(t.With) == 0 {
		return t
	}
	var words []string
	for _, i := range now {
		t.Into, words = append(t.Into, to.Clauses[i].Label), append(words, CoreWords(to, i, c.Act))
	}
	t.Now = strings.Join(words, " ")
	return t
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
