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
	Version      string // that it adopted last
	Varies       bool
	Touched      []Touch
	Gone         bool // the variation no longer fits the text, or a clause that it is about was parted or joined
}

// Adopters are those who adopted any version, by commissioner. to is the later text, and text gives those of versions.
func Adopters(list []*Decision, to clause.Text, text func(version string) (clause.Text, error)) ([]Adopter, error) {
	var out []Adopter
	for _, d := range list {
		if !d.Outcome.Adopts() || Adopted(list, d.Commissioner, "") != d {
			continue
		}
		a := Adopter{Commissioner: d.Commissioner, Version: d.Version, Varies: len(d.Overlay) > 0}
		if a.Varies {
			from, err := text(d.Version)
			if err != nil {
				return nil, err
			}
			_, refused := d.Overlay.Apply(to)
			carried := d.Overlay.Carry(from, to)
			a.Touched, a.Gone = carried.Touched, refused != nil || carried.Turned()
		}
		out = append(out, a)
	}
	slices.SortFunc(out, func(a, b Adopter) int { return cmp.Compare(a.Commissioner, b.Commissioner) })
	return out, nil
}
