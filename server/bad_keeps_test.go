package main

import (
	"html"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// keeps looks whether a refusal says what to do, and whether everything that was typed is still in the page.
func (a *attack) keeps(got got, v url.Values, about string) {
	a.t.Helper()
	if got.status < 400 || got.status == http.StatusRequestEntityTooLarge || got.status == http.StatusNotFound {
		return
	}
	p := readPage(a.form.page, got.body)
	if got.status == http.StatusUnprocessableEntity && len(p.summary) == 0 && slices.ContainsFunc(a.form.fields, webField.typed) {
		a.t.Errorf("%s: 422 without an error summary: %s", about, told(got.body))
	}
	for _, to := range p.summary {
		if !p.ids[strings.TrimPrefix(to, "#")] {
			a.t.Errorf("%s: the error summary leads to %s, which is not in the page", about, to)
		}
	}
	if len(p.summary) > 0 && p.messages == 0 && !slices.Contains(p.summary, "#form") && !slices.Contains(p.summary, "#maincontent") {
		a.t.Errorf("%s: no message beside the field: %s", about, told(got.body))
	}
	back := url.Values{}
	for _, f := range p.forms {
		for name, values := range f.values() {
			back[name] = append(back[name], values...)
		}
	}
	loose := got.status == http.StatusConflict && len(p.summary) == 0 // words are given back to be copied
	for _, f := range a.form.fields {
		typed := v.Get(f.name)
		if loose && (!strings.Contains(typed, " ") || strings.Contains(got.body, html.EscapeString(strings.ToValidUTF8(typed, "")[:min(len(typed), 40)]))) {
			continue
		}
		if f.typed() && typed != "" && len(typed) < 10<<10 && !slices.ContainsFunc(back[f.name], func(s string) bool { return unmended(s) == unmended(typed) }) {
			a.t.Errorf("%s: %d, and what was typed as %s is lost (%.40q came back)", about, got.status, f.name, back.Get(f.name))
			return
		}
	}
}

// unmended leaves out what a form may mend in what was typed.
func unmended(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.NewReplacer("\x00", "", "\uFFFD", "").Replace(s)
	return strings.Join(strings.Fields(strings.ToLower(s)), "")
}
