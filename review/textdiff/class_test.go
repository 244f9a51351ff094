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
		{"The body mass index is low.", "The BMI is low.", WordingOnly, NoEffect},
		{"There is pain without swelling.", "There is swelling without pain.", OtherWords, Unclear},
		{"There is pain and weakness.", "There is pain or weakness.", BindingChanged, Unclear},
		{"All of:\n\n- pain\n- numbness\n", "Any of:\n\n- pain\n- numbness\n", BindingChanged, Unclear},
		{"Pain.\n\nAND\n\nWeakness.\n", "Pain.\n\nOR\n\nWeakness.\n", BindingChanged, Unclear},
		{"A trial of six months is needed.", "A trial of 26 weeks is needed.", QuantityChanged, Unclear},
		{"Patients must try a splint.", "Patients should try a splint.", ModalityChanged, Unclear},
		{"Smokers are seen.", "Smokers are not seen.", NegationChanged, Unclear},
		{"Surgery will only be done by day.", "Surgery will be done by day.", NegationChanged, Unclear},
		{"Surgery is routinely commissioned.", "Surgery is commissioned.", PositionChanged, Unclear},
		{"OPCS-4: W37", "OPCS-4: W38", CodeChanged, Unclear},
		{"Review date: March 2027", "Review date: June 2028", DateChanged, Unclear},
		{"The knee must lock.", "The knee must lock.\n\nThe patient must not smoke.", CriterionAdded, Unclear},
		{"The knee must lock.\n\nThe patient must not smoke.", "The knee must lock.", CriterionRemoved, Unclear},
		{"| Sign | Funded |\n|-|-|\n| Pain | yes |\n| Ulcer | yes |\n", "| Sign | Funded |\n|-|-|\n| Pain | yes |\n", TableChanged, Unclear},
		{"One is enough. Two is more than enough for all of them here.", "One is enough.\n\nTwo is more than enough for all of them here.", ClauseSplit, NoEffect},
	} {
		got, ok := Weightiest(classified(tc.before, tc.after))
		if !ok || got.Class != tc.class || got.Effect != tc.effect || got.Why == "" {
			t.Errorf("%q became %q: %+v, want %s %s", tc.before, tc.after, got, tc.class, tc.effect)
		}
	}
}

// A person decides on the level from its steps, so each must be named; what is not proved raises it.
func TestLevel(t *testing.T) {
	t.Parallel()
	const title = "# Knees\n\n"
	for _, tc := range []struct {
		before, after string
		level         int
		first         string
		substantive   bool
	}{
		{"Same.", "Same.", 0, "level 0: nothing differs", false},
		{"Wait seven days.", "Wait 7 days.", 0, "level 0: only the writing differs (1 typographic)", false},
		{"A BMI is taken.", "A body mass index is taken.", 1, "level 1: words that are known to mean the same (1 wording only)", false},
		{"Patients must be aged 21 or over.", "Patients must be aged 18 or over.", 2, "level 2: more patients could have the treatment (1 quantity)", true},
		{"Patients must be aged 18 or over.", "Patients must be aged 21 or over.", 3, "level 3: some patients could not have the treatment any more (1 quantity)", true},
		{"OPCS-4: W37", "OPCS-4: W38", 2, "level 2: whether it is the same patients is not proved (1 code)", true},
		{"Pain for 6 weeks.", "Pain for 8 weeks.", 3, "level 3: whether patients lose is not proved (1 quantity)", true},
	} {
		found := classified(title+tc.before, title+tc.after)
		level, steps := Level(found)
		if level != tc.level || steps[0] != tc.first || Substantive(found) != tc.substantive {
			t.Errorf("%q became %q: level %d %q, substantive %v; want %d %q %v", tc.before, tc.after, level, steps, Substantive(found), tc.level, tc.first, tc.substantive)
		}
	}
}

func TestProofIsCounted(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ before, after, want string }{
		{"Same.", "Same.", ""},
		{"Wait seven days.", "Wait 7 days.", "What the only change does is proved."},
		{"Wait here.", "Wait there.", "What the only change does is not proved: read both texts."},
		{"## A\n\nWait seven days.\n\n## B\n\nWait here.", "## A\n\nWait 7 days.\n\n## B\n\nWait there.", "What 1 of 2 changes do is not proved: read both texts."},
	} {
		if got := Proved(classified(tc.before, tc.after)).Words(); got != tc.want {
			t.Errorf("%q became %q: %q, want %q", tc.before, tc.after, got, tc.want)
		}
	}
}

// And keeps to what is proved of both: the order and the grouping do not matter.
func TestAnd(t *testing.T) {
	t.Parallel()
	effects := []Effect{NoEffect, Narrower, Wider, Mixed, Unclear, Opposite}
	for _, a := range effects {
		for _, b := range effects {
			if a.And(b) != b.And(a) {
				t.Errorf("%s and %s: %s, the other way %s", a, b, a.And(b), b.And(a))
			}
			for _, c := range effects {
				if a.And(b).And(c) != a.And(b.And(c)) {
					t.Errorf("%s, %s, %s: %s or %s", a, b, c, a.And(b).And(c), a.And(b.And(c)))
				}
			}
		}
	}
	for _, tc := range []struct{ a, b, want Effect }{
		{Narrower, Wider, Mixed}, {Narrower, Unclear, Unclear}, {NoEffect, Narrower, Narrower}, {NoEffect, Opposite, Opposite},
	} {
		if got := tc.a.And(tc.b); got != tc.want {
			t.Errorf("%s and %s: %s, want %s", tc.a, tc.b, got, tc.want)
		}
	}
}
