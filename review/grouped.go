package review

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Grouped is those who were treated by one characteristic, as it may be published.
type Grouped struct {
	By     string // "Age band", "Sex", "Deprivation quintile"
	Groups []PeopleGroup
	Total  PeopleGroup
	// TooFew is true when no group can be shown without giving a small one away. Then all are hidden, empty ones too.
	TooFew bool
}

// PeopleGroup is how many of those who were treated are of one group.
type PeopleGroup struct {
	Name string // "16-24"
	SafeCount
	AtLeast bool // there may be more, of whom it is not shown
}

// Words are "96", "at least 96" or "not shown".
func (g PeopleGroup) Words() string {
	if g.AtLeast && !g.Hidden {
		return "at least " + thousands(g.N)
	}
	return g.SafeCount.Words()
}

// NotGiven is the group of those of whom a characteristic was not said.
const NotGiven = "Not given"

const allTogether = "All together"

// Rows are the groups, then the total.
func (g Grouped) Rows() []PeopleGroup { return append(slices.Clone(g.Groups), g.Total) }

// told leaves out characteristics that were said of nobody.
func told(list []Grouped) []Grouped {
	return slices.DeleteFunc(list, func(g Grouped) bool {
		return !slices.ContainsFunc(g.Groups, func(x PeopleGroup) bool { return x.Name != NotGiven })
	})
}

// characteristics are what those who were treated are grouped by.
var characteristics = []struct {
	by string
	of func(ActivityCount) string
}{
	{"Age band", func(c ActivityCount) string { return c.Age }},
	{"Sex", func(c ActivityCount) string { return c.Sex }},
	{"Deprivation quintile", func(c ActivityCount) string { return quintileName(c.Deprivation) }},
}

// quintileName says which end of the quintiles is which.
func quintileName(s string) string {
	switch s {
	case "1":
		return "1, most deprived"
	case "5":
		return "5, least deprived"
	}
	return s
}

// group counts people by their groups.
func (b *Baseline) group(c ActivityCount) {
	if b.groups == nil {
		b.groups = make([]map[string]int, len(characteristics))
	}
	for k, x := range characteristics {
		if b.groups[k] == nil {
			b.groups[k] = map[string]int{}
		}
		b.groups[k][cmp.Or(x.of(c), NotGiven)] += c.People
	}
}

// Grouped are those who were treated in one area, by each characteristic that was said of somebody. Where small groups
// cannot be hidden from the total, which is shown beside other numbers, none is shown.
func (b Baseline) Grouped() []Grouped { return told(b.grouped()) }

func (b Baseline) grouped() (out []Grouped) {
	for k, people := range b.groups {
		names := slices.SortedFunc(maps.Keys(people), compareGroups)
		counts := make([]int, len(names))
		for i, name := range names {
			counts[i] = people[name]
		}
		safe := Suppress(counts)
		shown := slices.ContainsFunc(safe.Counts, func(c SafeCount) bool { return c.N > 0 })
		g := Grouped{By: characteristics[k].by, TooFew: !shown && b.People > 0 || safe.Total.Hidden, Total: PeopleGroup{Name: allTogether, SafeCount: safeCount(b.People)}}
		for i, name := range names {
			c := safe.Counts[i]
			if g.TooFew {
				c = SafeCount{Hidden: true}
			}
			g.Groups = append(g.Groups, PeopleGroup{Name: name, SafeCount: c})
		}
		out = append(out, g)
	}
	return out
}

// compareGroups puts bands in order: by the first number in their names, "under 16" before "16 to 24"; those without a
// number by their letters, and those of whom nothing was said last.
func compareGroups(a, b string) int {
	return cmp.Or(cmp.Compare(groupOrder(a), groupOrder(b)), cmp.Compare(a, b))
}

func groupOrder(name string) int {
	at := strings.IndexAny(name, "0123456789")
	switch {
	case name == NotGiven:
		return math.MaxInt
	case at < 0:
		return math.MaxInt - 1
	}
	end := at + 1
	for end < len(name) && end < at+3 && '0' <= name[end] && name[end] <= '9' {
		end++
	}
	n, _ := strconv.Atoi(name[at:end]) // these are digits
	if under := strings.ToLower(name[:at]); strings.Contains(under, "under") || strings.Contains(under, "<") {
		return 2*n - 1
	}
	return 2 * n
}

// Grouped are those who were treated in all places together. Only what the places' own tables show is added up, so that
// nothing that they hide can be worked out.
func (e *Effects) Grouped() []Grouped {
	var out []Grouped
	for i := range e.Places {
		for k, g := range e.Places[i].Impact.grouped() {
			if k == len(out) {
				out = append(out, Grouped{By: g.By, Total: PeopleGroup{Name: allTogether}})
			}
			out[k].add(g)
		}
	}
	for k := range out {
		out[k].close()
	}
	return told(out)
}

func (g *Grouped) add(o Grouped) {
	g.Total.add(o.Total)
	g.TooFew = g.TooFew || o.TooFew
	for _, x := range o.Groups {
		i := slices.IndexFunc(g.Groups, func(y PeopleGroup) bool { return y.Name == x.Name })
		if i < 0 {
			i = len(g.Groups)
			g.Groups = append(g.Groups, PeopleGroup{Name: x.Name})
		}
		g.Groups[i].add(x)
	}
}

// close puts the groups in order. Where a place shows none, each may have more people, also those that it did not name.
func (g *Grouped) close() {
	slices.SortFunc(g.Groups, func(a, b PeopleGroup) int { return compareGroups(a.Name, b.Name) })
	if g.TooFew {
		for i := range g.Groups {
			g.Groups[i].add(PeopleGroup{SafeCount: SafeCount{Hidden: true}})
		}
	}
	g.TooFew = !slices.ContainsFunc(g.Groups, func(x PeopleGroup) bool { return !x.Hidden })
}

// add adds a count that may be hidden. A sum of hidden counts alone is hidden.
func (g *PeopleGroup) add(o PeopleGroup) {
	g.AtLeast = g.AtLeast || o.Hidden
	g.N += o.N
	g.Hidden = g.AtLeast && g.N == 0
}
