// Package view turns a page's data into HTML: one template for each page inside one frame, components of the
// NHS design system, and nothing written unless all of it could be made.
package view

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"strings"
	"time"
	_ "time/tzdata" // times are shown as London reads them, whatever the machine has installed

	"concordat/web"
)

const (
	framePath     = "templates/frame.html"
	componentsDir = "templates/components" // each is shown by {{render}}
	sharedDir     = "templates/shared"     // parts that several pages include
)

// A Template is a page's template, bound to the one struct that it shows. The struct has a field
// "Frame view.Frame". The file defines the block "main" and, if it needs to, "before" (between the
// breadcrumb and the main part).
type Template[T any] struct{ name string }

// Define names a template by its path under templates, such as "review/workspace.html".
// NewSet reports a file that does not parse, Render one that is not there.
func Define[T any](name string) Template[T] { return Template[T]{name: name} }

// Name is the path given to Define.
func (t Template[T]) Name() string { return t.name }

// Page is the whole page with its data.
func (t Template[T]) Page(data T) Page { return Page{name: t.name, block: "frame", data: data} }

// Block is one block of the page without the frame, for a script that replaces a part of the page.
func (t Template[T]) Block(block string, data T) Page {
	return Page{name: t.name, block: block, data: data}
}

// A Page is a template with its data, ready to be rendered. The zero Page shows nothing.
type Page struct {
	name  string
	block string
	data  any
}

// Zero tells whether there is nothing to show.
func (p Page) Zero() bool { return p.name == "" }

// Data is what the page shows, for tests of handlers.
func (p Page) Data() any { return p.data }

// A Set holds every template, parsed once. It is safe for use by many goroutines.
type Set struct {
	base       *template.Template // frame and shared parts, never executed: each page begins as a copy
	components *template.Template // of all pages: a copy for each would be most of the memory of the program
	pages      map[string]page
}

type page struct {
	text   string
	parsed *template.Template
}

// NewSet parses the frame, the components and every page template: the embedded ones and those of
// further file systems, which have the same layout and may replace an embedded page.
func NewSet(assets *web.Assets, more ...fs.FS) (*Set, error) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		return nil, fmt.Errorf("loading the time zone: %w", err)
	}
	s := &Set{pages: map[string]page{}}
	funcs := s.funcs(assets, london)
	if s.components, err = template.New("components").Funcs(funcs).ParseFS(web.Templates, componentsDir+"/*.html"); err != nil {
		return nil, fmt.Errorf("parsing the components: %w", err)
	}
	frame, err := fs.ReadFile(web.Templates, framePath)
	if err != nil {
		return nil, fmt.Errorf("reading the frame: %w", err)
	}
	if s.base, err = template.New("frame").Funcs(funcs).Parse(string(frame)); err != nil {
		return nil, fmt.Errorf("parsing the frame: %w", err)
	}
	if s.base, err = s.base.ParseFS(web.Templates, sharedDir+"/*.html"); err != nil {
		return nil, fmt.Errorf("parsing the shared parts: %w", err)
	}
	for _, fsys := range append([]fs.FS{web.Templates}, more...) {
		if err := s.addPages(fsys); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// Render makes the whole page or fails; it never gives part of one.
func (s *Set) Render(p Page) ([]byte, error) {
	found, ok := s.pages[p.name]
	if !ok {
		return nil, fmt.Errorf("rendering %q: there is no such template", p.name)
	}
	var b bytes.Buffer
	if err := found.parsed.ExecuteTemplate(&b, p.block, p.data); err != nil {
		return nil, fmt.Errorf("rendering %s: %w", p.name, err)
	}
	return b.Bytes(), nil
}

// Parsed gives a fresh copy of a page's template, for the test that checks it against its struct.
func (s *Set) Parsed(name string) (*template.Template, error) {
	p, ok := s.pages[name]
	if !ok {
		return nil, fmt.Errorf("template %q: there is none", name)
	}
	return s.parse(name, p.text)
}

// HTML renders one component by itself, as {{render}} does inside a template.
func (s *Set) HTML(c Component) (template.HTML, error) {
	if c == nil {
		return "", nil
	}
	if raw, ok := c.(HTML); ok {
		return template.HTML(raw), nil
	}
	var b bytes.Buffer
	if err := s.components.ExecuteTemplate(&b, c.component(), c); err != nil {
		return "", fmt.Errorf("rendering a %s: %w", c.component(), err)
	}
	return template.HTML(bytes.TrimSpace(b.Bytes())), nil
}

func (s *Set) addPages(fsys fs.FS) error {
	return fs.WalkDir(fsys, "templates", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return fmt.Errorf("listing the templates: %w", err)
		case path == componentsDir, path == sharedDir:
			return fs.SkipDir
		case d.IsDir(), path == framePath, !strings.HasSuffix(path, ".html"):
			return nil
		}
		return s.addPage(fsys, path)
	})
}

func (s *Set) addPage(fsys fs.FS, path string) error {
	text, err := fs.ReadFile(fsys, path)
	if err != nil {
		return fmt.Errorf("reading %s: %w", path, err)
	}
	name := strings.TrimPrefix(path, "templates/")
	t, err := s.parse(name, string(text))
	if err != nil {
		return err
	}
	s.pages[name] = page{text: string(text), parsed: t}
	return nil
}

func (s *Set) parse(name, text string) (*template.Template, error) {
	t, err := s.base.Clone()
	if err != nil {
		return nil, fmt.Errorf("copying the frame for %s: %w", name, err)
	}
	if _, err := t.New(name).Parse(text); err != nil {
		return nil, fmt.Errorf("parsing %s: %w", name, err)
	}
	return t, nil
}
