package harmony_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"concordat/review/harmony"
)

func row(t *testing.T, m *harmony.Matrix, words string) *harmony.Row {
	t.Helper()
	r, ok := m.RowOf(harmony.Fold(words))
	if !ok {
		t.Fatalf("no row has %q", words)
	}
	return r
}

func TestWordings(t *testing.T) {
	t.Parallel()
	m := harmony.Build(knees())
	r := row(t, &m, "BMI below 40")
	var got []string
	for _, w := range m.Wordings(r) {
		got = append(got, w.Words+" "+strings.Join(w.Places, ","))
	}
	if want := []string{"BMI below 40 ", "a BMI of less than 40 kg/m² aldermoss", "BMI below 35 brindlewick"}; !slices.Equal(got, want) {
		t.Errorf("wordings %q, want %q", got, want)
	}
	if x, ok := m.Row(r.Key); !ok || x != r {
		t.Errorf("the key %s leads to another row", r.Key)
	}
	if !m.Finds(r, "KG/m below") || m.Finds(r, "bmi smoking") {
		t.Error("a row is not found by all words of its wordings, or by words that it lacks")
	}
}

func TestExtremes(t *testing.T) {
	t.Parallel()
	topic := knees()
	topic.Locals[0] = text("aldermoss", "Patients need all of:\n\n- BMI below 40\n- no smoking\n")
	m := harmony.Build(topic)
	r := row(t, &m, "BMI below 40")
	if e, places, ok := m.Narrowest(r); !ok || e.Line() != "BMI below 35" || !slices.Equal(places, []string{"brindlewick"}) {
		t.Errorf("narrowest %q of %v, %t", e.Line(), places, ok)
	}
	if e, _, ok := m.Widest(r); !ok || e.Line() != "BMI below 40" {
		t.Errorf("widest %q, %t", e.Line(), ok)
	}
	topic.Locals = topic.Locals[:1]
	m = harmony.Build(topic)
	if _, _, ok := m.Widest(row(t, &m, "BMI below 40")); ok {
		t.Error("one text alone has a widest wording")
	}
}

// What a person confirmed or joined is sure, and led by the same wording as before.
func TestConfirm(t *testing.T) {
	t.Parallel()
	topic := knees()
	before := harmony.Build(topic)
	for _, r := range before.Rows {
		topic.Corrections = append(topic.Corrections, harmony.Correction{Act: harmony.Confirm, Words: r.Lead})
	}
	after := harmony.Build(topic)
	if after.Unsures() != 0 || len(after.Idle) != 0 {
		t.Errorf("%d rows are unsure, idle %v", after.Unsures(), after.Idle)
	}
	for i, r := range before.Rows {
		if after.Rows[i].Key != r.Key {
			t.Errorf("%s has another address once it is confirmed", r.Name)
		}
	}
	topic.Corrections = []harmony.Correction{{Act: harmony.Merge, Words: row(t, &before, "no smoking").Lead, With: row(t, &before, "BMI below 40").Lead}}
	after = harmony.Build(topic)
	if r := row(t, &after, "BMI below 40"); r.Unsure() || len(after.Rows) != len(before.Rows)-1 {
		t.Errorf("joined by a person, yet unsure: %v", r.Sure)
	}
}

func TestWriters(t *testing.T) {
	t.Parallel()
	m := harmony.Build(knees())
	var text, js bytes.Buffer
	if err := m.WriteText(&text); err != nil || !strings.HasPrefix(text.String(), "3 places, 3 criteria: 3 differ, compared with the draft\n") {
		t.Errorf("%v\n%s", err, text.String())
	}
	if err := m.WriteJSON(&js); err != nil || !json.Valid(js.Bytes()) {
		t.Errorf("%v\n%s", err, js.String())
	}
	head, rows := m.Grid(func(*harmony.Row) string { return "noted" })
	for _, r := range rows[:len(m.Rows)] {
		if len(r) != len(head) || r[6] != "noted" || r[len(r)-1] != "open access" {
			t.Errorf("row %q of %q", r, head)
		}
	}
	if proof := rows[len(m.Rows)]; !strings.Contains(proof[7], " not proved: read both texts.") || proof[len(proof)-1] != "" {
		t.Errorf("how much is proved: %q", proof)
	}
}

func TestTwinsAndSilent(t *testing.T) {
	t.Parallel()
	m := harmony.Build(harmony.Topic{Locals: []harmony.Text{text("a", "- BMI below 40"), text("b", "- BMI below 40"), text("c", "Das ist alles.")}})
	if got := m.Twins(); len(got) != 1 || !slices.Equal(got[0], []string{"a", "b"}) {
		t.Errorf("twins %v", got)
	}
	if got := m.Silent(); !slices.Contains(got, "c") {
		t.Errorf("silent %v", got)
	}
}
