package review

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"concordat/review/record"
)

// Number is a version's number: 0.1, 0.2 … 0.10, 1.0. Its parts are compared as integers.
type Number struct {
	Major int `bson:"major"`
	Minor int `bson:"minor"`
}

// ParseNumber reads "0.10".
func ParseNumber(s string) (Number, error) {
	major, minor, found := strings.Cut(s, ".")
	a, errA := strconv.Atoi(major)
	b, errB := strconv.Atoi(minor)
	if !found || errA != nil || errB != nil || a < 0 || b < 0 || (Number{a, b}).String() != s {
		return Number{}, fmt.Errorf("version %q: %w", s, record.ErrNotFound)
	}
	return Number{a, b}, nil
}

// Zero tells whether it is no number at all.
func (n Number) Zero() bool { return n == Number{} }

func (n Number) String() string { return strconv.Itoa(n.Major) + "." + strconv.Itoa(n.Minor) }

// Compare is negative when n comes before m.
func (n Number) Compare(m Number) int {
	return cmp.Or(cmp.Compare(n.Major, m.Major), cmp.Compare(n.Minor, m.Minor))
}

// Draft is the number of the next draft: 0.9 is followed by 0.10, 1.0 by 1.1.
func (n Number) Draft() Number { return Number{n.Major, n.Minor + 1} }

// Final is the number of the next text put to decision: 0.9 and 0.10 are followed by 1.0.
func (n Number) Final() Number { return Number{n.Major + 1, 0} }
