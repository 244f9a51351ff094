package e2e_test

import (
	"fmt"
	"strings"
	"testing"

	"concordat/web/e2e"
)

// TestPublicWithoutScripts is somebody without an account whose browser runs no scripts.
func TestPublicWithoutScripts(t *testing.T) {
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

// TestWhatApplies asks on both sides of the dates that matter.
func TestWhatApplies(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *service) {
		p := visitor(t, s).WithoutJavaScript()
		for _, tc := range []struct {
			policy, area    string
			referred        [3]int
			treated         [3]int
			heading, detail string
		}{
			{"carpal-tunnel-surgery", "aldermoss", [3]int{31, 12, 2026}, [3]int{1, 3, 2027}, "Aldermoss’s own policy", "For patients referred on or after"},
			{"carpal-tunnel-surgery", "aldermoss", [3]int{1, 1, 2027}, [3]int{1, 3, 2027}, "Carpal tunnel surgery, version 1.0, applies", "For patients referred on or after 1 January 2027"},
			{"carpal-tunnel-surgery", "kestlebury", [3]int{31, 3, 2027}, [3]int{1, 5, 2027}, "Kestlebury’s own policy", "until 31 March 2027"},
			{"carpal-tunnel-surgery", "kestlebury", [3]int{1, 4, 2027}, [3]int{1, 5, 2027}, "version 1.0, applies", "1 April 2027"},
			{"carpal-tunnel-surgery", "fennimoor", [3]int{1, 1, 2027}, [3]int{1, 3, 2027}, "version 1.0, applies", "With a variation at paragraph"},
			{"assisted-conception", "oxleigh-vale", [3]int{1, 6, 2027}, [3]int{1, 7, 2027}, "Oxleigh Vale’s own policy", "Position"},
			{"epidural-injections-for-back-and-leg-pain", "marrowdene", [3]int{1, 6, 2023}, [3]int{1, 7, 2023}, "Epidural injections for back and leg pain, version 1.0, applies", "Decided by Old Marrow"},
		} {
			p.Goto("/applies?policy=" + tc.policy + "&area=" + tc.area + day("referred", tc.referred) + day("treated", tc.treated))
			p.Within(".app-answer").Sees(tc.heading, tc.detail)
		}
	})
}

// day is a date as the form sends it.
func day(field string, d [3]int) string {
	return fmt.Sprintf("&%s-day=%d&%s-month=%d&%s-year=%d", field, d[0], field, d[1], field, d[2])
}
