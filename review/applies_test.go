package review

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"concordat/review/record"
)

var day0 = record.Day(2020, 1, 1)

// history is a world drawn at random: commissioners, whose ends and successors may be nonsense, and the registers
// of one policy, made by the acts that a register knows.
type history struct {
	places    Places
	registers Registers
	ids       []string
}

func drawDay(t *rapid.T, name string) record.Date {
	return day0.AddDays(rapid.IntRange(0, 30).Draw(t, name))
}

func drawHistory(t *rapid.T) history {
	h := history{places: Places{}, registers: Registers{}}
	for i := range rapid.IntRange(1, 6).Draw(t, "commissioners") {
		h.ids = append(h.ids, string(rune('a'+i)))
	}
	for _, id := range h.ids {
		c := &Commissioner{Head: record.Head{ID: id}, Start: drawDay(t, "start")}
		if rapid.Bool().Draw(t, "ends") {
			c.End = drawDay(t, "end")
			c.Successors = rapid.SliceOfN(rapid.SampledFrom(append([]string{"nobody"}, h.ids...)), 0, 3).Draw(t, "successors")
		}
		h.places[id] = c
	}
	for i := range rapid.IntRange(0, 25).Draw(t, "acts") {
		id := rapid.SampledFrom(h.ids).Draw(t, "whose")
		r := h.registers[id]
		if r == nil {
			r = &Register{Head: record.Head{ID: RegisterID("p", id)}, Policy: "p", Commissioner: id}
		}
		before := fmt.Sprintf("%+v", *r)
		next := *r
		if err := act(t, &next, i); err == nil {
			h.registers[id] = &next
		} else if after := fmt.Sprintf("%+v", *r); after != before {
			t.Fatalf("a refused act changed the register\n%s\n%s", before, after)
		}
		checkOrder(t, &next)
	}
	return h
}

func act(t *rapid.T, r *Register, i int) error {
	d := drawDay(t, "day")
	rule := rapid.SampledFrom([]ReferralRule{ReferredFrom, TreatedFrom}).Draw(t, "rule")
	source := record.Ref{Kind: "decision", ID: fmt.Sprint("d", rapid.IntRange(0, i).Draw(t, "source"))}
	version := Number{rapid.IntRange(1, 3).Draw(t, "version"), 0}
	var err error
	switch rapid.IntRange(0, 9).Draw(t, "act") {
	case 0, 1:
		_, err = r.adopt(Adoption{Policy: "p", Version: version, From: d, Rule: rule, Source: source}, 0)
	case 2:
		_, err = r.adopt(Adoption{Policy: "p", Version: version, From: d, Rule: rule, Source: source}, d.AddDays(5))
	case 3:
		_, err = r.adopt(Adoption{Policy: "p", Version: version, Event: "contract", Rule: rule, Source: source}, 0)
	case 4:
		_, err = r.giveDate(source.ID, d)
	case 5:
		_, err = r.local(&LocalPolicy{Head: record.Head{ID: fmt.Sprint(r.Commissioner, rapid.IntRange(0, 3).Draw(t, "local"))}, Effective: d})
	case 6:
		_, err = r.withdraw(d, min(d, drawDay(t, "today")), true)
	case 7:
		_, err = r.suspend(d, d, "ann", true)
	case 8:
		_, err = r.lift(d, d)
	case 9:
		_, err = r.supersede(Interval{From: d, Text: TextRef{Policy: "q", Version: version}, Rule: rule, Source: source})
	}
	return err
}

func checkOrder(t *rapid.T, r *Register) {
	for i, x := range r.Intervals {
		if x.From == 0 || x.To != 0 && x.To <= x.From {
			t.Fatalf("interval %d is empty: %+v", i, r.Intervals)
		}
		if i+1 < len(r.Intervals) && (x.To == 0 || x.To > r.Intervals[i+1].From) {
			t.Fatalf("intervals %d and %d overlap: %+v", i, i+1, r.Intervals)
		}
	}
}

// model says the same as Applies by trying every way through the successions.
type model struct {
	history
	referred, on record.Date
}

// found is what one way ends in, as words: "text", "suspended", … ; "" when nothing was said.
type found struct {
	text    *Interval
	owner   string
	stopped bool
}

func (m model) follows(before, after string) bool {
	b, a := m.places[before], m.places[after]
	return b.End != 0 && a != nil && before != after && slices.Contains(b.Successors, after) && (a.End == 0 || a.End > b.End)
}

// says is what one commissioner decided about the patient, since a day.
func (m model) says(id string, since record.Date) (f found) {
	f.owner = id
	r := m.registers[id]
	if r == nil {
		return f
	}
	for _, x := range r.Intervals {
		day := map[ReferralRule]record.Date{ReferredFrom: m.referred, TreatedFrom: m.on}[x.Rule]
		if since <= x.From && x.From <= day {
			f.text = &x
		}
	}
	for _, s := range r.Suspensions {
		if since <= s.From && s.From <= m.on && (s.Lifted == 0 || m.on < s.Lifted) {
			f.stopped = true
		}
	}
	return f
}

