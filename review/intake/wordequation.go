package intake

import "strings"

// math writes an equation of Word on the line.
func (w *wordReader) math(n *node, l look, out *[]run) {
	e := &wordEquation{}
	before := tailOf(*out)
	text := shift{before: before}.alone(strings.TrimSpace(e.row(n.kids)))
	if text == "" {
		return
	}
	if told := e.told(); told != "" && !w.silent() {
		w.losses.add(told + ": " + quote(before, text, ""))
	}
	if e.deleted {
		w.losses.add(trackedDeletion)
	}
	w.addText(text, l, "", apart, out)
}

// A wordEquation writes an equation of Office's mathematics (ECMA-376 part 1, section 22.1).
type wordEquation struct {
	equation
	deleted bool
}

func (e *wordEquation) row(nodes []*node) string {
	var t terms
	for _, n := range nodes {
		t.add(e.term(n), n.name != "r" && n.name != "t")
	}
	return t.text
}

func (e *wordEquation) of(n *node, name string) string {
	if c := n.child(name); c != nil {
		return strings.TrimSpace(e.row(c.kids))
	}
	return ""
}

func (e *wordEquation) term(n *node) string {
	switch n.name {
	case "t":
		return n.text
	case "sym":
		return signOf(n)
	case "f":
		if n.first("fPr", "type").val() == "noBar" {
			return e.over(e.of(n, "num"), e.of(n, "den"))
		}
		return e.fraction(e.of(n, "num"), e.of(n, "den"))
	case "sSup":
		return e.raised(e.of(n, "e"), e.of(n, "sup"))
	case "sSub":
		return e.lowered(e.of(n, "e"), e.of(n, "sub"))
	case "sSubSup":
		return e.raised(e.lowered(e.of(n, "e"), e.of(n, "sub")), e.of(n, "sup"))
	case "sPre":
		e.strange = true
		return e.of(n, "sup") + " " + e.of(n, "sub") + " " + e.of(n, "e")
	case "rad":
		return e.root(e.of(n, "deg"), e.of(n, "e"))
	case "d":
		return e.delimited(n)
	case "nary":
		return e.limits(charOf(n.first("naryPr", "chr"), "∫"), e.of(n, "sub"), e.of(n, "sup")) + grouped(e.of(n, "e"))
	case "func":
		return e.of(n, "fName") + " " + grouped(e.of(n, "e"))
	case "eqArr":
		return e.rows(n.all("e"))
	case "m":
		return e.rows(n.all("mr"))
	case "del", "moveFrom":
		e.deleted = true
		return ""
	case "oMath", "oMathPara", "r", "e", "box", "ins", "moveTo", "sdt", "sdtContent", "smartTag", "hyperlink", "mr":
		return e.row(n.kids)
	}
	if strings.HasSuffix(n.name, "Pr") {
		return ""
	}
	e.strange = e.strange || strings.TrimSpace(allText(n)) != ""
	return e.row(n.kids)
}

func (e *wordEquation) delimited(n *node) string {
	pr := n.child("dPr")
	var parts []string
	for _, c := range n.all("e") {
		parts = append(parts, e.row(c.kids))
	}
	return charOf(pr.first("begChr"), "(") + strings.Join(parts, charOf(pr.first("sepChr"), "|")) + charOf(pr.first("endChr"), ")")
}

func (e *wordEquation) rows(nodes []*node) string {
	e.strange = true
	var parts []string
	for _, c := range nodes {
		parts = append(parts, e.row(c.kids))
	}
	return strings.Join(parts, "; ")
}

// charOf is the character that a property names, "" where it says that there is none.
func charOf(n *node, otherwise string) string {
	if n == nil {
		return otherwise
	}
	return n.val()
}
