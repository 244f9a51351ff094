package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"concordat/review/access"
	"concordat/review/record"
)

const usersHelp = `Usage:
  server user add -email E-MAIL -name NAME [-role ROLE] [-for COMMISSIONERS]
      makes an account and prints the link with which its owner chooses a passphrase; the role is administrator
      unless given, and is held for all commissioners unless their ids are given with commas
  server user list
  server user disable -email E-MAIL
  server user reset -email E-MAIL
      prints a link with which a new passphrase can be chosen

They work while the service runs. Settings are those of "server".
`

// users manages accounts for whoever can run the program beside its data.
func users(ctx context.Context, c *call) error {
	if len(c.args) == 0 || isHelp(c.args[0]) {
		_, err := io.WriteString(c.out, usersHelp)
		return err
	}
	what := c.args[0]
	c.args = c.args[1:]
	var email, name, role, places string
	cfg, _, err := c.configure("user "+what, option{&email, "email", "e-mail address"}, option{&name, "name", "name"},
		option{&role, "role", "role, administrator unless given"}, option{&places, "for", "ids of commissioners, with commas"})
	if err != nil {
		return err
	}
	in := access.Invitation{Email: email, Name: name, Role: access.Role(role), Commissioners: splitList(places)}
	act := map[string]func(context.Context, *access.Service, access.Invitation) error{
		"add": c.addUser, "list": c.listUsers, "disable": c.disableUser, "reset": c.resetUser}[what]
	if act == nil {
		return &usage{fmt.Errorf("server user: there is no %q\n\n%s", what, usersHelp)}
	}
	return cfg.withPeople(ctx, what == "add", func(s *access.Service) error { return plain(act(ctx, s, in)) })
}

// withPeople opens the database for a short command. Only adding an account may make a new database.
func (c config) withPeople(ctx context.Context, mayMake bool, act func(*access.Service) error) error {
	open := c.existing
	if mayMake {
		open = c.openDocs
	}
	docs, err := open(ctx)
	if err != nil {
		return err
	}
	a, err := assemble(ctx, c, docs, slog.New(slog.DiscardHandler), clock)
	if err == nil {
		err = act(a.People)
	}
	return errors.Join(err, docs.Close(ctx))
}

// plain gives faults the form of a command line.
func plain(err error) error {
	var faults record.Faults
	if !errors.As(err, &faults) {
		return err
	}
	words := make([]string, len(faults))
	for i, f := range faults {
		words[i] = f.Message
	}
	return errors.New(strings.Join(words, "\n"))
}

func (c *call) addUser(ctx context.Context, s *access.Service, in access.Invitation) error {
	if in.Role == "" {
		in.Role = access.Administrator
	}
	a, link, err := s.Add(ctx, access.CommandLine(), in)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.out, "%s can join with this link, once, within 7 days:\n%s%s\n", a.Email, s.PublicURL, link.Path())
	return err
}

func (c *call) listUsers(ctx context.Context, s *access.Service, _ access.Invitation) error {
	for after := ""; ; {
		list, next, err := s.List(ctx, access.CommandLine(), "", after, 100)
		if err != nil {
			return err
		}
		for _, a := range list {
			state := "active"
			switch {
			case a.Disabled:
				state = "disabled"
			case a.Joined.IsZero():
				state = "invited"
			}
			fmt.Fprintf(c.out, "%-40s %-30s %-10s %s\n", a.Email, a.Name, state, a.RoleWords())
		}
		if after = next; next == "" {
			return nil
		}
	}
}

func (c *call) disableUser(ctx context.Context, s *access.Service, in access.Invitation) error {
	a, err := s.ByEmail(ctx, access.CommandLine(), in.Email)
	if err != nil {
		return err
	}
	if _, err := s.Disable(ctx, record.Edit{By: access.CommandLine(), ID: a.ID, Revision: a.Revision}); err != nil {
		return err
	}
	_, err = fmt.Fprintln(c.out, a.Email, "can no longer sign in.")
	return err
}

func (c *call) resetUser(ctx context.Context, s *access.Service, in access.Invitation) error {
	a, err := s.ByEmail(ctx, access.CommandLine(), in.Email)
	if err != nil {
		return err
	}
	link, err := s.NewLink(ctx, record.Edit{By: access.CommandLine(), ID: a.ID, Revision: a.Revision})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.out, "%s can choose a new passphrase with this link, once, within an hour:\n%s%s\n", a.Email, s.PublicURL, link.Path())
	return err
}
