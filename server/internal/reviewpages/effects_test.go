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
	"concordat/server/internal/pagetest"
)

var whole = regexp.MustCompile(`name="whole" value="([0-9a-f]+)"`)

func TestEffects(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead, reader := h.SignedIn("Priya Anand", access.PolicyLead), h.SignedIn("Ada Lund", access.Clinician)
	contact := h.SignedIn("Ruth Ames", access.Contact, h.Places[0])
	path, _ := h.sideBySide(lead, "Patients need all of these:\n\n- BMI below 45\n", "Patients need all of these:\n\n- BMI below 40\n")
	effects, own := path+"/effects", path+"/effects/"+h.Places[0]

	a := lead.Get(effects).Want(http.StatusOK, "2 places: 1 narrower, 1 same", "What is said of 2 criteria is proved.", "proposed, not recorded yet", "The draft has no procedure codes yet", "Recorded as they are now: 0").Safe()
	lead.Get(path).Want(http.StatusOK, "Not worked out yet")
	lead.Post(effects, a.Form()).Want(http.StatusOK, "The levels of change are recorded as they are now", "Recorded as they are now: 2, of them confirmed by a person: 0", "3 in 1 place, 0 in 1")
	lead.Get(path).Want(http.StatusOK, "3 in 1 place, 0 in 1")

	lead.Get(own).Want(http.StatusOK, "Nothing is put to decision yet", "BMI below 45", "fewer meet", "No consultation has been run", "No equality assessment has been made", "no national text asks for it").Safe()
	reader.Get(own).Want(http.StatusOK, "BMI below 45").Lacks("Shares and price", own+"/level")
	reader.Get(own + "/level").Want(http.StatusForbidden)
	lead.Get(effects + "/nowhere").Want(http.StatusNotFound)

	a = contact.Get(own+"/level").Want(http.StatusOK, "asks for level 3")
	contact.Post(own+"/level", a.Form("level", "2", "reason", " ")).Want(http.StatusUnprocessableEntity, "Say why this is the level", `href="#reason"`)
	contact.Post(own+"/level", a.Form("level", "", "reason", "Two people")).Want(http.StatusUnprocessableEntity, "Choose a level from the list", "Two people")
	stale := lead.Get(own + "/level")
	contact.Post(own+"/level", a.Form("level", "2", "reason", "Two people a year, by our audit", "whole", whole.FindStringSubmatch(a.Body)[1])).
		Want(http.StatusOK, "What you said of the level is recorded", "set by Ruth Ames; 3 was proposed")
	lead.Post(own+"/level", stale.Form("level", "3", "reason", "We think it is more")).Want(http.StatusConflict, "What you typed is still here", "We think it is more")
	contact.Get(effects + "/" + h.Places[1] + "/level").Want(http.StatusForbidden)
	lead.Get(path).Want(http.StatusOK, "2 in 1 place, 0 in 1")

	lead.Post(path, lead.Get(path).Form("do", "save", "s-criteria", "Patients need all of these:\n\n- BMI below 35")).Want(http.StatusOK, "Saved", "the draft changed since")
	lead.Get(effects).Want(http.StatusOK, "proposed; Ruth Ames said 2 before a text or a number changed", "In 2 places a text or a number changed")
}

// What a person said of a level stays in the document with its reason, as out of date, when only a number changed.
func TestALevelIsKeptAsOutOfDate(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := h.SignedIn("Priya Anand", access.PolicyLead)
	path, _ := h.sideBySide(lead, "Patients need all of these:\n\n- BMI below 45\n", "Patients need all of these:\n\n- BMI below 40\n")
	d := lead.Post(path+"/details", lead.Get(path+"/details").Form("do", "add-intervention"))
	lead.Post(path+"/details", d.Form("do", "save", "i0-name", "Knee replacement", "i0-opcs4", "W40-W42")).Want(http.StatusOK)
	lines := "commissioner,code,month,count\nKestlebury,W40.1,2026-01,60\nKestlebury,W40.1,2026-12,60\n"
	lead.Send("/desk/activity", lead.Get("/desk/activity").Form("step", "keep", "lines", lines)).Want(http.StatusOK, "Kept")
	own := path + "/effects/" + h.Places[0]
	a := lead.Get(own + "/level")
	lead.Post(own+"/level", a.Form("level", "1", "reason", "Nobody here\nis *concerned*", "whole", whole.FindStringSubmatch(a.Body)[1])).Want(http.StatusOK, "set by Priya Anand")
	lead.Get(own+"/level").Want(http.StatusOK, "What was said before").Lacks("Out of date")

	lead.Post(own+"/numbers", lead.Get(own+"/numbers").Form("lose-low", "5", "lose-high", "10", "source", "audit")).Want(http.StatusOK, "proposed; Priya Anand said 1 before a text or a number changed")
	out := func() {
		t.Helper()
		lead.Get(own+"/level").Want(http.StatusOK, "Out of date: a text or a number changed since")
		lead.Get(path+"/level-of-change").Want(http.StatusOK, "not yet confirmed; the commissioner said 1 before a text or a number changed", "Kestlebury, out of date, of level 1: Nobody here is *concerned*")
	}
	out()
	lead.Post(path+"/effects", lead.Get(path+"/effects").Form()).Want(http.StatusOK, "The levels of change are recorded as they are now", "Priya Anand said 1 before a text or a number changed")
	out() // recording what is worked out now takes nothing away
}

