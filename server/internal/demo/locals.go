package demo

import (
	"context"
	"fmt"
	"path"
	"strings"
	"time"

	"concordat/review"
)

const week = 7 * 24 * time.Hour

// locals brings in what each place has today, as it came: Word files, web pages, Markdown, or pasted. A place with
// two texts has two files, "fennimoor-2012" before "fennimoor-2017".
func (w *world) locals(ctx context.Context, t *tale) error {
	sheets, err := readSheets(path.Join(t.folder, "local"))
	if err != nil {
		return err
	}
	byPlace := map[string][]func() error{}
	for i, s := range sheets {
		place := placeOf(s.name)
		at := t.begun.Add(week + time.Duration(i)*11*time.Minute)
		byPlace[place] = append(byPlace[place], func() error {
			if err := w.local(ctx, t, place, s, at); err != nil {
				return fmt.Errorf("local policy of %s: %w", s.name, err)
			}
			return nil
		})
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

// placeOf takes the year from a file's name.
func placeOf(name string) string { return strings.TrimRight(name, "-0123456789") }

func (w *world) local(ctx context.Context, t *tale, place string, s *sheet, at time.Time) error {
	by := t.lead
	if name := s.one("By"); name != "" {
		var err error
		if by, err = w.actor(name); err != nil {
			return err
		}
	}
	in := review.LocalInput{Policy: t.id, Commissioner: place, Without: review.Without(s.one("Without")), Title: s.one("Title"),
		Reference: s.one("Reference"), Effective: s.date("Effective"), Review: s.date("Review"), Position: review.Position(s.one("Position")),
		Codes: review.Codes{OPCS4: s.list("OPCS-4"), ICD10: s.list("ICD-10")}, Source: s.one("Source")}
	switch s.one("As") {
	case "word":
		data, err := word(in.Title, s.body)
		if err != nil {
			return err
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
	if err := s.err(); err != nil {
		return err
	}
	l, err := w.reviewAt(at, t.id+"-"+s.name).AddLocal(ctx, by, in)
	if err != nil || l.Markdown == "" || t.sheets[0].one("Locals checked") == "" {
		return err
	}
	in.File, in.HTML, in.Markdown = nil, "", l.Markdown
	_, err = w.reviewAt(at.Add(week), "").EditLocal(ctx, edit(t.lead, &l.Head, ""), in)
	return err
}
