package decision

import (
	"errors"
	"slices"

	"concordat/review/clause"
	"concordat/review/record"
	"concordat/review/textdiff"
)

// Act is what a commissioner's text does with a clause of the version that it adopted.
type Act string

// The acts.
const (
	Replace  Act = "replace"   // the clause's own words; what hangs from it stays
	Add      Act = "add"       // after the clause and what hangs from it; after a heading: directly under it
	LeaveOut Act = "leave out" // the clause and what hangs from it
)

// Acts are all acts, in the order of a form.
var Acts = []Act{Replace, Add, LeaveOut}

// Words is the act as it is chosen.
func (a Act) Words() string {
	switch a {
	case Replace:
		return "Replace it"
	case Add:
		return "Add after it"
	case LeaveOut:
		return "Leave it out"
	}
	return ""
}

// Change is one place at which a commissioner's text differs from the version.
type Change struct {
	Act    Act    `bson:"act"`
	Anchor string `bson:"anchor"` // of the clause
	Label  string `bson:"label"`  // how the clause was cited when it was decided: "2.3(a)"
	Was    string `bson:"was"`    // the clause's words then, of LeaveOut with what hung from it; "" where they were not kept
	Text   string `bson:"text"`   // Markdown; "" of LeaveOut
}

// Cited names the clause in a sentence: "paragraph 2.3(a)", "section 2".
func (c Change) Cited() string {
	if c.Label != "" && c.Label[0] >= '0' && c.Label[0] <= '9' {
		return "paragraph " + c.Label
	}
	return c.Label
}

// Told is the change in short: "a different text at paragraph 2.3".
func (c Change) Told() string {
	switch c.Act {
	case Replace:
		return "a different text at " + c.Cited()
	case Add:
		return "an addition after " + c.Cited()
	}
	return c.Cited() + " left out"
}

// Overlay is a local variation: how one commissioner's text differs from the version that it adopted. It is laid over
// the version and is no copy of it, so that what is not varied stays one text.
type Overlay []Change

// MostChanges is how many changes an overlay may have. A text that differs more is another policy.
const MostChanges = 30

// Joined is the text of one commissioner.
type Joined struct {
	// Text has the anchors, numbers and labels of the version. What was added has an anchor of its own and no number:
	// what people cite is the same in all places.
	Text  clause.Text
	Marks []Mark // one for each change, in the order of the text
}

// Mark is where a change shows in a joined text.
type Mark struct {
	Change   int // index into the overlay
	Core     int // the clause of the version
	CoreTo   int // Core <= i < CoreTo are the clauses of the version that are no longer there as they were; none of Add
	From, To int // its clauses in the joined text, From <= i < To; none where something was left out
}

// about tells whether a difference of the joined text is one of this change.
func (m Mark) about(c textdiff.Change) bool {
	return c.After >= m.From && c.After < m.To || c.After < 0 && c.Before >= m.Core && c.Before < m.CoreTo
}

// Apply lays the overlay over a version's text. An empty overlay gives the text as it is. It refuses with
// record.Faults, whose fields name the change by its place: "o0-anchor", "o0-act", "o0-text".
func (o Overlay) Apply(text clause.Text) (Joined, error) {
	if len(o) == 0 {
		return Joined{Text: text}, nil
	}
	p := newPlan(o, text)
	if err := p.faults.Err(); err != nil {
		return Joined{}, err
	}
	p.write()
	return p.join()
}

// Difference is what one change alters, word by word.
type Difference struct {
	Change  int // index into the overlay
	Clauses []textdiff.Change
}

// Differences are what the overlay alters in a version's text, change by change in the order of the joined text, which
// it gives too. It refuses what Apply refuses.
func (o Overlay) Differences(text clause.Text) ([]Difference, Joined, error) {
	joined, err := o.Apply(text)
	if err != nil {
		return nil, Joined{}, err
	}
	diff := textdiff.Compare(text, joined.Text)
	var out []Difference
	for _, m := range joined.Marks {
		d := Difference{Change: m.Change}
		for _, c := range diff.Changes {
			if m.about(c) {
				d.Clauses = append(d.Clauses, c)
			}
		}
		out = append(out, d)
	}
	return out, joined, nil
}

// Choices are the clauses of a version that a change can be about, by index.
func Choices(text clause.Text) []int {
	var out []int
	for i, c := range text.Clauses {
		if c.Anchor != "" && len(acts(text, i)) > 0 {
			out = append(out, i)
		}
	}
	return out
}

// acts are what can be done with a clause. Sections are the same everywhere, so that texts can be compared: under their
// headings something can be added, but the headings stay. So do the head of a table, and of code and notes the words.
func acts(text clause.Text, i int) []Act {
	c := text.Clauses[i]
	switch {
	case c.Kind == clause.Other || c.Words == "":
		return nil
	case c.Kind == clause.Heading && c.Level <= 2:
		return []Act{Add}
	case c.Kind == clause.Heading || isHead(text, i):
		return []Act{Add, LeaveOut}
	case c.Kind == clause.Code || c.Kind == clause.Note:
		return []Act{LeaveOut}
	}
	return Acts
}

// isHead tells whether a clause is the first row of a table.
func isHead(text clause.Text, i int) bool {
	c := text.Clauses[i]
	return c.Kind == clause.Row && (c.Parent < 0 || text.Clauses[c.Parent].Kind != clause.Row)
}

// below is the first clause after i that does not hang from it.
func below(text clause.Text, i int) int {
	j := i + 1
	for j < len(text.Clauses) && hangs(text, j, i) {
		j++
	}
	return j
}

func hangs(text clause.Text, j, from int) bool {
	for p := text.Clauses[j].Parent; p >= 0; p = text.Clauses[p].Parent {
		if p == from {
			return true
		}
	}
	return false
}

func find(text clause.Text, anchor string) int {
	return slices.IndexFunc(text.Clauses, func(c clause.Clause) bool { return anchor != "" && c.Anchor == anchor })
}

// cited is the overlay in the order of the text, with how its clauses are cited there and what their words are.
func (o Overlay) cited(text clause.Text) Overlay {
	out := slices.Clone(o)
	for n, c := range out {
		if i := find(text, c.Anchor); i >= 0 {
			out[n].Label, out[n].Was = text.Clauses[i].Label, CoreWords(text, i, c.Act)
		}
	}
	slices.SortStableFunc(out, func(a, b Change) int { return find(text, a.Anchor) - find(text, b.Anchor) })
	return out
}

// CoreWords are the words of a version that a change of clause i is about; each clause that is left out has its line.
func CoreWords(text clause.Text, i int, act Act) string {
	words := text.Clauses[i].Words
	if act == LeaveOut {
		for j := i + 1; j < below(text, i); j++ {
			words += "\n" + text.Clauses[j].Words
		}
	}
	return words
}

// tidy trims what was typed, and takes out the words of what is left out.
func (o Overlay) tidy() Overlay {
	var out Overlay
	for _, c := range o {
		c.Text = trim(c.Text)
		if c.Act == LeaveOut {
			c.Text = ""
		}
		out = append(out, c)
	}
	return out
}

// faults are what is too long, or else what Apply refuses.
func (o Overlay) faults(text clause.Text) (faults record.Faults) {
	for n, c := range o {
		faults.Add(len([]rune(c.Text)) > MaxVariation, changeField(n, "text"), "The text must be 20,000 characters or fewer")
	}
	faults.Add(len(o) > MostChanges, "overlay", "Make 30 changes or fewer. A text that differs more is better a policy of its own")
	if len(faults) == 0 {
		_, err := o.Apply(text)
		errors.As(err, &faults)
	}
	return faults
}
