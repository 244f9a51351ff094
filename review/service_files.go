package review

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"concordat/review/access"
	"concordat/review/record"
)

// AddFile adds a supporting document to the draft: a form, a leaflet. Its type is told by its content.
func (s *Service) AddFile(ctx context.Context, e record.Edit, name, title string, r io.Reader) (*Policy, error) {
	p, err := s.editable(ctx, e)
	if err != nil {
		return nil, err
	}
	data, err := readUpload(r)
	if err != nil {
		return nil, err
	}
	contentType, extension := fileType(data)
	if contentType == "" {
		return nil, fileFault("This kind of file cannot be taken. Choose a PDF, Word (.docx), Excel (.xlsx), OpenDocument (.odt), PNG, JPEG or plain text file without macros")
	}
	f := File{ID: s.NewID(), Name: fileName(name, extension), Title: strings.TrimSpace(title), Type: contentType}
	// The bytes come first: a commit must never name a file that is not there.
	if f.SHA256, f.Size, err = s.Files.Keep(ctx, bytes.NewReader(data)); err != nil {
		return nil, err
	}
	return record.Apply(ctx, s.Policies, p, e, s.Now(), func(p *Policy) (record.Event, error) { return p.addFile(f, e.By.ID) })
}

// RemoveFile takes a supporting document from the draft. Versions that were issued with it keep it.
func (s *Service) RemoveFile(ctx context.Context, e record.Edit, fileID string) (*Policy, error) {
	return s.steer(ctx, e, access.PolicyEdit, func(p *Policy) (record.Event, error) { return p.removeFile(fileID, e.By.ID) })
}

// OpenFile opens a supporting document of the draft. The caller closes it.
func (s *Service) OpenFile(ctx context.Context, by record.Actor, policy, fileID string) (File, io.ReadCloser, error) {
	p, err := s.Policy(ctx, by, policy)
	if err != nil {
		return File{}, nil, err
	}
	i := slices.IndexFunc(p.Files, func(f File) bool { return f.ID == fileID })
	if i < 0 {
		return File{}, nil, fmt.Errorf("file %s of policy %s: %w", fileID, policy, record.ErrNotFound)
	}
	return s.open(ctx, p.Files[i])
}

// OpenOriginal opens a local policy as it came. The caller closes it.
func (s *Service) OpenOriginal(ctx context.Context, by record.Actor, localID string) (File, io.ReadCloser, error) {
	l, err := s.Local(ctx, by, localID)
	if err != nil {
		return File{}, nil, err
	}
	if l.Original == nil {
		return File{}, nil, fmt.Errorf("local policy %s came without a file: %w", localID, record.ErrNotFound)
	}
	return s.open(ctx, *l.Original)
}

func (s *Service) open(ctx context.Context, f File) (File, io.ReadCloser, error) {
	r, err := s.Files.Open(ctx, f.SHA256)
	return f, r, err
}

// WithdrawPublication takes a policy from the public library when no commissioner has it in force any more. Its
// address then says that it was withdrawn.
func (s *Service) WithdrawPublication(ctx context.Context, e record.Edit) error {
	p, err := s.toPublish(ctx, e)
	if err != nil {
		return err
	}
	if err := reasoned(e); err != nil {
		return err
	}
	registers, err := s.Registers.OfPolicy(ctx, p.ID)
	if err != nil {
		return err
	}
	now := s.Now()
	policy, err := record.Plan(p, e, now, func(p *Policy) (record.Event, error) { return p.withdraw(registers, now) })
	if err != nil {
		return err
	}
	pub, err := s.Publications.Load(ctx, p.ID)
	if err != nil {
		return err
	}
	public, err := s.planWithdrawal(pub, e)
	if err != nil {
		return err
	}
	writes := []record.Write{policy, public}
	for _, r := range registers {
		writes = append(writes, record.Expect(record.RefTo(r)))
	}
	return s.Policies.Commit(ctx, writes...)
}

func (s *Service) planWithdrawal(pub *Publication, e record.Edit) (record.Write, error) {
	own := record.Edit{By: e.By, ID: pub.ID, Revision: pub.Revision, Reason: e.Reason}
	return record.Plan(pub, own, s.Now(), func(x *Publication) (record.Event, error) { return x.withdraw(s.Now()) })
}

func fileFault(message string) error { return record.Faults{{Field: "file", Message: message}} }

// readUpload reads a file that somebody sent, up to MaxFile.
func readUpload(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxFile+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("reading an upload: %w", err)
	case len(data) == 0:
		return nil, fileFault("The file is empty. Choose another one")
	case len(data) > MaxFile:
		return nil, fileFault("The file is larger than 20 MB. Make it smaller, for example by leaving out pictures")
	}
	return data, nil
}
