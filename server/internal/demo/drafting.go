package demo

import (
	"context"
	"fmt"
	"slices"

	"concordat/review"
	"concordat/review/clause"
	"concordat/review/harmony"
	"concordat/review/record"
)

// draft notes what the evidence says on rows of the matrix, "Evidence: words of the row | kind | source | what it says",
// and then drafts paragraphs from their rows, "Draft: words of the paragraph | national, evidence or a place | new text |
// why that place", all in one save.
func (w *world) draft(ctx context.Context, t *tale) error {
	s := t.drafting
	if s == nil {
		return nil
	}
	service := w.at(s.moment(s.one("At")), t.id+"-"+s.name).Review
	for _, row := range s.all("Evidence") {
		n := review.EvidenceNote{Words: harmony.Fold(row[0]), Kind: review.EvidenceKind(row[1]), Source: row[2], Text: row[3]}
		h, err := service.Harmonies.Load(ctx, t.id)
		if err != nil {
			return err
		}
		if _, err := service.NoteEvidence(ctx, edit(t.lead, &h.Head, ""), n); err != nil {
			return fmt.Errorf("evidence on %q: %w", row[0], err)
		}
	}
	p, err := service.Policy(ctx, t.lead, t.id)
	if err != nil {
		return err
	}
	var list []review.RowDraft
	for _, row := range s.all("Draft") {
		list = append(list, rowDraft(s, p.Text(), row))
	}
	_, _, err = service.DraftRows(ctx, record.Edit{By: t.lead, ID: t.id}, p.Saves, list...)
	s.fault(err)
	return s.err()
}

func rowDraft(s *sheet, text clause.Text, row []string) review.RowDraft {
	d := review.RowDraft{Words: harmony.Fold(row[0]), From: review.From(row[1]), Text: row[2], Reason: row[3]}
	if d.From != review.FromNational && d.From != review.FromEvidence {
		d.From, d.Place = review.FromLocal, placeID(row[1])
	}
	i := slices.IndexFunc(text.Clauses, func(c clause.Clause) bool { return c.Words == row[0] })
	if i < 0 {
		s.fault(fmt.Errorf("the draft has no paragraph %q", row[0]))
		return d
	}
	d.Anchor = text.Clauses[i].Anchor
	return d
}
