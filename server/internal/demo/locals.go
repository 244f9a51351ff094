package demo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"concordat/review"
)

const week = 7 * 24 * time.Hour

// locals brings in what each place has today, as it came: Word files, web pages, Markdown, or pasted. A place with
// two texts has two files, "fennimoor-2012" before "fennimoor-2017"; a text of many places is one file.
func (w *world) locals(ctx context.Context, t *tale) error {
	byPlace := map[string][]func() error{}
	for i, s := range t.locals {
		at := t.begun.Add(week + time.Duration(i)*11*time.Minute)
		for place, id := range w.whose(s) {
			byPlace[place] = append(byPlace[place], func() error {
				if err := w.local(ctx, t, place, id, s, at); err != nil {
					return fmt.Errorf("local policy %s: %w", id, err)
				}
				return nil
			})
		}
	}
	var acts []func() error
	for _, list := range byPlace {
		acts = append(acts, func() error { return inOrder(list) })
	}
	return together(acts...)
}

// inOrder runs what must come one after the other.
func inOrder(acts []func() error) error {
	for _, act := range acts {
		if err := act(); err != nil {
			return err
		}
	}
	return nil
}

// whose are the places whose text it is, each with the last part of the id: the place of the file's name, or those
// of the field Places when many have the same text.
func (w *world) whose(s *sheet) map[string]string {
	place := strings.TrimRight(s.name, "-0123456789")
	if s.one("Places") == "" {
		return map[string]string{place: s.name}
	}
	out := map[string]string{}
	for _, p := range w.among(s.one("Places")) {
		out[p] = p + strings.TrimPrefix(s.name, place)
	}
	return out
}

func (w *world) local(ctx context.Context, t *tale, place, id string, s *sheet, at time.Time) error {
	by := t.lead
	if name := s.one("By"); name != "" {
		var err error
		if by, err = w.actor(name); err != nil {
			return err
		}
	}
	in, err := s.localInput(t.id, place)
	if err != nil {
		return err
	}
	l, err := w.at(at, t.id+"-"+id).Review.AddLocal(ctx, by, in)
	if err != nil || l.Markdown == "" || t.sheets[0].one("Locals checked") == "" {
		return err
	}
	// A week later the lead has compared what was read with the original.
	in.File, in.HTML, in.Markdown = nil, "", l.Markdown
	_, err = w.at(at.Add(week), "").Review.EditLocal(ctx, edit(t.lead, &l.Head, ""), in)
	return err
}

// localInput is what somebody would fill in, with the text in the form in which it came.
func (s *sheet) localInput(policy, place string) (review.LocalInput, error) {
	in := review.LocalInput{Policy: policy, Commissioner: place, Without: review.Without(s.one("Without")), Title: s.one("Title"),
		Reference: s.one("Reference"), Effective: s.date("Effective"), Review: s.date("Review"), Position: review.Position(s.one("Position")),
		Codes: review.Codes{OPCS4: s.list("OPCS-4"), ICD10: s.list("ICD-10")}, Source: s.one("Source")}
	switch s.one("As") {
	case "word":
		data, err := word(in.Title, s.body)
		if err != nil {
			return in, err
		}
		in.File, in.FileName = data, in.Title+".docx"
	case "html":
		in.File, in.FileName = []byte(s.body), in.Title+".html"
	case "pasted":
		in.HTML = s.body
	case "markdown":
		in.File, in.FileName = []byte(s.body+"\n"), in.Title+".md"
	default:
		in.Markdown = s.body
	}
	return in, s.err()
}
