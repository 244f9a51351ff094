package record

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // the zone must be there on a machine without zone files
)

// Date is a civil date as the number yyyymmdd, so that dates compare with < and sort as numbers.
// The zero Date means none.
type Date int

// NewDate makes a Date; ok is false when there is no such day between the years 1900 and 2199.
func NewDate(year, month, day int) (d Date, ok bool) {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Year() != year || int(t.Month()) != month || t.Day() != day || year < 1900 || year > 2199 {
		return 0, false
	}
	return Date(year*10000 + month*100 + day), true
}

// Day makes a Date of a year, month and day known to be right; it gives 0 when they are not.
func Day(year, month, day int) Date {
	d, _ := NewDate(year, month, day)
	return d
}

// ParseDate reads "2027-04-01".
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, strings.TrimSpace(s))
	if err != nil {
		return 0, fmt.Errorf("date %q: want the form 2027-04-01: %w", s, ErrRule)
	}
	d, ok := NewDate(t.Year(), int(t.Month()), t.Day())
	if !ok {
		return 0, fmt.Errorf("date %q: not between 1900 and 2199: %w", s, ErrRule)
	}
	return d, nil
}

// DateParts reads the three boxes of a form. Three empty boxes are no date and no error;
// a month may be given by name.
func DateParts(day, month, year string) (Date, error) {
	day, month, year = strings.TrimSpace(day), strings.TrimSpace(month), strings.TrimSpace(year)
	if day == "" && month == "" && year == "" {
		return 0, nil
	}
	d, dayErr := strconv.Atoi(day)
	m, monthErr := monthNumber(month)
	y, yearErr := strconv.Atoi(year)
	date, ok := NewDate(y, m, d)
	if dayErr != nil || monthErr != nil || yearErr != nil || !ok {
		return 0, fmt.Errorf("date %q %q %q: no such day: %w", day, month, year, ErrRule)
	}
	return date, nil
}

func monthNumber(s string) (int, error) {
	if n, err := strconv.Atoi(s); err == nil {
		return n, nil
	}
	for m := time.January; len(s) >= 3 && m <= time.December; m++ {
		if strings.HasPrefix(strings.ToLower(m.String()), strings.ToLower(s)) {
			return int(m), nil
		}
	}
	return 0, fmt.Errorf("month %q: %w", s, ErrRule)
}

// london is where civil dates of this service begin and end. The zone's data is embedded by the server.
var london = func() *time.Location {
	l, err := time.LoadLocation("Europe/London")
	if err != nil {
		return time.UTC
	}
	return l
}()

// London is the zone in which times are shown and days begin.
func London() *time.Location { return london }

// DateOf is the day that it is in London at t.
func DateOf(t time.Time) Date {
	t = t.In(london)
	return Day(t.Year(), int(t.Month()), t.Day())
}

// Parts are the year, month and day; zeros for no date.
func (d Date) Parts() (year, month, day int) { return int(d) / 10000, int(d) / 100 % 100, int(d) % 100 }

// Start is the first instant of the day in London, in UTC.
func (d Date) Start() time.Time {
	y, m, day := d.Parts()
	return time.Date(y, time.Month(m), day, 0, 0, 0, 0, london).UTC()
}

// AddDays counts calendar days.
func (d Date) AddDays(n int) Date {
	y, m, day := d.Parts()
	t := time.Date(y, time.Month(m), day+n, 0, 0, 0, 0, time.UTC)
	return Day(t.Year(), int(t.Month()), t.Day())
}

// AddMonths counts calendar months; the day is clamped to the month's end (30 November + 3 = 28 or 29 February).
func (d Date) AddMonths(n int) Date {
	y, m, day := d.Parts()
	first := time.Date(y, time.Month(m+n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return Day(first.Year(), int(first.Month()), min(day, last))
}

// Month is the first day of the month that d is in; no date for no date.
func (d Date) Month() Date {
	if d == 0 {
		return 0
	}
	y, m, _ := d.Parts()
	return Day(y, m, 1)
}

// MonthWords is "April 2027", or "" for no date.
func (d Date) MonthWords() string {
	if d == 0 {
		return ""
	}
	y, m, _ := d.Parts()
	return fmt.Sprintf("%s %d", time.Month(m), y)
}

// DaysSince is how many days d is after e; negative when before.
func (d Date) DaysSince(e Date) int {
	noon := func(x Date) time.Time {
		y, m, day := x.Parts()
		return time.Date(y, time.Month(m), day, 12, 0, 0, 0, time.UTC)
	}
	return int(noon(d).Sub(noon(e)) / (24 * time.Hour))
}

// String is "2027-04-01", or "" for no date.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	y, m, day := d.Parts()
	return fmt.Sprintf("%04d-%02d-%02d", y, m, day)
}

// Words is "1 April 2027", or "" for no date.
func (d Date) Words() string {
	if d == 0 {
		return ""
	}
	y, m, day := d.Parts()
	return fmt.Sprintf("%d %s %d", day, time.Month(m), y)
}

// MarshalText writes the form of String, for JSON.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = 0
		return nil
	}
	x, err := ParseDate(string(b))
	*d = x
	return err
}
