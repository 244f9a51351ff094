package demo

import (
	"context"
	"fmt"
	"time"

	"concordat/review/access"
	"concordat/review/record"
)

// Passphrase is that of every account of the demonstration.
const Passphrase = "correct places agree 2027"

// Person is somebody who can sign in.
type Person struct {
	Name, Email string
	Role        access.Role
	Place       string // the only commissioner for which the role is held; "" for all
}

// People are those who can sign in, in the order in which they are shown.
type People []Person

// Lines say who can sign in with what.
func (p People) Lines() []string {
	out := []string{"Sign in with one of these addresses and the passphrase “" + Passphrase + "”:"}
	width := 0
	for _, x := range p {
		width = max(width, len(x.Email))
	}
	for _, x := range p {
		what := string(x.Role)
		if x.Place != "" {
			what += " for " + x.Place
		}
		out = append(out, fmt.Sprintf("  %-*s  %s, %s", width, x.Email, x.Name, what))
	}
	return out
}

// WhoCanSignIn are the people of a demonstration that was loaded before.
func WhoCanSignIn() (People, error) {
	s, err := readSheet("texts/people.md")
	if err != nil {
		return nil, err
	}
	var people People
	for _, row := range s.all("Person") {
		if row[6] == "joins" {
			people = append(people, person(row))
		}
	}
	return people, nil
}

func person(row []string) Person {
	return Person{Name: row[1], Email: row[2], Role: access.Role(row[3]), Place: row[4]}
}

// joiner is an account with the link that its owner will use.
type joiner struct {
	account *access.Account
	link    access.Link
	at      time.Time
}

// invite makes all accounts. Whoever is to join does so by the link that was sent, as everybody does.
func (w *world) invite(ctx context.Context) (People, []joiner, error) {
	s, err := readSheet("texts/people.md")
	if err != nil {
		return nil, nil, err
	}
	rows := s.all("Person")
	invited := make([]joiner, len(rows))
	// The first account is an administrator's and comes from the command line; the others come from it.
	if invited[0], err = w.inviteOne(ctx, access.CommandLine(), rows[0]); err != nil {
		return nil, nil, err
	}
	var acts []func() error
	for i, row := range rows[1:] {
		acts = append(acts, func() (err error) {
			invited[i+1], err = w.inviteOne(ctx, invited[0].account.Actor(), row)
			return err
		})
	}
	if err := together(acts...); err != nil {
		return nil, nil, err
	}
	var people People
	var joining []joiner
	for i, row := range rows {
		w.actors[row[0]] = invited[i].account.Actor()
		if row[6] == "joins" {
			people, joining = append(people, person(row)), append(joining, invited[i])
		}
	}
	return people, joining, nil
}

func (w *world) inviteOne(ctx context.Context, by record.Actor, row []string) (joiner, error) {
	at, err := moment(row[5])
	if err != nil {
		return joiner{}, err
	}
	p, j := person(row), joiner{at: at.Add(26 * time.Hour)}
	service := w.peopleAt(at, "account-"+row[0], func(l access.Link) { j.link = l })
	in := access.Invitation{Name: p.Name, Email: p.Email, Role: p.Role}
	if p.Place != "" {
		in.Commissioners = []string{placeID(p.Place)}
	}
	if j.account, err = service.Invite(ctx, by, in); err != nil {
		return joiner{}, fmt.Errorf("inviting %s: %w", row[0], err)
	}
	return j, nil
}

// peopleAt is the service for accounts at a moment of the story. Each link that it sends is told to sent.
func (w *world) peopleAt(at time.Time, id string, sent func(access.Link)) *access.Service {
	g := w.givenAt(at, id)
	g.Secret = func() string {
		x := w.given.Secret()
		sent(access.Link{Purpose: access.ForInvitation, Secret: x})
		return x
	}
	return w.base.Services(g).People
}

// join lets people use their invitations.
func (w *world) join(ctx context.Context, joining []joiner) error {
	hash, err := w.given.Hasher.Hash(ctx, Passphrase)
	if err != nil {
		return err
	}
	var acts []func() error
	for _, j := range joining {
		acts = append(acts, func() error {
			g := w.givenAt(j.at, "")
			g.Hasher = worked{g.Hasher, hash}
			_, err := w.base.Services(g).People.Accept(ctx, j.link, Passphrase)
			return err
		})
	}
	return together(acts...)
}

// worked is a hasher that has worked already: everybody here has the same passphrase, which is printed, so nothing is
// won by working it out for each of them.
type worked struct {
	access.Hasher
	hash string
}

// Hash gives what was worked out before.
func (w worked) Hash(context.Context, string) (string, error) { return w.hash, nil }

// edit is a change by somebody of what stands at a revision.
func edit(by record.Actor, h *record.Head, reason string) record.Edit {
	return record.Edit{By: by, ID: h.ID, Revision: h.Revision, Reason: reason}
}
