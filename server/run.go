package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
)

// usage is a fault in how the program was called. It ends with status 2.
type usage struct{ error }

func (u *usage) Unwrap() error { return u.error }

// command is a word after "server".
type command struct {
	name  string
	args  string
	about string
	run   func(ctx context.Context, c *call) error
}

// call is one use of a command.
type call struct {
	args   []string
	getenv func(string) string
	out    io.Writer
}

func commands() []command {
	return []command{
		{"", "[-addr ADDR] [-data DIR]", "run the service", serve},
		{"demo", "[-addr ADDR] [-data DIR]", "run the service with invented places, people and policies", demonstrate},
		{"user", "add|list|disable|reset …", "manage accounts", users},
		{"verify", "[-against FILE] [-checkpoint FILE]", "check that nothing recorded was altered, and say what that does not cover", verify},
		{"backup", "FILE", "write a copy of everything, for restore, while the service runs (embedded database)", backup},
		{"restore", "[-despite-findings yes] FILE", "put a backup in the embedded database's place while no service runs", restore},
		{"reindex", "", "build the database's indexes anew from its documents", reindex},
		{"compare", "[-format text|csv|json|html] A B", "print what differs between two texts, what it does for patients and the proposed level of change", compareTexts},
		{"matrix", "[-reference FILE] [-format text|csv|json|html] FILE…", "put the criteria of texts on one treatment side by side, with no database", matrix},
		{"version", "", "print the version", version},
	}
}

// run is the program. Tests call it as main does.
func run(ctx context.Context, args []string, getenv func(string) string, out io.Writer) error {
	all := commands()
	name := ""
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		name, args = args[0], args[1:]
	}
	i := slices.IndexFunc(all, func(c command) bool { return c.name == name })
	if i < 0 {
		return &usage{fmt.Errorf("server: there is no command %q\n\n%s", name, overview(all))}
	}
	if name == "" && slices.ContainsFunc(args, isHelp) {
		_, err := io.WriteString(out, overview(all))
		return err
	}
	err := all[i].run(ctx, &call{args: args, getenv: getenv, out: out})
	if errors.Is(err, flag.ErrHelp) {
		return nil // the flag package has printed the help
	}
	return err
}

func isHelp(s string) bool { return s == "-h" || s == "-help" || s == "--help" }

func overview(all []command) string {
	var b strings.Builder
	b.WriteString("Usage:\n")
	for _, c := range all {
		fmt.Fprintf(&b, "  %-52s %s\n", strings.Join(strings.Fields("server "+c.name+" "+c.args), " "), c.about)
	}
	b.WriteString("\n\"server COMMAND -help\" tells more of a command.\n\nSettings, from flags or the environment:\n")
	for _, s := range settings {
		fmt.Fprintf(&b, "  %-18s %s\n", s.env, s.about)
	}
	return b.String()
}
