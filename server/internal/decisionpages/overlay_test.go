package decisionpages_test

import (
	"net/url"
	"strconv"
	"strings"
	"testing"

	"concordat/review"
	"concordat/review/record"
)

// anchor is that of a clause of version 1.0, as people cite it.
func (h *house) anchor(label string) string {
	h.T.Helper()
	v, err := h.Review.Policies.Version(h.T.Context(), review.VersionID(h.policy.ID, review.Number{Major: 1}))
	must(h.T, err)
	for _, c := range v.Text().Clauses {
		if c.Label == label {
			return c.Anchor
		}
	}
	h.T.Fatalf("no clause %s", label)
	return ""
}

// replace fills in one change of a variation.
func (h *house) replace(form url.Values, key string, n int, label, text string) {
	h.change(form, key, n, "replace", label, text)
}

func (h *house) change(form url.Values, key string, n int, act, label, text string) {
	id := key + "o" + strconv.Itoa(n)
	form.Set(id+"-row", "1")
	form.Set(id+"-act", act)
	form.Set(id+"-anchor", h.anchor(label))
	form.Set(id+"-text", text)
}

// A variation of several changes is built without a script, and nothing that was typed is lost on the way.
func TestBuildingAVariation(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	at := h.plan()
	form := adopted(h.get("first", at+"/decide").Hidden())
	form.Set("i0-outcome", "vary")
	form.Set("i0-reason", "A local pathway")
	form.Set("step", "more i0")
	h.post("first", at+"/decide", form).Has(`name="i0-o0-anchor"`, "1.1 This section says what it must", "Add another change", `value="JC/27/31"`)
	h.replace(form, "i0-", 0, "2.1", "Our own words of the second section.")
	second := h.post("first", at+"/decide", form)
	second.Has(`name="i0-o1-anchor"`, "Our own words of the second section.", "Change 2")

	form.Set("step", "show i0")
	h.change(form, "i0-", 1, "add", "1.2", "")
	refused := h.post("first", at+"/decide", form)
	refused.Has("Enter the text that applies here", `href="#i0-o1-text"`)
	if refused.Status != 422 {
		t.Errorf("status %d, want 422", refused.Status)
	}
	h.change(form, "i0-", 1, "add", "1.2", "Ask the **clinic** first.")
	h.change(form, "i0-", 2, "leave out", "3.2", "typed before")
	h.post("first", at+"/decide", form).Has("A different text at paragraph 2.1", "An addition after paragraph 1.2", "Paragraph 3.2 left out", "<strong>clinic</strong>",
		"[added: </span>Ask the clinic first.", "[removed: </span>A clinician can make an individual funding request", "The whole text as it reads here")

	form.Set("i0-o2-act", "nothing")
	form.Set("step", "more i0")
	if got := h.post("first", at+"/decide", form); strings.Contains(got.Body, "typed before") || strings.Count(got.Body, "<legend") == 0 {
		t.Error("a change that was taken out is still there")
	}
	form.Set("step", "check")
	check := h.post("first", at+"/decide", form)
	check.Has("Record 1 decision", "Local variation", "A different text at paragraph 2.1", "An addition after paragraph 1.2")
	record := check.Hidden()
	record.Set("step", "record")
	if got := h.post("first", at+"/decide", record); got.Status != 303 {
		t.Fatalf("recording: %d %s", got.Status, got.Body)
	}
	h.post("first", at+"/decide", record)

	at = "/desk/policies/" + h.policy.ID + "/decisions/1.0/" + h.places[0]
	shown := h.get("first", at)
	shown.Has("An addition after paragraph 1.2", `name="o1-text"`)
	right := shown.Hidden()
	right.Set("reason", "Other words")
	h.change(right, "", 0, "add", "1.2", "Ask the clinic first, by telephone.")
	right.Del("o1-row")
	right.Set("step", "more")
	h.post("first", at, right).Has(`name="o1-anchor"`, "by telephone", "Other words")
	right.Set("step", "show")
	h.post("first", at, right).Has("The whole text as it reads here", "by telephone")
	right.Del("step")
	right.Set("due", "Considered")
	right.Set("minute", "JC/27/31")
	right.Set("why", "One change was recorded that nobody decided")
	if got := h.post("first", at, right); got.Status != 303 {
		t.Fatalf("putting right: %d", got.Status)
	}
	list, err := h.Decisions.OfPolicy(t.Context(), h.people()["all"], h.policy.ID)
	if err != nil || len(list[0].Overlay) != 1 || list[0].Overlay[0].Text != "Ask the clinic first, by telephone." || len(list[0].Past[0].Overlay) != 2 {
		t.Errorf("kept: %+v, %v", list[0], err)
	}
}

// vary records that the first place adopted version 1.0 with two changes.
func (h *house) vary(at string) {
	h.T.Helper()
	form := adopted(h.get("first", at+"/decide").Hidden())
	form.Set("i0-outcome", "vary")
	form.Set("i0-reason", "A local pathway")
	h.replace(form, "i0-", 0, "1.1", "Our own first paragraph.")
	h.replace(form, "i0-", 1, "2.1", "Our own second section.")
	form.Set("step", "record")
	if got := h.post("first", at+"/decide", form); got.Status != 303 {
		h.T.Fatalf("recording: %d %s", got.Status, got.Body)
	}
}

