package reviewpages_test

import (
	"net/http"
	"testing"

	"concordat/review/access"
	"concordat/review/access/accesstest"
	"concordat/review/programme"
)

func TestPlan(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead, engagement, reader := h.SignedIn("Priya Anand", access.PolicyLead), h.SignedIn("Dev Shah", access.EngagementLead, h.Places[0]), h.SignedIn("Ada Lund", access.Clinician)
	path := h.begun(lead)
	lead.Get(path).Want(http.StatusOK, "Not said yet", path+"/plan")
	a := engagement.Get(path+"/plan").Want(http.StatusOK, "Nobody has said yet", "no month planned", "Record it").Lacks("Save the month")
	stale := lead.Get(path + "/plan")
	engagement.Post(path+"/need", a.Form("need", "public", "reason", "", "source", "Minute 7")).Want(http.StatusUnprocessableEntity, "Say why", `href="#reason"`, `value="Minute 7"`)
	a = engagement.Post(path+"/need", a.Form("need", "public", "reason", "Fewer people would be treated", "source", "Minute 7"))
	a.Want(http.StatusOK, "Consultation: Public consultation", "Fewer people would be treated", "Dev Shah")
	lead.Post(path+"/need", stale.Form("need", "none", "reason", "Only words change", "source", "Letter")).
		Want(http.StatusConflict, "What you typed is still here", "Only words change", "Kept now: “Fewer people would be treated”")
	a = lead.Get(path+"/plan").Want(http.StatusOK, "Save the month")
	a = lead.Post(path+"/plan", a.Form("month-month", "13", "month-year", "2027"))
	a.Want(http.StatusUnprocessableEntity, "The month must be a real one", `value="13"`)
	lead.Post(path+"/plan", a.Form("month-month", "4", "month-year", "2027")).Want(http.StatusOK, "planned for April 2027")
	lead.Get(path).Want(http.StatusOK, "Public consultation", "April 2027")
	lead.Get(path+"/trail").Want(http.StatusOK, "Said whether a consultation is needed: Public consultation", "Planned the decision for April 2027")
	_, err := h.Programmes.Promise(t.Context(), accesstest.Actor(access.PolicyLead), h.Programme, programme.Promised{Promise: programme.ToConsult, Words: "You will be asked",
		Commissioners: h.Places, Who: "The board", Where: "letter of 3 May"})
	if err != nil {
		t.Fatal(err)
	}
	reader.Get(path+"/plan").Want(http.StatusOK, "1 promise binds this policy", "“You will be asked”", "To consult. The board, letter of 3 May")
	reader.Get(path+"/plan").Want(http.StatusOK, "Fewer people would be treated").Lacks("Record it", "Save the month")
	reader.Post(path+"/need", reader.Get("/account").Form("need", "none", "reason", "x", "source", "y", "revision", "1")).Want(http.StatusForbidden)
}
