package publicpages_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"concordat/review"
	"concordat/review/clause"
	"concordat/review/decision"
	"concordat/review/record"
)

// reading is one policy as one area reads it.
type reading struct{ policy, area string }

// testOneAnswer walks all policies and areas of the demonstration, today and around each day on which an answer changes:
// the card, the page of what applies and the JSON state one position, and no text that does not apply is open to read.
func testOneAnswer(t *testing.T, w *world) {
	s := w.lib.Snapshot()
	days := map[record.Date]map[reading]bool{s.Today: {}}
	for _, p := range s.Policies {
		for _, area := range s.AllAreas() {
			x := reading{p.Slug, area.Slug}
			days[s.Today][x] = true
			r, err := w.review.Registers.Load(w.ctx, review.RegisterID(p.ID, area.ID))
			if err != nil {
				continue // it has none
			}
			for _, d := range r.Days() {
				for _, day := range []record.Date{d.AddDays(-1), d} {
					if day > s.Today {
						if days[day] == nil {
							days[day] = map[reading]bool{}
						}
						days[day][x] = true
					}
				}
			}
		}
	}
	seen := map[string]int{}
	for _, day := range slices.Sorted(maps.Keys(days)) {
		if day > s.Today {
			w.moveTo(day.Start())
		}
		for x := range days[day] {
			seen[w.oneAnswer(t, x.policy, x.area)]++
		}
	}
	t.Logf("%d days: %v", len(days), seen)
	for _, kind := range []string{"newest", "local", "without", "version", "none"} {
		if seen[kind] == 0 {
			t.Errorf("the demonstration has no answer of kind %q: %v", kind, seen)
		}
	}
}

// oneAnswer fails if what is said of a policy in an area today contradicts itself. It gives the kind of the answer.
func (w *world) oneAnswer(t *testing.T, slug, area string) string {
	t.Helper()
	today := record.DateOf(w.clock())
	what := slug + " in " + area + " on " + today.String()
	x := w.told(slug, area, today)
	p := w.lib.Snapshot().Policy(slug)
	page := w.get("/policies/"+slug+"?area="+area, "")
	open, folded := parted(t, page.text)
	stated := positions(wordsOf(t, page.card().text))
	want := x.positions()
	for pos := range stated {
		if !want[pos] {
			t.Errorf("%s: the card says %q, the JSON %v", what, pos, slices.Sorted(maps.Keys(want)))
		}
	}
	if x.Position != "" && !x.takenOver(slug) && !stated[x.Position] {
		t.Errorf("%s: the card does not say %q", what, x.Position)
	}
	if got := positions(wordsOf(t, w.asked(slug, area, today).text)); x.Outcome != "where" && !maps.Equal(got, want) {
		t.Errorf("%s: what applies says %v, the JSON %v", what, got, want)
	}
	if x.Kind == "version" && x.Policy == slug && x.Version == p.Now.Number.String() {
		if folded != nil {
			t.Errorf("%s: the text that applies is folded away as %q", what, folded.title)
		}
		return "newest"
	}
	if folded == nil || !strings.Contains(folded.title, "this text") {
		t.Errorf("%s: the text that does not apply is not folded away", what)
		return "none"
	}
	for pos := range positions(open) {
		if !want[pos] {
			t.Errorf("%s: outside the fold the page says %q", what, pos)
		}
	}
	applies := ""
	if x.Kind == "version" && x.Policy == slug {
		n, _ := review.ParseNumber(x.Version)
		applies = squeeze(clause.Parse(p.Edition(n).Markdown()).Markdown)
	}
	for _, words := range decisive(p.Now) {
		if strings.Contains(open, words) && !strings.Contains(applies, words) {
			t.Errorf("%s: %q does not apply and is open to read", what, words)
		}
	}
	for _, y := range append([]told{x}, x.Choose...) {
		if href := strings.TrimPrefix(y.URL, "https://policies.example"); href != "" && !strings.Contains(page.card().text, `href="`+href+`"`) {
			t.Errorf("%s: the card has no link to %s", what, href)
		}
	}
	if x.Kind == "version" && x.Policy == slug {
		return "older"
	}
	return x.Kind
}

// positions are those that a JSON answer states.
func (x told) positions() map[string]bool {
	out := map[string]bool{}
	if x.Position != "" {
		out[x.Position] = true
	}
	for _, tr := range x.Treatments {
		out[tr.Position] = true
	}
	return out
}

// takenOver tells whether another policy applies.
func (x told) takenOver(slug string) bool { return x.Policy != "" && x.Policy != slug }

// positions are the positions that a text states.
func positions(text string) map[string]bool {
	out := map[string]bool{}
	longest := slices.SortedFunc(slices.Values(review.Positions), func(a, b review.Position) int { return len(b.Plain()) - len(a.Plain()) })
	for _, p := range longest {
		if strings.Contains(text, p.Plain()) && p != review.Routine {
			out[p.Plain()] = true
			text = strings.ReplaceAll(text, p.Plain(), "")
		}
	}
	if strings.Contains(text, ": funded") { // "funded" alone is a word of any sentence
		out[review.Routine.Plain()] = true
	}
	return out
}

