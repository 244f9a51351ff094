// Package viewtest checks page templates against the structs that they show.
package viewtest

import (
	"sync"
	"testing"

	"concordat/web"
	"concordat/web/view"

	"github.com/jba/templatecheck"
)

var assets = sync.OnceValues(web.NewAssets)

var set = sync.OnceValues(func() (*view.Set, error) {
	a, err := assets()
	if err != nil {
		return nil, err
	}
	return view.NewSet(a)
})

// Set gives the embedded templates, parsed once for all tests of a package.
func Set(t testing.TB) *view.Set { return given(t, set) }

// Assets gives the embedded static files, read once for all tests of a package.
func Assets(t testing.TB) *web.Assets { return given(t, assets) }

func given[T any](t testing.TB, make func() (T, error)) T {
	t.Helper()
	x, err := make()
	if err != nil {
		t.Fatal(err)
	}
	return x
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
