package public

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"concordat/review"
	"concordat/review/clause"
)

// Document is a policy as it is searched.
type Document struct {
	Title      string
	OtherNames []string
	terms      map[string]field // each word and its stem, with the weightiest field that it stands in
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
	for _, c := range chunks(text) {
		words, joined := parts(c)
		for _, w := range words {
			d.term(f, w)
			d.term(f, stem(w))
		}
		if joined != "" {
			d.term(f, joined)
		}
	}
}

func (d *Document) term(f field, w string) {
	if was, ok := d.terms[w]; !ok || f > was {
		d.terms[w] = f
	}
}

// addCode takes a code, or each category of a range such as "C71-C75".
func (d *Document) addCode(code string) {
	d.add(inCode, code)
	if c := strings.TrimSpace(code); len(c) >= 3 {
		d.term(inCode, fold(c[:3])) // "A65.1" is found by its category
	}
	var letter, letter2 byte
	var from, to int
	if n, _ := fmt.Sscanf(strings.ReplaceAll(code, "–", "-"), "%c%d-%c%d", &letter, &from, &letter2, &to); n != 4 || letter != letter2 || to-from > 99 {
		return
	}
	for i := from; i <= to; i++ {
		d.term(inCode, fold(fmt.Sprintf("%c%02d", letter, i)))
	}
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
