package diffview

import (
	"strconv"
	"strings"

	"concordat/review/clause"
	"concordat/review/textdiff"
)

// The words for each kind of change and the mark that draws it.
var marks = map[textdiff.Kind][]Mark{
	textdiff.Same:        {{"other", "Layout only"}},
	textdiff.Edited:      {{"other", "Changed"}},
	textdiff.Added:       {{"moved", "New"}},
	textdiff.Removed:     {{"none", "Removed"}},
	textdiff.Moved:       {{"moved", "Moved"}, {"same", "Words not changed"}},
	textdiff.MovedEdited: {{"moved", "Moved"}, {"other", "Changed"}},
}

func marksOf(ch *textdiff.Change) []Mark { return marks[ch.Kind] }

// note says what the words alone do not show.
func note(ch *textdiff.Change, c *clause.Clause) string {
	switch {
	case c.Words == "":
		return "This part has no words of its own: it is a line across the page, or code that readers do not see."
	case ch.Markup:
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
	for _, word := range []string{"Changed", "New", "Removed", "Moved", "Layout only"} {
		if n := counts[word]; n > 0 {
			parts = append(parts, strconv.Itoa(n)+" "+strings.ToLower(word))
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
