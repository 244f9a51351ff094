package publicpages_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"concordat/review/decision"
	"concordat/review/record"
)

// The joined text of an area with a variation can be compared with the version and with the text of another area.
func TestCompareVariations(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	dun, esk, fen := w.area("Dunhallow"), w.area("Eskerby"), w.area("Fennimoor")
	p := w.create(carpal(dun, esk, fen))
	v := w.issue(p.ID)
	anchor := ""
	for _, c := range v.Text().Clauses {
		if c.Words == "wasting of the thenar muscles" {
			anchor = c.Anchor
		}
	}
	vary := func(text string) decision.Said {
		return decision.Said{Outcome: decision.Vary, Effective: record.Day(2027, 1, 1), Overlay: decision.Overlay{{Act: decision.Replace, Anchor: anchor, Text: text}}}
	}
	w.decide(v, vary("loss of strength"), dun)
	w.decide(v, vary("weakness"), esk)
	w.decide(v, adoptFrom(record.Day(2027, 1, 1)), fen)
	w.publish(v, time.Time{})
	w.moveTo(january)

	page := "/policies/" + p.Slug
	here, there := "v1.0:"+dun.ID, "v1.0:"+esk.ID
	w.get(page, "").has(t, `href="`+page+`/compare?from=v1.0&amp;to=`+here+`"`, `<option value="`+there+`">Version 1.0 as varied in Eskerby</option>`)
	w.get(page+"/compare", "").has(t, "1 change", "Version 1.0 compared with Version 1.0 as varied in Dunhallow")
	l := w.local(p, fen, 2019, "Wasting of the thenar muscles.")
	for key, name := range map[string]string{"v1.0": "Version 1.0", "local:" + l.ID: "Fennimoor"} {
		asked := w.get(page+"/compare?from="+key, "")
		asked.has(t, `<option value="`+key+`" selected>`+name, `compared with Version 1.0.</p>`)
	}
	chosen := w.get(page, "dunhallow")
	chosen.has(t, `<option value="v1.0" selected>Version 1.0</option>`, `<option value="`+here+`" selected>Version 1.0 as varied in Dunhallow</option>`)
	chosen.lacks(t, `<option value="`+there+`"`)
	w.get(page+"/compare?from=v1.0&to="+here, "").has(t, "1 change", "Version 1.0 compared with Version 1.0 as varied in Dunhallow", "strength", "thenar muscles")
	between := w.get(page+"/compare?from="+there+"&to="+here, "")
	between.has(t, "1 change", "Version 1.0 as varied in Eskerby compared with Version 1.0 as varied in Dunhallow", "weakness", "strength")
	between.lacks(t, "wasting")
	if got := w.get(page+"/compare?from=v1.0&to=v1.0:"+fen.ID, ""); got.Code != http.StatusNotFound {
		t.Errorf("an area without a variation: status %d", got.Code)
	}
}

// What a change does for patients is told nowhere to outsiders: it is a claim. Words and moves are.
func TestComparedWordsClaimNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	alder := w.area("Aldermoss")
	first := carpal(alder)
	first.criteria = "The patient had symptoms for 3 months.\n\nA splint has failed.\n\nThe patient may be offered an injection.\n\nNot for children.\n\n| Age | Months |\n|---|---|\n| 18 | 6 |\n\nThe hand is examined before the referral is made."
	p := w.create(first)
	v := w.issue(p.ID)
	w.decide(v, adoptFrom(record.Day(2027, 1, 1)), alder)
	w.publish(v, time.Time{})
	second := carpal()
	second.criteria = "The hand is examined before the referral is made.\n\nThe patient had symptoms for 6 months.\n\nThe patient must be offered an injection.\n\nFor children.\n\nA scan was made.\n\n| Age | Months |\n|---|---|\n| 18 | 9 |"
	w.write(w.policy(p.ID), second, "")
	v2 := w.issue(p.ID)
	w.decide(v2, adoptFrom(record.Day(2027, 1, 1).AddDays(1)), alder)
	w.publish(v2, time.Time{})
	own := w.local(p, alder, 2018, "The patient had symptoms for 2 months.\n\nA splint has failed.")
	w.moveTo(january)
	page := "/policies/" + p.Slug
	for _, path := range []string{page + "/compare?from=v1.0&to=v2.0", page + "/compare?from=v2.0&to=v1.0&view=side", page + "/compare?from=local:" + own.ID,
		page, page + "/versions/1.0", page + "/versions/2.0", page + "/feed.atom", "/feed.atom"} {
		got := strings.ToLower(wordsOf(t, w.get(path, "").text))
		for _, claim := range []string{"narrower", "wider", "fewer patients", "more patients", "same patients", "mixed", "opposite", "cannot be told", "level of change", "clarified", "wording only",
			"negation", "modality", "quantity", "binding", "stricter"} {
			if strings.Contains(got, claim) {
				t.Errorf("%s says %q", path, claim)
			}
		}
	}
	strip(w.get(page+"/compare?from=v1.0&to=v2.0", "")).has(t, "changed, ", "added, ", "removed, ", "moved", ">Changed</span>", ">Added</span>", ">Removed</span>", ">Moved</span>", "</span>3<span", "</span>6<span")
}

// text is what an element says.
func text(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

// wordsOf are the words of some HTML, whatever their marks.
func wordsOf(t *testing.T, fragment string) string {
	t.Helper()
	tree, err := html.Parse(strings.NewReader(fragment))
	if err != nil {
		t.Fatal(err)
	}
	return squeeze(text(tree))
}
