package publicpages_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"concordat/review"
	"concordat/review/decision"
	"concordat/review/record"
)

// Every case of the card: what a clinician reads first.
func TestCards(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	alder, brindle, carrow, dun, esk := w.area("Aldermoss"), w.area("Brindlewick"), w.area("Carrowmead"), w.area("Dunhallow"), w.area("Eskerby")
	fenni, garth := w.area("Fennimoor"), w.area("Garthwold")
	p := w.create(carpal(alder, brindle, carrow, dun, esk, fenni, garth))
	for _, a := range []*review.Commissioner{alder, brindle, carrow, dun} {
		w.local(p, a, 2018, "## Criteria\n\nOnly severe cases in "+a.Short+".")
	}
	v := w.issue(p.ID)
	w.decide(v, adoptFrom(record.Day(2027, 1, 1)), alder)
	w.decide(v, adoptFrom(record.Day(2027, 4, 1)), brindle)
	w.decide(v, decision.Said{Outcome: decision.Decline}, carrow)
	w.decide(v, decision.Said{Outcome: decision.Defer}, dun)
	w.decide(v, decision.Said{Outcome: decision.Adopt, Event: "start of the new contract"}, esk)
	anchor := ""
	for _, c := range v.Text().Clauses {
		if c.Words == "Symptoms that disturb sleep 4 months after they were first recorded." {
			anchor = c.Anchor
		}
	}
	w.decide(v, decision.Said{Outcome: decision.Vary, Effective: record.Day(2027, 1, 1), Overlay: decision.Overlay{{Act: decision.Replace, Anchor: anchor, Text: "Symptoms for **3 months**."}}}, fenni)

	if got := w.get("/policies/carpal-tunnel-surgery", ""); got.Code != http.StatusNotFound {
		t.Errorf("before it was published: status %d", got.Code)
	}
	w.publish(v, time.Time{})
	w.moveTo(time.Date(2027, 1, 11, 10, 0, 0, 0, time.UTC))

	t.Run("no area", func(t *testing.T) {
		got := w.get("/policies/carpal-tunnel-surgery", "")
		got.card().has(t, "funded if the patient meets the criteria", "of 7 areas differ today", "reduced sensation that is always present", "No area chosen")
		got.row("Aldermoss").has(t, "Adopted", "from 1 January 2027")
		got.row("Brindlewick").has(t, "Adopted", "from 1 April 2027", "Until then:", "Brindlewick’s own policy of 2018")
		got.row("Carrowmead").has(t, "Not adopted", "Carrowmead’s own policy of 2018")
		got.row("Dunhallow").has(t, "Put off", "Meanwhile:")
		got.row("Eskerby").has(t, "Adopted", "start of the new contract", "not known yet")
		got.row("Fennimoor").has(t, "Adopted with a variation", "A different text at")
		got.row("Garthwold").has(t, "Not decided yet")
		got.has(t, "In Fennimoor</b> this reads:", "3 months", "OPCS-4: A65.1", "Choose the area</a> to see whom to ask")
	})
	for area, want := range map[string][]string{
		"aldermoss": {"In Aldermoss: funded if the patient meets the criteria", "Prior approval is not needed.",
			"For patients referred on or after 1 January 2027.", "Referred earlier?", "Aldermoss’s own policy of 2018 applies."},
		"brindlewick": {"In Brindlewick: funded if the patient meets the criteria, with approval first", "Brindlewick’s own policy of 2018",
			"For patients referred on or after 1 April 2027: version 1.0"},
		"carrowmead": {"In Carrowmead: ", "/local/", "Carrowmead decided not to adopt this policy."},
		"dunhallow":  {"Dunhallow put its decision on this policy off."},
		"eskerby":    {"In Eskerby: nothing is recorded", "start of the new contract"},
		"fennimoor":  {"In Fennimoor: funded", "Symptoms for 3 months. <b>(as varied here)</b>", "adopted the policy with"},
		"garthwold":  {"In Garthwold: nothing is recorded", "Garthwold has not decided on this policy yet."},
	} {
		t.Run(area, func(t *testing.T) {
			byCookie := w.get("/policies/carpal-tunnel-surgery", area).card()
			strip(byCookie).has(t, want...)
			if byAddress := w.get("/policies/carpal-tunnel-surgery?area="+area, "").card(); byAddress.text != byCookie.text {
				t.Error("the cookie and the address give different cards")
			}
		})
	}
	w.get("/policies/carpal-tunnel-surgery", "fennimoor").has(t, "As varied in Fennimoor.</b> Elsewhere this reads:", "ifr@fennimoor.example")
	w.get("/policies/carpal-tunnel-surgery", "brindlewick").has(t, "In Brindlewick today this text does not apply.")

	t.Run("suspended and withdrawn", func(t *testing.T) {
		r, err := w.review.Registers.Load(w.ctx, review.RegisterID(p.ID, alder.ID))
		w.ok(err)
		_, err = w.review.Suspend(w.ctx, w.edit(r.ID, r.Revision), record.Day(2027, 1, 11))
		w.ok(err)
		got := w.get("/policies/carpal-tunnel-surgery", "aldermoss")
		got.card().has(t, "In Aldermoss: suspended, do not start this treatment")
		got.has(t, "Important: </span>Suspended in Aldermoss")
		got.row("Aldermoss").has(t, "Suspended", "from 11 January 2027")
	})
}

