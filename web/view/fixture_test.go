package view_test

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"testing"

	"concordat/web/view"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

type fixture struct {
	Name      string
	Context   map[string]any
	CallBlock any
	HTML      string
}

// TestFixtures drives each component from the options of the kit's own fixtures and compares the DOM with the
// kit's HTML. A fixture with an option that lacking names is left out; every name in lacking must be needed.
func TestFixtures(t *testing.T) {
	t.Parallel()
	set := newSet(t, nil)
	needed := map[string]bool{}
	compared := 0
	for kind, list := range readFixtures(t) {
		decode, ok := decoders[kind]
		if !ok {
			t.Errorf("%s: no decoder", kind)
			continue
		}
		for i, f := range list {
			o := newOptions(f.Context)
			if f.CallBlock != nil {
				o.m["callBlock"] = f.CallBlock
			}
			c := decode(o)
			name := fmt.Sprintf("%s/%d %s", kind, i, f.Name)
			if skip := lackingOf(kind, f.Name, o.unused(), needed); skip {
				continue
			}
			if left := o.unused(); len(left) > 0 {
				t.Errorf("%s: options not understood: %s", name, strings.Join(left, ", "))
				continue
			}
			got, err := set.HTML(c)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			compared++
			if diff := cmp.Diff(normalise(t, tableRoles.ReplaceAllString(f.HTML, "$1")), normalise(t, string(got))); diff != "" {
				t.Errorf("%s differs (-kit +ours):\n%s", name, diff)
			}
		}
	}
	for key := range lacking {
		if !needed[key] {
			t.Errorf("lacking[%q] is not needed by any fixture", key)
		}
	}
	t.Logf("%d fixtures compared", compared)
}

// tableRoles are those that the kit repeats on the parts of a table that becomes blocks on a phone. They are left out:
// ARIA in HTML forbids them there, and browsers keep the table's meaning however its parts are laid out.
var tableRoles = regexp.MustCompile(`(<(?:table|thead|tr|th|td)\b[^>]*?) role="(?:table|rowgroup|row|columnheader|rowheader|cell)"`)

// lackingOf tells whether a fixture is left out on purpose: by its name or by one of its options.
func lackingOf(kind, name string, unused []string, needed map[string]bool) bool {
	skip := false
	keys := []string{kind + ": " + name}
	for _, u := range unused {
		keys = append(keys, kind+" "+u)
	}
	for _, key := range keys {
		if _, ok := lacking[key]; ok {
			needed[key] = true
			skip = true
		}
	}
	return skip
}

func readFixtures(t *testing.T) map[string][]fixture {
	t.Helper()
	f, err := os.Open("testdata/nhsuk-fixtures.json.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var all map[string][]fixture
	if err := json.NewDecoder(z).Decode(&all); err != nil {
		t.Fatal(err)
	}
	return all
}

// options reads a fixture's options and remembers which were read.
type options struct {
	m    map[string]any
	used map[string]bool
	subs map[string]*options
}

func newOptions(m map[string]any) *options {
	copied := map[string]any{}
	for k, v := range m {
		copied[k] = v
	}
	return &options{m: copied, used: map[string]bool{}, subs: map[string]*options{}}
}

func (o *options) has(key string) bool {
	v, ok := o.m[key]
	return ok && v != nil && v != false
}

// str reads a string or a number.
func (o *options) str(key string) string {
	switch v := o.m[key].(type) {
	case string:
		o.used[key] = true
		return v
	case float64:
		o.used[key] = true
		return fmt.Sprint(v)
	case nil:
		o.used[key] = true
	}
	return ""
}

func (o *options) num(key string) int {
	o.used[key] = true
	switch v := o.m[key].(type) {
	case float64:
		return int(v)
	case string:
		n, err := strconv.Atoi(v)
		if err != nil {
			panic(err)
		}
		return n
	}
	return 0
}

func (o *options) flag(key string) bool {
	v, ok := o.m[key].(bool)
	if ok || o.m[key] == nil {
		o.used[key] = true
	}
	return v
}

// off tells whether an option is set to false.
func (o *options) off(key string) bool {
	v, ok := o.m[key].(bool)
	o.used[key] = true
	return ok && !v
}

// sub reads an object; a string in its place is the object's text.
func (o *options) sub(key string) *options {
	o.used[key] = true
	if s, ok := o.subs[key]; ok {
		return s
	}
	s := newOptions(nil)
	switch v := o.m[key].(type) {
	case map[string]any:
		s = newOptions(v)
	case string:
		s.m["text"] = v
	case bool:
		s.used["self"] = true
	}
	o.subs[key] = s
	return s
}

// list reads a list of objects, strings or lists; empty entries are left out.
func (o *options) list(key string) []*options {
	o.used[key] = true
	items, _ := o.m[key].([]any)
	var list []*options
	for i, item := range items {
		s := newOptions(nil)
		switch v := item.(type) {
		case map[string]any:
			s = newOptions(v)
		case string:
			s.m["text"] = v
		case []any:
			s.m["cells"] = v
		default:
			continue
		}
		o.subs[fmt.Sprintf("%s.%d", key, i)] = s
		list = append(list, s)
	}
	return list
}

func (o *options) html(key string) view.Component {
	if s := o.str(key); s != "" {
		return view.HTML(s)
	}
	return nil
}

// content reads markup given as an option or as the block of a call.
func (o *options) content() view.Component {
	if c := o.html("html"); c != nil {
		return c
	}
	blocks, ok := o.m["callBlock"].([]any)
	if !ok {
		return o.html("callBlock")
	}
	o.used["callBlock"] = true
	var g view.Group
	for _, b := range blocks {
		g = append(g, view.HTML(b.(string)))
	}
	return g
}

// unused lists the options that nobody read, without the numbers of list entries.
func (o *options) unused() []string {
	found := map[string]bool{}
	for k := range o.m {
		if !o.used[k] {
			found[k] = true
		}
	}
	for k, s := range o.subs {
		for _, u := range s.unused() {
			found[strings.TrimRight(k, "0123456789.")+"."+u] = true
		}
	}
	var list []string
	for k := range found {
		list = append(list, k)
	}
	sort.Strings(list)
	return list
}

// normalise writes a fragment as one line for each tag, attribute order and white space aside: the kit's white
// space comes from its templates.
func normalise(t *testing.T, text string) []string {
	t.Helper()
	nodes, err := html.ParseFragment(strings.NewReader(text), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	var walk func(n *html.Node, indent string)
	walk = func(n *html.Node, indent string) {
		switch n.Type {
		case html.TextNode:
			if words := strings.Join(strings.Fields(n.Data), " "); words != "" {
				lines = append(lines, indent+words)
			}
		case html.ElementNode:
			var list []string
			for _, a := range n.Attr {
				list = append(list, fmt.Sprintf("%s=%q", a.Key, strings.Join(strings.Fields(a.Val), " ")))
			}
			sort.Strings(list)
			lines = append(lines, indent+"<"+n.Data+" "+strings.Join(list, " ")+">")
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, indent+"  ")
		}
	}
	for _, n := range nodes {
		walk(n, "")
	}
	return lines
}
