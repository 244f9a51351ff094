package publicpages_test

import (
	"net/http"
	"regexp"
	"testing"
	"time"

	"concordat/review"
	"concordat/review/record"
)

// The original of a commissioner's own policy is offered with its text, as a download, and hidden as long as that is.
func TestOriginalOfALocalPolicy(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	alder, brindle := w.area("Aldermoss"), w.area("Brindlewick")
	p := w.create(carpal(alder, brindle))
	const text = "<!DOCTYPE html><title>Carpal tunnel</title><h1>Carpal tunnel</h1><p>Only severe cases.</p>"
	l, err := w.review.AddLocal(w.ctx, w.by, review.LocalInput{Policy: p.ID, Commissioner: alder.ID, Title: "Own policy", Effective: record.Day(2018, 4, 1),
		Position: review.PriorApproval, FileName: "carpal tunnel “2018”.html", File: []byte(text)})
	w.ok(err)
	pasted := w.local(p, brindle, 2019, "Pasted text.")
	address := "/local/" + l.ID + "/original"
	if got := w.get(address, ""); got.Code != http.StatusNotFound {
		t.Errorf("before the policy is published: status %d", got.Code)
	}
	v := w.issue(p.ID)
	w.decide(v, adoptFrom(record.Day(2027, 1, 1)), brindle)
	w.publish(v, time.Time{})
	w.get("/local/"+l.ID, "").has(t, `href="`+address+`"`, "carpal tunnel 2018.html.txt")
	got := w.get(address, "")
	if got.Code != http.StatusOK || got.text != text {
		t.Errorf("status %d: %q", got.Code, got.text)
	}
	for name, want := range map[string]string{"Content-Type": "text/plain; charset=utf-8", "X-Content-Type-Options": "nosniff",
		"Content-Disposition": `attachment; filename="carpal tunnel 2018.html.txt"`} {
		if got := got.Header().Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	w.get("/local/"+pasted.ID, "").lacks(t, "original (")
	for _, id := range []string{pasted.ID, "nothing"} {
		if got := w.get("/local/"+id+"/original", ""); got.Code != http.StatusNotFound {
			t.Errorf("%s: status %d", id, got.Code)
		}
	}
}

// Until a person has compared what the program read with the original, outsiders get the original and not the text.
func TestTextOfALocalPolicyWaitsForAPerson(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	alder := w.area("Aldermoss")
	p := w.create(carpal(alder))
	in := review.LocalInput{Policy: p.ID, Commissioner: alder.ID, Title: "Own policy", Effective: record.Day(2018, 4, 1), Position: review.PriorApproval,
		Source: "Sent by Jo Bloggs, jo@aldermoss.example, on 4 May 2026", FileName: "own.html", File: []byte("<!DOCTYPE html><title>Own</title><h1>Own</h1><p>Only severe cases.</p>")}
	l, err := w.review.AddLocal(w.ctx, w.by, in)
	w.ok(err)
	v := w.issue(p.ID)
	w.decide(v, adoptFrom(record.Day(2027, 1, 1)), alder)
	w.publish(v, time.Time{})
	const policy = "/policies/carpal-tunnel-surgery"
	own, compared := "/local/"+l.ID, policy+"/compare?from=local:"+l.ID
	got := w.get(own, "")
	got.has(t, "Own policy", "1 April 2018", "nobody has compared", own+"/original")
	got.lacks(t, "Only severe cases.", compared, "Jo Bloggs", "Source")
	w.get(policy, "").lacks(t, "local:"+l.ID)
	if got := w.get(compared, ""); got.Code != http.StatusNotFound {
		t.Errorf("comparing it: status %d", got.Code)
	}

	in.File, in.Markdown, in.Source = nil, "# Own\n\nOnly severe cases.", "https://aldermoss.example/carpal"
	_, err = w.review.EditLocal(w.ctx, w.edit(l.ID, l.Revision), in)
	w.ok(err)
	got = w.get(own, "")
	got.has(t, "Only severe cases.", "local:"+l.ID, own+"/original", "https://aldermoss.example/carpal")
	got.lacks(t, "nobody has compared")
	w.get(policy, "").has(t, "local:"+l.ID)
	w.get(compared, "").has(t, "Only severe cases.")
}

// A link to a paragraph of a commissioner's own policy holds when the text is corrected, and the differences lead to it.
// Against the policy the paragraphs are found by their words, for both texts count their anchors alike.
func TestLinksToALocalPolicy(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	alder := w.area("Aldermoss")
	p := w.create(carpal(alder))
	l := w.local(p, alder, 2018, "Only severe cases.\n\nPain for 4 months.")
	v := w.issue(p.ID)
	w.decide(v, adoptFrom(record.Day(2027, 1, 1)), alder)
	w.publish(v, time.Time{})
	own, compared := "/local/"+l.ID, "/policies/carpal-tunnel-surgery/compare?from=local:"+l.ID
	first := paragraphID(t, w.get(own, ""), "Pain for 4 months.")
	w.get(compared, "").has(t, `href="`+own+"#"+first+`"`)

	_, err := w.review.EditLocal(w.ctx, w.edit(l.ID, l.Revision), review.LocalInput{Policy: p.ID, Commissioner: alder.ID, Title: l.Title, Effective: l.Effective,
		Position: review.PriorApproval, Markdown: "A paragraph that was forgotten.\n\nOnly severe cases.\n\nPain for 4 months."})
	w.ok(err)
	if got := paragraphID(t, w.get(own, ""), "Pain for 4 months."); got != first {
		t.Errorf("after the correction the paragraph is %q, was %q", got, first)
	}
	w.get(compared, "").has(t, `href="`+own+"#"+first+`"`)
}

// paragraphID is the id of the paragraph with these words.
func paragraphID(t *testing.T, a answer, words string) string {
	t.Helper()
	m := regexp.MustCompile(`<div id="([^"]+)">\s*<p>` + regexp.QuoteMeta(words)).FindStringSubmatch(a.text)
	if m == nil {
		t.Fatalf("no paragraph with %q and an id", words)
	}
	return m[1]
}
