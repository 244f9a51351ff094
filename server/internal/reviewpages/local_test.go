package reviewpages_test

import (
	"html"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/access/accesstest"
	"concordat/review/clause"
	"concordat/review/decision"
	"concordat/review/record"
)

const localPage = `<!DOCTYPE html><html><head><title>Tonsils in Kestlebury</title></head><body><main><h1>Tonsils in Kestlebury</h1>
<h2>1. Who</h2><p>1.1 Adults and children.</p><p>1.2 Seven episodes in a year.</p><img src="x.png" alt="a chart"><script>alert(1)</script></main></body></html>`

// A file is read, compared with the original, corrected and marked as checked; "no policy" says what it means.
func TestLocalPolicies(t *testing.T) {
	h := newHouse(t)
	lead := h.signedIn("Priya Anand", access.PolicyLead)
	path := h.begun(lead)
	first, second := path+"/local/"+h.places[0], path+"/local/"+h.places[1]
	lead.get(path+"/local").want(http.StatusOK, "Kestlebury", "Oxleigh Vale", "Nothing recorded yet", "0 of 2 recorded")
	a := lead.get(first+"/new").want(http.StatusOK, "What Kestlebury has today", "No policy: open access")
	a = lead.send(first+"/new", a.form("without", "policy", "position", "restricted", "opcs4", "f34.1, F34.2", "icd10", "C71 – C75", "reference", "K-7",
		"effective-day", "1", "effective-month", "April", "effective-year", "2019"), "tonsils.html", []byte(localPage))
	a.want(http.StatusOK, "Tonsils in Kestlebury", "Seven episodes in a year", "not compared with the original yet", "What could not be carried over", "F34.1, F34.2", "C71-C75", "The original: tonsils").safe()
	a.want(http.StatusOK, "1.1 Adults and children") // the number typed is remembered
	lead.get(path+"/local").want(http.StatusOK, "1 thing could not be carried over")
	original := lead.get(first+"/original").want(http.StatusOK, "<title>Tonsils in Kestlebury")
	if got := original.header.Get("Content-Type"); !strings.HasPrefix(got, "text/plain") {
		t.Errorf("the original is sent as %q", got)
	}
	a = lead.post(first, a.form("without", "policy", "position", "restricted", "text", "# Who\n\nAdults and children, corrected."))
	a.want(http.StatusOK, "marked as compared", "Checked", "Tonsils in Kestlebury", "1 April 2019", "Restricted: criteria, no prior approval", "F34.1, F34.2", "1 of 2 recorded")
	lead.get(first).want(http.StatusOK, "corrected", "Compared with the original")
	m := strings.Index(a.body, "differences?from=local:")
	link := a.body[m:]
	link = link[:strings.IndexByte(link, '"')]
	lead.get(path+"/"+link).want(http.StatusOK, "Kestlebury, local policy", "corrected")

	b := lead.get(second + "/new")
	lead.send(second+"/new", b.form("without", "national"), "", nil).want(http.StatusOK, "No policy: the national text is used", "2 of 2 recorded: 1 with a policy, 1 without")
	lead.get(second).want(http.StatusOK, "The national guidance is used as it is")
	stale := lead.get(first)
	lead.post(first, stale.form("without", "policy", "title", "Newer")).want(http.StatusOK)
	lead.post(first, stale.form("without", "policy", "title", "Older form")).want(http.StatusUnprocessableEntity, "Somebody else changed this local policy", "Older form")
}

