package public

import (
	"html/template"
	"slices"
	"strings"

	"concordat/review"
	"concordat/review/record"
	"concordat/web/view"
)

// addVersions lists the texts that were, and what can be compared.
func (s *Snapshot) addVersions(x *policyPage, p *Policy, area *review.Commissioner) {
	for i, v := range p.Editions {
		x.Editions = append(x.Editions, editionRow{Link: view.Link{Text: "Version " + v.Number.String(), Href: p.href() + "/versions/" + v.Number.String()},
			Value: editionLine(v, i == 0)})
	}
	s.addCompare(x, p, area)
	if area == nil {
		return
	}
	for _, l := range p.ownTexts(s, area) {
		x.Editions = append(x.Editions, editionRow{Link: view.Link{Text: s.localName(l), Href: localHref(l)}, Value: s.localPeriod(p, l)})
	}
}

// editionLine is "Issued on 1 January 2027. What changed".
func editionLine(v *review.Version, newest bool) string {
	line := "Issued on " + record.DateOf(v.Issued).Words()
	if newest {
		line += ", the newest"
	}
	if !v.Corrects.Zero() {
		return line + ". Corrects the wording of version " + v.Corrects.String()
	}
	return line + ". " + strings.TrimSuffix(v.Note, ".")
}

// ownTexts are the commissioners' own policies with a text: the area's, or all when none is chosen. By area and date.
func (p *Policy) ownTexts(s *Snapshot, area *review.Commissioner) []*review.LocalPolicy {
	var out []*review.LocalPolicy
	for _, l := range p.locals {
		if l.Without == review.HasPolicy && (area == nil || l.Commissioner == area.ID) {
			out = append(out, l)
		}
	}
	slices.SortFunc(out, func(a, b *review.LocalPolicy) int {
		if c := strings.Compare(s.placeName(a.Commissioner), s.placeName(b.Commissioner)); c != 0 {
			return c
		}
		return int(b.Effective) - int(a.Effective)
	})
	return out
}

// localPeriod is when a commissioner's own policy applied, by its register.
func (s *Snapshot) localPeriod(p *Policy, l *review.LocalPolicy) string {
	r := p.registers[l.Commissioner]
	if r == nil {
		return ""
	}
	for _, x := range r.Intervals {
		if x.Text.Local != l.ID {
			continue
		}
		from := "From " + x.From.Words()
		if x.From <= review.SinceRecords {
			from = "Since before records"
		}
		switch {
		case x.To == 0:
			return from + ", still applies"
		case x.To > s.Today:
			return from + ", applies until " + x.To.AddDays(-1).Words()
		}
		return from + " to " + x.To.AddDays(-1).Words() + ", replaced"
	}
	return ""
}

// versionPage is one edition of a policy, as it read.
type versionPage struct {
	Frame    view.Frame
	Title    string
	Line     string
	Note     string
	Newest   *view.Link
	Position string
	Where    []Sentence
	Text     template.HTML
	Compare  *view.Link
	Policy   view.Link
}

var versionTemplate = view.Define[versionPage]("public/version.html")

func (l *Library) versionView(s *Snapshot, p *Policy, v *review.Version) (view.Page, error) {
	html, err := l.textOf(p, v)
	if err != nil {
		return view.Page{}, err
	}
	x := versionPage{Frame: l.frame(v.Title+", version "+v.Number.String(), "library"), Title: v.Title, Text: html,
		Line: v.Reference + ", version " + v.Number.String(), Note: editionLine(v, v.Number == p.Now.Number),
		Policy: view.Link{Text: p.Now.Title, Href: p.href()}, Where: s.whereVersion(p, v)}
	if pos, ok := v.Position(); ok {
		x.Position = pos.Words()
	}
	x.Frame.Crumbs = append(l.crumbs(p.Now), x.Policy)
	x.Frame.NoIndex = true // the policy's own page is the one to find
	if v.Number != p.Now.Number {
		x.Newest = &view.Link{Text: "version " + p.Now.Number.String(), Href: p.href()}
		x.Compare = &view.Link{Text: "What is different in version " + p.Now.Number.String(),
			Href: p.compareHref(editionKey(v), editionKey(p.Now))}
	}
	return versionTemplate.Page(x), nil
}

func (l *Library) textOf(p *Policy, v *review.Version) (template.HTML, error) {
	if v.Number == p.Now.Number {
		return template.HTML(p.HTML), nil
	}
	html, err := l.Renderer.Render(v.Text())
	return template.HTML(html), err
}

// whereVersion says where and when an edition applies or applied, one line for each period.
func (s *Snapshot) whereVersion(p *Policy, v *review.Version) []Sentence {
	type period struct {
		from, to record.Date
		rule     review.ReferralRule
	}
	places := map[period][]string{}
	var order []period
	for _, c := range s.areas {
		r := p.registers[c.ID]
		if r == nil {
			continue
		}
		for _, x := range r.Intervals {
			if x.Text.Policy != p.ID || x.Text.Version != root(v.Mark) {
				continue
			}
			k := period{x.From, x.To, x.Rule}
			if places[k] == nil {
				order = append(order, k)
			}
			places[k] = append(places[k], c.Short)
		}
	}
	slices.SortStableFunc(order, func(a, b period) int { return int(a.from) - int(b.from) })
	var out []Sentence
	for _, k := range order {
		text := k.rule.Words() + " " + k.from.Words()
		if k.to != 0 {
			text += ", until " + k.to.AddDays(-1).Words()
		}
		out = append(out, Sentence{Text: text + ": " + listed(places[k]) + "."})
	}
	return out
}
