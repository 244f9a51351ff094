package harmony

import (
	"slices"
	"strings"
	"unicode"

	"concordat/review/clause"
	"concordat/review/textdiff"
)

// Fold makes wordings that differ only in case, marks and spaces equal. Corrections are kept by folded wordings.
func Fold(words string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(words) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("<>≤≥%°/", r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteRune(r)
			gap = false
		default:
			gap = true
		}
	}
	return b.String()
}

// lead is the wording that stands for a group: that of the draft, else of the national text, else of the item most like
// the others.
func (a *aligner) lead(g *group) string { return a.items[a.medoid(g)].words }

func (a *aligner) medoid(g *group) int {
	for _, text := range []int{a.draft, a.national} {
		for _, i := range g.items {
			if text >= 0 && a.items[i].text == text {
				return i
			}
		}
	}
	best, most := g.items[0], -1.0
	n := len(a.items)
	for _, i := range g.items {
		sum := 0.0
		for _, j := range g.items {
			if i != j {
				sum += float64(a.like[i*n+j])
			}
		}
		if sum > most {
			best, most = i, sum
		}
	}
	return best
}

// matters are names for what many policies have a criterion on, by the terms that show it.
var matters = []struct{ term, name string }{
	{"smoke", "Smoking"}, {"bmi", "BMI"}, {"cancer", "Suspected cancer"},
	{"watch", "Watchful waiting"}, {"decision", "Shared decision"}, {"quinsy", "Quinsy"}, {"apnoea", "Sleep apnoea"}, {"cosmetic", "Appearance alone"},
	{"physio", "Physiotherapy"}, {"splint", "Splints"}, {"drive", "Driving"}, {"record", "What is recorded"}, {"conservative", "Conservative treatment"},
	{"function", "Effect on daily life"}, {"pain", "Pain"}, {"partner", "Partners"}, {"child", "Children"}, {"adult", "Adults"},
}

var measureNames = map[clause.Measure]string{clause.Age: "Age", clause.BMI: "BMI", clause.Episodes: "Episodes", clause.Hearing: "Hearing level", clause.Acuity: "Visual acuity",
	clause.Angle: "Angle", clause.Score: "Score", clause.Cycles: "Number of cycles", clause.Weight: "Weight", clause.Size: "Size", clause.Grade: "Grade"}

// nameOf proposes a name for a row: by its measure, by a matter that most of its items and the leading one
// speak of, else by the first words of its leading item.
func (a *aligner) nameOf(g *group) string {
	count := map[string]int{}
	measures, roles := map[clause.Measure]int{}, map[clause.Role]int{}
	for _, i := range g.items {
		it := &a.items[i]
		roles[it.role]++
		for _, t := range a.of(it).Terms {
			count[t]++
		}
		for _, m := range it.measures {
			measures[m]++
		}
	}
	half := (len(g.items) + 1) / 2
	switch {
	case roles[clause.Position] >= half:
		return "Whether it is funded"
	case roles[clause.Approval] >= half:
		return "Prior approval"
	}
	it := &a.items[a.medoid(g)]
	for m, name := range measureNames {
		if measures[m] >= half && len(it.measures) == 1 && it.measures[0] == m {
			return name
		}
	}
	for _, m := range matters {
		if count[m.term] >= half && slices.Contains(a.of(it).Terms, m.term) {
			return m.name
		}
	}
	return a.opening(g)
}

// opening is how the leading item of a group begins.
func (a *aligner) opening(g *group) string {
	it := &a.items[a.medoid(g)]
	return firstWords(a.texts[it.text].Reading.Words(it.criterion))
}

// tellApart gives each of several rows that were given one name how it begins beside the name. groups are those of the rows.
func (a *aligner) tellApart(rows []Row, groups []*group) {
	names := map[string]int{}
	for _, r := range rows {
		names[r.Name]++
	}
	for i := range rows {
		if r := &rows[i]; !r.Named && names[r.Name] > 1 && a.opening(groups[i]) != r.Name {
			r.Name += ": " + a.opening(groups[i])
		}
	}
}

// firstWords are enough of a criterion to know it by.
func firstWords(words string) string {
	const most = 40
	fields := strings.Fields(words)
	for len(fields) > 1 && openers[strings.ToLower(fields[0])] {
		fields = fields[1:]
	}
	out := ""
	for _, f := range fields {
		if len(out)+len(f) > most {
			out += " …"
			break
		}
		if out != "" {
			out += " "
		}
		out += f
	}
	r := []rune(strings.TrimRight(out, ".,;:"))
	if len(r) > 0 {
		r[0] = unicode.ToUpper(r[0])
	}
	return string(r)
}

var openers = map[string]bool{"the": true, "a": true, "an": true, "patient": true, "patients": true, "has": true, "have": true, "is": true, "are": true, "there": true, "must": true,
	"should": true, "be": true, "been": true, "who": true, "with": true, "had": true}

// short is what a cell shows of a holding: its numbers, else what it is in a word.
func short(h textdiff.Holding) string {
	if h.Empty() {
		return ""
	}
	var out []string
	for _, q := range h.Quantities() {
		if s := q.Short(); len(out) < 3 && (len(out) == 0 || out[len(out)-1] != s) {
			out = append(out, s)
		}
	}
	if len(out) > 0 {
		return strings.Join(out, " ")
	}
	if v := h.Vague(); v != "" {
		return v + "?"
	}
	return ""
}
