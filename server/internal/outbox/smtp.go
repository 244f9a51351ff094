package outbox

import (
	"context"
	"errors"
	"fmt"
	netmail "net/mail"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"

	"concordat/server/internal/stores"
)

const sendTimeout = 30 * time.Second

// SMTP sends by a mail server.
type SMTP struct {
	client *mail.Client
	from   string
	domain string
}

// NewSMTP reads the address of a mail server: smtp://user:password@host:587 (encrypted by STARTTLS, or not sent),
// smtps://… (encrypted from the start), or smtp://localhost:25?tls=none for a server on the same machine.
// from is the address that messages come from.
func NewSMTP(address, from string) (*SMTP, error) {
	sender, err := netmail.ParseAddress(from)
	if err != nil {
		return nil, fmt.Errorf("the address that mail comes from: %w", err)
	}
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		// The text of the error would hold the password.
		return nil, errors.New("the mail server: want the form smtp://user:password@host:587")
	}
	options, err := smtpOptions(u)
	if err != nil {
		return nil, err
	}
	client, err := mail.NewClient(u.Hostname(), options...)
	if err != nil {
		return nil, fmt.Errorf("the mail server: %w", err)
	}
	_, domain, _ := strings.Cut(sender.Address, "@")
	return &SMTP{client: client, from: from, domain: domain}, nil
}

func smtpOptions(u *url.URL) ([]mail.Option, error) {
	options := []mail.Option{mail.WithTimeout(sendTimeout)}
	switch tls := u.Query().Get("tls"); {
	case u.Scheme == "smtps":
		options = append(options, mail.WithSSLPort(false))
	case u.Scheme == "smtp" && tls == "none":
		options = append(options, mail.WithTLSPortPolicy(mail.NoTLS))
	case u.Scheme == "smtp" && tls == "":
		options = append(options, mail.WithTLSPortPolicy(mail.TLSMandatory))
	default:
		return nil, errors.New("the mail server: want smtp:// or smtps://, and no tls= but tls=none")
	}
	if u.Port() != "" {
		port, err := strconv.Atoi(u.Port())
		if err != nil {
			return nil, fmt.Errorf("the mail server: port %q", u.Port())
		}
		options = append(options, mail.WithPort(port))
	}
	if u.User != nil {
		password, _ := u.User.Password()
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(u.User.Username()), mail.WithPassword(password))
	}
	return options, nil
}

// Send gives one message to the mail server. Its id makes the Message-ID, so that a reader's program can tell a
// message that came twice.
func (s *SMTP) Send(ctx context.Context, m stores.Message) error {
	msg := mail.NewMsg()
	if err := msg.From(s.from); err != nil {
		return fmt.Errorf("message %s: sender: %w", m.ID, err)
	}
	if err := msg.To(m.To); err != nil {
		return fmt.Errorf("message %s: %w", m.ID, ErrPermanent)
	}
	msg.Subject(m.Subject)
	msg.SetDateWithValue(m.Written)
	msg.SetMessageIDWithValue(m.ID + "@" + s.domain)
	msg.SetBodyString(mail.TypeTextPlain, m.Text)
	ctx, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	err := s.client.DialAndSendWithContext(ctx, msg)
	var refused *mail.SendError
	if errors.As(err, &refused) && refused.Reason == mail.ErrSMTPRcptTo && refused.ErrorCode() >= 500 {
		return fmt.Errorf("message %s: %w", m.ID, ErrPermanent)
	}
	if err != nil {
		return fmt.Errorf("message %s: %w", m.ID, err)
	}
	return nil
}
