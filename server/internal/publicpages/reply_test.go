package publicpages_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/decision"
	"concordat/review/record"
	"concordat/server/internal/demo"
	"concordat/server/internal/public"
	"concordat/server/internal/services"
	"concordat/server/internal/stores"
)

// told is the JSON answer as another system reads it.
type told struct {
	Area, Outcome, Kind, Name, Policy, Version, Local, Without, URL, Position, From, To, Rule, DecidedBy, Missing string
	Treatments                                                                                                    []struct{ Name, Position string }
	Variations                                                                                                    []struct{ Change, Paragraph, Text string }
	Waiting                                                                                                       []struct{ Event, Policy, Version, URL string }
	Choose                                                                                                        []told
}

// told asks for the JSON answer.
func (w *world) told(policy, area string, referred record.Date) told {
	w.t.Helper()
	got := w.get("/applies.json?policy="+policy+"&area="+area+"&referred="+referred.String(), "")
	var out told
	if err := json.Unmarshal([]byte(got.text), &out); err != nil || got.Code != http.StatusOK {
		w.t.Fatalf("%s in %s: status %d, %v: %s", policy, area, got.Code, err, got.text)
	}
	return out
}

// asked is the page's answer to the same question, without links.
func (w *world) asked(policy, area string, referred record.Date) answer {
	w.t.Helper()
	y, m, d := referred.Parts()
	return w.get(fmt.Sprintf("/applies?policy=%s&area=%s&referred-day=%d&referred-month=%d&referred-year=%d", policy, area, d, m, y), "").card()
}

// demonstration is a service with the demonstration in it.
func demonstration(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	w.moveTo(demo.Clock(time.Now())())
	_, err := demo.Load(context.Background(), services.Over(w.keeper), services.Given{Hasher: access.NewWeakArgon2(), Now: w.clock, NewID: stores.NewID,
		Secret: rand.Text, Name: "Concordat", PublicURL: w.site.PublicURL})
	w.ok(err)
	w.ok(w.lib.Refresh(w.ctx))
	return w
}

// TestDemonstration loads it once. What moves the clock comes last.
func TestDemonstration(t *testing.T) {
	t.Parallel()
	w := demonstration(t)
	t.Run("page and JSON agree", func(t *testing.T) { testPageAndJSONAgree(t, w) })
	t.Run("one answer", func(t *testing.T) { testOneAnswer(t, w) })
}

// testPageAndJSONAgree holds that both say the same of every policy, area and time of the demonstration.
func testPageAndJSONAgree(t *testing.T, w *world) {
	t.Helper()
	s := w.lib.Snapshot()
	kinds := map[string]int{}
	for _, p := range s.Policies {
		for _, area := range s.AllAreas() {
			for _, referred := range []record.Date{record.Day(2015, 1, 1), s.Today, record.Day(2027, 7, 1)} {
				x := w.told(p.Slug, area.Slug, referred)
				page := w.asked(p.Slug, area.Slug, referred)
				page.t(t, p.Slug+" in "+area.Slug+" on "+referred.String(), x.expected(s)...)
				kinds[x.Kind]++
				kinds["varied"] += len(x.Variations)
				kinds["waiting"] += len(x.Waiting)
				if n := strings.Count(page.text, ">With "); n != len(x.Variations) {
					t.Errorf("%s in %s on %s: the page tells %d variations and the JSON %d", p.Slug, area.Slug, referred, n, len(x.Variations))
				}
			}
		}
	}
	// Its text is of four treatments with different positions, as the policies of each say.
	const backPain = "low-back-pain-and-sciatica-injections-and-denervation"
	if x := w.told(backPain, "marrowdene", s.Today); x.Kind != "local" || x.Position != "" {
		t.Errorf("the four policies for back pain are told as one: %+v", x)
	}
	for _, kind := range []string{"version", "local", "without", "none", "varied", "waiting"} {
		if kinds[kind] == 0 {
			t.Errorf("the demonstration has no answer of kind %q: %v", kind, kinds)
		}
	}
}

// t fails unless the page has each of the texts.
func (a answer) t(t *testing.T, what string, texts ...string) {
	t.Helper()
	page := squeeze(strip(a).text)
	for _, x := range texts {
		if !strings.Contains(page, squeeze(x)) {
			t.Errorf("%s: the page lacks %q", what, x)
		}
	}
}

