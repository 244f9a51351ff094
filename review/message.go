package review

import (
	"context"
	"fmt"
	"strings"

	"concordat/review/record"
)

// letter is a message to one person about the commissioners that concern them.
type letter struct {
	to     Person
	places []string // a line each
}

// told are the messages to those who are told for the adopters of a policy, one to each person; where nobody has an
// account, to the commissioner's contact. line is what is said of one adopter.
func (s *Service) told(ctx context.Context, list []Adopter, line func(Adopter) string, write func(letter) record.Mail) ([]record.Mail, error) {
	var letters []*letter
	byMail := map[string]*letter{}
	for _, a := range list {
		c, err := s.Commissioners.Load(ctx, a.Commissioner)
		if err != nil {
			return nil, err
		}
		if c.Ended(record.DateOf(s.Now())) {
			continue
		}
		if len(a.Told) == 0 && c.Contact.Email != "" {
			a.Told = []Person{c.Contact}
		}
		for _, to := range a.Told {
			l := byMail[to.Email]
			if l == nil {
				l = &letter{to: to}
				byMail[to.Email], letters = l, append(letters, l)
			}
			l.places = append(l.places, "- "+c.Short+": "+line(a))
		}
	}
	var out []record.Mail
	for _, l := range letters {
		out = append(out, write(*l))
	}
	return out, nil
}

// askedAgain tells that a new version waits for the decision of those who adopted an earlier one.
func (s *Service) askedAgain(ctx context.Context, p *Policy, now Succession, note string) ([]record.Mail, error) {
	line := func(a Adopter) string {
		words := "adopted version " + a.Version.String()
		switch {
		case len(a.Anew) > 0:
			return words + " with a local variation, which must be joined anew: the new version " + strings.Join(a.Anew, ", and ") + ". The form for the decision shows both texts"
		case a.Touched > 0:
			return words + fmt.Sprintf(" with a local variation, and the new version touches %d of its changes. The form for the decision shows both texts", a.Touched)
		case a.Varies:
			return words + " with a local variation, which the new version does not touch. The form for the decision carries it over"
		}
		return words
	}
	return s.told(ctx, now.Adopters, line, func(l letter) record.Mail {
		return record.Mail{To: l.to.Email, Subject: "A new version for decision: " + p.Title, Text: fmt.Sprintf(`Dear %s,

a new final version of %s (%s) was issued. What changed:
%s

Those who adopted an earlier version are asked to decide again. Until then the version that
they adopted goes on applying:
%s

Where everybody stands:
%s

%s
`, l.to.Name, p.Title, p.Reference, note, strings.Join(l.places, "\n"), s.decisionsOf(p), s.Name)}
	})
}

// sameInOtherWords tells that a version that was adopted now reads other words of the same meaning.
func (s *Service) sameInOtherWords(ctx context.Context, p *Policy, now Succession, note string) ([]record.Mail, error) {
	var concerned []Adopter
	for _, a := range now.Adopters {
		if a.Version == now.Of {
			concerned = append(concerned, a)
		}
	}
	line := func(a Adopter) string {
		if a.Touched > 0 {
			return fmt.Sprintf("reads the new words, with its local variation. Please look at %d of its changes: the words around them are others", a.Touched)
		}
		return "reads the new words"
	}
	return s.told(ctx, concerned, line, func(l letter) record.Mail {
		return record.Mail{To: l.to.Email, Subject: "The same policy in other words: " + p.Title, Text: fmt.Sprintf(`Dear %s,

version %s of %s (%s) was issued in other words. It means the same
for patients, so nobody needs to decide again. What changed:
%s

%s

If you think that it means something else, please tell the policy's lead. The versions:
%s

%s
`, l.to.Name, now.Of, p.Title, p.Reference, note, strings.Join(l.places, "\n"), s.decisionsOf(p), s.Name)}
	})
}

func (s *Service) decisionsOf(p *Policy) string {
	return s.PublicURL + "/desk/policies/" + p.ID + "/decisions"
}
