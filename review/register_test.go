package review

import (
	"errors"
	"strings"
	"testing"

	"concordat/review/record"
)

func adopted(t *testing.T, r *Register, n Number, from record.Date, rule ReferralRule, source string) {
	t.Helper()
	a := Adoption{Policy: "p", Version: n, Commissioner: r.Commissioner, From: from, Rule: rule, Source: record.Ref{Kind: "decision", ID: source}}
	if _, err := r.adopt(a, 0); err != nil {
		t.Fatal(err)
	}
}

func newRegister(commissioner string) *Register {
	return &Register{Head: record.Head{ID: RegisterID("p", commissioner)}, Policy: "p", Commissioner: commissioner}
}

var (
	day1 = record.Day(2024, 4, 1)
	day2 = record.Day(2025, 4, 1)
	day3 = record.Day(2026, 4, 1)
)

func TestEarlierReferralsKeepTheirText(t *testing.T) {
	t.Parallel()
	r := newRegister("a")
	if _, err := r.local(&LocalPolicy{Head: record.Head{ID: "old"}}); err != nil {
		t.Fatal(err)
	}
	adopted(t, r, Number{1, 0}, day1, ReferredFrom, "d1")
	adopted(t, r, Number{2, 0}, day2, TreatedFrom, "d2")
	adopted(t, r, Number{3, 0}, day3, ReferredFrom, "d3")
	places, registers := Places{"a": {Head: record.Head{ID: "a"}}}, Registers{"a": r}
	for _, tc := range []struct {
		referred, on record.Date
		want         TextRef
	}{
		{day1.AddDays(-1), day1.AddDays(9), TextRef{Local: "old"}},
		{day1, day1, TextRef{Policy: "p", Version: Number{1, 0}}},
		{day1, day2.AddDays(-1), TextRef{Policy: "p", Version: Number{1, 0}}},
		{day1.AddDays(-1), day2, TextRef{Policy: "p", Version: Number{2, 0}}}, // for all patients
		{day3.AddDays(-1), day3.AddDays(9), TextRef{Policy: "p", Version: Number{2, 0}}},
		{day3, day3, TextRef{Policy: "p", Version: Number{3, 0}}},
		{day3, day1, TextRef{Policy: "p", Version: Number{3, 0}}}, // nobody is treated before being referred
	} {
		if a := Applies(places, registers, "a", tc.referred, tc.on); a.Interval.Text != tc.want || a.Outcome != TextApplies {
			t.Errorf("referred %s, on %s: %+v, want %+v", tc.referred, tc.on, a, tc.want)
		}
	}
	if a := Applies(places, registers, "z", day1, day1); a.Outcome != NothingSet || a.Missing == "" {
		t.Errorf("unknown area: %+v", a)
	}
}

func TestALiftedSuspensionGivesBackWhatEachPatientHad(t *testing.T) {
	t.Parallel()
	r := newRegister("a")
	adopted(t, r, Number{1, 0}, day1, ReferredFrom, "d1")
	adopted(t, r, Number{2, 0}, day2, ReferredFrom, "d2")
	places, registers := Places{"a": {Head: record.Head{ID: "a"}}}, Registers{"a": r}
	stop, lift := day2.AddDays(10), day2.AddDays(20)
	if _, err := r.suspend(stop, stop, "ann", true); err != nil {
		t.Fatal(err)
	}
	if _, err := r.approve("ann"); !errors.Is(err, record.ErrRule) {
		t.Errorf("one person alone approved: %v", err)
	}
	if _, err := r.approve("bob"); err != nil {
		t.Error(err)
	}
	if _, err := r.approve("cat"); !errors.Is(err, record.ErrRule) {
		t.Errorf("approved twice: %v", err)
	}
	if _, err := r.suspend(stop, stop, "ann", true); !errors.Is(err, record.ErrRule) {
		t.Errorf("suspended twice: %v", err)
	}
	if _, err := r.lift(stop, stop); !errors.Is(err, record.ErrRule) {
		t.Errorf("lifted on the day of suspension: %v", err)
	}
	if _, err := r.lift(lift, lift); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		referred, on record.Date
		want         TextRef
	}{
		{day1, stop, TextRef{None: NoneSuspended}},
		{day1, stop.AddDays(-1), TextRef{Policy: "p", Version: Number{1, 0}}},
		{day1, lift, TextRef{Policy: "p", Version: Number{1, 0}}},
		{day2, lift, TextRef{Policy: "p", Version: Number{2, 0}}},
		{stop, stop, TextRef{None: NoneSuspended}},
	} {
		if a := Applies(places, registers, "a", tc.referred, tc.on); a.Interval.Text != tc.want {
			t.Errorf("referred %s, on %s: %+v, want %+v", tc.referred, tc.on, a, tc.want)
		}
	}
}

