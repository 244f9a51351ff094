package bulk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"strings"

	"concordat/review"
	"concordat/review/intake"
	"concordat/review/record"
)

// A reader makes the rows of an import from its files.
type reader struct {
	of     *Import
	bundle *bundle
	world  *world
	files  *review.Service
	takes  func(intake.Document) error // refuses a text that cannot be recorded
	losses []review.Loss
}

// rows are one for each text: each part of a book, or each line of the manifest and each file that it does not name.
// When ctx ends it stops between two files.
func (r *reader) rows(ctx context.Context) (rows []Row, err error) {
	if r.of.Book {
		for _, e := range r.bundle.entries {
			if ctx.Err() == nil {
				rows = append(rows, r.book(ctx, e)...)
			}
		}
	} else {
		m, ok := r.manifest(ctx)
		rows = r.lines(ctx, m, ok)
	}
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case len(rows) == 0:
		return nil, record.Faults{{Field: "file", Message: "There are no files in it. Choose a ZIP that holds the texts, or the files themselves"}}
	case len(rows) > MaxRows:
		return nil, record.Faults{{Field: "file", Message: fmt.Sprintf("It holds %d texts. Bring in %d or fewer at a time", len(rows), MaxRows)}}
	}
	for i := range rows {
		x := &rows[i]
		x.Title = shorten(x.Title, 200)
		if x.Effective == 0 {
			x.Effective = r.of.Effective
		}
		if x.Source == "" {
			x.Source = r.of.Source
		}
	}
	return rows, nil
}

// manifest is the file that says of the others whose they are. A ZIP or a handful of files may have one.
func (r *reader) manifest(ctx context.Context) (manifest, bool) {
	var found []manifest
	for _, e := range r.bundle.entries {
		if end := strings.ToLower(path.Ext(e.name)); end != ".csv" && end != ".tsv" && end != ".xlsx" {
			continue
		}
		data, fault := r.bundle.read(e)
		if fault != "" {
			continue
		}
		if sheets, err := r.files.ReadSheets(ctx, e.name, data); err == nil {
			if m, ok := readManifest(e.name, sheets); ok {
				found = append(found, m)
			}
		}
	}
	return pickManifest(found)
}

func (r *reader) lines(ctx context.Context, m manifest, ok bool) (rows []Row) {
	names := make([]string, len(r.bundle.entries))
	for i, e := range r.bundle.entries {
		if names[i] = e.name; e.name == m.name {
			names[i] = ""
		}
	}
	named := make([]bool, len(names))
	for _, line := range m.lines {
		if ctx.Err() != nil {
			return nil
		}
		row := line.begin(path.Base(m.name))
		at, found := find(names, line.file)
		switch {
		case row.Without != review.HasPolicy:
			r.match(&row, about{said: line.topic})
		case line.file == "":
			row.fault(Unread, "The manifest names no file. Enter the file’s name, or “No policy” and what that means there")
			r.match(&row, about{said: line.topic})
		case !found:
			row.fault(Unread, "There is no file “"+line.file+"”. Add it to the ZIP, or correct its name in the manifest")
			row.File = line.file
			r.match(&row, about{said: line.topic})
		default:
			named[at] = true
			r.file(ctx, &row, r.bundle.entries[at], line.topic)
		}
		rows = append(rows, row)
	}
	for i, e := range r.bundle.entries {
		if named[i] || names[i] == "" || ctx.Err() != nil {
			continue
		}
		row := Row{Where: e.name}
		r.file(ctx, &row, e, "")
		if ok {
			row.unnamed()
		}
		rows = append(rows, row)
	}
	return rows
}

// unnamed makes proposals of what the program was sure of: whoever wrote the manifest may have left the file out on purpose.
func (r *Row) unnamed() {
	r.tell("The manifest does not name this file.")
	r.propose(true)
	if r.Commissioner != "" {
		r.PlaceGuessed = r.Commissioner
	}
	r.Commissioner = ""
}

// propose makes a proposal of the policy that the program was sure of.
func (r *Row) propose(likely bool) {
	if r.Policy != "" {
		r.Guessed = []Proposal{{Policy: r.Policy, Why: r.Matched, Likely: likely}}
	}
	r.Policy, r.Matched = "", ""
}

