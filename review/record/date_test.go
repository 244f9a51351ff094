package record_test

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"concordat/review/record"
)

func TestParseDate(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		text string
		want record.Date
	}{
		{"2027-04-01", 20270401}, {" 2028-02-29 ", 20280229}, {"1900-01-01", 19000101}, {"2199-12-31", 21991231},
		{"", 0}, {"2027-02-29", 0}, {"2027-4-1", 0}, {"01/04/2027", 0}, {"1899-12-31", 0}, {"2200-01-01", 0}, {"2027-13-01", 0}, {"0000-00-00", 0},
	} {
		got, err := record.ParseDate(tc.text)
		if got != tc.want || (err == nil) != (tc.want != 0) || (err != nil && !errors.Is(err, record.ErrRule)) {
			t.Errorf("ParseDate(%q) = %d, %v; want %d", tc.text, got, err, tc.want)
		}
	}
}

func TestDateParts(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		day, month, year string
		want             record.Date
		fails            bool
	}{
		{"1", "4", "2027", 20270401, false}, {"01", " April ", "2027", 20270401, false}, {"1", "apr", "2027", 20270401, false},
		{"1", "SEPT", "2027", 20270901, false}, {"", " ", "", 0, false}, {"29", "2", "2028", 20280229, false},
		{"29", "2", "2027", 0, true}, {"1", "4", "", 0, true}, {"", "4", "2027", 0, true}, {"1", "ju", "2027", 0, true},
		{"1", "4", "27", 0, true}, {"-1", "4", "2027", 0, true}, {"1", "0", "2027", 0, true}, {"1.5", "4", "2027", 0, true}, {"٣", "4", "2027", 0, true},
	} {
		got, err := record.DateParts(tc.day, tc.month, tc.year)
		if got != tc.want || (err != nil) != tc.fails || (err != nil && !errors.Is(err, record.ErrRule)) {
			t.Errorf("DateParts(%q, %q, %q) = %d, %v; want %d", tc.day, tc.month, tc.year, got, err, tc.want)
		}
	}
}

// Days begin and end in London, where the clocks change.
func TestDateOf(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		utc  string
		want record.Date
	}{
		{"2027-01-31T23:59:59.999Z", 20270131}, {"2027-02-01T00:00:00Z", 20270201},
		{"2027-06-30T22:59:59.999Z", 20270630}, {"2027-06-30T23:00:00Z", 20270701},
		{"2027-03-28T00:59:59Z", 20270328}, {"2027-03-28T01:00:00Z", 20270328}, {"2027-10-30T23:00:00Z", 20271031}, {"2027-10-31T23:59:59Z", 20271031},
	} {
		at, err := time.Parse(time.RFC3339, tc.utc)
		if err != nil {
			t.Fatal(err)
		}
		if got := record.DateOf(at); got != tc.want {
			t.Errorf("DateOf(%s) = %v, want %v", tc.utc, got, tc.want)
		}
	}
	if got, want := record.Day(2027, 7, 1).Start(), time.Date(2027, 6, 30, 23, 0, 0, 0, time.UTC); !got.Equal(want) {
		t.Errorf("1 July starts at %v, want %v", got, want)
	}
}

func TestAddMonths(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		from record.Date
		n    int
		want record.Date
	}{
		{20261130, 3, 20270228}, {20271130, 3, 20280229}, {20270131, 1, 20270228}, {20270331, -1, 20270228}, {20280229, 12, 20290228},
		{20270401, 36, 20300401}, {20270115, -13, 20251215}, {20271231, 0, 20271231},
	} {
		if got := tc.from.AddMonths(tc.n); got != tc.want {
			t.Errorf("%v + %d months = %v, want %v", tc.from, tc.n, got, tc.want)
		}
	}
}

func anyDate(r *rapid.T, name string) record.Date {
	return record.Day(1990, 1, 1).AddDays(rapid.IntRange(0, 50_000).Draw(r, name))
}

func TestDatesAreCalendarDays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		d, e, n := anyDate(r, "d"), anyDate(r, "e"), rapid.IntRange(-20_000, 20_000).Draw(r, "n")
		if (d < e) != (d.DaysSince(e) < 0) || e.AddDays(d.DaysSince(e)) != d {
			r.Fatalf("%v is %d days after %v", d, d.DaysSince(e), e)
		}
		if got := d.AddDays(n).AddDays(-n); got != d && d.AddDays(n) != 0 {
			r.Fatalf("%v and %d days and back is %v", d, n, got)
		}
		if record.DateOf(d.Start()) != d || record.DateOf(d.AddDays(1).Start().Add(-time.Millisecond)) != d {
			r.Fatalf("%v starts at %v, which is on %v", d, d.Start(), record.DateOf(d.Start()))
		}
		text, err := d.MarshalText()
		var back record.Date
		if err != nil || back.UnmarshalText(text) != nil || back != d {
			r.Fatalf("%v written as %s is read as %v, %v", d, text, back, err)
		}
		if m := rapid.IntRange(0, 60).Draw(r, "months"); d.AddMonths(m) < d {
			r.Fatalf("%v and %d months is %v", d, m, d.AddMonths(m))
		}
	})
}

func TestWords(t *testing.T) {
	t.Parallel()
	if d := record.Day(2027, 4, 30); d.Month() != record.Day(2027, 4, 1) || d.MonthWords() != "April 2027" || record.Date(0).Month() != 0 || record.Date(0).MonthWords() != "" {
		t.Errorf("the month of %v is %v, %q", d, d.Month(), d.MonthWords())
	}
	if got := record.Day(2027, 4, 1).Words() + "|" + record.Date(0).Words() + "|" + record.Date(0).String(); got != "1 April 2027||" {
		t.Error(got)
	}
}

func FuzzParseDate(f *testing.F) {
	f.Add("2027-04-01")
	f.Add("2027-02-30")
	f.Fuzz(func(t *testing.T, s string) {
		d, err := record.ParseDate(s)
		if err != nil {
			return
		}
		if again, err := record.ParseDate(d.String()); again != d || err != nil {
			t.Errorf("%q is %v, which is read as %v, %v", s, d, again, err)
		}
	})
}
