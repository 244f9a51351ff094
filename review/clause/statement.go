package clause

// statements reads the statements of a clause: sentences, and parts of them that "and", "or" or a semicolon join.
// listed is true for what stands in a list of criteria, which needs no verb to be one.
func (r *criteriaReader) statements(i int, ts []token, f frame, listed bool) {
	for _, sentence := range sentences(ts) {
		r.sentence(i, sentence, f, listed)
	}
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
	return len(before.text) == 1 && before.kind == wordToken && before.to == ts[i].from || before.text == "approx" || before.text == "vs"
}

// sentence reads one sentence as one or several criteria.
func (r *criteriaReader) sentence(i int, ts []token, f frame, listed bool) {
	ts = trimJoints(ts)
	if len(ts) == 0 || !r.decides(ts, f, listed) {
		return
	}
	parts, joints := conditions(ts)
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

// decides tells whether a sentence says who is treated.
func (r *criteriaReader) decides(ts []token, f frame, listed bool) bool {
	if f.barred || exceptionalRoute(ts) || tells(ts) || !speaks(ts) {
		return false
	}
	return listed || f.read || normative(ts)
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

// tells are sentences about the document itself.
func tells(ts []token) bool {
	return hasWords(ts, "this", "policy", "*", "reviewed") || hasWords(ts, "this", "policy", "replaces") || hasWords(ts, "review", "date") || hasWords(ts, "supersedes") ||
		hasWords(ts, "opcs") || hasWords(ts, "icd") || hasWords(ts, "for", "more", "information") || hasWords(ts, "date", "of", "approval") || hasWords(ts, "approved", "by") ||
		hasWords(ts, "effective", "from") || hasWords(ts, "will", "be", "*", "reviewed") || hasWords(ts, "document", "control")
}

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

// conditions parts a sentence where "and" or "or" joins two conditions, each of which could stand alone: it has a
// quantity of its own measure or begins as a condition does. "Head and neck" stays together.
func conditions(ts []token) (parts [][]token, joints []string) {
	found, _ := quantities(ts)
	from := 0
	for i := 1; i < len(ts)-1; i++ {
		joint := ts[i].text
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
	if across(found, ts[i].from) {
		return false // the joint is part of a quantity: "35 or over"
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
	if side, ok := sideOf(whole); ok && !(side == Requires && f.side != Requires) {
		c.Side = side
	}
	var nots []int
	c.Quantities, nots = quantities(ts)
	c.Modality, c.Negated, c.Vague = modality(whole), negation(ts, nots), vague(ts)
	if c.Role != Condition {
		c.Negated = false
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

// roleOf tells statements about the treatment as a whole, and about approval, from those about patients.
func roleOf(ts, whole []token) Role {
	switch {
	case hasWords(ts, "prior", "approval"), hasWords(ts, "prior", "authorisation"), hasWords(ts, "blueteq"), hasWords(ts, "prior", "notification"):
		return Approval
	case (hasWords(whole, "routinely", "commissioned") || hasWords(whole, "routinely", "funded") || hasWords(whole, "not", "commissioned") || hasWords(whole, "not", "funded") ||
		hasWords(whole, "restricted") || hasWords(whole, "routinely", "available")) && len(ts) < 24 && !hasQuantity(ts) && len(ts) == len(whole):
		return Position
	}
	return Condition
}

func hasQuantity(ts []token) bool {
	q, _ := quantities(ts)
	return len(q) > 0
}