var links = regexp.MustCompile(`</?a( [^>]*)?>`)

// strip adds to a page its text without links, so that a sentence with one can be looked for.
func strip(a answer) answer {
	return answer{a.ResponseRecorder, a.text + links.ReplaceAllString(a.text, "")}
}

// The plain summary stands once, before the policy, and its section says where.
func TestSummaryStandsOnce(t *testing.T) {
	t.Parallel()
	w, _, _, _ := simple(t)
	got := w.get("/policies/carpal-tunnel-surgery", "")
	got.has(t, `<h2 id="summary">In plain English</h2>`, `See <a href="#summary">above</a>.`)
	if n := strings.Count(got.text, "Pressure on a <strong>nerve</strong> in the wrist."); n != 1 {
		t.Errorf("the summary stands %d times", n)
	}
	w.get("/policies/carpal-tunnel-surgery/versions/1.0", "").has(t, "Pressure on a <strong>nerve</strong> in the wrist.")
}

// A policy is under review only where it applies.
func TestComingListsReviewsWhereThePolicyApplies(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	alder, brindle, carrow := w.area("Aldermoss"), w.area("Brindlewick"), w.area("Carrowmead")
	d := carpal(alder, brindle, carrow)
	d.review = record.Day(2027, 6, 1)
	p := w.create(d)
	v := w.issue(p.ID)
	w.decide(v, adoptFrom(record.Day(2027, 1, 1)), alder, brindle, carrow)
	w.publish(v, time.Time{})
	w.moveTo(january)
	w.get("/coming", "").has(t, "Review due by 1 June 2027. It applies in all areas")

	next := carpal(alder, brindle, carrow)
	next.reference, next.title, next.supersedes = "CP-099", "Nerve compression surgery", []string{p.ID}
	v2 := w.issue(w.create(next).ID)
	w.decide(v2, adoptFrom(record.Day(2027, 2, 1)), alder, brindle)
	w.publish(v2, time.Time{})
	w.moveTo(time.Date(2027, 7, 1, 9, 0, 0, 0, time.UTC))
	w.get("/coming", "").has(t, "Review was due by 1 June 2027. It applies in Carrowmead")

	w.decide(v2, adoptFrom(record.Day(2027, 7, 1)), carrow)
	w.get("/coming", "").lacks(t, "Review was due")
}

// The library says of a policy that another has replaced nearly everywhere that it was.
func TestLibrarySaysWhatIsReplaced(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	alder, brindle, carrow := w.area("Aldermoss"), w.area("Brindlewick"), w.area("Carrowmead")
	p := w.create(carpal(alder, brindle, carrow))
	v := w.issue(p.ID)
	w.decide(v, adoptFrom(record.Day(2027, 1, 1)), alder, brindle, carrow)
	w.publish(v, time.Time{})
	next := carpal(alder, brindle, carrow)
	next.reference, next.title, next.supersedes = "CP-099", "Nerve compression surgery", []string{p.ID}
	v2 := w.issue(w.create(next).ID)
	w.decide(v2, adoptFrom(record.Day(2027, 2, 1)), alder, brindle)
	w.publish(v2, time.Time{})
	const line = "Replaced in 2 of 3 areas by Nerve compression surgery. CP-017"
	w.moveTo(january)
	w.get("/", "").lacks(t, line)
	w.moveTo(time.Date(2027, 2, 1, 9, 0, 0, 0, time.UTC))
	w.get("/", "").has(t, line, "Funded if the patient meets the criteria. Applies in 2 of 3 areas. CP-099")
	for path, want := range map[string][]string{
		"/?q=surgery":                 {"Funded if the patient meets the criteria. Applies in 2 of 3 areas. CP-099", line},
		"/?q=surgery&area=aldermoss":  {"In Aldermoss: funded if the patient meets the criteria. CP-099", "In Aldermoss: another policy has replaced this one. CP-017"},
		"/?q=surgery&area=carrowmead": {"In Carrowmead: funded if the patient meets the criteria. CP-017", "In Carrowmead: nothing is recorded. CP-099"},
	} {
		got := w.get(path, "")
		got.has(t, want...)
		if strings.Index(got.text, want[0]) > strings.Index(got.text, want[1]) {
			t.Errorf("%s: %q does not come first", path, want[0])
		}
	}
	w.get("/coming", "").lacks(t, "Review was due")
}

// A position or an area that there is none of narrows nothing.
func TestLibraryIgnoresWhatDoesNotExist(t *testing.T) {
	t.Parallel()
	w, _, _, _ := simple(t)
	for _, path := range []string{"/?position=bogus", "/?area=nowhere"} {
		w.get(path, "").has(t, "Changed last", "Carpal tunnel surgery")
	}
	w.get("/?q=carpal&position=bogus", "").has(t, "1 policy for “carpal”")
}
