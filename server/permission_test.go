package main

import (
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/server/internal/session"
)

// The table of permissions is tested cell by cell: every route, with every role, held for all commissioners, for the
// one that the route's address names, for another of those concerned, and for one that is not concerned; and with
// people who hold two roles for two commissioners, where what one gives must not reach where the other is held.

// holding is a role and for whom it is held.
type holding struct {
	role access.Role
	held string // "all", "here", "beside" (another commissioner of the same policy) or "elsewhere"
}

func (h holding) String() string { return fmt.Sprintf("%s (%s)", h.role, h.held) }

// seat is a person with one role or two, signed in.
type seat struct {
	name   string
	email  string
	actor  record.Actor
	client *http.Client
	token  string
}

// twoRoles are people of whom each hat alone says too little, or both together would say too much.
var twoRoles = [][2]holding{
	{{access.Contact, "here"}, {access.Approver, "beside"}},
	{{access.Contact, "beside"}, {access.Approver, "here"}},
	{{access.Contact, "beside"}, {access.EvidenceReviewer, "here"}},
	{{access.Contact, "elsewhere"}, {access.Clinician, "here"}},
	{{access.Secretary, "here"}, {access.Contact, "beside"}},
	{{access.Secretary, "beside"}, {access.Contact, "here"}},
	{{access.Secretary, "elsewhere"}, {access.Approver, "here"}},
	{{access.PolicyLead, "elsewhere"}, {access.Contact, "here"}},
	{{access.PolicyLead, "elsewhere"}, {access.Secretary, "beside"}},
	{{access.PolicyLead, "here"}, {access.Secretary, "elsewhere"}},
	{{access.EngagementLead, "elsewhere"}, {access.EqualityLead, "here"}},
	{{access.Administrator, "all"}, {access.Contact, "elsewhere"}},
	{{access.Auditor, "all"}, {access.Secretary, "beside"}},
}

func TestEveryRouteWithEveryRole(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	seats := w.seats(t)
	var printed strings.Builder
	for _, r := range w.routes() {
		if r.Action == "" {
			continue
		}
		if got := w.status(t, nil, "", r); r.Method == http.MethodGet && got != http.StatusSeeOther || r.Method != http.MethodGet && got != http.StatusForbidden {
			t.Errorf("the public: %s %s = %d", r.Method, r.Path, got)
		}
		var may []string
		for _, s := range seats {
			want := w.allowed(r, s)
			got := w.status(t, s.client, s.token, r)
			if want && (got == http.StatusForbidden || got >= 500) || !want && got != http.StatusForbidden {
				t.Errorf("%s: %s %s = %d; allowed: %v", s.name, r.Method, r.Path, got, want)
			}
			if want {
				may = append(may, s.name)
			}
		}
		fmt.Fprintf(&printed, "%s %s: %s\n", r.Method, r.Path, strings.Join(may, ", "))
	}
	golden(t, filepath.Join("testdata", "routes.txt"), printed.String())
}

// allowed is what the table says, for what the route's document concerns.
func (w *world) allowed(r page.Route, s seat) bool {
	if !access.Ever(s.actor, r.Action) {
		return false
	}
	scope, particular := w.concerned(r)
	if !particular {
		return true
	}
	if strings.HasSuffix(r.Path, "/decide") { // each secretary decides for those that they are the secretary of
		return slices.ContainsFunc(scope, func(id string) bool { return access.May(s.actor, r.Action, access.For(id)) })
	}
	return access.May(s.actor, r.Action, access.For(scope...))
}

// concerned gives the commissioners that the document of a route concerns; particular is false for lists and for
// what concerns nobody in particular.
func (w *world) concerned(r page.Route) (scope []string, particular bool) {
	switch {
	case strings.Contains(r.Path, "/local/:commissioner") && r.Action == access.LocalEdit, strings.Contains(r.Path, "/:place") && r.Action != access.PolicyRead && r.Action != access.PolicyEdit,
		strings.HasPrefix(r.Path, "/desk/commissioners/:id"):
		return []string{w.here}, true
	case strings.HasSuffix(r.Path, "/promises/new"):
		return nil, false // whoever may promise for anybody; the form asks for whom
	case r.Path == "/desk/policies/new" && r.Method != http.MethodGet:
		return w.programmePlaces, true
	case strings.HasSuffix(r.Path, "/new") && r.Method != http.MethodGet:
		return nil, true // the test's form names no commissioner
	case strings.HasPrefix(r.Path, "/desk/policies/:id"):
		return w.policyPlaces, true
	case strings.HasPrefix(r.Path, "/desk/meetings/:id"):
		return w.meetingPlaces, true
	case strings.HasPrefix(r.Path, "/desk/programmes/:id"):
		return w.programmePlaces, true
	}
	return nil, false
}

