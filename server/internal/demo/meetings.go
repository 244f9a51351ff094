package demo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"concordat/review"
	"concordat/review/clause"
	"concordat/review/decision"
	"concordat/review/record"
)

// meetings plans each meeting, and records what those in the past decided, in the order of their dates: a decision may
// rest on an earlier one.
func (w *world) meetings(ctx context.Context, tales []*tale) error {
	sheets, err := readSheets("texts/meetings")
	if err != nil {
		return err
	}
	planned := make([]*decision.Meeting, len(sheets))
	var acts []func() error
	for i, s := range sheets {
		s.agenda(tales)
		acts = append(acts, func() (err error) {
			if planned[i], err = w.meeting(ctx, s); err != nil {
				return fmt.Errorf("meeting %s: %w", s.name, err)
			}
			return nil
		})
	}
	if err := together(acts...); err != nil {
		return err
	}
	for i, s := range sheets {
		if err := w.record(ctx, s, planned[i]); err != nil {
			return fmt.Errorf("decisions of %s: %w", s.name, err)
		}
	}
	return nil
}

// agenda adds the policies that say of themselves what the meeting decided.
func (s *sheet) agenda(tales []*tale) {
	for _, t := range tales {
		if t.meeting == s.name {
			s.fields, s.parts = append(s.fields, field{"Item", t.id + " | 1.0"}), append(s.parts, t.decided...)
		}
	}
}

// meeting plans a meeting with its agenda, and says who was there.
func (w *world) meeting(ctx context.Context, s *sheet) (*decision.Meeting, error) {
	by, err := w.actor(s.one("By"))
	if err != nil {
		return nil, err
	}
	d := decision.Details{Title: s.one("Title"), Body: s.one("Body"), Commissioners: w.among(s.one("Places")), Date: s.date("Date")}
	if r := s.all("Recommended"); len(r) > 0 {
		d.Recommended = decision.Recommendation{Body: r[0][0], Date: s.day(r[0][1])}
	}
	planned := w.at(s.moment(s.one("Planned")), s.name).Decisions
	m, err := planned.Plan(ctx, by, d)
	if err != nil {
		return nil, err
	}
	var papers []decision.Paper
	for _, row := range s.all("Item") {
		papers = append(papers, decision.Paper{Policy: row[0], Version: row[1]})
	}
	if m, err = planned.AddItems(ctx, edit(by, &m.Head, ""), papers); err != nil {
		return nil, err
	}
	if members := s.members(); len(members) > 0 {
		held := w.at(d.Date.Start().Add(12*time.Hour), s.name).Decisions
		if m, err = held.Attend(ctx, edit(by, &m.Head, ""), members); err != nil {
			return nil, err
		}
	}
	return m, s.err()
}

func (s *sheet) members() (out []decision.Member) {
	for _, row := range s.all("Member") {
		x := decision.Member{Name: row[0], Role: row[1], Present: row[2] == "present"}
		if len(row) > 3 {
			x.Interest = row[3]
		}
		out = append(out, x)
	}
	return out
}

// record records the decisions, one part of the sheet after the other.
func (w *world) record(ctx context.Context, s *sheet, m *decision.Meeting) error {
	if len(s.parts) == 0 {
		return nil
	}
	by, err := w.actor(s.one("By"))
	if err != nil {
		return err
	}
	recorded := w.at(s.moment(s.one("Recorded")), s.name).Decisions
	var entries []decision.Entry
	for _, p := range s.parts {
		list, err := w.entries(ctx, recorded, by, m, p)
		if err != nil {
			return err
		}
		entries = append(entries, list...)
	}
	_, err = recorded.Record(ctx, edit(by, &m.Head, ""), entries)
	s.fault(err)
	return s.err()
}

