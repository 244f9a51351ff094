package bulk

import (
	"regexp"
	"strings"

	"concordat/review/record"
)

var (
	dayMonthYear = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)?[\s./-]+(?:of\s+)?([A-Za-z]{3,9}|\d{1,2})[\s.,/-]+(\d{4}|\d{2})$`)
	monthDayYear = regexp.MustCompile(`^([A-Za-z]{3,9})\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$`)
	monthYear    = regexp.MustCompile(`^([A-Za-z]{3,9})[\s.,/-]+(\d{4}|\d{2})$`)
	monthOfYear  = regexp.MustCompile(`^(\d{1,2})[/.-](\d{4})$`)
	clockTime    = regexp.MustCompile(`[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?$`)
	noDate       = regexp.MustCompile(`(?i)^(?:[-–—.]|n/?a|none|not (?:known|given|stated|applicable)|unknown|tb[cd])?$`)
)

// ReadDate reads a date in the ways people write it: 1 April 2018, 1st Apr 18, 01/04/2018 with the day first,
// 2018-04-01. Words for "not known" are no date. A month alone is its first day, and note says so. ok is false when
// nobody could say which day is meant.
func ReadDate(typed string) (d record.Date, note string, ok bool) {
	typed = clockTime.ReplaceAllString(strings.Join(strings.Fields(typed), " "), "")
	if noDate.MatchString(typed) {
		return 0, "", true
	}
	if d, err := record.ParseDate(typed); err == nil {
		return d, "", true
	}
	if m := dayMonthYear.FindStringSubmatch(typed); m != nil {
		d, err := record.DateParts(m[1], m[2], century(m[3]))
		return d, "", err == nil
	}
	if m := monthDayYear.FindStringSubmatch(typed); m != nil {
		d, err := record.DateParts(m[2], m[1], m[3])
		return d, "", err == nil
	}
	m := monthYear.FindStringSubmatch(typed)
	if m == nil {
		m = monthOfYear.FindStringSubmatch(typed)
	}
	if m == nil {
		return 0, "", false
	}
	d, err := record.DateParts("1", m[1], century(m[2]))
	return d, "“" + typed + "” names no day and was taken as " + d.Words() + ".", err == nil
}

// century makes four digits of two: policies are of this century.
func century(year string) string {
	if len(year) == 2 {
		return "20" + year
	}
	return year
}
