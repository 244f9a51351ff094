package public

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"concordat/review"
	"concordat/review/clause"
)

// Document is a policy as it is searched.
type Document struct {
	Title      string
	OtherNames []string
	terms      map[string]field // each word and its stem, with the weightiest field that it stands in

	// The terms of what names it. A question is about this policy when its title, one of its other names and one of
	// its treatments have all that was asked for.
	own        []string // of the title, the reference and the codes
	names      [][]string
	treatments [][]string // each with what it is for
	specialty  []string
}

// field is where a word stands. A weightier field always comes first in the results.
type field uint8

const (
	inText field = iota
	inSpecialty
	inTreatment
	inName
	inCode
	inTitle
)

var weights = [...]float64{inText: 1, inSpecialty: 10, inTreatment: 30, inName: 60, inCode: 80, inTitle: 100}

// NewDocument reads the words of a policy.
func NewDocument(title string, otherNames []string) *Document {
	d := &Document{Title: title, OtherNames: otherNames, terms: map[string]field{}}
	d.add(inTitle, title)
	for _, n := range otherNames {
		d.add(inName, n)
	}
	return d
}

func (d *Document) add(f field, text string) {
	list := termsOf(text)
	for _, t := range list {
		d.term(f, t)
	}
	switch f {
	case inTitle:
		d.own = append(d.own, list...)
	case inName:
		d.names = append(d.names, list)
	case inTreatment:
		d.treatments = append(d.treatments, list)
	case inSpecialty:
		d.specialty = append(d.specialty, list...)
	}
}

// termsOf are the words of a text with their stems.
func termsOf(text string) []string {
	var out []string
	for _, c := range chunks(text) {
		words, joined := parts(c)
		for _, w := range words {
			out = append(out, w, stem(w))
		}
		if joined != "" {
			out = append(out, joined)
		}
	}
	return out
}

func (d *Document) term(f field, w string) {
	if was, ok := d.terms[w]; !ok || f > was {
		d.terms[w] = f
	}
}

// wholeCategory ends the term of a category of codes that the policy has as a whole. Nobody can type it.
const wholeCategory = "-"

var codeRange = regexp.MustCompile(`^([a-z])([0-9]{2})(?:\.([0-9]))?[-–]([a-z])([0-9]{2})(?:\.([0-9]))?$`)

// addCode takes a code, or all of a range such as "C71-C75" or "F34.1-F34.9".
func (d *Document) addCode(code string) {
	d.add(inCode, code)
	c := fold(strings.ReplaceAll(code, " ", ""))
	for _, x := range codesIn(c) {
		d.term(inCode, x)
		d.own = append(d.own, x)
		if len(x) == 3 {
			d.term(inCode, x+wholeCategory)
			d.own = append(d.own, x+wholeCategory)
		}
	}
	if len(c) >= 3 {
		d.term(inCode, c[:3]) // "A65.4" finds what has "A65.1", as something near
	}
}

// codesIn are the codes of a range, or the one that it is, without their points.
func codesIn(c string) []string {
	m := codeRange.FindStringSubmatch(c)
	if m == nil || m[1] != m[4] || (m[3] == "") != (m[6] == "") || m[3] != "" && m[2] != m[5] {
		return []string{strings.ReplaceAll(c, ".", "")}
	}
	from, _ := strconv.Atoi(m[2] + m[3]) // digits, as the pattern has them
	to, _ := strconv.Atoi(m[5] + m[6])
	var out []string
	for i := from; i <= to; i++ {
		out = append(out, fmt.Sprintf("%s%0*d", m[1], len(m[2]+m[3]), i))
	}
	return out
}

// documents are the policies as they are searched, in their order.
func documents(list []*Policy) []*Document {
	out := make([]*Document, len(list))
	for i, p := range list {
		out[i] = p.document(p.Now)
	}
	return out
}

// document is made once for each text and kept with the facts: reading all words is most of the work.
func (p *policyFacts) document(v *review.Version) *Document {
	p.reading.Lock()
	defer p.reading.Unlock()
	if d := p.documents[v.Number]; d != nil {
		return d
	}
	d := NewDocument(v.Title, v.OtherNames)
	d.add(inTitle, v.Reference)
	d.add(inSpecialty, v.Specialty)
	for _, x := range v.Interventions {
		d.add(inTreatment, x.Name+" "+x.Indication)
		for _, c := range append(slices.Clone(x.Codes.OPCS4), x.Codes.ICD10...) {
			d.addCode(c)
		}
	}
	for _, c := range clause.Parse(v.Markdown()).Clauses {
		d.add(inText, c.Words)
	}
	if p.documents == nil {
		p.documents = map[review.Number]*Document{}
	}
	p.documents[v.Number] = d
	return d
}

// Index finds documents by words. It is never changed, so many may search at once.
type Index struct {
	docs  []*Document
	terms []string // sorted
	posts [][]posting
}

type posting struct {
	doc int
	in  field
}

// NewIndex makes an index of documents, which it names by their places in the list.
func NewIndex(docs []*Document) *Index {
	posts := map[string][]posting{}
	for i, d := range docs {
		for t, f := range d.terms {
			posts[t] = append(posts[t], posting{i, f})
		}
	}
	x := &Index{docs: docs, terms: slices.Sorted(maps.Keys(posts))}
	x.posts = make([][]posting, len(x.terms))
	for i, t := range x.terms {
		x.posts[i] = posts[t]
	}
	return x
}
