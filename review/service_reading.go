package review

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"concordat/review/access"
	"concordat/review/record"
)

// PageSize is how many policies one page of a list has at most.
const PageSize = 50

// Filter narrows a list of policies. Empty fields do not narrow.
type Filter struct {
	Programme string // id
	Lead      string // account
	Stage     Stage
	Begins    string // how the title or the reference begins, in any case
}

// List is one page of the policies that the actor may read, in the order of their titles. A page may be shorter
// than PageSize, since others are left out; next is "" at the end.
func (s *Service) List(ctx context.Context, by record.Actor, f Filter, after string) (list []*Policy, next string, err error) {
	return readable(ctx, by, f, after, s.Policies.Find, (*Policy).Card)
}

// Cards are one page of what List gives, without the texts.
func (s *Service) Cards(ctx context.Context, by record.Actor, f Filter, after string) (list []*Card, next string, err error) {
	return readable(ctx, by, f, after, s.Policies.Cards, func(c *Card) *Card { return c })
}

// readable reads on until there is something that the actor may read, or the end.
func readable[T any](ctx context.Context, by record.Actor, f Filter, after string,
	read func(ctx context.Context, f Filter, after string, limit int) ([]T, string, error), card func(T) *Card) (list []T, next string, err error) {
	f.Begins = Fold(f.Begins)
	for next = after; len(list) == 0; {
		var part []T
		if part, next, err = read(ctx, f, next, PageSize); err != nil {
			return nil, "", err
		}
		for _, x := range part {
			if c := card(x); f.fits(c) && access.May(by, access.PolicyRead, access.For(c.Commissioners...)) {
				list = append(list, x)
			}
		}
		if next == "" {
			break
		}
	}
	return list, next, nil
}

func (f Filter) fits(c *Card) bool {
	return (f.Programme == "" || f.Programme == c.Programme) && (f.Lead == "" || f.Lead == c.Lead) && (f.Stage == "" || f.Stage == c.Stage) &&
		(f.ByReference() && strings.HasPrefix(c.Reference, strings.ToUpper(f.Begins)) || strings.HasPrefix(c.SortTitle, f.Begins))
}

var referenceBegins = regexp.MustCompile(`(?i)^\pL+-?[0-9]`)

// ByReference tells whether what was typed is the beginning of a reference, such as "CP-06".
func (f Filter) ByReference() bool { return referenceBegins.MatchString(f.Begins) }

// ReadSave reads one save of a policy.
func (s *Service) ReadSave(ctx context.Context, by record.Actor, policy string, number int) (*Save, error) {
	if _, err := s.Policy(ctx, by, policy); err != nil {
		return nil, err
	}
	return s.Policies.Save(ctx, SaveID(policy, number))
}

// ReadVersion reads one issued version of a policy.
func (s *Service) ReadVersion(ctx context.Context, by record.Actor, policy string, n Number) (*Version, error) {
	if _, err := s.Policy(ctx, by, policy); err != nil {
		return nil, err
	}
	return s.Policies.Version(ctx, VersionID(policy, n))
}

// Hand gives a policy to another lead.
func (s *Service) Hand(ctx context.Context, e record.Edit, lead string) (*Policy, error) {
	return s.steer(ctx, e, access.PolicyEdit, func(p *Policy) (record.Event, error) { return p.hand(lead) })
}

func (p *Policy) hand(lead string) (record.Event, error) {
	var faults record.Faults
	faults.Add(lead == "", "lead", "Choose who takes the policy over")
	faults.Add(lead != "" && lead == p.Lead, "lead", "This person leads the policy already. Choose somebody else")
	if err := faults.Err(); err != nil {
		return record.Event{}, err
	}
	p.Lead = lead
	return record.Event{Action: "policy.handed"}.With("lead", lead), nil
}

// Autosave keeps what somebody typed and has not saved, in place of what was kept before.
func (s *Service) Autosave(ctx context.Context, by record.Actor, d Draft) error {
	p, err := s.editable(ctx, record.Edit{By: by, ID: d.Policy})
	if err != nil {
		return err
	}
	c := p.Content
	c.Sections = overwrite(p.Sections, d.Sections)
	if err := c.valid(); err != nil {
		return err
	}
	d.Sections = slices.DeleteFunc(slices.Clone(d.Sections), func(x Section) bool { return p.Section(x.Key).Key == "" })
	d.Account, d.At = by.ID, s.Now()
	return s.Drafts.PutDraft(ctx, d)
}

// Unsaved is what the actor typed and has not saved; ok is false when there is nothing.
func (s *Service) Unsaved(ctx context.Context, by record.Actor, policy string) (d Draft, ok bool, err error) {
	if _, err := s.editable(ctx, record.Edit{By: by, ID: policy}); err != nil {
		return Draft{}, false, err
	}
	d, err = s.Drafts.Draft(ctx, policy, by.ID)
	if absent(err) {
		return Draft{}, false, nil
	}
	return d, err == nil, err
}

// Discard forgets what the actor typed and did not save. It is no error when there is nothing.
func (s *Service) Discard(ctx context.Context, by record.Actor, policy string) error {
	if _, err := s.editable(ctx, record.Edit{By: by, ID: policy}); err != nil {
		return err
	}
	return s.Drafts.DropDraft(ctx, policy, by.ID)
}
