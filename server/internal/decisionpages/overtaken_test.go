package decisionpages_test

import (
	"net/url"
	"strings"
	"testing"

	"concordat/review/record"
)

// A form that somebody else's change overtook comes back as it was typed, says what is kept now, and can be sent again.
func TestOvertakenForms(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	at := h.plan()
	general := "Somebody changed this while you were writing"
	fields := func(pairs ...string) func(url.Values) {
		return func(v url.Values) {
			for i := 0; i < len(pairs); i += 2 {
				v.Set(pairs[i], pairs[i+1])
			}
		}
	}
	meeting := func(title string) func(url.Values) {
		return func(v url.Values) {
			fields("title", title, "body", "Committee of the places")(v)
			v["commissioners"] = h.places
			date(v, "date", record.Day(2027, 3, 18))
		}
	}
	program := func(name string) func(url.Values) {
		return func(v url.Values) {
			fields("name", name, "m0-name", "Meeting of "+name)(v)
			v["commissioners"] = h.places[:2]
			date(v, "start", record.Day(2026, 4, 1))
			date(v, "end", record.Day(2028, 3, 31))
			date(v, "m0-date", record.Day(2027, 5, 1))
		}
	}
	for _, tc := range []struct {
		name, path   string
		theirs, mine func(url.Values)
		shows        []string
	}{
		{"meeting", at + "/edit", meeting("Their title"), meeting("My title"), []string{general, `value="My title"`, "Kept now: “Their title”"}},
		{"members", at + "/members", fields("m0-name", "Their chair", "m0-present", "yes"), fields("m0-name", "My chair", "m0-role", "my role"),
			[]string{general, `value="My chair"`, `value="my role"`, "Kept now: “Their chair”"}},
		{"programme", "/desk/programmes/" + h.programme.ID + "/edit", program("Theirs"), func(v url.Values) {
			program("Mine")(v)
			v["commissioners"] = h.places
			date(v, "end", record.Day(2029, 3, 31))
		}, []string{general, `value="Mine"`, "Kept now: “Theirs”", "Kept now: “31 3 2028”", "Kept now: “Meeting of Theirs”", "Kept now: Aldermoss, Brindlewick"}},
	} {
		first, second := h.get("all", tc.path).Hidden(), h.get("all", tc.path).Hidden()
		tc.theirs(first)
		if got := h.post("all", tc.path, first); got.Status != 303 {
			t.Fatalf("%s: the first: %d %s", tc.name, got.Status, got.Body)
		}
		tc.mine(second)
		got := h.post("all", tc.path, second)
		if got.Status != 409 {
			t.Errorf("%s: status %d, want 409", tc.name, got.Status)
		}
		got.Has(tc.shows...)
		again := got.Hidden()
		tc.mine(again)
		if got := h.post("all", tc.path, again); got.Status != 303 {
			t.Errorf("%s: sent again: %d", tc.name, got.Status)
		}
	}
}

func TestOvertakenActs(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	at := h.plan()
	form := adopted(h.get("all", at+"/decide").Hidden())
	date(form, "i0-effective", record.Day(2027, 3, 18))
	form.Set("step", "record")
	if got := h.post("all", at+"/decide", form); got.Status != 303 {
		t.Fatalf("recording: %d %s", got.Status, got.Body)
	}
	reg := "/desk/policies/" + h.policy.ID + "/register/" + h.places[0]
	act := func(name, reason string) url.Values {
		v := h.get("all", reg).Hidden()
		date(v, name+"-from", record.Day(2027, 3, 18))
		v.Set(name+"-reason", reason)
		return v
	}
	first, second, third := act("suspend", "Their reason"), act("suspend", "My own reason"), act("withdraw", "My reason to withdraw")
	if got := h.post("all", reg+"/suspend", first); got.Status != 303 {
		t.Fatalf("suspending: %d", got.Status)
	}
	got := h.post("all", reg+"/suspend", second)
	if got.Status != 409 || !strings.Contains(got.Body, "My own reason") {
		t.Errorf("an act that cannot be done any more: %d, and the reason that was typed is lost", got.Status)
	}
	got = h.post("all", reg+"/withdraw", third)
	if got.Status != 409 {
		t.Errorf("an act that can still be done: %d, want 409", got.Status)
	}
	got.Has("Somebody changed this while you were writing", "My reason to withdraw", "Suspended since 18 March 2027")

	place := "/desk/policies/" + h.policy.ID + "/decisions/1.0/" + h.places[0]
	right := func(minute string) url.Values {
		v := h.get("all", place).Hidden()
		for name, x := range map[string]string{"due": "Considered", "minute": minute, "reason": "", "why": "Because of " + minute} {
			v.Set(name, x)
		}
		return v
	}
	theirs, mine := right("JC/1"), right("JC/2")
	if got := h.post("all", place, theirs); got.Status != 303 {
		t.Fatalf("putting right: %d", got.Status)
	}
	got = h.post("all", place, mine)
	got.Has("Somebody changed this while you were writing", "Kept now: “JC/1”", `value="JC/2"`, "Because of JC/2")
}
