package clause

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
	if overlooks(ts, c.Quantities) {
		c.Doubt = "a number of it was not understood"
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
		if t.is(approvalWords) && (negatedBefore(ts, i, 3) || hasWords(ts[i:], ":", "no") || hasWords(ts[i:], "not", "*", "needed") || hasWords(ts[i:], "not", "*", "required")) {
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
