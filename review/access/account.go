package access

import (
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"concordat/review/record"
)

// Kind is the word under which accounts are kept.
const Kind = "account"

// Account is a person who can sign in. The person's name and address are here only: events and logs hold ids.
type Account struct {
	record.Head `bson:",inline"`
	Email       string         `bson:"email"` // as NormalEmail gives it; unique
	Name        string         `bson:"name"`
	Order       string         `bson:"order"`      // the name in lower case, by which lists are sorted
	Passphrase  string         `bson:"passphrase"` // what Hasher made of it; "" before the invitation was accepted
	Grants      []record.Grant `bson:"grants"`
	Disabled    bool           `bson:"disabled"`
	// Manages is true for an administrator who can sign in. There must always be one.
	Manages bool `bson:"manages"`
	// Epoch is raised by whatever must end the sessions that the account has: they hold the epoch they began in.
	Epoch int64 `bson:"epoch"`
	// Devices is raised by whatever must make the devices unknown with which its owner signed in.
	Devices int64     `bson:"devices"`
	Invited time.Time `bson:"invited"`
	Joined  time.Time `bson:"joined"`
	Token   Token     `bson:"token"` // the one link that works now; the next replaces it
}

// Kind is "account".
func (*Account) Kind() string { return Kind }

// Actor is the account as one who acts.
func (a *Account) Actor() record.Actor {
	return record.Actor{ID: a.ID, Grants: slices.Clone(a.Grants)}
}

// RoleWords names the roles held, each once, in the order of Roles.
func (a *Account) RoleWords() string {
	var words []string
	for _, r := range Roles {
		if a.holds(r) {
			words = append(words, string(r))
		}
	}
	return strings.Join(words, ", ")
}

func (a *Account) holds(r Role) bool {
	return slices.ContainsFunc(a.Grants, func(g record.Grant) bool { return g.Role == string(r) })
}

// settle works out what follows from the rest.
func (a *Account) settle() {
	a.Order = strings.ToLower(a.Name)
	a.Manages = a.holds(Administrator) && !a.Disabled && a.Passphrase != ""
}

func (a *Account) invite(in Invitation, t Token, now time.Time) (record.Event, error) {
	if err := in.Check().Err(); err != nil {
		return record.Event{}, err
	}
	email, err := NormalEmail(in.Email)
	if err != nil {
		return record.Event{}, err
	}
	grants := grantsOf(in.Role, in.Commissioners)
	a.Email, a.Name, a.Grants, a.Invited, a.Token = email, tidy(in.Name), grants, now, t
	a.settle()
	return withGrants(record.Event{Action: "account.invited"}, grants), nil
}

// accept sets the passphrase that a link allows, and uses the link up.
func (a *Account) accept(hash string, now time.Time) (record.Event, error) {
	action := "account.passphrase.reset"
	if a.Joined.IsZero() {
		action, a.Joined = "account.joined", now
	}
	a.Passphrase, a.Token = hash, Token{}
	a.Epoch++
	a.Devices++
	a.settle()
	return record.Event{Action: action}, nil
}

// link replaces the account's link: a fresh invitation before it was accepted, a reset after.
func (a *Account) link(t Token) (record.Event, error) {
	if a.Disabled {
		return record.Event{}, record.Refuse("account.disabled", "This account is disabled. Enable it first.", "")
	}
	a.Token = t
	return record.Event{Action: "account.link.sent"}.With("purpose", t.Purpose), nil
}

func (a *Account) setPassphrase(hash string) (record.Event, error) {
	a.Passphrase, a.Token = hash, Token{}
	a.Epoch++
	a.Devices++
	return record.Event{Action: "account.passphrase.changed"}, nil
}

func (a *Account) rename(name string) (record.Event, error) {
	if err := checkName(name).Err(); err != nil {
		return record.Event{}, err
	}
	a.Name = tidy(name)
	a.settle()
	return record.Event{Action: "account.renamed"}, nil
}

func (a *Account) give(by record.Actor, role Role, commissioners []string) (record.Event, error) {
	if err := a.notOwn(by); err != nil {
		return record.Event{}, err
	}
	added := grantsOf(role, commissioners)
	grants := slices.Clone(a.Grants)
	for _, g := range added {
		if !slices.Contains(grants, g) {
			grants = append(grants, g)
		}
	}
	if err := append(checkGrants(added), checkCount(grants)...).Err(); err != nil {
		return record.Event{}, err
	}
	a.Grants = grants
	a.Epoch++
	a.settle()
	return withGrants(record.Event{Action: "account.role.given"}, added), nil
}

func (a *Account) take(by record.Actor, g record.Grant) (record.Event, error) {
	if err := a.notOwn(by); err != nil {
		return record.Event{}, err
	}
	at := slices.Index(a.Grants, g)
	if at < 0 {
		return record.Event{}, fmt.Errorf("role %q of account %s: %w", g.Role, a.ID, record.ErrNotFound)
	}
	if len(a.Grants) == 1 {
		return record.Event{}, record.Refuse("account.no-role", "This is the only role of this account. Disable the account instead.",
			"An account without a role could sign in and do nothing, and nobody would notice that it is still there.")
	}
	a.Grants = slices.Delete(slices.Clone(a.Grants), at, at+1)
	a.Epoch++
	a.settle()
	return withGrants(record.Event{Action: "account.role.taken"}, []record.Grant{g}), nil
}

func (a *Account) disable(by record.Actor) (record.Event, error) {
	if err := a.notOwn(by); err != nil {
		return record.Event{}, err
	}
	if a.Disabled {
		return record.Event{}, record.Refuse("account.disabled", "This account is disabled already.", "")
	}
	a.Disabled, a.Token = true, Token{}
	a.Epoch++
	a.Devices++
	a.settle()
	return record.Event{Action: "account.disabled"}, nil
}

func (a *Account) enable() (record.Event, error) {
	if !a.Disabled {
		return record.Event{}, record.Refuse("account.enabled", "This account is not disabled.", "")
	}
	a.Disabled = false
	a.settle()
	return record.Event{Action: "account.enabled"}, nil
}

func (a *Account) notOwn(by record.Actor) error {
	if by.ID != a.ID {
		return nil
	}
	return record.Refuse("account.own", "You cannot change the roles of your own account or disable it. Ask another administrator.",
		"What somebody may do is decided by a second person.")
}

// NormalEmail is the form in which addresses are kept and compared: plain, in lower case. It refuses with an ErrRule.
func NormalEmail(s string) (string, error) {
	const longest = 254 // RFC 5321, section 4.5.3.1.3; and what is longer takes long to read
	s = strings.TrimSpace(s)
	if len(s) > longest {
		s = ""
	}
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s || !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsControl) {
		return "", fmt.Errorf("an e-mail address that is none: %w", record.ErrRule)
	}
	return strings.ToLower(s), nil
}

const maxName = 100 // characters

func checkName(name string) (faults record.Faults) {
	name = tidy(name)
	faults.Add(name == "", "name", "Enter a name")
	faults.Add(utf8.RuneCountInString(name) > maxName, "name", fmt.Sprintf("Shorten the name to %d characters or fewer", maxName))
	faults.Add(!utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl), "name", "Enter the name in one line, without special signs")
	return faults
}

func tidy(name string) string { return strings.Join(strings.Fields(name), " ") }
