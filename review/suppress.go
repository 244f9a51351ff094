package review

import "slices"

// Small is the count of people from which on a count may be published. From 1 up to it somebody could be recognised.
// Nobody is behind a 0.
const Small = 5

// SafeCounts is a table of counts of people with their total as it may be published.
type SafeCounts struct {
	Counts []SafeCount // as many as were given, in order
	Total  SafeCount
}

// SafeCount is a count that may be published, or the mark that it may not.
type SafeCount struct {
	Hidden bool
	N      int // 0 when hidden
}

// Words is the number, or "not shown".
func (c SafeCount) Words() string {
	if c.Hidden {
		return "not shown"
	}
	return thousands(c.N)
}

// safeCount is a count beside which no total stands.
func safeCount(n int) SafeCount {
	if small(n) {
		return SafeCount{Hidden: true}
	}
	return SafeCount{N: n}
}

// Suppress hides counts of 1 to 4 people and, where the total and the other counts would give one away, the smallest
// other count too; where there is none, the total. Then every hidden count can be at least two different numbers for a
// reader who knows the table and these rules (process of the field: secondary suppression).
func Suppress(counts []int) SafeCounts {
	s := SafeCounts{Counts: make([]SafeCount, len(counts))}
	for i, n := range counts {
		s.Counts[i].N = n
		s.Total.N += n
	}
	for i, n := range counts {
		if n > 0 && n < Small {
			s.Counts[i] = SafeCount{Hidden: true}
		}
	}
	if s.Total.N > 0 && s.Total.N < Small {
		s.Total = SafeCount{Hidden: true}
	}
	for !s.Total.Hidden && s.given(counts) {
		if !s.hideSmallest() {
			s.Total = SafeCount{Hidden: true}
		}
	}
	return s
}

// given tells whether the total gives a hidden count away: one alone is what is missing from the total; several are
// known when what is missing is the least or the most that so many small counts can be.
func (s *SafeCounts) given(counts []int) bool {
	hidden, missing, small := 0, 0, true
	for i, c := range s.Counts {
		if c.Hidden {
			hidden++
			missing += counts[i]
			small = small && counts[i] < Small
		}
	}
	return hidden == 1 || hidden > 0 && (missing == hidden || small && missing == hidden*(Small-1))
}

// hideSmallest hides the smallest count that is shown; false when none is left but zeros.
func (s *SafeCounts) hideSmallest() bool {
	best := -1
	for i, c := range s.Counts {
		if !c.Hidden && c.N > 0 && (best < 0 || c.N < s.Counts[best].N) {
			best = i
		}
	}
	if best >= 0 {
		s.Counts[best] = SafeCount{Hidden: true}
	}
	return best >= 0
}

// AnyHidden tells whether something is not shown.
func (s SafeCounts) AnyHidden() bool {
	return s.Total.Hidden || slices.ContainsFunc(s.Counts, func(c SafeCount) bool { return c.Hidden })
}
