package textdiff

import "testing"

// Other words are the same only where they are known to be.
func TestOtherWords(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		before, after string
		want          Effect
	}{
		{"The patient has severe pain at rest.", "The patient has moderate pain at rest.", Unclear},
		{"Bilateral varicose veins are treated.", "Unilateral varicose veins are treated.", Unclear},
		{"Contracture of the MCP joint of a finger is present.", "Contracture of the PIP joint of a finger is present.", Unclear},
		{"Recurrent infection needing antibiotics is present.", "Recurrent infection needing admission to hospital is present.", Unclear},
		{"The diagnosis is made by a consultant rheumatologist.", "The diagnosis is made by a GP.", Unclear},
		{"Symptoms that interfere with school.", "Symptoms that interfere with work.", Unclear},
		{"A boy with glue ear.", "A girl with glue ear.", Unclear},
		{"A melanoma of the lid.", "A cancer of the lid.", Unclear},
		{"The patient has tried a brace for the wrist.", "The patient has attempted a splint for the wrist.", NoEffect},
		{"Symptoms deteriorate in spite of painkillers.", "Symptoms worsen in spite of analgesia.", NoEffect},
		{"Haemorrhage from the ulcer is documented.", "Bleeding from the ulcer is recorded.", NoEffect},
		{"Patients have pain of the hip when walking.", "When they walk, patients have hip pain.", NoEffect},
		{"The patient must have tried a brace.", "The patient should have tried a splint.", Wider},
	} {
		got, ok := Weightiest(classified(tc.before, tc.after))
		if !ok || got.Effect != tc.want {
			t.Errorf("%q became %q: %+v, want %s", tc.before, tc.after, got, tc.want)
		}
		if level, steps := Level(classified(tc.before, tc.after)); tc.want == Unclear && level < 2 {
			t.Errorf("%q became %q: level %d by %v", tc.before, tc.after, level, steps)
		}
	}
}

// Equal numbers are the same criterion only where the words around them say the same.
func TestWordsAroundNumbers(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		before, after string
		want          Effect
	}{
		{"The patient must have a BMI of 35 or more.", "The patient must have a BMI of 35 or more with type 2 diabetes.", Unclear},
		{"The patient must have had 6 months of physiotherapy.", "The patient must have had pain for 6 months.", Unclear},
		{"Patients with a BMI over 35 are excluded.", "Patients with a BMI over 35 who smoke are excluded.", Unclear},
		{"There must be a hearing loss of 25 dB in the better ear.", "There must be a hearing loss of 25 dB in both ears.", Unclear},
		{"There must be a hearing loss of 25 dB in the left ear.", "There must be a hearing loss of 25 dB in the right ear.", Unclear},
		{"The patient must have a BMI of 35 or more.", "A body mass index of at least 35 kg/m² is required.", NoEffect},
		{"The patient must be aged 18 or over.", "Patients must be at least 18 years old.", NoEffect},
		{"The patient must have had pain for 6 months.", "Painful symptoms must have lasted for at least half a year.", Unclear},
		{"The patient must have had pain for 6 months.", "Pain must have been present for at least 26 weeks.", NoEffect},
		{"## Knee replacement\n\nThe patient must have a BMI below 40.", "## Knee replacement\n\nThe patient must have a BMI below 40 for knee replacement.", NoEffect},
		{"Recurrent tonsillitis, with all of:\n\n- at least 7 episodes in a year\n", "All of:\n\n- at least 7 episodes of tonsillitis in a year\n", NoEffect},
	} {
		for _, p := range [][2]string{{tc.before, tc.after}, {tc.after, tc.before}} {
			if got, why := weighTexts(p[0], p[1]); got != tc.want {
				t.Errorf("%q became %q: %s, %s; want %s", p[0], p[1], got, why, tc.want)
			}
		}
	}
}

// Without numbers half of the words decide, and none may be the contrary of another.
func TestWordsWithoutNumbers(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		before, after string
		want          Effect
	}{
		{"The patient must have severe pain at rest.", "The patient must have moderate pain at rest.", Unclear},
		{"Bilateral disease must be present.", "Unilateral disease must be present.", Unclear},
		{"The diagnosis must be made by a consultant rheumatologist.", "The diagnosis must be made by the GP after a scan.", Unclear},
		{"Pain at rest must be present.", "At rest there must be pain.", NoEffect},
	} {
		if got, why := weighTexts(tc.before, tc.after); got != tc.want {
			t.Errorf("%q became %q: %s, %s; want %s", tc.before, tc.after, got, why, tc.want)
		}
	}
}
