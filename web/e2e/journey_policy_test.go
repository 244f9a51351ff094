package e2e_test

import (
	"regexp"
	"strings"
	"testing"

	"concordat/web/e2e"
)

// grommets is the journey of one policy from five places that have different texts to a published page.
type grommets struct {
	t     *testing.T
	s     *service
	admin *e2e.Page
	lead  *e2e.Page
	desk  string // address of the policy at the desk
}

// TestFromLocalTextsToPublishedPage goes with one policy through the hands of everybody it takes.
func TestFromLocalTextsToPublishedPage(t *testing.T) {
	t.Parallel()
	onBothEngines(t, func(t *testing.T, s *service) {
		g := &grommets{t: t, s: s}
		g.commissioners()
		g.programme()
		g.locals()
		g.draft()
		g.compare()
		g.issue()
		g.meeting()
		g.publish()
		g.public()
	})
}

// commissioners are made, and people invited, by the administrator.
func (g *grommets) commissioners() {
	g.admin = signedIn(g.t, g.s, administrator)
	for _, short := range []string{"Ashby", "Birley", "Corvale", "Denholt", "Elmsett"} {
		g.admin.Goto("/desk/commissioners")
		g.admin.Click("Add a commissioner")
		g.admin.FillIn("[name=name]", "NHS "+short)
		g.admin.Fill("Short name", short)
		date(g.admin, "start", 1, 4, 2013)
		g.admin.FillIn("[name=contact-name]", "Contact of "+short)
		g.admin.FillIn("[name=ifr-email]", "requests@"+strings.ToLower(short)+".example")
		g.admin.Fill("What if I do not meet the criteria?", "Ask the clinician who treats you.")
		g.admin.Click("Add the commissioner")
		g.admin.Sees("The commissioner is added")
	}
	g.lead = invited(g.t, g.s, g.admin, "Lena Ford", "Policy lead", "NHS Ashby", "NHS Birley", "NHS Corvale", "NHS Denholt", "NHS Elmsett")
}

// programme and policy are begun by the policy lead.
func (g *grommets) programme() {
	p := g.lead
	p.Click("Programmes")
	p.Click("New programme")
	p.Fill("Name", "Ears of the five")
	date(p, "start", 1, 2, 2027)
	date(p, "end", 31, 12, 2027)
	for _, place := range []string{"Ashby", "Birley", "Corvale", "Denholt", "Elmsett"} {
		p.Choose(place)
	}
	p.Click("Make the programme")
	p.Sees("The programme is made", "No policy belongs to this programme yet")

	p.Within("header").Click("Policies")
	p.Click("Start a policy")
	p.Fill("Title", "Eardrum tubes for glue ear")
	p.Fill("Reference", "EN-001")
	p.Choose("Clinical commissioning policy")
	p.Select("Programme", "Ears of the five")
	p.Click("Start the policy")
	p.Sees("The policy is begun")
	g.desk = p.Path()
}

// locals are what the five places have today: three files, one pasted text, and no policy.
func (g *grommets) locals() {
	p := g.lead
	word, web, markdown := localFiles(g.t)
	for _, local := range []struct{ place, file string }{{"Ashby", word}, {"Birley", web}, {"Corvale", markdown}} {
		g.local(local.place)
		p.Choose("Has a policy")
		p.Upload("File", local.file)
		p.Fill("Title", "Glue ear in "+local.place)
		date(p, "effective", 1, 6, 2019)
		p.Select("Position", "Restricted: criteria, no prior approval")
		p.Fill("OPCS-4 codes", "D15.1")
		p.Click("Record")
		p.Sees("Recorded", local.place+" today", "Read by the program, not compared with the original yet")
		p.Click("Save, and mark as checked")
		p.Sees("marked as compared")
	}
	g.local("Denholt")
	p.Choose("Has a policy")
	p.Fill("Or paste the text here", "Grommets are **not** funded, save after an individual request.")
	p.Fill("Title", "Procedures of limited value")
	p.Click("Record")
	p.Sees("Recorded")
	g.local("Elmsett")
	p.Choose("No policy: open access")
	p.Click("Record")
	p.Goto(g.desk + "/local")
	p.Sees("5 of 5 recorded: 4 with a policy, 1 without")
	p.Goto(g.desk + "/local")
	p.Click("Glue ear in Ashby")
	p.Sees("The hearing loss has been watched for 3 months.")
	if !p.Has("ol li") {
		g.t.Error("the numbers that Word gave are not a numbered list")
	}
	p.Goto(g.desk + "/local")
	p.Click("Glue ear in Birley")
	if !p.Has("table td") {
		g.t.Error("the table of the web page is lost")
	}
}

