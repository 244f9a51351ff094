package review

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"concordat/review/record"
)

// Publication is what the public reads of a policy: a version, rendered. Its id is the policy's.
type Publication struct {
	record.Head `bson:",inline"`
	Slug        string    `bson:"slug"`
	Version     Number    `bson:"version"`
	From        time.Time `bson:"from"`     // it is public from this instant on
	HTML        string    `bson:"html"`     // the whole text, sanitised
	Summary     string    `bson:"summary"`  // the plain summary, sanitised HTML
	Renderer    string    `bson:"renderer"` // version of the renderer
	Source      string    `bson:"source"`   // SHA-256 of the Markdown, hex
	Withdrawn   bool      `bson:"withdrawn"`
}

// Kind names the kind of document.
func (*Publication) Kind() string { return "publication" }

// publish puts a version before the public.
func (p *Publication) publish(slug string, v *Version, r Renderer, from time.Time) (record.Event, error) {
	html, err := r.Render(v.Markdown(), v.Anchors)
	if err != nil {
		return record.Event{}, fmt.Errorf("rendering version %s of %s: %w", v.Number, v.Policy, err)
	}
	summary, err := r.Render(v.Section(SummaryKey).Markdown, nil)
	if err != nil {
		return record.Event{}, fmt.Errorf("rendering the summary of %s: %w", v.Policy, err)
	}
	source := sha256.Sum256([]byte(v.Markdown()))
	p.Slug, p.Version, p.From, p.HTML, p.Summary = slug, v.Number, from, html, summary
	p.Renderer, p.Source, p.Withdrawn = r.Version(), hex.EncodeToString(source[:]), false
	return record.Event{Action: "publication.published", Relied: []record.Ref{record.RefTo(v)}, Public: true}.
		With("version", v.Number).With("source", p.Source), nil
}

// withdraw takes the policy from the public library; its address then says that it was withdrawn.
func (p *Publication) withdraw() (record.Event, error) {
	if p.Withdrawn {
		return record.Event{}, fmt.Errorf("publication %s is withdrawn already: %w", p.ID, record.ErrConflict)
	}
	p.Withdrawn = true
	return record.Event{Action: "publication.withdrawn", Public: true}.With("version", p.Version), nil
}
