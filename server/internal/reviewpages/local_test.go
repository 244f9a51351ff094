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
	"concordat/server/internal/pagetest"
)

const localPage = `<!DOCTYPE html><html><head><title>Tonsils in Kestlebury</title></head><body><main><h1>Tonsils in Kestlebury</h1>
<h2>1. Who</h2><p>1.1 Adults and children.</p><p>1.2 Seven episodes in a year.</p><img src="x.png" alt="a chart"><script>alert(1)</script></main></body></html>`

// A file is read, compared with the original, corrected and marked as checked; "no policy" says what it means.
func TestLocalPolicies(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := h.SignedIn("Priya Anand", access.PolicyLead)
	path := h.begun(lead)
	first, second := path+"/local/"+h.Places[0], path+"/local/"+h.Places[1]
	lead.Get(path+"/local").Want(http.StatusOK, "Kestlebury", "Oxleigh Vale", "Nothing recorded yet", "0 of 2 recorded")
	a := lead.Get(first+"/new").Want(http.StatusOK, "What Kestlebury has today", "No policy: open access")
	a = lead.Send(first+"/new", a.Form("without", "policy", "position", "restricted", "opcs4", "f34.1, F34.2", "icd10", "C71 – C75", "reference", "K-7",
		"effective-day", "1", "effective-month", "April", "effective-year", "2019"), pagetest.File{Name: "tonsils.html", Data: []byte(localPage)})
	a.Want(http.StatusOK, "Tonsils in Kestlebury", "Seven episodes in a year", "not compared with the original yet", "What could not be carried over", "F34.1, F34.2", "C71-C75", "The original: tonsils").Safe()
	a.Want(http.StatusOK, "1.1 Adults and children") // the number typed is remembered
	lead.Get(path+"/local").Want(http.StatusOK, "1 thing could not be carried over")
	original := lead.Get(first+"/original").Want(http.StatusOK, "<title>Tonsils in Kestlebury")
	if got := original.Header.Get("Content-Type"); !strings.HasPrefix(got, "text/plain") {
		t.Errorf("the original is sent as %q", got)
	}
	a = lead.Post(first, a.Form("without", "policy", "position", "restricted", "text", "# Who\n\nAdults and children, corrected."))
	a.Want(http.StatusOK, "marked as compared", "Checked", "Tonsils in Kestlebury", "1 April 2019", "Restricted: criteria, no prior approval", "F34.1, F34.2", "1 of 2 recorded")
	lead.Get(first).Want(http.StatusOK, "corrected", "Compared with the original")
	m := strings.Index(a.Body, "differences?from=local:")
	link := a.Body[m:]
	link = link[:strings.IndexByte(link, '"')]
	lead.Get(path+"/"+link).Want(http.StatusOK, "Kestlebury, local policy", "corrected")

	b := lead.Get(second + "/new")
	lead.Send(second+"/new", b.Form("without", "national")).Want(http.StatusOK, "No policy: the national text is used", "2 of 2 recorded: 1 with a policy, 1 without")
	lead.Get(second).Want(http.StatusOK, "The national guidance is used as it is")
	stale := lead.Get(first)
	lead.Post(first, stale.Form("without", "policy", "title", "Newer")).Want(http.StatusOK)
	lead.Post(first, stale.Form("without", "policy", "title", "Older form")).Want(http.StatusUnprocessableEntity, "Somebody else changed this local policy", "Older form")
}

// A PDF is read, and comes back as it was sent.
func TestLocalPDF(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := h.SignedIn("Priya Anand", access.PolicyLead)
	path := h.begun(lead) + "/local/" + h.Places[0]
	data, err := os.ReadFile("../../../review/intake/testdata/pdf/hearing-aids.pdf")
	if err != nil {
		t.Fatal(err)
	}
	form := lead.Get(path+"/new").Want(http.StatusOK, ".pdf,")
	lead.Send(path+"/new", form.Form("without", "policy"), pagetest.File{Name: "Hearing v1.0.pdf", Data: data}).
		Want(http.StatusOK, "Bone conduction hearing implants", "a skin condition of the outer ear", "the words of a page header", "The original: Hearing v1.0.pdf").Safe()
	original := lead.Get(path + "/original")
	if got := original.Header.Get("Content-Type"); got != "application/pdf" || original.Body != string(data) {
		t.Errorf("the original comes back as %q with %d bytes, want %d", got, len(original.Body), len(data))
	}
}