func (g *grommets) local(place string) {
	g.lead.Goto(g.desk + "/local")
	g.lead.Click("Record, " + place)
	g.lead.Sees("What " + place + " has today")
}

// texts of the sections that the kind of policy asks for.
var sections = map[string]string{
	"position":   "Grommets are funded for children who meet the criteria, from 8 February 2027.",
	"summary":    "Glue ear is fluid behind the eardrum. A grommet is a tiny tube that lets air in, so that the child hears better.",
	"criteria":   "A child may have grommets when all of these are met:\n\n- the child is under 12 years\n- glue ear in both ears has been watched for 3 months\n- the hearing level in the better ear is 25 decibels or worse",
	"reasons":    "Most glue ear clears by itself within 3 months.",
	"condition":  "Glue ear is common between 2 and 5 years.",
	"evidence":   "Searched in January 2027. Grommets improve hearing for some months.",
	"guidance":   "This policy follows NICE NG233.",
	"transition": "Children who are on a list already keep their place.",
}

// draft writes the text and the details.
func (g *grommets) draft() {
	p := g.lead
	p.Goto(g.desk)
	for key, text := range sections {
		p.FillIn("[name=s-"+key+"]", text)
	}
	p.ClickOn(".app-save button[value=save]")
	p.Sees("Grommets are funded for children who meet the criteria, from 8 February 2027.")
	p.Click("Change the details")
	p.Fill("Other names", "tympanostomy\nventilation tubes")
	p.Fill("Specialty", "Ear, nose and throat")
	p.Click("Add a treatment")
	p.Fill("Treatment", "Grommets")
	p.Fill("For", "glue ear")
	p.Select("Position", "Restricted: criteria, no prior approval")
	p.Select("Section with its criteria", "Who can have it: the criteria")
	p.Fill("OPCS-4 codes", "D15.1-D15.3")
	p.Fill("ICD-10 codes", "H65")
	date(p, "effective", 8, 2, 2027)
	date(p, "review", 8, 2, 2029)
	p.Click("Save the details")
	p.Sees("The details are saved")
}

// compare looks at what the draft changes for the place with the Word file.
func (g *grommets) compare() {
	p := g.lead
	p.Goto(g.desk + "/local")
	p.ClickOn(`a[href*="from=local:"]`)
	p.Sees("glue ear", "Side by side")
	if !p.Has("del") || !p.Has("ins") {
		g.t.Error("the differences show nothing taken out or put in")
	}
	p.Click("Side by side")
	p.Sees("In one text")
}

var versioned = regexp.MustCompile(`Version (\S+) is issued`)

// issue gives a draft, meets the check that blocks a final version, mends it and gives the final one.
func (g *grommets) issue() {
	p := g.lead
	g.issueVersion("Draft 0.1", "First draft for comment")
	p.Goto(g.desk)
	p.Sees("There is no clause on exceptional cases")
	p.Goto(g.desk + "/issue")
	p.Choose("Final 1.0")
	p.Fill("What changed, and why", "For decision")
	p.Click("Issue the version")
	p.Sees("What stands in the way of a final version", "There is no clause on exceptional cases")
	p.Goto(g.desk)
	p.Click("Insert the standard clause into Exceptional cases")
	p.Sees("individual funding request")
	p.ClickOn(".app-save button[value=save]")
	p.SeesNot("Must fix")
	g.issueVersion("Final 1.0", "The clause on exceptional cases")
}

func (g *grommets) issueVersion(sort, note string) {
	p := g.lead
	p.Goto(g.desk + "/issue")
	p.Choose(sort)
	p.Fill("What changed, and why", note)
	p.Click("Issue the version")
	want := strings.Fields(sort)[1]
	p.Sees("Version " + want + " is issued")
	if m := versioned.FindStringSubmatch(p.Text()); m == nil || m[1] != want {
		g.t.Fatalf("issued %v, want %s", m, want)
	}
}
