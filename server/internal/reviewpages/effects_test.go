package reviewpages_test

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/access/accesstest"
	"concordat/review/clause"
	"concordat/review/decision"
)

var whole = regexp.MustCompile(`name="whole" value="([0-9a-f]+)"`)

func TestEffects(t *testing.T) {
	h := newHouse(t)
	lead, reader := h.signedIn("Priya Anand", access.PolicyLead), h.signedIn("Ada Lund", access.Clinician)
	contact := h.signedIn("Ruth Ames", access.Contact, h.places[0])
	path, _ := h.sideBySide(lead, "All of these:\n\n- BMI below 45\n", "All of these:\n\n- BMI below 40\n")
	effects, own := path+"/effects", path+"/effects/"+h.places[0]

	a := lead.get(effects).want(http.StatusOK, "2 places: 1 narrower, 1 same", "proposed, not recorded yet", "The draft has no procedure codes yet", "Recorded as they are now: 0").safe()
	lead.get(path).want(http.StatusOK, "Not worked out yet")
	lead.post(effects, a.form()).want(http.StatusOK, "The levels of change are recorded as they are now", "Recorded as they are now: 2, of them confirmed by a person: 0", "3 in 1 place, 0 in 1")
	lead.get(path).want(http.StatusOK, "3 in 1 place, 0 in 1")

	lead.get(own).want(http.StatusOK, "Nothing is put to decision yet", "BMI below 45", "fewer meet", "No consultation has been run", "No equality assessment has been made", "no national text asks for it").safe()
	reader.get(own).want(http.StatusOK, "BMI below 45").lacks("Shares and price", own+"/level")
	reader.get(own + "/level").want(http.StatusForbidden)
	lead.get(effects + "/nowhere").want(http.StatusNotFound)

	a = contact.get(own+"/level").want(http.StatusOK, "asks for level 3")
	contact.post(own+"/level", a.form("level", "2", "reason", " ")).want(http.StatusUnprocessableEntity, "Say why this is the level", `href="#reason"`)
	contact.post(own+"/level", a.form("level", "", "reason", "Two people")).want(http.StatusUnprocessableEntity, "Choose a level from the list", "Two people")
	stale := lead.get(own + "/level")
	contact.post(own+"/level", a.form("level", "2", "reason", "Two people a year, by our audit", "whole", whole.FindStringSubmatch(a.body)[1])).
		want(http.StatusOK, "What you said of the level is recorded", "set by Ruth Ames; 3 was proposed")
	lead.post(own+"/level", stale.form("level", "3", "reason", "We think it is more")).want(http.StatusConflict, "What you typed is still here", "We think it is more")
	contact.get(effects + "/" + h.places[1] + "/level").want(http.StatusForbidden)
	lead.get(path).want(http.StatusOK, "2 in 1 place, 0 in 1")

	lead.post(path, lead.get(path).form("do", "save", "s-criteria", "All of these:\n\n- BMI below 35")).want(http.StatusOK, "Saved", "the draft changed since")
	lead.get(effects).want(http.StatusOK, "proposed; Ruth Ames said 2 before a text or a number changed", "In 2 places a text or a number changed")
}

