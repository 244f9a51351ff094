package harmony_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"concordat/review/clause"
	"concordat/review/harmony"
)

func text(place, markdown string) harmony.Text {
	return harmony.Text{Place: place, Name: place, Reading: clause.Parse(markdown).Criteria()}
}

// knees are three texts that differ in BMI, in one exclusion that is a criterion elsewhere, and in the order.
func knees() harmony.Topic {
	draft := text("draft", "## Criteria\n\nAll of the following:\n\n1. BMI below 40\n2. at least 3 months of physiotherapy\n3. the patient does not smoke\n")
	return harmony.Topic{Draft: &draft, Locals: []harmony.Text{
		text("aldermoss", "Patients need all of:\n\n- at least 6 months of physiotherapy\n- a BMI of less than 40 kg/m²\n- no smoking\n"),
		text("brindlewick", "Patients need all of:\n\n- BMI below 35\n- at least three months of physiotherapy\n\n## Exclusions\n\n- Smokers\n"),
		{Place: "carrowmead", Name: "carrowmead", Without: "open access"},
	}}
}

func marks(m harmony.Matrix, row string) string {
	for _, r := range m.Rows {
		if strings.HasPrefix(r.Name, row) {
			var out []string
			for _, c := range r.Cells {
				out = append(out, string(c.Mark))
			}
			return strings.Join(out, " ")
		}
	}
	return "no such row"
}

func TestMarks(t *testing.T) {
	t.Parallel()
	m := harmony.Build(knees())
	if len(m.Rows) != 3 {
		for _, r := range m.Rows {
			t.Logf("%s: %s", r.Name, marks(m, r.Name))
		}
		t.Fatalf("%d rows, want 3", len(m.Rows))
	}
	for row, want := range map[string]string{"BMI": "other narrower no-policy", "Physiotherapy": "narrower same no-policy", "Smoking": "other other no-policy"} {
		if got := marks(m, row); got != want {
			t.Errorf("%s: %s, want %s", row, got, want)
		}
	}
	if m.Columns[0].Differs != 3 || m.Columns[1].Differs != 2 {
		t.Errorf("columns differ in %d and %d rows, want 3 and 2", m.Columns[0].Differs, m.Columns[1].Differs)
	}
}

func TestCorrections(t *testing.T) {
	t.Parallel()
	topic := knees()
	topic.Corrections = []harmony.Correction{
		{Act: harmony.Name, Words: harmony.Fold("BMI below 40"), Name: "Weight"},
		{Act: harmony.Drop, Words: harmony.Fold("Smokers")},
		{Act: harmony.Part, Words: harmony.Fold("at least three months of physiotherapy")},
		{Act: harmony.Merge, Words: harmony.Fold("no such words"), With: harmony.Fold("BMI below 40")},
	}
	m := harmony.Build(topic)
	for row, want := range map[string]string{"Weight": "other narrower no-policy", "Smoking": "other none no-policy"} {
		if got := marks(m, row); got != want {
			t.Errorf("%s: %s, want %s", row, got, want)
		}
	}
	if len(m.Rows) != 4 {
		t.Errorf("%d rows, want 4: a wording that was parted has one of its own", len(m.Rows))
	}
	if len(m.Idle) != 1 || m.Idle[0] != 3 {
		t.Errorf("idle corrections %v, want the last", m.Idle)
	}
}

// TestMergeNamedRows: a row with a name that is joined to another leaves nothing behind.
func TestMergeNamedRows(t *testing.T) {
	t.Parallel()
	topic := knees()
	topic.Corrections = []harmony.Correction{
		{Act: harmony.Name, Words: harmony.Fold("Smokers"), Name: "Stopping smoking"},
		{Act: harmony.Merge, Words: harmony.Fold("Smokers"), With: harmony.Fold("BMI below 40")},
	}
	if m := harmony.Build(topic); len(m.Rows) != 2 || marks(m, "Stopping smoking") == "no such row" {
		t.Errorf("%d rows, want 2, one of them with the name", len(m.Rows))
	}
}

// TestShortIsNoStranger: a policy of a sentence says too little for anybody to tell that it is about something else.
func TestShortIsNoStranger(t *testing.T) {
	t.Parallel()
	topic := harmony.Topic{Locals: []harmony.Text{text("short", "# Throats\n\nThroats: ask the panel for each patient first.\n")}}
	for place, markdown := range labelled(t, "labelled/work/tonsillectomy") {
		topic.Locals = append(topic.Locals, text(place, markdown))
	}
	if m := harmony.Build(topic); len(m.Strangers) > 0 {
		t.Errorf("%s stands apart", m.Strangers[0].Place)
	}
}

// TestStranger puts each text of one topic among those of another: it must stand out, and none of the others may.
func TestStranger(t *testing.T) {
	t.Parallel()
	var own []harmony.Text
	for place, markdown := range labelled(t, "labelled/work/tonsillectomy") {
		own = append(own, text(place, markdown))
	}
	found, tried := 0, 0
	for place, markdown := range labelled(t, "labelled/work/cataract") {
		m := harmony.Build(harmony.Topic{Locals: append(slices.Clone(own), text("cataract "+place, markdown))})
		tried++
		for _, s := range m.Strangers {
			if s.Place != "cataract "+place {
				t.Errorf("%s stands out among its own", s.Place)
				continue
			}
			found++
		}
	}
	if found < tried-2 {
		t.Errorf("%d of %d texts about another treatment stand out", found, tried)
	}
}

// TestNamesTellRowsApart: no two rows of a matrix are called the same, and none by what its leading words do not say.
func TestNamesTellRowsApart(t *testing.T) {
	t.Parallel()
	for _, topic := range []string{"tonsillectomy", "cataract", "carpal-tunnel", "varicose-veins"} {
		var list []harmony.Text
		for _, place := range slices.Sorted(maps.Keys(labelled(t, "labelled/work/"+topic))) {
			list = append(list, text(place, labelled(t, "labelled/work/"+topic)[place]))
		}
		names := map[string]string{}
		m := harmony.Build(harmony.Topic{Locals: list})
		for i := range m.Rows {
			r := &m.Rows[i]
			if other, twice := names[r.Name]; twice && other != r.Lead {
				t.Errorf("%s: “%s” and “%s” are both called %q", topic, other, r.Lead, r.Name)
			}
			names[r.Name] = r.Lead
		}
	}
}
