package harmony_test

import (
	"fmt"
	"strings"
	"testing"

	"concordat/review/harmony"
	"concordat/review/textdiff"
)

// TestBadTexts puts what nobody expects among two texts on one treatment: the matrix holds, and the two are still aligned.
func TestBadTexts(t *testing.T) {
	t.Parallel()
	for name, markdown := range map[string]string{
		"empty":            "",
		"no list":          "Knee replacement is funded if the BMI is below 40 and there were 3 months of physiotherapy and the patient does not smoke.",
		"only a table":     "| Procedure | Threshold |\n|---|---|\n| Knee replacement | BMI below 35; 6 months of physiotherapy |\n",
		"another language": "La prothèse du genou est remboursée si l'indice de masse corporelle est inférieur à 40 et si le patient ne fume pas.",
		"one long word":    strings.Repeat("a", 1<<20),
		"nested quotes":    strings.Repeat("> ", 10_000) + "BMI below 40",
		"nested lists":     nested(2_000),
		"many criteria":    "## Criteria\n\n" + strings.Repeat("- BMI below 40\n", 5_000),
		"many numbers":     "## Criteria\n\n- " + strings.Repeat("at least 5 months or ", 20_000),
		"only marks":       strings.Repeat("**_|`", 20_000),
	} {
		t.Run(name, func(t *testing.T) {
			topic := knees()
			topic.Locals = append(topic.Locals, text("strange", markdown))
			m := harmony.Build(topic)
			if len(m.Columns)+len(m.Strangers) != len(topic.Locals) {
				t.Errorf("%d columns and %d strangers of %d texts", len(m.Columns), len(m.Strangers), len(topic.Locals))
			}
			if got := marks(m, "BMI"); !strings.HasPrefix(got, "other narrower no-policy") {
				t.Errorf("BMI: %s, want the two texts as without it", got)
			}
		})
	}
}

// TestManyEqualCriteria: twelve texts with as many criteria as are read, all the same or all alike, come into one row.
// With a time that grew with the cube of their number nobody would wait for it.
func TestManyEqualCriteria(t *testing.T) {
	t.Parallel()
	for name, item := range map[string]func(int) string{
		"the same":  func(int) string { return "- BMI below 40\n" },
		"all alike": func(i int) string { return fmt.Sprintf("- BMI below %d\n", 20+i%80) },
	} {
		var list strings.Builder
		for i := range 200 {
			list.WriteString(item(i))
		}
		topic := harmony.Topic{}
		for k := range 12 {
			topic.Locals = append(topic.Locals, text(fmt.Sprintf("place %d", k), "## Criteria\n\n"+list.String()))
		}
		if m := harmony.Build(topic); len(m.Rows) != 1 || len(m.Columns) != 12 {
			t.Errorf("%s: %d rows, %d columns", name, len(m.Rows), len(m.Columns))
		}
	}
}

func nested(depth int) string {
	var b strings.Builder
	for i := range depth {
		fmt.Fprintf(&b, "%s- at least %d months\n", strings.Repeat("  ", i), i)
	}
	return b.String()
}

// TestEqualTexts: two byte-equal texts have the same marks in every row.
func TestEqualTexts(t *testing.T) {
	t.Parallel()
	topic := knees()
	twin := topic.Locals[1]
	twin.Place, twin.Name = "twin", "twin"
	topic.Locals = append(topic.Locals, twin)
	m := harmony.Build(topic)
	for _, r := range m.Rows {
		if r.Cells[1].Mark != r.Cells[3].Mark {
			t.Errorf("%s: %s and %s for equal texts", r.Name, r.Cells[1].Mark, r.Cells[3].Mark)
		}
	}
}

// TestBuildDependsOnItsInputAlone builds the same matrix many times.
func TestBuildDependsOnItsInputAlone(t *testing.T) {
	t.Parallel()
	topic := harmony.Topic{}
	for _, place := range []string{"aldermoss", "brindlewick", "carrowmead", "dunhallow", "eskerby"} {
		topic.Locals = append(topic.Locals, text(place, labelled(t, "labelled/work/tonsillectomy")[place]))
	}
	first := outline(harmony.Build(topic))
	for range 20 {
		if again := outline(harmony.Build(topic)); again != first {
			t.Fatalf("another matrix from the same texts:\n%s\nthen\n%s", first, again)
		}
	}
}

func outline(m harmony.Matrix) string {
	var b strings.Builder
	for _, r := range m.Rows {
		fmt.Fprintf(&b, "%s %s %.4f", r.Key, r.Name, r.Sure)
		for _, c := range r.Cells {
			fmt.Fprintf(&b, " %s %q", c.Mark, c.Short)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// FuzzBuild holds for any two texts: nothing panics, and each criterion is in one row or in none.
func FuzzBuild(f *testing.F) {
	f.Add("- BMI below 40\n- no smoking", "## Exclusions\n\n- smokers")
	f.Add("| a | b |\n|---|---|\n| grade III | or |", "at least two of: x, y, z")
	f.Fuzz(func(t *testing.T, x, y string) {
		m := harmony.Build(harmony.Topic{Locals: []harmony.Text{text("x", x), text("y", y)}})
		for k := range m.Columns {
			seen := map[int]bool{}
			for _, r := range m.Rows {
				for _, c := range r.Cells[k].Criteria {
					if seen[c] {
						t.Fatalf("criterion %d is in two rows", c)
					}
					seen[c] = true
				}
			}
		}
	})
}

// TestBlank: of a text in which nothing was read nobody can tell what it says, and its silence is no vote.
func TestBlank(t *testing.T) {
	t.Parallel()
	m := harmony.Build(harmony.Topic{Locals: []harmony.Text{text("a", "## Criteria\n\n- BMI below 40\n"), text("b", ""), text("c", "## Background\n\nKnees wear out.\n")}})
	for i := range m.Rows {
		if r := &m.Rows[i]; r.Common.Empty() || r.Cells[1].Mark != harmony.Check || r.Cells[1].Effect != textdiff.Unclear {
			t.Errorf("%s: most common %q, the empty text is %s", r.Name, r.Common.Words(), r.Cells[1].Mark)
		}
	}
}
