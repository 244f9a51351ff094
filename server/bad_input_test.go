package main

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Every form of every page gets bad input, field by field. Forms are read out of the pages, so that a new one is
// covered by itself; a route that takes a form which no page shows is told.

const script = `<script>alert(1)</script>"'>`

// badWords are typed into a field; the last may stay there.
var badWords = []struct{ name, value string }{
	{"nothing", ""},
	{"1 MB", strings.Repeat("many words ", 1<<20/11)},
	{"60 KB", strings.Repeat("many words ", 60<<10/11)},
	{"invalid UTF-8", "caf\xff\xfe"},
	{"NUL", "a\x00b"},
	{"a word of 135 letters", strings.Repeat("pneumonoultramicroscopicsilico", 5)[:135]},
	{"marks of direction", "\u202Eabc\u200F\u2066def"},
	{"a number that overflows", "99999999999999999999999999"},
	{"a day that is not", "31 2 2027 01:30"},
	{"script", script},
}

// badChoices are sent in place of what a page offered.
var badChoices = []struct{ name, value string }{
	{"nothing", ""}, {"what is not", "no-such-thing"}, {"60 KB", strings.Repeat("x", 60<<10)}, {"invalid UTF-8", "\xff"}, {"NUL", "\x00"},
	{"another's", "cp-017"}, {"a negative number", "-1"}, {"a number that overflows", "99999999999999999999999999"}, {"script", script},
}

// badDates are the three boxes of a date. Clocks change on 28 March and 31 October 2027.
var badDates = []struct {
	day, month, year string
	real             bool
}{
	{"31", "2", "2027", false}, {"0", "0", "0", false}, {"-1", "4", "2027", false}, {"1", "", "2027", false}, {"99999999999999999999", "1", "2027", false},
	{"1", "4", "99999", false}, {"28 01:30", "3", "2027", false}, {script, "4", "2027", false}, {"\xff", "\x00", "2027", false},
	{"28", "3", "2027", true}, {"31", "October", "2027", true}, {"29", "3", "2027", true},
}

// scripted are routes that scripts post to; the form of the page beside is sent there too.
var scripted = map[string]string{"/desk/policies/:id/preview": "/desk/policies/:id", "/desk/policies/:id/autosave": "/desk/policies/:id",
	"/desk/policies/:id/pasted": "/desk/policies/:id"}

// merges are routes where what two people typed is joined.
var merges = map[string]bool{"/desk/policies/:id": true, "/desk/policies/:id/merge": true, "/desk/policies/:id/matrix/rows/:row": true,
	"/desk/policies/:id/matrix/corrections": true, "/desk/policies/:id/matrix/draft": true, "/desk/policies/:id/matrix/draft/:row": true, "/desk/policies/:id/matrix/places/:place": true}

func TestBadInputInEveryForm(t *testing.T) {
	t.Parallel()
	first := newHostile(t)
	for _, r := range first.routes() {
		if r.Method != http.MethodPost {
			continue
		}
		t.Run(strings.ReplaceAll(r.Path[1:], "/", " "), func(t *testing.T) {
			t.Parallel()
			h := newHostile(t)
			f, ok := h.known()[r.Path]
			if strings.HasSuffix(r.Path, "/merge") {
				f, ok = h.dispute()
			}
			if beside, yes := scripted[r.Path]; yes {
				f, ok = h.known()[beside], true
				f.action += r.Path[strings.LastIndexByte(r.Path, '/'):]
			}
			if !ok {
				t.Fatalf("no page was found with a form for %s", r.Path)
			}
			_, staff := f.field("token")
			a := &attack{hostile: h, form: f, public: r.Action == "", alone: !staff}
			if a.alone {
				a.client = a.anybody()
			}
			a.run()
		})
	}
}

// attack is bad input for one form.
type attack struct {
	*hostile
	form   webForm
	public bool // no token is asked for
	alone  bool // it is for who is not signed in
}

func (a *attack) run() {
	a.tokens()
	a.revisions()
	a.baseline()
	seen := map[string]bool{}
	for _, f := range a.form.fields {
		kind := numbers.ReplaceAllString(f.name, "#") + f.kind
		if seen[kind] || f.name == "token" || f.name == "revision" || f.kind == "file" {
			continue
		}
		seen[kind] = true
		switch {
		case strings.HasSuffix(f.name, "-month"), strings.HasSuffix(f.name, "-year"):
		case strings.HasSuffix(f.name, "-day"):
			a.dates(strings.TrimSuffix(f.name, "-day"))
		case f.typed() || f.kind == "password":
			for _, bad := range badWords {
				a.try(f, bad.name, bad.value)
			}
		default:
			for _, bad := range badChoices {
				a.try(f, bad.name, bad.value)
			}
		}
	}
}

var numbers = regexp.MustCompile(`[0-9]+`)

