package e2e

import (
	"maps"
	"slices"
	"testing"
)

// phone is the narrowest window that a page must fit (WCAG 1.4.10).
const phone = 320

// Accessible checks every visited page: the validator once over them all, then each in the window,
// by axe, and by its width on a telephone. The window belongs to the person for whom Crawl went.
func Accessible(t testing.TB, p *Page, visited map[string]Visited) {
	t.Helper()
	documents := Documents(visited)
	Vnu(t, documents)
	for _, address := range slices.Sorted(maps.Keys(documents)) {
		p.Goto(address)
		Axe(t, p)
		p.Resize(phone, tallScreen)
		NoSidewaysScroll(t, p)
		p.Resize(wideScreen, tallScreen)
	}
}
