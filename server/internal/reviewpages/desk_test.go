package reviewpages_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"concordat/review/access"
	"concordat/review/decision"
)

// From an empty policy to a version that can be compared, downloaded and read.
func TestAPolicysFirstDays(t *testing.T) {
	h := newHouse(t)
	lead := h.signedIn("Priya Anand", access.PolicyLead)
	path := h.begun(lead)
	a := lead.get(path).want(http.StatusOK, "Must fix", "Insert the standard clause", "Nothing here yet")
	a = lead.post(path, a.form("do", "save", "s-position", "Tonsillectomy is funded.\n\nIt applies from 1 April 2027.", "s-criteria", "One of:\n\n- 7 or more in a year\n- severe episodes"))
	a.want(http.StatusOK, "Saved", "Save 2, by you", `<a class="app-clause__no"`, "1.2", "(a)")
	a = lead.post(path, a.form("do", "insert exceptions"))
	a.want(http.StatusOK, "individual funding request", "Save 3")
	a = lead.post(path, a.form("do", "save"))
	a = lead.post(path, a.form("do", "issue", "s-summary", "Most sore throats get better by themselves."))
	a.want(http.StatusOK, "Issue a version", "This will be the first version")
	a = lead.post(path+"/issue", a.form("sort", "draft"))
	a.want(http.StatusUnprocessableEntity, "Say in one line what changed and why", `href="#note"`)
	a = lead.post(path+"/issue", a.form("sort", "draft", "note", "First draft"))
	a.want(http.StatusOK, "Version 0.1 is issued", "First draft", "Priya Anand")
	lead.get(path+"/issue").want(http.StatusOK, "Since version 0.1: No change")
	lead.get(path+"/versions/0.1").want(http.StatusOK, "Version 0.1", "Tonsillectomy is funded.", "First draft")
	lead.get(path+"/saves/2").want(http.StatusOK, "Save 2", "Tonsillectomy is funded.")
	lead.get(path+"/differences?from=s2&to=v0.1").want(http.StatusOK, "individual funding request", ", new", "[added: ", "Level of change by the words alone. ", "level ")
	lead.get(path+"/differences?from=s2&to=v0.1&view=side").want(http.StatusOK, "Not in this text")
	lead.get(path+"/differences?from=v0.1&to=v0.1").want(http.StatusOK, "No change", "Level of change by the words alone. 0: No change", "level 0: nothing differs")
	lead.get(path+"/trail").want(http.StatusOK, "Issued version 0.1", "Priya Anand")
	md := lead.get(path+"/markdown?version=0.1").want(http.StatusOK, "Tonsillectomy is funded.", "CP-")
	if !strings.Contains(md.header.Get("Content-Disposition"), "attachment") {
		t.Errorf("Content-Disposition %q", md.header.Get("Content-Disposition"))
	}
	lead.get(path+"/word").want(http.StatusOK, "PK Tonsillectomy")
	lead.get("/desk/policies?q=TONS").want(http.StatusOK, "Tonsillectomy", "Priya Anand", "0.1")
	lead.get("/desk/policies?q=zz").want(http.StatusOK, "No policy fits")
	lead.get("/desk/policies?lead=mine&programme="+h.programme).want(http.StatusOK, "Tonsillectomy")
}

// A paragraph keeps its link: from the differences to the text, and after it went into another, which says so.
func TestLinksToParagraphs(t *testing.T) {
	h := newHouse(t)
	lead := h.signedIn("Priya Anand", access.PolicyLead)
	path := h.begun(lead)
	save := func(text string) answer {
		t.Helper()
		return lead.post(path, lead.get(path).form("do", "save", "s-position", text)).want(http.StatusOK, "Saved")
	}
	const symptoms, surgeon = "Symptoms must have lasted for 6 months or more.", "A surgeon sees the patient first and notes what was found."
	a := save(symptoms + "\n\n" + surgeon)
	first, second := idBefore(t, a, symptoms), idBefore(t, a, surgeon)
	a = save(symptoms + " " + surgeon)
	if got := idBefore(t, a, symptoms); got != second && got != first {
		t.Errorf("joined paragraphs are %s, want %s or %s", got, first, second)
	}
	for _, page := range []string{path, path + "/saves/3"} {
		a = lead.get(page).want(http.StatusOK)
		for _, id := range []string{first, second} {
			if n := strings.Count(a.body, `id="`+id+`"`); n != 1 {
				t.Errorf("%s has %d places with the id %s", page, n, id)
			}
		}
	}
	a = lead.get(path+"/differences?from=s2&to=s3").want(http.StatusOK, "Paragraph 1.1, joined from 2: part 2 is what was 1.2", "Merged", `In the text<span class="nhsuk-u-visually-hidden"> of Save 3, the draft: 1.1</span>`)
	href := a.body[strings.Index(a.body, path+"/saves/3#"):]
	page, id, _ := strings.Cut(href[:strings.IndexByte(href, '"')], "#")
	lead.get(page).want(http.StatusOK, `id="`+id+`"`)

	save(symptoms + "\n\n" + surgeon)
	lead.get(path+"/differences?from=s3&to=s4").want(http.StatusOK, "Paragraph 1.2, part 2 of 2 of what was 1.1", "Split")
	lead.get(path+"/differences?from=s2&to=s4").want(http.StatusOK, "No change")
}