// A PDF is read, and comes back as it was sent.
func TestLocalPDF(t *testing.T) {
	h := newHouse(t)
	lead := h.signedIn("Priya Anand", access.PolicyLead)
	path := h.begun(lead) + "/local/" + h.places[0]
	data, err := os.ReadFile("../../../review/intake/testdata/pdf/hearing-aids.pdf")
	if err != nil {
		t.Fatal(err)
	}
	form := lead.get(path+"/new").want(http.StatusOK, ".pdf,")
	lead.send(path+"/new", form.form("without", "policy"), "Hearing v1.0.pdf", data).
		want(http.StatusOK, "Bone conduction hearing implants", "a skin condition of the outer ear", "the words of a page header", "The original: Hearing v1.0.pdf").safe()
	original := lead.get(path + "/original")
	if got := original.header.Get("Content-Type"); got != "application/pdf" || original.body != string(data) {
		t.Errorf("the original comes back as %q with %d bytes, want %d", got, len(original.body), len(data))
	}
}

func TestBadLocalPolicies(t *testing.T) {
	h := newHouse(t)
	lead := h.signedIn("Priya Anand", access.PolicyLead)
	path := h.begun(lead) + "/local/" + h.places[0] + "/new"
	form := lead.get(path)
	for _, tc := range []struct {
		name   string
		fields []string
		file   string
		data   string
		want   string
	}{
		{"nothing", nil, "", "", `href="#without"`},
		{"no text", []string{"without", "policy", "title", "T"}, "", "", `href="#text"`},
		{"an empty file", []string{"without", "policy", "title", "T"}, "a.docx", "", `href="#file"`},
		{"an old Word file", []string{"without", "policy", "title", "T"}, "a.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600), `href="#file"`},
		{"a picture", []string{"without", "policy", "title", "T"}, "a.png", "\x89PNG\r\n\x1a\n\x00\x00", `href="#file"`},
		{"a broken archive", []string{"without", "policy", "title", "T"}, "a.docx", "PK\x03\x04broken", `href="#file"`},
		{"a damaged PDF", []string{"without", "policy", "title", "T"}, "a.pdf", "%PDF-1.7\nbroken", `href="#file"`},
		{"bad codes", []string{"without", "policy", "title", "T", "text", "x", "opcs4", "XX", "icd10", "<script>"}, "", "", `href="#opcs4"`},
		{"no policy with a file", []string{"without", "open"}, "a.md", "# Text", `href="#without"`},
		{"no policy of a kind that there is not", []string{"without", "<script>alert(1)</script>"}, "", "", `href="#without"`},
		{"a date that is not", []string{"without", "policy", "title", "T", "text", "x", "effective-day", "31", "effective-month", "6", "effective-year", "2019"}, "", "", `href="#effective-effective-day"`},
		{"a date to come", []string{"without", "open", "effective-day", "1", "effective-month", "6", "effective-year", "2190"}, "", "", `href="#effective-effective-day">Enter today or an earlier day`},
		{"a position that is not", []string{"without", "policy", "title", "T", "text", "x", "position", "maybe"}, "", "", `href="#position"`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			lead.send(path, form.form(tc.fields...), tc.file, []byte(tc.data)).want(http.StatusUnprocessableEntity, "There is a problem", tc.want).safe()
		})
	}
	lead.send(path, form.form("without", "policy", "title", "Pasted", "html", "<h1>Who</h1><ul><li>One</li><li>Two</li></ul><script>alert(1)</script>"), "", nil).
		want(http.StatusOK, "Pasted", "- One").safe()
	lead.send(path, form.form("without", "policy", "text", "## Knees in **Kestlebury**\n\nNever."), "", nil).want(http.StatusOK, `value="Knees in Kestlebury"`)
	h.signedIn("Sam Lee", access.Clinician).get(path).want(http.StatusForbidden)
}

