package e2e_test

import (
	"net/http"
	"strings"

	"concordat/web/e2e"
)

// meeting is planned, held and recorded by a secretary of the five places.
func (g *grommets) meeting() {
	p := invited(g.t, g.s, g.admin, "Selma Hart", "Secretary", "NHS Ashby", "NHS Birley", "NHS Corvale", "NHS Denholt", "NHS Elmsett")
	p.Click("Meetings")
	p.Click("Plan a meeting")
	p.FillIn("[name=title]", "Joint committee of the five, February")
	p.Fill("Body that sits", "Joint committee of the five")
	date(p, "date", 8, 2, 2027)
	for _, place := range []string{"Ashby", "Birley", "Corvale", "Denholt", "Elmsett"} {
		p.Choose(place)
	}
	p.Click("Plan the meeting")
	p.Sees("The meeting is planned")
	p.Click("Put policies on the agenda")
	p.Choose("Eardrum tubes for glue ear, EN-001, version 1.0")
	p.Click("Put on the agenda")
	p.Sees("Agenda: 1 policy")
	p.Click("Members present")
	p.FillIn("[name=m0-name]", "Ada Lund")
	p.FillIn("[name=m0-role]", "chair")
	p.Within("fieldset.app-lines").Choose("Was present")
	p.Click("Save")
	p.Sees("Ada Lund, chair")
	g.decide(p)
}

// decide records what the meeting said: adopted in two places, with a variation in one, declined in one, put off in one.
func (g *grommets) decide(p *e2e.Page) {
	p.Click("Record all that was decided")
	p.FillIn("[name=i0-minute]", "JC/27/08")
	p.ClickOn("[name=i0-outcome][value=adopt]")
	date(p, "i0-effective", 8, 2, 2027)
	p.Choose("Patients referred on or after that date")
	p.FillIn("[name=i0-due]", "Considered the assessment of January 2027.")

	p.Click("Birley")
	p.Select("What Birley decided", "Adopt")
	date(p, "i0-c1-effective", 1, 4, 2027)
	p.Click("Corvale")
	p.Select("What Corvale decided", "Adopt with a local variation")
	p.FillIn("[name=i0-c2-reason]", "Hearing aids come first here")
	p.ClickOn(`#form details details:has([value="more i0-c2"]) summary`)
	p.ClickOn(`[value="more i0-c2"]`)
	p.Within("#i0-c2-o0").Select("Paragraph", "3.1(b) glue ear in both ears has been watched for 3 months")
	p.Within("#i0-c2-o0").Select("What is done with it here", "Replace it")
	p.FillIn("[name=i0-c2-o0-text]", "A hearing aid was offered for 3 months.")
	p.ClickOn(`[value="more i0-c2"]`)
	p.Within("#i0-c2-o1").Select("Paragraph", "3.1(b) glue ear in both ears has been watched for 3 months")
	p.Within("#i0-c2-o1").Select("What is done with it here", "Add after it")
	p.FillIn("[name=i0-c2-o1-text]", "A second test of hearing gave the same result.")
	p.ClickOn(`[value="show i0-c2"]`)
	p.Within("#i0-c2-overlay-reads").Sees("A different text at paragraph 3.1(b)", "An addition after paragraph 3.1(b)")
	p.Click("Denholt")
	p.Select("What Denholt decided", "Not adopt")
	p.FillIn("[name=i0-c3-reason]", "The evidence did not persuade the members")
	p.Click("Elmsett")
	p.Select("What Elmsett decided", "Defer")
	p.FillIn("[name=i0-c4-reason]", "More time to read")
	p.Click("Continue")
	p.Sees("Record 5 decisions", "for 3 months", "A second test of hearing gave the same result.", "The evidence did not persuade the members")
	p.Click("Record 5 decisions")
	p.Sees("5 decisions are recorded", "Decided here for 5 of 5")
}

const published = "/policies/eardrum-tubes-for-glue-ear"

// publish shows the page to the public: first on a later day, which nobody may see yet, then now.
func (g *grommets) publish() {
	p := g.lead
	wantStatus(g.t, g.s, published, http.StatusNotFound)
	p.Goto(g.desk + "/decisions")
	p.Sees("Adopted by 3 of 5")
	date(p, "from", 1, 3, 2027)
	p.Click("Publish")
	p.Sees("Version 1.0 will be public from 1 March 2027", "Nothing: the policy is not in the public library", "To come: Version 1.0 from 1 March 2027")
	wantStatus(g.t, g.s, published, http.StatusNotFound)
	wantStatus(g.t, g.s, published+"/word", http.StatusNotFound)
	wantStatus(g.t, g.s, published+"/versions/1.0", http.StatusNotFound)
	p.Goto(g.desk + "/decisions")
	for _, part := range []string{"day", "month", "year"} {
		p.FillIn("[name=from-"+part+"]", "")
	}
	p.Click("Publish")
	p.Sees("Version 1.0 is published")
	becomesPublic(g.t, g.s, published)
}

// public is somebody without an account and without scripts who looks for the policy by another name.
func (g *grommets) public() {
	p := visitor(g.t, g.s).WithoutJavaScript()
	p.Goto("/")
	p.Fill("Treatment, condition or code", "tympanostomy")
	p.Within("main").Click("Search")
	p.Click("Eardrum tubes for glue ear")
	if got := p.Path(); got != published {
		g.t.Fatalf("the first hit leads to %s", got)
	}
	p.Sees("funded if the patient meets the criteria", "Grommets are funded for children who meet the criteria", "the child is under 12 years")
	for area, want := range map[string][]string{
		"Ashby":   {"In Ashby: funded if the patient meets the criteria", "8 February 2027", "requests@ashby.example"},
		"Birley":  {"In Birley: funded if the patient meets the criteria", "Birley’s own policy of 2019", "1 April 2027"},
		"Corvale": {"In Corvale: funded if the patient meets the criteria", "A hearing aid was offered for 3 months.", "A second test of hearing gave the same result."},
		"Denholt": {"In Denholt", "Denholt decided not to adopt this policy", "Denholt’s own policy"},
		"Elmsett": {"In Elmsett: no policy, clinicians decide"},
	} {
		p.Select("Where the patient’s GP is", area)
		p.Within(".app-answer").ClickOn("button")
		p.Sees(want...)
	}
	for _, path := range []string{"/versions/0.1", "/compare?from=v0.1&to=v1.0"} {
		g.hidden(published + path)
	}
	if body := get(g.t, g.s, "/sitemap.xml"); !strings.Contains(body, published) {
		g.t.Error("the site map does not name the policy")
	}
}

// hidden fails when an address shows a draft to the public.
func (g *grommets) hidden(path string) {
	g.t.Helper()
	if strings.Contains(path, "compare") {
		if strings.Contains(get(g.t, g.s, path), "Version 0.1") {
			g.t.Errorf("%s shows a draft", path)
		}
		return
	}
	wantStatus(g.t, g.s, path, http.StatusNotFound)
}
