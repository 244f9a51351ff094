package clause

import "strings"

// Side says how a criterion decides.
type Side string

// The sides. Exempts are those to whom the policy does not apply. Waives says that something is not asked for.
const (
	Requires Side = "requires"
	Bars     Side = "bars"
	Exempts  Side = "exempts"
	Waives   Side = "waives"
)

// Modality is how strongly a clause is meant.
type Modality string

// The modalities. Unsaid is what a list item has that only names a condition.
const (
	Unsaid Modality = ""
	Must   Modality = "must"
	Should Modality = "should"
	May    Modality = "may"
)

// Role says what a criterion is about.
type Role string

// The roles: who is treated, whether the treatment is funded at all, and whether approval is needed first.
const (
	Condition Role = "condition"
	Position  Role = "position"
	Approval  Role = "approval"
)

// Binding says how the members of a group count together.
type Binding string

// The bindings. Loose members stand under one another and nothing says how they are bound; they are taken as all of.
const (
	AllOf      Binding = "all of"
	AnyOf      Binding = "any of"
	AtLeastOf  Binding = "at least"
	NoneOf     Binding = "none of"
	LooseGroup Binding = "loose"
)

// Group binds criteria or other groups.
type Group struct {
	Parent  int // index of the group that this one is a member of, -1 for none
	Binding Binding
	N       int // of AtLeastOf
	Clause  int // whose words bind, -1 when nothing says it
}

// Criterion is the smallest statement of a text that decides who is treated.
type Criterion struct {
	Clause   int // index into Text.Clauses
	From, To int // bytes of that clause's Words
	// Also are clauses that are part of it: the signs of which an episode must show two.
	Also     []int
	Group    int // index into Reading.Groups, -1 for none
	Role     Role
	Side     Side
	Modality Modality
	// Negated is true when it asks for the absence of something: "a non-smoker".
	Negated    bool
	Quantities []Quantity
	Terms      []string // of its words, as Terms gives them
	// Funds is true when it says that somebody is, or is not, funded.
	Funds bool
	// Weak is true when its own words do not show that it decides: background reads so too. Where other texts have the
	// same, it does.
	Weak bool
	// Taken is true when a person said that it is one, and the program did not see it.
	Taken bool
	Vague string // a word that stands for a number: "often"; "" for none
	Doubt string // why it may have been misread; "" when it is sure
	// Context are the words that it hangs from, nearest first: a list's introduction, a table's label. They may be of
	// its own clause.
	Context []string
}

// Reading is a text as its criteria.
type Reading struct {
	Text     Text
	Groups   []Group
	Criteria []Criterion // in the order of the text
}

// Words are a criterion's exact words.
func (r Reading) Words(i int) string {
	c := r.Criteria[i]
	words := strings.TrimSpace(r.Text.Clauses[c.Clause].Words[c.From:c.To])
	for k, also := range c.Also {
		sep := "; "
		if k == 0 {
			sep = " "
		}
		words += sep + strings.TrimRight(r.Text.Clauses[also].Words, ".,; ")
	}
	return words
}

// Wants tells whether a patient needs to have what it speaks of, as against to lack it: "smokers are excluded" and "a
// non-smoker" both want no smoking.
func (c Criterion) Wants() bool { return (c.Side == Requires) != c.Negated }

// Alternative tells whether meeting the criterion is one of several ways: it is in a group of which not all are needed.
func (r Reading) Alternative(i int) bool {
	for g := r.Criteria[i].Group; g >= 0; g = r.Groups[g].Parent {
		switch r.Groups[g].Binding {
		case AnyOf, AtLeastOf:
			return true
		}
	}
	return false
}

// Criteria reads what decides who is treated. What is not sure is said in Doubt; nothing is guessed silently.
func (t Text) Criteria() Reading {
	r := criteriaReader{out: Reading{Text: t}, frames: make([]frame, len(t.Clauses)), lists: map[int]int{}}
	for i := range t.Clauses {
		r.clause(i)
	}
	return r.out
}

// frame is what a clause hands on to those that hang from it.
type frame struct {
	group  int
	side   Side
	read   bool   // whether what hangs from it is read as criteria
	barred bool   // whether nothing below is read at all
	words  string // its own words as context; "" for none
}