// A text that a later one replaced is still to be read.
func TestEarlierLocal(t *testing.T) {
	h := newHouse(t)
	lead := h.signedIn("Priya Anand", access.PolicyLead)
	path := h.begun(lead)
	place := path + "/local/" + h.places[0]
	for _, x := range []struct{ title, year string }{{"Tonsils of old", "2018"}, {"Tonsils since", "2022"}} {
		form := lead.get(place+"/new").form("without", "policy", "title", x.title, "text", "7 episodes, "+x.title, "effective-day", "1", "effective-month", "4", "effective-year", x.year)
		lead.send(place+"/new", form, "", nil).want(http.StatusOK)
	}
	at := lead.get(place).want(http.StatusOK, "Tonsils since", "Before that", "Tonsils of old", "since 1 April 2018")
	link := regexp.MustCompile(`<a href="([^"]+)">Tonsils of old`).FindStringSubmatch(at.body)
	if link == nil {
		t.Fatal("no link to the earlier text")
	}
	lead.get(html.UnescapeString(link[1])).want(http.StatusOK, "Kestlebury, local policy before, since 1 April 2018", "of old")
	lead.get(path+"/differences").want(http.StatusOK, "Kestlebury, local policy before, since 1 April 2018")
}

// A list of one stage has no policy of another.
func TestListOfAStage(t *testing.T) {
	h := newHouse(t)
	lead := h.signedIn("Priya Anand", access.PolicyLead)
	lead.get(h.begun(lead)).want(http.StatusOK)
	lead.get("/desk/policies?stage=drafting").want(http.StatusOK, "Tonsillectomy")
	lead.get("/desk/policies?stage=published").want(http.StatusOK, "No policy fits").lacks("Tonsillectomy")
}

// A commissioner's contact records what its own place has, and no other's.
func TestContact(t *testing.T) {
	h := newHouse(t)
	path := h.begun(h.signedIn("Priya Anand", access.PolicyLead)) + "/local"
	contact := h.signedIn("Callum Whitby", access.Contact, h.places[0])
	contact.get(path).want(http.StatusOK, h.places[0]+"/new").lacks(h.places[1] + "/new")
	own := path + "/" + h.places[0] + "/new"
	form := contact.get(own).want(http.StatusOK, "What Kestlebury has today").form("without", "open")
	contact.send(own, form, "", nil).want(http.StatusOK, "No policy: open access")
	other := path + "/" + h.places[1] + "/new"
	contact.get(other).want(http.StatusForbidden)
	contact.send(other, form, "", nil).want(http.StatusForbidden)
	contact.get(path[:len(path)-len("/local")]).want(http.StatusOK, "Must fix").lacks("/details#", "/trail\"")
}

func TestDetails(t *testing.T) {
	h := newHouse(t)
	lead := h.signedIn("Priya Anand", access.PolicyLead)
	path, older := h.begun(lead), h.begun(lead)
	a := lead.get(path + "/details")
	a = lead.post(path+"/details", a.form("do", "add-intervention", "title", "Tonsillectomy, typed"))
	a.want(http.StatusOK, "Treatment 1", "Tonsillectomy, typed")
	a = lead.post(path+"/details", a.form("do", "add-guidance", "i0-name", "Tonsillectomy"))
	a.want(http.StatusOK, "National guidance 1")
	a = lead.post(path+"/details", a.form("do", "save", "i0-name", "Tonsillectomy", "i0-position", "prior-approval", "i0-criteria", "criteria", "i0-opcs4", "F34", "g0-ref", "NICE NG77", "g0-departs", "yes",
		"otherNames", "tonsils out\nadenoids, too", "specialty", "Ear, nose and throat", "effective-day", "1", "effective-month", "4", "effective-year", "2027",
		"review-day", "1", "review-month", "4", "review-year", "2030", "supersedes", older[strings.LastIndexByte(older, '/')+1:]))
	a.want(http.StatusOK, "The details are saved", "Restricted: criteria and prior approval", "F34", "From 1 April 2027", "Review by 1 April 2030")
	a = lead.get(path+"/details").want(http.StatusOK, "NICE NG77", "adenoids", "checked")
	stale := a
	lead.post(path+"/details", a.form("do", "remove-guidance 0", "i0-position", "routine")).want(http.StatusOK).lacks("National guidance 1")
	lead.post(path+"/details", a.form("do", "save", "i0-position", "routine")).want(http.StatusOK, "The details are saved", "Routinely commissioned")
	lead.post(path+"/details", stale.form("do", "save", "title", "Typed over")).want(http.StatusConflict, "Somebody changed this while you were writing", "Typed over")
	lead.post(path+"/hand", lead.get(path+"/details").form("lead", "other")).want(http.StatusOK, "handed over")
}

