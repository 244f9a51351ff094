package programme_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"concordat/review/access"
	"concordat/review/programme"
	"concordat/review/programme/programmetest"
	"concordat/review/record"
)

func fields(err error) (out []string) {
	var faults record.Faults
	errors.As(err, &faults)
	for _, f := range faults {
		out = append(out, f.Field)
	}
	return out
}

func begun(t *testing.T) (*programme.Service, *programme.Programme) {
	t.Helper()
	s := programmetest.Service(programmetest.NewMemory(t))
	g, err := s.Create(t.Context(), programmetest.Lead, programmetest.Details())
	if err != nil {
		t.Fatal(err)
	}
	return s, g
}

func TestWhatIsRefusedOfAPromise(t *testing.T) {
	t.Parallel()
	s, g := begun(t)
	for _, tc := range []struct {
		name  string
		alter func(*programme.Promised)
		want  []string
	}{
		{"nothing wrong", func(*programme.Promised) {}, nil},
		{"no link and no day", func(p *programme.Promised) { p.Link, p.Said, p.Due = "", 0, 0 }, nil},
		{"no sort", func(p *programme.Promised) { p.Promise = "" }, []string{"promise"}},
		{"no words", func(p *programme.Promised) { p.Words = " \n" }, []string{"words"}},
		{"no source", func(p *programme.Promised) { p.Who, p.Where = "", " " }, []string{"who", "where"}},
		{"of nobody", func(p *programme.Promised) { p.Commissioners = nil }, []string{"commissioners"}},
		{"of somebody else", func(p *programme.Promised) { p.Commissioners = []string{"aldermoss", "elsewhere"} }, []string{"commissioners"}},
		{"a link that runs", func(p *programme.Promised) { p.Link = "javascript:alert(1)" }, []string{"link"}},
		{"a link to nowhere", func(p *programme.Promised) { p.Link = "minutes" }, []string{"link"}},
		{"said tomorrow", func(p *programme.Promised) { p.Said = record.Day(2027, 2, 9) }, []string{"said"}},
		{"to look again, some day", func(p *programme.Promised) { p.Promise, p.Due = programme.ToReview, 0 }, []string{"due"}},
		{"too long", func(p *programme.Promised) {
			p.Words, p.Who, p.Where = strings.Repeat("é", 2001), strings.Repeat("é", 201), strings.Repeat("é", 301)
		}, []string{"words", "who", "where"}},
	} {
		p := programmetest.Promised()
		tc.alter(&p)
		if _, err := s.Promise(t.Context(), programmetest.Lead, g.ID, p); !slices.Equal(fields(err), tc.want) || (err == nil) != (tc.want == nil) {
			t.Errorf("%s: %v, want faults of %q", tc.name, err, tc.want)
		}
	}
}

// A step is stopped by open promises to consult about the same policy, or about all, of a commissioner concerned; a
// reason lets it pass, and names them.
func TestPass(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	for _, tc := range []struct {
		name  string
		alter func(*programme.Promised)
		end   programme.Standing
		of    []string
		stops bool
	}{
		{"about this policy", func(*programme.Promised) {}, "", []string{"aldermoss", "other"}, true},
		{"about all policies", func(p *programme.Promised) { p.Policy = "" }, "", []string{"aldermoss"}, true},
		{"about another policy", func(p *programme.Promised) { p.Policy = "p86" }, "", []string{"aldermoss"}, false},
		{"of another commissioner", func(p *programme.Promised) { p.Commissioners = []string{"brindlewick"} }, "", []string{"aldermoss"}, false},
		{"to look at it again", func(p *programme.Promised) { p.Promise = programme.ToReview }, "", []string{"aldermoss"}, false},
		{"kept", func(*programme.Promised) {}, programme.Kept, []string{"aldermoss"}, false},
		{"released", func(*programme.Promised) {}, programme.Released, []string{"aldermoss"}, false},
	} {
		s, g := begun(t)
		p := programmetest.Promised()
		tc.alter(&p)
		c, err := s.Promise(ctx, programmetest.Lead, g.ID, p)
		if err == nil && tc.end != "" {
			c, err = s.End(ctx, record.Edit{By: programmetest.Lead, ID: c.ID, Revision: c.Revision, Reason: "done"}, tc.end)
		}
		if err != nil {
			t.Fatal(err)
		}
		refs, err := s.Pass(ctx, g.ID, "p41", tc.of, " ")
		if stopped := slices.Equal(fields(err), []string{"despite"}); stopped != tc.stops || len(refs) != 0 {
			t.Errorf("%s: %v, %v; want it stopped: %v", tc.name, refs, err, tc.stops)
		}
		if tc.stops && !strings.Contains(err.Error(), "We will ask before fewer people can have it” (The chair, minute JC/26/14, 19 November 2026)") {
			t.Errorf("%s: %v, want the words and their source", tc.name, err)
		}
		refs, err = s.Pass(ctx, g.ID, "p41", tc.of, "The law changed")
		if err != nil || slices.Contains(refs, record.RefTo(c)) != tc.stops {
			t.Errorf("%s, with a reason: %v, %v", tc.name, refs, err)
		}
	}
}

func TestEnding(t *testing.T) {
	t.Parallel()
	s, g := begun(t)
	c, err := s.Promise(t.Context(), programmetest.Lead, g.ID, programmetest.Promised())
	if err != nil {
		t.Fatal(err)
	}
	if !c.Late(record.Day(2027, 4, 1)) || c.Late(record.Day(2027, 3, 31)) {
		t.Error("it is late from the day after it was due")
	}
	for _, as := range []programme.Standing{programme.Kept, programme.Released} {
		if _, err := s.End(t.Context(), record.Edit{By: programmetest.Lead, ID: c.ID, Revision: c.Revision}, as); !slices.Equal(fields(err), []string{"reason"}) {
			t.Errorf("%s without words: %v", as, err)
		}
	}
}

func TestWhoMayPromise(t *testing.T) {
	t.Parallel()
	s, g := begun(t)
	for _, tc := range []struct {
		role access.Role
		at   string
		want bool
	}{
		{access.PolicyLead, "aldermoss", true}, {access.EngagementLead, "", true}, {access.Contact, "", true},
		{access.Contact, "aldermoss", false}, // the promise is of two places
		{access.Secretary, "brindlewick", false}, {access.PolicyLead, "elsewhere", false}, {access.Approver, "", false},
	} {
		by := record.Actor{ID: "x", Grants: []record.Grant{{Role: string(tc.role), Commissioner: tc.at}}}
		_, err := s.Promise(t.Context(), by, g.ID, programmetest.Promised())
		if (err == nil) != tc.want || err != nil && !errors.Is(err, record.ErrForbidden) || programme.MayPromise(by, programmetest.Promised().Commissioners) != tc.want {
			t.Errorf("%s for %q: %v, want allowed %v", tc.role, tc.at, err, tc.want)
		}
	}
}
