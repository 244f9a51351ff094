// Package viewtest checks page templates against the structs that they show.
package viewtest

import (
	"testing"

	"concordat/web"
	"concordat/web/view"

	"github.com/jba/templatecheck"
)

// Set gives the embedded templates, parsed.
func Set(t testing.TB) *view.Set {
	t.Helper()
	assets, err := web.NewAssets()
	if err != nil {
		t.Fatal(err)
	}
	s, err := view.NewSet(assets)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Check fails the test when the template, its frame or a shared part names a field that T does not have,
// or gives a function the wrong type.
func Check[T any](t testing.TB, s *view.Set, tmpl view.Template[T]) {
	t.Helper()
	parsed, err := s.Parsed(tmpl.Name())
	if err != nil {
		t.Fatal(err)
	}
	var zero T
	if err := templatecheck.CheckHTML(parsed.Lookup("frame"), zero); err != nil {
		t.Errorf("%s does not fit %T: %v", tmpl.Name(), zero, err)
	}
}
