package public

import (
	"strings"

	"concordat/review"
	"concordat/review/clause"
	"concordat/review/record"
	"concordat/web/markdown"
	"concordat/web/view"
)

// Said is an answer to "what applies", in words.
type Said struct {
	Heading string
	Lines   []Sentence
}

// Say answers in words which text applies in an area to a patient referred on one day and treated on another, and what
// was adopted besides and waits for a date.
func (s *Snapshot) Say(p *Policy, area *review.Commissioner, referred, treated record.Date) Said {
	a := s.Applies(p.ID, area.ID, referred, treated)
	out := s.sayAnswer(p, area, a, referred, treated)
	for _, w := range s.awaited(a) {
		out.Lines = append(out.Lines, Sentence{Text: "Adopted, and waiting for a date: ",
			Link:  view.Link{Text: w.version.Title + ", version " + w.version.Number.String(), Href: w.policy.versionHref(w.version)},
			After: ". It starts with “" + w.Event + "”. That date is not known yet."})
	}
	return out
}

func (s *Snapshot) sayAnswer(p *Policy, area *review.Commissioner, a review.Answer, referred, treated record.Date) Said {
	who := "For a patient of " + area.Short + ", referred on " + referred.Words() + " and treated on " + treated.Words()
	out := Said{Lines: []Sentence{{Text: p.Now.Title + ". " + who + "."}}}
	switch {
	case a.Outcome == review.AskWhere:
		out.Heading = "It depends on the place"
		out.Lines = append(out.Lines, Sentence{Text: a.Missing + "."})
		for _, id := range a.Choose {
			if c := s.places[id]; c != nil {
				out.Lines = append(out.Lines, Sentence{Link: view.Link{Text: c.Short, Href: p.href() + "?area=" + c.Slug}})
			}
		}
		return out
	case a.Outcome != review.TextApplies:
		out.Heading = "No text applies"
		out.Lines = append(out.Lines, Sentence{Text: a.Missing + "."})
		return out
	}
	return s.sayText(p, area, a, out)
}

func (s *Snapshot) sayText(p *Policy, area *review.Commissioner, a review.Answer, out Said) Said {
	text := s.textSentence(p, a)
	name := text.Text + text.Link.Text
	if by := s.all[a.Interval.Text.Policy]; by != nil {
		if v := by.Corrected(a.Interval.Text.Version); v != nil {
			name = v.Title + ", version " + v.Number.String()
		}
	}
	switch {
	case a.Interval.Text.Local != "" && text.Link.Href == "":
		out.Heading = area.Short + " has " + name
	case strings.Contains(name, ", "):
		out.Heading = name + ", applies"
	default:
		out.Heading = strings.ToUpper(name[:1]) + name[1:] + " applies"
	}
	if text.Link.Href != "" {
		out.Lines = append(out.Lines, Sentence{Link: view.Link{Text: "Read " + name, Href: text.Link.Href}})
	}
	out.Lines = append(out.Lines, s.sayPosition(p, a)...)
	if x := a.Interval; x.From > review.SinceRecords {
		line := x.Rule.Words() + " " + x.From.Words()
		if x.To != 0 {
			line += ", until " + x.To.AddDays(-1).Words()
		}
		out.Lines = append(out.Lines, Sentence{Text: line + "."})
	}
	if a.Area != area.ID {
		out.Lines = append(out.Lines, Sentence{Text: "Decided by " + s.placeName(a.Area) + "."})
	}
	return out
}

// sayPosition says the position of the text that applies, and where the area varied it.
func (s *Snapshot) sayPosition(p *Policy, a review.Answer) []Sentence {
	if l := p.locals[a.Interval.Text.Local]; l != nil && l.Position != "" {
		return []Sentence{{Text: "Position: " + l.Position.Plain() + "."}}
	}
	by := s.all[a.Interval.Text.Policy]
	if by == nil {
		return nil
	}
	v := by.Corrected(a.Interval.Text.Version)
	if v == nil {
		return nil
	}
	var out []Sentence
	if pos, ok := v.Position(); ok {
		out = append(out, Sentence{Text: "Position: " + pos.Plain() + "."})
	}
	for _, t := range treatments(v) {
		out = append(out, Sentence{Text: t.Name + ": " + t.Position + "."})
	}
	if d := by.varied(a.Interval.Source.ID); d != nil {
		out = append(out, Sentence{Text: "With a variation at paragraph " + d.Variation.Label + ": “" + plainWords(d.Variation.Text) + "”"})
	}
	return out
}

// awaited is a public text that was adopted and starts with an event whose date is not known.
type awaited struct {
	review.Pending
	policy  *Policy
	version *review.Version
}

func (s *Snapshot) awaited(a review.Answer) []awaited {
	var out []awaited
	for _, w := range a.Waiting {
		if by := s.all[w.Text.Policy]; by != nil {
			if v := by.Corrected(w.Text.Version); v != nil {
				out = append(out, awaited{w, by, v})
			}
		}
	}
	return out
}

// TextLink leads to the text that an answer gives; empty when that has no page.
func (s *Snapshot) TextLink(p *Policy, a review.Answer) view.Link { return s.textSentence(p, a).Link }

// AllAreas are all areas that there ever were, by name: a patient may have been referred before one ended.
func (s *Snapshot) AllAreas() []*review.Commissioner { return s.areas }

// Where is the table of areas.
func (s *Snapshot) Where(p *Policy) []AreaRow { return s.areaRows(p, s.Standings(p), "") }

// Period says when a commissioner's own policy applied.
func (s *Snapshot) Period(p *Policy, l *review.LocalPolicy) string { return s.localPeriod(p, l) }

// Text is one of the texts that can be compared.
type Text struct {
	Key, Name string
	clauses   func() clause.Text
}

// Clauses are the text.
func (t Text) Clauses() clause.Text { return t.clauses() }

// Texts are a policy's editions, newest first, and the commissioners' own policies.
func (s *Snapshot) Texts(p *Policy) []Text {
	var out []Text
	for _, v := range p.Editions {
		out = append(out, Text{Key: "v" + v.Number.String(), Name: "Version " + v.Number.String(), clauses: v.Text})
	}
	for _, l := range p.ownTexts(s, nil) {
		out = append(out, Text{Key: "local:" + l.ID, Name: s.localName(l), clauses: func() clause.Text { return clause.Parse(l.Markdown) }})
	}
	return out
}

// Numbered renders a text with the numbers that follow from its structure.
func Numbered(t clause.Text) (view.HTML, error) {
	var paragraphs []markdown.Paragraph
	for i, c := range t.Clauses {
		if c.Number != "" {
			paragraphs = append(paragraphs, markdown.Paragraph{Offset: c.Offset, Anchor: anchorAt(i), Number: c.Number, Label: c.Label})
		}
	}
	html, err := markdown.RenderNumbered(t.Markdown, paragraphs)
	return view.HTML(html), err
}
