package review

import (
	"testing"

	"concordat/review/record"
)

// Outsiders are told that there is a text which is not public, not which; a suspension still stops it.
func TestWhatOutsidersKnowOfARegister(t *testing.T) {
	t.Parallel()
	v1, v2 := TextRef{Policy: "p", Version: Number{1, 0}}, TextRef{Policy: "p", Version: Number{2, 0}}
	source := record.Ref{Kind: "decision", ID: "d"}
	r := &Register{Policy: "p", Commissioner: "a",
		Intervals: []Interval{{From: 20270101, To: 20270301, Text: v1, Rule: ReferredFrom}, {From: 20270301, Text: v2, Rule: ReferredFrom, Source: source, Event: "start of the contract"}},
		Pending:   []Pending{{Event: "move of the clinic", Text: v2}, {Event: "start of the clinic", Text: v1}}}
	public := r.Public(func(t TextRef) bool { return t == v1 })
	places := Places{"a": {Head: record.Head{ID: "a"}, Start: 20130401}}
	before := Applies(places, Registers{"a": public}, "a", 20270201, 20270201)
	if before.Outcome != TextApplies || before.Interval.Text != v1 || len(before.Waiting) != 1 || before.Waiting[0].Text != v1 {
		t.Errorf("before: %+v", before)
	}
	after := Applies(places, Registers{"a": public}, "a", 20270302, 20270302)
	if x := after.Interval; after.Outcome != NothingSet || after.Missing == "" || x.Text != (TextRef{Policy: "p", None: NoneUnpublished}) || x.Event != "" || x.Source != (record.Ref{}) {
		t.Errorf("after: %+v", after)
	}
	if r.Intervals[1].Text != v2 || len(r.Pending) != 2 {
		t.Errorf("the register was changed: %+v", r)
	}
	public.Suspensions = []Suspension{{From: 20270302}}
	if got := Applies(places, Registers{"a": public}, "a", 20270302, 20270302); got.Interval.Text.None != NoneSuspended {
		t.Errorf("suspended: %+v", got)
	}
}

// Where a text came from is public only as a web address: other words may name a person.
func TestSourceOfALocalPolicy(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{"": "", "https://a.example/b": "https://a.example/b", "Jo Bloggs": "", "https://a.example/ by Jo": "",
		"https://jo@a.example/": "", "javascript:alert(1)": ""} {
		if got := (&LocalPolicy{Source: source}).SourceAddress(); got != want {
			t.Errorf("%q: %q, want %q", source, got, want)
		}
	}
}