// idBefore is the id of the paragraph with some words.
func idBefore(t *testing.T, a answer, words string) string {
	t.Helper()
	before, _, found := strings.Cut(a.body[strings.Index(a.body, "data-view"):], words)
	at := strings.LastIndex(before, `<div class="app-clause" id="`)
	if !found || at < 0 {
		t.Fatalf("%q is not on the page", words)
	}
	id, _, _ := strings.Cut(before[at+len(`<div class="app-clause" id="`):], `"`)
	return id
}

// Two people save at once: different paragraphs join, the same paragraph shows both texts, and nothing typed is lost.
func TestTwoEditors(t *testing.T) {
	h := newHouse(t)
	priya, ruth := h.signedIn("Priya Anand", access.PolicyLead), h.signedIn("Ruth Ames", access.PolicyLead)
	path := h.begun(priya)
	first := "One is the first.\n\nTwo is the second.\n\nThree is the third."
	priya.post(path, priya.get(path).form("do", "save", "s-position", first))
	mine, theirs := priya.get(path), ruth.get(path)
	ruth.post(path, theirs.form("do", "save", "s-position", strings.Replace(first, "Three is", "Three, says Ruth, is", 1), "s-summary", "By Ruth.")).want(http.StatusOK, "Saved")
	a := priya.post(path, mine.form("do", "save", "s-position", strings.Replace(first, "One is", "One, says Priya, is", 1)))
	a.want(http.StatusOK, "both changes are in the text now", "One, says Priya, is", "Three, says Ruth, is", "By Ruth.")

	mine, theirs = priya.get(path), ruth.get(path)
	now := mine.form().Get("s-position")
	ruth.post(path, theirs.form("do", "save", "s-position", strings.Replace(now, "Two is the second", "Two is the second, as Ruth has it", 1), "s-reasons", "Ruth’s reasons."))
	a = priya.post(path, mine.form("do", "save", "s-position", strings.Replace(now, "Two is the second", "Two is the second, as Priya has it", 1), "s-evidence", "Priya’s evidence."))
	a.want(http.StatusConflict, "Two people changed the same text", "Ruth Ames saved while you were typing", "as Priya has it.", "as Ruth has it.", "Priya’s evidence.", "Ruth’s reasons.")
	a = priya.post(path+"/merge", a.form())
	a.want(http.StatusConflict, "Choose which text", "as Priya has it.", "as Ruth has it.", "Priya’s evidence.")
	fields := []string{}
	for i := range strings.Count(a.body, "-offset\"") {
		n := string(rune('0' + i))
		fields = append(fields, "c"+n+"-keep", "own", "c"+n+"-own", "Made of both "+n+".")
	}
	a = priya.post(path+"/merge", a.form(fields...))
	a.want(http.StatusOK, "Saved", "Made of both 0.", "Priya’s evidence.", "Ruth’s reasons.")
}

func TestWhatWasTypedIsKept(t *testing.T) {
	h := newHouse(t)
	lead := h.signedIn("Priya Anand", access.PolicyLead)
	path := h.begun(lead)
	a := lead.get(path)
	long := strings.Repeat("word ", 41_000)
	b := lead.post(path, a.form("do", "save", "s-position", long+"the end", "s-summary", "Typed too."))
	b.want(http.StatusUnprocessableEntity, "must be shorter", `href="#s-position"`, "the end", "Typed too.", "Error: ")

	lead.post(path+"/autosave", a.form("s-summary", "Not saved yet.")).want(http.StatusOK, `"saved":"`)
	lead.get(path).want(http.StatusOK, "you typed something that is not saved", "Go on with it").lacks("Not saved yet.")
	c := lead.get(path+"?draft=1").want(http.StatusOK, "Not saved yet.", "Save it to keep it")
	lead.post(path, c.form("do", "save")).want(http.StatusOK, "Not saved yet.").lacks("Go on with it")
	lead.post(path+"/autosave", a.form("s-summary", "Something else.")).want(http.StatusOK)
	lead.post(path, lead.get(path).form("do", "discard")).want(http.StatusOK, "is discarded", "Not saved yet.").lacks("Something else.")
}

