package audit

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"concordat/review/record"
	"concordat/server/internal/docstore"
	"concordat/server/internal/stores"
)

// promised checks a message against the hash by which its event names it.
func (a *auditor) promised(d docstore.Doc, k record.Kept) {
	m, err := stores.ReadMessage(d)
	ref := record.Ref{Kind: k.Kind, ID: k.ID}
	switch {
	case err != nil:
		a.found(ref, "it cannot be read")
	case m.Promise() != k.SHA256:
		a.found(ref, "it was altered: it does not have the hash that its event holds")
	case !m.Whole():
		a.found(ref, "its text was altered, or taken out before it was sent")
	}
}

// message checks that some event wrote a message.
func (a *auditor) message(d docstore.Doc) error {
	a.report.Messages++
	if a.kept[stores.MessageCollection+"/"+d.ID] {
		return nil
	}
	if m, err := stores.ReadMessage(d); err == nil && m.Promise() == "" {
		a.report.Unnamed++
		return nil
	}
	a.found(record.Ref{Kind: stores.MessageCollection, ID: d.ID}, "no event wrote it")
	return nil
}

// files hashes every kept file, and looks for those that documents name.
func (a *auditor) files(ctx context.Context) error {
	for after := ""; ; {
		list, err := a.docs.Blobs().List(ctx, after, docstore.MaxLimit)
		if err != nil {
			return err
		}
		for _, b := range list {
			a.report.Files++
			if err := a.file(ctx, b.SHA256); err != nil {
				return err
			}
			delete(a.named, b.SHA256)
			after = b.SHA256
		}
		if len(list) == 0 {
			break
		}
	}
	for _, name := range slices.Sorted(maps.Keys(a.named)) {
		by := a.named[name]
		problem := fmt.Sprintf("it is missing, and %s %s names it", by[0].Kind, by[0].ID)
		if n := len(by); n > 1 {
			problem = fmt.Sprintf("it is missing, and %s %s and %d other documents name it", by[0].Kind, by[0].ID, n-1)
		}
		a.found(record.Ref{Kind: "file", ID: name}, problem)
	}
	return nil
}

func (a *auditor) file(ctx context.Context, name string) error {
	r, _, err := a.docs.Blobs().Open(ctx, name)
	if errors.Is(err, record.ErrNotFound) {
		return nil // it was swept since it was listed
	}
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, r)
	if errors.Is(err, docstore.ErrNotWhole) {
		a.found(record.Ref{Kind: "file", ID: name}, err.Error())
		err = nil
	}
	return errors.Join(err, r.Close())
}

// Uncovered says, a line each, what an audit cannot tell.
func (r Report) Uncovered() []string {
	out := []string{
		"a document, a file or a message that was taken out together with all that names it, and a history that was written" +
			" anew as a whole: only a checkpoint that was kept elsewhere shows these, for what there was when it was written",
		"a reason that was taken out of an event: it may be, when it is to be forgotten",
		"sessions, unsaved drafts, counts of attempts to sign in, and whether and when a message was sent: no event holds them",
	}
	if r.Unnamed > 0 {
		out = append(out, fmt.Sprintf("%d messages of an older program, whose events did not name them", r.Unnamed))
	}
	return out
}
