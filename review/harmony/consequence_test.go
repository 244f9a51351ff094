package harmony_test

import (
	"strings"
	"testing"

	"concordat/review/clause"
	"concordat/review/harmony"
	"concordat/review/textdiff"
)

// places are local texts against one draft and one national text, each with what it would mean for its patients.
func places(t *testing.T, standing map[string]harmony.Standing, proposed harmony.Funds, locals ...harmony.Text) map[string]harmony.Consequence {
	t.Helper()
	draft := text("draft", "Patients need all of:\n\n- BMI below 40\n- at least 3 months of physiotherapy\n- the patient does not smoke\n")
	national := text("national", "Patients need all of:\n\n- BMI below 40\n- at least 3 months of physiotherapy\n")
	m := harmony.Build(harmony.Topic{Draft: &draft, National: &national, Locals: locals})
	out := map[string]harmony.Consequence{}
	for _, c := range m.Consequences(standing, proposed) {
		out[c.Place] = c
	}
	return out
}

func without(place string) harmony.Text {
	return harmony.Text{Place: place, Name: place, Without: "no policy"}
}

func TestConsequences(t *testing.T) {
	t.Parallel()
	standing := map[string]harmony.Standing{
		"open": {Without: harmony.OpenAccess}, "national": {Without: harmony.NationalText}, "unknown": {},
		"closed": {Funds: harmony.FundsNone}, "free": {Funds: harmony.FundsAll},
	}
	got := places(t, standing, harmony.FundsCriteria,
		text("same", "Patients need all of:\n\n- BMI below 40\n- at least 3 months of physiotherapy\n- the patient does not smoke\n"),
		text("gains", "Patients need all of:\n\n- BMI below 35\n- at least 6 months of physiotherapy\n- the patient does not smoke\n"),
		text("loses", "Patients need all of:\n\n- BMI below 45\n- at least 3 months of physiotherapy\n- the patient does not smoke\n"),
		text("mixed", "Patients need all of:\n\n- BMI below 35\n- at least 2 months of physiotherapy\n- the patient does not smoke\n"),
		text("silent", "Patients need all of:\n\n- BMI below 40\n- at least 3 months of physiotherapy\n"),
		text("vague", "Patients need all of:\n\n- BMI below 40\n- physiotherapy often\n- the patient does not smoke\n"),
		text("closed", "Patients need all of:\n\n- BMI below 40\n"),
		text("free", "Patients need all of:\n\n- BMI below 40\n- at least 3 months of physiotherapy\n- the patient does not smoke\n"),
		text("empty", ""), without("open"), without("national"), without("unknown"))
	for place, want := range map[string]string{
		"same":     "same: 3 same",
		"gains":    "wider: 2 wider, 1 same",
		"loses":    "narrower: 1 narrower, 2 same",
		"mixed":    "mixed: 1 narrower, 1 wider, 1 same",
		"silent":   "not proved: 1 not proved, 2 same",
		"vague":    "not proved: 1 not proved, 2 same",
		"closed":   "not proved: funded, and was not: 2 not proved, 1 same",
		"free":     "narrower: 3 same",
		"empty":    "not proved: no criterion could be read in its text",
		"open":     "not proved: 3 not proved",
		"national": "not proved: 1 not proved, 2 same",
		"unknown":  "not proved: it has no policy, and what that means there is not known",
	} {
		c, ok := got[place]
		if words := c.Words(); !ok || words != want {
			t.Errorf("%s: %q, want %q: %+v", place, words, want, c.Changes)
		}
	}
}

// What one text does not say is told in the reader's words: what applies today, and what is proposed.
func TestWhatIsAbsent(t *testing.T) {
	t.Parallel()
	got := places(t, map[string]harmony.Standing{"national": {Without: harmony.NationalText}}, 0,
		text("more", "Patients need all of:\n\n- BMI below 40\n- at least 3 months of physiotherapy\n- the patient does not smoke\n- the lesion bleeds\n"),
		without("national"))
	for place, want := range map[string]string{
		"more":     "nothing like it was found in what is proposed",
		"national": "nothing like it was found in what applies today",
	} {
		var why []string
		for _, x := range got[place].Changes {
			if x.Today.Empty() || x.Proposed.Empty() {
				why = append(why, x.Why)
			}
		}
		if len(why) != 1 || why[0] != want {
			t.Errorf("%s: %q, want %q", place, why, want)
		}
	}
}

