package view_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"concordat/web"
	"concordat/web/view"
)

type samplePage struct {
	Frame view.Frame
	Name  view.Input
	Words string
}

const sampleText = `{{define "before"}}<p>before</p>{{end}}
{{define "main"}}<h1>{{.Frame.Title}}</h1>{{render .Name}}{{template "words" .}}{{end}}
{{define "words"}}<div id="words">{{.Words}}</div>{{end}}`

func newSet(t *testing.T, pages map[string]string) *view.Set {
	t.Helper()
	assets, err := web.NewAssets()
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{"templates/empty.html": {}}
	for name, text := range pages {
		fsys["templates/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	set, err := view.NewSet(assets, fsys)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestRender(t *testing.T) {
	set := newSet(t, map[string]string{"sample/one.html": sampleText})
	one := view.Define[samplePage]("sample/one.html")
	data := samplePage{
		Frame: view.Frame{Title: "Carpal tunnel", Service: "Concordat", Staff: true, Demo: true, HasErrors: true, Flash: "Saved"},
		Name:  view.Input{Name: "name", Label: view.Label{Text: "Full name"}, Error: "Enter a name"},
		Words: `<script>"quoted"</script>`,
	}
	got, err := set.Render(one.Page(data))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<html lang="en" class="app-compact">`, `<title>Error: Carpal tunnel – Concordat</title>`, `<p>before</p>`,
		`<p class="app-strip">Demonstration: invented places and people</p>`, `aria-describedby="name-error"`,
		`&lt;script&gt;`, `nhsuk-notification-banner--success`, `/vendor/nhsuk/nhsuk-frontend.min.css"`,
	} {
		if !strings.Contains(string(got), want) {
			t.Errorf("the page lacks %s\n%s", want, got)
		}
	}
	part, err := set.Render(one.Block("words", data))
	if err != nil {
		t.Fatal(err)
	}
	if want := `<div id="words">&lt;script&gt;&#34;quoted&#34;&lt;/script&gt;</div>`; string(part) != want {
		t.Errorf("Block = %s, want %s", part, want)
	}
}
