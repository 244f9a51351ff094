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
	t.Parallel()
	set := newSet(t, map[string]string{"sample/one.html": sampleText})
	one := view.Define[samplePage]("sample/one.html")
	data := samplePage{
		Frame: view.Frame{Title: "Carpal tunnel", Service: "Concordat", Staff: true, Strip: "Demonstration: invented places", HasErrors: true, Flash: "Saved"},
		Name:  view.Input{Name: "name", Label: view.Label{Text: "Full name"}, Error: "Enter a name"},
		Words: `<script>"quoted"</script>`,
	}
	got, err := set.Render(one.Page(data))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<html lang="en" class="app-compact">`, `<title>Error: Carpal tunnel – Concordat</title>`, `<p>before</p>`,
		`<p class="app-strip">Demonstration: invented places</p>`, `aria-describedby="name-error"`,
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

type formPage struct {
	Frame  view.Frame
	Errors view.Errors
	Date   view.DateInput
	None   view.Component
}

func TestErrors(t *testing.T) {
	t.Parallel()
	set := newSet(t, map[string]string{"form.html": `{{define "main"}}{{render .Errors.Summary}}{{render .Date}}{{render .None}}{{end}}`})
	form := view.Define[formPage]("form.html")
	p := formPage{Date: view.DateInput{ID: "start", Legend: view.Legend{Text: "Start"}, Day: "31", Month: "2"}}
	clean, err := set.Render(form.Page(p))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(clean), "error") {
		t.Errorf("a form without errors shows one:\n%s", clean)
	}
	p.Errors.Add(p.Date.FieldID(), "Start must be a real date")
	p.Errors.Add(p.Date.FieldID(), "a second message for one field")
	p.Date.Error = p.Errors.Of(p.Date.FieldID())
	got, err := set.Render(form.Page(p))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`<a href="#start-day">Start must be a real date</a>`, `id="start-day"`, `id="start-error"`, `value="31"`} {
		if !strings.Contains(string(got), want) {
			t.Errorf("the page lacks %s\n%s", want, got)
		}
	}
	if n := strings.Count(string(got), "Start must be a real date"); n != 2 {
		t.Errorf("the message stands %d times, want 2: summary and field", n)
	}
}

func TestRenderRefuses(t *testing.T) {
	t.Parallel()
	set := newSet(t, map[string]string{
		"field.html": `{{define "main"}}some text{{.Misspelt}}{{end}}`,
		"asset.html": `{{define "main"}}{{asset "gone.css"}}{{end}}`,
		"mark.html":  `{{define "main"}}{{mark "greener" "Greener"}}{{end}}`,
	})
	for _, name := range []string{"missing.html", "field.html", "asset.html", "mark.html"} {
		got, err := set.Render(view.Define[formPage](name).Page(formPage{}))
		if err == nil || got != nil {
			t.Errorf("%s: got %q, %v; want nothing and an error", name, got, err)
		}
	}
}

func TestAttributesThatCouldRunAreRefused(t *testing.T) {
	t.Parallel()
	set := newSet(t, nil)
	for _, name := range []string{"onclick", "style", "href", "src", "data-x onclick", "formaction", ""} {
		if _, err := set.HTML(view.Button{Text: "x", Attrs: []view.Attr{{Name: name, Value: "alert(1)"}}}); err == nil {
			t.Errorf("attribute %q was written", name)
		}
	}
	got, err := set.HTML(view.Button{Text: "x", Attrs: []view.Attr{{Name: "data-preview", Value: `"><script>`}}})
	if err != nil || !strings.Contains(string(got), `data-preview="&#34;&gt;&lt;script&gt;"`) {
		t.Errorf("data-preview = %s, %v", got, err)
	}
}
