package demo

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"concordat/review"
	"concordat/review/record"
)

// These sheets stand beside a policy's saves: what national guidance says, and what was made of the matrix.
const (
	national = "national"
	drafting = "matrix"
)

// tale is the story of one policy: its sheets are saves, in the order of their names. The first begins it and says
// its details; a later one holds the sections that changed.
type tale struct {
	folder   string
	sheets   []*sheet
	locals   []*sheet
	national *sheet // nil where there is none
	drafting *sheet // nil where there is none
	id       string
	begun    time.Time
	lead     record.Actor
	meeting  string  // that decides on it, beside those whose own sheets name it
	decided  []part  // what it decided, as such a sheet would say it
	sequel   *sequel // nil where there is none
}

// policies loads every policy with its local policies, as many at once as there are.
func (w *world) policies(ctx context.Context) ([]*tale, error) {
	tales, err := w.facts()
	if err != nil {
		return nil, err
	}
	folders, err := fs.ReadDir(texts, "texts/policies")
	if err != nil {
		return nil, fmt.Errorf("reading the demonstration: %w", err)
	}
	for _, f := range folders {
		t, err := w.open(path.Join("texts/policies", f.Name()))
		if err != nil {
			return nil, err
		}
		tales = append(tales, t)
	}
	var acts []func() error
	for _, t := range tales {
		acts = append(acts, func() error {
			if err := w.tell(ctx, t); err != nil {
				return fmt.Errorf("policy %s: %w", t.id, err)
			}
			return nil
		})
	}
	return tales, together(acts...)
}

func (w *world) open(folder string) (*tale, error) {
	sheets, err := readSheets(folder)
	if err != nil {
		return nil, err
	}
	beside := map[string]*sheet{}
	sheets = slices.DeleteFunc(sheets, func(s *sheet) bool {
		if s.name != national && s.name != drafting {
			return false
		}
		beside[s.name] = s
		return true
	})
	locals, err := readSheets(path.Join(folder, "local"))
	if err != nil {
		return nil, err
	}
	t := &tale{folder: folder, sheets: sheets, locals: locals, national: beside[national], drafting: beside[drafting], id: path.Base(folder)}
	first := sheets[0]
	t.begun = first.moment(first.one("Begun"))
	if t.lead, err = w.actor(first.one("Lead")); err != nil {
		return nil, err
	}
	return t, first.err()
}

func (w *world) tell(ctx context.Context, t *tale) error {
	first := t.sheets[0]
	p, err := w.at(t.begun, t.id).Review.Create(ctx, t.lead, review.NewPolicy{Reference: strings.ToUpper(t.id), Title: first.one("Title"),
		Kind: first.one("Kind"), Programme: first.one("Programme"), Commissioners: w.scheduled[first.one("Programme")], Lead: t.lead.ID})
	if err != nil {
		return err
	}
	for _, s := range t.sheets {
		if err := w.save(ctx, t, p.ID, s); err != nil {
			return fmt.Errorf("save %s: %w", s.name, err)
		}
	}
	if err := together(func() error { return w.locals(ctx, t) }, func() error { return w.guidance(ctx, t) }); err != nil {
		return err
	}
	return w.draft(ctx, t)
}

// guidance keeps what national guidance says, on the day on which the lead asks for the local texts.
func (w *world) guidance(ctx context.Context, t *tale) error {
	if t.national == nil {
		return nil
	}
	s := t.national
	n := review.NationalInput{Title: s.one("Title"), Source: s.one("Source"), Published: s.date("Published"), Markdown: s.body}
	_, err := w.at(t.begun.Add(time.Hour), "").Review.SetNational(ctx, record.Edit{By: t.lead, ID: t.id}, n)
	s.fault(err)
	return s.err()
}