func TestPendingAdoptions(t *testing.T) {
	t.Parallel()
	r := newRegister("a")
	a := Adoption{Policy: "p", Version: Number{1, 0}, Commissioner: "a", Event: "start of the contract", Rule: ReferredFrom, Source: record.Ref{Kind: "decision", ID: "d1"}, Decided: day1}
	if _, err := r.adopt(a, 0); err != nil {
		t.Fatal(err)
	}
	places, registers := Places{"a": {Head: record.Head{ID: "a"}}}, Registers{"a": r}
	got := Applies(places, registers, "a", day1, day1)
	if got.Outcome != NothingSet || !strings.Contains(got.Missing, "start of the contract") || len(got.Waiting) != 1 {
		t.Errorf("before the date is known: %+v", got)
	}
	adopted(t, r, Number{2, 0}, day3, ReferredFrom, "d2")
	if _, err := r.giveDate("d1", day3.AddDays(1)); !errors.Is(err, record.ErrRule) {
		t.Errorf("an older version took the place of a newer one: %v", err)
	}
	if _, err := r.giveDate("d9", day1); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("a date for nothing: %v", err)
	}
	r = newRegister("a")
	if _, err := r.adopt(a, 0); err != nil {
		t.Fatal(err)
	}
	for _, d := range []record.Date{day2, day3, day1} { // the contract starts later, then earlier, than it was said
		if _, err := r.giveDate("d1", d); err != nil || len(r.Intervals) != 1 || r.Intervals[0].From != d || len(r.Pending) != 0 {
			t.Errorf("giving %s: %+v, %v", d, r, err)
		}
	}
	for what, d := range map[string]record.Date{"a day before it was decided": day1.AddDays(-1), "no day": 0} {
		if _, err := r.giveDate("d1", d); !errors.Is(err, record.ErrRule) {
			t.Errorf("%s: %v", what, err)
		}
	}
	a.Event = ""
	if _, err := r.adopt(a, 0); !errors.Is(err, record.ErrRule) {
		t.Errorf("neither date nor event: %v", err)
	}
}

func TestRegisterRefuses(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, rule string
		act        func(r *Register) error
	}{
		{"the same day twice", "R-03", func(r *Register) error {
			_, err := r.adopt(Adoption{Policy: "p", Version: Number{2, 0}, From: day2, Rule: ReferredFrom, Source: record.Ref{ID: "x"}}, 0)
			return err
		}},
		{"before what is there", "R-03", func(r *Register) error {
			_, err := r.supersede(Interval{From: day1, Text: TextRef{Policy: "q"}, Source: record.Ref{ID: "x"}})
			return err
		}},
		{"a text that ends before it begins", "R-02", func(r *Register) error {
			_, err := r.adopt(Adoption{Policy: "p", Version: Number{2, 0}, From: day3, Rule: ReferredFrom, Source: record.Ref{ID: "x"}}, day3)
			return err
		}},
		{"a local text over an adopted one", "R-09", func(r *Register) error {
			_, err := r.local(&LocalPolicy{Head: record.Head{ID: "l"}, Effective: day3})
			return err
		}},
		{"withdrawing nothing", "R-04", func(r *Register) error { _, err := r.withdraw(day3, day1, false); return err }},
		{"withdrawing on no day", "R-01", func(r *Register) error { _, err := r.withdraw(0, day1, true); return err }},
		{"withdrawing from a day that is over", "R-14", func(r *Register) error { _, err := r.withdraw(day2, day3, true); return err }},
		{"suspending from a day that is over", "R-14", func(r *Register) error { _, err := r.suspend(day2, day3, "ann", true); return err }},
		{"lifting from a day that is over", "R-14", func(r *Register) error {
			if _, err := r.suspend(day2, day2, "ann", true); err != nil {
				return err
			}
			_, err := r.lift(day2.AddDays(5), day3)
			return err
		}},
		{"lifting nothing", "R-07", func(r *Register) error { _, err := r.lift(day3, day3); return err }},
		{"approving nothing", "R-07", func(r *Register) error { _, err := r.approve("bob"); return err }},
	} {
		r := newRegister("a")
		adopted(t, r, Number{1, 0}, day2, ReferredFrom, "d1")
		err := tc.act(r)
		var f record.Faults
		if !errors.As(err, &f) || f[0].Rule != tc.rule {
			t.Errorf("%s: %v, want rule %s", tc.name, err, tc.rule)
		}
	}
}

