package e2e_test

import (
	"fmt"
	"testing"

	"concordat/web/e2e"
)

// refusals are forms that come back when they are sent with nothing in their boxes but what stands here.
var refusals = []struct {
	who, path, form string
	typed           map[string]string
}{
	{lead, "/desk/policies/new", "[action='/desk/policies/new']", nil},
	{lead, "/desk/policies/cp-041/details", "[action$='/details']", map[string]string{"review-day": "31", "review-month": "2", "review-year": "2027"}},
	{lead, "/desk/policies/cp-041/issue", "[action$='/issue']", nil},
	{lead, "/desk/policies/cp-041/files", "[action$='/files']", nil},
	{lead, "/desk/policies/cp-041/local/brindlewick/new", "[action$='/new']", map[string]string{"effective-day": "x"}},
	{lead, "/desk/policies/cp-041/local/brindlewick", "[action$='/brindlewick']", nil},
	{lead, "/desk/policies/cp-017/erratum/1.0", "[action*='/erratum/']", nil},
	{lead, "/desk/policies/cp-017/decisions", "[action$='/publish']", map[string]string{"from-day": "31", "from-month": "2", "from-year": "2027"}},
	{secretary, "/desk/policies/cp-017/register/aldermoss", "[action$='/withdraw']", nil},
	{lead, "/desk/policies/cp-041/plan", "[action$='/need']", nil},
	{lead, "/desk/policies/cp-041/plan", "[action$='/plan']", map[string]string{"month-month": "13", "month-year": "2027"}},
	{lead, "/desk/programmes/fifteen-places/promises/new", "[action$='/promises/new']", map[string]string{"link": "nowhere", "due-day": "31", "due-month": "2"}},
	{lead, "/desk/programmes/fifteen-places/promises/promise-knee", "[action$='/promise-knee']", nil},
	{lead, "/desk/programmes/new", "[action^='/desk/programmes']", nil},
	{secretary, "/desk/meetings/new", "#form", nil},
	{secretary, "/desk/meetings/2027-03-18/members", "#members", map[string]string{"m0-role": "Chair"}},
	{secretary, "/desk/meetings/2027-03-18/items", "#form", nil},
	{administrator, "/admin/accounts/new", "[action='/admin/accounts']", nil},
	{administrator, "/desk/commissioners/new", "[action^='/desk/commissioners']", nil},
	{administrator, "/desk/commissioners/brindlewick", "[action^='/desk/commissioners']", nil},
	{administrator, "/desk/commissioners/brindlewick/end", "[action$='/end']", nil},
	{administrator, "/account", "[action='/account/name']", nil},
	{administrator, "/account", "[action='/account/passphrase']", nil},
	{"", "/sign-in", "[action='/sign-in']", nil},
	{"", "/reset", "[action='/reset']", nil},
	{"", "/applies", "[action='/applies']", nil},
}

// TestRefusedForms shows that a form that was refused is as good a page as any: every message leads to its field.
func TestRefusedForms(t *testing.T) {
	t.Parallel()
	s := demonstration(t, "SQLite")
	windows, documents := map[string]*e2e.Page{}, map[string]string{}
	for _, f := range refusals {
		p := windows[f.who]
		if p == nil {
			p = visitor(t, s)
			if f.who != "" {
				p = signedIn(t, s, f.who)
			}
			p.Tolerate("status of 4") // the browser's own note of what is meant to be refused
			windows[f.who] = p
		}
		p.Goto(f.path)
		refuse(t, p, f.form, f.typed, documents)
	}
	correction(windows[lead])
	asGoodAsAny(t, windows[lead], documents)
	sitting(windows[secretary])
	refuse(t, windows[secretary], "#form", map[string]string{"i0-effective-day": "31", "i0-effective-month": "2"}, documents)
	e2e.VnuAtEnd(t, documents)
}

// correction opens the page that shows what a correction changes, before it is issued.
func correction(p *e2e.Page) {
	p.Goto("/desk/policies/cp-017/erratum/1.0")
	p.FillIn("[name=reason]", "A slip of the pen")
	p.FillIn("[name=s-summary]", "The wrist has a narrow tunnel, and the nerve in it can be squeezed.")
	p.Click("Look at the changes")
	p.Sees("Look at the correction of version 1.0")
}

// sitting opens the form of what a meeting of today decided, which asks nothing before its day.
func sitting(p *e2e.Page) {
	p.Goto("/desk/meetings/new")
	p.FillIn("[name=title]", "Netherfold, February")
	p.Fill("Body that sits", "Governing body")
	date(p, "date", 8, 2, 2027)
	p.Choose("Netherfold")
	p.Click("Plan the meeting")
	p.Click("Put policies on the agenda")
	p.Choose("Carpal tunnel surgery, CP-017, version 1.0")
	p.Click("Put on the agenda")
	p.Click("Members present")
	p.FillIn("[name=m0-name]", "Ada Lund")
	p.Within("fieldset.app-lines").Choose("Was present")
	p.Click("Save")
	p.Click("Record all that was decided")
}

// refuse empties the boxes of a form, types what is given, sends it and looks at what comes back.
func refuse(t *testing.T, p *e2e.Page, form string, typed, documents map[string]string) {
	t.Helper()
	name := p.Path() + " " + form
	p.Eval(fmt.Sprintf(emptied, "main form"+form), nil)
	for box, text := range typed {
		p.FillIn(fmt.Sprintf("form%s [name=%q]", form, box), text)
	}
	p.ClickOn("[data-sends]")
	if status := p.Status(); status < 400 || status > 499 || !p.Has(".nhsuk-error-summary a") {
		t.Errorf("%s answers %d and %q, not what is wrong", name, status, p.Title())
		return
	}
	var lost []string
	p.Eval(`[...document.querySelectorAll('.nhsuk-error-summary a')].filter(a => !document.getElementById(a.hash.slice(1))).map(a => a.href)`, &lost)
	if len(lost) > 0 {
		t.Errorf("%s: messages lead nowhere: %q", name, lost)
	}
	asGoodAsAny(t, p, documents)
}

const emptied = `(() => {
	const form = document.querySelector(%q)
	for (const d of form.querySelectorAll('details')) d.open = true
	for (const f of form.elements) {
		if (f.type === 'checkbox' || f.type === 'radio') f.checked = false
		else if (f.matches('input:not([type=hidden]), textarea')) f.value = ''
		else if (f.matches('select')) f.selectedIndex = 0
	}
	form.querySelector('.nhsuk-button[type=submit]:not(.nhsuk-button--small)').dataset.sends = ''
})()`
