package reviewpages_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"concordat/review/access"
	"concordat/review/decision"
	"concordat/server/internal/pagetest"
)

// From an empty policy to a version that can be compared, downloaded and read.
func TestAPolicysFirstDays(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := h.SignedIn("Priya Anand", access.PolicyLead)
	path := h.begun(lead)
	a := lead.Get(path).Want(http.StatusOK, "Must fix", "Insert the standard clause", "Nothing here yet")
	a = lead.Post(path, a.Form("do", "save", "s-position", "Tonsillectomy is funded.\n\nIt applies from 1 April 2027.", "s-criteria", "One of:\n\n- 7 or more in a year\n- severe episodes"))
	a.Want(http.StatusOK, "Saved", "Save 2, by you", `<a class="app-clause__no"`, "1.2", "(a)")
	a = lead.Post(path, a.Form("do", "insert exceptions"))
	a.Want(http.StatusOK, "individual funding request", "Save 3")
	a = lead.Post(path, a.Form("do", "save"))
	a = lead.Post(path, a.Form("do", "issue", "s-summary", "Most sore throats get better by themselves."))
	a.Want(http.StatusOK, "Issue a version", "This will be the first version")
	a = lead.Post(path+"/issue", a.Form("sort", "draft"))
	a.Want(http.StatusUnprocessableEntity, "Say in one line what changed and why", `href="#note"`)
	a = lead.Post(path+"/issue", a.Form("sort", "draft", "note", "First draft"))
	a.Want(http.StatusOK, "Version 0.1 is issued", "First draft", "Priya Anand")
	lead.Get(path+"/issue").Want(http.StatusOK, "Since version 0.1: No change")
	lead.Get(path+"/versions/0.1").Want(http.StatusOK, "Version 0.1", "Tonsillectomy is funded.", "First draft")
	lead.Get(path+"/saves/2").Want(http.StatusOK, "Save 2", "Tonsillectomy is funded.")
	lead.Get(path+"/differences?from=s2&to=v0.1").Want(http.StatusOK, "individual funding request", ", new", "[added: ", "Level of change by the words alone. ", "level ")
	lead.Get(path+"/differences?from=s2&to=v0.1&view=side").Want(http.StatusOK, "Not in this text")
	lead.Get(path+"/differences?from=v0.1&to=v0.1").Want(http.StatusOK, "No change", "Level of change by the words alone. 0: No change", "level 0: nothing differs")
	lead.Get(path+"/trail").Want(http.StatusOK, "Issued version 0.1", "Priya Anand")
	md := lead.Get(path+"/markdown?version=0.1").Want(http.StatusOK, "Tonsillectomy is funded.", "CP-")
	if !strings.Contains(md.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("Content-Disposition %q", md.Header.Get("Content-Disposition"))
	}
	lead.Get(path+"/word").Want(http.StatusOK, "PK Tonsillectomy")
	lead.Get("/desk/policies?q=TONS").Want(http.StatusOK, "Tonsillectomy", "Priya Anand", "0.1")
	lead.Get("/desk/policies?q=zz").Want(http.StatusOK, "No policy fits")
	lead.Get("/desk/policies?lead=mine&programme="+h.Programme).Want(http.StatusOK, "Tonsillectomy")
}

