package demo

import (
	"bytes"
	"context"
	"fmt"
	"path"

	"concordat/review"
	"concordat/review/record"
)

// save does what one sheet says: details, text, files, warnings kept, versions issued.
func (w *world) save(ctx context.Context, t *tale, id string, s *sheet) error {
	by := t.lead
	if name := s.one("By"); name != "" {
		var err error
		if by, err = w.actor(name); err != nil {
			return err
		}
	}
	at := s.moment(s.one("Saved"))
	service := w.at(at, id+"-"+s.name).Review
	if err := w.details(ctx, service, by, id, s); err != nil {
		return err
	}
	if err := text(ctx, service, by, id, s); err != nil {
		return err
	}
	for _, row := range s.all("File") {
		if err := w.attach(ctx, service, by, t, row); err != nil {
			return err
		}
	}
	for _, row := range s.all("Need") {
		if err := w.need(ctx, id, s, row); err != nil {
			return err
		}
	}
	for _, row := range s.all("Estimate") {
		if err := w.estimate(ctx, id, s, row); err != nil {
			return err
		}
	}
	for _, row := range s.all("Keep") {
		if err := keepWarning(ctx, service, by, id, row[0], row[1]); err != nil {
			return err
		}
	}
	for _, row := range s.all("Issue") {
		p, err := service.Policy(ctx, by, id)
		if err != nil {
			return err
		}
		final := row[0] == "final"
		if _, err := w.at(s.moment(row[1]), "").Review.Issue(ctx, edit(by, &p.Head, ""), row[2], final); err != nil {
			return fmt.Errorf("issuing: %w", err)
		}
	}
	return s.err()
}

// details saves what is not text, when the sheet says a title.
func (w *world) details(ctx context.Context, service *review.Service, by record.Actor, id string, s *sheet) error {
	if s.one("Title") == "" {
		return nil
	}
	p, err := service.Policy(ctx, by, id)
	if err != nil {
		return err
	}
	c := review.Content{Title: s.one("Title"), OtherNames: s.list("Other names"), Specialty: s.one("Specialty"),
		Effective: s.date("Effective"), Review: s.date("Review"), Expires: s.date("Expires"), Supersedes: s.list("Supersedes")}
	for _, row := range s.all("Intervention") {
		c.Interventions = append(c.Interventions, review.Intervention{Name: row[0], Indication: row[1], Position: review.Position(row[2]),
			Criteria: row[3], Codes: review.Codes{OPCS4: split(row[4]), ICD10: split(row[5])}})
	}
	for _, row := range s.all("Guidance") {
		c.Guidance = append(c.Guidance, review.Guidance{Ref: row[0], Title: row[1], Departs: row[2] == "departs"})
	}
	_, err = service.SaveDetails(ctx, edit(by, &p.Head, ""), c)
	return err
}

// text saves the sections that the sheet has. "@standard" is the standard clause of the kind.
func text(ctx context.Context, service *review.Service, by record.Actor, id string, s *sheet) error {
	if len(s.parts) == 0 {
		return nil
	}
	p, err := service.Policy(ctx, by, id)
	if err != nil {
		return err
	}
	kind, err := review.KindByID(p.KindID)
	if err != nil {
		return err
	}
	var sections []review.Section
	for _, x := range s.parts {
		t := kind.Template(x.name)
		if t.Key == "" {
			return fmt.Errorf("a %s has no section %q", kind.Name, x.name)
		}
		if x.text == "@standard" {
			x.text = t.Standard
		}
		sections = append(sections, review.Section{Key: x.name, Markdown: x.text})
	}
	_, _, err = service.SaveText(ctx, edit(by, &p.Head, ""), p.Saves, sections)
	return err
}

// attach adds a supporting document, made as a Word file from a text beside the policy.
func (w *world) attach(ctx context.Context, service *review.Service, by record.Actor, t *tale, row []string) error {
	source, err := readSheet(path.Join(t.folder, "files", row[0]+".md"))
	if err != nil {
		return err
	}
	data, err := word(row[1], source.body)
	if err != nil {
		return err
	}
	p, err := service.Policy(ctx, by, t.id)
	if err != nil {
		return err
	}
	_, err = service.AddFile(ctx, edit(by, &p.Head, ""), row[0]+".docx", row[1], bytes.NewReader(data))
	return err
}

// need says how widely people are asked: "Need: how widely | when | why".
func (w *world) need(ctx context.Context, id string, s *sheet, row []string) error {
	by, err := w.actor("hana")
	if err != nil {
		return err
	}
	service := w.at(s.moment(row[1]), "").Review
	p, err := service.Policy(ctx, by, id)
	if err != nil {
		return err
	}
	_, err = service.SayNeed(ctx, edit(by, &p.Head, row[2]), review.Need(row[0]), "Level of change, first reading")
	return err
}

// keepWarning keeps the first warning of a rule that is not kept yet.
func keepWarning(ctx context.Context, service *review.Service, by record.Actor, id, rule, reason string) error {
	p, err := service.Policy(ctx, by, id)
	if err != nil {
		return err
	}
	for _, f := range review.Check(p, service.Now()) {
		if f.Rule == rule && f.Grade == review.Warn && f.Kept == "" {
			_, err := service.Accept(ctx, edit(by, &p.Head, reason), f.Rule, f.About)
			return err
		}
	}
	return nil
}
