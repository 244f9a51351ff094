package publicpages_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"concordat/review/decision"
)

// What a browser sends is what the page's own form has, so that the names of its fields are what is read.
func TestAppliesFormIsReadAsItIsSent(t *testing.T) {
	t.Parallel()
	w, _, _, _ := simple(t)
	form := fieldsOf(t, w.get("/applies", "").text, "/applies")
	want := []string{"area", "policy", "referred-day", "referred-month", "referred-year", "treated-day", "treated-month", "treated-year"}
	if got := slices.Sorted(maps.Keys(form)); !slices.Equal(got, want) {
		t.Fatalf("the form sends %v, want %v", got, want)
	}
	typed := url.Values{"policy": {"carpal-tunnel-surgery"}, "area": {"brindlewick"}, "referred-day": {"1"}, "referred-month": {"6"}, "referred-year": {"2027"},
		"treated-day": {""}, "treated-month": {""}, "treated-year": {""}}
	w.get("/applies?"+typed.Encode(), "").has(t, "Carpal tunnel surgery, version 1.0, applies")
}

// A wrong form comes back with what was typed, a message at each field, and links that lead to the fields.
func TestAppliesSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	w, _, _, _ := simple(t)
	for _, tc := range []struct {
		typed url.Values
		want  map[string]string // message by the name of the field that its link leads to
	}{
		{url.Values{}, map[string]string{"policy": "Choose a policy", "area": "Choose an area", "referred-day": "Enter the date of referral"}},
		{url.Values{"policy": {"carpal-tunnel-surgery"}, "area": {"brindlewick"}, "referred-day": {"31"}, "referred-month": {"2"}, "referred-year": {"2027"},
			"treated-day": {"x"}}, map[string]string{"referred-day": "The date of referral must be a real date, such as 31 1 2027",
			"treated-day": "The date of treatment must be a real date, such as 31 1 2027"}},
		{url.Values{"policy": {"carpal-tunnel-surgery"}, "area": {"brindlewick"}, "referred-day": {"2"}, "referred-month": {"2"}, "referred-year": {"2027"},
			"treated-day": {"1"}, "treated-month": {"2"}, "treated-year": {"2027"}},
			map[string]string{"treated-day": "The date of treatment must be the date of referral or later"}},
	} {
		if !tc.typed.Has("referred-day") {
			tc.typed.Set("referred-day", "")
		}
		got := w.get("/applies?"+tc.typed.Encode(), "")
		if got.Code != http.StatusBadRequest {
			t.Errorf("%v: status %d", tc.typed, got.Code)
		}
		form := fieldsOf(t, got.text, "/applies")
		if diff := cmp.Diff(tc.want, messages(t, got.text, form)); diff != "" {
			t.Errorf("%v (-want +got):\n%s", tc.typed, diff)
		}
		for name, field := range form {
			if field.Data == "input" && attribute(field, "value") != tc.typed.Get(name) {
				t.Errorf("%v: %s holds %q", tc.typed, name, attribute(field, "value"))
			}
		}
	}
}

// An adoption that waits for the date of a named event is said beside what applies until then.
func TestAppliesSaysWhatWaits(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	alder, brindle := w.area("Aldermoss"), w.area("Brindlewick")
	p := w.create(carpal(alder, brindle))
	w.local(p, alder, 2018, "Own text.")
	v := w.issue(p.ID)
	w.decide(v, decision.Said{Outcome: decision.Adopt, Event: "start of the new contract", Rule: decision.Treated}, alder, brindle)
	w.publish(v, time.Time{})
	w.moveTo(january)
	const ask, jsonAsk = "/applies?policy=carpal-tunnel-surgery&referred-day=1&referred-month=6&referred-year=2027&area=", "/applies.json?policy=carpal-tunnel-surgery&referred=2027-06-01&area="
	waits := []string{"Adopted, and waiting for a date:", "Carpal tunnel surgery, version 1.0</a>. It starts with “start of the new contract”. That date is not known yet."}
	w.get(ask+"aldermoss", "").has(t, append(waits, "Aldermoss’s own policy of 2018 applies")...)
	w.get(ask+"brindlewick", "").has(t, append(waits, "No text applies")...)
	for _, area := range []string{"aldermoss", "brindlewick"} {
		var body struct{ Waiting []map[string]string }
		w.ok(json.Unmarshal([]byte(w.get(jsonAsk+area, "").text), &body))
		want := []map[string]string{{"event": "start of the new contract", "policy": "carpal-tunnel-surgery", "version": "1.0",
			"url": "https://policies.example/policies/carpal-tunnel-surgery", "rule": "treated"}}
		if diff := cmp.Diff(want, body.Waiting); diff != "" {
			t.Errorf("%s (-want +got):\n%s", area, diff)
		}
	}
}

// fieldsOf are the fields of the form with an action, by name.
func fieldsOf(t *testing.T, page, action string) map[string]*html.Node {
	t.Helper()
	tree, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*html.Node{}
	for n := range tree.Descendants() {
		if n.Data != "form" || attribute(n, "action") != action {
			continue
		}
		for f := range n.Descendants() {
			if name := attribute(f, "name"); name != "" {
				out[name] = f
			}
		}
	}
	return out
}

// messages are those of the summary, by the name of the field that each leads to; each stands at its field as well.
func messages(t *testing.T, page string, form map[string]*html.Node) map[string]string {
	t.Helper()
	names := map[string]string{}
	for name, f := range form {
		names["#"+attribute(f, "id")] = name
	}
	out := map[string]string{}
	_, rest, _ := strings.Cut(page, `nhsuk-error-summary__list">`)
	summary, _, _ := strings.Cut(rest, "</ul>")
	tree, err := html.Parse(strings.NewReader(summary))
	if err != nil {
		t.Fatal(err)
	}
	for n := range tree.Descendants() {
		if n.Data != "a" {
			continue
		}
		message := n.FirstChild.Data
		if names[attribute(n, "href")] == "" {
			t.Errorf("%q leads to %s, which is no field", message, attribute(n, "href"))
		}
		if !strings.Contains(rest, ": </span>"+message) {
			t.Errorf("%q does not stand at its field", message)
		}
		out[names[attribute(n, "href")]] = message
	}
	return out
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
