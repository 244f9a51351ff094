package access

import (
	"fmt"

	"concordat/review/record"
)

func (s *Service) linkMail(a *Account, l Link) record.Mail {
	if l.Purpose == ForInvitation {
		return s.invitationMail(a, l)
	}
	return s.resetMail(a, l)
}

func (s *Service) invitationMail(a *Account, l Link) record.Mail {
	return record.Mail{To: a.Email, Subject: "Your invitation to " + s.Name, Text: fmt.Sprintf(`Dear %s,

you have been given an account for %s.

To start, open this link and choose a passphrase:
%s

The link works once, within 7 days. If it has stopped working, ask for a new one at
%s/reset

If you did not expect this message, you can delete it.
`, a.Name, s.Name, s.PublicURL+l.Path(), s.PublicURL)}
}

func (s *Service) resetMail(a *Account, l Link) record.Mail {
	return record.Mail{To: a.Email, Subject: "Choose a new passphrase for " + s.Name, Text: fmt.Sprintf(`Dear %s,

somebody asked for a new passphrase for your account. If it was you, open this link:
%s

The link works once, within 1 hour.

If it was not you, you need not do anything: your passphrase stays as it is.
`, a.Name, s.PublicURL+l.Path())}
}