func TestPreview(t *testing.T) {
	h := newHouse(t)
	lead := h.signedIn("Priya Anand", access.PolicyLead)
	path := h.begun(lead)
	a := lead.get(path)
	b := lead.post(path+"/preview", a.form("s-position", "First.\n\n<script>alert(1)</script>", "s-criteria", "All of:\n\n- one\n- two"))
	b.want(http.StatusOK, `"key":"criteria","number":"2"`, "First.").safe()
	lead.post(path+"/preview", a.form("s-position", strings.Repeat("> ", 400)+"deep")).want(http.StatusOK, `"advice":"`)
}

// Whatever is sent, the person gets a message and a status that says so.
func TestBadInput(t *testing.T) {
	h := newHouse(t)
	lead := h.signedIn("Priya Anand", access.PolicyLead)
	path := h.begun(lead)
	form := lead.get(path)
	for _, tc := range []struct {
		name, path string
		fields     []string
		status     int
	}{
		{"a revision that is no number", path, []string{"revision", "x"}, http.StatusConflict},
		{"a save that is not there", path, []string{"save", "99"}, http.StatusConflict},
		{"a save that is no number", path, []string{"save", "-"}, http.StatusConflict},
		{"script in each field", path, []string{"s-position", "<script>alert(1)</script>", "s-criteria", "<img src=x onerror=alert(1)>"}, http.StatusOK},
		{"no text", path, []string{"s-position", "\xff\xfe\x00"}, http.StatusOK},
		{"an unknown section", path, []string{"s-nothing", "x"}, http.StatusOK},
		{"an unknown button", path, []string{"do", "explode"}, http.StatusOK},
		{"an insertion into nothing", path, []string{"do", "insert nothing"}, http.StatusOK},
		{"keep what is not found", path + "/keep", []string{"rule", "K-99", "about", "x", "reason", "r"}, http.StatusOK},
		{"merge out of place", path + "/merge", []string{"conflicts", "1", "c0-section", "position", "c0-offset", "9999", "c0-mine", "x", "c0-keep", "mine"}, http.StatusConflict},
		{"merge without numbers", path + "/merge", []string{"conflicts", "x"}, http.StatusOK},
		{"hand to nobody known", path + "/hand", []string{"lead", "nobody"}, http.StatusUnprocessableEntity},
		{"hand to nobody", path + "/hand", nil, http.StatusUnprocessableEntity},
		{"a version of no sort", path + "/issue", []string{"sort", "x"}, http.StatusUnprocessableEntity},
		{"a final version too early", path + "/issue", []string{"sort", "final", "note", "n"}, http.StatusUnprocessableEntity},
		{"a file without a file", path + "/files", nil, http.StatusUnprocessableEntity},
		{"details without a title", path + "/details", []string{"title", ""}, http.StatusUnprocessableEntity},
		{"no such date", path + "/details", []string{"title", "T", "effective-day", "31", "effective-month", "2", "effective-year", "2027"}, http.StatusUnprocessableEntity},
		{"a policy of nobody", path + "/details", []string{"title", "T", "supersedes", "nothing"}, http.StatusUnprocessableEntity},
		{"rows beyond all", path + "/details", []string{"title", "T", "interventions", "99999999"}, http.StatusUnprocessableEntity},
	} {
		t.Run(tc.name, func(t *testing.T) {
			lead.post(tc.path, lead.get(path).form(tc.fields...)).want(tc.status).safe()
		})
	}
	for _, bad := range []string{"/saves/0", "/saves/x", "/saves/99", "/versions/1", "/versions/9.9", "/differences?from=x", "/differences?from=local:x", "/differences?from=v1",
		"/files/none", "/word?version=7.7", "/markdown?version=x", "/local/none", "/local/none/new", "/erratum/0.1", "/erratum/x"} {
		lead.get(path + bad).want(http.StatusNotFound)
	}
	lead.get("/desk/policies/none").want(http.StatusNotFound)
	for _, list := range []string{"/desk/policies", path + "/saves"} {
		if got := lead.get(list + "?after=nonsense").status; got >= http.StatusInternalServerError {
			t.Errorf("%s with a wrong cursor: status %d", list, got)
		}
	}
	lead.post(path, form.form("s-position", strings.Repeat("x", 9<<20))).want(http.StatusRequestEntityTooLarge)
	lead.send(path+"/files", form.form("title", "Too large"), "large.pdf", make([]byte, 21<<20)).want(http.StatusUnprocessableEntity, "larger than 20 MB", "Too large")
	lead.post(path, form.form("token", "wrong", "s-summary", "Typed with an old token.")).want(http.StatusForbidden, "Typed with an old token.")
	lead.get(path + "/trail?after=nonsense").want(lead.get(path + "/trail?after=nonsense").status)
}

