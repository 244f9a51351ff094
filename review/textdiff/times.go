package textdiff

import "strings"

// timeUnit is a unit in which a time is written. Years are counted in months: twelve of these are one everywhere.
type timeUnit uint8

const (
	inMonths timeUnit = iota
	inWeeks
	inDays
)

// unitOf is the unit of a time in its words: "12 weeks", "12/52".
func unitOf(words string) timeUnit {
	words = strings.ToLower(words)
	switch {
	case strings.Contains(words, "week"), strings.Contains(words, "wk"), strings.Contains(words, "/52"):
		return inWeeks
	case strings.Contains(words, "day"), strings.Contains(words, "hour"), strings.Contains(words, "/7"):
		return inDays
	}
	return inMonths
}

// How far times in two units may differ and be taken for the same: days and weeks do not divide months evenly, and the
// field takes 4 weeks for a month, 12 as well as 13 for 3.
const (
	uneven     = 0.98
	shortMonth = 0.92
)

// reaches tells whether a bound of l is as high as one of a limit in another unit. In one unit each number is its own:
// 12 and 13 weeks are not the same, though both are 3 months.
func (l limit) reaches(own, other float64, unit timeUnit) bool {
	switch {
	case own >= other:
		return true
	case l.unit == unit || other <= 0:
		return false
	case unit == inMonths:
		return own >= other*shortMonth
	}
	return own >= other*uneven
}
