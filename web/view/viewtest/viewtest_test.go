package viewtest

import (
	"testing"
	"testing/fstest"

	"concordat/web"
	"concordat/web/view"
)

// Every embedded page template parses; one that is wrong is found out.
func TestCheck(t *testing.T) {
	t.Parallel()
	Set(t)
	assets, err := web.NewAssets()
	if err != nil {
		t.Fatal(err)
	}
	s, err := view.NewSet(assets, fstest.MapFS{
		"templates/good.html": {Data: []byte(`{{define "main"}}{{.Frame.Title}}{{render .Name}}{{with .Name.Hint.Text}}{{.}}{{end}}{{end}}`)},
		"templates/bad.html":  {Data: []byte(`{{define "main"}}{{.Frame.Titel}}{{end}}`)},
		"templates/type.html": {Data: []byte(`{{define "main"}}{{render .Frame.Title}}{{end}}`)},
	})
	if err != nil {
		t.Fatal(err)
	}
	type page struct {
		Frame view.Frame
		Name  view.Input
	}
	Check(t, s, view.Define[page]("good.html"))
	for _, name := range []string{"bad.html", "type.html"} {
		if fake := new(recorder); !fake.fails(func() { Check(fake, s, view.Define[page](name)) }) {
			t.Errorf("%s was found good", name)
		}
	}
}

// recorder is a test that notes a failure.
type recorder struct {
	testing.TB
	failed bool
}

func (r *recorder) Helper()               {}
func (r *recorder) Errorf(string, ...any) { r.failed = true }
func (r *recorder) fails(f func()) bool   { f(); return r.failed }