var parameter = regexp.MustCompile(`:[a-z]+`)

// address fills a route's pattern with documents that exist.
func (w *world) address(r page.Route) string {
	return parameter.ReplaceAllStringFunc(r.Path, func(name string) string {
		id, ok := w.fill[strings.Split(r.Path, "/")[2]+name]
		if !ok {
			id = w.fill[name]
		}
		return id
	})
}

func (w *world) status(t *testing.T, client *http.Client, token string, r page.Route) int {
	t.Helper()
	if client == nil {
		client = &http.Client{Transport: &w.people, CheckRedirect: noRedirect}
	}
	var resp *http.Response
	var err error
	if r.Method == http.MethodGet {
		resp, err = client.Get(w.server.URL + w.address(r))
	} else {
		resp, err = client.PostForm(w.server.URL+w.address(r), url.Values{"token": {token}, "revision": {"999999"}, "save": {"1"}, "reason": {"because"},
			"programme": {w.fill["programmes:id"]}, "reference": {"CP-999"}, "title": {"A new policy"}, "kind": {review.Kinds[0].ID}})
	}
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	return resp.StatusCode
}

func noRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// seats signs in one person for each role and each way of holding it, and those with two roles.
func (w *world) seats(t *testing.T) []seat {
	t.Helper()
	var out []seat
	for _, role := range access.Roles {
		for _, held := range []string{"all", "here", "beside", "elsewhere"} {
			if held != "all" && access.OnlyForAll(role) {
				continue
			}
			out = append(out, w.seat(t, role, held))
		}
	}
	for _, two := range twoRoles {
		out = append(out, w.sit(t, two[0], two[1]))
	}
	return out
}

const testPassphrase = "harbour lantern walnut"

func (w *world) seat(t *testing.T, role access.Role, held string) seat {
	t.Helper()
	return w.sit(t, holding{role, held})
}

// sit makes an account with some roles and signs in with it.
func (w *world) sit(t *testing.T, first holding, more ...holding) seat {
	t.Helper()
	ctx := t.Context()
	s := seat{name: first.String()}
	for _, h := range more {
		s.name += " + " + h.String()
	}
	in := access.Invitation{Name: "Test " + s.name, Role: first.role, Commissioners: w.places(first)}
	in.Email = strings.Trim(notInAddress.ReplaceAllString(s.name, "-"), "-") + "@example.org"
	_, link, err := w.app.People.Add(ctx, access.CommandLine(), in)
	if err != nil {
		t.Fatal(err)
	}
	a, err := w.app.People.Accept(ctx, link, testPassphrase)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range more {
		edit := record.Edit{By: access.CommandLine(), ID: a.ID, Revision: a.Revision}
		if a, err = w.app.People.Give(ctx, edit, h.role, w.places(h)); err != nil {
			t.Fatal(err)
		}
	}
	s.actor = a.Actor()
	s.email = in.Email
	s.client, s.token = w.signIn(t, s.email, testPassphrase)
	return s
}

var notInAddress = regexp.MustCompile(`[^a-z]+`)

// places are the commissioners for whom a role is held; none for all.
func (w *world) places(h holding) []string {
	switch h.held {
	case "here":
		return []string{w.here}
	case "beside":
		return []string{w.beside}
	case "elsewhere":
		return []string{w.elsewhere}
	}
	return nil
}

var tokenField = regexp.MustCompile(`name="token" value="([^"]+)"`)

// signIn gives a browser with a session, and the token that its forms carry.
func (w *world) signIn(t *testing.T, email, passphrase string) (*http.Client, string) {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Transport: &w.people, Jar: jar, CheckRedirect: noRedirect}
	resp, err := client.PostForm(w.server.URL+"/sign-in", url.Values{"email": {email}, "passphrase": {passphrase}})
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusSeeOther {
		t.Fatalf("signing in as %s: %d", email, resp.StatusCode)
	}
	found := tokenField.FindStringSubmatch(text(t, client, w.server.URL+"/account"))
	if found == nil {
		t.Fatalf("signed in as %s: no page with a token", email)
	}
	return client, found[1]
}

func (w *world) routes() []page.Route {
	return w.app.routes(&session.Pages{Site: w.app.site, People: w.app.People})
}

// golden compares with a file; -update writes it.
func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; run the test with -update and look at the change", file)
	}
}
