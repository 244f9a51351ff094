package publicpages_test

import (
	"net/http"
	"testing"
	"time"

	"concordat/review"
	"concordat/review/record"
)

// The original of a commissioner's own policy is offered with its text, as a download, and hidden as long as that is.
func TestOriginalOfALocalPolicy(t *testing.T) {
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
	w.get("/local/"+l.ID, "").has(t, `href="`+address+`"`, "carpal tunnel 2018.html.txt", "<p>Only severe cases.</p>")
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
