// Package audit is about proving that nothing recorded was altered: each document against its last event, each event
// against the one before, files and messages against what documents and events say of them, indexes against documents,
// and all of it against a checkpoint taken earlier. What it cannot tell it says itself.
package audit

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"concordat/review/record"
	"concordat/server/internal/docstore"
	"concordat/server/internal/stores"
)

// Finding is something that does not hold, and where.
type Finding struct {
	Kind, ID string
	Revision int64 // 0 when it concerns the document as such
	Problem  string
}

func (f Finding) String() string {
	switch {
	case f.ID == "":
		return fmt.Sprintf("%s: %s", f.Kind, f.Problem)
	case f.Revision == 0:
		return fmt.Sprintf("%s %s: %s", f.Kind, f.ID, f.Problem)
	}
	return fmt.Sprintf("%s %s, revision %d: %s", f.Kind, f.ID, f.Revision, f.Problem)
}

// Report is the outcome of an audit.
type Report struct {
	Documents, Events, Kept, Messages, Files int
	Unnamed                                  int // of the messages: written before events named theirs
	Findings                                 []Finding
	Heads                                    Checkpoint
}

// auditor walks the store once by events and once by documents, then looks at what these name.
type auditor struct {
	docs   docstore.Store
	report Report
	kept   map[string]bool         // kind/id of documents and messages that some event wrote
	named  map[string][]record.Ref // names of files: the documents that name them
}

// Verify reads everything. It fails only when the store cannot be read; what does not hold is in the report. While
// others write, one part is read before another, and what came between looks altered; so what is found must be found
// twice.
func Verify(ctx context.Context, docs docstore.Store) (Report, error) {
	first, err := once(ctx, docs)
	if err != nil || len(first.Findings) == 0 {
		return first, err
	}
	again, err := once(ctx, docs)
	again.Findings = slices.DeleteFunc(again.Findings, func(f Finding) bool { return !slices.Contains(first.Findings, f) })
	return again, err
}

func once(ctx context.Context, docs docstore.Store) (Report, error) {
	a := &auditor{docs: docs, kept: map[string]bool{}, named: map[string][]record.Ref{}}
	err := docs.Misfits(ctx, func(m docstore.Misfit) {
		a.report.Findings = append(a.report.Findings, Finding{Kind: m.Collection, ID: m.ID, Problem: m.Problem})
	})
	if err != nil {
		return a.report, err
	}
	if err := a.events(ctx); err != nil {
		return a.report, err
	}
	for _, kind := range stores.KindNames() {
		if err := a.walk(ctx, kind, func(d docstore.Doc) error { return a.document(ctx, kind, d) }); err != nil {
			return a.report, err
		}
	}
	if err := a.walk(ctx, stores.MessageCollection, a.message); err != nil {
		return a.report, err
	}
	return a.report, a.files(ctx)
}

func (a *auditor) found(ref record.Ref, problem string) {
	a.report.Findings = append(a.report.Findings, Finding{ref.Kind, ref.ID, ref.Revision, problem})
}

func (a *auditor) walk(ctx context.Context, collection string, each func(docstore.Doc) error) error {
	q := docstore.Query{Collection: collection, Limit: docstore.MaxLimit}
	for {
		page, err := a.docs.Find(ctx, q)
		if err != nil {
			return fmt.Errorf("reading %s: %w", collection, err)
		}
		for _, d := range page.Docs {
			if err := each(d); err != nil {
				return err
			}
		}
		if page.Next == "" {
			return nil
		}
		q.After = page.Next
	}
}

// events checks the chains. Ids of events sort by document and revision, so one walk sees each chain in order.
func (a *auditor) events(ctx context.Context) error {
	var before chain
	err := a.walk(ctx, stores.EventCollection, func(d docstore.Doc) error {
		s, err := stores.DecodeEvent(d)
		if err != nil {
			a.report.Findings = append(a.report.Findings, Finding{Kind: stores.EventCollection, ID: d.ID, Problem: "it cannot be read"})
			return nil //nolint:nilerr // it is a finding, and the walk goes on
		}
		a.report.Events++
		if s.Subject.Kind != before.kind || s.Subject.ID != before.id {
			if err := a.chainEnd(ctx, before); err != nil {
				return err
			}
			before = chain{kind: s.Subject.Kind, id: s.Subject.ID}
		}
		return a.event(ctx, d.ID, s, &before)
	})
	return errors.Join(err, a.chainEnd(ctx, before))
}

