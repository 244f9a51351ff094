package diffview_test

import (
	"strings"
	"testing"

	"concordat/review/clause"
	"concordat/server/internal/diffview"
)

// Whatever stands in a text or is its name, it is shown as words.
func TestHTMLIsEscaped(t *testing.T) {
	t.Parallel()
	before := diffview.Labelled{Name: "Mine <b>", Text: clause.Parse("## One\n\nAge &lt; 18 & `<script>alert(\"1\")</script>`.\n\nStays <i>&</i>.\n")}
	after := diffview.Labelled{Name: "Yours \"&\"", Text: clause.Parse("## One\n\nAge &lt; 16 & `<script>alert(\"1\")</script>`.\n\nStays <i>&</i>.\n")}
	for _, mode := range []diffview.Mode{diffview.Inline, diffview.Side} {
		got := string(diffview.Rows(before, after, mode).HTML())
		for _, want := range []string{
			"Mine &lt;b&gt; compared with Yours &#34;&amp;&#34;.", "&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt;",
			`[removed: </span>18<span class="nhsuk-u-visually-hidden"> end]</span></del>`,
			`[added: </span>16<span class="nhsuk-u-visually-hidden"> end]</span></ins>`,
		} {
			if !strings.Contains(got, want) {
				t.Errorf("%s: %s is not in\n%s", mode, want, got)
			}
		}
		for _, never := range []string{"<script", "Mine <b>", "<i>", `"&"`} {
			if strings.Contains(got, never) {
				t.Errorf("%s: %s is in\n%s", mode, never, got)
			}
		}
	}
}
