package matrixview_test

import (
	"fmt"
	"strings"
	"testing"

	"concordat/review/clause"
	"concordat/review/harmony"
	"concordat/server/internal/matrixview"
)

func text(name, markdown string) harmony.Text {
	return harmony.Text{Place: strings.ToLower(name), Name: name, Reading: clause.Parse(markdown).Criteria()}
}

func sideBySide() harmony.Matrix {
	draft := text("Draft", "## Criteria\n\nPatients need all of these:\n\n- BMI below 40\n- the patient does not smoke\n")
	return harmony.Build(harmony.Topic{Draft: &draft, Locals: []harmony.Text{
		text("Alder", "## Criteria\n\nPatients need all of these:\n\n- BMI below 40\n- the patient does not smoke\n\n## Background\n\nKnees wear out.\n"),
		text("Bramble", "## Criteria\n\nPatients need all of these:\n\n- BMI under 35\n- three months of physiotherapy\n"),
		{Place: "carrow", Name: "Carrow", Without: "No policy: open access"},
	}})
}

func rowsOf(v matrixview.View) (out []string) {
	for _, g := range v.Groups {
		for _, r := range g.Rows {
			var cells []string
			for _, c := range r.Cells {
				cells = append(cells, fmt.Sprintf("%s %q %d %t", c.State, c.Label, c.Span, c.Hidden))
			}
			out = append(out, g.Title+"|"+r.Name+"|"+strings.Join(cells, ", "))
		}
	}
	return out
}

func TestOrders(t *testing.T) {
	t.Parallel()
	m := sideBySide()
	for _, tc := range []struct {
		ask  matrixview.Ask
		want []string
	}{
		{matrixview.Ask{}, []string{
			`|BMI|same "" 0 false, narrower "<35" 0 false, nopolicy "" 3 false`,
			`|Physiotherapy|none "Not found" 0 false, other "3 mths" 0 false, nopolicy "" 0 true`,
			`|Smoking|same "" 0 false, none "Not found" 0 false, nopolicy "" 0 true`}},
		{matrixview.Ask{Order: matrixview.ByDraft, Query: "SMOKE"}, []string{`|Smoking|same "" 0 false, none "Not found" 0 false, nopolicy "" 1 false`}},
		{matrixview.Ask{Order: matrixview.BySubject, Query: "bmi"}, []string{`Who can have it|BMI|same "" 0 false, narrower "<35" 0 false, nopolicy "" 1 false`}},
	} {
		if got := rowsOf(matrixview.Of(&m, tc.ask)); strings.Join(got, "\n") != strings.Join(tc.want, "\n") {
			t.Errorf("%+v:\n%s\nwant\n%s", tc.ask, strings.Join(got, "\n"), strings.Join(tc.want, "\n"))
		}
	}
}

func TestOf(t *testing.T) {
	t.Parallel()
	m := sideBySide()
	clauses := m.Columns[1].Reading.Text.Clauses
	for i := range clauses {
		clauses[i].Anchor = fmt.Sprint("b", i+1)
	}
	v := matrixview.Of(&m, matrixview.Ask{Place: "bramble", At: func(place string) string { return "?place=" + place },
		Text: func(place, anchor string) string { return place + "#" + anchor }})
	if v.Sum != "3 places, 3 criteria: 3 differ" || v.Against != "Differ from the draft" || v.Place != "differs from the draft in 3 of 3. Not proved: 2" {
		t.Errorf("sum %q, against %q, place %q", v.Sum, v.Against, v.Place)
	}
	if v.Previous == nil || v.Previous.Href != "?place=alder" || v.Next == nil || v.Next.Name != "Carrow" || v.Columns[2].Differs != "–" ||
		v.Columns[1].NotProved != "2" || v.Columns[2].NotProved != "–" {
		t.Errorf("columns %+v", v.Columns)
	}
	if v.RestSum != 1 || len(v.Rest) != 1 || v.Rest[0].Statements[0] != "Knees wear out [2.1]" {
		t.Errorf("not read: %+v", v.Rest)
	}
	said := v.Groups[0].Rows[0].Said
	if len(said) != 3 || said[0].Title != "Same" || said[1].Title != "Narrower: <35" || said[1].Wordings[0].Words[0] != "BMI under 35" || said[2].Wordings[0].Places[0].Without == "" ||
		said[1].Wordings[0].Places[0].Href != "bramble#b3" || said[2].Wordings[0].Places[0].Href != "carrow#" {
		t.Errorf("exact words %+v", said)
	}
}

// No paragraph of a text is lost: each is in a row or listed below.
func TestNothingIsLost(t *testing.T) {
	t.Parallel()
	m := sideBySide()
	v := matrixview.Of(&m, matrixview.Ask{})
	shown := fmt.Sprintf("%+v", v.Rest)
	for _, g := range v.Groups {
		for _, r := range g.Rows {
			shown += fmt.Sprintf("%+v", r.Said)
		}
	}
	for _, c := range m.Columns {
		for _, x := range c.Reading.Text.Clauses {
			if x.Kind != clause.Heading && x.Words != "Patients need all of these:" && !strings.Contains(shown, strings.TrimRight(x.Words, ".")) {
				t.Errorf("%s: %q is nowhere", c.Name, x.Words)
			}
		}
	}
}

// BenchmarkOf makes the view of 15 places and 40 rows.
func BenchmarkOf(b *testing.B) {
	var topic harmony.Topic
	for p := range 15 {
		var text strings.Builder
		text.WriteString("## Criteria\n\nAll of these:\n\n")
		for i := range 40 {
			fmt.Fprintf(&text, "- the %s%s has lasted for %d months\n", strings.Repeat("ab", i%7+1), strings.Repeat("xy", i/7+1), 1+(p+i)%9)
		}
		topic.Locals = append(topic.Locals, harmony.Text{Place: fmt.Sprint(p), Name: fmt.Sprint("Place ", p), Reading: clause.Parse(text.String()).Criteria()})
	}
	m := harmony.Build(topic)
	b.ReportMetric(float64(len(m.Rows)), "rows")
	for b.Loop() {
		matrixview.Of(&m, matrixview.Ask{})
	}
}

// TestBlank: a text in which nothing was read is one to look at in each row, on the page and in each export.
func TestBlank(t *testing.T) {
	t.Parallel()
	m := harmony.Build(harmony.Topic{Locals: []harmony.Text{text("Alder", "## Criteria\n\n- BMI below 40\n"), text("Bramble", "")}})
	v := matrixview.Of(&m, matrixview.Ask{Open: m.Rows[0].Key})
	if c := v.Groups[0].Rows[0].Cells[1]; c.State != "unsure" || c.Label != "?" || !strings.Contains(c.Full, "no criterion was read") {
		t.Errorf("the cell of a text without criteria: %+v", c)
	}
	if _, rows := m.Grid(func(*harmony.Row) string { return "" }); !strings.Contains(rows[0][len(rows[0])-1], "no criterion was read") {
		t.Errorf("in a table: %q", rows[0])
	}
}
