package decisionpages_test

import (
	"net/url"
	"testing"

	"concordat/review/programme"
	"concordat/review/record"
	"concordat/server/internal/pagetest"
)

// While a promise to consult is open, adopting and publishing ask why one goes on, with its words and source.
func TestAPromiseWarns(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	at := h.plan()
	all := h.people()["all"]
	made, err := h.Programmes.Promise(t.Context(), all, h.programme.ID, programme.Promised{Promise: programme.ToConsult, Words: "Nothing changes before you were asked",
		Commissioners: h.places[:1], Who: "The chair of Aldermoss", Where: "minute 12", Said: record.Day(2027, 1, 20)})
	must(t, err)
	const words, box = "It was promised to consult: “Nothing changes before you were asked” (The chair of Aldermoss, minute 12, 20 January 2027)", `id="despite"`
	form := adopted(h.get("all", at+"/decide").Hidden())
	form.Set("step", "check")
	refused := h.post("all", at+"/decide", form)
	refused.Has(words, box, `href="#despite"`, "Considered for all three places")
	if refused.Status != 422 {
		t.Errorf("adopting: %d", refused.Status)
	}
	form.Set("despite", "The law leaves no choice")
	check := h.post("all", at+"/decide", form)
	check.Has("You go on although it was promised to consult", "The law leaves no choice")
	form = check.Hidden()
	form.Set("step", "record")
	if got := h.post("all", at+"/decide", form); got.Status != 303 {
		t.Fatalf("recording: %d %s", got.Status, got.Body)
	}
	tab := "/desk/policies/" + h.policy.ID + "/decisions"
	publish := func(despite string) pagetest.Answer {
		f := url.Values{"revision": h.get("all", tab).Hidden()["revision"], "version": {"1.0"}, "despite": {despite}}
		return h.post("all", "/desk/policies/"+h.policy.ID+"/publish", f)
	}
	publish(" ").Has(words, box)
	_, err = h.Programmes.End(t.Context(), record.Edit{By: all, ID: made.ID, Revision: made.Revision, Reason: "Asked in February"}, programme.Kept)
	must(t, err)
	if got := publish(""); got.Status != 303 {
		t.Errorf("publishing after the promise was kept: %d %s", got.Status, got.Body)
	}
}

// A promise is recorded with its source, listed, and kept; what is missing is told at its field and nothing typed is lost.
func TestPromisePages(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	list := "/desk/programmes/" + h.programme.ID + "/promises"
	h.get("all", list).Has("No promise is open", "Record a promise")
	h.get("first", list+"/new").Has("Aldermoss")
	form := url.Values{"promise": {"consult"}, "words": {"You will be asked first"}, "commissioners": {h.places[0]}, "link": {"nowhere"}}
	refused := h.post("first", list+"/new", form)
	refused.Has("Enter who said it", `href="#where"`, "You will be asked first", "Enter an address", `value="nowhere"`)
	if refused.Status != 422 {
		t.Errorf("refused: %d", refused.Status)
	}
	h.post("first", list+"/new", url.Values{"promise": {"review"}}).Has("Choose whose promise it is", "Write what was promised", "Enter the day by which")
	form.Set("policy", "nothing")
	h.post("first", list+"/new", form).Has("Choose a policy from the list")
	form.Set("policy", h.policy.ID)
	form.Set("who", "The chair")
	form.Set("where", "Minute 12")
	form.Set("link", "https://aldermoss.example/minutes")
	form["commissioners"] = h.places[:2]
	if got := h.post("first", list+"/new", form); got.Status != 403 {
		t.Errorf("a promise of two places by the secretary of one: %d", got.Status)
	}
	form["commissioners"] = h.places[:1]
	date(form, "due", record.Day(2027, 3, 17))
	if got := h.post("first", list+"/new", form); got.Status != 303 {
		t.Fatalf("recording: %d %s", got.Status, got.Body)
	}
	h.get("all", list).Has("1 promise is open", "“You will be asked first”", "To consult. CP-041 Tonsillectomy. Aldermoss. The chair, Minute 12", "Late, due 17 March 2027")
	all, err := h.Programmes.Promised(t.Context(), h.people()["all"], h.programme.ID)
	must(t, err)
	one := list + "/" + all[0].ID
	h.get("approver", one).Has("https://aldermoss.example/minutes", "Name of first")
	stale := h.get("all", one).Hidden()
	h.post("first", one, h.get("first", one).Hidden()).Has("Choose what became of it", `id="reason"`)
	end := h.get("first", one).Hidden()
	end.Set("as", "kept")
	end.Set("reason", "Asked in February: 31 answers")
	if got := h.post("first", one, end); got.Status != 303 {
		t.Errorf("keeping it: %d %s", got.Status, got.Body)
	}
	stale.Set("as", "released")
	stale.Set("reason", "Not needed after all")
	if got := h.post("all", one, stale); got.Status != 409 {
		t.Errorf("ending it again: %d", got.Status)
	}
	h.get("all", list).Has("No promise is open", "Kept or released: 1")
	h.get("all", one).Has("Asked in February: 31 answers (Name of first, 18 March 2027)")
	if got := h.get("all", list+"/none"); got.Status != 404 {
		t.Errorf("a promise that there is not: %d", got.Status)
	}
}