func TestBadLocalPolicies(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := h.SignedIn("Priya Anand", access.PolicyLead)
	path := h.begun(lead) + "/local/" + h.Places[0] + "/new"
	form := lead.Get(path)
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
			lead.Send(path, form.Form(tc.fields...), pagetest.File{Name: tc.file, Data: []byte(tc.data)}).Want(http.StatusUnprocessableEntity, "There is a problem", tc.want).Safe()
		})
	}
	lead.Send(path, form.Form("without", "policy", "title", "Pasted", "html", "<h1>Who</h1><ul><li>One</li><li>Two</li></ul><script>alert(1)</script>")).
		Want(http.StatusOK, "Pasted", "- One").Safe()
	lead.Send(path, form.Form("without", "policy", "text", "## Knees in **Kestlebury**\n\nNever.")).Want(http.StatusOK, `value="Knees in Kestlebury"`)
	h.SignedIn("Sam Lee", access.Clinician).Get(path).Want(http.StatusForbidden)
}

// A text that a later one replaced is still to be read.
func TestEarlierLocal(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := h.SignedIn("Priya Anand", access.PolicyLead)
	path := h.begun(lead)
	place := path + "/local/" + h.Places[0]
	for _, x := range []struct{ title, year string }{{"Tonsils of old", "2018"}, {"Tonsils since", "2022"}} {
		form := lead.Get(place+"/new").Form("without", "policy", "title", x.title, "text", "7 episodes, "+x.title, "effective-day", "1", "effective-month", "4", "effective-year", x.year)
		lead.Send(place+"/new", form).Want(http.StatusOK)
	}
	at := lead.Get(place).Want(http.StatusOK, "Tonsils since", "Before that", "Tonsils of old", "since 1 April 2018")
	link := regexp.MustCompile(`<a href="([^"]+)">Tonsils of old`).FindStringSubmatch(at.Body)
	if link == nil {
		t.Fatal("no link to the earlier text")
	}
	lead.Get(html.UnescapeString(link[1])).Want(http.StatusOK, "Kestlebury, local policy before, since 1 April 2018", "of old")
	lead.Get(path+"/differences").Want(http.StatusOK, "Kestlebury, local policy before, since 1 April 2018")
}

// A list of one stage has no policy of another.
func TestListOfAStage(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := h.SignedIn("Priya Anand", access.PolicyLead)
	lead.Get(h.begun(lead)).Want(http.StatusOK)
	lead.Get("/desk/policies?stage=drafting").Want(http.StatusOK, "Tonsillectomy")
	lead.Get("/desk/policies?stage=published").Want(http.StatusOK, "No policy fits").Lacks("Tonsillectomy")
}

// A commissioner's contact records what its own place has, and no other's.
func TestContact(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	path := h.begun(h.SignedIn("Priya Anand", access.PolicyLead)) + "/local"
	contact := h.SignedIn("Callum Whitby", access.Contact, h.Places[0])
	contact.Get(path).Want(http.StatusOK, h.Places[0]+"/new").Lacks(h.Places[1] + "/new")
	own := path + "/" + h.Places[0] + "/new"
	form := contact.Get(own).Want(http.StatusOK, "What Kestlebury has today").Form("without", "open")
	contact.Send(own, form).Want(http.StatusOK, "No policy: open access")
	other := path + "/" + h.Places[1] + "/new"
	contact.Get(other).Want(http.StatusForbidden)
	contact.Send(other, form).Want(http.StatusForbidden)
	contact.Get(path[:len(path)-len("/local")]).Want(http.StatusOK, "Must fix").Lacks("/details#", "/trail\"")
}