// expected is what the page must have of a JSON answer.
func (x told) expected(s *public.Snapshot) []string {
	var out []string
	add := func(text string, has bool) {
		if has {
			out = append(out, text)
		}
	}
	add(x.Name, x.Name != "")
	add(`href="`+strings.TrimPrefix(x.URL, "https://policies.example")+`"`, x.URL != "")
	add("Position: "+x.Position+".", x.Position != "")
	for _, t := range x.Treatments {
		add(t.Name+": "+t.Position+".", true)
	}
	for _, v := range x.Variations {
		said := map[string]string{"replace": "With a different text at paragraph ", "add": "With an addition after paragraph "}[v.Change]
		add(said+v.Paragraph+": “"+v.Text+"”", true)
	}
	add(x.Missing+".", x.Missing != "")
	for _, w := range x.Waiting {
		add("version "+w.Version+". It starts with “"+w.Event+"”. That date is not known yet.", true)
	}
	if x.Outcome == "applies" {
		add(dateOf(x.From), x.From != "")
		add("Decided by "+s.Area(x.DecidedBy).Short+".", x.DecidedBy != x.Area)
	}
	return out
}

func dateOf(text string) string {
	d, err := record.ParseDate(text)
	if err != nil {
		return "no date: " + text
	}
	return d.Words()
}

// What an area has without a policy is told apart, and a day before records is none.
func TestAppliesWithoutAPolicy(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	alder, brindle, carrow := w.area("Aldermoss"), w.area("Brindlewick"), w.area("Carrowmead")
	p := w.create(carpal(alder, brindle, carrow))
	for area, without := range map[*review.Commissioner]review.Without{alder: review.OpenAccess, brindle: review.NationalText} {
		_, err := w.review.AddLocal(w.ctx, w.by, review.LocalInput{Policy: p.ID, Commissioner: area.ID, Without: without})
		w.ok(err)
	}
	v := w.issue(p.ID)
	w.decide(v, adoptFrom(record.Day(2027, 1, 1)), carrow)
	w.publish(v, time.Time{})
	w.moveTo(january)
	for area, want := range map[string]string{"aldermoss": "open", "brindlewick": "national"} {
		got := w.told("carpal-tunnel-surgery", area, record.Day(2027, 1, 5))
		if got.Kind != "without" || got.Without != want || got.From != "" || got.Name == "" {
			t.Errorf("%s: %+v", area, got)
		}
	}
}

// What is asked for and is not there is not found, which is something else than a question that cannot be read.
func TestAppliesNotFound(t *testing.T) {
	t.Parallel()
	w, _, _, _ := simple(t)
	for path, want := range map[string]string{
		"/applies.json?policy=other&area=aldermoss&referred=2027-01-05":               "policy: there is no public policy of this name",
		"/applies.json?policy=carpal-tunnel-surgery&area=nowhere&referred=2027-01-05": "area: there is no area of this name",
	} {
		if got := w.get(path, ""); got.Code != http.StatusNotFound || !strings.Contains(got.text, want) {
			t.Errorf("%s: status %d, %s", path, got.Code, got.text)
		}
	}
}

// After an erratum the version that applies is the corrected one, on the page as in the JSON.
func TestAppliesNamesTheErratum(t *testing.T) {
	t.Parallel()
	w, p, v, _ := simple(t)
	_, err := w.review.Erratum(w.ctx, w.edit(p.ID, w.policy(p.ID).Revision), v.Number, []review.Section{{Key: review.InsteadKey, Markdown: "Offer a splint and look again after 12 weeks."}})
	w.ok(err)
	day := record.Day(2027, 1, 5)
	if got := w.told("carpal-tunnel-surgery", "aldermoss", day); got.Version != "1.1" || got.Name != "Carpal tunnel surgery, version 1.1" {
		t.Errorf("%+v", got)
	}
	w.asked("carpal-tunnel-surgery", "aldermoss", day).has(t, "Carpal tunnel surgery, version 1.1, applies")
}

