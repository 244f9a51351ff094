package record_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"concordat/review/record"
)

// planned gives an event its actor, time and reason, as only Plan can.
func planned(t interface{ Fatalf(string, ...any) }, e record.Event, by, reason string) record.Event {
	w, err := record.Plan(at(3), record.Edit{ID: "n", Revision: 3, By: record.Actor{ID: by}, Reason: reason}, noon,
		func(*note) (record.Event, error) { return e, nil })
	if err != nil {
		t.Fatalf("planning: %v", err)
	}
	return w.Event
}

var subject = record.Ref{Kind: "note", ID: "n", Revision: 4}

// The bytes of an event are for good: a change of them breaks every chain that was ever written.
func TestSealIsCanonical(t *testing.T) {
	t.Parallel()
	e := record.Event{Action: "note.signed", Relied: []record.Ref{{Kind: "review", ID: "r", Revision: 2}}}.With("outcome", "adopted").With("n", 3)
	document := sha256.Sum256([]byte("document"))
	s, err := planned(t, e, "amy", "because").Seal(subject, document, []record.Kept{{Kind: "save", ID: "k", SHA256: "00"}}, []byte{1, 2}, []byte("salt"))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"subject":{"kind":"note","id":"n","revision":4},"action":"note.signed","actor":"amy","at":"2027-04-01T12:00:00.000Z",` +
		`"facts":[{"name":"outcome","value":"adopted"},{"name":"n","value":"3"}],"relied":[{"kind":"review","id":"r","revision":2}],` +
		`"kept":[{"kind":"save","id":"k","sha256":"00"}],"document":"` + fmt.Sprintf("%x", document) + `",` +
		`"reason":"` + record.ReasonHash([]byte("salt"), "because") + `","before":"0102"}`
	if got := string(s.Bytes); got != want {
		t.Errorf("sealed as\n%s\nwant\n%s", got, want)
	}
	if hash := sha256.Sum256(s.Bytes); !bytes.Equal(s.Hash, hash[:]) || s.Reason != "because" || string(s.Salt) != "salt" || s.Actor != "amy" {
		t.Errorf("sealed %+v", s)
	}
}

func TestSealWithoutReason(t *testing.T) {
	t.Parallel()
	s, err := planned(t, record.Event{Action: "a"}, "", "").Seal(subject, [32]byte{}, nil, nil, []byte("salt"))
	if err != nil || s.Salt != nil || s.Reason != "" || !bytes.Contains(s.Bytes, []byte(`"reason":""`)) {
		t.Errorf("sealed %+v, %v", s, err)
	}
}

func TestSealedReadsBack(t *testing.T) {
	t.Parallel()
	text := rapid.StringMatching(`[a-zé<>&"\\ \x{2028}]{0,12}`)
	rapid.Check(t, func(r *rapid.T) {
		e := record.Event{Action: text.Draw(r, "action") + "."}
		for range rapid.IntRange(0, 3).Draw(r, "facts") {
			e = e.With(text.Draw(r, "name"), text.Draw(r, "value"))
		}
		by, reason := text.Draw(r, "by"), text.Draw(r, "reason")
		document := sha256.Sum256([]byte(text.Draw(r, "document")))
		s, err := planned(r, e, by, reason).Seal(subject, document, nil, []byte(by), []byte("salt"))
		if err != nil {
			r.Fatalf("sealing: %v", err)
		}
		again, err := planned(r, e, by, reason).Seal(subject, document, nil, []byte(by), []byte("salt"))
		if err != nil || !bytes.Equal(s.Bytes, again.Bytes) {
			r.Fatalf("sealed twice: %s and %s, %v", s.Bytes, again.Bytes, err)
		}
		b, err := s.Read()
		if err != nil || b.Subject != subject || b.Action != e.Action || b.Actor != by || len(b.Facts) != len(e.Facts) {
			r.Fatalf("read back %+v, %v", b, err)
		}
		if reason != "" && (b.Reason != record.ReasonHash(s.Salt, s.Reason) || strings.Contains(string(s.Bytes), "reason\":\""+reason+"\"")) {
			r.Fatalf("the reason %q stands as %q", reason, b.Reason)
		}
	})
}

func TestWithLeavesTheFirstAlone(t *testing.T) {
	t.Parallel()
	base := record.Event{Action: "a"}.With("x", 1)
	one, two := base.With("y", 1), base.With("z", 2)
	if len(base.Facts) != 1 || one.Facts[1].Name != "y" || two.Facts[1].Name != "z" {
		t.Errorf("%v, %v, %v", base.Facts, one.Facts, two.Facts)
	}
}

func TestDamagedEvent(t *testing.T) {
	t.Parallel()
	if _, err := (record.Sealed{Subject: subject, Bytes: []byte("{")}).Read(); err == nil || !strings.Contains(err.Error(), "note n/4") {
		t.Errorf("read: %v, want an error that names it", err)
	}
}

func TestErrors(t *testing.T) {
	t.Parallel()
	var f record.Faults
	f.Add(false, "title", "no")
	if f.Err() != nil {
		t.Errorf("no fault is %v", f.Err())
	}
	f.Add(true, "title", "Enter a title")
	for _, tc := range []struct {
		err  error
		want error
		text string
	}{
		{f.Err(), record.ErrRule, "title: Enter a title"},
		{record.Refuse("r1", "Give a date", "law"), record.ErrRule, "r1"},
		{&record.Stale{Ref: subject, Kept: 5}, record.ErrConflict, "note n: revision 4 was expected, 5 is kept"},
		{&record.Taken{Kind: "note", Index: "title"}, record.ErrConflict, "title"},
	} {
		if !errors.Is(tc.err, tc.want) || !strings.Contains(tc.err.Error(), tc.text) {
			t.Errorf("%v: want a %v that says %q", tc.err, tc.want, tc.text)
		}
	}
}