// criteriaReader walks a text's clauses in order.
type criteriaReader struct {
	out    Reading
	frames []frame
	lists  map[int]int // the group of the items that hang from a clause
	title  *frame      // of the last short line that stands like a heading
	under  int         // what that line hangs from
}

var top = frame{group: -1, side: Requires}

func (r *criteriaReader) above(i int) frame {
	p := r.out.Text.Clauses[i].Parent
	if p < 0 || p >= i {
		return top
	}
	return r.frames[p]
}

func (r *criteriaReader) clause(i int) {
	c := &r.out.Text.Clauses[i]
	up := r.above(i)
	if r.title != nil && c.Parent == r.under {
		up = *r.title
	}
	f := frame{group: up.group, side: up.side, read: up.read, barred: up.barred}
	switch c.Kind {
	case Heading:
		r.title = nil
		if r.heading(&f, c.Words); i == 0 && !anyWord(lex(c.Words), criteriaTitles) {
			f.read = false // "Cataract surgery" names the treatment
		}
	case Row:
		r.row(i, &f, up)
	case Other, Code, Note:
		f.barred = true
	default:
		if r.standsAsTitle(i) {
			f = r.above(i)
			r.heading(&f, c.Words)
			r.title, r.under = &f, c.Parent
		} else if !f.barred {
			r.standing(i, &f, up)
		}
	}
	r.frames[i] = f
}

// standsAsTitle tells whether a paragraph is a heading in all but its marks: a short line without an end, with more
// beside it.
func (r *criteriaReader) standsAsTitle(i int) bool {
	cs := r.out.Text.Clauses
	c := &cs[i]
	if c.Kind != Paragraph || len(c.Words) > 48 || i+1 >= len(cs) || cs[i+1].Parent != c.Parent || strings.ContainsAny(c.Words, ".,;:?|0123456789") {
		return false
	}
	ts := lex(c.Words)
	return len(ts) > 0 && len(ts) <= 5 && (anyWord(ts, otherHeadings) || anyWord(ts, criteriaHeadings) || hasWords(ts, "not", "covered"))
}

// heading says by its words what stands under it.
func (r *criteriaReader) heading(f *frame, words string) {
	ts := lex(words)
	f.words = words
	switch {
	case anyWord(ts, otherHeadings) && !anyWord(ts, criteriaHeadings), leadsAway(ts):
		f.barred, f.read = true, false
	case anyWord(ts, criteriaHeadings):
		f.read, f.barred = true, false
	}
	if side, ok := sideOfHeading(ts); ok {
		f.side = side
	}
	if b, n := bindingOf(ts); b != "" {
		f.group = r.newGroup(f.group, b, n, -1)
	}
}

// leadsAway tells whether a heading is about those whom the policy does not help: "Patients who do not meet the criteria".
func leadsAway(ts []token) bool {
	return hasWords(ts, "not", "meet") || hasWords(ts, "not", "fit") || hasWords(ts, "not", "satisfy") || hasWords(ts, "not", "fulfil") ||
		hasWords(ts, "how", "to", "apply")
}

func (r *criteriaReader) newGroup(parent int, b Binding, n, clause int) int {
	r.out.Groups = append(r.out.Groups, Group{Parent: parent, Binding: b, N: n, Clause: clause})
	return len(r.out.Groups) - 1
}

// standing reads a paragraph, an item, a quotation: its statements, or that it introduces a list.
func (r *criteriaReader) standing(i int, f *frame, up frame) {
	c := &r.out.Text.Clauses[i]
	ts := lex(c.Words)
	f.words = c.Words
	if c.Kind == Item {
		f.group = r.listGroup(i, up)
	}
	if r.out.Text.introduces(i) {
		r.introducing(i, ts, f, up)
		return
	}
	item := c.Kind == Item && up.read
	r.statements(i, ts, *f, item)
}

// contextOf gathers the words from which something hangs, nearest first. Three are enough to know a criterion by.
func (r *criteriaReader) contextOf(i int) []string {
	var out []string
	for p := r.out.Text.Clauses[i].Parent; p >= 0 && len(out) < 3; p = r.out.Text.Clauses[p].Parent {
		if w := r.frames[p].words; w != "" {
			out = append(out, w)
		}
	}
	return out
}
