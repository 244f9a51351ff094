package harmony

import (
	"fmt"
	"slices"
	"strings"

	"concordat/review/textdiff"
)

// Access says what it means for patients of a place that it has no policy.
type Access string

// What no policy can mean. The zero Access: nobody could say.
const (
	NotKnown     Access = ""
	OpenAccess   Access = "open"     // clinicians decide, nothing restricts
	NationalText Access = "national" // the national text is used as it is
)

// Standing is what is known of a place beside its text.
type Standing struct {
	Without Access // what it means that it has no policy; of a place with one it is not looked at
	Funds   Funds  // how far it funds the treatment today
}

// Funds is how far a treatment is funded, as its position says: the higher, the more patients. The zero Funds is not
// known.
type Funds int

// How far. FundsNone is not routinely funded at all.
const (
	FundsNone Funds = iota + 1
	FundsTrial
	FundsApproved
	FundsCriteria
	FundsAll
)

// Change is one criterion as it would change for a place when the base takes the place of its text. Its effect is what is
// proved of it.
type Change struct {
	Key, Name string // of the row
	Today     Entry
	Proposed  Entry
	Effect    textdiff.Effect
	Why       string // in words
	Reworded  bool   // both texts have it, in other words
	Mandated  bool   // what is proposed is what the national text has
}

// Consequence is what the base would change for the patients of one place.
type Consequence struct {
	Place, Name string
	Without     string // what it means that it has no policy, in words; "" when it has one
	// Effect is that of the whole. It is unclear as soon as one criterion is, but where the treatment is no longer funded.
	Effect   textdiff.Effect
	Counts   Counts
	Position textdiff.Effect // what the change of position alone does; unclear when a position is not known
	Ends     bool            // it was funded and would be no longer
	Begins   bool            // it was not funded and would be
	Changes  []Change        // the criteria that the place or the base has, in the order of the rows
	Doubt    string          // why nothing can be told of the whole; "" when something can
}

// Counts are how many criteria have each effect. Of Unclear nothing is proved: people must read them.
type Counts struct{ Same, Narrower, Wider, Mixed, Opposite, Unclear int }

func (c *Counts) add(e textdiff.Effect) {
	switch e {
	case textdiff.NoEffect:
		c.Same++
	case textdiff.Narrower:
		c.Narrower++
	case textdiff.Wider:
		c.Wider++
	case textdiff.Mixed:
		c.Mixed++
	case textdiff.Opposite:
		c.Opposite++
	default:
		c.Unclear++
	}
}

// Whole is the effect of all criteria together.
func (c Counts) Whole() textdiff.Effect {
	whole := textdiff.NoEffect
	for _, x := range []struct {
		n int
		e textdiff.Effect
	}{{c.Narrower, textdiff.Narrower}, {c.Wider, textdiff.Wider}, {c.Mixed, textdiff.Mixed}, {c.Opposite, textdiff.Opposite}, {c.Unclear, textdiff.Unclear}} {
		if x.n > 0 {
			whole = whole.And(x.e)
		}
	}
	return whole
}

// All is how many criteria there are.
func (c Counts) All() int {
	return c.Same + c.Narrower + c.Wider + c.Mixed + c.Opposite + c.Unclear
}

// Plus are the counts of both.
func (c Counts) Plus(o Counts) Counts {
	return Counts{c.Same + o.Same, c.Narrower + o.Narrower, c.Wider + o.Wider, c.Mixed + o.Mixed, c.Opposite + o.Opposite, c.Unclear + o.Unclear}
}

// Proof says how much of what is counted is not proved: "Of 12 criteria, 9 are not proved: read both texts." "" when there
// are none.
func (c Counts) Proof() string {
	all := c.All()
	switch {
	case all == 0:
		return ""
	case c.Unclear == 0:
		return fmt.Sprintf("What is said of %s is proved.", counted(all, "criterion", "criteria"))
	case c.Unclear == all:
		return fmt.Sprintf("Of %s nothing is proved: read both texts.", counted(all, "criterion", "criteria"))
	case c.Unclear == 1:
		return fmt.Sprintf("Of %d criteria, 1 is not proved: read both texts.", all)
	}
	return fmt.Sprintf("Of %d criteria, %d are not proved: read both texts.", all, c.Unclear)
}