// tokens sends the form without its token: what was typed comes back, to be sent again.
func (a *attack) tokens() {
	if a.public {
		return
	}
	for _, token := range []string{"", "another"} {
		v := a.form.filled()
		v.Set("token", token)
		got := a.hit(v)
		if got.status != http.StatusForbidden {
			a.t.Errorf("token %q: %d, want 403", token, got.status)
		}
		a.keeps(got, v, "token "+token)
	}
}

func (a *attack) revisions() {
	f, ok := a.form.field("revision")
	if !ok || f.value == "0" {
		return
	}
	now, _ := strconv.Atoi(f.value)
	r, _ := a.pattern(http.MethodPost, a.form.action)
	for _, revision := range []string{"", "x", "-1", "99999999999999999999999999", strconv.Itoa(now + 1), strconv.Itoa(max(now-1, 0)), "1\x00", script} {
		v := a.form.filled()
		v.Set("revision", revision)
		got := a.hit(v)
		if _, err := strconv.ParseUint(revision, 10, 63); got.status == http.StatusSeeOther && (err != nil || !merges[r.Path]) && scripted[r.Path] == "" {
			a.t.Errorf("revision %q: %d", revision, got.status)
		}
		a.keeps(got, v, "revision "+revision)
	}
}

// baseline tells whether the form is accepted when it is plausibly filled: only then do its fields get as far as they can.
func (a *attack) baseline() {
	v := a.form.filled()
	got := a.hit(v)
	if got.status >= 400 {
		a.t.Logf("plausibly filled: %d %s", got.status, told(got.body))
	}
	a.keeps(got, v, "plausibly filled")
	a.renew(got)
}

func (a *attack) try(f webField, what, value string) {
	v := a.form.filled()
	v[f.name] = []string{value}
	got := a.hit(v)
	about := f.name + ": " + what
	if got.status == http.StatusSeeOther && f.typed() && f.kind != "textarea" && len(value) > 50<<10 {
		a.t.Errorf("%s is accepted", about)
	}
	if !f.typed() {
		v = url.Values{} // nobody can bring it about: what was typed beside need not come back
	}
	a.keeps(got, v, about)
	a.renew(got)
}

func (a *attack) dates(name string) {
	for _, d := range badDates {
		v := a.form.filled()
		v.Set(name+"-day", d.day)
		v.Set(name+"-month", d.month)
		v.Set(name+"-year", d.year)
		got := a.hit(v)
		about := name + ": " + d.day + " " + d.month + " " + d.year
		if got.status < 400 && !d.real {
			a.t.Errorf("%s is accepted", about)
		}
		a.keeps(got, v, about)
		a.renew(got)
	}
}

// hit posts, and looks at what holds for every answer.
func (a *attack) hit(v url.Values) got {
	before := a.docs.saved.Load()
	got := a.post(a.client, a.form.action, v)
	saved := a.docs.saved.Load() - before
	if got.status >= 500 || got.status < 200 || got.status >= 300 && got.status < 400 && got.status != http.StatusSeeOther {
		a.t.Errorf("%s = %d", a.form.action, got.status)
	}
	if got.status >= 400 && saved > 0 {
		a.t.Errorf("%s = %d, but %d events were saved", a.form.action, got.status, saved)
	}
	a.harmless(a.form.action, got)
	return got
}

// harmless fails when what was typed would run.
func (h *hostile) harmless(address string, got got) {
	h.t.Helper()
	if strings.Contains(got.header.Get("Content-Type"), "html") && strings.Contains(got.body, "<script>alert(1)") {
		h.t.Errorf("%s answers %d with a script that was typed", address, got.status)
	}
}

// renew reads the form again after it was accepted, in a world like the first when it is not offered any more.
func (a *attack) renew(was got) {
	a.t.Helper()
	if was.status >= 400 {
		return
	}
	if to := was.header.Get("Location"); to != "" {
		got := a.send(a.client, http.MethodGet, to, "", "")
		a.harmless(to, got)
		if got.status >= 400 && !strings.HasPrefix(a.form.page, "/account") {
			a.t.Errorf("%s leads to %s = %d", a.form.action, to, got.status)
		}
	}
	if a.read() {
		return
	}
	a.hostile = newHostile(a.t)
	if a.alone {
		a.client = a.anybody()
	}
	if !a.read() {
		a.t.Fatalf("%s has no form for %s any more", a.form.page, a.form.action)
	}
}

func (a *attack) read() bool {
	if strings.HasSuffix(a.form.action, "/merge") {
		f, ok := a.dispute()
		a.form = f
		return ok
	}
	got := a.send(a.client, http.MethodGet, a.form.page, "", "")
	a.harmless(a.form.page, got)
	for _, f := range readPage(a.form.page, got.body).forms {
		if f.action == a.form.action || strings.HasPrefix(a.form.action, f.action+"/") && scripted[patternOf(a.hostile, a.form.action)] != "" {
			f.action, a.form = a.form.action, f
			a.form.action = f.action
			return true
		}
	}
	return false
}

func patternOf(h *hostile, action string) string {
	r, _ := h.pattern(http.MethodPost, action)
	return r.Path
}
