package decisionpages_test

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"concordat/review"
	"concordat/review/decision"
	"concordat/review/decision/decisiontest"
	"concordat/review/record"
)

// The board is narrowed by what was chosen, counts consultations, and its files hold the same cells in words.
func TestBoard(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	all := h.people()["all"]
	for _, title := range []string{"=HYPERLINK(1)", "Grommets"} {
		_, err := h.Review.Create(t.Context(), all, review.NewPolicy{Reference: "X" + title[1:3], Title: title, Kind: "generic", Programme: h.programme.ID, Commissioners: h.places, Lead: "first"})
		must(t, err)
	}
	board := "/desk/programmes/" + h.programme.ID
	before := h.get("approver", board)
	before.Has("0 need a consultation", "3 not said yet", "Name of first", "Grommets", "Tonsillectomy", "All 3 policies", `href="?lead=first&amp;stage=drafting"`)
	p, err := h.Review.Policy(t.Context(), all, h.policy.ID)
	must(t, err)
	p, err = h.Review.SayNeed(t.Context(), record.Edit{By: all, ID: p.ID, Revision: p.Revision, Reason: "Fewer are treated"}, review.PublicAsked, "Minute 7")
	must(t, err)
	_, err = h.Review.PlanDecision(t.Context(), record.Edit{By: all, ID: p.ID, Revision: p.Revision}, record.Day(2027, 2, 1))
	must(t, err)
	h.get("all", board).Has("1 need a consultation", "2 not said yet", "Timetable: 1 late", "planned for February 2027")
	one := h.get("all", board+"?need=needed&month=2027-02")
	one.Has("1 of 3 policies: decision in: February 2027; consultation: needed", "Tonsillectomy", "board.xlsx?month=2027-02&amp;need=needed", `<option value="2027-02" selected>February 2027</option>`)
	if strings.Contains(one.Body, "Grommets") {
		t.Error("the board of what needs a consultation has Grommets")
	}
	h.get("all", board+"?stage=withdrawn").Has("No policy fits what you chose")
	h.get("all", board+"/timetable").Has("Timetable: 1 late", "Tonsillectomy", "planned for February 2027", "1 policy is to be decided")

	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(h.get("auditor", board+"/board.csv").Body, "\ufeff"))).ReadAll()
	must(t, err)
	if len(rows) != 4 || !slices.Equal(rows[1], []string{"Tonsillectomy", "CP-041", "For decision", "Name of all", "3 decisions", "0", "Late", "February 2027", "Public consultation", "0", "Late", "Late", "Late"}) {
		t.Errorf("CSV %q", rows)
	}
	if title := rows[2][0]; title != "'=HYPERLINK(1)" {
		t.Errorf("a title that is a formula is written as %q", title)
	}
	file := h.get("all", board+"/board.xlsx?stage=drafting")
	book, err := excelize.OpenReader(strings.NewReader(file.Body))
	must(t, err)
	cells, err := book.GetRows("Three places")
	must(t, err)
	if len(cells) != 3 || cells[1][0] != "=HYPERLINK(1)" || cells[2][0] != "Grommets" || cells[2][12] != "Not for decision yet" || cells[0][12] != "Carrowmead" {
		t.Errorf("XLSX %q", cells)
	}
}

// Who is told of a decision by mail finds it among their work: when it is near, and when nothing was recorded.
func TestMyWorkTellsWhatIsDue(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.moveTo(record.Day(2027, 3, 3).Start())
	at := h.plan() // for 18 March
	if far := h.get("contact", "/desk"); strings.Contains(far.Body, "decides on") {
		t.Error("15 days before, a contact is told already")
	}
	h.get("all", at).Has("Contacts and secretaries told", "They will be from 4 March 2027")
	h.moveTo(record.Day(2027, 3, 4).Start())
	must(t, h.notifier().Sweep(t.Context()))
	h.get("all", at).Has("4 March 2027: 1 decision is due")
	h.get("contact", "/desk").Has("Aldermoss decides on 1 policy", "In 14 days", at)
	h.get("all", "/desk").Has("3 commissioners decide on 1 policy")
	if other := h.get("approver", "/desk"); strings.Contains(other.Body, "decide on") {
		t.Error("an approver is told")
	}
	h.moveTo(record.Day(2027, 3, 25).Start())
	h.get("contact", "/desk").Has("You wait for others: 1", "Record of what Aldermoss decided", "7 days ago")
	late := h.get("all", "/desk")
	late.Has("Record what was decided: Joint committee")
	if strings.Contains(late.Body, "Record of what") {
		t.Error("a secretary is told twice")
	}
}

// notifier tells one contact of the first place.
func (h *house) notifier() *decision.Notifier {
	return &decision.Notifier{Meetings: h.Decisions.Meetings, Decisions: h.Decisions.Decisions, Register: h.Decisions.Register, Notices: h.Decisions.Notices,
		People: decisiontest.Told{h.places[0]: {Name: "Aldermoss", To: []decision.Recipient{{Name: "Ruth Ames", Email: "ruth@example.org"}}}}, Now: h.Clock.Now}
}
