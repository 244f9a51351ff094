package reviewtest

import (
	"fmt"
	"html"
	"sync/atomic"
	"time"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/clause"
	"concordat/review/record"
)

// Now is the time at which tests begin.
var Now = time.Date(2027, 1, 15, 9, 30, 0, 123e6, time.UTC)

// Lead, Secretary and Approver hold their roles for all commissioners.
var (
	Lead      = record.Actor{ID: "lead", Grants: []record.Grant{{Role: string(access.PolicyLead)}}}
	Secretary = record.Actor{ID: "secretary", Grants: []record.Grant{{Role: string(access.Secretary)}}}
	Approver  = record.Actor{ID: "approver", Grants: []record.Grant{{Role: string(access.Approver)}}}
	Admin     = record.Actor{ID: "admin", Grants: []record.Grant{{Role: string(access.Administrator)}}}
)

// Stores are what a service keeps things in.
type Stores struct {
	Policies      review.Policies
	Commissioners review.Commissioners
	Locals        review.Locals
	Harmonies     review.Harmonies
	Registers     review.RegisterStore
	Publications  review.Publications
	Drafts        review.Drafts
	Files         review.Files
	review.EffectStores
}

// InMemory are stores that share one memory.
func InMemory() Stores { return new(Memory).Stores() }

// Stores are the views of a memory.
func (m *Memory) Stores() Stores {
	return Stores{Policies{m}, Commissioners{m}, Locals{m}, Harmonies{m}, Registers{m}, Publications{m}, m, m, m.EffectStores()}
}

// Service is a service over the stores, with a clock that stands still and ids that count.
func Service(s Stores) *review.Service {
	var n atomic.Int64
	return &review.Service{Policies: s.Policies, Commissioners: s.Commissioners, Locals: s.Locals, Harmonies: s.Harmonies, Registers: s.Registers,
		Publications: s.Publications, Drafts: s.Drafts, Files: s.Files, Renderer: Renderer{}, EffectStores: s.EffectStores,
		Now: func() time.Time { return Now }, NewID: func() string { return fmt.Sprintf("id%04d", n.Add(1)) }}
}

// Renderer shows Markdown as it is, escaped.
type Renderer struct{}

// Render escapes.
func (Renderer) Render(t clause.Text) (string, error) {
	return "<pre>" + html.EscapeString(t.Markdown) + "</pre>", nil
}

// Version is the renderer's.
func (Renderer) Version() string { return "test" }

// Sections are texts for a kind's sections that pass every check, as typed into a form.
func Sections(kindID string) ([]review.Section, error) {
	kind, err := review.KindByID(kindID)
	if err != nil {
		return nil, err
	}
	var out []review.Section
	for _, t := range kind.Sections {
		text := t.Standard
		if text == "" {
			text = "Words for this section."
		}
		if t.Key == review.CriteriaKey {
			text = "All of these:\n\n- 7 or more episodes in 12 months\n- episodes recorded by a GP"
		}
		out = append(out, review.Section{Key: t.Key, Title: t.Title, Markdown: text})
	}
	return out, nil
}
