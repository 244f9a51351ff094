package homepages_test

import (
	"net/http"
	"testing"

	"concordat/review/access"
	"concordat/server/internal/homepages"
	"concordat/server/internal/pagetest"
)

// Who may not promise for a place is told so, and not what else is wrong with the form.
func TestAPromiseForAnotherPlace(t *testing.T) {
	t.Parallel()
	h := pagetest.New(t)
	h.Join("Kestlebury", "Oxleigh Vale")
	h.Open((&homepages.Pages{Site: h.Site, Programmes: h.Programmes, Decisions: h.Decisions, Policies: h.Review, Name: h.Name}).Routes()...)
	contact := h.SignedIn("Ruth Ames", access.Contact, h.Places[0])
	at := "/desk/programmes/" + h.Programme + "/promises/new"
	form := contact.Get(at).Want(http.StatusOK, "Kestlebury").Lacks("Oxleigh Vale")
	contact.Post(at, form.Form("policy", "nothing", "commissioners", h.Places[0])).Want(http.StatusUnprocessableEntity, "Choose a policy from the list")
	contact.Post(at, form.Form("policy", "nothing", "commissioners", h.Places[1])).Want(http.StatusForbidden).Lacks("Choose a policy from the list")
}
