package publicpages_test

import (
	"net/http"
	"testing"
	"time"

	"concordat/review/decision"
	"concordat/review/record"
)

// The joined text of an area with a variation can be compared with the version and with the text of another area.
func TestCompareVariations(t *testing.T) {
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
