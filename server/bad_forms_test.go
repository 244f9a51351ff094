package main

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// webForm is a form as a browser reads it out of a page.
type webForm struct {
	page, action string
	fields       []webField
	buttons      []webField
}

// webField is something that a form sends.
type webField struct {
	name, kind string // kind is the input's type, "textarea" or "select"
	value      string
	on         bool // a box that is ticked
	offered    []string
}

func (x webField) box() bool { return x.kind == "checkbox" || x.kind == "radio" }

// typed tells whether people write into it.
func (x webField) typed() bool {
	return x.kind == "text" || x.kind == "textarea" || x.kind == "email" || x.kind == "tel" || x.kind == "url" || x.kind == "search" || x.kind == "number"
}

// values are what a browser would send.
func (f webForm) values() url.Values {
	v := url.Values{}
	for _, x := range f.fields {
		if x.kind != "file" && (!x.box() || x.on) {
			v.Add(x.name, x.value)
		}
	}
	return v
}

// filled are the values with something plausible wherever nothing is given.
func (f webForm) filled() url.Values {
	v, given := f.values(), map[string]bool{}
	for _, x := range f.fields {
		if x.typed() && v.Get(x.name) != "" {
			given[numbers.ReplaceAllString(x.name, "#")] = true // of lines that are alike, one with words is enough
		}
	}
	for _, x := range f.fields {
		if v.Get(x.name) != "" || given[numbers.ReplaceAllString(x.name, "#")] {
			continue
		}
		switch {
		case strings.HasSuffix(x.name, "-day"):
			v.Set(x.name, "9")
		case strings.HasSuffix(x.name, "-month"):
			v.Set(x.name, "2")
		case strings.HasSuffix(x.name, "-year"):
			v.Set(x.name, "2027")
		case x.kind == "password":
			v.Set(x.name, testPassphrase)
		case x.kind == "email":
			v.Set(x.name, "some.body@example.org")
		case x.name == "short":
			v.Set(x.name, "Newplace")
		case x.kind == "url", strings.HasSuffix(x.name, "-url"):
			v.Set(x.name, "https://example.org/words")
		case x.typed() && !optional(x.name):
			v.Set(x.name, "Words that are new")
		case x.kind == "radio", x.kind == "checkbox":
			v.Set(x.name, x.value)
		case x.kind == "select" && len(x.offered) > 1 && !optional(x.name):
			v.Set(x.name, x.offered[1])
		}
	}
	return v
}

// optional names fields that a plausible form leaves empty: codes have a shape of their own, and what one place
// decided otherwise needs more fields.
func optional(name string) bool {
	return slices.ContainsFunc([]string{"opcs4", "icd10", "-c", "event", "m1-", "m2-", "m3-"}, func(s string) bool { return strings.Contains(name, s) })
}

func (f webForm) field(name string) (webField, bool) {
	i := slices.IndexFunc(f.fields, func(x webField) bool { return x.name == name })
	if i < 0 {
		return webField{}, false
	}
	return f.fields[i], true
}

// webPage is a page as far as the tests look at it.
type webPage struct {
	forms    []webForm // those that post
	links    []string
	ids      map[string]bool
	summary  []string // where the links of the error summary lead
	messages int      // beside fields
}

func readPage(address, body string) webPage {
	p := webPage{ids: map[string]bool{}}
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		return p
	}
	p.read(root, address, nil)
	return p
}

func (p *webPage) read(n *html.Node, address string, within *webForm) {
	if n.Type == html.ElementNode {
		p.ids[attr(n, "id")] = true
		class := attr(n, "class")
		switch {
		case n.DataAtom == atom.A:
			p.links = append(p.links, attr(n, "href"))
		case strings.Contains(class, "nhsuk-error-summary") && !strings.Contains(class, "__"):
			p.summary = hrefs(n)
		case strings.Contains(class, "nhsuk-error-message"):
			p.messages++
		case n.DataAtom == atom.Form && strings.EqualFold(attr(n, "method"), "post"):
			within = &webForm{page: address, action: attr(n, "action")}
			if within.action == "" {
				within.action, _, _ = strings.Cut(address, "?")
			}
		case within != nil:
			within.read(n)
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.read(c, address, within)
	}
	if n.DataAtom == atom.Form && within != nil {
		p.forms = append(p.forms, *within)
	}
}

func (f *webForm) read(n *html.Node) {
	x := webField{name: attr(n, "name"), value: attr(n, "value")}
	switch n.DataAtom {
	case atom.Input:
		x.kind = attr(n, "type")
		if x.kind == "" {
			x.kind = "text"
		}
		x.on = has(n, "checked")
		if x.box() && !has(n, "value") {
			x.value = "on"
		}
	case atom.Textarea:
		x.kind, x.value = "textarea", words(n)
	case atom.Select:
		x.kind = "select"
		x.offered, x.value = options(n)
	case atom.Button:
		x.kind = "button"
		f.buttons = append(f.buttons, x)
		return
	default:
		return
	}
	if has(n, "readonly") {
		x.kind = "readonly"
	}
	if x.name != "" {
		f.fields = append(f.fields, x)
	}
}

// options are what a list of choices offers, and what is chosen in it.
func options(list *html.Node) (offered []string, chosen string) {
	for c := range list.Descendants() {
		if c.DataAtom != atom.Option {
			continue
		}
		offered = append(offered, attr(c, "value"))
		if has(c, "selected") || len(offered) == 1 {
			chosen = attr(c, "value")
		}
	}
	return offered, chosen
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

func words(n *html.Node) string {
	var s strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			s.WriteString(c.Data)
		}
	}
	return s.String()
}

func hrefs(n *html.Node) (out []string) {
	for c := range n.Descendants() {
		if c.DataAtom == atom.A {
			out = append(out, attr(c, "href"))
		}
	}
	return out
}