func TestFilesOfAPolicy(t *testing.T) {
	h := newHouse(t)
	lead := h.signedIn("Priya Anand", access.PolicyLead)
	path := h.begun(lead) + "/files"
	a := lead.get(path).want(http.StatusOK, "There are no files yet")
	lead.send(path, a.form("title", "Page"), "page.html", []byte("<html><script>alert(1)</script>")).want(http.StatusUnprocessableEntity, `href="#file"`, "Page")
	lead.send(path, a.form(), "leaflet.pdf", []byte("%PDF-1.7 words")).want(http.StatusUnprocessableEntity, `href="#title"`)
	b := lead.send(path, a.form("title", "Leaflet"), "../leaflet.pdf", []byte("%PDF-1.7 words")).want(http.StatusOK, "The file is added", "Leaflet", "leaflet.pdf")
	lead.send(path, a.form("title", "Late"), "late.pdf", []byte("%PDF-1.7 others")).want(http.StatusUnprocessableEntity, "Choose the file once more", "Late")
	id := b.body[strings.Index(b.body, path+"/")+len(path)+1:]
	id = id[:strings.IndexByte(id, '"')]
	lead.get(path+"/"+id).want(http.StatusOK, "%PDF-1.7 words")
	lead.post(path+"/"+id+"/remove", b.form()).want(http.StatusOK, "The file is removed", "There are no files yet")
}

func TestCommissioners(t *testing.T) {
	h := newHouse(t)
	admin := h.signedIn("Ada Lin", access.Administrator)
	admin.get("/desk/commissioners").want(http.StatusOK, "NHS Kestlebury", "NHS Oxleigh Vale", "Add a commissioner")
	a := admin.get("/desk/commissioners/new")
	admin.post("/desk/commissioners/new", a.form()).want(http.StatusUnprocessableEntity, `href="#name"`, `href="#short"`, `href="#start-start-day"`)
	full := a.form("name", "NHS Marrowdene", "short", "Marrowdene", "start-day", "1", "start-month", "7", "start-year", "2022", "ifr-url", "javascript:alert(1)")
	admin.post("/desk/commissioners/new", full).want(http.StatusUnprocessableEntity, `href="#ifr-url"`, "NHS Marrowdene")
	full.Set("ifr-url", "https://marrowdene.example.org/ifr")
	b := admin.post("/desk/commissioners/new", full).want(http.StatusOK, "The commissioner is added", "NHS Marrowdene")
	full.Set("name", "NHS Other")
	admin.post("/desk/commissioners/new", full).want(http.StatusUnprocessableEntity, "has this short name already", "NHS Other")
	admin.post(b.path, b.form("contact-name", "Jo Field")).want(http.StatusOK, "Saved", "Jo Field")
	admin.post(b.path, b.form("contact-name", "Al Bray")).want(http.StatusUnprocessableEntity, "Somebody else saved", "Al Bray")
	old := "/desk/commissioners/" + h.places[0]
	e := admin.get(old+"/end").want(http.StatusOK, "End NHS Kestlebury", "NHS Marrowdene")
	admin.post(old+"/end", e.form()).want(http.StatusUnprocessableEntity, `href="#end-end-day"`)
	when := e.form("end-day", "1", "end-month", "7", "end-year", "2027")
	when["successors"] = []string{"nobody"}
	admin.post(old+"/end", when).want(http.StatusUnprocessableEntity, `href="#successors"`)
	when["successors"] = []string{b.path[strings.LastIndexByte(b.path, '/')+1:]}
	admin.post(old+"/end", when).want(http.StatusOK, "The end is noted", "1 July 2027", "Marrowdene")
	admin.get("/desk/commissioners").want(http.StatusOK, "Ended on 1 July 2027, followed by NHS Marrowdene")
	lead := h.signedIn("Cle Rose", access.Clinician)
	lead.get(old).want(http.StatusOK, "Short name").lacks("<form action=\"" + old)
	lead.post(old, url.Values{}).want(http.StatusForbidden)
	admin.get("/desk/commissioners/none").want(http.StatusNotFound)
}

