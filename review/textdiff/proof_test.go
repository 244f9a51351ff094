package textdiff

import (
	"strings"
	"testing"

	"concordat/review/clause"
)

// compared is what is said of all changes between two texts together.
func compared(before, after string) Finding {
	f, ok := Weightiest(classified(before, after))
	if !ok {
		return Finding{Effect: NoEffect}
	}
	for _, c := range classified(before, after) {
		f.Effect = f.Effect.And(c.Effect)
	}
	return f
}

// A direction is said where exactly one quantity moved, in words that are read whole.
func TestOneQuantityMoved(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		frame, before, after string
		want                 Effect
	}{
		{"Surgery is funded if:\n\n- %s\n", "BMI below 35", "BMI below 40", Wider},
		{"Surgery is funded if:\n\n- %s\n", "BMI below 35", "BMI below 30", Narrower},
		{"Surgery is not funded if:\n\n- %s\n", "BMI below 35", "BMI below 30", Wider},
		{"Surgery is not routinely commissioned where any of the following apply:\n\n- %s\n- an open wound\n", "a BMI over 35", "a BMI over 40", Wider},
		{"Surgery will only be funded when all of the following criteria are met:\n\n- %s\n- pain at night\n", "at least 6 months of pain", "at least 3 months of pain", Wider},
		{"Surgery will only be funded when all of the following criteria are met:\n\n- %s\n- pain at night\n", "seven or more sore throats in 1 year", "5 or more sore throats in 1 year", Unclear},
		{"## Exclusions\n\n- %s\n", "BMI over 35", "BMI over 40", Wider},
		{"## Eligibility criteria\n\n- %s\n", "BMI under 35", "BMI under 40", Wider},
		{"%s\n", "Surgery is funded for patients with a BMI of less than 35.", "Surgery is funded for patients with a BMI of less than 30.", Narrower},
		{"%s\n", "Patients must be aged 18 or over.", "Patients must be aged 21 or over.", Narrower},
		{"Surgery is funded if:\n\n- %s\n", "aged over 18 years", "aged over 16 years", Wider},
		{"Surgery is funded if:\n\n- %s\n", "pain for at least 1 year", "pain for at least 6 months", Wider},

		// The side is not proved.
		{"%s\n", "The patient has had at least 6 months of exercise.", "The patient has had at least 12 months of exercise.", Unclear},
		{"## Criteria, Providers and Exclusions\n\n- %s\n", "BMI up to 30", "BMI up to 35", Unclear},
		{"## Exclusions\n\nSurgery is funded if:\n\n- %s\n", "BMI up to 30", "BMI up to 35", Unclear},
		{"Weight management is offered if:\n\n- %s\n", "BMI over 30", "BMI over 35", Unclear},
		{"## Background\n\n- %s\n", "BMI over 30", "BMI over 35", Unclear},
		{"Surgery is not funded unless:\n\n- %s\n", "BMI below 35", "BMI below 40", Unclear},
		{"Surgery is funded if none of the following apply:\n\n- %s\n", "BMI over 35", "BMI over 40", Unclear},
		{"## Criteria\n\n- %s\n", "Patients with a BMI over 35 receive advice", "Patients with a BMI over 40 receive advice", Unclear},
		// The number stands for something else, or more than it moved.
		{"Surgery is funded if:\n\n- %s\n", "no smoking for at least 8 weeks", "no smoking for at least 12 weeks", Unclear},
		{"Surgery is funded if:\n\n- %s\n", "BMI below 35 unless frail", "BMI below 40 unless frail", Unclear},
		{"Surgery is funded if:\n\n- %s\n", "5 episodes over 2 years", "5 episodes over 3 years", Unclear},
		{"Surgery is funded if:\n\n- %s\n", "5 episodes within 12 months", "5 episodes within 6 months", Unclear},
		{"Surgery is funded if:\n\n- %s\n", "8 weeks of splints", "12 weeks of splints", Unclear},
		{"Surgery is funded if:\n\n- %s\n", "a hearing loss of more than 25-30 dB", "a hearing loss of more than 25-35 dB", Unclear},
		{"Surgery is funded if:\n\n- %s\n", "over 18 with a BMI below 35", "over 16 with a BMI below 40", Unclear},
		{"Surgery is funded if:\n\n- %s\n", "at least 6 weeks of pain", "at least 6 months of pain", Unclear},
		{"Surgery is funded if:\n\n- %s\n", "at least 6 weeks of pain", "at most 6 weeks of pain", Unclear},
		{"Surgery is funded if:\n\n- %s\n", "inability to reach a BMI below 35", "inability to reach a BMI below 40", Unclear},
	} {
		before, after := strings.Replace(tc.frame, "%s", tc.before, 1), strings.Replace(tc.frame, "%s", tc.after, 1)
		if got := compared("# Knee surgery\n\n"+before, "# Knee surgery\n\n"+after); got.Effect != tc.want {
			t.Errorf("%q became %q in %q: %s (%s), want %s", tc.before, tc.after, tc.frame, got.Effect, got.Why, tc.want)
		}
	}
}

