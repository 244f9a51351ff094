package public

import (
	"concordat/review"
	"concordat/review/clause"
	"concordat/review/decision"
	"concordat/review/record"
	"concordat/server/internal/services"
	"concordat/web/markdown"
	"concordat/web/view"
)

// Said is an answer to "what applies", in words.
type Said struct {
	Heading string
	Lines   []Sentence
}

// Say puts the answer for a patient referred on one day and treated on another into words.
func (s *Snapshot) Say(r Reply, referred, treated record.Date) Said {
	who := "For a patient of " + r.Area.Short + ", referred on " + referred.Words() + " and treated on " + treated.Words()
	out := Said{Heading: r.heading(), Lines: []Sentence{{Text: r.Policy.Now.Title + ". " + who + "."}}}
	out.Lines = append(out.Lines, r.lines()...)
	for _, place := range r.Places {
		out.Lines = append(out.Lines, Sentence{Text: "For patients of " + place.Area.Short + ": " + place.heading() + "."})
		out.Lines = append(out.Lines, place.lines()...)
	}
	for _, w := range r.Waiting {
		out.Lines = append(out.Lines, Sentence{Text: "Adopted, and waiting for a date: ",
			Link:  view.Link{Text: w.Version.Title + ", version " + w.Version.Number.String(), Href: w.Policy.versionHref(w.Version)},
			After: ". It starts with “" + w.Event + "”. That date is not known yet."})
	}
	return out
}

// Name is the text that applies, in words.
func (r Reply) Name() string {
	if r.Version != nil {
		return r.Version.Title + ", version " + r.Version.Number.String()
	}
	return r.Text.Text + r.Text.Link.Text + r.Text.After
}

// textName is the text that can be read.
func (r Reply) textName() string {
	if r.Version != nil {
		return r.Name()
	}
	return r.Text.Link.Text
}

func (r Reply) heading() string {
	switch {
	case r.Outcome == review.AskWhere:
		return "It depends on the place"
	case r.Unpublished:
		return "No text applies that can be shown"
	case r.Outcome != review.TextApplies:
		return "No text applies"
	case r.Version != nil:
		return r.Name() + ", applies"
	case r.Local.Without != review.HasPolicy:
		return r.Area.Short + " has " + r.Name()
	}
	return r.Name() + " applies"
}

// lines say the rest: where to read it, what it means, for whom, and who decided.
func (r Reply) lines() []Sentence {
	if r.Outcome != review.TextApplies {
		return []Sentence{{Text: r.Missing + "."}}
	}
	var out []Sentence
	if r.Text.Link.Href != "" {
		out = append(out, Sentence{Link: view.Link{Text: "Read " + r.textName(), Href: r.Text.Link.Href}})
	}
	if r.Position != "" {
		out = append(out, Sentence{Text: "Position: " + r.Position + "."})
	}
	for _, t := range r.Treatments {
		out = append(out, Sentence{Text: t.Name + ": " + t.Position + "."})
	}
	for _, c := range r.changes() {
		words := "With " + c.Told()
		if c.Text != "" {
			words += ": “" + plainWords(c.Text) + "”"
		}
		out = append(out, Sentence{Text: words + "."})
	}
	if days := r.days(); days != "" {
		out = append(out, Sentence{Text: days + "."})
	}
	if r.DecidedBy != nil && r.DecidedBy.ID != r.Area.ID {
		out = append(out, Sentence{Text: "Decided by " + r.DecidedBy.Short + "."})
	}
	return out
}

// changes are what the area varied.
func (r Reply) changes() decision.Overlay {
	if r.Varied == nil {
		return nil
	}
	return r.Varied.Overlay
}

// days say for which patients the text is.
func (r Reply) days() string {
	switch {
	case r.From != 0 && r.To != 0:
		return r.Rule.Words() + " " + r.From.Words() + ", until " + r.To.AddDays(-1).Words()
	case r.From != 0:
		return r.Rule.Words() + " " + r.From.Words()
	case r.To != 0:
		return "Until " + r.To.AddDays(-1).Words()
	}
	return ""
}

// AllAreas are all areas that there ever were, by name: a patient may have been referred before one ended.
func (s *Snapshot) AllAreas() []*review.Commissioner { return s.areas }

// Where is the table of areas.
func (s *Snapshot) Where(p *Policy) []AreaRow { return s.areaRows(p, s.Standings(p), "") }

// Period says when a commissioner's own policy applied.
func (s *Snapshot) Period(p *Policy, l *review.LocalPolicy) string { return s.localPeriod(p, l) }

// Numbered renders a text with the numbers that follow from its structure, and with its anchors, so that its paragraphs
// can be cited.
func Numbered(t clause.Text) (view.HTML, error) {
	html, err := markdown.RenderNumbered(t.Markdown, services.Paragraphs(t))
	return view.HTML(html), err
}
