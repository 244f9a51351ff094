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
	t.Parallel()
	h := newHouse(t)
	lead := h.SignedIn("Priya Anand", access.PolicyLead)
	path := h.begun(lead)
	_, err := h.Programmes.Promise(t.Context(), accesstest.Actor(access.PolicyLead), h.Programme, programme.Promised{Promise: programme.ToConsult, Words: "You will be asked",
		Commissioners: h.Places, Who: "The board", Where: "letter of 3 May"})
	if err != nil {
		t.Fatal(err)
	}
	const words = "It was promised to consult: “You will be asked” (The board, letter of 3 May)"
	a := lead.Get(path + "/issue")
	lead.Post(path+"/issue", a.Form("sort", "draft", "note", "")).Want(http.StatusUnprocessableEntity, "Say in one line").Lacks(words)
	a = lead.Post(path+"/issue", a.Form("sort", "final", "note", "For decision"))
	a.Want(http.StatusUnprocessableEntity, words, `href="#despite"`, "Why do you go on, although this was promised?", `value="For decision"`)
	lead.Post(path+"/issue", a.Form("sort", "final", "note", "For decision", "despite", "A new law")).Want(http.StatusUnprocessableEntity, "A new law").Lacks(words)
}