// file reads the file of a row, which is one text.
func (r *reader) file(ctx context.Context, row *Row, e entry, topic string) {
	row.Upload, row.File = e.upload, e.name
	data, fault := r.bundle.read(e)
	if fault != "" {
		row.fault(Unread, fault)
	}
	row.SHA256 = digest(data)
	var doc intake.Document
	if row.Fault == "" {
		var err error
		if doc, err = r.files.ReadFile(ctx, e.name, data); err == nil {
			err = r.takes(doc)
		}
		row.unread(err)
	}
	row.found(doc.Title, doc.Markdown, doc.Losses)
	if row.Title == "" {
		row.Title = fileTitle(e.name)
	}
	r.match(row, about{said: topic, title: row.Title, file: fileTitle(e.name), codes: row.Codes}, e.name, doc.Title, opening(doc.Markdown))
	if n := doc.Texts(); n > 1 {
		row.tell(fmt.Sprintf("It seems to be a book of %d policies. Send it as “A book of many policies”, and each comes in by itself.", n))
		if topic == "" && r.of.Policy == "" {
			row.propose(false)
		}
	}
}

// book reads a file that holds many texts.
func (r *reader) book(ctx context.Context, e entry) (rows []Row) {
	data, fault := r.bundle.read(e)
	whole := Row{Where: e.name, Upload: e.upload, File: e.name, SHA256: digest(data)}
	if fault != "" {
		whole.fault(Unread, fault)
		return []Row{whole}
	}
	parts, losses, err := r.files.ReadBook(ctx, e.name, data)
	if err != nil {
		whole.unread(err)
		return []Row{whole}
	}
	for _, l := range losses {
		r.losses = append(r.losses, review.Loss(l))
	}
	owner := r.world.placeIn(fileTitle(e.name))
	for i, p := range parts {
		row := whole
		row.Part, row.Where = i+1, fmt.Sprintf("“%s” in %s", shorten(p.Title, 80), path.Base(e.name))
		if p.Markdown == "" {
			row.fault(Unread, "There is no text below this heading or in this row")
		} else {
			row.unread(r.takes(intake.Document{Markdown: p.Markdown}))
		}
		row.found(p.Title, p.Markdown, p.Losses)
		row.PlaceGuessed = owner
		r.match(&row, about{title: p.Title, codes: row.Codes}, opening(p.Markdown))
		rows = append(rows, row)
	}
	return rows
}

// unread notes why a text cannot be read.
func (r *Row) unread(err error) {
	if err != nil {
		r.fault(Unread, reason(err))
	}
}

func (r *Row) found(title, markdown string, losses []intake.Loss) {
	if r.Title == "" {
		r.Title = title
	}
	r.Codes = review.TextCodes(title, markdown)
	for _, l := range losses {
		r.Losses = append(r.Losses, review.Loss(l))
	}
}

// match says whose a row is and what it is about, or proposes it. Words are where a commissioner may be named, the best
// place first.
func (r *reader) match(row *Row, a about, words ...string) {
	switch {
	case row.SaidPlace != "":
		if row.Commissioner = r.world.placeNamed(row.SaidPlace); row.Commissioner == "" {
			row.PlaceGuessed = r.world.placeIn(row.SaidPlace)
		}
	case r.of.Commissioner != "":
		row.Commissioner = r.of.Commissioner
	}
	for _, w := range words {
		if row.Commissioner == "" && row.PlaceGuessed == "" {
			row.PlaceGuessed = r.world.placeIn(w)
		}
	}
	a.place = row.Commissioner
	a.title, _ = review.TitleCodes(a.title)
	row.Policy, row.Matched, row.Guessed = r.world.policy(a)
	if row.Policy != "" && a.said != "" {
		r.doubt(row, a)
	}
	if r.of.Policy == "" || a.said != "" {
		return
	}
	if other := row.Policy; other != "" && other != r.of.Policy {
		row.Notes = append(row.Notes, "It seems to be about another policy, “"+r.world.title(other)+"”.")
		row.Policy, row.Guessed = "", []Proposal{{Policy: r.of.Policy, Why: "the import is for it"}, {Policy: other, Why: row.Matched}}
		return
	}
	row.Policy, row.Matched, row.Guessed = r.of.Policy, "as the import says", nil
}

// doubt tells when a text, by itself, is surely about another policy than the manifest says.
func (r *reader) doubt(row *Row, a about) {
	a.said = ""
	if other, how, _ := r.world.policy(a); other != "" && other != row.Policy {
		row.tell("The text seems to be about “" + r.world.title(other) + "”, " + how + ". Look whether the right file is named.")
	}
}

func (w *world) title(policy string) string {
	for _, t := range w.topics {
		if t.policy.ID == policy {
			return t.policy.Title
		}
	}
	return policy
}

// opening is as much of a text as can be expected to say whose it is.
func opening(markdown string) string { return markdown[:min(len(markdown), 3000)] }

func digest(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}

func shorten(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}
