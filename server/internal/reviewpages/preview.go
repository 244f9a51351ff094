package reviewpages

import (
	"cmp"
	"errors"
	"html"
	"html/template"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/clause"
	"concordat/server/internal/page"
	webmarkdown "concordat/web/markdown"
)

// shown is one section as a reader will see it.
type shown struct {
	Key    string        `json:"key"`
	Number string        `json:"number"` // "3"; empty while the section is
	Anchor string        `json:"-"`      // of its heading; empty while the section is
	HTML   template.HTML `json:"html"`   // empty while the section is
	Advice string        `json:"advice"` // why it cannot be shown, and what to do
}

// render shows the sections with the numbers that the clauses have in the whole text. Clauses that were there in
// before keep their anchors. doubtful are words to be marked, by section.
func render(before clause.Text, c review.Content, doubtful map[string][]string) ([]shown, error) {
	text := clause.Parse(c.Markdown()).Inherit(before, unsaved())
	out, former := make([]shown, len(c.Sections)), text.Former()
	at, i := 0, 0 // where the section begins in the whole text, and its first clause
	for n, s := range c.Sections {
		out[n].Key = s.Key
		body := strings.TrimSpace(s.Markdown)
		if body == "" {
			continue
		}
		if at > 0 {
			at++ // the empty line between two sections
		}
		begin := at + len("## "+s.Title+"\n\n")
		at = begin + len(body) + 1
		var paragraphs []webmarkdown.Paragraph
		for ; i < len(text.Clauses) && text.Clauses[i].Start < at; i++ {
			x := text.Clauses[i]
			if x.Offset < begin {
				out[n].Number, out[n].Anchor = cmp.Or(out[n].Number, x.Number), cmp.Or(out[n].Anchor, x.Anchor)
				continue
			}
			paragraphs = append(paragraphs, webmarkdown.Paragraph{Offset: x.Offset - begin, Anchor: x.Anchor, Former: former[i], Number: x.Number, Label: x.Label})
		}
		if err := out[n].fill(body, paragraphs, doubtful[s.Key]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s *shown) fill(body string, paragraphs []webmarkdown.Paragraph, doubtful []string) error {
	h, err := webmarkdown.Options{Prefix: s.Key + "-", Paragraphs: paragraphs}.Render(body)
	var unfit *webmarkdown.Unfit
	if errors.As(err, &unfit) {
		s.Advice = unfit.Advice
		return nil
	}
	s.HTML = markWords(h, doubtful)
	return err
}

// markWords marks words in what the renderer made. It looks at text only, never into a tag.
func markWords(h template.HTML, words []string) template.HTML {
	if len(words) == 0 {
		return h
	}
	words = slices.Clone(words)
	slices.SortFunc(words, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	for i, w := range words {
		words[i] = regexp.QuoteMeta(html.EscapeString(w))
	}
	pattern, err := regexp.Compile(`(?i)(^|[^\pL\pN])(` + strings.Join(words, "|") + `)($|[^\pL\pN])`)
	if err != nil {
		return h // words that make no pattern cannot be found either
	}
	var b strings.Builder
	number := false // within the number of a clause, which nobody typed
	for rest := string(h); rest != ""; {
		text, tag := rest, ""
		if i := strings.IndexByte(rest, '<'); i >= 0 {
			text, tag = rest[:i], rest[i:]
		}
		if !number {
			text = pattern.ReplaceAllString(text, "$1<mark>$2</mark>$3")
		}
		end := strings.IndexByte(tag, '>') + 1
		if end == 0 {
			end = len(tag)
		}
		number = strings.HasPrefix(tag[:end], `<a class="app-clause__no"`)
		b.WriteString(text + tag[:end])
		rest = tag[end:]
	}
	return template.HTML(b.String()) //nolint:gosec // h is safe and only marks were added, never into a tag
}

// doubtfulWords are the words that the checks would have marked, by section.
func doubtfulWords(findings []review.Finding) map[string][]string {
	out := map[string][]string{}
	for _, f := range findings {
		if f.Words != "" && f.Section != "" && f.Kept == "" {
			out[f.Section] = append(out[f.Section], f.Words)
		}
	}
	return out
}

// sectionField is the name of a section's box.
func sectionField(key string) string { return "s-" + key }

// typedSections are the sections as the form has them; one that was not sent stays as it is.
func typedSections(c *gin.Context, sections []review.Section) []review.Section {
	out := slices.Clone(sections)
	for i, s := range out {
		if _, sent := c.GetPostForm(sectionField(s.Key)); sent {
			out[i].Markdown = strings.TrimRight(c.PostForm(sectionField(s.Key)), " \t\n")
		}
	}
	return out
}

type previewAnswer struct {
	Sections []shown `json:"sections"`
}

// preview shows what was typed, by the renderer that will show it to the public.
func (p *Pages) preview(c *gin.Context) (page.Result, error) {
	pol, err := p.policyFor(c, access.PolicyEdit)
	if err != nil {
		return page.Result{}, err
	}
	content := pol.Content
	content.Sections = typedSections(c, pol.Sections)
	list, err := render(pol.Text(), content, doubtfulWords(review.Check(pol, p.Site.Now())))
	return page.Result{JSON: previewAnswer{list}}, err
}

type savedAnswer struct {
	Saved string `json:"saved"`
}

// autosave keeps what was typed until it is saved or discarded.
func (p *Pages) autosave(c *gin.Context) (page.Result, error) {
	pol, err := p.policy(c)
	if err != nil {
		return page.Result{}, err
	}
	base, err := strconv.Atoi(c.PostForm("save"))
	if err != nil || base < 1 || base > pol.Saves {
		return page.Result{}, errNoSave
	}
	d := review.Draft{Policy: pol.ID, Save: base, Sections: typedSections(c, pol.Sections)}
	if err := p.Review.Autosave(c.Request.Context(), page.Actor(c), d); err != nil {
		return page.Result{}, err
	}
	return page.Result{JSON: savedAnswer{p.clock()}}, nil
}

// numbered are the clauses of a text as the renderer knows them.
func numbered(t clause.Text) []webmarkdown.Paragraph {
	var out []webmarkdown.Paragraph
	for _, x := range t.Clauses {
		out = append(out, webmarkdown.Paragraph{Offset: x.Offset, Anchor: x.Anchor, Number: x.Number, Label: x.Label})
	}
	return out
}

// unsaved names clauses that are not saved yet.
func unsaved() func() string {
	n := 0
	return func() string {
		n++
		return "new-" + strconv.Itoa(n)
	}
}