// What a person said of a level stays in the document with its reason, as out of date, when only a number changed.
func TestALevelIsKeptAsOutOfDate(t *testing.T) {
	h := newHouse(t)
	lead := h.signedIn("Priya Anand", access.PolicyLead)
	path, _ := h.sideBySide(lead, "All of these:\n\n- BMI below 45\n", "All of these:\n\n- BMI below 40\n")
	d := lead.post(path+"/details", lead.get(path+"/details").form("do", "add-intervention"))
	lead.post(path+"/details", d.form("do", "save", "i0-name", "Knee replacement", "i0-opcs4", "W40-W42")).want(http.StatusOK)
	lines := "commissioner,code,month,count\nKestlebury,W40.1,2026-01,60\nKestlebury,W40.1,2026-12,60\n"
	lead.send("/desk/activity", lead.get("/desk/activity").form("step", "keep", "lines", lines), "", nil).want(http.StatusOK, "Kept")
	own := path + "/effects/" + h.places[0]
	a := lead.get(own + "/level")
	lead.post(own+"/level", a.form("level", "1", "reason", "Nobody here\nis *concerned*", "whole", whole.FindStringSubmatch(a.body)[1])).want(http.StatusOK, "set by Priya Anand")
	lead.get(own+"/level").want(http.StatusOK, "What was said before").lacks("Out of date")

	lead.post(own+"/numbers", lead.get(own+"/numbers").form("lose-low", "5", "lose-high", "10", "source", "audit")).want(http.StatusOK, "proposed; Priya Anand said 1 before a text or a number changed")
	out := func() {
		t.Helper()
		lead.get(own+"/level").want(http.StatusOK, "Out of date: a text or a number changed since")
		lead.get(path+"/level-of-change").want(http.StatusOK, "not yet confirmed; the commissioner said 1 before a text or a number changed", "Kestlebury, out of date, of level 1: Nobody here is *concerned*")
	}
	out()
	lead.post(path+"/effects", lead.get(path+"/effects").form()).want(http.StatusOK, "The levels of change are recorded as they are now", "Priya Anand said 1 before a text or a number changed")
	out() // recording what is worked out now takes nothing away
}