// final is a policy with a version 1.0 that is put to decision.
func (h *house) final(lead *person) (path string) {
	h.t.Helper()
	return h.finalOf(lead, "Words on criteria.")
}

// finalOf is a final version with these criteria.
func (h *house) finalOf(lead *person, criteria string) (path string) {
	h.t.Helper()
	path = h.begun(lead)
	a := lead.get(path)
	fields := []string{"do", "save", "s-exceptions", review.StandardExceptions}
	for _, key := range []string{"position", "summary", "reasons", "condition", "evidence", "guidance"} {
		fields = append(fields, "s-"+key, "Words on "+key+".")
	}
	fields = append(fields, "s-criteria", criteria)
	lead.post(path, a.form(fields...)).want(http.StatusOK, "Saved")
	d := lead.get(path + "/details")
	d = lead.post(path+"/details", d.form("do", "add-intervention"))
	lead.post(path+"/details", d.form("do", "save", "i0-name", "Tonsillectomy", "i0-position", "routine", "review-day", "1", "review-month", "4", "review-year", "2029")).want(http.StatusOK)
	lead.post(path+"/issue", lead.get(path+"/issue").form("sort", "final", "note", "For the committee")).want(http.StatusOK, "Version 1.0 is issued", "Final")
	return path
}

// A final version is corrected: the correction has a number of its own.
func TestErratum(t *testing.T) {
	h := newHouse(t)
	lead := h.signedIn("Priya Anand", access.PolicyLead)
	path := h.final(lead)
	e := lead.get(path+"/erratum/1.0").want(http.StatusOK, "Correct version 1.0", "Words on reasons.")
	lead.post(path+"/erratum/1.0", e.form()).want(http.StatusUnprocessableEntity, `href="#reason"`)
	lead.post(path+"/erratum/1.0", e.form("reason", "No slip")).want(http.StatusUnprocessableEntity, "The text is the same as before")
	lead.post(path+"/erratum/1.0", e.form("reason", "oops", "s-criteria", "", "s-exceptions", "")).want(http.StatusUnprocessableEntity, `href="#s-criteria"`, `href="#s-exceptions"`, "oops")
	look := lead.post(path+"/erratum/1.0", e.form("reason", "A slip", "s-reasons", "Words on the reasons.")).want(http.StatusOK, "Look at the correction", "1 change", "A slip")
	lead.get(path + "/saves").lacks("1.1")
	lead.post(path+"/erratum/1.0", look.form("do", "change")).want(http.StatusOK, "Words on the reasons.", "A slip", "Look at the changes")
	lead.post(path+"/erratum/1.0", look.form("do", "issue")).want(http.StatusOK, "The correction is issued as version 1.1", "Corrects 1.0")
	lead.post(path+"/erratum/1.0", look.form("do", "issue")).want(http.StatusUnprocessableEntity, "changed meanwhile", "Words on the reasons.")
}