func TestNumbersAndActivity(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead, reader := h.SignedIn("Priya Anand", access.PolicyLead), h.SignedIn("Ada Lund", access.Clinician)
	path, _ := h.sideBySide(lead, "Patients need all of these:\n\n- BMI below 45\n", "Patients need all of these:\n\n- BMI below 40\n")
	d := lead.Post(path+"/details", lead.Get(path+"/details").Form("do", "add-intervention"))
	lead.Post(path+"/details", d.Form("do", "save", "i0-name", "Knee replacement", "i0-opcs4", "W40-W42")).Want(http.StatusOK, "W40-W42")

	reader.Get("/desk/activity").Want(http.StatusForbidden)
	a := lead.Get("/desk/activity").Want(http.StatusOK, "Codes are procedure codes", "Refused are ranges").Lacks("Keep it")
	lead.Get("/desk/policies").Want(http.StatusOK, `href="/desk/activity"`)
	reader.Get("/desk/policies").Lacks("/desk/activity")
	heading := "commissioner,code,month,count\n"
	lead.Send("/desk/activity", a.Form("step", "check", "lines", "")).Want(http.StatusUnprocessableEntity, "There are no lines", `href="#file"`)
	lead.Send("/desk/activity", a.Form("step", "check", "lines", heading+"Kestlebury,W40.1,2026-01,100\nNowhere,W40.1,2026-01,1\n")).
		Want(http.StatusOK, "Nothing can be kept yet", "There is no commissioner “Nowhere”", "Nowhere,W40.1").Lacks("Keep it")
	lead.Send("/desk/activity", a.Form("step", "check", "lines", heading+"Kestlebury,J35.0X,2026-01,100\nKestlebury,173422009,2026-01,1\n")).
		Want(http.StatusOK, "“J35.0X” looks like a diagnosis code (ICD-10)", "“173422009” looks like a SNOMED CT code").Lacks("Keep it")
	lead.Send("/desk/activity", a.Form("step", "keep", "lines", heading+"Kestlebury,W40.1,2026-01,-100\n")).Want(http.StatusUnprocessableEntity, "1 lines are wrong")
	lines := "commissioner,code,month,count,age band,sex,deprivation\nKestlebury,W40.1,2026-01,100,65-84,F,1\nKestlebury,W41.1,2026-12,17,45-64,F,5\nKestlebury,W41.1,2026-12,3,85+,,\n"
	a = lead.Send("/desk/activity", a.Form("step", "check"), pagetest.File{Name: "activity.csv", Data: []byte(lines)}).Want(http.StatusOK, "Nothing is wrong in 3 lines", "Kestlebury: W40.1, W41.1, January 2026 to December 2026, 120 people", "What the codes are counted for", "Keep it")
	lead.Send("/desk/activity", a.Form("step", "check", "lines", heading+"Kestlebury,X99.1,2026-01,1\n")).Want(http.StatusOK, "No policy has these codes yet, so they are kept and not shown anywhere: X99.1")
	lead.Send("/desk/activity", a.Form("step", "keep", "lines", lines)).Want(http.StatusOK, "Kept: 3 lines for 1 place")

	own := path + "/effects/" + h.Places[0]
	lead.Get(own).Want(http.StatusOK, "120 a year", "up to 120 treated a year", "hospital activity, January 2026 to December 2026",
		"Who was treated, January 2026 to December 2026", "Age band", "45-64</th><td class=\"nhsuk-table__cell nhsuk-table__cell--numeric\">not shown", "65-84</th><td class=\"nhsuk-table__cell nhsuk-table__cell--numeric\">100",
		"Deprivation quintile", "1, most deprived", "Not given").Lacks("<svg", ">17<", ">3<")
	lead.Get(path+"/effects").Want(http.StatusOK, "Who was treated", "Age band", "In all places together", ">120<").Lacks(">17<")
	all := path + "/effects/all/numbers"
	reader.Get(all).Want(http.StatusForbidden)
	a = lead.Get(all).Want(http.StatusOK, "all places that have none of their own")
	lead.Post(all, a.Form("lose-low", "5", "lose-high", "x", "price", "much")).Want(http.StatusUnprocessableEntity, `href="#lose-high"`, "Enter the price of one treatment", `value="much"`)
	lead.Post(all, a.Form("lose-low", "5", "lose-high", "10.5")).Want(http.StatusUnprocessableEntity, "Say where the shares come from")
	lead.Post(all, a.Form("lose-low", "5", "lose-high", "10.5", "source", "audit 2025", "price", "£5,000", "price-source", "tariff")).Want(http.StatusOK, "The numbers are saved", "6 to 13 a year")
	lead.Post(all, a.Form("lose-low", "1", "lose-high", "2", "source", "another")).Want(http.StatusConflict, "Kept now: “audit 2025”")
	lead.Get(own).Want(http.StatusOK, "6 to 13 a year", "£30,000 to £65,000 a year less", "<svg", "Shares: audit 2025", "5% to 10.5% of those treated").Safe()

	lead.Post(path, lead.Get(path).Form("do", "save", "s-criteria", "Patients need all of these:\n\n- BMI below 35\n- no smoking")).Want(http.StatusOK, "Saved")
	lead.Get(own).Want(http.StatusOK, "6 to 13 a year, by a share given for an earlier draft (save 3)", "Shares: audit 2025, given for an earlier draft (save 3)")
	lead.Get(path+"/effects").Want(http.StatusOK, "6 to 13 a year, by a share given for an earlier draft (save 3)")
	lead.Get(path+"/level-of-change").Want(http.StatusOK, "Shares: audit 2025, given for an earlier draft (save 3)")
	a = lead.Get(all).Want(http.StatusOK, "The shares were given for an earlier draft (save 3).")
	lead.Post(all, a.Form()).Want(http.StatusOK, "The numbers are saved").Lacks("earlier draft") // they hold for this one too
	lead.Post(path, lead.Get(path).Form("do", "save", "s-criteria", "Patients need all of these:\n\n- BMI below 40")).Want(http.StatusOK, "Saved")
	a = lead.Get(all)
	lead.Post(all, a.Form()).Want(http.StatusOK, "The numbers are saved")

	document := path + "/level-of-change"
	lead.Get(document).Want(http.StatusOK, "Fewer patients could have the treatment", "Kestlebury", "BMI below 45", "6 to 13 a year", "What the levels mean").Safe()
	lead.Get(document+"/word").Want(http.StatusOK, "PK Level of change: ")
}