// Words are the counts that are not zero, such as "2 narrower, 1 wider, 6 same".
func (c Counts) Words() string {
	var out []string
	for _, x := range []struct {
		n    int
		word string
	}{{c.Narrower, "narrower"}, {c.Wider, "wider"}, {c.Mixed, "mixed"}, {c.Opposite, "opposite"}, {c.Unclear, "not proved"}, {c.Same, "same"}} {
		if x.n > 0 {
			out = append(out, fmt.Sprintf("%d %s", x.n, x.word))
		}
	}
	return strings.Join(out, ", ")
}

// Words are the whole with its counts: "mixed: 2 narrower, 1 wider, 6 same".
func (c *Consequence) Words() string {
	if c.Doubt != "" {
		return "not proved: " + c.Doubt
	}
	words := string(c.Effect)
	if c.Effect == textdiff.Unclear {
		words = "not proved"
	}
	switch {
	case c.Ends:
		words += ": no longer funded"
	case c.Begins:
		words += ": funded, and was not"
	}
	if counts := c.Counts.Words(); counts != "" {
		words += ": " + counts
	}
	return words
}

// MayTake tells whether some patients may lose by it, as far as can be told.
func (c *Consequence) MayTake() bool {
	n := c.Counts
	return c.Doubt != "" || c.Position == textdiff.Narrower || n.Narrower+n.Mixed+n.Opposite+n.Unclear > 0
}

// MayGive tells whether some patients may gain by it, as far as can be told.
func (c *Consequence) MayGive() bool {
	n := c.Counts
	return c.Doubt != "" || c.Position == textdiff.Wider || n.Wider+n.Mixed+n.Opposite+n.Unclear > 0
}

// Changing are the criteria that are not the same, in order.
func (c *Consequence) Changing() []Change {
	return slices.DeleteFunc(slices.Clone(c.Changes), func(x Change) bool { return x.Effect == textdiff.NoEffect })
}

// Consequences tells for each place what would change for its patients if the base took the place of its text today,
// texts about another treatment last. standing is what is known of the places beside their texts, proposed how far the
// base funds the treatment.
func (m *Matrix) Consequences(standing map[string]Standing, proposed Funds) []Consequence {
	out := make([]Consequence, 0, len(m.Columns)+len(m.Strangers))
	for i := range m.Columns {
		out = append(out, m.consequence(i, standing[m.Columns[i].Place], proposed))
	}
	for _, x := range m.Strangers {
		out = append(out, Untold(x.Place, x.Name, "its text seems to be about another treatment"))
	}
	return out
}

// Together joins the consequences for a place that took over the texts of several. Of none nothing can be told.
func Together(list []Consequence) Consequence {
	switch len(list) {
	case 0:
		return Untold("", "", "what it has today is not recorded")
	case 1:
		return list[0]
	}
	out := Consequence{Effect: textdiff.NoEffect, Position: textdiff.NoEffect}
	for _, c := range list {
		out.Effect, out.Position = out.Effect.And(c.Effect), out.Position.And(c.Position)
		out.Ends, out.Begins = out.Ends || c.Ends, out.Begins || c.Begins
		out.Changes = append(out.Changes, c.Changes...)
		for _, x := range c.Changes {
			out.Counts.add(x.Effect)
		}
		if c.Doubt != "" {
			out.Doubt = "in the area of " + c.Name + " " + c.Doubt
		}
	}
	return out
}

// Untold is the consequence for a place of which nothing can be told, and why.
func Untold(place, name, why string) Consequence {
	return Consequence{Place: place, Name: name, Effect: textdiff.Unclear, Position: textdiff.Unclear, Doubt: why}
}

