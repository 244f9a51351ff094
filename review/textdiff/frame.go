package textdiff

import (
	"slices"
	"strings"

	"concordat/review/clause"
)

// frame is what a clause hangs from: the words that introduce it, and the headings above.
type frame struct {
	over []over
	list binding // how the items beside it say that they are joined
}

// over is one clause that others hang from.
type over struct {
	signs   []sign
	heading bool
	title   bool // the heading that the text begins with
}

// binding is how many of a list are needed, as its words say: "" when they do not.
type binding string

const (
	unsaid    binding = ""
	allOfList binding = "all"
	oneOfList binding = "any"
	unread    binding = "unread" // they say several things, or something that is not understood
	counted   binding = "at least "
)

// How far a frame is read: beyond it nothing is proved of what hangs there.
const (
	mostOver    = 32    // clauses
	longestOver = 1_000 // bytes of one
)

// frame reads what clause i hangs from, nearest first.
func (folds Folds) frame(t clause.Text, i int) frame {
	f := frame{list: joints(t, i)}
	for p := t.Clauses[i].Parent; p >= 0; {
		c := &t.Clauses[p]
		if len(f.over) == mostOver || len(c.Words) > longestOver {
			f.list = unread
			return f
		}
		f.over = append(f.over, over{signs: folds.of(c.Words), heading: c.Kind == clause.Heading, title: c.Kind == clause.Heading && p == 0})
		if goesOn := c.Kind != clause.Heading && continues(c.Words); goesOn && p > 0 {
			p = before(t, p)
			continue
		}
		p = c.Parent
	}
	return f
}

// continues tells whether words only go on with what stood before: "AND", "or any of the following:".
func continues(words string) bool {
	first, _, _ := strings.Cut(strings.ToLower(words), " ")
	switch strings.Trim(first, ".,;:()") {
	case "and", "or", "and/or", "also", "plus", "additionally", "otherwise", "alternatively", "but", "in":
		return true
	}
	return false
}

// before is the clause that what goes on at p goes on with: what the list above it hangs from, else the clause above.
func before(t clause.Text, p int) int {
	if k := p - 1; t.Clauses[k].Kind == clause.Item {
		for k >= 0 && t.Clauses[k].Kind == clause.Item {
			k = t.Clauses[k].Parent
		}
		return k
	}
	return p - 1
}

// joints reads how an item and those beside it end or begin, and what stands alone between two lists: "; or", "AND".
func joints(t clause.Text, i int) binding {
	cs := t.Clauses
	if cs[i].Kind != clause.Item {
		return unsaid
	}
	out := unsaid
	say := func(words string) {
		if b, ok := joint(words); ok && out == unsaid {
			out = b
		} else if ok && out != b {
			out = unread
		}
	}
	first, last := i, i
	for first > max(0, i-beside) && hangsBeside(cs, i, first-1) {
		first--
	}
	for last+1 < min(len(cs), i+beside) && hangsBeside(cs, i, last+1) {
		last++
	}
	for k := first; k <= last; k++ {
		if cs[k].Parent == cs[i].Parent {
			say(cs[k].Words)
		}
	}
	for _, k := range []int{cs[i].Parent, last + 1} {
		if k >= 0 && k < len(cs) && cs[k].Kind == clause.Paragraph && len(cs[k].Words) <= len("and/or.") {
			say(cs[k].Words)
		}
	}
	return out
}

// hangsBeside tells whether clause k is in the list of item i, or below an item of it.
func hangsBeside(cs []clause.Clause, i, k int) bool {
	for k >= 0 && k != cs[i].Parent {
		if cs[k].Parent == cs[i].Parent {
			return cs[k].Kind == clause.Item
		}
		k = cs[k].Parent
	}
	return false
}

// joint reads the word by which an item is joined to the next, or to the one before.
func joint(words string) (binding, bool) {
	w := strings.ToLower(strings.Trim(words, " .,;:()*_"))
	ends := func(word string) bool {
		return w == word || strings.HasSuffix(w, " "+word) || strings.HasSuffix(w, ";"+word) || strings.HasPrefix(w, word+" ")
	}
	switch {
	case ends("and/or"), ends("and or"):
		return unread, true
	case ends("or"):
		return oneOfList, true
	case ends("and"):
		return allOfList, true
	}
	return unsaid, false
}

