package review

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"concordat/review/clause"
	"concordat/review/record"
)

// Publication is what the public reads of a policy. Its id is the policy's.
type Publication struct {
	record.Head `bson:",inline"`
	Slug        string `bson:"slug"`
	Shown       `bson:",inline"`
	Before      Shown `bson:"before"` // what is read until From, while that is to come; without a version for nothing
}

// Shown is a version as the public reads it, rendered.
type Shown struct {
	Version   Number    `bson:"version"`
	From      time.Time `bson:"from"`     // it is public from this instant on
	HTML      string    `bson:"html"`     // the whole text, sanitised
	Summary   string    `bson:"summary"`  // the plain summary, sanitised HTML
	Renderer  string    `bson:"renderer"` // version of the renderer
	Source    string    `bson:"source"`   // SHA-256 of the Markdown, hex
	Withdrawn bool      `bson:"withdrawn"`
}

// At is what the public reads at an instant; ok is false when that is nothing.
func (p *Publication) At(now time.Time) (s Shown, ok bool) {
	if p.From.After(now) {
		return p.Before, !p.Before.Version.Zero()
	}
	return p.Shown, !p.Version.Zero()
}

// Kind names the kind of document.
func (*Publication) Kind() string { return "publication" }

// publish puts a version before the public, now or from a later instant on. Until then what is read now stays.
func (p *Publication) publish(slug string, v *Version, r Renderer, from, now time.Time) (record.Event, error) {
	html, err := r.Render(v.Text())
	if err != nil {
		return record.Event{}, fmt.Errorf("rendering version %s of %s: %w", v.Number, v.Policy, err)
	}
	summary, err := r.Render(clause.Text{Markdown: v.Section(SummaryKey).Markdown})
	if err != nil {
		return record.Event{}, fmt.Errorf("rendering the summary of %s: %w", v.Policy, err)
	}
	source := sha256.Sum256([]byte(v.Markdown()))
	before, _ := p.At(now)
	if !from.After(now) {
		before = Shown{}
	}
	p.Slug, p.Before = slug, before
	p.Shown = Shown{Version: v.Number, From: from, HTML: html, Summary: summary, Renderer: r.Version(), Source: hex.EncodeToString(source[:])}
	return record.Event{Action: "publication.published", Relied: []record.Ref{record.RefTo(v)}, Alters: record.PublicOf(p.ID)}.
		With("version", v.Number).With("source", p.Source), nil
}

// withdraw takes the policy from the public library; its address then says that it was withdrawn. What was to come
// does not come.
func (p *Publication) withdraw(now time.Time) (record.Event, error) {
	if p.Withdrawn {
		return record.Event{}, fmt.Errorf("publication %s is withdrawn already: %w", p.ID, record.ErrConflict)
	}
	if shown, ok := p.At(now); ok {
		p.Shown, p.Before = shown, Shown{}
	}
	p.Withdrawn = true
	return record.Event{Action: "publication.withdrawn", Alters: record.PublicOf(p.ID)}.With("version", p.Version), nil
}