// chain is how far the walk has come within one document's events.
type chain struct {
	kind, id string
	revision int64
	hash     []byte
}

func (a *auditor) event(ctx context.Context, id string, s record.Sealed, before *chain) error {
	body, err := s.Read()
	sum := sha256.Sum256(s.Bytes)
	switch {
	case err != nil:
		a.found(s.Subject, "the event's bytes cannot be read")
	case !bytes.Equal(sum[:], s.Hash):
		a.found(s.Subject, "the event was altered: its bytes do not have its hash")
	case body.Subject != s.Subject || id != stores.EventID(s.Subject):
		a.found(s.Subject, "the event stands in another place than its bytes say")
	case body.Actor != s.Actor || body.At != record.EventTime(s.At):
		a.found(s.Subject, "the event was altered: who and when are not what its bytes say")
	case s.Subject.Revision != before.revision+1:
		a.found(s.Subject, fmt.Sprintf("events are missing: the one before has revision %d", before.revision))
	case body.Before != hex.EncodeToString(before.hash):
		a.found(s.Subject, "the event does not follow the one before: something was altered or reordered")
	case s.Reason != "" && body.Reason != record.ReasonHash(s.Salt, s.Reason):
		a.found(s.Subject, "the reason was altered")
	}
	before.revision, before.hash = s.Subject.Revision, s.Hash
	for _, k := range body.Kept {
		if err := a.keptDocument(ctx, s.Subject, k); err != nil {
			return err
		}
	}
	return nil
}

func (a *auditor) keptDocument(ctx context.Context, by record.Ref, k record.Kept) error {
	if k.Kind != stores.MessageCollection {
		a.report.Kept++
	}
	a.kept[k.Kind+"/"+k.ID] = true
	d, err := a.docs.Get(ctx, k.Kind, k.ID)
	if errors.Is(err, record.ErrNotFound) {
		a.found(by, fmt.Sprintf("%s %s, which it wrote, is missing", k.Kind, k.ID))
		return nil
	}
	if err != nil {
		return err
	}
	if k.Kind == stores.MessageCollection {
		a.promised(d, k)
		return nil
	}
	if sum := sha256.Sum256(d.Body); hex.EncodeToString(sum[:]) != k.SHA256 {
		a.found(record.Ref{Kind: k.Kind, ID: k.ID}, "it was altered: it does not have the hash that its event holds")
	}
	return nil
}

// chainEnd checks the last event of a document against the document.
func (a *auditor) chainEnd(ctx context.Context, c chain) error {
	if c.kind == "" {
		return nil
	}
	ref := record.Ref{Kind: c.kind, ID: c.id}
	d, err := a.docs.Get(ctx, c.kind, c.id)
	if errors.Is(err, record.ErrNotFound) {
		a.found(ref, "the document is missing; its events are there")
		return nil
	}
	if err != nil {
		return err
	}
	if d.Revision != c.revision {
		a.found(ref, fmt.Sprintf("it has revision %d and its events end at %d", d.Revision, c.revision))
	}
	if !bytes.Equal(d.Chain, c.hash) {
		a.found(ref, "it names another last event than the one that is there")
	}
	a.report.Heads.add(c)
	return nil
}

// document checks that a document has events, or was written by one, and that it is as its last event says.
func (a *auditor) document(ctx context.Context, kind string, d docstore.Doc) error {
	a.report.Documents++
	ref := record.Ref{Kind: kind, ID: d.ID}
	files, err := stores.FilesOf(kind, d)
	if err != nil {
		return err
	}
	for _, f := range files {
		a.named[f] = append(a.named[f], ref)
	}
	if len(d.Chain) == 0 {
		if !a.kept[kind+"/"+d.ID] {
			a.found(ref, "no event wrote it")
		}
		return nil
	}
	last, err := a.docs.Get(ctx, stores.EventCollection, stores.EventID(record.Ref{Kind: kind, ID: d.ID, Revision: d.Revision}))
	if errors.Is(err, record.ErrNotFound) {
		a.found(record.Ref{Kind: kind, ID: d.ID, Revision: d.Revision}, "its last event is missing")
		return nil
	}
	if err != nil {
		return err
	}
	s, err := stores.DecodeEvent(last)
	if err != nil {
		return nil //nolint:nilerr // told by the walk through the events
	}
	body, err := s.Read()
	if sum := sha256.Sum256(d.Body); err == nil && hex.EncodeToString(sum[:]) != body.Document {
		a.found(ref, "it was altered: it does not match its last event")
	}
	return nil
}