func TestNumbersAndActivity(t *testing.T) {
	h := newHouse(t)
	lead, reader := h.signedIn("Priya Anand", access.PolicyLead), h.signedIn("Ada Lund", access.Clinician)
	path, _ := h.sideBySide(lead, "All of these:\n\n- BMI below 45\n", "All of these:\n\n- BMI below 40\n")
	d := lead.post(path+"/details", lead.get(path+"/details").form("do", "add-intervention"))
	lead.post(path+"/details", d.form("do", "save", "i0-name", "Knee replacement", "i0-opcs4", "W40-W42")).want(http.StatusOK, "W40-W42")

	reader.get("/desk/activity").want(http.StatusForbidden)
	a := lead.get("/desk/activity").want(http.StatusOK, "Codes are procedure codes", "Refused are ranges").lacks("Keep it")
	lead.get("/desk/policies").want(http.StatusOK, `href="/desk/activity"`)
	reader.get("/desk/policies").lacks("/desk/activity")
	heading := "commissioner,code,month,count\n"
	lead.send("/desk/activity", a.form("step", "check", "lines", ""), "", nil).want(http.StatusUnprocessableEntity, "There are no lines", `href="#file"`)
	lead.send("/desk/activity", a.form("step", "check", "lines", heading+"Kestlebury,W40.1,2026-01,100\nNowhere,W40.1,2026-01,1\n"), "", nil).
		want(http.StatusOK, "Nothing can be kept yet", "There is no commissioner “Nowhere”", "Nowhere,W40.1").lacks("Keep it")
	lead.send("/desk/activity", a.form("step", "check", "lines", heading+"Kestlebury,J35.0X,2026-01,100\nKestlebury,173422009,2026-01,1\n"), "", nil).
		want(http.StatusOK, "“J35.0X” looks like a diagnosis code (ICD-10)", "“173422009” looks like a SNOMED CT code").lacks("Keep it")
	lead.send("/desk/activity", a.form("step", "keep", "lines", heading+"Kestlebury,W40.1,2026-01,-100\n"), "", nil).want(http.StatusUnprocessableEntity, "1 lines are wrong")
	lines := "commissioner,code,month,count,age band,sex,deprivation\nKestlebury,W40.1,2026-01,100,65-84,F,1\nKestlebury,W41.1,2026-12,17,45-64,F,5\nKestlebury,W41.1,2026-12,3,85+,,\n"
	a = lead.send("/desk/activity", a.form("step", "check"), "activity.csv", []byte(lines)).want(http.StatusOK, "Nothing is wrong in 3 lines", "Kestlebury: W40.1, W41.1, January 2026 to December 2026, 120 people", "What the codes are counted for", "Keep it")
	lead.send("/desk/activity", a.form("step", "check", "lines", heading+"Kestlebury,X99.1,2026-01,1\n"), "", nil).want(http.StatusOK, "No policy has these codes yet, so they are kept and not shown anywhere: X99.1")
	lead.send("/desk/activity", a.form("step", "keep", "lines", lines), "", nil).want(http.StatusOK, "Kept: 3 lines for 1 place")

	own := path + "/effects/" + h.places[0]
	lead.get(own).want(http.StatusOK, "120 a year", "up to 120 treated a year", "hospital activity, January 2026 to December 2026",
		"Who was treated, January 2026 to December 2026", "Age band", "45-64</th><td class=\"nhsuk-table__cell nhsuk-table__cell--numeric\">not shown", "65-84</th><td class=\"nhsuk-table__cell nhsuk-table__cell--numeric\">100",
		"Deprivation quintile", "1, most deprived", "Not given").lacks("<svg", ">17<", ">3<")
	lead.get(path+"/effects").want(http.StatusOK, "Who was treated", "Age band", "In all places together", ">120<").lacks(">17<")
	all := path + "/effects/all/numbers"
	reader.get(all).want(http.StatusForbidden)
	a = lead.get(all).want(http.StatusOK, "all places that have none of their own")
	lead.post(all, a.form("lose-low", "5", "lose-high", "x", "price", "much")).want(http.StatusUnprocessableEntity, `href="#lose-high"`, "Enter the price of one treatment", `value="much"`)
	lead.post(all, a.form("lose-low", "5", "lose-high", "10.5")).want(http.StatusUnprocessableEntity, "Say where the shares come from")
	lead.post(all, a.form("lose-low", "5", "lose-high", "10.5", "source", "audit 2025", "price", "£5,000", "price-source", "tariff")).want(http.StatusOK, "The numbers are saved", "6 to 13 a year")
	lead.post(all, a.form("lose-low", "1", "lose-high", "2", "source", "another")).want(http.StatusConflict, "Kept now: “audit 2025”")
	lead.get(own).want(http.StatusOK, "6 to 13 a year", "£30,000 to £65,000 a year less", "<svg", "Shares: audit 2025", "5% to 10.5% of those treated").safe()

	lead.post(path, lead.get(path).form("do", "save", "s-criteria", "All of these:\n\n- BMI below 35\n- no smoking")).want(http.StatusOK, "Saved")
	lead.get(own).want(http.StatusOK, "6 to 13 a year, by a share given for an earlier draft (save 3)", "Shares: audit 2025, given for an earlier draft (save 3)")
	lead.get(path+"/effects").want(http.StatusOK, "6 to 13 a year, by a share given for an earlier draft (save 3)")
	lead.get(path+"/level-of-change").want(http.StatusOK, "Shares: audit 2025, given for an earlier draft (save 3)")
	a = lead.get(all).want(http.StatusOK, "The shares were given for an earlier draft (save 3).")
	lead.post(all, a.form()).want(http.StatusOK, "The numbers are saved").lacks("earlier draft") // they hold for this one too
	lead.post(path, lead.get(path).form("do", "save", "s-criteria", "All of these:\n\n- BMI below 40")).want(http.StatusOK, "Saved")
	a = lead.get(all)
	lead.post(all, a.form()).want(http.StatusOK, "The numbers are saved")

	document := path + "/level-of-change"
	lead.get(document).want(http.StatusOK, "Fewer patients could have the treatment", "Kestlebury", "BMI below 45", "6 to 13 a year", "What the levels mean").safe()
	lead.get(document+"/word").want(http.StatusOK, "PK Level of change: ")
}

