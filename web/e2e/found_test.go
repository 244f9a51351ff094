package e2e_test

import (
	"fmt"
	"strings"
	"testing"

	"concordat/web/e2e"
)

// recorder is a test whose failures are looked at instead of failing.
type recorder struct {
	testing.TB
	said []string
}

func (r *recorder) Helper()           {}
func (r *recorder) Error(args ...any) { r.said = append(r.said, fmt.Sprint(args...)) }
func (r *recorder) Errorf(format string, a ...any) {
	r.said = append(r.said, fmt.Sprintf(format, a...))
}
func (r *recorder) Fatalf(format string, a ...any) { r.Errorf(format, a...); panic(r) }
func (r *recorder) wants(t *testing.T, parts ...string) {
	t.Helper()
	all := strings.Join(r.said, "\n")
	for _, part := range parts {
		if !strings.Contains(all, part) {
			t.Errorf("nothing about %q in:\n%s", part, all)
		}
	}
}

// ended runs something that is expected to end its test.
func (r *recorder) ended(t *testing.T, do func()) {
	t.Helper()
	defer func() {
		if recover() != any(r) {
			t.Error("the test was not ended")
		}
	}()
	do()
}

// TestBadPages shows that each check finds what is wrong.
func TestBadPages(t *testing.T) {
	t.Parallel()
	base := site(t)
	crawled := &recorder{TB: t}
	visited := e2e.Crawl(crawled, base+"/bad", e2e.Crawling{})
	crawled.wants(t, "/gone, linked from "+base+"/bad: it answers 404", "no part #nowhere")

	validated := &recorder{TB: t}
	e2e.Vnu(validated, e2e.Documents(visited))
	validated.wants(t, base+"/bad:", "Duplicate ID", "alt")

	p := e2e.Open(t, base)
	p.Tolerate("missing.png")
	p.Tolerate("Content Security Policy")
	p.Goto("/bad")
	checked := &recorder{TB: t}
	e2e.Axe(checked, p)
	checked.wants(t, "label at", "image-alt at")

	p.Goto("/wide")
	wide := &recorder{TB: t}
	e2e.NoSidewaysScroll(wide, p)
	wide.wants(t, "in a window of 1280 px", "Too wide")

	bounded := &recorder{TB: t}
	e2e.Crawl(bounded, base+"/", e2e.Crawling{Max: 1})
	bounded.wants(t, "stopped after 1 pages")
}

// TestProblemsInTheBrowser shows that script errors, missing files and breaches of the policy fail a
// test, and that a page answering 404 does not by itself.
func TestProblemsInTheBrowser(t *testing.T) {
	t.Parallel()
	base := site(t)
	inner := &cleaned{recorder: recorder{TB: t}}
	p := e2e.Open(inner, base)
	p.Goto("/gone")
	if got := p.Status(); got != 404 {
		t.Errorf("status %d, want 404", got)
	}
	p.Goto("/thrown")
	p.Goto("/bad")
	inner.clean()
	inner.wants(t, "said aloud", "null", "missing.png", "Content Security Policy")
	if all := strings.Join(inner.said, "\n"); strings.Contains(all, "/gone") {
		t.Errorf("the page that answers 404 counts as a problem:\n%s", all)
	}
}

// cleaned runs its clean-ups when told.
type cleaned struct {
	recorder
	later []func()
}

func (c *cleaned) Cleanup(f func()) { c.later = append(c.later, f) }
func (c *cleaned) clean() {
	for i := len(c.later) - 1; i >= 0; i-- {
		c.later[i]()
	}
}

func TestMessages(t *testing.T) {
	t.Parallel()
	base := site(t)
	for name, tc := range map[string]struct {
		do   func(*e2e.Page)
		want []string
	}{
		"no such button": {func(p *e2e.Page) { p.Click("Publish") }, []string{`is called "Publish"`, `button "Send"`}},
		"no such option": {func(p *e2e.Page) { p.Select("Area", "East") }, []string{"North | South"}},
		"no such text":   {func(p *e2e.Page) { p.Sees("Welcome") }, []string{`"Welcome" is not there`, "Do you agree?"}},
		"unwanted text":  {func(p *e2e.Page) { p.SeesNot("Your name") }, []string{"should not be"}},
		"no such part":   {func(p *e2e.Page) { p.ClickOn("#nothing") }, []string{"no such element"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := &recorder{TB: t}
			p := e2e.Open(r, base)
			p.Goto("/")
			r.ended(t, func() { tc.do(p) })
			r.wants(t, tc.want...)
		})
	}
}