// The same is said of equal words, whatever way they are written, and of nothing else.
func TestSameWords(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		before, after string
		want          Effect
	}{
		{"Seven or more episodes.", "7 or more episodes", NoEffect},
		{"At least 7 episodes.", "7 or more episodes", NoEffect},
		{"A BMI of 35 kg/m²", "A BMI of 35 kg/m2.", NoEffect},
		{"Haemorrhoids; grade III", "Hemorrhoids; grade III", NoEffect},
		{"A “non-smoker”.", "a non-smoker", NoEffect},
		{"12 months of pain", "1 year of pain", NoEffect},
		{"(b) pain at night", "pain at night", NoEffect},
		{"(b) pain at night", "ii) pain at night", NoEffect},
		{"(b) pain at night", "(c) pain at night", Unclear},
		{"A body mass index below 35", "A BMI below 35", NoEffect},
		{"more than 1,000 g", "more than 1000 g", NoEffect},

		{"inactive disease", "in active disease", Unclear},
		{"BMI below 35,1", "BMI below 351", Unclear},
		{"2½ years of pain", "2 years of pain", Unclear},
		{"pain and swelling or stiffness", "pain and swelling, or stiffness", Unclear},
		{"patients, who smoke", "patients who smoke", Unclear},
		{"6/12 or worse", "612 or worse", Unclear},
		{"once treatment has ended", "one treatment has ended", Unclear},
		{"shoe pain", "she pain", Unclear},
		{"over 2 years", "more than 2 years", Unclear},
		{"in the last year", "in the last years", Unclear},
		{"severe pain", "moderate pain", Unclear},
		{"pain ~~at night~~", "pain at night", Unclear},
		{"pain at night ~~and by day~~", "pain at night", Unclear},
		{"see [the list](/a)", "see [the list](/b)", Unclear},
		{"pain[^1] at night\n\n[^1]: Or by day.\n", "pain at night\n\n[^1]: Or by day.\n", Unclear},
	} {
		for _, p := range [][2]string{{tc.before, tc.after}, {tc.after, tc.before}} {
			if got := compared("- "+p[0], "- "+p[1]); got.Effect != tc.want {
				t.Errorf("%q became %q: %s (%s), want %s", p[0], p[1], got.Effect, got.Why, tc.want)
			}
		}
	}
}

// Opposite is said of equal words only, of which one side funds and the other bars.
func TestOpposite(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		before, after string
		want          Effect
	}{
		{"Knee surgery is routinely funded.", "Knee surgery is not routinely funded.", Opposite},
		{"Knee surgery is not commissioned.", "Knee surgery is commissioned.", Opposite},
		{"Knee surgery is funded unless it is cosmetic.", "Knee surgery is not funded unless it is cosmetic.", Unclear},
		{"Smokers are eligible.", "Smokers are ineligible.", Unclear},
		{"Patients are told that it is funded.", "Patients are not told that it is funded.", Unclear},
	} {
		if got := compared("# Knee surgery\n\n"+tc.before, "# Knee surgery\n\n"+tc.after); got.Effect != tc.want {
			t.Errorf("%q became %q: %s (%s), want %s", tc.before, tc.after, got.Effect, got.Why, tc.want)
		}
	}
	holding := func(text string) Holding {
		r := clause.Parse("# Knees\n\n" + text).Criteria()
		return Holding{Reading: &r, Criteria: []int{len(r.Criteria) - 1}}
	}
	if e, why := Prove(holding("Surgery is funded if:\n\n- severe pain\n").Passages(Folds{}), holding("Surgery is not funded if:\n\n- severe pain\n").Passages(Folds{})); e != Opposite {
		t.Errorf("equal words under contrary frames: %s, %s", e, why)
	}
}