// A second final version says what it means for those who adopted the first. Other words of the same meaning take its
// place at once; anything else is decided anew.
func TestIssueASuccessor(t *testing.T) {
	h := newHouse(t)
	lead := h.signedIn("Priya Anand", access.PolicyLead)
	path := h.final(lead)
	h.adopt(path[strings.LastIndexByte(path, '/')+1:])
	lead.post(path, lead.get(path).form("do", "save", "s-reasons", "Words on reasons, as they were.")).want(http.StatusOK, "Saved")
	form := lead.get(path+"/issue").want(http.StatusOK, "Compared with version 1.0", "Final 2.0, decided anew", "1 commissioner that adopted an earlier version is asked again",
		"Final 1.1, the same in other words", "takes the place of version 1.0", "1 commissioner is told")
	lead.post(path+"/issue", form.form("sort", "same", "note", "")).want(http.StatusUnprocessableEntity, "Say in one line")
	lead.post(path+"/issue", form.form("sort", "same", "note", "Clearer", "reason", "Only the words")).want(http.StatusOK, "Version 1.1 is issued", "Corrects 1.0")

	lead.post(path, lead.get(path).form("do", "save", "s-criteria", "At least 7 episodes in 12 months.")).want(http.StatusOK, "Saved")
	form = lead.get(path+"/issue").want(http.StatusOK, "The program proposes that it is decided anew", "why, although the program doubts it")
	lead.post(path+"/issue", form.form("sort", "same", "note", "Clearer")).want(http.StatusUnprocessableEntity, `href="#reason"`, "Say why it means the same", "Clearer")
	lead.post(path+"/issue", form.form("sort", "final", "note", "A criterion")).want(http.StatusOK, "Version 2.0 is issued")

	d := lead.get(path + "/details")
	lead.post(path+"/details", d.form("do", "save", "i0-position", "not-routine")).want(http.StatusOK)
	lead.get(path+"/issue").want(http.StatusOK, "It must be decided anew", "their positions or their codes are others").lacks("the same in other words")
}

// adopt records that the first place adopted version 1.0.
func (h *house) adopt(policy string) { h.decided(policy, decision.Said{Outcome: decision.Adopt}) }

// decided records what a meeting of the first place decided today on version 1.0.
func (h *house) decided(policy string, said decision.Said) *decision.Decision {
	h.t.Helper()
	ctx, by := h.t.Context(), accesstest.Actor(access.Secretary)
	said.DueRegard, said.Minute, said.Effective, said.Rule = "Considered", "1", record.DateOf(h.clock.Now()), decision.Referred
	m, err := h.decisions.Plan(ctx, by, decision.Details{Title: "Committee", Body: "Committee", Commissioners: h.places[:1], Date: said.Effective})
	edit := func() record.Edit { return record.Edit{By: by, ID: m.ID, Revision: m.Revision} }
	if err == nil {
		m, err = h.decisions.AddItems(ctx, edit(), []decision.Paper{{Policy: policy, Version: "1.0"}})
	}
	if err == nil {
		m, err = h.decisions.Attend(ctx, edit(), []decision.Member{{Name: "Ada Lund", Present: true}})
	}
	var made []*decision.Decision
	if err == nil {
		made, err = h.decisions.Record(ctx, edit(), []decision.Entry{{Policy: policy, Version: "1.0", Commissioner: h.places[0], Said: said}})
	}
	if err != nil {
		h.t.Fatal(err)
	}
	return made[0]
}

// The joined text of a commissioner that adopted with a variation is one of those that can be compared.
func TestCompareAVariation(t *testing.T) {
	h := newHouse(t)
	lead := h.signedIn("Priya Anand", access.PolicyLead)
	path := h.final(lead)
	id := path[strings.LastIndexByte(path, '/')+1:]
	v, err := h.review.ReadVersion(t.Context(), accesstest.Actor(access.PolicyLead), id, review.Number{Major: 1})
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(v.Text().Clauses, func(c clause.Clause) bool { return c.Words == "Words on criteria." })
	h.decided(id, decision.Said{Outcome: decision.Vary, Reason: "Here", Overlay: decision.Overlay{{Act: decision.Replace, Anchor: v.Text().Clauses[at].Anchor, Text: "Words that hold here."}}})
	here := "v1.0:" + h.places[0]
	lead.get(path+"/differences?from=v1.0&to="+here).want(http.StatusOK, "1 change", "compared with Version 1.0 as varied in Kestlebury", "that hold here", `<option value="`+here+`" selected>`)
	lead.get(path + "/differences?from=v1.0&to=v1.0:" + h.places[1]).want(http.StatusNotFound)
}
