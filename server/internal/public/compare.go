package public

import (
	"slices"
	"strings"

	"concordat/review"
	"concordat/review/clause"
	"concordat/review/decision"
)

// Text is one of the texts that can be compared.
type Text struct {
	Key, Name string
	page      string // address where it can be read, "" where it cannot be by itself
	clauses   func() clause.Text
	stranger  bool // its anchors are not the policy's: they name its own paragraphs only
}

// Read gives the text as it is compared, and the address of each of its clauses by index; "" where no link leads. A
// stranger is compared without its anchors, for they count alike and would pair it with what is something else.
func (t Text) Read() (text clause.Text, at func(int) string) {
	text = t.clauses()
	anchors := clause.Anchors(text)
	if t.stranger {
		text = clause.Parse(text.Markdown)
	}
	return text, func(i int) string {
		if t.page == "" || anchors[i] == "" {
			return ""
		}
		return t.page + "#" + anchors[i]
	}
}

// Texts are a policy's editions, newest first, then the joined texts of the areas that adopted one with a variation, and
// the commissioners' own policies that outsiders may read.
func (s *Snapshot) Texts(p *Policy) []Text { return s.texts(p, nil) }

// texts are those that Texts gives of one area, nil for all.
func (s *Snapshot) texts(p *Policy, area *review.Commissioner) []Text {
	var out, varied []Text
	for _, v := range p.Editions {
		out = append(out, Text{Key: editionKey(v), Name: "Version " + v.Number.String(), page: p.href() + "/versions/" + v.Number.String(), clauses: v.Text})
		varied = append(varied, s.variedTexts(p, v, area)...)
	}
	out = append(out, varied...)
	for _, l := range p.ownTexts(s, area) {
		if l.Readable() {
			out = append(out, Text{Key: "local:" + l.ID, Name: s.localName(l), page: localHref(l), clauses: l.Text, stranger: true})
		}
	}
	return out
}

// variedTexts are an edition's text as areas read it that adopted it with a variation, by area. What cannot be laid over
// the text is left out.
func (s *Snapshot) variedTexts(p *Policy, v *review.Version, area *review.Commissioner) []Text {
	var out []Text
	here := s.variedHere(p, area)
	for _, d := range p.variations(v) {
		if area != nil && (here == nil || here.ID != d.ID) {
			continue
		}
		if joined, err := d.Overlay.Apply(v.Text()); err == nil {
			out = append(out, Text{Key: variedKey(v, d), Name: "Version " + v.Number.String() + " as varied in " + s.placeName(d.Commissioner), clauses: func() clause.Text { return joined.Text }})
		}
	}
	slices.SortFunc(out, func(a, b Text) int { return strings.Compare(a.Name, b.Name) })
	return out
}

func editionKey(v *review.Version) string { return "v" + v.Number.String() }

func variedKey(v *review.Version, d *decision.Decision) string {
	return editionKey(v) + ":" + d.Commissioner
}

// compareHref is the address at which two texts are compared.
func (p *Policy) compareHref(from, to string) string {
	return p.href() + "/compare?from=" + from + "&to=" + to
}

// Compared are the places in texts of the two that are compared unless somebody chooses: the text before the newest with
// the newest or, where there is none, the newest with how an area varied it.
func (p *Policy) Compared(texts []Text) (from, to int) {
	switch {
	case len(texts) == 1:
		return 0, 0
	case strings.HasPrefix(texts[1].Key, editionKey(p.Now)+":"):
		return 0, 1
	}
	return 1, 0
}

// addCompare lists what can be compared; beforehand what Compared says or, in an area with a variation, the newest text
// with what it reads.
func (s *Snapshot) addCompare(x *policyPage, p *Policy, area *review.Commissioner) {
	texts := s.texts(p, area)
	from, to := p.Compared(texts)
	if d := s.variedHere(p, area); d != nil {
		from, to = 0, slices.IndexFunc(texts, func(t Text) bool { return t.Key == variedKey(p.Now, d) })
	}
	if len(texts) > 1 {
		x.CompareOld, x.CompareNew = compareOptions(texts, from), compareOptions(texts, to)
	}
}

func compareOptions(texts []Text, chosen int) (out []compareOption) {
	for i, t := range texts {
		out = append(out, compareOption{Value: t.Key, Text: t.Name, Chosen: i == chosen})
	}
	return out
}
