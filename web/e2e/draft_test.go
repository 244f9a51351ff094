package e2e_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"concordat/web/e2e"
)

// TestDraftsStayHidden writes a word into the draft of a policy that is published and of one that is not, and looks for
// it wherever the public can look, and in what the program wrote.
func TestDraftsStayHidden(t *testing.T) {
	t.Parallel()
	const marker = "Quibblesnatch"
	s := demonstration(t, "SQLite")
	p := signedIn(t, s, lead)
	for _, policy := range []string{"cp-017", "cp-087"} {
		p.Goto("/desk/policies/" + policy)
		p.FillIn("[name=s-summary]", box(p, "summary")+"\n\n"+marker+" is only in a draft.")
		save(p)
		p.Sees(marker)
	}
	visited := e2e.Crawl(t, s.base+"/", e2e.Crawling{Shape: publicShape, Max: 1500})
	for address, page := range e2e.Documents(visited) {
		if strings.Contains(page, marker) {
			t.Errorf("%s shows words of a draft", address)
		}
	}
	for _, path := range []string{"/?q=" + marker, "/search?q=" + marker, "/feed.atom", "/policies/carpal-tunnel-surgery/feed.atom", "/sitemap.xml", "/coming"} {
		// A page of results repeats what was asked.
		if body := strings.ReplaceAll(get(t, s, path), marker+"”", ""); strings.Contains(body, marker+" is") {
			t.Errorf("%s shows words of a draft", path)
		}
	}
	for _, path := range slices.Sorted(maps.Keys(visited)) {
		if strings.HasSuffix(path, "/word") || strings.HasSuffix(path, ".atom") {
			if strings.Contains(get(t, s, strings.TrimPrefix(path, s.base)), marker) {
				t.Errorf("%s holds words of a draft", path)
			}
		}
	}
	if strings.Contains(s.said.String(), marker) {
		t.Error("the program wrote words of a draft into its log")
	}
}
