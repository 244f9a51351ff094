package textdiff

import (
	"strings"
	"testing"

	"concordat/review/clause"
)

// Somebody who did not write the rules tried them: of each of these pairs they once said that it is the same, or which way
// it goes, and it was wrong or not proved.
func TestNothingIsClaimedOf(t *testing.T) {
	t.Parallel()
	under := func(heading, item string) string {
		return "# Hip replacement\n\n" + heading + "\n\n- " + item + "\n- pain at night\n"
	}
	for name, p := range map[string][2]string{
		"labels that are exchanged":        {"**Funded**\n\nTonsillitis\n\n**Not funded**\n\nSnoring\n", "**Not funded**\n\nTonsillitis\n\n**Funded**\n\nSnoring\n"},
		"introductions that are exchanged": {"Funded for:\n\n- tonsillitis\n\nNot funded for:\n\n- snoring\n", "Not funded for:\n\n- tonsillitis\n\nFunded for:\n\n- snoring\n"},
		"groups that are exchanged":        {"Adults:\n\n7 episodes.\n\nChildren:\n\n3 episodes.\n", "Children:\n\n7 episodes.\n\nAdults:\n\n3 episodes.\n"},
		"a joint that moved":               {"- 7 episodes\n- OR\n- BMI under 35\n- aged over 3\n", "- 7 episodes\n- BMI under 35\n- OR\n- aged over 3\n"},
		"a sentence that moved":            {"The exceptions to this are below.\n\nSnoring.\n\nBad breath.\n", "Snoring.\n\nThe exceptions to this are below.\n\nBad breath.\n"},
		"an item in another list":          {"One of:\n\n- a\n- b\n- c\n\nOne of:\n\n- d\n- e\n", "One of:\n\n- a\n- b\n\nOne of:\n\n- c\n- d\n- e\n"},
		"a row below another":              {"| who | what |\n|---|---|\n| Adults | pain |\n| | non-smoker |\n| Children | fever |\n", "| who | what |\n|---|---|\n| Adults | pain |\n| Children | fever |\n| | non-smoker |\n"},
		"a sentence that was parted":       {"Pain. At night or at rest\n", "Pain at night. Or at rest\n"},
	} {
		for _, c := range classified(p[0], p[1]) {
			if c.Effect != Unclear {
				t.Errorf("%s: %s (%s)", name, c.Effect, c.Why)
			}
		}
	}
	for _, p := range [][2]string{
		{"T-score of -2.5 or less", "T-score of 2.5 or less"}, {"-0.2 LogMAR", "0.2 LogMAR"}, {"–6 dioptres", "6 dioptres"}, {"-10 dB", "10 dB"},
		{"pain, or stiffness with swelling", "pain or stiffness, with swelling"}, {"pain or (stiffness with swelling)", "(pain or stiffness) with swelling"},
		{"diabetes and (asthma with apnoea)", "(diabetes and asthma) with apnoea"}, {"failed injection or physiotherapy; for 3 months", "failed injection; or physiotherapy for 3 months"},
		{"v. severe pain", "severe pain"}, {"taller than 5'", "taller than 5\""}, {"we're agreed", "were agreed"}, {"BMI over 30*", "BMI over 30"},
		{"doesn't have a BMI of 40 or more", "doesn't have a BMI of 35 or more"}, {"hasn't had more than 2 injections", "hasn't had more than 3 injections"},
		{"in those aged over 65, a fitness score of at least 7", "in those aged over 70, a fitness score of at least 7"},
		{"with a BMI over 40, weight loss of at least 5%", "with a BMI over 45, weight loss of at least 5%"}, {"BMI of 35 or more: weight loss of 5%", "BMI of 40 or more: weight loss of 5%"},
		{"smokers of more than 20 a day: 8 weeks of cessation support", "smokers of more than 10 a day: 8 weeks of cessation support"},
		{"T-score of -2.5 or less", "T-score of -3 or less"}, {"lifetime risk of 1 in 20 or more", "lifetime risk of 1 in 50 or more"}, {"1:20 or more", "1:50 or more"},
		{"seizures at least 2 weekly", "seizures at least 4 weekly"}, {"amitriptyline tried at up to 50 mg", "amitriptyline tried at up to 75 mg"},
		{"exercise tried for up to 6 weeks", "exercise tried for up to 12 weeks"}, {"followed up to 12 months", "followed up to 6 months"},
		{"weight loss of 5% over 6 months, aged 18 or over", "weight loss of 5% over 12 months, aged 18 or over"}, {"intolerant of doses of more than 20 mg", "intolerant of doses of more than 40 mg"},
	} {
		const intro = "## Criteria\n\nPatients must meet all of the following:"
		if got := compared(under(intro, p[0]), under(intro, p[1])); got.Effect != Unclear {
			t.Errorf("%q became %q: %s (%s)", p[0], p[1], got.Effect, got.Why)
		}
	}
	for _, frame := range []string{"Surgery isn't funded if the BMI is over %s.", "Surgery won't be funded if the BMI is over %s.", "Surgery is self-funded if the BMI is over %s.",
		"Surgery is de-commissioned for patients with a BMI over %s.", "Patients pay for the surgery if the BMI is over %s.", "Delaying surgery is supported if the BMI is over %s.",
		"Treatment stops being funded if the BMI is over %s.", "Treatment ceases to be funded if the BMI is over %s.",
		"Surgery is funded if the Oxford Hip Score is 20 or less. People with a BMI over %s are sent to weight management first.",
		"Patients must have an Oxford Hip Score of 20 or less. People over %s see a geriatrician first.", "The ICB must respond in no more than %s days.",
		"Patients must wait no more than %s weeks for surgery.", "Patients must be given at least %s hours of notice.", "Patients must stay in hospital for no more than %s days.",
		"The service must see at least %s people a year.", "Surgery is commissioned from providers who do at least %s operations a year.", "Surgery is funded with at least %s follow-up visits.",
		"## Criteria\n\n- BMI of %s or more\n- smoking\n\nThose who meet any of these are not funded.",
	} {
		a, b := "# Hip replacement\n\n"+strings.Replace(frame, "%s", "40", 1), "# Hip replacement\n\n"+strings.Replace(frame, "%s", "45", 1)
		if got := compared(a, b); got.Effect != Unclear {
			t.Errorf("%q: %s (%s)", frame, got.Effect, got.Why)
		}
	}
	for heading := range strings.SplitSeq("Contra-indications|Contra indications|Non-eligibility criteria|Ineligibility criteria|Rejection criteria|Criteria for rejecting|Deferral criteria|Withdrawal criteria|Cessation criteria|"+
		"Stop criteria|Removal criteria|Criteria for watchful waiting|Criteria for conservative management|Criteria for self-funding|Threshold for weight management|Red flag criteria|Non-qualifying|Exclusions from this policy", "|") {
		if got := compared(under("## "+heading, "BMI of 40 or more"), under("## "+heading, "BMI of 45 or more")); got.Effect != Unclear {
			t.Errorf("under %q: %s (%s)", heading, got.Effect, got.Why)
		}
	}
	for _, p := range [][2]string{{"Cycles funded elsewhere count towards the total.", "Cycles not funded elsewhere count towards the total."},
		{"Drugs commissioned by NHS England are on the list in the appendix.", "Drugs not commissioned by NHS England are on the list in the appendix."}} {
		if got := compared(p[0], p[1]); got.Effect != Unclear {
			t.Errorf("%q became %q: %s (%s)", p[0], p[1], got.Effect, got.Why)
		}
	}
}

