package review

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"concordat/review/record"
)

// Every action that the package makes has words, and no words are left over.
func TestEveryActionHasWords(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var made []string
	for _, f := range files {
		if f == "words.go" || f == "words_test.go" {
			continue
		}
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`"((?:policy|register|publication|local|commissioner|level|estimate|activity|harmony)\.[a-z-]+)"`).FindAllSubmatch(text, -1) {
			made = append(made, string(m[1]))
		}
	}
	for _, action := range made {
		if actions[action] == "" {
			t.Errorf("%s has no words", action)
		}
	}
	for action := range actions {
		if !slices.Contains(made, action) {
			t.Errorf("%s has words and is never made", action)
		}
	}
}

func TestEventWords(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		event record.Event
		want  string
	}{
		{record.Event{Action: "policy.issued"}.With("version", Number{0, 3}), "Issued version 0.3"},
		{record.Event{Action: "policy.issued"}.With("version", Number{1, 0}).With("final", "yes"), "Issued version 1.0 for decision"},
		{record.Event{Action: "register.adopted"}.With("version", Number{1, 0}).With("from", record.Day(2027, 4, 1)), "Adopted version 1.0, from 1 April 2027"},
		{record.Event{Action: "register.adopted"}.With("version", Number{1, 0}).With("date", "missing"), "Adopted version 1.0; its date is not known yet"},
		{record.Event{Action: "policy.need-said"}.With("need", Targeted), "Said whether a consultation is needed: Those concerned are asked"},
		{record.Event{Action: "policy.planned"}.With("month", record.Day(2027, 4, 1)), "Planned the decision for April 2027"},
		{record.Event{Action: "policy.planned"}.With("month", record.Date(0)), "Took back the month planned for the decision"},
		{record.Event{Action: "level.confirmed"}.With("level", 2).With("proposed", 2), "Confirmed the level of change: 2"},
		{record.Event{Action: "level.overridden"}.With("level", 1).With("proposed", 3), "Set the level of change to 1, where 3 was worked out"},
		{record.Event{Action: "song.sung"}, "Changed (song.sung)"},
	} {
		if got := EventWords(record.Body{Action: tc.event.Action, Facts: tc.event.Facts}); got != tc.want {
			t.Errorf("%q, want %q", got, tc.want)
		}
	}
}