func TestWhatIsMandated(t *testing.T) {
	t.Parallel()
	got := places(t, nil, 0, text("a", "Patients need all of:\n\n- BMI below 45\n- no physiotherapy is asked for\n"))
	mandated := map[string]bool{}
	for _, x := range got["a"].Changes {
		mandated[x.Name] = x.Mandated
	}
	if !mandated["BMI"] || !mandated["Physiotherapy"] || mandated["Smoking"] {
		t.Errorf("mandated: %v, want BMI and physiotherapy, which the national text has", mandated)
	}
}

func TestTheEnd(t *testing.T) {
	t.Parallel()
	standing := map[string]harmony.Standing{"a": {Funds: harmony.FundsCriteria}}
	draft := text("draft", "Knee replacement is not routinely funded.\n\nExcluded: smokers\n")
	m := harmony.Build(harmony.Topic{Draft: &draft, Locals: []harmony.Text{text("a", "All of:\n\n- BMI below 40\n- at least 3 months of physiotherapy\n")}})
	c := m.Consequences(standing, harmony.FundsNone)[0]
	if !c.Ends || c.Effect != textdiff.Narrower || c.Counts.Wider != 0 {
		t.Errorf("what is no longer funded: %s", c.Words())
	}
	for _, s := range harmony.GradeOf(harmony.Case{Consequence: c}).Steps {
		if s.Rule == "V-02" { // what goes with the funding is not worded differently
			t.Errorf("a step says %q", s.Words)
		}
	}
}

// Without a draft nothing is proposed, so nothing is said of anybody.
func TestNothingProposed(t *testing.T) {
	t.Parallel()
	m := harmony.Build(harmony.Topic{Draft: &harmony.Text{Reading: clause.Parse("Words.").Criteria()}, Locals: []harmony.Text{text("a", "All of:\n\n- BMI below 40\n")}})
	if c := m.Consequences(nil, 0)[0]; c.Doubt == "" || c.Effect != textdiff.Unclear {
		t.Errorf("against an empty draft: %s", c.Words())
	}
}

func TestStrangersCannotBeTold(t *testing.T) {
	t.Parallel()
	topic := knees()
	topic.Locals = append(topic.Locals[:2], text("other", "## Grommets\n\n- hearing loss of 30 dBHL in the better ear\n- glue ear seen twice by audiology\n"), topic.Locals[2])
	m := harmony.Build(topic)
	list := m.Consequences(nil, 0)
	if len(list) != len(m.Columns)+len(m.Strangers) {
		t.Fatalf("%d consequences of %d texts", len(list), len(m.Columns)+len(m.Strangers))
	}
	for _, x := range m.Strangers {
		if c := list[len(list)-1]; c.Place != x.Place || !strings.Contains(c.Doubt, "another treatment") {
			t.Errorf("a stranger: %+v", c)
		}
	}
}

// Recorded positions say something of the whole, and nothing of a sentence that differs: equal positions do not make it the
// same.
func TestWhetherItIsFunded(t *testing.T) {
	t.Parallel()
	draft := text("draft", "## Position\n\nKnee replacement is funded with restrictions.\n\n## Criteria\n\nPatients need a BMI below 40.\n")
	for _, tc := range []struct {
		today, proposed harmony.Funds
		want            string
	}{
		{0, 0, "not proved: 1 not proved, 1 same"},
		{harmony.FundsCriteria, harmony.FundsCriteria, "not proved: 1 not proved, 1 same"},
		{harmony.FundsCriteria, harmony.FundsApproved, "not proved: 1 not proved, 1 same"},
		{harmony.FundsCriteria, harmony.FundsNone, "narrower: no longer funded: 1 not proved, 1 same"},
	} {
		m := harmony.Build(harmony.Topic{Draft: &draft, Locals: []harmony.Text{text("a", "## Criteria\n\nPatients need a BMI below 40.\n")}})
		c := m.Consequences(map[string]harmony.Standing{"a": {Funds: tc.today}}, tc.proposed)[0]
		if got := c.Words(); got != tc.want {
			t.Errorf("from %d to %d: %s, want %s: %+v", tc.today, tc.proposed, got, tc.want, c.Changes)
		}
	}
}
