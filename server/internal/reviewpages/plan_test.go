package reviewpages_test

import (
	"net/http"
	"testing"

	"concordat/review/access"
	"concordat/review/access/accesstest"
	"concordat/review/programme"
)

func TestPlan(t *testing.T) {
	h := newHouse(t)
	lead, engagement, reader := h.signedIn("Priya Anand", access.PolicyLead), h.signedIn("Dev Shah", access.EngagementLead, h.places[0]), h.signedIn("Ada Lund", access.Clinician)
	path := h.begun(lead)
	lead.get(path).want(http.StatusOK, "Not said yet", path+"/plan")
	a := engagement.get(path+"/plan").want(http.StatusOK, "Nobody has said yet", "no month planned", "Record it").lacks("Save the month")
	stale := lead.get(path + "/plan")
	engagement.post(path+"/need", a.form("need", "public", "reason", "", "source", "Minute 7")).want(http.StatusUnprocessableEntity, "Say why", `href="#reason"`, `value="Minute 7"`)
	a = engagement.post(path+"/need", a.form("need", "public", "reason", "Fewer people would be treated", "source", "Minute 7"))
	a.want(http.StatusOK, "Consultation: Public consultation", "Fewer people would be treated", "Dev Shah")
	lead.post(path+"/need", stale.form("need", "none", "reason", "Only words change", "source", "Letter")).
		want(http.StatusConflict, "What you typed is still here", "Only words change", "Kept now: “Fewer people would be treated”")
	a = lead.get(path+"/plan").want(http.StatusOK, "Save the month")
	a = lead.post(path+"/plan", a.form("month-month", "13", "month-year", "2027"))
	a.want(http.StatusUnprocessableEntity, "The month must be a real one", `value="13"`)
	lead.post(path+"/plan", a.form("month-month", "4", "month-year", "2027")).want(http.StatusOK, "planned for April 2027")
	lead.get(path).want(http.StatusOK, "Public consultation", "April 2027")
	lead.get(path+"/trail").want(http.StatusOK, "Said whether a consultation is needed: Public consultation", "Planned the decision for April 2027")
	_, err := h.programmes.Promise(t.Context(), accesstest.Actor(access.PolicyLead), h.programme, programme.Promised{Promise: programme.ToConsult, Words: "You will be asked",
		Commissioners: h.places, Who: "The board", Where: "letter of 3 May"})
	if err != nil {
		t.Fatal(err)
	}
	reader.get(path+"/plan").want(http.StatusOK, "1 promise binds this policy", "“You will be asked”", "To consult. The board, letter of 3 May")
	reader.get(path+"/plan").want(http.StatusOK, "Fewer people would be treated").lacks("Record it", "Save the month")
	reader.post(path+"/need", reader.get("/account").form("need", "none", "reason", "x", "source", "y", "revision", "1")).want(http.StatusForbidden)
}
