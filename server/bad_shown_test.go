package main

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"concordat/server/internal/demo"
)

// Whatever was typed is shown as text, wherever it comes to stand: every form is sent with a script in all its fields,
// then every page is read, by staff and by the public.
func TestScriptsAreShownAsText(t *testing.T) {
	t.Parallel()
	h := newHostile(t)
	accepted := 0
	forms := h.known()
	for _, route := range slices.Sorted(maps.Keys(forms)) {
		f := forms[route]
		if strings.Contains(f.action, "/sign-out") || strings.HasPrefix(f.action, "/account/") || strings.HasPrefix(f.action, "/invitation") || strings.HasPrefix(f.action, "/reset/") {
			continue // it would end the visit, or go on as somebody else
		}
		f, ok := h.current(f)
		if !ok {
			continue // an earlier form took it away
		}
		if got := h.post(h.client, f.action, scriptedForm(f)); got.status < 400 {
			accepted++
		}
	}
	if accepted < 15 {
		t.Errorf("%d forms took a script as text", accepted)
	}
	if err := h.app.library.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	shown := 0
	for _, client := range []*http.Client{h.client, h.anybody()} {
		shown += h.readAll(client, append(h.addresses(), "/", "/coming", "/applies", "/feed.atom", "/sitemap.xml"))
	}
	if shown < 10 {
		t.Errorf("what was typed is shown on %d pages only: the test looks in the wrong places", shown)
	}
}

// scriptedForm is the form with a script in each field that people write into, as long as a short one allows.
func scriptedForm(f webForm) url.Values {
	v := f.filled()
	for _, x := range f.fields {
		switch {
		case !x.typed(), x.kind == "email", strings.HasSuffix(x.name, "-day"), strings.HasSuffix(x.name, "-month"), strings.HasSuffix(x.name, "-year"), strings.HasSuffix(x.name, "url"):
		case x.name == "short":
			v.Set(x.name, script[:16])
		case x.name == "reference":
			v.Set(x.name, script[:26])
		case v.Get(x.name) != "":
			v.Set(x.name, script)
		}
	}
	return v
}

// current reads a form again, as earlier posts have left it.
func (h *hostile) current(f webForm) (webForm, bool) {
	got := h.send(h.client, http.MethodGet, f.page, "", "")
	forms := readPage(f.page, got.body).forms
	i := slices.IndexFunc(forms, func(x webForm) bool { return x.action == f.action })
	if i < 0 {
		return webForm{}, false
	}
	return forms[i], true
}

// readAll follows links and counts the pages that show a script as text.
func (h *hostile) readAll(client *http.Client, queue []string) (shown int) {
	h.t.Helper()
	seen, kinds := map[string]bool{}, map[string]int{}
	for len(queue) > 0 {
		address := queue[0]
		queue = queue[1:]
		r, _ := h.pattern(http.MethodGet, address)
		if seen[address] || !strings.HasPrefix(address, "/") || kinds[r.Path] > mostOfAKind {
			continue
		}
		seen[address] = true
		kinds[r.Path]++
		got := h.send(client, http.MethodGet, address, "", "")
		if got.status >= 500 {
			h.t.Errorf("%s = %d", address, got.status)
		}
		h.harmless(address, got)
		if strings.Contains(got.body, "&lt;script&gt;alert(1)") {
			shown++
		}
		queue = append(queue, readPage(address, got.body).links...)
	}
	return shown
}

// What belongs to somebody else, or to another document, is not reached by its id.
func TestRecordsOfOthers(t *testing.T) {
	t.Parallel()
	h := newHostile(t)
	contact, token := h.signIn(t, "callum.whitby@brindlewick.example", demo.Passphrase)
	before := h.docs.saved.Load()
	for _, x := range []struct {
		name, address string
		with          url.Values
		want          []int
	}{
		{"another place's local policy", "/desk/policies/cp-041/local/aldermoss/new", url.Values{"without": {"open"}}, []int{403}},
		{"another place's local text", "/desk/policies/cp-041/local/aldermoss", url.Values{"local": {"cp-041-aldermoss"}, "revision": {"1"}, "without": {"policy"}, "title": {"T"}, "text": {"x"}}, []int{403}},
		{"another place's particulars", "/desk/commissioners/aldermoss", url.Values{"revision": {"1"}, "name": {"N"}, "short": {"S"}}, []int{403}},
		{"a place that is not the policy's", "/desk/policies/cp-060/register/old-marrow/withdraw", url.Values{"revision": {"1"}, "withdraw-reason": {"R"}}, []int{403, 404}},
		{"a policy, by a contact", "/desk/policies/cp-041", url.Values{"revision": {"1"}, "save": {"1"}, "s-summary": {"x"}}, []int{403}},
		{"another person's account", "/admin/accounts/account-priya/disable", url.Values{"revision": {"1"}}, []int{403}},
	} {
		x.with.Set("token", token)
		if got := h.post(contact, x.address, x.with); !slices.Contains(x.want, got.status) {
			t.Errorf("%s: %d, want %v: %s", x.name, got.status, x.want, told(got.body))
		}
	}
	for name, address := range map[string]string{
		"another policy's local policy": "/desk/policies/cp-041/differences?from=local:cp-044-brindlewick",
		"a version that is not":         "/desk/policies/cp-041/differences?from=v99.99",
		"another policy's file":         "/desk/policies/cp-041/files/" + h.fileOf("cp-017"),
		"a decision elsewhere":          "/desk/policies/cp-041/decisions/1.0/aldermoss",
		"a register elsewhere":          "/desk/policies/cp-060/register/none",
	} {
		if got := h.send(h.client, http.MethodGet, address, "", ""); got.status != http.StatusNotFound {
			t.Errorf("%s: %d, want 404", name, got.status)
		}
	}
	if saved := h.docs.saved.Load() - before; saved != 0 {
		t.Errorf("%d events were saved", saved)
	}
}

// fileOf is the id of a supporting document.
func (h *hostile) fileOf(policy string) string {
	h.t.Helper()
	p, err := h.app.Review.Policy(h.t.Context(), lead, policy)
	if err != nil || len(p.Files) == 0 {
		h.t.Fatalf("%s has no file: %v", policy, err)
	}
	return p.Files[0].ID
}
