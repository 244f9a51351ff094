package clause

import "slices"

// inlineList finds the colon of a list that stands in a line: "One or more of: falls; glare; difficulty with daily tasks".
func inlineList(ts []token) (at int, b Binding, n int) {
	for i := 1; i+2 < len(ts); i++ {
		if ts[i].text == ":" {
			b, n = bindingOf(ts[:i])
			return i, b, n
		}
	}
	return 0, "", 0
}

// inline reads such a list: as one criterion where its introduction says of what its members are signs, else as one each.
func (r *criteriaReader) inline(i int, ts []token, at int, f frame, g Group) {
	if g.Binding == AtLeastOf && folds(ts[:at]) {
		r.criterion(i, ts, ts, f)
		c := &r.out.Criteria[len(r.out.Criteria)-1]
		c.Quantities = []Quantity{signs(ts[:at], g.N)}
		return
	}
	group := r.newGroup(f.group, g.Binding, g.N, i)
	f.group = group
	for _, member := range members(ts[at+1:]) {
		r.sentence(i, member, f, true)
	}
}

// members parts a list in a line at its semicolons, or else at its commas and the joint before the last.
func members(ts []token) [][]token {
	mark := ","
	if slices.ContainsFunc(ts, func(t token) bool { return t.text == ";" }) {
		mark = ";"
	}
	var out [][]token
	from := 0
	for i, t := range ts {
		joint := mark == "," && (t.text == "or" || t.text == "and") && i+1 < len(ts) && !ts[i+1].is(comparatives)
		if (t.text == mark || joint) && !inParentheses(ts, i) {
			out = append(out, ts[from:i])
			from = i + 1
		}
	}
	return append(out, ts[from:])
}