// decisive are the paragraphs of a version that say who is treated, and what to offer instead.
func decisive(v *review.Version) []string {
	var out []string
	for _, key := range []string{review.PositionKey, review.SummaryKey, review.CriteriaKey, review.InsteadKey} {
		for _, c := range clause.Parse(v.Section(key).Markdown).Clauses {
			if words := squeeze(c.Words); len(words) > 12 {
				out = append(out, words)
			}
		}
	}
	return out
}

// away is what is folded away under a title.
type away struct{ title, text string }

// parted are the words of a page's main part that are open to read, and those of the closed fold; nil when it has none.
func parted(t *testing.T, page string) (open string, folded *away) {
	t.Helper()
	tree, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range tree.Descendants() {
		if attribute(n, "id") != "fold" {
			continue
		}
		if n.Data != "details" || slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "open" }) {
			t.Errorf("the fold is <%s>, or open", n.Data)
		}
		folded = &away{text: text(n)}
		for c := range n.Descendants() {
			if c.Data == "summary" {
				folded.title = squeeze(text(c))
			}
		}
		n.Parent.RemoveChild(n)
		break
	}
	for n := range tree.Descendants() {
		if n.Data == "main" {
			return squeeze(text(n)), folded
		}
	}
	t.Fatal("the page has no main part")
	return "", nil
}

// Whatever it is that keeps the newest text from applying, what applies is named first and the text is folded away.
func TestWhatDoesNotApplyIsFoldedAway(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	names := []string{"Aldermoss", "Brindlewick", "Carrowmead", "Dunhallow", "Eskerby", "Fennimoor", "Garthwold", "Hollinbeck", "Ivelstone", "Kestlebury"}
	at := map[string]*review.Commissioner{}
	var areas []*review.Commissioner
	for _, n := range names {
		at[n] = w.area(n)
		areas = append(areas, at[n])
	}
	p := w.create(carpal(areas...))
	own := w.local(p, at["Brindlewick"], 2018, "Only severe cases.")
	for area, without := range map[string]review.Without{"Carrowmead": review.NationalText, "Dunhallow": review.OpenAccess, "Eskerby": review.NotKnown} {
		_, err := w.review.AddLocal(w.ctx, w.by, review.LocalInput{Policy: p.ID, Commissioner: at[area].ID, Without: without})
		w.ok(err)
	}
	v := w.issue(p.ID)
	w.decide(v, adoptFrom(record.Day(2027, 1, 1)), at["Aldermoss"], at["Fennimoor"], at["Garthwold"], at["Hollinbeck"], at["Ivelstone"])
	w.decide(v, decision.Said{Outcome: decision.Adopt, Event: "start of the new contract"}, at["Kestlebury"])
	w.publish(v, time.Time{})
	newer := carpal()
	newer.summary, newer.criteria = "Wrists are treated by the newest rules.", "The patient meets **all** of these:\n\n- the newest rule of numbness\n- the newest rule of waiting"
	w.write(w.policy(p.ID), newer, "")
	second := w.issue(p.ID)
	w.decide(second, adoptFrom(record.Day(2027, 1, 2)), at["Aldermoss"], at["Garthwold"], at["Hollinbeck"])
	w.publish(second, time.Time{})
	other := carpal(at["Ivelstone"])
	other.reference, other.title, other.supersedes = "CP-099", "Nerve compression surgery", []string{p.ID}
	third := w.issue(w.create(other).ID)
	w.decide(third, adoptFrom(record.Day(2027, 1, 3)), at["Ivelstone"])
	w.publish(third, time.Time{})
	w.moveTo(time.Date(2027, 1, 11, 10, 0, 0, 0, time.UTC))
	act := func(area string, do func(e record.Edit) error) {
		r, err := w.review.Registers.Load(w.ctx, review.RegisterID(p.ID, at[area].ID))
		w.ok(err)
		w.ok(do(w.edit(r.ID, r.Revision)))
	}
	day := record.Day(2027, 1, 11)
	act("Garthwold", func(e record.Edit) error { _, err := w.review.Suspend(w.ctx, e, day); return err })
	act("Hollinbeck", func(e record.Edit) error { _, err := w.review.Withdraw(w.ctx, e, day); return err })

	const page = "/policies/carpal-tunnel-surgery"
	for _, tc := range []struct {
		area, kind, first, title string
	}{
		{"Aldermoss", "newest", "In Aldermoss: funded if the patient meets the criteria", ""},
		{"Brindlewick", "local", `What applies there: <a href="/local/` + own.ID + `">Brindlewick’s own policy of 2018</a>`, "does not apply in Brindlewick today"},
		{"Carrowmead", "without", `>the national text</a> is used.`, "does not apply in Carrowmead today"},
		{"Dunhallow", "without", "Dunhallow has no policy of its own, and clinicians decide.", "does not apply in Dunhallow today"},
		{"Eskerby", "without", "it is not known what that means there", "does not apply in Eskerby today"},
		{"Fennimoor", "older", `<a href="` + page + `/versions/1.0">version 1.0</a>`, "does not apply in Fennimoor today"},
		{"Garthwold", "none", "The policy is suspended from 11 January 2027.", "is suspended in Garthwold"},
		{"Hollinbeck", "none", "The policy was withdrawn from 11 January 2027.", "does not apply in Hollinbeck today"},
		{"Ivelstone", "version", `Since 3 January 2027 this applies: <a href="/policies/nerve-compression-surgery">Nerve compression surgery</a>.`, "does not apply in Ivelstone today"},
		{"Kestlebury", "none", "the date of “start of the new contract” is not known yet", "does not apply in Kestlebury today"},
	} {
		if got := w.oneAnswer(t, p.Slug, at[tc.area].Slug); got != tc.kind {
			t.Errorf("%s: the answer is of kind %s, want %s", tc.area, got, tc.kind)
		}
		got := w.get(page, at[tc.area].Slug)
		got.card().has(t, tc.first)
		open, folded := parted(t, got.text)
		if tc.title == "" {
			if folded != nil || !strings.Contains(open, "Wrists are treated by the newest rules.") {
				t.Errorf("%s: the text that applies is not open to read", tc.area)
			}
			continue
		}
		if folded == nil || !strings.Contains(folded.title, "CP-017, version 2.0: this text "+tc.title) {
			t.Errorf("%s: folded away is %+v", tc.area, folded)
			continue
		}
		for _, words := range []string{"Wrists are treated by the newest rules.", "the newest rule of waiting", "Offer a splint and look again after 3 months."} {
			if strings.Contains(open, words) || !strings.Contains(folded.text, words) {
				t.Errorf("%s: %q is not folded away", tc.area, words)
			}
		}
		if warned := strings.Contains(open, "Important: Suspended"); warned != (tc.area == "Garthwold") {
			t.Errorf("%s: a suspension heads the page: %v", tc.area, warned)
		}
	}
	w.get(page, "fennimoor").has(t, `href="`+page+`/versions/1.0#`) // what to offer instead, by the text that applies
	all := w.get(page, "")
	all.card().has(t, "Where it applies: funded if the patient meets the criteria", "It is suspended in Garthwold: do not start this treatment under this policy there.")
	all.lacks(t, "Important: </span>Suspended", `id="fold"`)
	w.get("/applies?policy="+p.Slug+"&area=carrowmead&referred-day=11&referred-month=1&referred-year=2027", "").has(t, "Carrowmead has no policy of its own, and the national text is used", ">Read the national text</a>")
}

