package programme_test

import (
	"errors"
	"testing"

	"concordat/review/access"
	"concordat/review/programme"
	"concordat/review/programme/programmetest"
	"concordat/review/record"
)

// Each act is refused to who holds no role for it, or holds it for another place.
func TestProgrammesAreGuarded(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	s := programmetest.Service(programmetest.NewMemory(t))
	g, err := s.Create(ctx, programmetest.Lead, programmetest.Details())
	if err != nil {
		t.Fatal(err)
	}
	c, err := s.Promise(ctx, programmetest.Lead, g.ID, programmetest.Promised())
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := record.Actor{ID: "x", Grants: []record.Grant{{Role: string(access.PolicyLead), Commissioner: "elsewhere"}, {Role: string(access.Clinician)}}}
	nobody := record.Actor{ID: "x"}
	for what, act := range map[string]func() error{
		"create": func() error { _, err := s.Create(ctx, elsewhere, programmetest.Details()); return err },
		"edit": func() error {
			_, err := s.Edit(ctx, record.Edit{By: elsewhere, ID: g.ID, Revision: g.Revision}, programmetest.Details())
			return err
		},
		"read":    func() error { _, err := s.Programme(ctx, nobody, g.ID); return err },
		"list":    func() error { _, err := s.All(ctx, nobody); return err },
		"promise": func() error { _, err := s.Promise(ctx, elsewhere, g.ID, programmetest.Promised()); return err },
		"promise of nobody": func() error {
			_, err := s.Promise(ctx, nobody, g.ID, programme.Promised{})
			return err
		},
		"end": func() error {
			_, err := s.End(ctx, record.Edit{By: elsewhere, ID: c.ID, Revision: c.Revision, Reason: "x"}, programme.Kept)
			return err
		},
		"promised": func() error { _, err := s.Promised(ctx, nobody, g.ID); return err },
	} {
		if err := act(); !errors.Is(err, record.ErrForbidden) {
			t.Errorf("%s: %v, want not allowed", what, err)
		}
	}
}
