package bulk

import (
	"context"
	"errors"
	"slices"

	"concordat/review"
	"concordat/review/intake"
	"concordat/review/record"
)

// batch is after how many rows progress is noted. What came in since is found again by its id.
const batch = 20

// tries bounds how often a text is tried that somebody else's change overtook.
const tries = 3

// Run brings in the rows of an import that was started, one commit for each text, from where it stopped. When ctx ends
// it stops between two texts. Running it twice, even at the same time, brings in nothing twice.
func (s *Service) Run(ctx context.Context, by record.Actor, id string) error {
	i, err := s.Import(ctx, by, id)
	if err != nil || i.Stage != Running {
		return err
	}
	b, err := s.bundle(ctx, i)
	if err != nil {
		return err
	}
	r := &runner{service: s, by: by, of: i, bundle: b}
	for n := i.Ran; n < len(i.Rows); n++ {
		err := ctx.Err()
		if err == nil {
			err = r.row(ctx, n)
		}
		if err != nil {
			return errors.Join(err, r.note(ctx, n))
		}
		if (n+1)%batch == 0 || n+1 == len(i.Rows) {
			if err := r.note(ctx, n+1); err != nil {
				return err
			}
		}
	}
	return nil
}

// A runner is one run.
type runner struct {
	service *Service
	by      record.Actor
	of      *Import
	bundle  *bundle
	parts   []intake.Part // of the book that was read last
	partsOf string        // its SHA256
}

// note keeps how far the run has come, even when it is being stopped.
func (r *runner) note(ctx context.Context, ran int) error {
	_, err := r.service.change(context.WithoutCancel(ctx), r.by, r.of, func(i *Import) (record.Event, error) { return i.progress(ran) })
	return err
}

// row brings in one row. That it is refused after all is noted in the row; an error is a fault of ours.
func (r *runner) row(ctx context.Context, n int) error {
	row := &r.of.Rows[n]
	if row.Outcome == Refused || row.Result != "" {
		return nil
	}
	for range tries {
		err := r.bring(ctx, n)
		switch {
		case err == nil:
			row.Result = r.of.textID(n)
			return nil
		case errors.Is(err, errHere):
			row.refuse(Here, "It is recorded there already")
			return nil
		case errors.Is(err, record.ErrConflict):
			continue
		case errors.Is(err, record.ErrForbidden), errors.Is(err, record.ErrNotFound), errors.Is(err, record.ErrRule):
			row.decide(review.Verdict{Refusal: err})
			return nil
		}
		return err
	}
	row.refuse(Rule, "Somebody else changed what this commissioner has at the same moment. Run the import again")
	return nil
}

var errHere = errors.New("the text is recorded already")

func (r *runner) bring(ctx context.Context, n int) error {
	s, row := r.service, r.of.Rows[n]
	if _, err := s.Review.Locals.Load(ctx, r.of.textID(n)); err == nil || !errors.Is(err, record.ErrNotFound) {
		return err // it came in before progress was noted
	}
	kept, err := s.Review.Locals.OfPolicy(ctx, row.Policy)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(kept, row.is) {
		return errHere
	}
	in := r.of.input(n)
	if row.Without == review.HasPolicy {
		if err := r.text(ctx, row, &in); err != nil {
			return err
		}
	}
	l, err := s.Review.AddLocal(ctx, r.by, in)
	if err == nil {
		r.of.Rows[n].take(l.Among(kept))
	}
	return err
}

// text adds the file of a row and what is read of it.
func (r *runner) text(ctx context.Context, row Row, in *review.LocalInput) error {
	at := slices.IndexFunc(r.bundle.entries, func(e entry) bool { return e.upload == row.Upload && e.name == row.File })
	if at < 0 {
		return record.Faults{{Message: "Its file is not there any more. Send it again"}}
	}
	data, fault := r.bundle.read(r.bundle.entries[at])
	if fault != "" {
		return record.Faults{{Message: fault}}
	}
	in.File, in.FileName = data, row.File
	if row.Part == 0 {
		doc, err := r.service.Review.ReadFile(ctx, row.File, data)
		in.Text = &doc
		return err
	}
	if r.partsOf != row.SHA256 {
		parts, _, err := r.service.Review.ReadBook(ctx, row.File, data)
		if err != nil {
			return err
		}
		r.parts, r.partsOf = parts, row.SHA256
	}
	if row.Part > len(r.parts) {
		return record.Faults{{Message: "The book is read otherwise than before. Send it again"}}
	}
	p := r.parts[row.Part-1]
	in.Text = &intake.Document{Title: p.Title, Markdown: p.Markdown, Losses: p.Losses}
	return nil
}
