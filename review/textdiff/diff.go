// Package textdiff is about what changed between two texts, as data: which clauses stayed, were edited, came,
// went or moved, and within an edited clause which words; and about joining what two people changed at once.
package textdiff

import (
	"fmt"
	"strings"

	"concordat/review/clause"
)

// Kind says what became of a clause.
type Kind string

// The kinds of change. Same and Moved mean that the words are equal.
const (
	Same        Kind = "same"
	Edited      Kind = "edited"
	Added       Kind = "added"
	Removed     Kind = "removed"
	Moved       Kind = "moved"
	MovedEdited Kind = "moved and edited"
	// Parted clauses are the parts of one clause of the text before, Joined ones became together one of the text after.
	Parted Kind = "split"
	Joined Kind = "merged"
)

// Diff is the difference of two texts. It is the same on every run.
type Diff struct {
	// Changes are in the order of the text after; a removed clause stands where it stood among those that
	// stayed. Each clause of either text is in exactly one change, equal ones included; but one that was parted is
	// Before in the change of each part, and one that others were joined into is After in the change of each of them:
	// these stand together, and the words of that side, joined, are the clause's.
	Changes []Change
}

// Change is what became of one clause.
type Change struct {
	Kind          Kind
	Before, After int // indexes into the clauses of the two texts, -1 for none
	// Markup is true when the words are equal and the Markdown is not: emphasis, a link's address, a list
	// where a paragraph was, a heading of another level.
	Markup bool
	// Words are the clause's words (clause.Clause.Words, thus valid UTF-8 whatever the Markdown holds). Equal
	// and Delete runs joined are the words before, Equal and Insert runs the words after. No word is split.
	Words []Span
}

// Compare finds what changed. Clauses are paired as clause.Align says. Two texts of any content are compared in
// bounded time: a clause of very many words that differ, or words beyond a total, is shown as replaced whole.
func Compare(before, after clause.Text) Diff {
	al := clause.Align(before, after)
	w := walker{al: al, comparer: comparer{before: before, after: after, budget: totalProduct, equal: make([]Span, 0, len(after.Clauses))}}
	w.parted, w.joined = clause.Parts(before, after, al)
	w.out = make([]Change, 0, max(len(before.Clauses), len(after.Clauses)))
	w.flush()
	for a := range al.Before {
		w.clause(a)
	}
	return Diff{Changes: w.out}
}

// walker goes through the text after and lays what was removed between.
type walker struct {
	comparer
	al             clause.Alignment
	parted, joined map[int][]int // by clause of the text before, and of the text after
	gone           int           // the next clause of the text before that may have been removed
	out            []Change
}

func (w *walker) flush() {
	for ; w.gone < len(w.al.After) && (w.al.After[w.gone] < 0 || w.al.Moved[w.al.After[w.gone]]); w.gone++ {
		if w.al.After[w.gone] < 0 {
			w.out = append(w.out, w.removed(w.gone))
		}
	}
}

// clause adds what became of clause a of the text after, and what was removed behind it.
func (w *walker) clause(a int) {
	b := w.al.Before[a]
	if b < 0 {
		w.out = append(w.out, w.added(a))
		return
	}
	last := b
	switch parts := w.parted[b]; {
	case len(parts) > 0 && a != parts[0]:
		return // told with the first part
	case len(parts) > 0:
		w.out = w.split(w.out, b, parts)
	case len(w.joined[a]) > 0:
		w.out = w.merged(w.out, w.joined[a], a)
		last = w.joined[a][len(w.joined[a])-1]
	default:
		w.out = append(w.out, w.kept(b, a, w.al.Moved[a]))
	}
	if b == w.gone {
		w.gone = last + 1
		w.flush()
	}
}

// comparer compares the clauses of two texts within one budget.
type comparer struct {
	before, after clause.Text
	budget        int    // token products left
	equal         []Span // room for clauses whose words are equal, one span each
	alphabet      alphabet
}

func (c *comparer) removed(b int) Change {
	return Change{Kind: Removed, Before: b, After: -1, Words: spans(Delete, c.before.Clauses[b].Words)}
}

func (c *comparer) added(a int) Change {
	return Change{Kind: Added, Before: -1, After: a, Words: spans(Insert, c.after.Clauses[a].Words)}
}

// split tells what became of a clause that was parted.
func (c *comparer) split(out []Change, b int, parts []int) []Change {
	words := make([]string, len(parts))
	for i, a := range parts {
		words[i] = c.after.Clauses[a].Words
	}
	for i, runs := range c.parts(c.before.Clauses[b].Words, words) {
		out = append(out, Change{Kind: Parted, Before: b, After: parts[i], Words: runs})
	}
	return out
}

// merged tells what clauses became that were joined.
func (c *comparer) merged(out []Change, parts []int, a int) []Change {
	words := make([]string, len(parts))
	for i, b := range parts {
		words[i] = c.before.Clauses[b].Words
	}
	for i, runs := range c.parts(c.after.Clauses[a].Words, words) {
		out = append(out, Change{Kind: Joined, Before: parts[i], After: a, Words: swapped(runs)})
	}
	return out
}

