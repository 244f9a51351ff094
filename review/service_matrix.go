package review

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"concordat/review/harmony"
	"concordat/review/record"
)

// Matrix is the local texts on the treatment of one policy side by side, with what people made of it.
type Matrix struct {
	harmony.Matrix
	Policy  *Policy
	Made    *Harmonisation
	Locals  map[string]*LocalPolicy // by place, which is the commissioner's id
	InForce map[string]*InForce     // by place: versions that stand where local policies stood; only in what effects compare
	Missing []string                // short names of the commissioners of which nothing is recorded yet
}

// Matrix builds the matrix of a policy from the local policies of the day. The base is harmony's: the first that is
// there of the one asked for, the draft, the national text, the most common.
func (s *Service) Matrix(ctx context.Context, by record.Actor, policy string, base harmony.Base) (*Matrix, error) {
	p, h, err := s.harmonised(ctx, by, policy)
	if err != nil {
		return nil, err
	}
	return s.matrix(ctx, p, h, base)
}

// harmonised reads a policy with what people made of its matrix.
func (s *Service) harmonised(ctx context.Context, by record.Actor, policy string) (*Policy, *Harmonisation, error) {
	p, err := s.Policy(ctx, by, policy)
	if err != nil {
		return nil, nil, err
	}
	h, err := s.Harmonies.Load(ctx, policy)
	return p, h, err
}

// today is the matrix that the draft's effects are worked out from: where a version is in force it stands in the place of
// the local policy.
func (s *Service) today(ctx context.Context, by record.Actor, policy string) (*Matrix, error) {
	p, h, err := s.harmonised(ctx, by, policy)
	if err != nil {
		return nil, err
	}
	places, err := s.places(ctx)
	if err != nil {
		return nil, err
	}
	adopted, err := s.inForce(ctx, p, places)
	if err != nil {
		return nil, err
	}
	return s.sideBySide(ctx, p, h, harmony.Draft, adopted)
}

// Harmonisation is what people added to the matrix of a policy.
func (s *Service) Harmonisation(ctx context.Context, by record.Actor, policy string) (*Harmonisation, error) {
	if _, err := s.Policy(ctx, by, policy); err != nil {
		return nil, err
	}
	return s.Harmonies.Load(ctx, policy)
}

func (s *Service) matrix(ctx context.Context, p *Policy, h *Harmonisation, base harmony.Base) (*Matrix, error) {
	return s.sideBySide(ctx, p, h, base, nil)
}

