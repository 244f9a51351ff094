package bulk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/record"
)

// Imports keeps imports.
type Imports interface {
	record.Store[*Import]
	// Recent gives the newest imports of one account, the newest first.
	Recent(ctx context.Context, account string, limit int) ([]*Import, error)
}

// Service is what can be done with imports. Whoever may record what some commissioner has may begin one; for each row
// the permission table is asked again. An import is for who began it, and for whoever records for all commissioners.
type Service struct {
	Imports Imports
	Review  *review.Service
	Now     func() time.Time
	NewID   func() string
}

// Start is what an import begins with.
type Start struct {
	Book                 bool
	Policy, Commissioner string // ids; "" when each text says
	Effective            record.Date
	Source               string
	Files                []Sent
}

// Sent is a file as somebody sends it.
type Sent struct {
	Name string
	Open func() (io.ReadCloser, error)
}

// Begin keeps the files. They are read by Read.
func (s *Service) Begin(ctx context.Context, by record.Actor, n Start) (*Import, error) {
	if err := s.mayBegin(ctx, by, n); err != nil {
		return nil, err
	}
	i := &Import{Head: record.Head{ID: s.NewID()}, By: by.ID, Book: n.Book, Policy: n.Policy, Commissioner: n.Commissioner,
		Effective: n.Effective, Source: strings.TrimSpace(n.Source), Stage: Reading}
	for _, f := range n.Files {
		u, err := s.keep(ctx, f)
		if err != nil {
			return nil, err
		}
		i.Files = append(i.Files, u)
	}
	return record.Create(ctx, s.Imports, i, record.Edit{By: by}, s.Now(), func(i *Import) (record.Event, error) {
		return record.Event{Action: "import.begun"}.With("files", len(i.Files)), nil
	})
}

func (s *Service) mayBegin(ctx context.Context, by record.Actor, n Start) error {
	if !access.Ever(by, access.LocalEdit) {
		return fmt.Errorf("%s by account %q: %w", access.LocalEdit, by.ID, record.ErrForbidden)
	}
	if n.Policy != "" {
		if _, err := s.Review.Policy(ctx, by, n.Policy); err != nil {
			return err
		}
	}
	var faults record.Faults
	faults.Add(len(n.Files) == 0, "file", "Choose the files, or one ZIP that holds them")
	faults.Add(len(n.Files) > MaxFiles, "file", fmt.Sprintf("Choose %d files or fewer, or put them into a ZIP", MaxFiles))
	faults.Add(n.Effective > record.DateOf(s.Now()), "effective", "Enter today or an earlier day: this is what the commissioners have today")
	faults.Add(len([]rune(n.Source)) > 500, "source", "Where it came from must be told in 500 characters or fewer")
	return faults.Err()
}

