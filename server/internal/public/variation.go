package public

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"concordat/review"
	"concordat/review/clause"
	"concordat/review/decision"
	"concordat/web/markdown"
)

// variedHere is the adoption with a variation that counts for the text of an area; nil when there is none, or when it
// cannot be laid over the text that the public reads. area is nil for none.
func (s *Snapshot) variedHere(p *Policy, area *review.Commissioner) *decision.Decision {
	if area == nil {
		return nil
	}
	d := s.decisionOn(p, area)
	if d == nil || d.Outcome != decision.Vary || !fits(d, p.Now.Text()) {
		return nil
	}
	return d
}

// Reading is the text that the public reads as an area reads it; varied tells whether the area has a variation of it. area
// is nil for none.
func (s *Snapshot) Reading(p *Policy, area *review.Commissioner) (text clause.Text, varied bool) {
	d := s.variedHere(p, area)
	return s.joined(p.Now, d).Text, d != nil
}

// decisionOn is the decision by which an area has the text that the public reads: its own, or that of whom it took over.
func (s *Snapshot) decisionOn(p *Policy, area *review.Commissioner) *decision.Decision {
	if st := s.Standing(p, area); st.hasNewest(p) {
		return st.Varied
	}
	return p.decisionOf(area.ID, p.Now)
}

func fits(d *decision.Decision, text clause.Text) bool {
	_, err := d.Overlay.Apply(text)
	return err == nil
}

// joined is an edition's text with the variation of a decision, nil for none. What no longer fits the text is told in
// the table of areas; the text is then as it is elsewhere.
func (s *Snapshot) joined(v *review.Version, d *decision.Decision) decision.Joined {
	if d != nil {
		if j, err := d.Overlay.Apply(v.Text()); err == nil {
			return j
		}
	}
	return decision.Joined{Text: v.Text()}
}

// addBoxes puts into a policy's text a box at each paragraph that an area varied. Of the area whose text it is, nil for
// none, the box says how it reads elsewhere; of the others, how it reads there.
func (s *Snapshot) addBoxes(body *html.Node, p *Policy, here *decision.Decision, joined decision.Joined) error {
	core := p.Now.Text()
	for _, d := range p.variations(p.Now) {
		if here != nil && d.ID == here.ID {
			continue
		}
		for n, c := range slices.Backward(d.Overlay) {
			if at := place(body, core, c); at != nil { // a clause that is gone is told in the table of areas
				if err := s.boxOf(at, d, n, core); err != nil {
					return err
				}
			}
		}
	}
	for _, m := range slices.Backward(joined.Marks) {
		if err := s.boxHere(body, here, core, joined, m); err != nil {
			return err
		}
	}
	return nil
}

// place is the block after which a box about a change of another area stands.
func place(body *html.Node, core clause.Text, c decision.Change) *html.Node {
	i := slices.IndexFunc(core.Clauses, func(x clause.Clause) bool { return x.Anchor == c.Anchor })
	if i < 0 {
		return nil
	}
	if c.Act != decision.Replace {
		i = lastOf(core, i)
	}
	return byID(body, core.Clauses[i].Anchor)
}

// lastOf is the clause with whose block a clause ends, and what hangs from it: the items of a list stand beside the
// paragraph that introduces it, those of an item and the rows of a table stand inside.
func lastOf(t clause.Text, i int) int {
	last := i
	for j, c := range t.Clauses {
		if c.Parent == i && c.Kind == clause.Item && t.Clauses[i].Kind != clause.Item && t.Clauses[i].Kind != clause.Heading {
			last = j
		}
	}
	return last
}

// boxOf says how it reads in another area.
func (s *Snapshot) boxOf(at *html.Node, d *decision.Decision, n int, core clause.Text) error {
	c, name := d.Overlay[n], html.EscapeString(s.placeName(d.Commissioner))
	says := map[decision.Act]string{decision.Replace: "this reads:", decision.Add: "this is added:", decision.LeaveOut: "this does not apply."}[c.Act]
	if c.Act == decision.LeaveOut && strings.Contains(c.Was, "\n") {
		says = c.Cited() + " and what stands under it do not apply."
	}
	words, err := changeHTML(c, core)
	if err != nil {
		return fmt.Errorf("rendering the variation of decision %s: %w", d.ID, err)
	}
	return box(at, false, variationID(d.ID, n), "<p><b>In "+name+"</b> "+html.EscapeString(says)+"</p>"+words+decided(d))
}

// changeHTML is the text of a change; that of a row without the bars.
func changeHTML(c decision.Change, core clause.Text) (string, error) {
	i := slices.IndexFunc(core.Clauses, func(x clause.Clause) bool { return x.Anchor == c.Anchor })
	if i >= 0 && core.Clauses[i].Kind == clause.Row && c.Act != decision.LeaveOut {
		return "<p>" + html.EscapeString(strings.Trim(c.Text, "| ")) + "</p>", nil
	}
	words, err := markdown.Render(c.Text)
	return string(words), err
}

