package textdiff

import (
	"testing"

	"concordat/review/clause"
)

// classified is what the whole of one small change is.
func classified(before, after string) []Classified {
	x, y := clause.Parse(before), clause.Parse(after)
	return Classify(x, y, Compare(x, y))
}

func TestClassify(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		before, after string
		class         Class
		effect        Effect
	}{
		{"Seven episodes are needed.", "7 episodes are needed.", Typographic, NoEffect},
		{"The anaesthetist’s view is sought.", "The anesthetist's view is sought.", Typographic, NoEffect},
		{"Surgery is *funded*.", "Surgery is **funded**.", Layout, NoEffect},
		{"A trial of six months is needed.", "A trial of half a year or 26 weeks is needed.", WordingOnly, NoEffect},
		{"There is pain without swelling.", "There is swelling without pain.", WordingOnly, Unclear},
		{"There is pain and weakness or numbness.", "There is pain and numbness or weakness.", WordingOnly, Unclear},
		{"There is pain and weakness.", "There is weakness and pain.", WordingOnly, NoEffect},
		{"Pain is severe.", "Pain is severe, that is, it wakes the patient.", Clarification, NoEffect},
		{"The patient must be aged 18 or over.", "The patient must be aged 21 or over.", QuantityChanged, Narrower},
		{"Patients with a BMI over 30 are excluded.", "Patients with a BMI over 35 are excluded.", QuantityChanged, Wider},
		{"Children under 12 may be treated.", "Children under 16 may be treated.", QuantityChanged, Wider},
		{"A BMI over 40 is excluded.", "A BMI over 45 is excluded.", QuantityChanged, Wider},
		{"A visual acuity of 6/12 or better is excluded.", "A visual acuity of 6/9 or better is excluded.", QuantityChanged, Wider},
		{"The knee must lock.", "The knee must lock. The patient must not smoke.", CriterionAdded, Narrower},
		{"The knee must lock. The patient must not smoke.", "The knee must lock.", CriterionRemoved, Wider},
		{"The patient has pain and weakness.", "The patient has pain or weakness.", BindingChanged, Wider},
		{"Patients who smoke and drink are excluded.", "Patients who smoke or drink are excluded.", BindingChanged, Narrower},
		{"One of:\n\n- pain that disturbs sleep and weakness of the grip\n- numbness\n", "One of:\n\n- pain that disturbs sleep\n- weakness of the grip\n- numbness\n", BindingChanged, Wider},
		{"All of:\n\n- pain that disturbs sleep and weakness of the grip\n- numbness\n", "All of:\n\n- pain that disturbs sleep\n- weakness of the grip\n- numbness\n", ClauseSplit, NoEffect},
		{"Patients must have tried a splint.", "Patients should have tried a splint.", ModalityChanged, Wider},
		{"Surgery may not be offered.", "Surgery must not be offered.", ModalityChanged, Narrower},
		{"Criteria:\n\n- 6 or more sore throats in the last year\n", "Criteria:\n\n- 7 or more in the last year\n", QuantityChanged, Narrower},
		{"GPs must send the form.", "GPs should send the form.", ModalityChanged, Unclear},
		{"Smokers are eligible.", "Smokers are not eligible.", NegationChanged, Narrower},
		{"Smokers will be refused.", "Smokers will not be refused.", NegationChanged, Wider},
		{"Surgery is routinely commissioned.", "Surgery requires prior approval.", PositionChanged, Narrower},
		{"OPCS-4: W37.1 to W37.3", "OPCS-4: W37.1, W37.2, W37.3", WordingOnly, NoEffect},
		{"OPCS-4: W37.1", "OPCS-4: W37.1, W38.1", CodeChanged, Unclear},
		{"Review date: May 2027", "Review date: 1 June 2028", DateChanged, NoEffect},
		{"Patients referred after 1 May 2027 are covered.", "Patients referred after 1 June 2027 are covered.", DateChanged, Unclear},
		{"| Sign | Funded |\n|-|-|\n| Pain | yes |\n| Ulcer | yes |\n", "| Sign | Funded |\n|-|-|\n| Pain | yes |\n", TableChanged, Narrower},
	} {
		got, ok := Weightiest(classified(tc.before, tc.after))
		if !ok || got.Class != tc.class || got.Effect != tc.effect || got.Why == "" {
			t.Errorf("%q became %q: %+v, want %s %s", tc.before, tc.after, got, tc.class, tc.effect)
		}
	}
}

// A person decides on the level from its steps, so each must be named; what cannot be told raises it.
func TestLevel(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		before, after string
		level         int
		first         string
		substantive   bool
	}{
		{"Same.", "Same.", 0, "level 0: nothing differs", false},
		{"Wait seven days.", "Wait 7 days.", 0, "level 0: only the writing differs (1 typographic)", false},
		{"Pain is severe.", "Pain is severe (it wakes the patient).", 1, "level 1: the same patients (1 clarification)", false},
		{"Aged 21 or over.", "Aged 18 or over.", 2, "level 2: more patients could have the treatment (1 quantity)", true},
		{"Aged 18 or over.", "Aged 21 or over.", 3, "level 3: some patients could not have the treatment any more (1 quantity)", true},
		{"OPCS-4: W37.1", "OPCS-4: W37.1, W38.1", 2, "level 2: whether it is the same patients cannot be told (1 code)", true},
	} {
		found := classified(tc.before, tc.after)
		level, steps := Level(found)
		if level != tc.level || steps[0] != tc.first || Substantive(found) != tc.substantive {
			t.Errorf("%q became %q: level %d %q, substantive %v; want %d %q %v", tc.before, tc.after, level, steps, Substantive(found), tc.level, tc.first, tc.substantive)
		}
	}
}
