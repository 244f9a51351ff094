package clause

import (
	"slices"
	"testing"
)

const fibroids = "## Criteria\n\nAll of:\n\n- at least 3 months of pain; this is common\n- BMI below 40\n\n## Background\n\nFibroids are benign. The uterus must be larger than 12 weeks, and the patient has finished her family.\n"

func unread(r Reading) (out []string) {
	for _, s := range r.Unread() {
		out = append(out, s.In(r.Text))
	}
	return out
}

func TestUnread(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		text string
		want []string
	}{
		{"", nil},
		{fibroids, []string{"Fibroids are benign", "The uterus must be larger than 12 weeks, and the patient has finished her family"}},
		{"| Code | Threshold |\n|---|---|\n| Q07 | BMI below 40 |\n", nil},
		{"| Code | Notes |\n|---|---|\n| Q07 | Seldom needed |\n", []string{"Q07", "Seldom needed"}},
		{"## References\n\n- …\n- Smith 2001\n", []string{"Smith 2001"}},
	} {
		if got := unread(Parse(tc.text).Criteria()); !slices.Equal(got, tc.want) {
			t.Errorf("%q: unread %q, want %q", tc.text, got, tc.want)
		}
	}
}

func TestTaking(t *testing.T) {
	t.Parallel()
	r := Parse(fibroids).Criteria()
	const words = "The uterus must be larger than 12 weeks, and the patient has finished her family"
	got := r.Taking(func(s string) bool { return s == words })
	if len(got.Criteria) != len(r.Criteria)+1 || len(r.Unread()) != 2 {
		t.Fatalf("%d criteria from %d", len(got.Criteria), len(r.Criteria))
	}
	i := slices.IndexFunc(got.Criteria, func(c Criterion) bool { return c.Taken })
	if c := got.Criteria[i]; got.Words(i) != words || len(c.Quantities) != 1 || c.Modality != Must || len(c.Context) == 0 || c.Context[0] != "Background" {
		t.Errorf("taken %q: %+v", got.Words(i), c)
	}
	if left := unread(got); !slices.Equal(left, []string{"Fibroids are benign"}) {
		t.Errorf("left %q", left)
	}
}

// TestTakingKeepsTheSide: what stands among exclusions is one, once a person says that it decides.
func TestTakingKeepsTheSide(t *testing.T) {
	t.Parallel()
	const words = "This is so for an old implant"
	r := Parse("## Exclusions\n\n- BMI over 40\n\nVersion control. " + words + ".\n").Criteria()
	if got := r.Taking(func(string) bool { return true }); len(got.Criteria) < 2 || got.Criteria[len(got.Criteria)-1].Side != Bars {
		t.Errorf("taken as %+v", got.Criteria)
	}
}
