package view

import (
	"fmt"
	"html/template"
	"regexp"
	"strings"
)

// A Component is a part of a page with markup of its own: {{render .Name}} writes it.
// Its zero value is valid; an interface that is nil writes nothing.
type Component interface{ component() string }

// HTML is markup that is safe already, as a component: what web/markdown made, or a constant of ours.
type HTML template.HTML

func (HTML) component() string { return "html" }

// Group is several components, one after the other.
type Group []Component

func (Group) component() string { return "group" }

// An Attr is one further attribute of a component's main element: data-*, aria-* or one of a few others.
type Attr struct{ Name, Value string }

var attrName = regexp.MustCompile(`^(data-[a-z0-9.-]+|aria-[a-z]+|accept|form|hidden|lang|maxlength|readonly|spellcheck|tabindex|title)$`)

// attrs writes attributes; a name that could carry a script or an address is an error.
func attrs(list []Attr) (template.HTMLAttr, error) {
	var b strings.Builder
	for _, a := range list {
		if !attrName.MatchString(a.Name) {
			return "", fmt.Errorf("attribute %q: not one that a component may have", a.Name)
		}
		fmt.Fprintf(&b, ` %s="%s"`, a.Name, template.HTMLEscapeString(a.Value))
	}
	return template.HTMLAttr(b.String()), nil
}

// classes joins the names that are not empty.
func classes(names ...string) string {
	var kept []string
	for _, n := range names {
		if n != "" {
			kept = append(kept, n)
		}
	}
	return strings.Join(kept, " ")
}

// when gives the name if the condition holds, for a list of classes.
func when(on bool, name string) string {
	if on {
		return name
	}
	return ""
}

// suffixed gives base plus suffix, or nothing when the suffix is empty: "nhsuk-tag--" and "blue".
func suffixed(base, suffix string) string { return when(suffix != "", base+suffix) }