// Whoever adopted a version has that version today, as it varied it: a later draft is compared with it.
func TestEffectsOnWhoeverAdopted(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := h.SignedIn("Priya Anand", access.PolicyLead)
	path := h.finalOf(lead, "Patients need all of these:\n\n- BMI below 40\n- at least 6 months of physiotherapy")
	id, own, other := path[strings.LastIndexByte(path, '/')+1:], path+"/effects/"+h.Places[0], path+"/effects/"+h.Places[1]
	at := path + "/local/" + h.Places[0] + "/new"
	lead.Send(at, lead.Get(at).Form("without", "policy", "title", "Knees", "text", "- BMI below 50\n")).Want(http.StatusOK)
	v, err := h.Review.ReadVersion(t.Context(), accesstest.Actor(access.PolicyLead), id, review.Number{Major: 1})
	if err != nil {
		t.Fatal(err)
	}
	bmi := slices.IndexFunc(v.Text().Clauses, func(c clause.Clause) bool { return c.Words == "BMI below 40" })
	h.decided(id, decision.Said{Outcome: decision.Vary, Reason: "Here", Overlay: decision.Overlay{
		{Act: decision.Replace, Anchor: v.Text().Clauses[bmi].Anchor, Text: "BMI below 45"},
		{Act: decision.Add, Anchor: v.Text().Clauses[bmi].Anchor, Text: "age over 18 years"}}})
	lead.Get(own).Want(http.StatusOK, "BMI below 50", "Decided on 8 February 2027 on version 1.0") // what 1.0 changed

	lead.Post(path, lead.Get(path).Form("do", "save", "s-criteria", "Patients need all of these:\n\n- BMI below 35\n- at least 6 months of physiotherapy")).Want(http.StatusOK, "Saved")
	lead.Get(own).Want(http.StatusOK, "BMI below 45", "age over 18 years", "2 criteria that do not change", `differences?from=v1.0:`+h.Places[0]+`">Age`).Lacks("BMI below 50", "BMI below 40", "what it has today is not recorded").Safe()
	lead.Get(other).Want(http.StatusOK, "what it has today is not recorded").Lacks("BMI below 40")
	lead.Post(path+"/issue", lead.Get(path+"/issue").Form("sort", "final", "note", "Again")).Want(http.StatusOK, "Version 2.0 is issued")
	lead.Get(own).Want(http.StatusOK, "You are asked to adopt version 2.0", "in place of version 1.0 with your variation, which applies since 8 February 2027", "BMI below 45")
	lead.Get(path+"/level-of-change").Want(http.StatusOK, "BMI below 45")
}

