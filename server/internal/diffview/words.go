package diffview

import (
	"strconv"
	"strings"

	"concordat/review/clause"
	"concordat/review/textdiff"
)

// The words for what is proved that a change does for patients, the heaviest first, and the mark that draws them.
var effects = []struct {
	effect textdiff.Effect
	mark   Mark
}{
	{textdiff.Narrower, Mark{"narrower", "Narrower"}},
	{textdiff.Wider, Mark{"wider", "Wider"}},
	{textdiff.Mixed, Mark{"mixed", "Mixed"}},
	{textdiff.Opposite, Mark{"opposite", "Opposite"}},
	{textdiff.Unclear, Mark{"unsure", readBoth}},
}

// readBoth marks a change of which nothing is proved.
const readBoth = "Differs: read both"

// The words for each class of change, the heaviest first, and the mark that draws them.
var classMarks = []struct {
	class textdiff.Class
	mark  Mark
}{
	{textdiff.PositionChanged, Mark{"other", "Position"}},
	{textdiff.NegationChanged, Mark{"other", "Negation"}},
	{textdiff.BindingChanged, Mark{"other", "Binding"}},
	{textdiff.TableChanged, Mark{"other", "Table"}},
	{textdiff.CriterionAdded, Mark{"moved", "Added"}},
	{textdiff.CriterionRemoved, Mark{"none", "Removed"}},
	{textdiff.QuantityChanged, Mark{"other", "Quantity"}},
	{textdiff.ModalityChanged, Mark{"other", "Modality"}},
	{textdiff.CodeChanged, Mark{"other", "Code"}},
	{textdiff.DateChanged, Mark{"date", "Date"}},
	{textdiff.OtherWords, Mark{"other", "Other words"}},
	{textdiff.TextAdded, Mark{"moved", "Text added"}},
	{textdiff.TextRemoved, Mark{"none", "Text removed"}},
	{textdiff.ClauseSplit, Mark{"moved", "Split"}},
	{textdiff.ClausesMerged, Mark{"moved", "Merged"}},
	{textdiff.PlaceChanged, Mark{"moved", "Moved"}},
	{textdiff.WordingOnly, Mark{"same", "Wording only"}},
	{textdiff.Layout, Mark{"same", "Layout"}},
	{textdiff.Typographic, Mark{"same", "Typographic"}},
}

// changed marks a clause whose words are others, of whatever kind the change is.
var changed = Mark{"other", "Changed"}

// kindClasses are the kinds that have the mark of a class.
var kindClasses = map[textdiff.Kind]textdiff.Class{textdiff.Added: textdiff.CriterionAdded, textdiff.Removed: textdiff.CriterionRemoved, textdiff.Parted: textdiff.ClauseSplit,
	textdiff.Joined: textdiff.ClausesMerged, textdiff.Moved: textdiff.PlaceChanged, textdiff.Same: textdiff.Layout}

// told is what is said of a change beside its words.
type told struct {
	marks []Mark // at least one
	class *textdiff.Classified
	why   string
}

// kindTold says only what became of a clause.
func kindTold(ch *textdiff.Change) told {
	switch ch.Kind {
	case textdiff.Edited:
		return told{marks: []Mark{changed}}
	case textdiff.MovedEdited:
		return told{marks: []Mark{changed, markOf(textdiff.PlaceChanged)}}
	}
	return told{marks: []Mark{markOf(kindClasses[ch.Kind])}}
}

// classTold says first what a change does for patients, where it does something, then what it is, and why.
func classTold(c *textdiff.Classified) told {
	all := make([]Mark, 0, 2)
	for i := range effects {
		if effects[i].effect == c.Effect {
			all = append(all, effects[i].mark)
		}
	}
	all = append(all, markOf(c.Class))
	for _, f := range c.Others {
		all = append(all, markOf(f.Class))
	}
	return told{marks: all, class: c, why: reasons(c)}
}

func markOf(class textdiff.Class) Mark {
	for i := range classMarks {
		if classMarks[i].class == class {
			return classMarks[i].mark
		}
	}
	return Mark{"other", string(class)}
}

// reasons are why the change is taken for what it is.
func reasons(c *textdiff.Classified) string {
	why := markOf(c.Class).Word + ": " + c.Why
	for _, f := range c.Others {
		why += " " + markOf(f.Class).Word + ": " + f.Why
	}
	return why
}

// note says what the words alone do not show.
func note(ch *textdiff.Change, c *clause.Clause) string {
	switch {
	case c.Words == "":
		return "This part has no words of its own: it is a line across the page, or code that readers do not see."
	case ch.Markup && ch.Kind == textdiff.Same:
		return "The words are the same. Emphasis, a link’s address, or the kind of list or heading is different."
	}
	return ""
}

// runs gives the words in one text, as they were and as they are.
func runs(words []textdiff.Span) (inline, before, after []Run) {
	for _, s := range words {
		r := Run{Text: s.Text, Added: s.Op == textdiff.Insert, Removed: s.Op == textdiff.Delete}
		inline = append(inline, r)
		if !r.Added {
			before = append(before, r)
		}
		if !r.Removed {
			after = append(after, r)
		}
	}
	return inline, before, after
}

// allMarks are those that the changes of Rows and of Words may have, in the order in which a heading counts them.
func allMarks() []Mark {
	var out []Mark
	for _, e := range effects {
		out = append(out, e.mark)
	}
	out = append(out, changed)
	for _, c := range classMarks {
		out = append(out, c.mark)
	}
	return out
}

// heading counts the changes in words.
func heading(changes []*Change) string {
	if len(changes) == 0 {
		return "No change"
	}
	counts := map[string]int{}
	for _, c := range changes {
		counts[c.Mark.Word]++
	}
	var parts []string
	for _, m := range allMarks() {
		switch n := counts[m.Word]; {
		case n == 0:
		case m.Word == readBoth:
			parts = append(parts, strconv.Itoa(n)+" to be read in both texts")
		default:
			parts = append(parts, strconv.Itoa(n)+" "+strings.ToLower(m.Word))
		}
	}
	total := strconv.Itoa(len(changes)) + " changes"
	if len(changes) == 1 {
		total = "1 change"
	}
	return total + ": " + strings.Join(parts, ", ")
}

// enough is how many bytes of words both texts must have before they can be called unlike: between two lines
// everything may differ.
const enough = 400

// unlike says whether less than a fifth of the words are in both texts.
func unlike(d textdiff.Diff) bool {
	var same, all int
	for _, ch := range d.Changes {
		for _, s := range ch.Words {
			n := len(s.Text)
			if s.Op == textdiff.Equal {
				same += 2 * n
				n *= 2
			}
			all += n
		}
	}
	return all > enough && same*5 < all
}
