package e2e_test

import (
	"flag"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"concordat/web/e2e"
)

var (
	looksAt  = flag.String("looks-at", "", "address of a running server to take pictures of")
	looksIn  = flag.String("looks-in", "looks", "folder for the pictures, an absolute path")
	looksAs  = flag.String("looks-as", "", "person to sign in as: `E-MAIL:PASSPHRASE`")
	signIn   = flag.String("looks-sign-in", "/sign-in", "path of the sign-in page")
	scripted = flag.Bool("looks-scripts", true, "let the pages' scripts run")
)

// TestLooks takes pictures of the pages named after the flags; scripts/looks says how.
func TestLooks(t *testing.T) {
	if *looksAt == "" {
		t.Skip("no -looks-at: nothing to take pictures of")
	}
	p := e2e.Open(t, *looksAt)
	if !*scripted {
		p.WithoutJavaScript()
	}
	if email, passphrase, given := strings.Cut(*looksAs, ":"); given {
		p.Goto(*signIn)
		p.FillIn("input[type=email]", email)
		p.FillIn("input[type=password]", passphrase)
		p.ClickOn("main form button[type=submit]")
	}
	for _, path := range flag.Args() {
		picture(t, p, path)
	}
}

func picture(t *testing.T, p *e2e.Page, path string) {
	t.Helper()
	p.Goto(path)
	t.Logf("%d %s %q", p.Status(), p.Path(), p.Title())
	name := strings.Trim(strings.NewReplacer("/", "-", "?", "-", "&", "-", "=", "-").Replace(path), "-")
	if name == "" {
		name = "home"
	}
	for _, width := range []int{1280, 1024, 320} {
		p.Screenshot(filepath.Join(*looksIn, fmt.Sprintf("%s-%d.png", name, width)), width, 900, true)
	}
	p.Show(e2e.Media{ForcedColours: true})
	p.Screenshot(filepath.Join(*looksIn, name+"-forced-colours.png"), 1280, 900, true)
	p.Show(e2e.Media{Print: true})
	p.Screenshot(filepath.Join(*looksIn, name+"-print.png"), 794, 1123, true) // A4 at 96 dots an inch
	p.Show(e2e.Media{})
	e2e.Axe(t, p)
	p.Resize(320, 900)
	e2e.NoSidewaysScroll(t, p)
	p.Resize(1280, 900)
}
