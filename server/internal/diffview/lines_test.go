package diffview_test

import (
	"testing"

	"concordat/server/internal/diffview"
)

func TestLinesAreEscaped(t *testing.T) {
	lines := diffview.Lines{{Number: "2.1", Words: `<script>alert("1")</script> & more`}, {Words: "Criteria", Heading: true}}
	want := `<p><b>2.1</b> &lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt; &amp; more</p><p><b>Criteria</b></p>`
	if got := string(lines.HTML()); got != want {
		t.Errorf("HTML = %s, want %s", got, want)
	}
}
