package review

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"concordat/review/record"
)

func fieldsOf(err error) (fields []string) {
	var f record.Faults
	if errors.As(err, &f) {
		for _, x := range f {
			fields = append(fields, x.Field)
		}
	}
	return fields
}

func TestCommissionerEdit(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name  string
		spoil func(*Commissioner)
		want  []string
	}{
		{"right", func(*Commissioner) {}, nil},
		{"nothing", func(c *Commissioner) { *c = Commissioner{} }, []string{"name", "short", "start"}},
		{"too long", func(c *Commissioner) { c.Name, c.Short = strings.Repeat("n", 101), strings.Repeat("s", 19) }, []string{"name", "short"}},
		{"no address in it", func(c *Commissioner) { c.Short = "–" }, []string{"short"}},
		{"an address that is none", func(c *Commissioner) { c.IFR.URL = "javascript:alert(1)" }, []string{"ifr-url"}},
		{"an address without a place", func(c *Commissioner) { c.IFR.URL = "https://" }, []string{"ifr-url"}},
	} {
		n := Commissioner{Name: "NHS Brindlewick", Short: "Brindlewick", Start: day1}
		tc.spoil(&n)
		c := &Commissioner{}
		if _, err := c.edit(n); !slices.Equal(fieldsOf(err), tc.want) {
			t.Errorf("%s: %v, want faults in %v", tc.name, err, tc.want)
		}
	}
}

func TestCommissionerKeepsItsAddress(t *testing.T) {
	t.Parallel()
	c := &Commissioner{}
	for _, short := range []string{"Brindlewick", "Brindlewick West"} {
		if _, err := c.edit(Commissioner{Name: "NHS", Short: short, Start: day1}); err != nil || c.Slug != "brindlewick" {
			t.Errorf("%s: slug %q, %v", short, c.Slug, err)
		}
	}
}

func TestCommissionerEnd(t *testing.T) {
	t.Parallel()
	places := Places{
		"a": {Head: record.Head{ID: "a"}, Start: day1},
		"b": {Head: record.Head{ID: "b"}, Start: day1},
		"z": {Head: record.Head{ID: "z"}, Start: day1, End: day2},
	}
	for _, tc := range []struct {
		name       string
		on         record.Date
		successors []string
		want       []string
	}{
		{"right", day2, []string{"b"}, nil},
		{"nobody after it", day2, nil, nil},
		{"no day", 0, nil, []string{"end"}},
		{"before it began", day1, nil, []string{"end"}},
		{"itself", day2, []string{"a"}, []string{"successors"}},
		{"nobody known", day2, []string{"x"}, []string{"successors"}},
		{"one twice", day2, []string{"b", "b"}, []string{"successors"}},
		{"one that has ended", day2, []string{"z"}, []string{"successors"}},
		{"one that ends later", day2.AddDays(-1), []string{"z"}, nil},
	} {
		c := *places["a"]
		if _, err := c.end(tc.on, tc.successors, places); !slices.Equal(fieldsOf(err), tc.want) {
			t.Errorf("%s: %v, want faults in %v", tc.name, err, tc.want)
		}
	}
	c := Commissioner{Head: record.Head{ID: "c"}, Start: day1, End: day2}
	if _, err := c.end(day3, nil, places); err == nil {
		t.Error("it ended twice")
	}
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	order := []string{"0.1", "0.2", "0.9", "0.10", "1.0", "1.1", "10.0"}
	for i, s := range order {
		n, err := ParseNumber(s)
		if err != nil || n.String() != s {
			t.Errorf("ParseNumber(%q) = %v, %v", s, n, err)
		}
		if i == 0 {
			continue
		}
		if before, err := ParseNumber(order[i-1]); err != nil || before.Compare(n) >= 0 {
			t.Errorf("%s does not come before %s", before, n)
		}
	}
	for _, s := range []string{"", "1", "1.", ".1", "-1.0", "01.0", "1.00", "1.0.0", "a.b", "1.0 "} {
		if n, err := ParseNumber(s); !errors.Is(err, record.ErrNotFound) {
			t.Errorf("ParseNumber(%q) = %v, %v", s, n, err)
		}
	}
}
