package public

import (
	"strings"
	"testing"

	"concordat/review"
	"concordat/review/decision"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// changed is a text after something was done to it.
func changed(t *testing.T, text string, do func(*html.Node) error) string {
	t.Helper()
	body := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	if err := fill(body, text); err != nil {
		t.Fatal(err)
	}
	if err := do(body); err != nil {
		t.Fatal(err)
	}
	out, err := inside(body)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestTakeOut(t *testing.T) {
	t.Parallel()
	const text = `<h3 id="a">1. A</h3><p>x</p><h3 id="b">2. B</h3><p id="c">y</p><h4>z</h4><h3 id="d">3. D</h3><p>w</p>`
	for _, tc := range []struct{ anchor, taken, left string }{
		{"b", `<p id="c">y</p><h4>z</h4>`, `<h3 id="a">1. A</h3><p>x</p><h3 id="b">2. B</h3><p>See <b>it</b></p><h3 id="d">3. D</h3><p>w</p>`},
		{"d", `<p>w</p>`, `<h3 id="a">1. A</h3><p>x</p><h3 id="b">2. B</h3><p id="c">y</p><h4>z</h4><h3 id="d">3. D</h3><p>See <b>it</b></p>`},
		{"gone", "", text},
		{"", "", text},
	} {
		left := changed(t, text, func(body *html.Node) error {
			out, err := takeOut(body, tc.anchor, "See <b>it</b>")
			if err != nil {
				return err
			}
			taken, err := inside(out)
			if string(taken) != tc.taken {
				t.Errorf("%q: taken is %s", tc.anchor, taken)
			}
			return err
		})
		if left != tc.left {
			t.Errorf("%q: left is %s", tc.anchor, left)
		}
	}
}

func TestCriteria(t *testing.T) {
	t.Parallel()
	v := &review.Version{Content: review.Content{Sections: []review.Section{
		{Key: review.CriteriaKey, Title: "Criteria", Markdown: "Either:\n\n- one\n- two, with:\n  - deep\n  - deeper\n\nAlone.\n\nAlone too.\n\nThen all of:\n\n- three\n"},
		{Key: review.InsteadKey, Title: "Instead", Markdown: "Not a criterion."}}}}
	plain := func() decision.Joined { return decision.Joined{Text: v.Text()} }
	list, more := criteria(v, review.CriteriaKey, "/v", plain())
	var got []string
	for _, g := range list {
		if g.Lead != nil {
			got = append(got, "# "+g.Lead.Words+" "+g.Lead.Label)
		}
		mark := "- "
		if g.Alone {
			mark = ""
		}
		for _, x := range g.Items {
			got = append(got, mark+x.Words+" "+x.Label)
			for _, y := range x.Sub {
				got = append(got, "-- "+y.Words+" "+y.Label)
			}
		}
	}
	want := []string{"# Either: 1.1", "- one 1.1(a)", "- two, with: 1.1(b)", "-- deep 1.1(b)(i)", "-- deeper 1.1(b)(ii)",
		"Alone. 1.2", "Alone too. 1.3", "# Then all of: 1.4", "- three 1.4(a)"}
	if diff := cmp.Diff(want, got); diff != "" || more != 0 {
		t.Errorf("%d more; criteria (-want +got):\n%s", more, diff)
	}
	v.Sections[0].Markdown = strings.Repeat("Line.\n\n", 20)
	if _, more := criteria(v, review.CriteriaKey, "", plain()); more != 6 {
		t.Errorf("of 20 lines %d are left out, want 6", more)
	}
	if list, _ := criteria(v, "nothing", "", plain()); len(list) != 0 {
		t.Errorf("criteria of no section: %v", list)
	}
}
