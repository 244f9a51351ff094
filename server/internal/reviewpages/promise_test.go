package reviewpages_test

import (
	"net/http"
	"testing"

	"concordat/review/access"
	"concordat/review/access/accesstest"
	"concordat/review/programme"
)

// A final version asks why it goes on while a promise to consult is open; what is wrong beside is told too.
func TestIssuingAgainstAPromise(t *testing.T) {
	h := newHouse(t)
	lead := h.signedIn("Priya Anand", access.PolicyLead)
	path := h.begun(lead)
	_, err := h.programmes.Promise(t.Context(), accesstest.Actor(access.PolicyLead), h.programme, programme.Promised{Promise: programme.ToConsult, Words: "You will be asked",
		Commissioners: h.places, Who: "The board", Where: "letter of 3 May"})
	if err != nil {
		t.Fatal(err)
	}
	const words = "It was promised to consult: “You will be asked” (The board, letter of 3 May)"
	a := lead.get(path + "/issue")
	lead.post(path+"/issue", a.form("sort", "draft", "note", "")).want(http.StatusUnprocessableEntity, "Say in one line").lacks(words)
	a = lead.post(path+"/issue", a.form("sort", "final", "note", "For decision"))
	a.want(http.StatusUnprocessableEntity, words, `href="#despite"`, "Why do you go on, although this was promised?", `value="For decision"`)
	lead.post(path+"/issue", a.form("sort", "final", "note", "For decision", "despite", "A new law")).want(http.StatusUnprocessableEntity, "A new law").lacks(words)
}