// sideBySide puts beside each other the local policies of the day, and in the place of those of the commissioners that
// adopted a version what they adopted.
func (s *Service) sideBySide(ctx context.Context, p *Policy, h *Harmonisation, base harmony.Base, adopted map[string]*InForce) (*Matrix, error) {
	list, err := s.Locals.OfPolicy(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	places, err := s.places(ctx)
	if err != nil {
		return nil, err
	}
	today := record.DateOf(s.Now())
	m := &Matrix{Policy: p, Made: h, Locals: map[string]*LocalPolicy{}, InForce: adopted}
	list = slices.DeleteFunc(places.applying(current(list), today), func(l *LocalPolicy) bool { return adopted[l.Commissioner] != nil })
	names := func(l *LocalPolicy) string { return places.short(l.Commissioner) }
	slices.SortFunc(list, func(a, b *LocalPolicy) int { return strings.Compare(names(a), names(b)) })
	topic := harmony.Topic{Base: base, Corrections: h.Corrections(), Draft: s.draftText(p), National: s.nationalText(h)}
	for _, l := range list {
		m.Locals[l.Commissioner] = l
		topic.Locals = append(topic.Locals, s.localText(l, names(l)))
	}
	for _, id := range slices.Sorted(maps.Keys(adopted)) {
		topic.Locals = append(topic.Locals, adopted[id].text)
	}
	for _, id := range p.Commissioners {
		if len(places.LocalsIn(list, id, today)) == 0 && places[id] != nil && !places[id].Ended(today) {
			m.Missing = append(m.Missing, places.short(id))
		}
	}
	m.Matrix = harmony.Build(topic)
	return m, nil
}

// short is the short name of a commissioner; the id when it is not known.
func (places Places) short(id string) string {
	if c := places[id]; c != nil {
		return c.Short
	}
	return id
}

func (s *Service) localText(l *LocalPolicy, name string) harmony.Text {
	t := harmony.Text{Place: l.Commissioner, Name: name}
	if l.Without != HasPolicy {
		t.Without = l.Without.Words()
		return t
	}
	t.Reading = s.Readings.of(l.Markdown)
	t.Reading.Text = l.anchored(t.Reading.Text)
	return t
}

func (s *Service) nationalText(h *Harmonisation) *harmony.Text {
	if !h.National.Given() {
		return nil
	}
	return &harmony.Text{Place: string(harmony.National), Name: h.National.Title, Reading: s.Readings.of(h.National.Markdown)}
}

// Deciding are the keys of the sections of a draft that decide who is treated. Others speak of the same criteria in
// other words.
func Deciding() []string {
	return []string{PositionKey, CriteriaKey, ExcludedKey, StartStopKey, ScopeKey}
}

// draftText is the draft with the criteria of the sections that decide; nil when these have none.
func (s *Service) draftText(p *Policy) *harmony.Text {
	r := s.Readings.of(p.Markdown())
	r.Text = p.anchored(r.Text)
	r = decisive(r, p.sectionKeys(r.Text))
	if len(r.Criteria) == 0 {
		return nil
	}
	return &harmony.Text{Place: string(harmony.Draft), Name: "Draft", Reading: r}
}

// Correct keeps one thing that somebody put right of the rows. A form that was made before others corrected the same
// rows is a CorrectedMeanwhile; corrections of other rows join. What no text says any more cannot be corrected.
func (s *Service) Correct(ctx context.Context, e record.Edit, list ...harmony.Correction) (*Harmonisation, error) {
	return s.harmonise(ctx, e, func(ctx context.Context, p *Policy, h *Harmonisation) (record.Event, error) {
		if made := h.since(e.Revision, list); len(made) > 0 {
			return record.Event{}, &CorrectedMeanwhile{By: made}
		}
		event, err := h.correct(list, e.By.ID, s.Now())
		if err != nil {
			return event, err
		}
		m, err := s.matrix(ctx, p, h, harmony.Draft)
		if err != nil {
			return event, err
		}
		if slices.Contains(h.Idle(m.Idle), h.Counter) {
			return event, nothingToDo(list[0])
		}
		return event, nil
	})
}

// nothingToDo refuses a correction of what is not there.
func nothingToDo(c harmony.Correction) record.Faults {
	if c.Act == harmony.Belong {
		return record.Faults{{Message: "This text does not stand apart. Look at the matrix again"}}
	}
	return record.Faults{{Field: "words", Message: "No text has these words any more. Look at the matrix again",
		Why: "A correction is kept by the words that it is about, so that it holds when a text is read in again."}}
}

// Undo takes back one thing that somebody put right, by its number.
func (s *Service) Undo(ctx context.Context, e record.Edit, number int) (*Harmonisation, error) {
	return s.harmonise(ctx, e, func(_ context.Context, _ *Policy, h *Harmonisation) (record.Event, error) { return h.undo(number) })
}

// NoteEvidence keeps what the evidence says on the row of a wording; a note of no kind takes it away.
func (s *Service) NoteEvidence(ctx context.Context, e record.Edit, n EvidenceNote) (*Harmonisation, error) {
	n.By, n.At = e.By.ID, s.Now()
	return s.harmonise(ctx, e, func(ctx context.Context, p *Policy, h *Harmonisation) (record.Event, error) {
		m, err := s.matrix(ctx, p, h, harmony.Draft)
		if err != nil {
			return record.Event{}, err
		}
		row, ok := m.RowOf(n.Words)
		if !ok {
			return record.Event{}, record.Faults{{Field: "text", Message: "No text has this row any more. Look at the matrix again"}}
		}
		if was, ok := h.NoteOn(row); ok && was.Revision > e.Revision {
			return record.Event{}, &record.Stale{Ref: record.Ref{Kind: h.Kind(), ID: h.ID, Revision: e.Revision}, Kept: h.Revision}
		}
		return h.note(n, row)
	})
}

// SetNational keeps the national text that local texts are compared with.
func (s *Service) SetNational(ctx context.Context, e record.Edit, n NationalInput) (*Harmonisation, error) {
	p, err := s.editable(ctx, e)
	if err != nil {
		return nil, err
	}
	x := NationalReference{Title: strings.TrimSpace(n.Title), Source: strings.TrimSpace(n.Source), Published: n.Published, By: e.By.ID, At: s.Now()}
	if err := s.readNational(ctx, &x, n); err != nil {
		return nil, err
	}
	h, err := s.Harmonies.Load(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	return record.Apply(ctx, s.Harmonies, h, e, s.Now(), func(h *Harmonisation) (record.Event, error) { return h.setNational(x, record.DateOf(s.Now())) })
}

// readNational takes a national text in as a local one is.
func (s *Service) readNational(ctx context.Context, x *NationalReference, n NationalInput) error {
	var l LocalPolicy
	field, err := s.readText(ctx, &l, LocalInput{FileName: n.FileName, File: n.File, HTML: n.HTML, Markdown: n.Markdown})
	if err != nil {
		return err
	}
	x.Markdown, x.Losses = l.Markdown, l.Losses
	if field != "file" {
		return nil
	}
	if err := x.valid(record.DateOf(s.Now())); err != nil {
		return err
	}
	x.Original, err = s.keepOriginal(ctx, x.Title, n.FileName, n.File)
	return err
}

// OpenNational opens the national text of a policy as it came. The caller closes it.
func (s *Service) OpenNational(ctx context.Context, by record.Actor, policy string) (File, io.ReadCloser, error) {
	h, err := s.Harmonisation(ctx, by, policy)
	if err != nil {
		return File{}, nil, err
	}
	if h.National.Original == nil {
		return File{}, nil, fmt.Errorf("national text of policy %s came without a file: %w", policy, record.ErrNotFound)
	}
	return s.open(ctx, *h.National.Original)
}

// harmonise plans a rule on the harmonisation as it is now, whatever revision the form had: each rule looks itself
// whether what it is about is still there. Others may commit meanwhile; then it is planned anew.
func (s *Service) harmonise(ctx context.Context, e record.Edit, rule func(context.Context, *Policy, *Harmonisation) (record.Event, error)) (*Harmonisation, error) {
	p, err := s.editable(ctx, e)
	if err != nil {
		return nil, err
	}
	var h *Harmonisation
	err = record.Retry(func() error {
		if h, err = s.Harmonies.Load(ctx, p.ID); err != nil {
			return err
		}
		now := e
		now.Revision = h.Revision
		_, err = record.Apply(ctx, s.Harmonies, h, now, s.Now(), func(h *Harmonisation) (record.Event, error) { return rule(ctx, p, h) })
		return err
	})
	return h, err
}
