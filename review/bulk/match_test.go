package bulk

import (
	"fmt"
	"strings"
	"testing"

	"concordat/review"
	"concordat/review/record"
)

// someTopics are policies that are easily taken for one another.
func someTopics() *world {
	var policies []*review.Policy
	for _, x := range []struct{ ref, title, other, opcs string }{
		{"CP-001", "Tonsillectomy for recurrent tonsillitis", "tonsils out", "F34"},
		{"CP-002", "Adenoidectomy", "", "E20 F34.4"},
		{"CP-003", "Grommets for glue ear in children", "ventilation tubes", "D15.1"},
		{"CP-004", "Cataract surgery", "cataracts", "C71-C75"},
		{"CP-005", "Hip and knee replacement", "joint replacement", "W37-W42"},
		{"CP-006", "Hip arthroscopy", "", "W88"},
		{"CP-007", "Botulinum toxin for migraine", "", "X85.1"},
		{"CP-008", "Botulinum toxin for sweating", "", "X85.1"},
	} {
		p := &review.Policy{Head: record.Head{ID: x.ref}, Reference: x.ref, Commissioners: []string{"b", "c"}}
		p.Title, p.OtherNames = x.title, []string{x.other}
		p.Interventions = []review.Intervention{{Codes: review.Codes{OPCS4: strings.Fields(x.opcs)}}}
		policies = append(policies, p)
	}
	places := []*review.Commissioner{
		{Head: record.Head{ID: "b"}, Name: "NHS Brindlewick CCG", Short: "Brindlewick"},
		{Head: record.Head{ID: "c"}, Name: "NHS Brindlewick and Cawsand ICB", Short: "Brindlewick & C."},
		{Head: record.Head{ID: "e"}, Name: "NHS East Ely Clinical Commissioning Group", Short: "East Ely"},
	}
	return newWorld(places, policies)
}

func TestPolicyOf(t *testing.T) {
	t.Parallel()
	w := someTopics()
	codes := func(s string) review.Codes { return review.Codes{OPCS4: strings.Fields(s)} }
	for _, tc := range []struct {
		name string
		a    about
		want string // the policy, or proposals with a star at the likely ones
	}{
		{"a reference", about{said: "cp-003 "}, "CP-003"},
		{"a code that one has", about{said: "C73.1"}, "CP-004"},
		{"a range", about{said: "W37 - W38"}, "CP-005"},
		{"a code that two have", about{said: "F34.4"}, "? CP-001 CP-002"},
		{"a code that two have, and the title of one", about{said: "F34.4", title: "Adenoidectomy policy 2018"}, "CP-002"},
		{"a code that two have, and words of one", about{said: "F34", title: "Tonsillectomy"}, "? CP-001* CP-002"},
		{"a code that none has", about{said: "Z99"}, "?"},
		{"the title", about{said: "hip  AND knee replacement"}, "CP-005"},
		{"another name", about{said: "Joint replacement surgery"}, "CP-005"},
		{"a title in other words", about{said: "Cataract policy"}, "CP-004"},
		{"part of a title", about{said: "Tonsillectomy"}, "? CP-001*"},
		{"a title that two begin with", about{said: "Botulinum toxin"}, "? CP-007* CP-008"},
		{"a title between two", about{said: "Hip resurfacing"}, "? CP-006 CP-005"},
		{"an unknown title", about{said: "Warts"}, "?"},
		{"an unknown title, though the text is known", about{said: "Warts", title: "Cataract surgery", codes: codes("C71")}, "? CP-004*"},
		{"of a text, title and code", about{title: "Tonsillectomy policy", codes: codes("F34.1")}, "CP-001"},
		{"of a text, only the title", about{title: "Adenoidectomy"}, "CP-002"},
		{"of a text, only words of the title", about{title: "Children with glue ear"}, "? CP-003*"},
		{"of a text, title and code of two", about{title: "Cataract surgery", codes: codes("D15.1")}, "? CP-004* CP-003*"},
		{"of a text, only the code", about{title: "Policy 17", codes: codes("D15.1")}, "? CP-003*"},
		{"of a text, only the file's name", about{title: "Policy", file: "grommets 2018 final v2"}, "? CP-003"},
		{"of a text, nothing", about{title: "Policy", file: "scan 0001"}, "?"},
		{"of a commissioner that it is not for", about{said: "CP-004", place: "e"}, "?"},
		{"nothing at all", about{}, "?"},
	} {
		policy, how, guessed := w.policy(tc.a)
		got := policy
		if policy == "" {
			got = "?"
			for _, g := range guessed {
				got += fmt.Sprintf(" %s%s", g.Policy, map[bool]string{true: "*"}[g.Likely])
			}
		}
		if got != tc.want || (how == "") != (policy == "") {
			t.Errorf("%s: %s, want %s", tc.name, got, tc.want)
		}
	}
}

func TestCommissionerOf(t *testing.T) {
	t.Parallel()
	w := someTopics()
	for said, want := range map[string]string{
		"Brindlewick": "b", "NHS BRINDLEWICK CCG": "b", "brindlewick clinical commissioning group": "b", "Brindlewick & Cawsand": "c", "NHS Brindlewick and Cawsand": "c",
		"East Ely": "e", "the East-Ely CCG": "e", "e": "e", "Ely": "", "Oldham": "", "": "", "NHS CCG": "",
	} {
		if got := w.placeNamed(said); got != want {
			t.Errorf("named %q: %q, want %q", said, got, want)
		}
	}
	for words, want := range map[string]string{
		"brindlewick tonsils 2018 final": "b", "Policy of NHS Brindlewick and Cawsand": "c", "EAST_ELY tonsils": "e", "eastely": "", "": "", "Brindlewickshire": "",
	} {
		if got := w.placeIn(words); got != want {
			t.Errorf("in %q: %q, want %q", words, got, want)
		}
	}
}