// A policy that applies in no area today shows no area's answer as it is not.
func TestAppliesNowhere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	alder, brindle := w.area("Aldermoss"), w.area("Brindlewick")
	p := w.create(carpal(alder, brindle))
	v := w.issue(p.ID)
	w.decide(v, adoptFrom(record.Day(2027, 4, 1)), alder, brindle)
	w.publish(v, time.Time{})
	w.moveTo(january)
	got := w.get("/policies/"+p.Slug, "")
	got.card().has(t, "In no area does this text apply today")
	open, folded := parted(t, got.text)
	if folded == nil || len(positions(open)) > 0 || strings.Contains(open, "Pressure on a nerve") || strings.Contains(open, "reduced sensation") {
		t.Errorf("folded %+v, open %s", folded, open)
	}
	w.moveTo(record.Day(2027, 4, 1).Start())
	open, folded = parted(t, w.get("/policies/"+p.Slug, "").text)
	if folded != nil || !strings.Contains(open, "In all areas: funded if the patient meets the criteria") {
		t.Errorf("on the day: folded %+v, open %s", folded, open)
	}
}

// What took over may be stopped in its turn: the card of the policy before says so, as what applies does.
func TestReplacedByWhatIsSuspended(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	alder := w.area("Aldermoss")
	p := w.create(carpal(alder))
	v := w.issue(p.ID)
	w.decide(v, adoptFrom(record.Day(2027, 1, 1)), alder)
	w.publish(v, time.Time{})
	next := carpal(alder)
	next.reference, next.title, next.supersedes = "CP-099", "Nerve compression surgery", []string{p.ID}
	v2 := w.issue(w.create(next).ID)
	w.decide(v2, adoptFrom(record.Day(2027, 1, 3)), alder)
	w.publish(v2, time.Time{})
	w.moveTo(time.Date(2027, 1, 11, 10, 0, 0, 0, time.UTC))
	page := "/policies/" + p.Slug + "?area=aldermoss"
	strip(w.get(page, "").card()).has(t, "Since 3 January 2027 this applies: Nerve compression surgery.")
	r, err := w.review.Registers.Load(w.ctx, review.RegisterID(v2.Policy, alder.ID))
	w.ok(err)
	_, err = w.review.Suspend(w.ctx, w.edit(r.ID, r.Revision), record.Day(2027, 1, 11))
	w.ok(err)
	card := strip(w.get(page, "").card())
	card.has(t, "Nerve compression surgery. The policy is suspended from 11 January 2027.")
	card.lacks(t, "this applies")
	w.oneAnswer(t, p.Slug, "aldermoss")
}
