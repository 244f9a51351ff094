package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// keys are the keys that a person who uses no mouse needs; Press takes single characters as well.
var keys = map[string]string{
	"Tab": kb.Tab, "Enter": kb.Enter, "Space": " ", "Escape": kb.Escape, "Delete": kb.Delete, "Backspace": kb.Backspace,
	"Up": kb.ArrowUp, "Down": kb.ArrowDown, "Left": kb.ArrowLeft, "Right": kb.ArrowRight,
	"Home": kb.Home, "End": kb.End, "PageUp": kb.PageUp, "PageDown": kb.PageDown,
}

// Press presses keys one after another ("Tab", "Shift+Tab", "Enter", "Space", "a" …) where the focus
// is, and waits for the page they lead to, if any.
func (p *Page) Press(names ...string) {
	p.t.Helper()
	p.act("pressing "+strings.Join(names, " "), func(ctx context.Context) error {
		for _, name := range names {
			if err := pressNamed(ctx, name); err != nil {
				return err
			}
		}
		return nil
	})
}

func pressNamed(ctx context.Context, name string) error {
	plain, shift := strings.CutPrefix(name, "Shift+")
	key, known := keys[plain]
	switch {
	case !known && len([]rune(plain)) != 1:
		return fmt.Errorf("unknown key %q", name)
	case !known:
		key = plain
	}
	if shift {
		return press(ctx, key, chromedp.KeyModifiers(8))
	}
	return press(ctx, key)
}

func press(ctx context.Context, key string, options ...chromedp.KeyOption) error {
	return chromedp.KeyEvent(key, options...).Do(ctx)
}

// Type types text where the focus is.
func (p *Page) Type(text string) {
	p.t.Helper()
	p.must("typing", func(ctx context.Context) error { return press(ctx, text) })
}

// Focused is the role and name of what has the focus, such as `link "Policies"`; empty when nothing has.
func (p *Page) Focused() string {
	p.t.Helper()
	var answer struct {
		Nodes []named `json:"nodes"`
	}
	var nothing bool
	p.must("looking for the focus", func(ctx context.Context) error {
		if err := p.eval(ctx, `document.activeElement === null || document.activeElement === document.body`, &nothing); err != nil || nothing {
			return err
		}
		id, err := p.object(ctx, `document.activeElement`)
		if err != nil {
			return err
		}
		return cdp.Execute(ctx, accessibility.CommandGetPartialAXTree,
			accessibility.GetPartialAXTree().WithObjectID(id).WithFetchRelatives(false), &answer)
	})
	if nothing || len(answer.Nodes) == 0 {
		return ""
	}
	return fmt.Sprintf("%s %q", answer.Nodes[0].Role.Value, answer.Nodes[0].name())
}

// TabTo presses Tab until the thing with this name has the focus, 200 times at most, and checks that
// the focus can be seen there.
func (p *Page) TabTo(name string) {
	p.t.Helper()
	want, _ := json.Marshal(oneLine(name)) // a string always marshals
	var seen []string
	for range 200 {
		p.must("pressing Tab", func(ctx context.Context) error { return press(ctx, kb.Tab) })
		at := p.Focused()
		if strings.HasSuffix(at, " "+string(want)) || strings.HasSuffix(at, fmt.Sprintf(" %q", oneLine(name))) {
			p.focusShows(at)
			return
		}
		seen = append(seen, at)
	}
	p.t.Fatalf("%s: Tab does not reach %q; it went: %s", p.where(), name, clip(strings.Join(seen, ", "), 1500))
}

// focusShows fails when the focused element looks like any other (WCAG 2.4.7).
func (p *Page) focusShows(at string) {
	p.t.Helper()
	var shows bool
	p.Eval(`(() => {
		const look = e => { const s = getComputedStyle(e); return [s.outlineStyle === 'none' ? '' : s.outline, s.boxShadow, s.backgroundColor, s.borderColor, s.textDecoration].join() }
		const e = document.activeElement
		const around = [e, ...(e.labels || []), ...[...(e.labels || [])].flatMap(l => [l])]
		const pseudo = l => ['::before', '::after'].map(w => { const s = getComputedStyle(l, w); return [s.outlineStyle, s.boxShadow, s.borderColor, s.borderWidth].join() }).join()
		const focused = around.map(a => look(a) + pseudo(a)).join()
		e.blur()
		const plain = around.map(a => look(a) + pseudo(a)).join()
		e.focus()
		return focused !== plain
	})()`, &shows)
	if !shows {
		p.t.Errorf("%s: nobody can see that %s has the focus", p.where(), at)
	}
}