// consequence is that of one column.
func (m *Matrix) consequence(column int, s Standing, proposed Funds) Consequence {
	col := m.Columns[column]
	if why := m.untold(col, s); why != "" {
		c := Untold(col.Place, col.Name, why)
		c.Without = col.Without
		return c
	}
	c := Consequence{Place: col.Place, Name: col.Name, Without: col.Without}
	today := s.Funds
	if col.Without != "" && s.Without == OpenAccess {
		today = FundsAll
	}
	c.place(today, proposed)
	for i := range m.Rows {
		if x, ok := m.change(i, column, s); ok {
			c.Counts.add(x.Effect)
			c.Changes = append(c.Changes, x)
		}
	}
	switch c.Effect = c.Counts.Whole(); {
	case c.Ends: // nobody can gain by a criterion then
		c.Effect = textdiff.Narrower
	case c.Position != textdiff.Unclear:
		c.Effect = c.Effect.And(c.Position)
	}
	return c
}

// untold says why nothing can be told of a place; "" when something can.
func (m *Matrix) untold(col Column, s Standing) string {
	has := func(entry func(*Row) Entry) bool {
		return slices.ContainsFunc(m.Rows, func(r Row) bool { return !entry(&r).Empty() })
	}
	switch {
	case !has(m.BaseOf):
		return "there are no criteria to compare with yet"
	case m.past[string(m.Base)] != "":
		return "the text that it is compared with " + m.past[string(m.Base)]
	case col.Without == "" && m.past[col.Place] != "":
		return "its text " + m.past[col.Place]
	case col.Without == "" && len(col.Reading.Criteria) == 0:
		return "no criterion could be read in its text"
	case col.Without == "" || s.Without == OpenAccess:
		return ""
	case s.Without == NationalText && m.past[string(National)] != "":
		return "the national text, which it uses, " + m.past[string(National)]
	case s.Without == NationalText && has(func(r *Row) Entry { return r.National }):
		return ""
	case s.Without == NationalText:
		return "it uses the national text, which is not given here"
	}
	return "it has no policy, and what that means there is not known"
}

// place judges the positions.
func (c *Consequence) place(today, proposed Funds) {
	if c.Position = textdiff.Unclear; today == 0 || proposed == 0 {
		return
	}
	c.Ends = today > FundsNone && proposed == FundsNone
	c.Begins = today == FundsNone && proposed > FundsNone
	switch {
	case today > proposed:
		c.Position = textdiff.Narrower
	case today < proposed:
		c.Position = textdiff.Wider
	default:
		c.Position = textdiff.NoEffect
	}
}

// change is one row for one place; ok is false when neither its text nor the base has the criterion.
func (m *Matrix) change(row, column int, s Standing) (x Change, ok bool) {
	r := &m.Rows[row]
	cell, proposed := r.Cells[column], m.BaseOf(r)
	x = Change{Key: r.Key, Name: r.Name, Today: cell.Entry, Proposed: proposed, Effect: cell.Effect, Why: cell.Why}
	without := m.Columns[column].Without != ""
	open := without && s.Without == OpenAccess
	switch {
	case !without:
	case open:
		x.Effect, x.Why = textdiff.Unclear, "clinicians decide today; what this asks for must be read"
	default:
		x.Today = r.National
		x.Effect, x.Why = textdiff.Prove(r.National.passages, proposed.passages)
	}
	switch {
	case x.Today.Empty() && proposed.Empty():
		return Change{}, false
	case x.Effect != textdiff.Unclear:
	case x.Today.Empty() && !open:
		x.Why = "nothing like it was found in what applies today"
	case proposed.Empty():
		x.Why = "nothing like it was found in what is proposed"
	}
	x.Reworded = !x.Today.Empty() && !proposed.Empty() && x.Today.Folded() != proposed.Folded()
	if !proposed.Empty() && !r.National.Empty() {
		x.Mandated = r.National.same(proposed)
	}
	return x, true
}

// Folded are the entry's words in the form in which wordings are compared; "" when it says nothing.
func (e Entry) Folded() string {
	if e.Empty() {
		return ""
	}
	return Fold(e.Words())
}