// A paragraph keeps its link: from the differences to the text, and after it went into another, which says so.
func TestLinksToParagraphs(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := h.SignedIn("Priya Anand", access.PolicyLead)
	path := h.begun(lead)
	save := func(text string) pagetest.Answer {
		t.Helper()
		return lead.Post(path, lead.Get(path).Form("do", "save", "s-position", text)).Want(http.StatusOK, "Saved")
	}
	const symptoms, surgeon = "Symptoms must have lasted for 6 months or more.", "A surgeon sees the patient first and notes what was found."
	a := save(symptoms + "\n\n" + surgeon)
	first, second := idBefore(t, a, symptoms), idBefore(t, a, surgeon)
	a = save(symptoms + " " + surgeon)
	if got := idBefore(t, a, symptoms); got != second && got != first {
		t.Errorf("joined paragraphs are %s, want %s or %s", got, first, second)
	}
	for _, page := range []string{path, path + "/saves/3"} {
		a = lead.Get(page).Want(http.StatusOK)
		for _, id := range []string{first, second} {
			if n := strings.Count(a.Body, `id="`+id+`"`); n != 1 {
				t.Errorf("%s has %d places with the id %s", page, n, id)
			}
		}
	}
	a = lead.Get(path+"/differences?from=s2&to=s3").Want(http.StatusOK, "Paragraph 1.1, joined from 2: part 2 is what was 1.2", "Merged", `In the text<span class="nhsuk-u-visually-hidden"> of Save 3, the draft: 1.1</span>`)
	href := a.Body[strings.Index(a.Body, path+"/saves/3#"):]
	page, id, _ := strings.Cut(href[:strings.IndexByte(href, '"')], "#")
	lead.Get(page).Want(http.StatusOK, `id="`+id+`"`)

	save(symptoms + "\n\n" + surgeon)
	lead.Get(path+"/differences?from=s3&to=s4").Want(http.StatusOK, "Paragraph 1.2, part 2 of 2 of what was 1.1", "Split")
	lead.Get(path+"/differences?from=s2&to=s4").Want(http.StatusOK, "No change")
}

// idBefore is the id of the paragraph with some words.
func idBefore(t *testing.T, a pagetest.Answer, words string) string {
	t.Helper()
	before, _, found := strings.Cut(a.Body[strings.Index(a.Body, "data-view"):], words)
	at := strings.LastIndex(before, `<div class="app-clause" id="`)
	if !found || at < 0 {
		t.Fatalf("%q is not on the page", words)
	}
	id, _, _ := strings.Cut(before[at+len(`<div class="app-clause" id="`):], `"`)
	return id
}

// Two people save at once: different paragraphs join, the same paragraph shows both texts, and nothing typed is lost.
func TestTwoEditors(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	priya, ruth := h.SignedIn("Priya Anand", access.PolicyLead), h.SignedIn("Ruth Ames", access.PolicyLead)
	path := h.begun(priya)
	first := "One is the first.\n\nTwo is the second.\n\nThree is the third."
	priya.Post(path, priya.Get(path).Form("do", "save", "s-position", first))
	mine, theirs := priya.Get(path), ruth.Get(path)
	ruth.Post(path, theirs.Form("do", "save", "s-position", strings.Replace(first, "Three is", "Three, says Ruth, is", 1), "s-summary", "By Ruth.")).Want(http.StatusOK, "Saved")
	a := priya.Post(path, mine.Form("do", "save", "s-position", strings.Replace(first, "One is", "One, says Priya, is", 1)))
	a.Want(http.StatusOK, "both changes are in the text now", "One, says Priya, is", "Three, says Ruth, is", "By Ruth.")

	mine, theirs = priya.Get(path), ruth.Get(path)
	now := mine.Form().Get("s-position")
	ruth.Post(path, theirs.Form("do", "save", "s-position", strings.Replace(now, "Two is the second", "Two is the second, as Ruth has it", 1), "s-reasons", "Ruth’s reasons."))
	a = priya.Post(path, mine.Form("do", "save", "s-position", strings.Replace(now, "Two is the second", "Two is the second, as Priya has it", 1), "s-evidence", "Priya’s evidence."))
	a.Want(http.StatusConflict, "Two people changed the same text", "Ruth Ames saved while you were typing", "as Priya has it.", "as Ruth has it.", "Priya’s evidence.", "Ruth’s reasons.")
	a = priya.Post(path+"/merge", a.Form())
	a.Want(http.StatusConflict, "Choose which text", "as Priya has it.", "as Ruth has it.", "Priya’s evidence.")
	fields := []string{}
	for i := range strings.Count(a.Body, "-offset\"") {
		n := string(rune('0' + i))
		fields = append(fields, "c"+n+"-keep", "own", "c"+n+"-own", "Made of both "+n+".")
	}
	a = priya.Post(path+"/merge", a.Form(fields...))
	a.Want(http.StatusOK, "Saved", "Made of both 0.", "Priya’s evidence.", "Ruth’s reasons.")
}

