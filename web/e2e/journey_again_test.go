package e2e_test

import (
	"testing"

	"concordat/web/e2e"
)

// TestAskedAgainJourney reads a version on which everybody decides again, and joins the variation of the place whose
// paragraph it parts anew.
func TestAskedAgainJourney(t *testing.T) {
	t.Parallel()
	const policy, meeting = "/desk/policies/cp-027", "/desk/meetings/2027-03-18"
	const told = "The new version parts paragraph 3.1(b) into 3.1(b) and 3.1(c)"
	p := signedIn(t, demonstration(t, "SQLite"), secretary)
	p.Goto(policy + "/decisions")
	p.Sees("Version 2.0: adopted by 0 of 15", "Asked again", told)
	e2e.Axe(t, p)
	p.Goto(policy + "/differences?from=v1.0&to=v2.0")
	e2e.Axe(t, p)
	p.Within("#c3").Click("In the text of Version 2.0, 4 February 2027: 3.1(c)")
	p.Within(":target").Sees("low blood sugar that needed help from others")

	p.Goto(meeting + "/edit")
	date(p, "date", 8, 2, 2027)
	date(p, "recommended-date", 1, 2, 2027)
	p.Click("Save")
	p.Goto(meeting + "/members")
	p.FillIn("[name=m0-name]", "Ada Lund")
	p.Within("fieldset.app-lines").Choose("Was present")
	p.Click("Save")
	p.Goto(meeting + "/decide?policy=cp-027")
	p.Sees("Kestlebury has a variation of version 1.0", told, "made for the paragraph as it was", "that the patient did not feel")
	e2e.Axe(t, p)
	var item, place string // how the names of fields begin
	p.Eval(`document.querySelector('[name$="-outcome"][value=adopt]').name.split('-')[0]`, &item)
	p.Eval(`document.querySelector('[name$="-o0-anchor"]').name.replace('-o0-anchor', '')`, &place)
	p.ClickOn("[name=" + item + "-outcome][value=adopt]")
	date(p, item+"-effective", 1, 5, 2027)
	p.Choose("Patients referred on or after that date")
	p.FillIn("[name="+item+"-due]", "Considered the assessment of January 2027.")
	p.FillIn("[name="+item+"-minute]", "JC/27/09")
	p.Select("What Kestlebury decided", "Adopt with a local variation")
	p.FillIn("[name="+place+"-reason]", "Many here do not feel low blood sugar")
	p.Click("Continue")
	p.Sees("There is a problem", "Choose what is done with the paragraph", told)
	p.Within("#"+place+"-o0").Select("Paragraph", "3.1(c) insulin and low blood sugar that needed help from others in the last 1…")
	p.Within("#"+place+"-o0").Select("What is done with it here", "Replace it")
	p.FillIn("[name="+place+"-o0-text]", "insulin and low blood sugar in the last 12 months that needed help from others or that the patient did not feel")
	p.Click("Continue")
	p.Sees("Record 15 decisions")
	p.Click("Record 15 decisions")
	p.Sees("15 decisions are recorded")
	p.Goto(policy + "/decisions")
	p.Sees("Adopted by 15 of 15")
	p.SeesNot("Asked again", told)
}