func TestNewPolicyForm(t *testing.T) {
	h := newHouse(t)
	lead := h.signedIn("Priya Anand", access.PolicyLead)
	form := lead.get("/desk/policies/new")
	lead.post("/desk/policies/new", form.form()).want(http.StatusUnprocessableEntity, `href="#title"`, `href="#reference"`, `href="#kind"`, `href="#programme"`)
	lead.post("/desk/policies/new", form.form("title", "Knees", "reference", "K1", "kind", "x", "programme", "y")).want(http.StatusUnprocessableEntity, "Knees", `href="#kind"`, `href="#programme"`)
	ok := form.form("title", "Knees", "reference", "K1", "kind", "generic", "programme", h.programme)
	lead.post("/desk/policies/new", ok).want(http.StatusOK, "Knees")
	ok.Set("title", "Hips")
	lead.post("/desk/policies/new", ok).want(http.StatusUnprocessableEntity, "Another policy has this reference already", "Hips")
	clinician := h.signedIn("Cle Rose", access.Clinician)
	clinician.get("/desk/policies/new").want(http.StatusForbidden)
}

// Details that were changed by somebody else meanwhile come back as they were typed, beside what is kept now.
func TestOvertakenDetails(t *testing.T) {
	h := newHouse(t)
	priya, ruth := h.signedIn("Priya Anand", access.PolicyLead), h.signedIn("Ruth Ames", access.PolicyLead)
	path := h.begun(priya)
	mine, theirs := priya.get(path+"/details"), ruth.get(path+"/details")
	ruth.post(path+"/details", theirs.form("do", "save", "specialty", "Throats", "review-day", "1", "review-month", "4", "review-year", "2029")).want(http.StatusOK, "The details are saved")
	a := priya.post(path+"/details", mine.form("do", "save", "specialty", "Ears", "otherNames", "tonsils out", "review-day", "", "review-month", "", "review-year", ""))
	a.want(http.StatusConflict, "Somebody changed this while you were writing", "Kept now: “Throats”", "Kept now: “1 4 2029”", `value="Ears"`, "tonsils out", `href="#review-review-day"`)
	priya.post(path+"/details", a.form("do", "save")).want(http.StatusOK, "The details are saved")
}

// The histories of a policy are for those whom the table lets read the trail.
func TestTrail(t *testing.T) {
	h := newHouse(t)
	lead, clinician := h.signedIn("Priya Anand", access.PolicyLead), h.signedIn("Cle Rose", access.Clinician)
	path := h.begun(lead)
	lead.get(path+"/trail").want(http.StatusOK, "Began the policy", "what applied in Kestlebury")
	lead.get(path+"/trail?of=publication").want(http.StatusOK, "Nothing happened here yet")
	local := path + "/local/" + h.places[0] + "/new"
	lead.send(local, lead.get(local).form("without", "open"), "", nil).want(http.StatusOK)
	lead.get(path+"/trail?of=local:"+h.places[0]).want(http.StatusOK, "Priya Anand").lacks("Nothing happened")
	lead.get(path+"/trail?of=register:"+h.places[0]).want(http.StatusOK, "Priya Anand").lacks("Nothing happened")
	lead.get(path+"/saves/1").want(http.StatusOK, "Save 1, by Priya Anand on 8 February 2027 at 09:00")
	lead.get(path + "/trail?of=account").want(http.StatusNotFound)
	clinician.get(path + "/trail").want(http.StatusForbidden)
	clinician.get(path).want(http.StatusOK, "Nothing here yet").lacks("/trail\"", "Save and preview")
}

// What meetings decided belongs to a policy's history.
func TestTrailHasDecisions(t *testing.T) {
	h := newHouse(t)
	lead := h.signedIn("Priya Anand", access.PolicyLead)
	id := strings.TrimPrefix(h.final(lead), "/desk/policies/")
	made := h.decided(id, decision.Said{Outcome: decision.Adopt})
	path := "/desk/policies/" + id
	lead.get(path+"/trail").want(http.StatusOK, "what Kestlebury decided on version 1.0")
	lead.get(path+"/trail?of="+url.QueryEscape("decision:"+made.ID)).want(http.StatusOK, "Decision of 8 February 2027 recorded: Adopted")
}