// Whoever adopted a version has that version today, as it varied it: a later draft is compared with it.
func TestEffectsOnWhoeverAdopted(t *testing.T) {
	h := newHouse(t)
	lead := h.signedIn("Priya Anand", access.PolicyLead)
	path := h.finalOf(lead, "All of these:\n\n- BMI below 40\n- at least 6 months of physiotherapy")
	id, own, other := path[strings.LastIndexByte(path, '/')+1:], path+"/effects/"+h.places[0], path+"/effects/"+h.places[1]
	at := path + "/local/" + h.places[0] + "/new"
	lead.send(at, lead.get(at).form("without", "policy", "title", "Knees", "text", "- BMI below 50\n"), "", nil).want(http.StatusOK)
	v, err := h.review.ReadVersion(t.Context(), accesstest.Actor(access.PolicyLead), id, review.Number{Major: 1})
	if err != nil {
		t.Fatal(err)
	}
	bmi := slices.IndexFunc(v.Text().Clauses, func(c clause.Clause) bool { return c.Words == "BMI below 40" })
	h.decided(id, decision.Said{Outcome: decision.Vary, Reason: "Here", Overlay: decision.Overlay{
		{Act: decision.Replace, Anchor: v.Text().Clauses[bmi].Anchor, Text: "BMI below 45"},
		{Act: decision.Add, Anchor: v.Text().Clauses[bmi].Anchor, Text: "age over 18 years"}}})
	lead.get(own).want(http.StatusOK, "BMI below 50", "Decided on 8 February 2027 on version 1.0") // what 1.0 changed

	lead.post(path, lead.get(path).form("do", "save", "s-criteria", "All of these:\n\n- BMI below 35\n- at least 6 months of physiotherapy")).want(http.StatusOK, "Saved")
	lead.get(own).want(http.StatusOK, "BMI below 45", "age over 18 years", "2 criteria that do not change", `differences?from=v1.0:`+h.places[0]+`">Age`).lacks("BMI below 50", "BMI below 40", "what it has today is not recorded").safe()
	lead.get(other).want(http.StatusOK, "what it has today is not recorded").lacks("BMI below 40")
	lead.post(path+"/issue", lead.get(path+"/issue").form("sort", "final", "note", "Again")).want(http.StatusOK, "Version 2.0 is issued")
	lead.get(own).want(http.StatusOK, "You are asked to adopt version 2.0", "in place of version 1.0 with your variation, which applies since 8 February 2027", "BMI below 45")
	lead.get(path+"/level-of-change").want(http.StatusOK, "BMI below 45")
}

// Who may lose by what cannot be told is not said to be nobody, and a form with nothing in it keeps nothing.
func TestNothingIsSaidThatIsNotSo(t *testing.T) {
	h := newHouse(t)
	lead := h.signedIn("Priya Anand", access.PolicyLead)
	path, _ := h.sideBySide(lead, "All of these:\n\n- BMI below 40\n- physiotherapy often\n", "All of these:\n\n- BMI below 40\n- at least 3 months of physiotherapy\n")
	lead.post(path, lead.get(path).form("do", "save", "s-criteria", "All of these:\n\n- BMI below 40\n- at least 3 months of physiotherapy")).want(http.StatusOK, "Saved")
	lead.get(path+"/effects/"+h.places[0]).want(http.StatusOK, "Nobody for certain. What cannot be told may concern some.", "Cannot be told").lacks("Nobody, as far as the words tell.")
	lead.get(path+"/effects/"+h.places[1]).want(http.StatusOK, "Nobody, as far as the words tell.")

	own := path + "/effects/" + h.places[0] + "/numbers"
	lead.post(own, lead.get(own).form()).want(http.StatusUnprocessableEntity, "Enter a share or a price", `href="#lose-low"`)
	lead.get(own).want(http.StatusOK, `name="revision" value="0"`)
}

// What somebody said of a level and of shares is in the policy's history in plain words.
func TestTheTrailOfLevels(t *testing.T) {
	h := newHouse(t)
	lead := h.signedIn("Priya Anand", access.PolicyLead)
	path, _ := h.sideBySide(lead, "All of these:\n\n- BMI below 45\n", "All of these:\n\n- BMI below 40\n")
	own := path + "/effects/" + h.places[0]
	for _, level := range []string{"3", "2"} {
		a := lead.get(own + "/level")
		lead.post(own+"/level", a.form("level", level, "reason", "By our audit of "+level, "whole", whole.FindStringSubmatch(a.body)[1])).want(http.StatusOK, "What you said of the level is recorded")
	}
	lead.get(path+"/trail?of=level:"+h.places[0]).want(http.StatusOK, "the level of change in Kestlebury", "Confirmed the level of change: 3", "Set the level of change to 2, where 3 was worked out", "Reason: By our audit of 2")
	a := lead.get(own + "/numbers")
	lead.post(own+"/numbers", a.form("lose-low", "1", "lose-high", "2", "source", "audit")).want(http.StatusOK)
	lead.get(path+"/trail?of=estimate:"+h.places[0]).want(http.StatusOK, "Said what share of those treated may lose or gain, and the price")
	lead.get(path+"/trail?of=estimate:"+h.places[1]).want(http.StatusOK, "Nothing happened here yet")
}