// ways are all ways from an area on through those who decide after it.
func (m model) ways(id string, since record.Date, had found) (out []string) {
	now := m.says(id, since)
	if now.text == nil {
		now.text, now.owner, now.stopped = had.text, had.owner, now.stopped || had.stopped
	}
	if c := m.places[id]; c.Ended(m.on) {
		for _, next := range m.ids {
			if m.follows(id, next) {
				out = append(out, m.ways(next, c.End, now)...)
			}
		}
	}
	if len(out) == 0 {
		out = append(out, m.words(now))
	}
	return out
}

// bases are what an area had from before its own commissioner.
func (m model) bases(id string) (out []found) {
	for _, before := range m.ids {
		if c := m.places[before]; !m.follows(before, id) || !c.Ended(m.on) && m.places[id].Start < c.End {
			continue
		}
		own := m.says(before, 0)
		older := m.bases(before)
		if own.text != nil || len(older) == 0 {
			out = append(out, own)
			continue
		}
		for _, o := range older {
			o.stopped = o.stopped || own.stopped
			out = append(out, o)
		}
	}
	return out
}

func (m model) words(f found) string {
	if f.text == nil {
		return "nothing"
	}
	x := *f.text
	day := map[ReferralRule]record.Date{ReferredFrom: m.referred, TreatedFrom: m.on}[x.Rule]
	switch {
	case f.stopped && x.Text.None == "" && x.Text.Policy != "q":
		return "suspended"
	case x.Text.None != "":
		return x.Text.None
	case x.Expires != 0 && day >= x.Expires:
		return "expired"
	}
	return fmt.Sprint(x.Text)
}

func (m model) answers(area string) []string {
	var out []string
	bases := m.bases(area)
	if len(bases) == 0 {
		bases = []found{{}}
	}
	for _, b := range bases {
		out = append(out, m.ways(area, 0, b)...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func said(a Answer) string {
	switch {
	case a.Outcome == TextApplies:
		return fmt.Sprint(a.Interval.Text)
	case a.Interval.Text.None != "":
		return a.Interval.Text.None
	}
	return "nothing"
}

func TestAppliesHasExactlyOneAnswer(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h := drawHistory(t)
		area := rapid.SampledFrom(h.ids).Draw(t, "area")
		m := model{h, drawDay(t, "referred"), 0}
		m.on = max(m.referred, drawDay(t, "on"))
		a := Applies(h.places, h.registers, area, m.referred, m.on)
		want := m.answers(area)
		switch a.Outcome {
		case AskWhere:
			if len(a.Choose) < 2 || len(want) < 2 {
				t.Fatalf("asks to choose from %v, though all ways give %v", a.Choose, want)
			}
		case TextApplies, NothingSet:
			if len(want) != 1 || said(a) != want[0] {
				t.Fatalf("answer %q (%+v), want %q", said(a), a, want)
			}
			if (a.Outcome == NothingSet) != (a.Missing != "") || a.Area == "" {
				t.Fatalf("an answer without a reason or area: %+v", a)
			}
		default:
			t.Fatalf("no outcome: %+v", a)
		}
		if again := Applies(h.places, h.registers, area, m.referred, m.on); fmt.Sprint(again) != fmt.Sprint(a) {
			t.Fatalf("two answers to one question: %+v, %+v", a, again)
		}
	})
}

func TestAppliesIsQuickOnTangledSuccessions(t *testing.T) {
	t.Parallel()
	places := Places{}
	for i := range 60 { // 30 steps of two bodies, each succeeded by both of the next step: 2^30 ways
		step := i / 2
		c := &Commissioner{Head: record.Head{ID: fmt.Sprintf("%02d", i)}, Start: day0.AddDays(step), End: day0.AddDays(step + 1)}
		c.Successors = []string{fmt.Sprintf("%02d", 2*step+2), fmt.Sprintf("%02d", 2*step+3), c.ID, "00"}
		places[c.ID] = c
	}
	registers := Registers{}
	for i := range 60 {
		id := fmt.Sprintf("%02d", i)
		registers[id] = &Register{Policy: "p", Commissioner: id, Intervals: []Interval{{From: day0.AddDays(i / 2), Rule: TreatedFrom, Text: TextRef{Local: id}}}}
	}
	for _, area := range []string{"00", "58"} {
		if a := Applies(places, registers, area, day0.AddDays(50), day0.AddDays(50)); a.Outcome == "" {
			t.Errorf("area %s: no outcome", area)
		}
	}
}