// Who may lose by what is not proved is not said to be nobody, and a form with nothing in it keeps nothing.
func TestNothingIsSaidThatIsNotSo(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := h.SignedIn("Priya Anand", access.PolicyLead)
	path, _ := h.sideBySide(lead, "Patients need all of these:\n\n- BMI below 40\n- physiotherapy often\n", "Patients need all of these:\n\n- BMI below 40\n- at least 3 months of physiotherapy\n")
	lead.Post(path, lead.Get(path).Form("do", "save", "s-criteria", "Patients need all of these:\n\n- BMI below 40\n- at least 3 months of physiotherapy")).Want(http.StatusOK, "Saved")
	lead.Get(path+"/effects/"+h.Places[0]).Want(http.StatusOK, "Nobody for certain. What is not proved may concern some.", "Not proved</span></h3>", "Differs: read both", "Of 2 criteria, 1 is not proved: read both texts.").Lacks("Nobody, as far as the words tell.")
	lead.Get(path+"/effects/"+h.Places[1]).Want(http.StatusOK, "Nobody, as far as the words tell.")

	own := path + "/effects/" + h.Places[0] + "/numbers"
	lead.Post(own, lead.Get(own).Form()).Want(http.StatusUnprocessableEntity, "Enter a share or a price", `href="#lose-low"`)
	lead.Get(own).Want(http.StatusOK, `name="revision" value="0"`)
}

// What somebody said of a level and of shares is in the policy's history in plain words.
func TestTheTrailOfLevels(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := h.SignedIn("Priya Anand", access.PolicyLead)
	path, _ := h.sideBySide(lead, "Patients need all of these:\n\n- BMI below 45\n", "Patients need all of these:\n\n- BMI below 40\n")
	own := path + "/effects/" + h.Places[0]
	for _, level := range []string{"3", "2"} {
		a := lead.Get(own + "/level")
		lead.Post(own+"/level", a.Form("level", level, "reason", "By our audit of "+level, "whole", whole.FindStringSubmatch(a.Body)[1])).Want(http.StatusOK, "What you said of the level is recorded")
	}
	lead.Get(path+"/trail?of=level:"+h.Places[0]).Want(http.StatusOK, "the level of change in Kestlebury", "Confirmed the level of change: 3", "Set the level of change to 2, where 3 was worked out", "Reason: By our audit of 2")
	a := lead.Get(own + "/numbers")
	lead.Post(own+"/numbers", a.Form("lose-low", "1", "lose-high", "2", "source", "audit")).Want(http.StatusOK)
	lead.Get(path+"/trail?of=estimate:"+h.Places[0]).Want(http.StatusOK, "Said what share of those treated may lose or gain, and the price")
	lead.Get(path+"/trail?of=estimate:"+h.Places[1]).Want(http.StatusOK, "Nothing happened here yet")
}

// Numbers for all places are not for the contact of some of them, who gives those of their own.
func TestNumbersForAllConcernEveryPlace(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one, every := h.SignedIn("Ruth Ames", access.Contact, h.Places[0]), h.SignedIn("Jon Teal", access.Contact, h.Places...)
	effects := h.begun(h.SignedIn("Priya Anand", access.PolicyLead)) + "/effects/"
	one.Get(effects+h.Places[0]+"/numbers").Want(http.StatusOK, "Shares and price")
	one.Get(effects + "all/numbers").Want(http.StatusForbidden)
	every.Get(effects+"all/numbers").Want(http.StatusOK, "all places that have none of their own")
}
