package demo

import (
	"context"
	"fmt"

	"concordat/review/programme"
	"concordat/review/record"
)

// plan does what texts/plan.md says of the programme: in which months decisions are planned, and what was promised.
func (w *world) plan(ctx context.Context) error {
	s, err := readSheet("texts/plan.md")
	if err != nil {
		return err
	}
	var acts []func() error
	for _, row := range s.all("Planned") {
		month := s.day(row[2] + "-01")
		for _, id := range split(row[3]) {
			acts = append(acts, func() error { return w.planMonth(ctx, row, id, month) })
		}
	}
	if err := together(acts...); err != nil {
		return err
	}
	for _, p := range s.parts {
		f := parseSheet(p.text)
		f.name = p.name
		if err := w.promise(ctx, f); err != nil {
			return fmt.Errorf("promise %s: %w", p.name, err)
		}
	}
	return s.err()
}

// planMonth plans the decision on one of the policies of a line: "Planned: when | by | month | policies".
func (w *world) planMonth(ctx context.Context, row []string, id string, month record.Date) error {
	by, err := w.actor(row[1])
	if err != nil {
		return err
	}
	at, err := moment(row[0])
	if err != nil {
		return err
	}
	service := w.at(at, "").Review
	p, err := service.Policy(ctx, by, id)
	if err != nil {
		return err
	}
	if _, err := service.PlanDecision(ctx, edit(by, &p.Head, ""), month); err != nil {
		return fmt.Errorf("planning the decision on %s: %w", id, err)
	}
	return nil
}

// promise records what was promised, and what became of it: "Kept: when | by | how".
func (w *world) promise(ctx context.Context, f *sheet) error {
	by, err := w.actor(f.one("By"))
	if err != nil {
		return err
	}
	c, err := w.at(f.moment(f.one("Made")), "promise-"+f.name).Programmes.Promise(ctx, by, "fifteen-places", programme.Promised{Promise: programme.Promise(f.one("Promise")), Words: f.one("Words"), Policy: f.one("Policy"),
		Commissioners: w.among(f.one("Places")), Who: f.one("Who"), Where: f.one("Where"), Link: f.one("Link"), Said: f.date("Said"), Due: f.date("Due")})
	if err != nil {
		return err
	}
	for _, row := range f.all("Kept") {
		if by, err = w.actor(row[1]); err != nil {
			return err
		}
		if _, err = w.at(f.moment(row[0]), "").Programmes.End(ctx, edit(by, &c.Head, row[2]), programme.Kept); err != nil {
			return err
		}
	}
	return f.err()
}