func TestWhatWasTypedIsKept(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := h.SignedIn("Priya Anand", access.PolicyLead)
	path := h.begun(lead)
	a := lead.Get(path)
	long := strings.Repeat("word ", 41_000)
	b := lead.Post(path, a.Form("do", "save", "s-position", long+"the end", "s-summary", "Typed too."))
	b.Want(http.StatusUnprocessableEntity, "must be shorter", `href="#s-position"`, "the end", "Typed too.", "Error: ")

	lead.Post(path+"/autosave", a.Form("s-summary", "Not saved yet.")).Want(http.StatusOK, `"saved":"`)
	lead.Get(path).Want(http.StatusOK, "you typed something that is not saved", "Go on with it").Lacks("Not saved yet.")
	c := lead.Get(path+"?draft=1").Want(http.StatusOK, "Not saved yet.", "Save it to keep it")
	lead.Post(path, c.Form("do", "save")).Want(http.StatusOK, "Not saved yet.").Lacks("Go on with it")
	lead.Post(path+"/autosave", a.Form("s-summary", "Something else.")).Want(http.StatusOK)
	lead.Post(path, lead.Get(path).Form("do", "discard")).Want(http.StatusOK, "is discarded", "Not saved yet.").Lacks("Something else.")
}

func TestPreview(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := h.SignedIn("Priya Anand", access.PolicyLead)
	path := h.begun(lead)
	a := lead.Get(path)
	b := lead.Post(path+"/preview", a.Form("s-position", "First.\n\n<script>alert(1)</script>", "s-criteria", "All of:\n\n- one\n- two"))
	b.Want(http.StatusOK, `"key":"criteria","number":"2"`, "First.").Safe()
	lead.Post(path+"/preview", a.Form("s-position", strings.Repeat("> ", 400)+"deep")).Want(http.StatusOK, `"advice":"`)
}

// Whatever is sent, the person gets a message and a status that says so.
func TestBadInput(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := h.SignedIn("Priya Anand", access.PolicyLead)
	path := h.begun(lead)
	form := lead.Get(path)
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
			lead.Post(tc.path, lead.Get(path).Form(tc.fields...)).Want(tc.status).Safe()
		})
	}
	for _, bad := range []string{"/saves/0", "/saves/x", "/saves/99", "/versions/1", "/versions/9.9", "/differences?from=x", "/differences?from=local:x", "/differences?from=v1",
		"/files/none", "/word?version=7.7", "/markdown?version=x", "/local/none", "/local/none/new", "/erratum/0.1", "/erratum/x"} {
		lead.Get(path + bad).Want(http.StatusNotFound)
	}
	lead.Get("/desk/policies/none").Want(http.StatusNotFound)
	for _, list := range []string{"/desk/policies", path + "/saves"} {
		if got := lead.Get(list + "?after=nonsense").Status; got >= http.StatusInternalServerError {
			t.Errorf("%s with a wrong cursor: status %d", list, got)
		}
	}
	lead.Post(path, form.Form("s-position", strings.Repeat("x", 9<<20))).Want(http.StatusRequestEntityTooLarge)
	lead.Send(path+"/files", form.Form("title", "Too large"), pagetest.File{Name: "large.pdf", Data: make([]byte, 21<<20)}).Want(http.StatusUnprocessableEntity, "larger than 20 MB", "Too large")
	lead.Post(path, form.Form("token", "wrong", "s-summary", "Typed with an old token.")).Want(http.StatusForbidden, "Typed with an old token.")
	lead.Get(path + "/trail?after=nonsense").Want(lead.Get(path + "/trail?after=nonsense").Status)
}