func (c *comparer) kept(b, a int, moved bool) Change {
	x, y := &c.before.Clauses[b], &c.after.Clauses[a]
	ch := Change{Kind: Same, Before: b, After: a}
	if x.Words == y.Words {
		ch.Words = c.same(x.Words)
		ch.Markup = x.Kind != y.Kind || x.Level != y.Level ||
			c.before.Markdown[x.Offset:x.End] != c.after.Markdown[y.Offset:y.End]
		if moved {
			ch.Kind = Moved
		}
		return ch
	}
	ch.Kind = Edited
	if moved {
		ch.Kind = MovedEdited
	}
	if x.Kind == clause.Row && y.Kind == clause.Row {
		ch.Words = c.rows(x.Words, y.Words)
		return ch
	}
	ch.Words = c.words(x.Words, y.Words)
	return ch
}

// same is one span of equal words: most clauses of most texts have nothing else.
func (c *comparer) same(words string) []Span {
	if words == "" {
		return nil
	}
	n := len(c.equal)
	c.equal = append(c.equal, Span{Equal, words})
	return c.equal[n : n+1 : n+1]
}

// Counts are the numbers of changes by kind.
type Counts struct {
	Same, Edited, Added, Removed, Moved, MovedEdited int
	Parted, Joined                                   int // clauses that became several, and that several became
	Markup                                           int // of those of equal words, how many differ in markup
}

// Changed is the number of clauses whose words or place changed.
func (c Counts) Changed() int {
	return c.Edited + c.Added + c.Removed + c.Moved + c.MovedEdited + c.Parted + c.Joined
}

// Counts counts the changes by kind.
func (d Diff) Counts() Counts {
	var c Counts
	for i, ch := range d.Changes {
		switch ch.Kind {
		case Parted, Joined:
			if d.goesOn(i) {
				continue
			}
			if ch.Kind == Parted {
				c.Parted++
			} else {
				c.Joined++
			}
		case Same:
			c.Same++
		case Edited:
			c.Edited++
		case Added:
			c.Added++
		case Removed:
			c.Removed++
		case Moved:
			c.Moved++
		case MovedEdited:
			c.MovedEdited++
		}
		if ch.Markup {
			c.Markup++
		}
	}
	return c
}

// goesOn tells whether change i is of the same clause as the one before: another part of it.
func (d Diff) goesOn(i int) bool {
	if i == 0 {
		return false
	}
	x, y := &d.Changes[i-1], &d.Changes[i]
	return x.Kind == y.Kind && (y.Kind == Parted && x.Before == y.Before || y.Kind == Joined && x.After == y.After)
}

// Sources rebuilds both Markdown sources, byte for byte, from the difference and the two texts. It fails when
// the difference is not one of these texts: when a clause is missing, doubled or has other words.
func (d Diff) Sources(before, after clause.Text) (string, string, error) {
	was := make([]int, len(before.Clauses)) // how often each clause occurs
	is := make([]int, len(after.Clauses))
	var old, now string
	for i, ch := range d.Changes {
		if ch.Before >= len(was) || ch.After >= len(is) {
			return "", "", fmt.Errorf("rebuilding sources: change %d names a clause that is not there", i)
		}
		more := d.goesOn(i)
		if !more || ch.Kind != Parted {
			old = ""
			if ch.Before >= 0 {
				was[ch.Before]++
			}
		}
		if !more || ch.Kind != Joined {
			now = ""
			if ch.After >= 0 {
				is[ch.After]++
			}
		}
		old, now = old+Before(ch.Words), now+After(ch.Words)
		if i+1 < len(d.Changes) && d.goesOn(i+1) {
			if ch.Kind == Parted && now == after.Clauses[ch.After].Words || ch.Kind == Joined && old == before.Clauses[ch.Before].Words {
				continue
			}
		}
		if ch.Before >= 0 && before.Clauses[ch.Before].Words != old {
			return "", "", fmt.Errorf("rebuilding sources: change %d has other words than the text before", i)
		}
		if ch.After >= 0 && after.Clauses[ch.After].Words != now {
			return "", "", fmt.Errorf("rebuilding sources: change %d has other words than the text after", i)
		}
	}
	x, err := join(before, was)
	if err != nil {
		return "", "", fmt.Errorf("rebuilding the text before: %w", err)
	}
	y, err := join(after, is)
	if err != nil {
		return "", "", fmt.Errorf("rebuilding the text after: %w", err)
	}
	return x, y, nil
}

func join(t clause.Text, times []int) (string, error) {
	var b strings.Builder
	for i, n := range times {
		if n != 1 {
			return "", fmt.Errorf("clause %d occurs %d times", i, n)
		}
		b.WriteString(t.Gap(i))
		b.WriteString(t.Source(i))
	}
	b.WriteString(t.Gap(len(t.Clauses)))
	return b.String(), nil
}
