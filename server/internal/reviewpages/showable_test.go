package reviewpages_test

import (
	"net/http"
	"strings"
	"testing"

	"concordat/review/access"
	"concordat/server/internal/pagetest"
)

// What a save or an upload takes can be shown and published: what cannot is refused at its field, and stays typed.
func TestOnlyWhatCanBeShownIsTaken(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := h.SignedIn("Priya Anand", access.PolicyLead)
	path := h.begun(lead)
	deep := strings.Repeat("> ", 17) + "too deep"
	wide := strings.Repeat("|a", 61) + "|\n" + strings.Repeat("|-", 61) + "|\n"
	for _, tc := range []struct{ field, text, message string }{
		{"s-criteria", "One line.\n\n" + deep, "Line 3 is nested too deeply"},
		{"s-summary", wide, "more than 60 columns"},
	} {
		a := lead.Get(path)
		lead.Post(path, a.Form("do", "save", tc.field, tc.text)).Want(http.StatusUnprocessableEntity, tc.message, `href="#`+tc.field+`"`, strings.TrimSpace(tc.text[len(tc.text)-20:]))
	}
	lead.Get(path).Want(http.StatusOK, "Save 1,")

	form := lead.Get(path).Form("do", "save")
	for name := range form {
		if strings.HasPrefix(name, "s-") {
			form.Set(name, strings.Repeat("All is well. ", 15_000))
		}
	}
	lead.Post(path, form).Want(http.StatusUnprocessableEntity, "The text is longer than")

	place := path + "/local/" + h.Places[0]
	lead.Send(place+"/new", lead.Get(place+"/new").Form("without", "policy", "title", "Tonsils", "text", deep)).
		Want(http.StatusUnprocessableEntity, "nested too deeply", `href="#text"`, "too deep")
	lead.Send(place+"/new", lead.Get(place+"/new").Form("without", "policy", "title", "Tonsils"), pagetest.File{Name: "t.md", Data: []byte("# Tonsils\n\n" + wide)}).
		Want(http.StatusUnprocessableEntity, "more than 60 columns", `href="#file"`)
	lead.Send(place+"/new", lead.Get(place+"/new").Form("without", "policy", "title", "Tonsils", "text", "Seven episodes.")).Want(http.StatusOK)
	lead.Post(place, lead.Get(place).Form("without", "policy", "text", deep)).Want(http.StatusUnprocessableEntity, "nested too deeply", `href="#text"`, "too deep")
}