func TestNewPolicyForm(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := h.SignedIn("Priya Anand", access.PolicyLead)
	form := lead.Get("/desk/policies/new")
	lead.Post("/desk/policies/new", form.Form()).Want(http.StatusUnprocessableEntity, `href="#title"`, `href="#reference"`, `href="#kind"`, `href="#programme"`)
	lead.Post("/desk/policies/new", form.Form("title", "Knees", "reference", "K1", "kind", "x", "programme", "y")).Want(http.StatusUnprocessableEntity, "Knees", `href="#kind"`, `href="#programme"`)
	ok := form.Form("title", "Knees", "reference", "K1", "kind", "generic", "programme", h.Programme)
	lead.Post("/desk/policies/new", ok).Want(http.StatusOK, "Knees")
	ok.Set("title", "Hips")
	lead.Post("/desk/policies/new", ok).Want(http.StatusUnprocessableEntity, "Another policy has this reference already", "Hips")
	clinician := h.SignedIn("Cle Rose", access.Clinician)
	clinician.Get("/desk/policies/new").Want(http.StatusForbidden)
}

// Details that were changed by somebody else meanwhile come back as they were typed, beside what is kept now.
func TestOvertakenDetails(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	priya, ruth := h.SignedIn("Priya Anand", access.PolicyLead), h.SignedIn("Ruth Ames", access.PolicyLead)
	path := h.begun(priya)
	mine, theirs := priya.Get(path+"/details"), ruth.Get(path+"/details")
	ruth.Post(path+"/details", theirs.Form("do", "save", "specialty", "Throats", "review-day", "1", "review-month", "4", "review-year", "2029")).Want(http.StatusOK, "The details are saved")
	a := priya.Post(path+"/details", mine.Form("do", "save", "specialty", "Ears", "otherNames", "tonsils out", "review-day", "", "review-month", "", "review-year", ""))
	a.Want(http.StatusConflict, "Somebody changed this while you were writing", "Kept now: “Throats”", "Kept now: “1 4 2029”", `value="Ears"`, "tonsils out", `href="#review-review-day"`)
	priya.Post(path+"/details", a.Form("do", "save")).Want(http.StatusOK, "The details are saved")
}

// The histories of a policy are for those whom the table lets read the trail.
func TestTrail(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead, clinician := h.SignedIn("Priya Anand", access.PolicyLead), h.SignedIn("Cle Rose", access.Clinician)
	path := h.begun(lead)
	lead.Get(path+"/trail").Want(http.StatusOK, "Began the policy", "what applied in Kestlebury")
	lead.Get(path+"/trail?of=publication").Want(http.StatusOK, "Nothing happened here yet")
	local := path + "/local/" + h.Places[0] + "/new"
	lead.Send(local, lead.Get(local).Form("without", "open")).Want(http.StatusOK)
	lead.Get(path+"/trail?of=local:"+h.Places[0]).Want(http.StatusOK, "Priya Anand").Lacks("Nothing happened")
	lead.Get(path+"/trail?of=register:"+h.Places[0]).Want(http.StatusOK, "Priya Anand").Lacks("Nothing happened")
	lead.Get(path+"/saves/1").Want(http.StatusOK, "Save 1, by Priya Anand on 8 February 2027 at 09:00")
	lead.Get(path + "/trail?of=account").Want(http.StatusNotFound)
	clinician.Get(path + "/trail").Want(http.StatusForbidden)
	clinician.Get(path).Want(http.StatusOK, "Nothing here yet").Lacks("/trail\"", "Save and preview")
}

// What meetings decided belongs to a policy's history.
func TestTrailHasDecisions(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := h.SignedIn("Priya Anand", access.PolicyLead)
	id := strings.TrimPrefix(h.final(lead), "/desk/policies/")
	made := h.decided(id, decision.Said{Outcome: decision.Adopt})
	path := "/desk/policies/" + id
	lead.Get(path+"/trail").Want(http.StatusOK, "what Kestlebury decided on version 1.0")
	lead.Get(path+"/trail?of="+url.QueryEscape("decision:"+made.ID)).Want(http.StatusOK, "Decision of 8 February 2027 recorded: Adopted")
}