// issue makes another final version, with other words in the first section, and puts it on the agenda of a meeting.
func (h *house) issue(was, now string) (at string) {
	h.T.Helper()
	all := h.people()["all"]
	p, err := h.Review.Policy(h.T.Context(), all, h.policy.ID)
	must(h.T, err)
	sections := p.Sections
	sections[0].Markdown = strings.Replace(sections[0].Markdown, was, now, 1)
	p, _, err = h.Review.SaveText(h.T.Context(), record.Edit{By: all, ID: p.ID, Revision: p.Revision}, p.Saves, sections)
	must(h.T, err)
	_, err = h.Review.Issue(h.T.Context(), record.Edit{By: all, ID: p.ID, Revision: p.Revision}, "New words", true)
	must(h.T, err)
	form := url.Values{"title": {"Second sitting"}, "body": {"Committee of the places"}, "commissioners": h.places}
	date(form, "date", record.Day(2027, 3, 18))
	at = h.post("all", "/desk/meetings/new", form).Header.Get("Location")
	form = h.get("all", at+"/items").Hidden()
	form.Set("items", h.policy.ID+"/2.0")
	h.post("all", at+"/items", form)
	form = h.get("all", at+"/members").Hidden()
	form.Set("m0-name", "Ada Lund")
	form.Set("m0-present", "yes")
	h.post("all", at+"/members", form)
	return at
}

// The form for a new version starts from the variation of the one before. What the new version touched must be chosen
// again; the rest is there already.
func TestAVariationIsCarriedToTheNextVersion(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.vary(h.plan())
	at := h.issue("This section says what it must, in plain words.", "This section says what it should, in plain words.")
	h.get("first", "/desk").Has("Aldermoss decides again on Tonsillectomy", "Version 2.0 takes the place of what was adopted", "The local variation of Aldermoss is to be carried over")
	h.get("first", "/desk/policies/"+h.policy.ID+"/decisions").Has("Version 2.0: adopted by 0 of 3", "Asked again", "Adopted with a variation: <a")
	h.get("first", "/desk/programmes/"+h.programme.ID+"?place="+h.places[0]).Has("app-s--w app-chosen", "For decision: 1")
	shown := h.get("first", at+"/decide")
	shown.Has("Aldermoss has a variation of version 1.0. It is carried over to version 2.0 here, but the new version touches 1 change of it",
		"The new version changes paragraph 1.1:", "[removed: </span>must<", "[added: </span>should<", "The variation says: Our own first paragraph.",
		"Our own second section.", `<option value="replace" selected>`)
	if n := strings.Count(shown.Body, `<option value="replace" selected>`); n != 1 {
		t.Errorf("of two changes %d are chosen already, want the one that nothing touched", n)
	}
	form := shown.Hidden()
	adopted(form)
	date(form, "i0-effective", record.Day(2027, 6, 1))
	form.Set("i0-outcome", "vary")
	form.Set("i0-reason", "A local pathway")
	h.change(form, "i0-", 0, "", "1.1", "Our own first paragraph.")
	h.replace(form, "i0-", 1, "2.1", "Our own second section.")
	form.Set("step", "record")
	h.post("first", at+"/decide", form).Has("Choose what is done with the paragraph", `href="#i0-o0-act"`, "The new version changes")
	form.Set("i0-o0-act", "replace")
	if got := h.post("first", at+"/decide", form); got.Status != 303 {
		t.Fatalf("recording: %d %s", got.Status, got.Body)
	}
	list, err := h.Decisions.OfPolicy(t.Context(), h.people()["all"], h.policy.ID)
	if err != nil || len(list) != 2 || list[1].Version != "2.0" || list[1].Overlay[0].Was != "This section says what it should, in plain words." {
		t.Errorf("kept: %+v, %v", list, err)
	}
}

// A variation of a paragraph that the new version parts is neither lost nor laid over one part: the form says why it must
// be joined anew, and takes nothing that was not chosen.
func TestAVariationOfWhatWasParted(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.vary(h.plan())
	at := h.issue("what it must, in plain", "what it must.\n\nIn plain")
	h.get("first", "/desk/policies/"+h.policy.ID+"/decisions").Has("Asked again", "The new version parts paragraph 1.1 into 1.1 and 1.2")
	shown := h.get("first", at+"/decide")
	shown.Has("but the new version touches 1 change of it", "The new version parts paragraph 1.1 into 1.1 and 1.2:", "made for the paragraph as it was", "The variation says: Our own first paragraph.")
	if n := strings.Count(shown.Body, `<option value="replace" selected>`); n != 1 {
		t.Errorf("of two changes %d are chosen already, want the one that nothing touched", n)
	}
	form := adopted(shown.Hidden())
	date(form, "i0-effective", record.Day(2027, 6, 1))
	form.Set("i0-outcome", "vary")
	form.Set("i0-reason", "A local pathway")
	h.change(form, "i0-", 0, "", "1.1", "Our own first paragraph.")
	h.replace(form, "i0-", 1, "2.1", "Our own second section.")
	form.Set("step", "record")
	h.post("first", at+"/decide", form).Has("Choose what is done with the paragraph", "The new version parts paragraph 1.1")
}

// Among several places the variation stands with its place, and does not end unsaid.
func TestAVariationAmongSeveralPlaces(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.vary(h.plan())
	at := h.issue("plain words.", "plain words")
	shown := h.get("all", at+"/decide")
	shown.Has(`name="i0-c0-o1-text"`, "Our own second section.")
	form := adopted(shown.Hidden())
	form.Set("step", "check")
	h.post("all", at+"/decide", form).Has("Give the reasons for ending the variation of version 1.0, or choose Adopt with a local variation (Aldermoss)")
}