func TestDetails(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := h.SignedIn("Priya Anand", access.PolicyLead)
	path, older := h.begun(lead), h.begun(lead)
	a := lead.Get(path + "/details")
	a = lead.Post(path+"/details", a.Form("do", "add-intervention", "title", "Tonsillectomy, typed"))
	a.Want(http.StatusOK, "Treatment 1", "Tonsillectomy, typed")
	a = lead.Post(path+"/details", a.Form("do", "add-guidance", "i0-name", "Tonsillectomy"))
	a.Want(http.StatusOK, "National guidance 1")
	a = lead.Post(path+"/details", a.Form("do", "save", "i0-name", "Tonsillectomy", "i0-position", "prior-approval", "i0-criteria", "criteria", "i0-opcs4", "F34", "g0-ref", "NICE NG77", "g0-departs", "yes",
		"otherNames", "tonsils out\nadenoids, too", "specialty", "Ear, nose and throat", "effective-day", "1", "effective-month", "4", "effective-year", "2027",
		"review-day", "1", "review-month", "4", "review-year", "2030", "supersedes", older[strings.LastIndexByte(older, '/')+1:]))
	a.Want(http.StatusOK, "The details are saved", "Restricted: criteria and prior approval", "F34", "From 1 April 2027", "Review by 1 April 2030")
	a = lead.Get(path+"/details").Want(http.StatusOK, "NICE NG77", "adenoids", "checked")
	stale := a
	lead.Post(path+"/details", a.Form("do", "remove-guidance 0", "i0-position", "routine")).Want(http.StatusOK).Lacks("National guidance 1")
	lead.Post(path+"/details", a.Form("do", "save", "i0-position", "routine")).Want(http.StatusOK, "The details are saved", "Routinely commissioned")
	lead.Post(path+"/details", stale.Form("do", "save", "title", "Typed over")).Want(http.StatusConflict, "Somebody changed this while you were writing", "Typed over")
	lead.Post(path+"/hand", lead.Get(path+"/details").Form("lead", "other")).Want(http.StatusOK, "handed over")
}

func TestFilesOfAPolicy(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := h.SignedIn("Priya Anand", access.PolicyLead)
	path := h.begun(lead) + "/files"
	a := lead.Get(path).Want(http.StatusOK, "There are no files yet")
	lead.Send(path, a.Form("title", "Page"), pagetest.File{Name: "page.html", Data: []byte("<html><script>alert(1)</script>")}).Want(http.StatusUnprocessableEntity, `href="#file"`, "Page")
	lead.Send(path, a.Form(), pagetest.File{Name: "leaflet.pdf", Data: []byte("%PDF-1.7 words")}).Want(http.StatusUnprocessableEntity, `href="#title"`)
	b := lead.Send(path, a.Form("title", "Leaflet"), pagetest.File{Name: "../leaflet.pdf", Data: []byte("%PDF-1.7 words")}).Want(http.StatusOK, "The file is added", "Leaflet", "leaflet.pdf")
	lead.Send(path, a.Form("title", "Late"), pagetest.File{Name: "late.pdf", Data: []byte("%PDF-1.7 others")}).Want(http.StatusUnprocessableEntity, "Choose the file once more", "Late")
	id := b.Body[strings.Index(b.Body, path+"/")+len(path)+1:]
	id = id[:strings.IndexByte(id, '"')]
	lead.Get(path+"/"+id).Want(http.StatusOK, "%PDF-1.7 words")
	lead.Post(path+"/"+id+"/remove", b.Form()).Want(http.StatusOK, "The file is removed", "There are no files yet")
}

func TestCommissioners(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	admin := h.SignedIn("Ada Lin", access.Administrator)
	admin.Get("/desk/commissioners").Want(http.StatusOK, "NHS Kestlebury", "NHS Oxleigh Vale", "Add a commissioner")
	a := admin.Get("/desk/commissioners/new")
	admin.Post("/desk/commissioners/new", a.Form()).Want(http.StatusUnprocessableEntity, `href="#name"`, `href="#short"`, `href="#start-start-day"`)
	full := a.Form("name", "NHS Marrowdene", "short", "Marrowdene", "start-day", "1", "start-month", "7", "start-year", "2022", "ifr-url", "javascript:alert(1)")
	admin.Post("/desk/commissioners/new", full).Want(http.StatusUnprocessableEntity, `href="#ifr-url"`, "NHS Marrowdene")
	full.Set("ifr-url", "https://marrowdene.example.org/ifr")
	b := admin.Post("/desk/commissioners/new", full).Want(http.StatusOK, "The commissioner is added", "NHS Marrowdene")
	full.Set("name", "NHS Other")
	admin.Post("/desk/commissioners/new", full).Want(http.StatusUnprocessableEntity, "has this short name already", "NHS Other")
	admin.Post(b.Path, b.Form("contact-name", "Jo Field")).Want(http.StatusOK, "Saved", "Jo Field")
	admin.Post(b.Path, b.Form("contact-name", "Al Bray")).Want(http.StatusUnprocessableEntity, "Somebody else saved", "Al Bray")
	old := "/desk/commissioners/" + h.Places[0]
	e := admin.Get(old+"/end").Want(http.StatusOK, "End NHS Kestlebury", "NHS Marrowdene")
	admin.Post(old+"/end", e.Form()).Want(http.StatusUnprocessableEntity, `href="#end-end-day"`)
	when := e.Form("end-day", "1", "end-month", "7", "end-year", "2027")
	when["successors"] = []string{"nobody"}
	admin.Post(old+"/end", when).Want(http.StatusUnprocessableEntity, `href="#successors"`)
	when["successors"] = []string{b.Path[strings.LastIndexByte(b.Path, '/')+1:]}
	admin.Post(old+"/end", when).Want(http.StatusOK, "The end is noted", "1 July 2027", "Marrowdene")
	admin.Get("/desk/commissioners").Want(http.StatusOK, "Ended on 1 July 2027, followed by NHS Marrowdene")
	lead := h.SignedIn("Cle Rose", access.Clinician)
	lead.Get(old).Want(http.StatusOK, "Short name").Lacks("<form action=\"" + old)
	lead.Post(old, url.Values{}).Want(http.StatusForbidden)
	admin.Get("/desk/commissioners/none").Want(http.StatusNotFound)
}

