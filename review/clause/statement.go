package clause

import (
	"slices"
	"strings"
)

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
		r.sentence(i, sentence, f, listed)
		if n := len(r.out.Criteria); n > 0 && r.out.Criteria[n-1].Clause == i && r.out.Criteria[n-1].Side == Exempts {
			f.side = Exempts // what follows says where they go: "The patient is referred urgently"
		}
	}
}

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
		joint := mark == "," && (t.text == "or" || t.text == "and") && i+1 < len(ts) && !comparatives[ts[i+1].text]
		if (t.text == mark || joint) && !inParentheses(ts, i) {
			out = append(out, ts[from:i])
			from = i + 1
		}
	}
	return append(out, ts[from:])
}

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
	if len(ts) == 0 || f.barred || exceptionalRoute(ts) || tells(ts) || !speaks(ts) {
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
			r.out.Criteria[k].Weak = true
		}
	}
}

// conditions reads the conditions that a sentence joins.
func (r *criteriaReader) conditions(i int, ts []token, f frame) {
	if len(ts) > 2 && ts[1].text == ":" && positionWords[ts[0].text] { // "Restricted: prior approval is needed"
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

// withoutNumber takes a typed number off the start of a sentence: "2.1", "(b)", "A.", "(iv)".
func withoutNumber(ts []token) []token {
	at := func(i int) string {
		if i < len(ts) {
			return ts[i].text
		}
		return ""
	}
	short := len(at(1)) <= 3
	switch {
	case at(0) == "(" && at(2) == ")" && short:
		return ts[3:]
	case len(ts) > 2 && ts[0].kind == wordToken && (len(at(0)) == 1 || len(at(0)) < 5 && len(at(0)) > 0 && strings.Trim(at(0), "ivx") == "") && (at(1) == ")" || at(1) == "." && ts[0].to == ts[1].from) && at(0) != "a":
		return ts[2:]
	case len(ts) > 2 && at(0) == "a" && (at(1) == ")" || at(1) == "." && ts[0].to == ts[1].from):
		return ts[2:]
	case len(ts) > 2 && ts[0].kind == numberToken && isDigit(at(0)[0]) && strings.Contains(at(0), ".") && units[at(1)].measure == "" && ts[1].kind == wordToken && at(1) != "or" && at(1) != "to":
		return ts[1:]
	case len(ts) > 4 && ts[0].kind == numberToken && isDigit(at(0)[0]) && at(1) == "." && ts[2].kind == numberToken:
		return withoutNumber(ts[2:])
	case len(ts) > 2 && ts[0].kind == numberToken && isDigit(at(0)[0]) && (at(1) == ")" || at(1) == "."):
		return ts[2:]
	}
	return ts
}

// speaks tells whether a sentence says something beyond that there are criteria: "funded if the criteria below are met"
// does not.
func speaks(ts []token) bool {
	for _, t := range ts {
		if t.kind == wordToken && len(t.text) > 2 && !gateWords[t.text] && !monthNames[t.text] {
			return true
		}
	}
	return hasQuantity(ts)
}

var gateWords = set("the this that these those are and criteria criterion threshold thresholds following below above listed met meet meets meeting satisfied satisfies apply applies " +
	"policy patient patients procedure treatment only will must should for who where when which with all any each both either one more funded fund commissioned offered eligible " +
	"considered must has have been provided set out fulfil fulfils fulfilled conditions condition can may requests request they their")

// exceptionalRoute tells whether a sentence is only about requests for those who do not meet the policy (SI 2012/2996
// reg. 34), which every policy has and which is no criterion.
func exceptionalRoute(ts []token) bool {
	if !anyWord(ts, exceptionalWords) && !hasWords(ts, "individual", "funding") {
		return false
	}
	own := 0
	for _, t := range ts {
		if t.kind == wordToken && len(t.text) > 3 && !routeWords[t.text] {
			own++
		}
	}
	quantities, _ := quantities(ts)
	return own < 2 || len(quantities) == 0 && own < 4 && !hasWords(ts, "not", "routinely") && !hasWords(ts, "by", "individual")
}

var (
	exceptionalWords = set("exceptional exceptionality exceptionally ifr ifrs")
	routeWords       = set("exceptional exceptionality exceptionally individual funding request requests panel route apply application applications clinician clinicians patient " +
		"patients outside meet meets this these those criteria policy commissioner commissioners circumstances where there their they does treatment through with within considered " +
		"consider made submit submitted evidence case cases demonstrate from should will must have that which when other than above behalf using process requests clinical which been " +
		"whose who falls fall using form contact team treating also still only such request set out behalf funded routinely not fit listed board demonstrated different differs doctor")
)

// tells tells whether a sentence is about the document itself.
func tells(ts []token) bool {
	for i := range ts {
		for _, words := range aboutDocument[ts[i].text] {
			if startsWith(ts[i+1:], words) {
				return true
			}
		}
	}
	return false
}

// aboutDocument are words that show it, by the first of them.
var aboutDocument = func() map[string][][]string {
	out := map[string][][]string{}
	for _, s := range []string{"this policy * reviewed", "this policy replaces", "this policy will be", "applies to patients referred", "apply to patients referred", "patients referred before", "patients referred on", "review date", "supersedes", "opcs", "icd", "for more information", "date of approval",
		"approved by", "effective from", "owner :", "status : approved", "next review", "ratified", "reviewed by", "policy reference", "background :", "equality :", "will be * reviewed",
		"document control", "review :", "version"} {
		words := strings.Fields(s)
		out[words[0]] = append(out[words[0]], words[1:])
	}
	return out
}()

// trimJoints takes "and", "or" and commas off both ends of a statement.
func trimJoints(ts []token) []token {
	joint := func(t token) bool {
		return t.text == "and" || t.text == "or" || t.text == "," || t.text == ":" || t.text == "-" || t.text == "•" || t.text == "*" || t.text == "and/or"
	}
	for len(ts) > 0 && joint(ts[0]) {
		ts = ts[1:]
	}
	for len(ts) > 0 && joint(ts[len(ts)-1]) {
		ts = ts[:len(ts)-1]
	}
	return ts
}

// treatedWords are of those who are treated: with a number beside them, a sentence decides.
var treatedWords = set("patient patients referral listed listing surgery operation")

// parts parts a sentence where "and" or "or" joins two conditions, each of which could stand alone: it has a
// quantity of its own measure or begins as a condition does. "Head and neck" stays together.
func parts(ts []token) (parts [][]token, joints []string) {
	found, _ := quantities(ts)
	from := 0
	for i := 1; i < len(ts)-1; i++ {
		joint := ts[i].text
		if joint == "," && trails(ts[i+1:]) && quantityIn(found, ts[from].from, ts[i].from) != nil && !inParentheses(ts, i) {
			parts, joints = append(parts, trimJoints(ts[from:i])), append(joints, "and")
			from = i + 1
			continue
		}
		if joint == "," && startsCondition(ts[i+1:]) && !relative(ts[i+1].text) && listGoesOn(ts[i+1:]) {
			joint = "and"
			if nextJoint(ts[i+1:]) == "or" {
				joint = "or"
			}
		} else if joint != "and" && joint != "or" {
			continue
		}
		if inParentheses(ts, i) || comparatives[ts[i+1].text] || !splits(ts, from, i, joint, found) {
			continue
		}
		parts, joints = append(parts, trimJoints(ts[from:i])), append(joints, joint)
		from = i + 1
	}
	return append(parts, trimJoints(ts[from:])), joints
}

// comparatives after "or" and "and" belong to a number: "35 or more".
var comparatives = set("more over above greater older worse higher longer larger less fewer under below younger better lower smaller")

// trails tells whether words after a comma add a condition to what was counted: "5 episodes a year, all of them
// documented", "…, with at least 10 days lost".
func trails(ts []token) bool {
	if len(ts) < 3 || ts[0].text != "all" && ts[0].text != "each" && ts[0].text != "every" && ts[0].text != "with" {
		return false
	}
	for _, t := range ts[1:min(len(ts), 7)] {
		switch t.text {
		case "documented", "recorded", "noted", "evidenced", "shown", "confirmed", "verified", "least", "more", "days":
			return true
		case ",", ";":
			return false
		}
	}
	return false
}

func relative(word string) bool {
	return word == "who" || word == "where" || word == "whose" || word == "with"
}

// listGoesOn tells whether a further "and" or "or" comes, so that a comma joins as it does.
func listGoesOn(ts []token) bool { return nextJoint(ts) != "" }

func nextJoint(ts []token) string {
	for i := 1; i < len(ts); i++ {
		if (ts[i].text == "and" || ts[i].text == "or") && startsCondition(ts[i+1:]) {
			return ts[i].text
		}
	}
	return ""
}

func inParentheses(ts []token, i int) bool {
	depth := 0
	for _, t := range ts[:i] {
		switch t.text {
		case "(":
			depth++
		case ")":
			depth = max(0, depth-1)
		}
	}
	return depth > 0
}

// splits tells whether the joint at i stands between two conditions.
func splits(ts []token, from, i int, joint string, found []Quantity) bool {
	left, right := quantityIn(found, ts[from].from, ts[i].from), quantityIn(found, ts[i].to, endOfPart(ts, i+1))
	if across(found, ts[i].from) || !speaks(ts[i+1:]) || funds(ts[i+1:]) && !hasQuantity(ts[i+1:]) {
		return false // the joint is part of a quantity, "35 or over", or what follows only says again that it is funded
	}
	if left != nil && right != nil && left.Measure == right.Measure && (joint == "or" || left.Measure == BMI || left.Measure == Age) && left.Of == right.Of {
		return false // alternatives of one measure are one criterion
	}
	l := left != nil || hasCondition(ts[from:i])
	if l && right != nil {
		return true
	}
	return l && i-from >= 2 && startsCondition(ts[i+1:])
}

func endOfPart(ts []token, i int) int {
	for j := i; j < len(ts); j++ {
		if ts[j].text == "and" || ts[j].text == "or" {
			if j+1 < len(ts) && startsCondition(ts[j+1:]) {
				return ts[j].from
			}
		}
	}
	return ts[len(ts)-1].to
}

func quantityIn(found []Quantity, from, to int) *Quantity {
	for k := range found {
		if found[k].From >= from && found[k].From < to {
			return &found[k]
		}
	}
	return nil
}

func across(found []Quantity, at int) bool {
	for _, q := range found {
		if q.From < at && at < q.To {
			return true
		}
	}
	return false
}

var conditionStarts = set("has have had is are was been must should not no with without there whose if when where aged bmi symptoms failed does do will they who meets meet " +
	"patients patient cannot the provided evidence confirmed documented conservative either smoking non")

// startsCondition tells whether tokens begin as a condition does.
func startsCondition(ts []token) bool {
	for i, t := range ts {
		switch t.text {
		case "the", "that", "either", "also", "both", "a", "an", ",":
			continue
		case "patient", "patients", "they", "who", "he", "she", "woman", "women", "couple", "partner":
			return i+1 < len(ts) && conditionStarts[ts[i+1].text] || t.text == "who"
		}
		return conditionStarts[t.text] && (i == 0 || ts[i-1].text != "the" && ts[i-1].text != "a" && ts[i-1].text != "an" || t.text == "bmi")
	}
	return false
}

func hasCondition(ts []token) bool {
	for _, t := range ts {
		if conditionStarts[t.text] && t.text != "the" && t.text != "patient" && t.text != "patients" {
			return true
		}
	}
	return false
}

// criterion keeps one condition; whole is the sentence that it is part of, whose verb decides for it.
func (r *criteriaReader) criterion(i int, ts, whole []token, f frame) {
	if len(ts) == 0 {
		return
	}
	c := Criterion{Clause: i, From: ts[0].from, To: ts[len(ts)-1].to, Group: f.group, Role: roleOf(ts, whole), Side: f.side, Context: r.contextOf(i)}
	if side, ok := sideOf(whole); ok && (side != Requires || f.side == Requires || barredUntil(whole)) {
		c.Side = side
	}
	c.Funds, c.Terms = funds(whole), termsOf(ts)
	var nots []int
	c.Quantities, nots = quantities(ts)
	c.Modality, c.Negated, c.Vague = modality(whole), negation(ts, nots), vague(ts)
	if c.Role != Condition {
		c.Negated = false
	}
	if c.Role == Approval && withoutApproval(ts) {
		c.Side = Waives
	}
	if f.group >= 0 && r.out.Groups[f.group].Binding == NoneOf && c.Side == Requires {
		c.Side = Bars
	}
	for _, q := range c.Quantities {
		if q.Doubt != "" {
			c.Doubt = q.Doubt
		}
	}
	r.out.Criteria = append(r.out.Criteria, c)
}

// withoutApproval tells whether a statement on approval says that none is needed: "no prior approval", "without our
// approval", "prior approval: no".
func withoutApproval(ts []token) bool {
	for i, t := range ts {
		if approvalWords[t.text] && (negatedBefore(ts, i, 3) || hasWords(ts[i:], ":", "no") || hasWords(ts[i:], "not", "*", "needed") || hasWords(ts[i:], "not", "*", "required")) {
			return true
		}
	}
	return false
}

// funds tells whether a statement's verb is of funding or of access.
func funds(ts []token) bool {
	for _, t := range ts {
		switch t.text {
		case "funded", "fund", "funds", "commissioned", "commission", "commissions", "support", "supports", "supported", "pay", "pays", "available", "provided", "provides", "restricted", "offered":
			return true
		}
	}
	return false
}

// roleOf tells statements about the treatment as a whole, and about approval, from those about patients.
func roleOf(ts, whole []token) Role {
	switch {
	case anyWord(ts, approvalWords) && (anyWord(ts, beforehand) || hasWords(ts, "without", "*", "approval")):
		return Approval
	case hasWords(ts, "criteria", "-", "based"), hasWords(ts, "criteria", "based"), hasWords(ts, "subject", "to", "*", "criteria"):
		return Position
	case len(ts) == len(whole) && anyWord(ts, positionWords) && (funds(ts) || !anyWord(ts, routineWords)) && !hasQuantity(ts):
		return Position
	}
	return Condition
}

var (
	approvalWords = set("approval approved authorisation authorised application applications blueteq preapproval permission notification")
	beforehand    = set("prior advance before beforehand first needed required obtained obtain sought seek made necessary form given require requires apply")
	routineWords  = set("routinely routine")
	positionWords = set("routinely routine restricted restrictions restriction criteria-based priority")
)

func hasQuantity(ts []token) bool {
	q, _ := quantities(ts)
	return len(q) > 0
}
