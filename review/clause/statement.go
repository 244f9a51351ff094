package clause

import "slices"

// How many words of a sentence and of a clause are read. Policies have sentences of a hundred words; more would take a
// time that grows with the square.
const (
	mostOfSentence = 500
	mostOfClause   = 10_000
)

// statements reads the statements of a clause: sentences, and parts of them that "and", "or" or a semicolon join.
// listed is true for what stands in a list of criteria, which needs no verb to be one.
func (r *criteriaReader) statements(i int, ts []token, f frame, listed bool) {
	ts = ts[:min(len(ts), mostOfClause)]
	if len(ts) > 1 && ts[0].text == "or" { // a way beside what the clauses before ask for
		f.group = r.newGroup(f.group, AnyOf, 0, i)
	}
	if at, b, n := inlineList(ts); b != "" {
		r.inline(i, ts, at, f, Group{Binding: b, N: n})
		return
	}
	all := sentences(ts)
	for k, sentence := range all {
		if k > 0 && sentence[0].text == "or" && r.out.endsAt(i, all[k-1]) {
			f.group = r.newGroup(f.group, AnyOf, 0, i)
			r.out.Criteria[len(r.out.Criteria)-1].Group = f.group
		}
		if r.goesElsewhere(i, sentence) {
			continue
		}
		r.sentence(i, sentence, f, listed)
		if n := len(r.out.Criteria); n > 0 && r.out.Criteria[n-1].Clause == i && r.out.Criteria[n-1].Side == Exempts {
			f.side = Exempts // what follows says where they go: "The patient is referred urgently"
		}
	}
}

// goesElsewhere adds to an exemption the sentence after it that says no more than how urgently such patients are seen.
func (r *criteriaReader) goesElsewhere(i int, ts []token) bool {
	n := len(r.out.Criteria)
	if n == 0 || r.out.Criteria[n-1].Clause != i || r.out.Criteria[n-1].Side != Exempts || !urgent(ts) {
		return false
	}
	if slices.ContainsFunc(termsOf(ts), func(t string) bool { return !slices.Contains(urgency, t) }) {
		return false
	}
	r.out.Criteria[n-1].To = ts[len(ts)-1].to
	return true
}

// urgency are the terms that say how urgently somebody is seen, and nothing of whom.
var urgency = Terms("urgently urgent once two-week wait pathway emergency")

// endsAt tells whether the last criterion is one of a sentence of a clause, and alone in it.
func (r *Reading) endsAt(i int, sentence []token) bool {
	n := len(r.Criteria)
	return n > 0 && r.Criteria[n-1].Clause == i && r.Criteria[n-1].From >= sentence[0].from && r.Criteria[n-1].Group < 0 || n > 0 && r.Criteria[n-1].Clause == i && r.Groups[max(0, r.Criteria[n-1].Group)].Binding == AnyOf
}

// sentences parts tokens at full stops, semicolons and line-like marks.
func sentences(ts []token) [][]token {
	var out [][]token
	from := 0
	for i, t := range ts {
		if t.kind != markToken {
			continue
		}
		end := t.text == ";" || t.text == "|" || t.text == "•" || (t.text == "." || t.text == "?" || t.text == "!") && !inAbbreviation(ts, i)
		if end && i > from {
			out = append(out, ts[from:i])
		}
		if end {
			from = i + 1
		}
	}
	if from < len(ts) {
		out = append(out, ts[from:])
	}
	return out
}

// inAbbreviation tells whether the full stop at i ends no sentence: "e.g.", "F34.1", "no. 4".
func inAbbreviation(ts []token, i int) bool {
	if i == 0 || ts[i].text != "." {
		return false
	}
	before := ts[i-1]
	if i+1 < len(ts) && ts[i+1].from == ts[i].to {
		return true
	}
	switch before.text {
	case "e", "g", "i", "eg", "ie", "cf", "approx", "vs", "nb":
		return before.to == ts[i].from
	}
	return false
}

// sentence reads one sentence as one or several criteria.
func (r *criteriaReader) sentence(i int, ts []token, f frame, listed bool) {
	ts = trimJoints(withoutNumber(trimJoints(ts)))
	if len(ts) == 0 || f.barred || exceptionalRoute(ts) || tells(ts) || asks(r.out.Text.Clauses[i].Words, ts) || !speaks(ts) {
		return
	}
	from := len(r.out.Criteria)
	whole := len(ts)
	ts = ts[:min(whole, mostOfSentence)]
	r.conditions(i, ts, f)
	if whole > mostOfSentence {
		for k := from; k < len(r.out.Criteria); k++ {
			r.out.Criteria[k].Doubt = "the sentence is too long to be read whole"
		}
	}
	if !listed && !f.read && !normative(ts) && !(hasQuantity(ts) && anyWord(ts, treatedWords)) {
		for k := from; k < len(r.out.Criteria); k++ {
			r.out.Criteria[k].Weak = r.out.Criteria[k].Side != Waives // what says that something is not asked for decides
		}
	}
}

// conditions reads the conditions that a sentence joins.
func (r *criteriaReader) conditions(i int, ts []token, f frame) {
	if len(ts) > 2 && ts[1].text == ":" && ts[0].is(positionWords) { // "Restricted: prior approval is needed"
		r.criterion(i, ts[:1], ts[:1], f)
		ts = ts[2:]
	}
	parts, joints := parts(ts)
	if len(parts) == 1 {
		r.criterion(i, ts, ts, f)
		return
	}
	b := AllOf
	mixed := false
	for k, j := range joints {
		if j == "or" {
			b = AnyOf
		}
		mixed = mixed || k > 0 && j != joints[k-1]
	}
	own := f
	own.group = r.newGroup(f.group, b, 0, i)
	from := len(r.out.Criteria)
	for _, p := range parts {
		r.criterion(i, p, ts, own)
	}
	if mixed {
		for k := from; k < len(r.out.Criteria); k++ {
			r.out.Criteria[k].Doubt = "the sentence joins with both “and” and “or”"
		}
	}
}
