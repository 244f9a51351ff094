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
	for _, x := range p {
		what := string(x.Role)
		if x.Place != "" {
			what += " for " + x.Place
		}
		out = append(out, fmt.Sprintf("  %-38s %s, %s", x.Email, x.Name, what))
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
	link access.Link
	at   time.Time
}

// invite makes all accounts. Whoever is to join does so by the link that was sent, as everybody does.
func (w *world) invite(ctx context.Context) (People, []joiner, error) {
	s, err := readSheet("texts/people.md")
	if err != nil {
		return nil, nil, err
	}
	var people People
	var joining []joiner
	by := access.CommandLine()
	for _, row := range s.all("Person") {
		p := person(row)
		at := s.moment(row[5])
		var links []access.Link
		service := w.peopleAt(at, "account-"+row[0], func(l access.Link) { links = append(links, l) })
		in := access.Invitation{Name: p.Name, Email: p.Email, Role: p.Role}
		if p.Place != "" {
			in.Commissioners = []string{placeID(p.Place)}
		}
		a, err := service.Invite(ctx, by, in)
		if err != nil {
			return nil, nil, fmt.Errorf("inviting %s: %w", row[0], err)
		}
		w.actors[row[0]] = a.Actor()
		if p.Role == access.Administrator {
			by = a.Actor() // the first account comes from the command line, the others from it
		}
		if row[6] == "joins" {
			people, joining = append(people, p), append(joining, joiner{links[0], at.Add(26 * time.Hour)})
		}
	}
	return people, joining, s.err()
}

// peopleAt is the service for accounts at a moment of the story. Each link that it sends is told to sent.
func (w *world) peopleAt(at time.Time, id string, sent func(access.Link)) *access.Service {
	s := *w.People
	s.Now, s.NewID = func() time.Time { return at }, counted(id)
	secret := s.Secret
	s.Secret = func() string {
		x := secret()
		sent(access.Link{Purpose: access.ForInvitation, Secret: x})
		return x
	}
	return &s
}

// join lets people use their invitations.
func (w *world) join(ctx context.Context, joining []joiner) error {
	var acts []func() error
	for _, j := range joining {
		acts = append(acts, func() error {
			_, err := w.peopleAt(j.at, "", func(access.Link) {}).Accept(ctx, j.link, Passphrase)
			return err
		})
	}
	return together(acts...)
}

// edit is a change by somebody of what stands at a revision.
func edit(by record.Actor, h *record.Head, reason string) record.Edit {
	return record.Edit{By: by, ID: h.ID, Revision: h.Revision, Reason: reason}
}
