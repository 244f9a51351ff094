package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"concordat/review/clause"
	"concordat/review/textdiff"
)

// entry is one labelled change.
type entry struct{ class, effect, before, after string }

// classNames are the words of the labels for the classes of the program.
var classNames = map[textdiff.Class]string{
	textdiff.WordingOnly: "wording", textdiff.CriterionAdded: "added", textdiff.CriterionRemoved: "removed", textdiff.BindingChanged: "binding",
}

// changes measures the classes and effects of all labelled changes in a folder.
func changes(folder, only string, wrong bool) (tallies, error) {
	files, err := filepath.Glob(filepath.Join(folder, only+"*.txt"))
	if err != nil {
		return nil, err
	}
	classes, effects, both := newTally(), newTally(), 0
	total := 0
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		for _, e := range entries(string(data)) {
			class, effect, all := said(e)
			classes.count(e.class, class)
			effects.count(e.effect, effect)
			total++
			if class == e.class && effect == e.effect {
				both++
			}
			if wrong && (class != e.class || effect != e.effect) {
				fmt.Printf("%s: %s %s, said %s %s\n- %s+ %s%s\n", filepath.Base(name), e.class, e.effect, class, effect, e.before, e.after, all)
			}
		}
	}
	classes.print("classes")
	effects.print("effects")
	fmt.Printf("class and effect both right: %s of %d changes\n", share(both, total), total)
	return tallies{"classes": classes, "effects": effects}, nil
}

// said is what the program says of an entry: the weightiest of all that it finds.
func said(e entry) (class, effect, all string) {
	before, after := clause.Parse(e.before), clause.Parse(e.after)
	found := textdiff.Classify(before, after, textdiff.Compare(before, after))
	lead, ok := textdiff.Weightiest(found)
	if !ok {
		return "none", "same", ""
	}
	for _, c := range found {
		all += fmt.Sprintf("    %s %s: %s %v\n", c.Class, c.Effect, c.Why, c.Others)
	}
	class, effect = classNames[lead.Class], string(lead.Effect)
	if class == "" {
		class = string(lead.Class)
	}
	if lead.Effect == textdiff.Unclear || lead.Effect == textdiff.Mixed {
		effect = "unclear"
	}
	return class, effect, all
}

// entries reads a file of labelled changes.
func entries(data string) []entry {
	var out []entry
	var part *string
	for line := range strings.Lines(data) {
		switch {
		case strings.HasPrefix(line, "== "):
			f := strings.Fields(line)
			out = append(out, entry{class: f[1], effect: f[2]})
			part = nil
		case strings.HasPrefix(line, "-- before"):
			part = &out[len(out)-1].before
		case strings.HasPrefix(line, "-- after"):
			part = &out[len(out)-1].after
		case part != nil:
			*part += line
		}
	}
	return out
}