// Of two documents, equal conditions are the same only where all that they hang from is.
func TestNothingIsClaimedAcross(t *testing.T) {
	t.Parallel()
	first := func(text string) Passages {
		r := clause.Parse(text).Criteria()
		if len(r.Criteria) == 0 {
			t.Fatalf("%q has no criteria", text)
		}
		return Holding{Reading: &r, Criteria: []int{len(r.Criteria) - 1}}.Passages(Folds{})
	}
	across := func(a, b string) (Effect, string) { return Prove(first(a), first(b)) }
	const item = "\n\n- severe pain for at least 6 months\n"
	for _, p := range [][2]string{
		{"Surgery is funded for adults who meet all of the following:", "Surgery is funded for children who meet all of the following:"},
		{"Inguinal hernia repair is funded if all of the following apply:", "Umbilical hernia repair is funded if all of the following apply:"},
		{"Surgery is funded if all of the following apply:", "Surgery is self-funded if all of the following apply:"},
		{"Surgery is funded if all of the following apply:", "Treatment stops being funded if all of the following apply:"},
		{"Surgery is funded if all of the following apply:", "Patients pay for surgery if all of the following apply:"},
		{"Surgery is funded if all of the following apply:", "Surgery is funded by charity if all of the following apply:"},
		{"## Indications", "## Contra-indications"}, {"## Eligibility criteria", "## Non-eligibility criteria"}, {"## Criteria", "## Withdrawal criteria"},
		{"## Criteria for diabetic patients", "## Criteria for everyone else"}, {"## Primary repair", "## Recurrence"},
		{"# Hernia in children\n\n## Criteria", "# Hernia in adults\n\n## Criteria"},
		{"## Eligibility criteria", "## Exclusions"},
	} {
		if e, why := across(p[0]+item, p[1]+item); e != Unclear {
			t.Errorf("under %q and %q: %s (%s)", p[0], p[1], e, why)
		}
	}
	for _, p := range [][2]string{
		{"# Hernia policy\n\n## Criteria", "# Hernia\n\n## Eligibility criteria"},
		{"Patients must meet all of the following:", "All of the following criteria must be met:"},
	} {
		if e, why := across(p[0]+item, p[1]+item); e != NoEffect {
			t.Errorf("under %q and %q: %s (%s), want same", p[0], p[1], e, why)
		}
	}
}
