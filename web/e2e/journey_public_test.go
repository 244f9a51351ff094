package e2e_test

import (
	"fmt"
	"strings"
	"testing"

	"concordat/web/e2e"
)

// TestPublicWithoutScripts is somebody without an account whose browser runs no scripts.
func TestPublicWithoutScripts(t *testing.T) {
	t.Parallel()
	onBothEngines(t, func(t *testing.T, s *service) {
		p := visitor(t, s).WithoutJavaScript()
		p.Goto("/")
		p.Fill("Treatment, condition or code", "carpel tunel")
		p.Within("main").Click("Search")
		p.Click("Carpal tunnel surgery")
		p.Sees("No area chosen")
		p.Select("Where the patient’s GP is", "Fennimoor")
		p.Within(".app-answer").ClickOn("button")
		p.Sees("In Fennimoor: funded", "(as varied here)")

		// The area is remembered on the next policy.
		p.Goto("/")
		p.Fill("Treatment, condition or code", "IVF")
		p.Within("main").Click("Search")
		p.Click("Assisted conception")
		p.Sees("In Fennimoor:")

		compare(t, p)
		for _, address := range []string{"/feed.atom", "/sitemap.xml"} {
			if status, body := ask(t, s, address); status != 200 || !strings.Contains(body, "/policies/carpal-tunnel-surgery") {
				t.Errorf("%s answers %d without the policy", address, status)
			}
		}
		p.Goto("/")
		p.Click("Follow changes (feed)")
	})
}

// TestSearchAsYouType keeps the address of what is found while somebody types.
func TestSearchAsYouType(t *testing.T) {
	t.Parallel()
	p := visitor(t, demonstration(t, "SQLite"))
	p.Goto("/")
	p.Fill("Treatment, condition or code", "facet")
	p.Sees("for “facet”")
	if got := p.URL(); !strings.HasSuffix(got, "/?q=facet") {
		t.Errorf("the address is %s", got)
	}
	p.Reload()
	p.Sees("for “facet”")
}

// compare sets two public texts side by side.
func compare(t *testing.T, p *e2e.Page) {
	t.Helper()
	p.Goto("/policies/carpal-tunnel-surgery")
	p.Click("Show differences")
	p.Sees("What is different")
	if !p.Has("ins, del") {
		t.Error("comparing shows no difference")
	}
}

// TestWhatApplies fills in the form by hand, on both sides of the dates that matter.
func TestWhatApplies(t *testing.T) {
	t.Parallel()
	onBothEngines(t, func(t *testing.T, s *service) {
		publishStatement(t, s)
		p := visitor(t, s).WithoutJavaScript()
		for _, tc := range []struct {
			policy, area      string
			referred, treated [3]int
			heading           string
			details           []string
		}{
			{"Carpal tunnel surgery", "Aldermoss", [3]int{31, 12, 2026}, [3]int{1, 3, 2027}, "Aldermoss’s own policy", []string{"For patients referred on or after"}},
			{"Carpal tunnel surgery", "Aldermoss", [3]int{1, 1, 2027}, [3]int{1, 3, 2027}, "Carpal tunnel surgery, version 1.0, applies",
				[]string{"For patients referred on or after 1 January 2027"}},
			{"Carpal tunnel surgery", "Kestlebury", [3]int{31, 3, 2027}, [3]int{1, 5, 2027}, "Kestlebury’s own policy", []string{"until 31 March 2027"}},
			{"Carpal tunnel surgery", "Kestlebury", [3]int{1, 4, 2027}, [3]int{1, 5, 2027}, "version 1.0, applies", []string{"1 April 2027"}},
			{"Carpal tunnel surgery", "Fennimoor", [3]int{1, 1, 2027}, [3]int{1, 3, 2027}, "version 1.0, applies", []string{"With a different text at paragraph", "With an addition after paragraph"}},
			{"Assisted conception", "Oxleigh Vale", [3]int{1, 6, 2027}, [3]int{1, 7, 2027}, "Oxleigh Vale’s own policy",
				[]string{"Position", "Adopted, and waiting for a date: Assisted conception, version 1.0. It starts with"}},
			{"Epidural injections for back and leg pain", "Marrowdene", [3]int{1, 6, 2023}, [3]int{1, 7, 2023},
				"Epidural injections for back and leg pain, version 1.0, applies", []string{"Decided by Old Marrow"}},
			// A text for all patients goes by the day of treatment, however early the referral.
			{statement, "Aldermoss", [3]int{1, 6, 2026}, [3]int{10, 12, 2026}, "Aldermoss’s own policy", []string{"until"}},
			{statement, "Aldermoss", [3]int{1, 6, 2026}, [3]int{11, 12, 2026}, statement + ", version 1.0, applies",
				[]string{"For all patients, whenever referred, from 11 December 2026"}},
		} {
			askWhatApplies(p, tc.policy, tc.area, tc.referred, tc.treated)
			p.Within(".app-answer").Sees(tc.heading)
			p.Within(".app-answer").Sees(tc.details...)
		}
	})
}

// TestWhatAppliesOnWrongDates shows what is wrong beside its field, and keeps what was typed.
func TestWhatAppliesOnWrongDates(t *testing.T) {
	t.Parallel()
	p := visitor(t, demonstration(t, "SQLite"))
	p.Tolerate("400")
	askWhatApplies(p, "Carpal tunnel surgery", "Aldermoss", [3]int{31, 2, 2027}, [3]int{1, 3, 2027})
	const wrong = "The date of referral must be a real date"
	p.Sees("There is a problem")
	p.Within(".nhsuk-form-group--error").Sees(wrong, "Date of referral")
	for label, want := range map[string]string{"Policy": "carpal-tunnel-surgery", "Where the patient’s GP is": "aldermoss"} {
		if got := p.Value(label); got != want {
			t.Errorf("%s is %q, want %q", label, got, want)
		}
	}
	for selector, want := range map[string][3]string{"#referred": {"31", "2", "2027"}, "#treated": {"1", "3", "2027"}} {
		for i, label := range []string{"Day", "Month", "Year"} {
			if got := p.Within(selector).Value(label); got != want[i] {
				t.Errorf("%s, %s is %q, want %q", selector, label, got, want[i])
			}
		}
	}
	e2e.Axe(t, p)
	p.Within(".nhsuk-error-summary").Click("The date of referral must be a real date, such as 31 1 2027")
	var focused string
	p.Eval("document.activeElement.name", &focused)
	if focused != "referred-day" {
		t.Errorf("the summary leads to %q", focused)
	}
	p.Within("#referred").Fill("Month", "1")
	p.Click("Show what applies")
	p.Sees("Carpal tunnel surgery, version 1.0, applies")
}

func askWhatApplies(p *e2e.Page, policy, area string, referred, treated [3]int) {
	p.Goto("/applies")
	p.Select("Policy", policy)
	p.Select("Where the patient’s GP is", area)
	for selector, d := range map[string][3]int{"#referred": referred, "#treated": treated} {
		for i, label := range []string{"Day", "Month", "Year"} {
			p.Within(selector).Fill(label, fmt.Sprint(d[i]))
		}
	}
	p.Click("Show what applies")
}

const statement = "Second eye cataract surgery: interim statement"

// publishStatement puts before the public what some areas adopted for all their patients.
func publishStatement(t *testing.T, s *service) {
	t.Helper()
	p := signedIn(t, s, otherLead)
	p.Goto("/desk/policies/ps-003/decisions")
	p.Click("Publish")
	p.Sees("Version 1.0 is published")
	becomesPublic(t, s, "/policies/second-eye-cataract-surgery-interim-statement")
}
