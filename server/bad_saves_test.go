package main

import (
	"html"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// Where the database never says whether a form was saved, each form says that, and gives back all words that were typed.
func TestWhatIsNotKnownToBeSaved(t *testing.T) {
	t.Parallel()
	h := newHostile(t)
	h.docs.unsure.Store(true)
	met := 0
	for _, path := range slices.Sorted(maps.Keys(h.known())) {
		f := h.known()[path]
		if path == "/sign-out" || path == "/sign-in" {
			continue
		}
		v := f.filled()
		got := h.post(h.client, f.action, v)
		for _, b := range f.buttons {
			if got.status < http.StatusInternalServerError { // refused before anything was to be saved, or nothing is
				v.Set(b.name, b.value)
				got = h.post(h.client, f.action, v)
			}
		}
		if got.status < http.StatusInternalServerError {
			continue
		}
		met++
		if !strings.Contains(got.body, "It is not known whether this was saved") {
			t.Errorf("%s: %d does not say that it is not known: %s", path, got.status, told(got.body))
		}
		shown := html.UnescapeString(got.body)
		for _, x := range f.fields {
			if x.kind != "textarea" && x.kind != "text" {
				continue
			}
			for _, words := range v[x.name] {
				if words = strings.TrimSpace(words); strings.Contains(words, " ") && !strings.Contains(words, "\n") && !strings.Contains(shown, words) {
					t.Errorf("%s: %s is lost: %q", path, x.name, words)
				}
			}
		}
		if strings.Contains(got.body, testPassphrase) {
			t.Errorf("%s: a passphrase is shown", path)
		}
	}
	t.Logf("%d forms were to be saved", met)
	if met < 20 {
		t.Errorf("only %d forms were to be saved: the test shows little", met)
	}
}
