package main

import (
	"html"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// Where the database never says whether a form was saved, each form says that, and gives back all that was typed.
func TestWhatIsNotKnownToBeSaved(t *testing.T) {
	t.Parallel()
	h := newHostile(t)
	h.docs.unsure.Store(true)
	met := 0
	for path, f := range h.staffForms() {
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
		h.givesBack(path, f, v, got, http.StatusInternalServerError, "It is not known whether this was saved")
	}
	t.Logf("%d forms were to be saved", met)
	if met < 20 {
		t.Errorf("only %d forms were to be saved: the test shows little", met)
	}
}

// Where it cannot even be read who sends a form, and where a form goes to an address that takes none, all comes back too.
func TestWhatReachesNoPage(t *testing.T) {
	t.Parallel()
	h := newHostile(t)
	for path, f := range h.staffForms() {
		v := f.filled()
		h.givesBack(path, f, v, h.post(h.client, "/nowhere", v), http.StatusNotFound, "Page not found")
		h.givesBack(path, f, v, h.post(h.client, "/coming", v), http.StatusMethodNotAllowed, "takes no form")
		h.docs.deaf.Store(true)
		h.givesBack(path, f, v, h.post(h.client, f.action, v), http.StatusInternalServerError, "there is a problem with the service")
		h.docs.deaf.Store(false)
	}
	h.docs.deaf.Store(true)
	long := url.Values{"text": {strings.Repeat("words of a long draft ", 1<<14)}} // more than a small form may have
	if got := h.post(h.client, "/desk", long); !strings.Contains(got.body, strings.TrimSpace(long.Get("text"))) {
		t.Errorf("of %d letters %d came back with the page", len(long.Get("text")), len(got.body))
	}
}

// staffForms are the forms that need a session, in the order of their routes.
func (h *hostile) staffForms() func(yield func(string, webForm) bool) {
	return func(yield func(string, webForm) bool) {
		for _, path := range slices.Sorted(maps.Keys(h.known())) {
			if path != "/sign-out" && path != "/sign-in" && !yield(path, h.known()[path]) {
				return
			}
		}
	}
}

// givesBack wants a page of that status that says what happened and holds everything that was typed or chosen.
func (h *hostile) givesBack(path string, f webForm, v url.Values, got got, status int, says string) {
	h.t.Helper()
	shown := html.UnescapeString(got.body)
	if got.status != status || !strings.Contains(shown, says) {
		h.t.Errorf("%s: %d does not say %q: %s", path, got.status, says, told(got.body))
		return
	}
	for _, x := range f.fields {
		if x.kind == "hidden" || x.kind == "password" {
			continue
		}
		for _, words := range v[x.name] {
			if words = strings.TrimSpace(strings.ReplaceAll(words, "\r\n", "\n")); !strings.Contains(shown, words) {
				h.t.Errorf("%s: %d, and %s is lost: %q", path, status, x.name, words)
			}
		}
	}
	if strings.Contains(got.body, testPassphrase) {
		h.t.Errorf("%s: a passphrase is shown", path)
	}
}
