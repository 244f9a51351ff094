package decision

import (
	"cmp"
	"slices"

	"concordat/review/clause"
)

// Adopted is the latest adoption by a commissioner, of a version other than besides; nil when there is none.
func Adopted(list []*Decision, commissioner, besides string) *Decision {
	var last *Decision
	for _, d := range list {
		if d.Commissioner != commissioner || d.Version == besides || !d.Outcome.Adopts() {
			continue
		}
		if last == nil || cmp.Or(cmp.Compare(d.DecidedOn, last.DecidedOn), d.RecordedAt.Compare(last.RecordedAt)) > 0 {
			last = d
		}
	}
	return last
}

// Adopter is a commissioner that adopted a version, and what a later text means for its variation.
type Adopter struct {
	Commissioner string
	Varies       bool
	Touched      []Touch
	Gone         bool // a clause that the variation is about is no more
}

// Adopters are those who adopted a version whose text is from, by commissioner. to is the later text.
func Adopters(list []*Decision, version string, from, to clause.Text) []Adopter {
	var out []Adopter
	for _, d := range list {
		if d.Version != version || !d.Outcome.Adopts() {
			continue
		}
		a := Adopter{Commissioner: d.Commissioner, Varies: len(d.Overlay) > 0, Touched: d.Overlay.Carry(from, to).Touched}
		_, err := d.Overlay.Apply(to)
		a.Gone = err != nil
		out = append(out, a)
	}
	slices.SortFunc(out, func(a, b Adopter) int { return cmp.Compare(a.Commissioner, b.Commissioner) })
	return out
}