// sameFrame tells whether two clauses hang from the same: in equal words, or in frames that are read whole and say the
// same of those below.
func sameFrame(x, y frame) bool {
	if x.list != y.list || x.list == unread {
		return false
	}
	return slices.EqualFunc(x.over, y.over, func(a, b over) bool {
		return a.heading == b.heading && sameSigns(a.signs, b.signs) != differ
	})
}

// alikeFrame tells the same of clauses of two documents: titles name the treatment in other words, and sections are named
// otherwise, where both are read whole.
func alikeFrame(x, y frame) bool {
	if sameFrame(x, y) {
		return true
	}
	a, b := readFrame(x), readFrame(y)
	return a.whole && b.whole && a.side == b.side && a.list == b.list
}

// frameReading is what a frame says of those below it.
type frameReading struct {
	whole bool // every word of it is known
	side  clause.Side
	list  binding
}

// readFrame reads a frame. Nothing is known of one that says two things, or has a word that is not understood.
func readFrame(f frame) frameReading {
	out := frameReading{whole: true, list: f.list}
	treatment, introduced := f.names(), false
	for _, o := range f.over {
		side, list, ok := saidOver(o, treatment)
		switch {
		case !ok, side != "" && out.side != "" && side != out.side:
			return frameReading{}
		case list != unsaid && introduced:
			return frameReading{} // a list in a list
		case list != unsaid && out.list != unsaid && list != out.list:
			return frameReading{}
		}
		if !o.heading && introduced {
			return frameReading{}
		}
		introduced = introduced || !o.heading
		if side != "" {
			out.side = side
		}
		if list != unsaid {
			out.list = list
		}
	}
	out.whole = out.list != unread
	return out
}

// names are the words of the headings, which may name the treatment.
func (f frame) names() []sign {
	var out []sign
	for _, o := range f.over {
		if o.heading {
			out = append(out, o.signs...)
		}
	}
	return out
}

// saidOver is what one clause says of those below it.
func saidOver(o over, treatment []sign) (side clause.Side, list binding, ok bool) {
	if !o.heading {
		i := readIntroduction(o.signs, treatment)
		return i.side, i.list, i.whole && len(i.rest) == 0
	}
	if o.title {
		side, ok = headingSide(o.signs)
		return side, unsaid, ok || !turningAmong(o.signs) // it names the treatment
	}
	side, ok = headingSide(o.signs)
	return side, unsaid, ok
}

// headingSide reads on which side a heading puts what stands under it; "" for one that only names something.
func headingSide(ss []sign) (side clause.Side, ok bool) {
	for list, side := range map[string]clause.Side{"criteria headings": clause.Requires, "exclusion headings": clause.Bars} {
		if p, ok := phraseAt(ss, list); ok && len(p.words) == len(ss) {
			return side, true
		}
	}
	for _, s := range ss {
		switch {
		case s.kind != wordSign:
			if s.kind == quantitySign && s.compare != "" {
				return "", false
			}
		case vocabulary.has("exclusion heading", s.text):
			if side == clause.Requires {
				return "", false
			}
			side = clause.Bars
		case vocabulary.has("criteria heading", s.text):
			if side == "" {
				side = clause.Requires
			}
		case vocabulary.has("section heading", s.text), vocabulary.has("duty", s.text), vocabulary.has("fund", s.text) && s.text != "commissioned" || vocabulary.turning(s.text):
			return "", false
		}
	}
	return side, true
}

func among(ss []sign, text string) bool {
	return slices.ContainsFunc(ss, func(s sign) bool { return s.text == text })
}

// turningAmong tells whether a word can turn the sense of the others.
func turningAmong(ss []sign) bool {
	return slices.ContainsFunc(ss, func(s sign) bool { return s.kind == wordSign && vocabulary.turning(s.text) })
}
