package textdiff

import (
	"cmp"
	"slices"

	"concordat/review/clause"
)

// Class says what kind of thing a change is.
type Class string

// The classes. The names are the words that pages show. Typographic and WordingOnly are proved to be the same: in equal
// words, and in words that are known to be equal. OtherWords are any that are not.
const (
	Typographic      Class = "typographic"
	Layout           Class = "layout"
	WordingOnly      Class = "wording only"
	OtherWords       Class = "other words"
	TextAdded        Class = "text added"
	TextRemoved      Class = "text removed"
	QuantityChanged  Class = "quantity"
	CriterionAdded   Class = "criterion added"
	CriterionRemoved Class = "criterion removed"
	BindingChanged   Class = "binding changed"
	ModalityChanged  Class = "modality"
	NegationChanged  Class = "negation"
	PositionChanged  Class = "position"
	CodeChanged      Class = "code"
	DateChanged      Class = "date"
	PlaceChanged     Class = "moved"
	ClauseSplit      Class = "split"
	ClausesMerged    Class = "merged"
	TableChanged     Class = "table"
)

// weights orders the classes, the weightiest first. A change of several classes is known by the weightiest.
var weights = []Class{PositionChanged, NegationChanged, BindingChanged, TableChanged, CriterionAdded, CriterionRemoved, QuantityChanged, ModalityChanged,
	CodeChanged, DateChanged, OtherWords, TextAdded, TextRemoved, ClauseSplit, ClausesMerged, PlaceChanged, WordingOnly, Layout, Typographic}

// Finding is one thing that a change is: its class, what it does for patients, and why in words.
type Finding struct {
	Class  Class
	Effect Effect
	Why    string // a sentence
}

// Classified is one thing that was done between two texts. It is known by the weightiest of its findings.
type Classified struct {
	// Changes are indexes into Diff.Changes, rising: several where one thing was done to several clauses, such as a
	// paragraph that became a list.
	Changes []int
	Finding
	Others []Finding // the lighter ones
}

// Classify says of each change what it is and what is proved that it does for patients, in the order of d; what is not
// proved is Unclear. Clauses that are equal, their markup too, are in no Classified. Its time grows with what changed,
// not with the texts.
func Classify(before, after clause.Text, d Diff) []Classified {
	us := units(before, after, d)
	j := judge{before, after, Folds{}}
	out := make([]Classified, len(us))
	for i, u := range us {
		out[i] = known(u.changes, j.findings(u))
	}
	return out
}

// known puts the weightiest finding first; of one class that which does something for patients.
func known(changes []int, found []Finding) Classified {
	slices.SortStableFunc(found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(slices.Index(weights, a.Class), slices.Index(weights, b.Class)), cmp.Compare(still(a), still(b)))
	})
	out := Classified{Changes: changes, Finding: found[0]}
	for _, f := range found[1:] {
		if f.Class != out.Class && !slices.ContainsFunc(out.Others, func(o Finding) bool { return o.Class == f.Class }) {
			out.Others = append(out.Others, f)
		}
	}
	return out
}

func still(f Finding) int {
	if f.Effect == NoEffect {
		return 1
	}
	return 0
}

// Substantive tells whether any change may matter to a patient: whether it does something, or nobody can tell. A text
// with substantive changes is another text to those who adopted the one before.
func Substantive(changes []Classified) bool {
	return slices.ContainsFunc(changes, func(c Classified) bool {
		return c.Effect != NoEffect || slices.ContainsFunc(c.Others, func(f Finding) bool { return f.Effect != NoEffect })
	})
}

// Weightiest is the finding by which all changes together are known; ok is false when there are none.
func Weightiest(changes []Classified) (lead Finding, ok bool) {
	var all []Finding
	for _, c := range changes {
		all = append(all, c.Finding)
	}
	if len(all) == 0 {
		return Finding{}, false
	}
	return known(nil, all).Finding, true
}
