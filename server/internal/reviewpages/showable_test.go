package reviewpages_test

import (
	"net/http"
	"strings"
	"testing"

	"concordat/review/access"
)

// What a save or an upload takes can be shown and published: what cannot is refused at its field, and stays typed.
func TestOnlyWhatCanBeShownIsTaken(t *testing.T) {
	h := newHouse(t)
	lead := h.signedIn("Priya Anand", access.PolicyLead)
	path := h.begun(lead)
	deep := strings.Repeat("> ", 17) + "too deep"
	wide := strings.Repeat("|a", 61) + "|\n" + strings.Repeat("|-", 61) + "|\n"
	for _, tc := range []struct{ field, text, message string }{
		{"s-criteria", "One line.\n\n" + deep, "Line 3 is nested too deeply"},
		{"s-summary", wide, "more than 60 columns"},
	} {
		a := lead.get(path)
		lead.post(path, a.form("do", "save", tc.field, tc.text)).want(http.StatusUnprocessableEntity, tc.message, `href="#`+tc.field+`"`, strings.TrimSpace(tc.text[len(tc.text)-20:]))
	}
	lead.get(path).want(http.StatusOK, "Save 1,")

	form := lead.get(path).form("do", "save")
	for name := range form {
		if strings.HasPrefix(name, "s-") {
			form.Set(name, strings.Repeat("All is well. ", 15_000))
		}
	}
	lead.post(path, form).want(http.StatusUnprocessableEntity, "The text is longer than")

	place := path + "/local/" + h.places[0]
	lead.send(place+"/new", lead.get(place+"/new").form("without", "policy", "title", "Tonsils", "text", deep), "", nil).
		want(http.StatusUnprocessableEntity, "nested too deeply", `href="#text"`, "too deep")
	lead.send(place+"/new", lead.get(place+"/new").form("without", "policy", "title", "Tonsils"), "t.md", []byte("# Tonsils\n\n"+wide)).
		want(http.StatusUnprocessableEntity, "more than 60 columns", `href="#file"`)
	lead.send(place+"/new", lead.get(place+"/new").form("without", "policy", "title", "Tonsils", "text", "Seven episodes."), "", nil).want(http.StatusOK)
	lead.post(place, lead.get(place).form("without", "policy", "text", deep)).want(http.StatusUnprocessableEntity, "nested too deeply", `href="#text"`, "too deep")
}