// Nothing of a version that is to be published later is told to outsiders: not its number, nor where it is adopted.
func TestScheduledVersionStaysHidden(t *testing.T) {
	t.Parallel()
	w, p, _, _ := simple(t)
	alder, brindle := w.lib.Snapshot().Area("aldermoss"), w.lib.Snapshot().Area("brindlewick")
	w.write(w.policy(p.ID), carpal(alder, brindle), "From now on for fewer patients.")
	second := w.issue(p.ID)
	w.decide(second, adoptFrom(record.Day(2027, 2, 1)), alder)
	w.decide(second, decision.Said{Outcome: decision.Adopt, Event: "start of the secret contract"}, brindle)
	live := record.Day(2027, 3, 1).Start()
	w.publish(second, live)
	w.moveTo(record.Day(2027, 2, 2).Start())
	const policy = "/policies/carpal-tunnel-surgery"
	day := record.Day(2027, 2, 2)
	for _, path := range []string{"/", policy, policy + "?area=aldermoss", policy + "?area=brindlewick", policy + "/feed.atom", "/feed.atom", "/coming", "/areas/aldermoss",
		"/areas/brindlewick", policy + "/compare"} {
		w.get(path, "").lacks(t, "2.0", "secret", "1 March", "fewer patients")
	}
	for _, area := range []string{"aldermoss", "brindlewick"} {
		w.asked("carpal-tunnel-surgery", area, day).lacks(t, "2.0", "secret", "1 March")
	}
	const missing = "The text that applies to patients referred on that day is not published yet"
	w.asked("carpal-tunnel-surgery", "aldermoss", day).has(t, "No text applies that can be shown", missing)
	got := w.get(policy, "aldermoss")
	got.card().has(t, "In Aldermoss: not published yet")
	got.row("Aldermoss").has(t, "Not published yet")
	if got := w.told("carpal-tunnel-surgery", "aldermoss", day); got.Outcome != "nothing" || got.Kind != "unpublished" || got.Missing != missing || got.From != "" || got.Rule != "" || got.Policy != "" {
		t.Errorf("aldermoss: %+v", got)
	}
	if got := w.told("carpal-tunnel-surgery", "brindlewick", day); got.Version != "1.0" || len(got.Waiting) > 0 {
		t.Errorf("brindlewick: %+v", got)
	}
	w.moveTo(live)
	if got := w.told("carpal-tunnel-surgery", "aldermoss", day); got.Version != "2.0" {
		t.Errorf("when it is public: %+v", got)
	}
}

// Two successors decide for an ended commissioner's area: where one has decided since, each place is answered as it
// is there, and what stays in force is the ended commissioner's own decision, not what the successor had elsewhere.
func TestTwoSuccessors(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	alder, brindle, carrow := w.area("Aldermoss"), w.area("Brindlewick"), w.area("Carrowmead")
	p := w.create(carpal(alder, brindle, carrow))
	_, err := w.review.AddLocal(w.ctx, w.by, review.LocalInput{Policy: p.ID, Commissioner: carrow.ID, Without: review.NationalText})
	w.ok(err)
	v := w.issue(p.ID)
	w.decide(v, adoptFrom(record.Day(2027, 1, 1)), alder)
	w.publish(v, time.Time{})
	_, err = w.review.EndCommissioner(w.ctx, w.edit(alder.ID, alder.Revision), record.Day(2027, 2, 1), []string{brindle.ID, carrow.ID})
	w.ok(err)
	w.moveTo(record.Day(2027, 2, 2).Start())
	day := record.Day(2027, 2, 2)
	if got := w.told(p.Slug, "aldermoss", day); got.Version != "1.0" || got.Outcome != "applies" {
		t.Errorf("before a successor decided: %+v", got)
	}
	w.write(w.policy(p.ID), carpal(), "Once more.")
	second := w.issue(p.ID)
	w.decide(second, adoptFrom(record.Day(2027, 2, 2)), brindle)
	w.publish(second, time.Time{})
	got := w.told(p.Slug, "aldermoss", day)
	if got.Outcome != "where" || len(got.Choose) != 2 || got.Choose[0].Area != "brindlewick" || got.Choose[0].Version != "2.0" ||
		got.Choose[1].Area != "carrowmead" || got.Choose[1].Version != "1.0" {
		t.Errorf("after one did: %+v", got)
	}
	strip(w.asked(p.Slug, "aldermoss", day)).has(t, "It depends on the place", "For patients of Carrowmead: Carpal tunnel surgery, version 1.0, applies.", "For patients of Brindlewick: Carpal tunnel surgery, version 2.0, applies.")
	strip(w.get("/policies/"+p.Slug, "aldermoss").card()).has(t, "it depends on the place", "For patients of Carrowmead: version 1.0 of this policy", "For patients of Brindlewick: version 2.0 of this policy")
	w.get("/areas/aldermoss", "").lacks(t, "decides which treatments", "ifr@")
	w.get("/areas/carrowmead", "").has(t, "NHS Carrowmead decides which treatments are funded")
}
