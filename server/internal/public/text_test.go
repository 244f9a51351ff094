package public

import (
	"strings"
	"testing"

	"concordat/review"
	"concordat/review/decision"
	"concordat/review/record"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

func varied(commissioner, anchor, text string) *decision.Decision {
	d := &decision.Decision{Head: record.Head{ID: "P1/v1.0:" + commissioner}, Commissioner: commissioner}
	d.Outcome = decision.Vary
	d.DecidedOn = record.Day(2026, 12, 10)
	d.Variation = decision.Variation{Anchor: anchor, Label: "1.1", Text: text}
	return d
}

func TestVariationsInTheText(t *testing.T) {
	s := &Snapshot{facts: &facts{places: review.Places{"a": {Short: "Aldermoss"}, "b": {Short: "Brind & wick"}}}}
	const paragraph = `<div class="app-clause" id="p1"><a class="app-clause__no" href="#p1">1.1</a><div><p>Four months:</p>` +
		`<div class="app-clause app-clause--sub" id="p2"><a href="#p2">(a)</a><div><p>item</p></div></div></div></div>`
	const table = `<div id="p3"><div class="app-table"><table><tbody><tr id="p4"><td>x</td></tr></tbody></table></div></div>`
	for _, tc := range []struct {
		name, text, chosen string
		list               []*decision.Decision
		want               string
	}{
		{"none", paragraph, "a", nil, paragraph},
		{"elsewhere", paragraph, "a", []*decision.Decision{varied("b", "p1", "Three months:")},
			paragraph + `<div class="app-variation" id="variation-P1-v1-0-b"><p><b>In Brind &amp; wick</b> this reads:</p><p>Three months:</p>` + "\n" + `<p>Decided on 10 December 2026.</p></div>`},
		{"here", paragraph, "b", []*decision.Decision{varied("b", "p1", "Three months:")},
			strings.Replace(paragraph, "<p>Four months:</p>", "<p>Three months:</p>\n", 1) +
				`<div class="app-variation" id="variation-P1-v1-0-b"><p><b>As varied in Brind &amp; wick.</b> Elsewhere this reads:</p><p>Four months:</p><p>Decided on 10 December 2026.</p></div>`},
		{"a row", table, "", []*decision.Decision{varied("a", "p4", "y")},
			strings.Replace(table, "</table></div>", `</table></div><div class="app-variation" id="variation-P1-v1-0-a"><p><b>In Aldermoss</b> this reads:</p><p>y</p>`+"\n"+`<p>Decided on 10 December 2026.</p></div>`, 1)},
		{"gone", paragraph, "", []*decision.Decision{varied("a", "p9", "y")}, paragraph},
	} {
		got := changed(t, tc.text, func(body *html.Node) error { return s.addVariations(body, tc.list, tc.chosen) })
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, diff)
		}
	}
}

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
	v := &review.Version{Content: review.Content{Sections: []review.Section{
		{Key: review.CriteriaKey, Title: "Criteria", Markdown: "Either:\n\n- one\n- two, with:\n  - deep\n  - deeper\n\nAlone.\n\nAlone too.\n\nThen all of:\n\n- three\n"},
		{Key: review.InsteadKey, Title: "Instead", Markdown: "Not a criterion."}}}}
	list, more := criteria(v, review.CriteriaKey, "/v", nil)
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
	if _, more := criteria(v, review.CriteriaKey, "", nil); more != 6 {
		t.Errorf("of 20 lines %d are left out, want 6", more)
	}
	if list, _ := criteria(v, "nothing", "", nil); len(list) != 0 {
		t.Errorf("criteria of no section: %v", list)
	}
}
