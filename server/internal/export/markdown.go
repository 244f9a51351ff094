package export

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Markdown writes a policy as one Markdown file. What is not its text stands before it as settings (YAML), which
// other programs leave out.
func Markdown(w io.Writer, p Policy) error {
	b := bufio.NewWriter(w)
	fmt.Fprint(b, "---\n")
	draft := ""
	if p.Draft {
		draft = "yes"
	}
	for _, f := range append([]Field{{"title", p.Title}, {"reference", p.Reference}, {"version", p.Version}, {"status", p.Status}, {"draft", draft}}, p.Control...) {
		if f.Value != "" {
			fmt.Fprintf(b, "%s: %s\n", yamlKey(f.Key), strconv.Quote(f.Value))
		}
	}
	fmt.Fprintf(b, "---\n\n# %s\n", oneLine(p.Title))
	for _, s := range p.Sections {
		fmt.Fprintf(b, "\n## %s\n", oneLine(s.Title))
		if body := strings.Trim(s.Markdown, "\n"); body != "" {
			fmt.Fprintf(b, "\n%s\n", body)
		}
	}
	if err := b.Flush(); err != nil {
		return fmt.Errorf("writing Markdown: %w", err)
	}
	return nil
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// yamlKey keeps a plain word plain and quotes anything else.
func yamlKey(s string) string {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != ' ' {
			return strconv.Quote(s)
		}
	}
	return oneLine(s)
}