// final is a policy with a version 1.0 that is put to decision.
func (h *house) final(lead *pagetest.Person) (path string) {
	h.T.Helper()
	return h.finalOf(lead, "Words on criteria.")
}

// finalOf is a final version with these criteria.
func (h *house) finalOf(lead *pagetest.Person, criteria string) (path string) {
	h.T.Helper()
	path = h.begun(lead)
	a := lead.Get(path)
	fields := []string{"do", "save", "s-exceptions", review.StandardExceptions}
	for _, key := range []string{"position", "summary", "reasons", "condition", "evidence", "guidance"} {
		fields = append(fields, "s-"+key, "Words on "+key+".")
	}
	fields = append(fields, "s-criteria", criteria)
	lead.Post(path, a.Form(fields...)).Want(http.StatusOK, "Saved")
	d := lead.Get(path + "/details")
	d = lead.Post(path+"/details", d.Form("do", "add-intervention"))
	lead.Post(path+"/details", d.Form("do", "save", "i0-name", "Tonsillectomy", "i0-position", "routine", "review-day", "1", "review-month", "4", "review-year", "2029")).Want(http.StatusOK)
	lead.Post(path+"/issue", lead.Get(path+"/issue").Form("sort", "final", "note", "For the committee")).Want(http.StatusOK, "Version 1.0 is issued", "Final")
	return path
}

// A final version is corrected: the correction has a number of its own.
func TestErratum(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := h.SignedIn("Priya Anand", access.PolicyLead)
	path := h.final(lead)
	e := lead.Get(path+"/erratum/1.0").Want(http.StatusOK, "Correct version 1.0", "Words on reasons.")
	lead.Post(path+"/erratum/1.0", e.Form()).Want(http.StatusUnprocessableEntity, `href="#reason"`)
	lead.Post(path+"/erratum/1.0", e.Form("reason", "No slip")).Want(http.StatusUnprocessableEntity, "The text is the same as before")
	lead.Post(path+"/erratum/1.0", e.Form("reason", "oops", "s-criteria", "", "s-exceptions", "")).Want(http.StatusUnprocessableEntity, `href="#s-criteria"`, `href="#s-exceptions"`, "oops")
	look := lead.Post(path+"/erratum/1.0", e.Form("reason", "A slip", "s-reasons", "Words on the reasons.")).Want(http.StatusOK, "Look at the correction", "1 change", "A slip")
	lead.Get(path + "/saves").Lacks("1.1")
	lead.Post(path+"/erratum/1.0", look.Form("do", "change")).Want(http.StatusOK, "Words on the reasons.", "A slip", "Look at the changes")
	lead.Post(path+"/erratum/1.0", look.Form("do", "issue")).Want(http.StatusOK, "The correction is issued as version 1.1", "Corrects 1.0")
	lead.Post(path+"/erratum/1.0", look.Form("do", "issue")).Want(http.StatusUnprocessableEntity, "changed meanwhile", "Words on the reasons.")
}

