package harmony

import "slices"

// Act is what a correction does.
type Act string

// The acts. All know criteria by their folded wordings, so that they hold when a text is read in again, and for the
// same words in another text.
const (
	Merge Act = "merge" // the rows of Words and of With are one
	Part  Act = "part"  // Words leave their row for one of their own
	Move  Act = "move"  // Words go to the row of With; at Place only, when it is given
	Drop  Act = "drop"  // Words are no criterion
	Name  Act = "name"  // the row of Words is called Name
	// Confirm says that the wordings that are now in the row of Words belong together.
	Confirm Act = "confirm"
	// Take says that Words are a criterion, which the program took for background: in the row of With or, without it, in
	// one of their own; at Place only, when it is given.
	Take Act = "take"
	// Belong says that the text of Place is about the treatment, though it seemed to be about another.
	Belong Act = "belong"
)

// Correction is one thing that a person put right of the proposed rows.
type Correction struct {
	Act   Act    `bson:"act"`
	Words string `bson:"words"` // folded
	With  string `bson:"with"`  // folded
	Place string `bson:"place"`
	Name  string `bson:"name"`
}

// correct applies corrections in order and tells which found nothing to do.
func (a *aligner) correct(list []Correction) (idle []int) {
	for i, c := range list {
		if !a.apply(c) {
			idle = append(idle, i)
		}
	}
	return idle
}

func (a *aligner) apply(c Correction) bool {
	switch c.Act {
	case Take:
		return a.take(c)
	case Belong:
		return a.kept[c.Place]
	}
	from := a.rowOf(c.Words)
	if from < 0 {
		return false
	}
	switch c.Act {
	case Merge:
		to := a.rowOf(c.With)
		if to < 0 {
			return false
		}
		if to != from {
			a.join(to, from)
		}
		a.certain(a.all[to])
	case Part:
		a.all = append(a.all, &group{})
		a.send(a.having(c), len(a.all)-1)
	case Move:
		to := a.rowOf(c.With)
		if to < 0 {
			return false
		}
		a.send(a.having(c), to)
		a.certain(a.all[to])
	case Drop:
		a.send(a.having(c), -1)
	case Name:
		a.all[from].name = c.Name
	case Confirm:
		a.certain(a.all[from])
	default:
		return false
	}
	return true
}

// take puts what a person calls a criterion into a row.
func (a *aligner) take(c Correction) bool {
	items, to := a.having(c), len(a.all)
	switch {
	case len(items) == 0:
		return false
	case c.With == "":
		a.all = append(a.all, &group{})
	default:
		if to = a.rowOf(c.With); to < 0 {
			return false
		}
	}
	for _, i := range items {
		a.items[i].taken = true
	}
	a.send(items, to)
	a.certain(a.all[to])
	return true
}

// taken are the texts with the criteria that people saw where the program saw none.
func taken(texts []Text, list []Correction) []Text {
	out := slices.Clone(texts)
	for k := range out {
		words := map[string]bool{}
		for _, c := range list {
			if c.Act == Take && (c.Place == "" || c.Place == out[k].Place) {
				words[c.Words] = true
			}
		}
		if len(words) > 0 {
			out[k].Reading = out[k].Reading.Taking(func(s string) bool { return words[Fold(s)] })
		}
	}
	return out
}

// certain makes the items of a group, as it is now, alike beyond doubt, since a person says that they are one. All pairs
// gain as much, so that the item that leads the group stays the same.
func (a *aligner) certain(g *group) {
	const gain = 2 // from apart to 1
	n := len(a.items)
	for _, i := range g.items {
		for _, j := range g.items {
			if i != j {
				a.like[i*n+j] += gain
			}
		}
	}
}

// rowOf is the row that has a wording, -1 when none has.
func (a *aligner) rowOf(words string) int {
	for i := range a.items {
		if a.items[i].words == words && a.homes[i] >= 0 {
			return a.homes[i]
		}
	}
	return -1
}

// having are the items that a correction is about.
func (a *aligner) having(c Correction) []int {
	var out []int
	for i := range a.items {
		if a.items[i].words == c.Words && (c.Place == "" || a.texts[a.items[i].text].Place == c.Place) {
			out = append(out, i)
		}
	}
	return out
}

func (a *aligner) join(to, from int) {
	a.send(slices.Clone(a.all[from].items), to)
	if a.all[to].name == "" {
		a.all[to].name = a.all[from].name
	}
}

func (a *aligner) send(items []int, to int) {
	for _, i := range items {
		if from := a.homes[i]; from >= 0 {
			g := a.all[from]
			g.items = slices.DeleteFunc(g.items, func(k int) bool { return k == i })
		}
		a.homes[i] = to
		if to >= 0 {
			a.all[to].items = append(a.all[to].items, i)
			slices.Sort(a.all[to].items)
		}
	}
}
