package e2e_test

import (
	"image/png"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"concordat/web/e2e"
)

// TestForm fills a form the way a person does, with scripts and without.
func TestForm(t *testing.T) {
	t.Parallel()
	letter := filepath.Join(t.TempDir(), "letter.txt")
	if err := os.WriteFile(letter, []byte("Dear all"), 0o600); err != nil {
		t.Fatal(err)
	}
	base := site(t)
	for name, scripts := range map[string]bool{"with scripts": true, "without scripts": false} {
		t.Run(name, func(t *testing.T) {
			p := e2e.Open(t, base)
			if !scripts {
				p.WithoutJavaScript()
			}
			p.Goto("/")
			e2e.Axe(t, p)
			if got := strings.Contains(p.Text(), "Scripts work."); got != scripts {
				t.Errorf("the page's own scripts ran: %v, want %v", got, scripts)
			}
			p.Click("Help with this form")
			p.Sees("Nobody will call.")
			p.Fill("Your name", "Zoë Ødegård")
			p.Fill("Your comment", "Two\nlines")
			p.Select("Area", "South")
			p.Choose("No")
			p.Clear("Write to me")
			p.Upload("Upload a letter", letter)
			p.Click("Send")
			if got, want := p.Path(), "/thanks"; got != want {
				t.Fatalf("after sending, the page is %s, want %s", got, want)
			}
			if got, want := p.Within("#sent").Text(), "Zoë Ødegård|Two\r\nlines|South|no||letter.txt"; oneLine(got) != oneLine(want) {
				t.Errorf("sent %q, want %q", got, want)
			}
			if got := p.Status(); got != 200 {
				t.Errorf("status %d, want 200", got)
			}
			if got := p.Title(); got != "Thank you" {
				t.Errorf("title %q", got)
			}
			p.Back()
			p.Sees("Your comment")
		})
	}
}

func TestPeopleShareNoCookies(t *testing.T) {
	t.Parallel()
	base := site(t)
	anna, ben := e2e.Open(t, base), e2e.Open(t, base)
	anna.Goto("/")
	anna.Fill("Your name", "Anna")
	anna.Click("Send")
	anna.Sees("Anna|")
	ben.Goto("/thanks")
	ben.SeesNot("Anna")

	answer, err := anna.Client().Get(base + "/thanks")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if body, _ := io.ReadAll(answer.Body); !strings.Contains(string(body), "Anna|") {
		t.Error("Client does not have the window's cookies")
	}
}

func TestKeyboard(t *testing.T) {
	t.Parallel()
	p := e2e.Open(t, site(t))
	p.Goto("/")
	p.TabTo("Your name")
	p.Type("Typed")
	p.TabTo("Send")
	p.Press("Shift+Tab")
	if got, want := p.Focused(), `DisclosureTriangle "Help with this form"`; got != want {
		t.Errorf("the focus is on %s, want %s", got, want)
	}
	p.Press("Tab", "Enter")
	p.Sees("Typed")
	if got := p.Path(); got != "/thanks" {
		t.Errorf("Enter led to %s", got)
	}
}

func TestAppearance(t *testing.T) {
	t.Parallel()
	p := e2e.Open(t, site(t))
	p.Goto("/other")
	p.Sees("Other A part.")
	p.Show(e2e.Media{Print: true})
	p.SeesNot("Other A part.")
	p.Show(e2e.Media{ForcedColours: true})
	p.SeesNot("Other A part.")
	p.Show(e2e.Media{})
	p.Sees("Other A part.")

	p.Zoom(400)
	var width int
	p.Eval("innerWidth", &width)
	if width != 320 {
		t.Errorf("at 400 per cent the window is %d CSS px wide, want 320", width)
	}
	e2e.NoSidewaysScroll(t, p)

	path := filepath.Join(t.TempDir(), "shots", "other.png")
	p.Screenshot(path, 320, 400, true)
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	picture, err := png.DecodeConfig(file)
	if err != nil {
		t.Fatal(err)
	}
	if picture.Width != 320 || picture.Height < 400 {
		t.Errorf("the screenshot is %d by %d", picture.Width, picture.Height)
	}
}

// TestGoodPages shows that the checks pass what is right.
func TestGoodPages(t *testing.T) {
	t.Parallel()
	base := site(t)
	visited := e2e.Crawl(t, base+"/", e2e.Crawling{})
	for _, path := range []string{"/", "/other", "/wide"} {
		if visited[base+path].Status != 200 {
			t.Errorf("the crawl missed %s", path)
		}
	}
	if len(visited) != 3 {
		t.Errorf("the crawl saw %d pages, want 3 (not the sign-out)", len(visited))
	}
	delete(visited, base+"/wide")
	e2e.Accessible(t, e2e.Open(t, base), visited)
}

func TestCrawlShape(t *testing.T) {
	t.Parallel()
	base := site(t)
	visited := e2e.Crawl(t, base+"/", e2e.Crawling{Shape: func(u *url.URL) string { return u.Host }})
	if len(visited) != 1 {
		t.Errorf("one shape, yet %d pages", len(visited))
	}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