func TestWithdrawingStopsWhatWasToCome(t *testing.T) {
	t.Parallel()
	r := newRegister("a")
	adopted(t, r, Number{1, 0}, day1, ReferredFrom, "d1")
	adopted(t, r, Number{2, 0}, day3, ReferredFrom, "d2")
	if _, err := r.withdraw(day2, day2.AddDays(-5), true); err != nil {
		t.Fatal(err)
	}
	if n := len(r.Intervals); n != 2 || r.Intervals[1].Text.None != NoneWithdrawn || r.Intervals[0].To != day2 {
		t.Errorf("%+v", r.Intervals)
	}
}

func TestStatementsEndByThemselves(t *testing.T) {
	t.Parallel()
	r := newRegister("a")
	a := Adoption{Policy: "p", Version: Number{1, 0}, Commissioner: "a", From: day1, Rule: ReferredFrom, Source: record.Ref{ID: "d1"}}
	if _, err := r.adopt(a, day2); err != nil {
		t.Fatal(err)
	}
	places, registers := Places{"a": {Head: record.Head{ID: "a"}}}, Registers{"a": r}
	if got := Applies(places, registers, "a", day2.AddDays(-1), day3); got.Outcome != TextApplies {
		t.Errorf("referred before it ended: %+v", got)
	}
	if got := Applies(places, registers, "a", day2, day2); got.Interval.Text.None != NoneExpired || got.Missing == "" {
		t.Errorf("referred after it ended: %+v", got)
	}
	adopted(t, r, Number{2, 0}, day1.AddDays(30), ReferredFrom, "d2")
	if got := Applies(places, registers, "a", day2, day2); got.Interval.Text.Version != (Number{2, 0}) || r.Intervals[0].To != day1.AddDays(30) {
		t.Errorf("replaced before it ended: %+v, %+v", got, r.Intervals)
	}
}

func TestSuccessionsInheritUntilReplaced(t *testing.T) {
	t.Parallel()
	places := Places{
		"a": {Head: record.Head{ID: "a"}, Start: day1, End: day2, Successors: []string{"n"}},
		"b": {Head: record.Head{ID: "b"}, Start: day1, End: day2, Successors: []string{"n"}},
		"n": {Head: record.Head{ID: "n"}, Start: day2},
	}
	a, b, n := newRegister("a"), newRegister("b"), newRegister("n")
	adopted(t, a, Number{1, 0}, day1, ReferredFrom, "d1")
	registers := Registers{"a": a, "b": b, "n": n}
	if got := Applies(places, registers, "n", day2, day2); got.Outcome != AskWhere || len(got.Choose) != 2 {
		t.Errorf("made of two places that differ: %+v", got)
	}
	adopted(t, b, Number{1, 0}, day1, ReferredFrom, "d2")
	if got := Applies(places, registers, "n", day2, day2); got.Outcome != TextApplies || got.Area != "a" {
		t.Errorf("made of two places that agree: %+v", got)
	}
	if got := Applies(places, registers, "a", day2, day2); got.Outcome != TextApplies || got.Area != "a" {
		t.Errorf("an ended area: %+v", got)
	}
	adopted(t, n, Number{2, 0}, day3, ReferredFrom, "d3")
	for _, area := range []string{"a", "b", "n"} {
		if got := Applies(places, registers, area, day3, day3); got.Area != "n" || got.Interval.Text.Version != (Number{2, 0}) {
			t.Errorf("%s, after the successor's own text: %+v", area, got)
		}
		if got := Applies(places, registers, area, day2, day3); got.Interval.Text.Version != (Number{1, 0}) {
			t.Errorf("%s, referred before the successor's own text: %+v", area, got)
		}
	}
}
