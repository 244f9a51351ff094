package clause

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
		if joint == "," && adds(ts[from:i], ts[i+1:]) && !inParentheses(ts, i) {
			parts, joints = append(parts, trimJoints(ts[from:i])), append(joints, "and")
			from = i + 1
			continue
		}
		if joint == "," && trails(ts[i+1:]) && quantityIn(found, ts[from].from, ts[i].from) != nil && !inParentheses(ts, i) {
			parts, joints = append(parts, trimJoints(ts[from:i])), append(joints, "and")
			from = i + 1
			continue
		}
		if joint == "," && startsCondition(ts[i+1:]) && (!relative(ts[i+1:]) || relativesGoOn(ts[i+1:])) && nextJoint(ts[i+1:]) != "" {
			joint = "and"
			if nextJoint(ts[i+1:]) == "or" {
				joint = "or"
			}
		} else if joint != "and" && joint != "or" {
			continue
		}
		if inParentheses(ts, i) || ts[i+1].is(comparatives) || !splits(ts, from, i, joint, found) {
			continue
		}
		parts, joints = append(parts, trimJoints(ts[from:i])), append(joints, joint)
		from = i + 1
	}
	return append(parts, trimJoints(ts[from:])), joints
}

// comparatives after "or" and "and" belong to a number: "35 or more".
var comparatives = set("more over above greater older worse higher longer larger less fewer under below younger better lower smaller down")

// adds tells whether words after a comma are a condition of their own: "tonsillitis that keeps her from work, with 7
// episodes in a year", "a BMI of 35 or more, which has been stable for a year".
func adds(before, after []token) bool {
	if len(before) < 2 || len(after) < 3 {
		return false
	}
	switch after[0].text {
	case "with":
		return !hasQuantity(before) && (hasCondition(before) || anyWord(before, relatives) || hasWords(before, "that")) && hasQuantity(after)
	case "which":
		return hasQuantity(before)
	}
	return false
}

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

func relative(ts []token) bool {
	return len(ts) > 0 && ts[0].is(relatives) || forWhom(ts)
}

var relatives = set("who where whose with")

func forWhom(ts []token) bool { return len(ts) > 1 && ts[0].text == "for" && ts[1].text == "whom" }

// relativesGoOn tells whether an "and" or "or" joins a further clause of the same kind: "who …, whose …, and for whom …".
func relativesGoOn(ts []token) bool {
	for i := 1; i+1 < len(ts); i++ {
		if (ts[i].text == "and" || ts[i].text == "or") && relative(ts[i+1:]) {
			return true
		}
	}
	return false
}

// nextJoint is the next "and" or "or" between conditions, as which a comma before it joins; "" when there is none.
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
			return i+1 < len(ts) && ts[i+1].is(conditionStarts) || t.text == "who"
		case "for":
			return forWhom(ts[i:])
		}
		return t.is(conditionStarts) && (i == 0 || ts[i-1].text != "the" && ts[i-1].text != "a" && ts[i-1].text != "an" || t.text == "bmi")
	}
	return false
}

func hasCondition(ts []token) bool {
	for _, t := range ts {
		if t.is(conditionStarts) && t.text != "the" && t.text != "patient" && t.text != "patients" {
			return true
		}
	}
	return false
}
