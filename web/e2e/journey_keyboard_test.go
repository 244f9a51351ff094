package e2e_test

import (
	"strconv"
	"strings"
	"testing"

	"concordat/web/e2e"
)

// TestKeyboardOnly signs in, writes and saves without a mouse. TabTo checks that the focus can be seen.
func TestKeyboardOnly(t *testing.T) {
	t.Parallel()
	p := visitor(t, demonstration(t, "SQLite"))
	p.Goto("/sign-in")
	p.TabTo("E-mail address")
	p.Type(lead)
	p.TabTo("Passphrase")
	p.Type(passphrase)
	p.Press("Enter")
	p.Sees("My work")
	p.TabTo("Find a policy by the beginning of its title or reference")
	p.Type("Breast")
	p.Press("Enter")
	p.TabTo("Breast reduction")
	p.Press("Enter")
	p.Sees("Save and preview")
	p.Eval(`document.querySelector('[name=s-summary]').focus()`, nil)
	p.Press("Shift+Tab", "Tab", "End")
	p.Type(" Typed without a mouse.")
	p.TabTo("Save and preview")
	p.Press("Enter")
	p.Sees("Saved", "Typed without a mouse.")
}

// mainPages are one of each sort of page.
var mainPages = []string{"/desk", "/desk/programmes/fifteen-places", "/desk/policies", "/desk/policies/cp-041", "/desk/policies/cp-041/differences",
	"/desk/policies/cp-041/local", "/desk/policies/cp-041/decisions", "/desk/policies/cp-006/trail", "/desk/meetings", "/desk/meetings/2026-12-10", "/desk/commissioners",
	"/", "/policies/carpal-tunnel-surgery", "/applies", "/coming"}

// TestZoom shows that nothing is cut off at 400 per cent.
func TestZoom(t *testing.T) {
	t.Parallel()
	p := signedIn(t, demonstration(t, "SQLite"), lead)
	for _, path := range mainPages {
		p.Goto(path)
		before := headings(p)
		p.Zoom(400)
		e2e.NoSidewaysScroll(t, p)
		if after := headings(p); after != before {
			t.Errorf("%s: at 400 per cent the headings are %q, before %q", path, after, before)
		}
		p.Resize(1280, 900)
	}
}

func headings(p *e2e.Page) string {
	var text string
	p.Eval(`[...document.querySelectorAll('main h1, main h2, main h3, main label, main button')].filter(e => e.offsetWidth > 1).map(e => e.textContent.replace(/\s+/g, ' ').trim()).join(' | ')`, &text)
	return text
}

// TestPrint shows that the policy's page prints whole, without its tools.
func TestPrint(t *testing.T) {
	t.Parallel()
	p := visitor(t, demonstration(t, "SQLite"))
	p.Goto("/policies/carpal-tunnel-surgery?area=aldermoss")
	var screen, paper string
	p.Eval(words, &screen)
	p.Show(e2e.Media{Print: true})
	p.Eval(words, &paper)
	for line := range strings.SplitSeq(screen, "\n") {
		if !strings.Contains(paper, line) {
			t.Errorf("not in print: %q", line)
		}
	}
	p.SeesNot("Change area", "Staff sign in")
	var header string
	p.Eval(`[getComputedStyle(document.querySelector('.nhsuk-header__service-name')).color, getComputedStyle(document.querySelector('.nhsuk-header')).backgroundColor].join(' on ')`, &header)
	if want := "rgb(0, 0, 0) on rgba(0, 0, 0, 0)"; header != want {
		t.Errorf("the service's name prints %s, want %s", header, want)
	}
}

// TestBoardOnATelephone shows that a line of the board says of how many places it counts.
func TestBoardOnATelephone(t *testing.T) {
	t.Parallel()
	p := signedIn(t, demonstration(t, "SQLite"), lead)
	p.Goto("/desk/programmes/fifteen-places")
	p.Resize(320, 900)
	var before, heading string
	p.Eval(`getComputedStyle(document.querySelector('.app-board td[data-of]'), '::before').content`, &before)
	p.Eval(`document.querySelector('.app-board thead tr').cells[document.querySelector('.app-board td[data-of]').cellIndex].textContent`, &heading)
	if want := strconv.Quote(heading + ": "); before != want {
		t.Errorf("%s stands before the number, want %s", before, want)
	}
}

// words are the paragraphs, lines of lists and cells of the page that are shown.
const words = `[...document.querySelectorAll('main h1, main .app-answer__body p, main .app-criteria li, main .app-text p, main .app-text li, main td, main th')].
	filter(e => e.getClientRects().length > 0).map(e => e.textContent.replace(/\s+/g, ' ').trim()).join('\n')`
