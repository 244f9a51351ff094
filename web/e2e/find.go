package e2e

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/runtime"
)

// Roles as the browser tells them to a screen reader.
var (
	clickable = []string{"link", "button", "DisclosureTriangle", "tab", "menuitem", "option", "checkbox", "radio", "switch"}
	writable  = []string{"textbox", "searchbox", "spinbutton", "combobox", "Date", "InputTime", "DateTime"}
	choosable = []string{"combobox", "listbox", "ComboBoxSelect"}
	tickable  = []string{"radio", "checkbox", "switch"}
)

// named is a thing on the page as assistive technology is told of it.
type named struct {
	Ignored bool `json:"ignored"`
	Role    struct {
		Value string `json:"value"`
	} `json:"role"`
	Name struct {
		Value json.RawMessage `json:"value"`
	} `json:"name"`
	Node cdp.BackendNodeID `json:"backendDOMNodeId"`
}

func (n named) name() string {
	var s string
	_ = json.Unmarshal(n.Name.Value, &s) // a thing without a name has an empty one
	return oneLine(s)
}

// find waits for exactly one thing of the given roles with this accessible name.
func (p *Page) find(name string, roles []string) cdp.BackendNodeID {
	p.t.Helper()
	var found []named
	p.eventually(func() bool {
		all, err := p.query(name)
		if found = of(all, roles); err == nil && len(found) == 0 {
			// The browser puts spaces that nobody hears around a visually hidden part.
			if all, err = p.query(""); err == nil {
				found = called(name, of(all, roles))
			}
		}
		// With an error the page is just being replaced; what it lacks is told below.
		return err == nil && len(found) > 0
	})
	switch len(found) {
	case 0:
		p.t.Fatalf("%s: no %s is called %q; there are:\n%s", p.where(), strings.Join(roles, " or "), name, p.inventory(roles))
	case 1:
	default:
		p.t.Fatalf("%s: %d things are called %q; say which with Within", p.where(), len(found), name)
	}
	return found[0].Node
}

func of(all []named, roles []string) []named {
	return slices.DeleteFunc(all, func(n named) bool {
		return n.Ignored || n.Node == 0 || !slices.Contains(roles, n.Role.Value)
	})
}

func called(name string, all []named) []named {
	return slices.DeleteFunc(all, func(n named) bool { return strings.ReplaceAll(n.name(), " ,", ",") != oneLine(name) })
}

// query asks the browser for everything with this accessible name; empty is everything.
func (p *Page) query(name string) ([]named, error) {
	var answer struct {
		Nodes []named `json:"nodes"`
	}
	err := p.try(func(ctx context.Context) error {
		root, err := p.object(ctx, p.root())
		if err != nil {
			return err
		}
		question := accessibility.QueryAXTree().WithObjectID(root)
		if name != "" {
			question = question.WithAccessibleName(name)
		}
		// Not question.Do: a role or property newer than the driver would fail the whole answer.
		return cdp.Execute(ctx, accessibility.CommandQueryAXTree, question, &answer)
	})
	return answer.Nodes, err
}

// inventory lists what there is, for the message of a test that looked for something else.
func (p *Page) inventory(roles []string) string {
	all, err := p.query("")
	if err != nil {
		return "nothing that could be read: " + err.Error()
	}
	var lines []string
	for _, n := range of(all, roles) {
		lines = append(lines, fmt.Sprintf("  %s %q", n.Role.Value, n.name()))
	}
	slices.Sort(lines)
	return strings.Join(slices.Compact(lines), "\n")
}

// findCSS waits for the first element that matches a CSS selector.
func (p *Page) findCSS(selector string) cdp.BackendNodeID {
	p.t.Helper()
	return p.findJS(selector, fmt.Sprintf("%s.querySelector(%q)", p.root(), selector))
}

// findFileBox goes by label text: the browser's name for a file box holds what was chosen as well. With scripts the
// design system hides the box and lets its label lead to a button beside it.
func (p *Page) findFileBox(label string) cdp.BackendNodeID {
	p.t.Helper()
	return p.findJS("a file box labelled "+label, fmt.Sprintf(`[...%s.querySelectorAll('label')].
		filter(l => l.textContent.replace(/\s+/g, ' ').trim() === %q).
		map(l => l.control?.type === 'file' ? l.control : l.closest('[data-module]')?.querySelector('input[type=file]')).
		find(box => box) || null`, p.root(), oneLine(label)))
}

func (p *Page) findJS(what, expression string) cdp.BackendNodeID {
	p.t.Helper()
	var node cdp.BackendNodeID
	var last error
	p.eventually(func() bool {
		last = p.try(func(ctx context.Context) error {
			id, err := p.object(ctx, expression)
			if err != nil {
				return err
			}
			var answer struct {
				Node struct {
					Backend cdp.BackendNodeID `json:"backendNodeId"`
				} `json:"node"`
			}
			err = cdp.Execute(ctx, dom.CommandDescribeNode, dom.DescribeNode().WithObjectID(id), &answer)
			node = answer.Node.Backend
			return err
		})
		return last == nil
	})
	if last != nil {
		p.t.Fatalf("%s: looking for %s: %v", p.where(), what, last)
	}
	return node
}

// object evaluates to something on the page that further calls can refer to.
func (p *Page) object(ctx context.Context, expression string) (runtime.RemoteObjectID, error) {
	world, err := p.world(ctx)
	if err != nil {
		return "", err
	}
	found, exception, err := runtime.Evaluate(expression).WithContextID(world).Do(ctx)
	if err != nil {
		return "", fmt.Errorf("evaluating: %w", err)
	}
	if exception != nil {
		return "", decode(nil, exception, nil)
	}
	if found.ObjectID == "" {
		return "", errors.New("there is no such element")
	}
	return found.ObjectID, nil
}

// call runs a function with the element as its this.
func (p *Page) call(ctx context.Context, node cdp.BackendNodeID, function string, into any, args ...string) error {
	world, err := p.world(ctx)
	if err != nil {
		return err
	}
	object, err := dom.ResolveNode().WithBackendNodeID(node).WithExecutionContextID(world).Do(ctx)
	if err != nil {
		return fmt.Errorf("reaching the element: %w", err)
	}
	call := runtime.CallFunctionOn(function).WithObjectID(object.ObjectID).WithReturnByValue(true)
	for _, a := range args {
		value, err := json.Marshal(a)
		if err != nil {
			return fmt.Errorf("writing an argument: %w", err)
		}
		call.Arguments = append(call.Arguments, &runtime.CallArgument{Value: value})
	}
	found, exception, err := call.Do(ctx)
	if err != nil {
		return fmt.Errorf("calling: %w", err)
	}
	return decode(found, exception, into)
}