// A second final version says what it means for those who adopted the first. Other words of the same meaning take its
// place at once; anything else is decided anew.
func TestIssueASuccessor(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := h.SignedIn("Priya Anand", access.PolicyLead)
	path := h.final(lead)
	h.adopt(path[strings.LastIndexByte(path, '/')+1:])
	lead.Post(path, lead.Get(path).Form("do", "save", "s-reasons", "Words on reasons, as they were.")).Want(http.StatusOK, "Saved")
	form := lead.Get(path+"/issue").Want(http.StatusOK, "Compared with version 1.0", "Final 2.0, decided anew", "1 commissioner that adopted an earlier version is asked again",
		"Final 1.1, the same in other words", "takes the place of version 1.0", "1 commissioner is told")
	lead.Post(path+"/issue", form.Form("sort", "same", "note", "")).Want(http.StatusUnprocessableEntity, "Say in one line")
	lead.Post(path+"/issue", form.Form("sort", "same", "note", "Clearer", "reason", "Only the words")).Want(http.StatusOK, "Version 1.1 is issued", "Corrects 1.0")

	lead.Post(path, lead.Get(path).Form("do", "save", "s-criteria", "At least 7 episodes in 12 months.")).Want(http.StatusOK, "Saved")
	form = lead.Get(path+"/issue").Want(http.StatusOK, "The program proposes that it is decided anew", "why, although the program doubts it")
	lead.Post(path+"/issue", form.Form("sort", "same", "note", "Clearer")).Want(http.StatusUnprocessableEntity, `href="#reason"`, "Say why it means the same", "Clearer")
	lead.Post(path+"/issue", form.Form("sort", "final", "note", "A criterion")).Want(http.StatusOK, "Version 2.0 is issued")

	d := lead.Get(path + "/details")
	lead.Post(path+"/details", d.Form("do", "save", "i0-position", "not-routine")).Want(http.StatusOK)
	lead.Get(path+"/issue").Want(http.StatusOK, "It must be decided anew", "their positions or their codes are others").Lacks("the same in other words")
}

// adopt records that the first place adopted version 1.0.
func (h *house) adopt(policy string) { h.decided(policy, decision.Said{Outcome: decision.Adopt}) }

// decided records what a meeting of the first place decided today on version 1.0.
func (h *house) decided(policy string, said decision.Said) *decision.Decision {
	h.T.Helper()
	ctx, by := h.T.Context(), accesstest.Actor(access.Secretary)
	said.DueRegard, said.Minute, said.Effective, said.Rule = "Considered", "1", record.DateOf(h.Clock.Now()), decision.Referred
	m, err := h.Decisions.Plan(ctx, by, decision.Details{Title: "Committee", Body: "Committee", Commissioners: h.Places[:1], Date: said.Effective})
	edit := func() record.Edit { return record.Edit{By: by, ID: m.ID, Revision: m.Revision} }
	if err == nil {
		m, err = h.Decisions.AddItems(ctx, edit(), []decision.Paper{{Policy: policy, Version: "1.0"}})
	}
	if err == nil {
		m, err = h.Decisions.Attend(ctx, edit(), []decision.Member{{Name: "Ada Lund", Present: true}})
	}
	var made []*decision.Decision
	if err == nil {
		made, err = h.Decisions.Record(ctx, edit(), []decision.Entry{{Policy: policy, Version: "1.0", Commissioner: h.Places[0], Said: said}})
	}
	if err != nil {
		h.T.Fatal(err)
	}
	return made[0]
}

// The joined text of a commissioner that adopted with a variation is one of those that can be compared.
func TestCompareAVariation(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := h.SignedIn("Priya Anand", access.PolicyLead)
	path := h.final(lead)
	id := path[strings.LastIndexByte(path, '/')+1:]
	v, err := h.Review.ReadVersion(t.Context(), accesstest.Actor(access.PolicyLead), id, review.Number{Major: 1})
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(v.Text().Clauses, func(c clause.Clause) bool { return c.Words == "Words on criteria." })
	h.decided(id, decision.Said{Outcome: decision.Vary, Reason: "Here", Overlay: decision.Overlay{{Act: decision.Replace, Anchor: v.Text().Clauses[at].Anchor, Text: "Words that hold here."}}})
	here := "v1.0:" + h.Places[0]
	lead.Get(path+"/differences?from=v1.0&to="+here).Want(http.StatusOK, "1 change", "compared with Version 1.0 as varied in Kestlebury", "that hold here", `<option value="`+here+`" selected>`)
	lead.Get(path + "/differences?from=v1.0&to=v1.0:" + h.Places[1]).Want(http.StatusNotFound)
}
