package view

import (
	"strings"
	"testing"
	"time"
)

func TestWords(t *testing.T) {
	t.Parallel()
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	at := func(s string) string {
		instant, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return clock(instant.In(london))
	}
	for _, tc := range []struct{ got, want string }{
		{at("2027-02-08T10:42:00Z"), "8 February 2027 at 10:42"},
		{at("2027-07-31T23:30:00Z"), "1 August 2027 at 00:30"},
		{at("2027-10-31T00:59:00Z"), "31 October 2027 at 01:59"},
		{at("2027-10-31T01:00:00Z"), "31 October 2027 at 01:00"},
		{plural(1, "place", "places"), "1 place"},
		{plural(0, "place", "places"), "0 places"},
		{plural(12400, "answer", "answers"), "12,400 answers"},
		{number(-1234567), "-1,234,567"},
		{number(999), "999"},
		{listed(nil), ""},
		{listed([]string{"a"}), "a"},
		{listed([]string{"a", "b"}), "a and b"},
		{listed([]string{"a", "b", "c"}), "a, b and c"},
		{slug("Skin symptoms: Café 2", 12), "skin-symptom"},
	} {
		if tc.got != tc.want {
			t.Errorf("got %q, want %q", tc.got, tc.want)
		}
	}
}

func TestMark(t *testing.T) {
	t.Parallel()
	got, err := mark("wider", "Wider <b>")
	if want := `<span class="app-mark app-mark--wider">Wider &lt;b&gt;</span>`; err != nil || string(got) != want {
		t.Errorf("mark = %s, %v, want %s", got, err, want)
	}
}

func TestCells(t *testing.T) {
	t.Parallel()
	got, err := cells([]BoardCell{{State: "a"}, {State: "l", Chosen: true}, {State: NotConcerned}})
	want := `<td class="app-s app-s--a"><span>Adopted</span></td><td class="app-s app-s--l app-chosen"><span>Late</span></td><td class="app-s app-quiet">–<span>Not concerned</span></td>`
	if err != nil || string(got) != want {
		t.Errorf("cells: %s, %v; want %s", got, err, want)
	}
	if got, err := cells([]BoardCell{{State: `"><b>`}}); err == nil {
		t.Errorf("an unknown state is written as %s", got)
	}
}

func TestTitle(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		frame Frame
		want  string
	}{
		{Frame{Title: "Text", Service: "Concordat"}, "Text – Concordat"},
		{Frame{Title: "Text", Service: "Concordat", HasErrors: true}, "Error: Text – Concordat"},
		{Frame{Service: "Concordat"}, "Concordat"},
		{Frame{Title: "Text"}, "Text"},
	} {
		if got := tc.frame.FullTitle(); got != tc.want {
			t.Errorf("FullTitle = %q, want %q", got, tc.want)
		}
	}
}

func TestBareFrameHasNoMenu(t *testing.T) {
	t.Parallel()
	f := Frame{Bare: true, Menu: []MenuItem{{Text: "Policies", Href: "/"}}, Account: &Account{Name: "Priya Anand", Role: "policy lead"}, Token: "t"}
	h := f.Header()
	if len(h.Menu) != 0 {
		t.Errorf("menu = %v, want none", h.Menu)
	}
	if got := h.Account[0].Text; got != "Priya Anand, policy lead" {
		t.Errorf("account = %q", got)
	}
	if out := h.Account[1]; out.Token != "t" || !strings.HasPrefix(out.Action, "/") {
		t.Errorf("sign out = %+v", out)
	}
}