// boxHere says of the area whose text it is how it reads elsewhere.
func (s *Snapshot) boxHere(body *html.Node, d *decision.Decision, core clause.Text, joined decision.Joined, m decision.Mark) error {
	c, name, id := d.Overlay[m.Change], html.EscapeString(s.placeName(d.Commissioner)), variationID(d.ID, m.Change)
	was := elsewhere(core, m.Core, c.Act)
	switch c.Act {
	case decision.Replace:
		return box(last(body, joined, m), false, id, "<p><b>As varied in "+name+".</b> Elsewhere this reads:</p>"+was+decided(d))
	case decision.Add:
		for i := m.From; i < m.To; i++ {
			indent(byID(body, joined.Text.Clauses[i].Anchor))
		}
		return box(last(body, joined, m), false, id, "<p><b>Added in "+name+".</b></p>"+decided(d))
	}
	at, before := beside(body, core, joined, m)
	return box(at, before, id, "<p><b>Left out in "+name+".</b> Elsewhere "+html.EscapeString(c.Cited())+" reads:</p>"+was+decided(d))
}

// indent puts a block without a number into the column of those that have one.
func indent(at *html.Node) {
	if at == nil || at.DataAtom != atom.Div || attribute(at, "class") != "" {
		return
	}
	text := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	for c := at.FirstChild; c != nil; c = at.FirstChild {
		at.RemoveChild(c)
		text.AppendChild(c)
	}
	at.Attr = append(at.Attr, html.Attribute{Key: "class", Val: "app-clause"})
	at.AppendChild(&html.Node{Type: html.ElementNode, Data: "span", DataAtom: atom.Span})
	at.AppendChild(text)
}

// last is the block that a change's text ends with, of those that stand by themselves.
func last(body *html.Node, joined decision.Joined, m decision.Mark) *html.Node {
	for i := m.To - 1; i >= m.From; i-- {
		if at := byID(body, joined.Text.Clauses[i].Anchor); at != nil {
			return at
		}
	}
	return nil
}

// beside is where something was left out: before what follows it, if that belongs to the same paragraph or heading, or
// else after what stands before it.
func beside(body *html.Node, core clause.Text, joined decision.Joined, m decision.Mark) (at *html.Node, before bool) {
	list := joined.Text.Clauses
	if m.From < len(list) && parentAnchor(joined.Text, m.From) == parentAnchor(core, m.Core) {
		if at = byID(body, list[m.From].Anchor); at != nil {
			return at, true
		}
	}
	parent := parentAnchor(core, m.Core)
	for i := m.From - 1; i >= 0; i-- {
		if parentAnchor(joined.Text, i) == parent || list[i].Anchor == parent {
			return byID(body, list[lastOf(joined.Text, i)].Anchor), false
		}
	}
	return nil, false
}

func parentAnchor(t clause.Text, i int) string {
	if p := t.Clauses[i].Parent; p >= 0 {
		return t.Clauses[p].Anchor
	}
	return ""
}

// elsewhere are the words of the version that a change is about.
func elsewhere(core clause.Text, i int, act decision.Act) string {
	var out strings.Builder
	for n, words := range strings.Split(decision.CoreWords(core, i, act), "\n") {
		if n == 0 || words != "" {
			out.WriteString("<p>" + html.EscapeString(words) + "</p>")
		}
	}
	return out.String()
}

func decided(d *decision.Decision) string {
	if d.DecidedOn == 0 {
		return ""
	}
	return "<p>Decided on " + d.DecidedOn.Words() + ".</p>"
}

// insideTables are the blocks beside which no box can stand: it stands beside what is around them.
var insideTables = []atom.Atom{atom.Tr, atom.Tbody, atom.Thead, atom.Table, atom.Dt, atom.Dd}

// box puts a box after a block, or before it. Without a block it stands nowhere.
func box(at *html.Node, before bool, id, inside string) error {
	if at == nil {
		return nil
	}
	div := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div,
		Attr: []html.Attribute{{Key: "class", Val: "app-variation"}, {Key: "id", Val: id}}}
	if err := fill(div, inside); err != nil {
		return err
	}
	for slices.Contains(insideTables, at.DataAtom) && at.Parent.Parent != nil {
		at, before = at.Parent, false
	}
	if !before {
		at.Parent.InsertBefore(div, at.NextSibling)
		return nil
	}
	at.Parent.InsertBefore(div, at)
	return nil
}

// variationID is the id of the box about a change.
func variationID(decision string, change int) string {
	return "variation-" + strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, decision) + "-" + strconv.Itoa(change)
}
