package textdiff

import (
	"cmp"
	"slices"
	"strings"

	"concordat/review/clause"
)

// frame is what a clause hangs from: the words that introduce it, the headings above, and all that stands beside it below
// these, for a sentence may turn what stands before or after it.
type frame struct {
	over   []over
	others []other
	list   binding // how the items beside it say that they are joined
}

// other is one clause, other than an item of a list, in the sections in which a clause stands.
type other struct {
	signs []sign
	after bool // it stands behind the clause
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

// frame reads what clause i hangs from, nearest first. own are clauses that are one with it.
func (f Folds) frame(t clause.Text, i int, own ...int) frame {
	out := frame{list: joints(t, i)}
	if !f.standBeside(&out, t, i, own) {
		out.list = unread
		return out
	}
	for p := t.Clauses[i].Parent; p >= 0; {
		c := &t.Clauses[p]
		if len(out.over) == mostOver || len(c.Words) > longestOver {
			out.list = unread
			return out
		}
		o := over{signs: f.of(c.Words), heading: c.Kind == clause.Heading}
		o.title = o.heading && p == 0 && headingSide(o.signs) == ""
		out.over = append(out.over, o)
		if goesOn := c.Kind != clause.Heading && continues(c.Words); goesOn && p > 0 {
			p = before(t, p)
			continue
		}
		p = c.Parent
	}
	return out
}

// standBeside reads what stands in the sections in which clause i stands, the nearest first; false when that is too much.
func (f Folds) standBeside(out *frame, t clause.Text, i int, own []int) bool {
	over := map[int]bool{}
	for p := t.Clauses[i].Parent; p >= 0; p = t.Clauses[p].Parent {
		over[p] = true
	}
	for h := i; ; {
		for h >= 0 && (h == i || t.Clauses[h].Kind != clause.Heading) {
			h = t.Clauses[h].Parent
		}
		for k := h + 1; k < len(t.Clauses) && t.Clauses[k].Kind != clause.Heading; k++ {
			c := &t.Clauses[k]
			row := c.Kind == clause.Row && (k > i || t.Clauses[i].Kind != clause.Row) // rows hang from those above them
			if k == i || over[k] || c.Kind == clause.Item || row || slices.Contains(own, k) {
				continue
			}
			if len(out.others) == mostOver || len(c.Words) > longestOver {
				return false
			}
			out.others = append(out.others, other{f.of(c.Words), k > i})
		}
		if h < 0 {
			return true
		}
		i = h
	}
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

// sameFrame tells whether two clauses hang from the same: in equal words, or in words of which all are known and which say
// the same. Titles may say in other words that they are titles of policies.
func sameFrame(x, y frame) bool {
	if x.list != y.list || x.list == unread {
		return false
	}
	a, b := readFrame(x), readFrame(y)
	if a.whole && a == b && a.side != "" && slices.EqualFunc(named(x.names()), named(y.names()), sameSign) {
		return true
	}
	return slices.EqualFunc(x.over, y.over, sameOver) && slices.EqualFunc(x.others, y.others, func(a, b other) bool {
		return a.after == b.after && sameSigns(a.signs, b.signs) != differ
	})
}

func sameOver(a, b over) bool {
	switch {
	case a.heading != b.heading || a.title != b.title:
		return false
	case sameSigns(a.signs, b.signs) != differ:
		return true
	case a.title:
		return slices.EqualFunc(named(a.signs), named(b.signs), sameSign)
	}
	return a.heading && headingSide(a.signs) != "" && headingSide(a.signs) == headingSide(b.signs)
}

// named is a title without words that only say that it is one of a policy.
func named(ss []sign) []sign {
	return slices.DeleteFunc(slices.Clone(ss), func(s sign) bool { return vocabulary.has("title", s.text) })
}

// frameReading is what a frame says of those below it.
type frameReading struct {
	whole bool // every word of it is known
	funds bool // it says so with a verb of funding, and not by a duty or a heading
	side  clause.Side
	list  binding
}

// readFrame reads a frame. Nothing is known of one that says two things, has a word that is not understood, or has anything
// else beside the clause.
func readFrame(f frame) frameReading {
	out := frameReading{list: f.list}
	if len(f.others) > 0 || len(f.over) == 0 {
		return frameReading{}
	}
	for k, o := range f.over {
		side, list := clause.Side(""), unsaid
		switch {
		case o.title:
			if turningAmong(o.signs) {
				return frameReading{}
			}
		case o.heading:
			if side = headingSide(o.signs); side == "" {
				return frameReading{}
			}
		default:
			i := readIntroduction(o.signs, f.names())
			if k > 0 || !i.whole || len(i.rest) > 0 {
				return frameReading{}
			}
			side, list, out.funds = i.side, i.list, i.funds
		}
		if side != "" && out.side != "" && side != out.side || list != unsaid && out.list != unsaid && list != out.list {
			return frameReading{}
		}
		out.side, out.list = cmp.Or(out.side, side), cmp.Or(out.list, list)
	}
	out.whole = out.list != unread
	return out
}

// names are the words of the title, which names the treatment.
func (f frame) names() []sign {
	for _, o := range f.over {
		if o.title {
			return o.signs
		}
	}
	return nil
}

// headingSide reads on which side a heading puts what stands under it; "" for one that is not known as a whole.
func headingSide(ss []sign) clause.Side {
	for list, side := range map[string]clause.Side{"criteria headings": clause.Requires, "exclusion headings": clause.Bars} {
		if p, ok := phraseAt(ss, list); ok && len(p.words) == len(ss) {
			return side
		}
	}
	return ""
}

func among(ss []sign, text string) bool {
	return slices.ContainsFunc(ss, func(s sign) bool { return s.text == text })
}

// turningAmong tells whether a word can turn the sense of the others.
func turningAmong(ss []sign) bool {
	return slices.ContainsFunc(ss, func(s sign) bool { return s.kind == wordSign && vocabulary.turning(s.text) })
}