// entries are what one part says: "== cp-017: Aldermoss; Eskerby", then fields.
func (w *world) entries(ctx context.Context, service *decision.Service, by record.Actor, m *decision.Meeting, p part) ([]decision.Entry, error) {
	policy, places, _ := strings.Cut(p.name, ":")
	f := parseSheet(p.text)
	f.name = p.name
	said := decision.Said{Outcome: decision.Outcome(f.one("Outcome")), Reason: f.one("Reason"), DueRegard: f.one("Due regard"),
		Minute: f.one("Minute"), Effective: f.date("Effective"), Event: f.one("Event"), Rule: f.one("Rule")}
	version := ""
	for _, i := range m.Items {
		if i.Policy == policy {
			version = i.Version
		}
	}
	if said.Outcome == decision.Vary {
		facts, err := service.Register.Version(ctx, policy, version)
		if err != nil {
			return nil, err
		}
		said.Overlay = overlay(facts.Text, f.all("Change"))
	}
	list, err := service.OfPolicy(ctx, by, policy)
	if err != nil {
		return nil, err
	}
	var out []decision.Entry
	for _, place := range w.among(strings.TrimSpace(places)) {
		e := decision.Entry{Policy: policy, Version: version, Commissioner: place, Said: said}
		for _, d := range list {
			if d.ID == decision.ID(policy, version, place) {
				e.Revision = d.Revision
			}
		}
		out = append(out, e)
	}
	return out, f.err()
}

// overlay reads what is varied: "replace | the clause's first words | text".
func overlay(t clause.Text, rows [][]string) decision.Overlay {
	var out decision.Overlay
	for _, row := range rows {
		c := decision.Change{Act: decision.Act(row[0]), Anchor: anchor(t, row[1])}
		if len(row) > 2 {
			c.Text = row[2]
		}
		out = append(out, c)
	}
	return out
}

// anchor is that of the first clause that begins with some words; "" when there is none, which recording refuses.
func anchor(t clause.Text, words string) string {
	for _, c := range t.Clauses {
		if words != "" && strings.HasPrefix(c.Words, words) {
			return c.Anchor
		}
	}
	return ""
}

// afterwards does what follows decisions: dates of named events, publication, and a version that is decided anew.
func (w *world) afterwards(ctx context.Context, tales []*tale) error {
	var acts []func() error
	for _, t := range tales {
		acts = append(acts, func() error {
			if err := w.conclude(ctx, t); err != nil {
				return fmt.Errorf("policy %s: %w", t.id, err)
			}
			return nil
		})
	}
	return together(acts...)
}

func (w *world) conclude(ctx context.Context, t *tale) error {
	s := t.sheets[0]
	for _, row := range s.all("Date given") {
		if err := w.giveDate(ctx, t, s, row); err != nil {
			return err
		}
	}
	for _, row := range s.all("Publish") {
		service := w.at(s.moment(row[1]), t.id).Review
		p, err := service.Policy(ctx, t.lead, t.id)
		if err != nil {
			return err
		}
		if _, err := service.Publish(ctx, edit(t.lead, &p.Head, ""), s.number(row[0]), s.day(row[2]).Start()); err != nil {
			return fmt.Errorf("publishing: %w", err)
		}
	}
	if t.sequel != nil {
		if err := w.again(ctx, t); err != nil {
			return err
		}
	}
	return s.err()
}

// giveDate says on which day a named event comes in one place: "Date given: when | place | version | date".
func (w *world) giveDate(ctx context.Context, t *tale, s *sheet, row []string) error {
	for _, place := range w.among(row[1]) {
		service := w.at(s.moment(row[0]), "").Review
		r, err := service.Registers.Load(ctx, review.RegisterID(t.id, place))
		if err != nil {
			return err
		}
		if _, err := service.GiveDate(ctx, edit(t.lead, &r.Head, ""), decision.ID(t.id, row[2], place), s.day(row[3])); err != nil {
			return fmt.Errorf("giving a date for %s: %w", place, err)
		}
	}
	return nil
}
