package decisionpages_test

import (
	"net/url"
	"testing"

	"concordat/review/programme"
	"concordat/review/record"
)

// While a promise to consult is open, adopting and publishing ask why one goes on, with its words and source.
func TestAPromiseWarns(t *testing.T) {
	h := newHouse(t)
	at := h.plan()
	all := h.people()["all"]
	made, err := h.programmes.Promise(t.Context(), all, h.programme.ID, programme.Promised{Promise: programme.ToConsult, Words: "Nothing changes before you were asked",
		Commissioners: h.places[:1], Who: "The chair of Aldermoss", Where: "minute 12", Said: record.Day(2027, 1, 20)})
	must(t, err)
	const words, box = "It was promised to consult: “Nothing changes before you were asked” (The chair of Aldermoss, minute 12, 20 January 2027)", `id="despite"`
	form := adopted(h.get("all", at+"/decide").hidden())
	form.Set("step", "check")
	refused := h.post("all", at+"/decide", form)
	refused.has(t, "the form", words, box, `href="#despite"`, "Considered for all three places")
	if refused.status != 422 {
		t.Errorf("adopting: %d", refused.status)
	}
	form.Set("despite", "The law leaves no choice")
	check := h.post("all", at+"/decide", form)
	check.has(t, "the check", "You go on although it was promised to consult", "The law leaves no choice")
	form = check.hidden()
	form.Set("step", "record")
	if got := h.post("all", at+"/decide", form); got.status != 303 {
		t.Fatalf("recording: %d %s", got.status, got.body)
	}
	tab := "/desk/policies/" + h.policy.ID + "/decisions"
	publish := func(despite string) answer {
		f := url.Values{"revision": h.get("all", tab).hidden()["revision"], "version": {"1.0"}, "despite": {despite}}
		return h.post("all", "/desk/policies/"+h.policy.ID+"/publish", f)
	}
	publish(" ").has(t, "publishing", words, box)
	_, err = h.programmes.End(t.Context(), record.Edit{By: all, ID: made.ID, Revision: made.Revision, Reason: "Asked in February"}, programme.Kept)
	must(t, err)
	if got := publish(""); got.status != 303 {
		t.Errorf("publishing after the promise was kept: %d %s", got.status, got.body)
	}
}
