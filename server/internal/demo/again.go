package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"concordat/review/decision"
)

// sequel is what became of a policy after it was adopted: a version of other meaning, on which everybody decides again.
type sequel struct {
	*sheet
	meeting string // whose agenda it is put on
}

// agendaAfter is how long a secretary takes to put what was issued on an agenda.
const agendaAfter = time.Hour

// again is the sequel of a policy whose field Again says "saved | issued | applies from | meeting | change note", with
// its new criteria in the field Again one of; nil for none.
func (x fact) again() *sequel {
	rows := x.all("Again")
	if len(rows) == 0 {
		return nil
	}
	row, next := rows[0], x
	next.effective = x.day(row[2])
	next.sheet = &sheet{name: x.sheet.name, fields: slices.DeleteFunc(slices.Clone(x.fields), func(f field) bool { return f.key == "One of" })}
	next.fields = append(next.fields, field{"One of", x.one("Again one of")})
	s := next.draft()
	s.fields = slices.DeleteFunc(s.fields, func(f field) bool {
		return slices.Contains([]string{"Saved", "Issue", "Publish", "Need", "Locals checked"}, f.key)
	})
	s.name, s.fields = "again", append(s.fields, field{"Saved", row[0]}, field{"Issue", "final | " + strings.Join([]string{row[1], row[4]}, " | ")})
	return &sequel{s, row[3]}
}

// again saves and issues the sequel, and puts it on the agenda.
func (w *world) again(ctx context.Context, t *tale) error {
	if err := w.save(ctx, t, t.id, t.sequel.sheet); err != nil {
		return fmt.Errorf("the version after: %w", err)
	}
	now := w.base.Services(w.given)
	p, err := now.Review.Policy(ctx, t.lead, t.id)
	if err != nil {
		return err
	}
	by, err := w.actor("grace")
	if err != nil {
		return err
	}
	last, _ := p.Latest()
	m, err := now.Decisions.Meeting(ctx, by, t.sequel.meeting)
	if err != nil {
		return err
	}
	paper := decision.Paper{Policy: t.id, Version: last.Number.String()}
	_, err = w.at(last.Issued.Add(agendaAfter), t.id).Decisions.AddItems(ctx, edit(by, &m.Head, ""), []decision.Paper{paper})
	return err
}