func (s *Service) keep(ctx context.Context, f Sent) (u Upload, err error) {
	r, err := f.Open()
	if err != nil {
		return u, fmt.Errorf("reading an upload: %w", err)
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	u.Name = strings.ToValidUTF8(shorten(f.Name, 200), "\uFFFD")
	u.SHA256, u.Size, err = s.Review.Files.Keep(ctx, io.LimitReader(r, MaxUpload+1))
	if err == nil && u.Size > MaxUpload {
		err = record.Faults{{Field: "file", Message: "“" + u.Name + "” is larger than 100 MB. Send it in parts"}}
	}
	return u, err
}

// Import reads one import.
func (s *Service) Import(ctx context.Context, by record.Actor, id string) (*Import, error) {
	i, err := s.Imports.Load(ctx, id)
	if err != nil {
		return nil, err
	}
	if i.By != by.ID || !access.Ever(by, access.LocalEdit) {
		return i, access.Check(by, access.LocalEdit, access.Scope{})
	}
	return i, nil
}

// Recent are the newest imports of the actor, the newest first.
func (s *Service) Recent(ctx context.Context, by record.Actor) ([]*Import, error) {
	if !access.Ever(by, access.LocalEdit) {
		return nil, fmt.Errorf("%s by account %q: %w", access.LocalEdit, by.ID, record.ErrForbidden)
	}
	return s.Imports.Recent(ctx, by.ID, 20)
}

// Read reads the files of an import and plans what would become of each text. An import that was read stays as it is.
func (s *Service) Read(ctx context.Context, by record.Actor, id string) error {
	i, err := s.Import(ctx, by, id)
	if err != nil || i.Stage != Reading {
		return err
	}
	w, err := s.world(ctx, by)
	if err != nil {
		return err
	}
	b, err := s.bundle(ctx, i)
	rows, losses := []Row(nil), []review.Loss(nil)
	if err == nil {
		r := &reader{of: i, bundle: b, world: w, files: s.Review, takes: s.Review.Takes}
		rows, err = r.rows(ctx)
		losses = r.losses
	}
	if err == nil {
		i.Rows = rows
		err = s.judge(ctx, by, i)
	}
	var faults record.Faults
	switch {
	case errors.As(err, &faults):
		_, err = s.change(ctx, by, i, func(i *Import) (record.Event, error) { return i.unreadable(reason(faults)) })
	case err == nil:
		_, err = s.change(ctx, by, i, func(i *Import) (record.Event, error) { return i.planned(i.Rows, losses) })
	}
	return err
}

// change plans a rule on an import that was loaded, and commits it.
func (s *Service) change(ctx context.Context, by record.Actor, i *Import, rule func(*Import) (record.Event, error)) (*Import, error) {
	return record.Apply(ctx, s.Imports, i, record.Edit{By: by, ID: i.ID, Revision: i.Revision}, s.Now(), rule)
}

// world is every commissioner and every policy that the actor may read and that is not withdrawn.
func (s *Service) world(ctx context.Context, by record.Actor) (*world, error) {
	places, err := s.Review.AllCommissioners(ctx)
	if err != nil {
		return nil, err
	}
	var all []*review.Policy
	for after := ""; ; {
		list, next, err := s.Review.List(ctx, by, review.Filter{}, after)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
		if after = next; next == "" {
			break
		}
	}
	all = slices.DeleteFunc(all, func(p *review.Policy) bool { return p.Stage == review.Withdrawn })
	return newWorld(places, all), nil
}

// bundle opens the files of an import as they were kept.
func (s *Service) bundle(ctx context.Context, i *Import) (*bundle, error) {
	b := &bundle{left: maxUnpacked}
	for n, u := range i.Files {
		data, err := s.content(ctx, u)
		if err != nil {
			return nil, err
		}
		if err := b.add(n, u.Name, data); err != nil {
			return nil, record.Faults{{Field: "file", Message: "“" + u.Name + "” holds " + err.Error() + ". Send it in parts"}}
		}
	}
	return b, nil
}

func (s *Service) content(ctx context.Context, u Upload) (data []byte, err error) {
	r, err := s.Review.Files.Open(ctx, u.SHA256)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	b := bytes.NewBuffer(make([]byte, 0, u.Size+bytes.MinRead)) // a growing one would hold a large file twice
	if _, err := b.ReadFrom(r); err != nil {
		return nil, fmt.Errorf("reading a kept upload: %w", err)
	}
	return b.Bytes(), nil
}

// judge says what becomes of each row: by the rows alone, and then by what is kept.
func (s *Service) judge(ctx context.Context, by record.Actor, i *Import) error {
	open := i.sift()
	inputs := make([]review.LocalInput, len(open))
	for k, n := range open {
		inputs[k] = i.input(n)
	}
	verdicts, err := s.Review.Judge(ctx, by, inputs)
	if err != nil {
		return err
	}
	kept := map[string][]*review.LocalPolicy{}
	for k, n := range open {
		r := &i.Rows[n]
		if _, ok := kept[r.Policy]; !ok {
			if kept[r.Policy], err = s.Review.Locals.OfPolicy(ctx, r.Policy); err != nil {
				return err
			}
		}
		if r.decide(verdicts[k]); r.Outcome == Refused {
			continue
		}
		if at := slices.IndexFunc(kept[r.Policy], r.is); at >= 0 {
			r.refuse(Here, "It is recorded there already")
		}
	}
	return nil
}

// Choose takes over what somebody says of some rows, and plans anew. What is in stays in. When that is what was said
// before, nothing is saved: the import keeps its revision.
func (s *Service) Choose(ctx context.Context, e record.Edit, list []Choice) (*Import, error) {
	i, err := s.Import(ctx, e.By, e.ID)
	if err != nil {
		return nil, err
	}
	chosen, err := record.Apply(ctx, s.Imports, i, e, s.Now(), func(i *Import) (record.Event, error) {
		event, err := i.choose(list)
		if err != nil {
			return event, err
		}
		return event, s.judge(ctx, e.By, i)
	})
	if errors.Is(err, errSame) {
		return i, nil
	}
	return chosen, err
}

// Start lets the planned rows come in. Run brings them.
func (s *Service) Start(ctx context.Context, e record.Edit) (*Import, error) {
	i, err := s.Import(ctx, e.By, e.ID)
	if err != nil {
		return nil, err
	}
	return record.Apply(ctx, s.Imports, i, e, s.Now(), (*Import).start)
}
