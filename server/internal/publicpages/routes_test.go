package publicpages_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"concordat/review"
	"concordat/review/decision"
	"concordat/review/record"
)

var january = time.Date(2027, 1, 11, 10, 0, 0, 0, time.UTC)

// simple is a world with one published policy in two areas, with Brindlewick's own policy before it.
func simple(t testing.TB) (w *world, p *review.Policy, v *review.Version, l *review.LocalPolicy) {
	w = newWorld(t)
	alder, brindle := w.area("Aldermoss"), w.area("Brindlewick")
	p = w.create(carpal(alder, brindle))
	p, err := w.review.AddFile(w.ctx, w.edit(p.ID, p.Revision), "form.txt", "Referral form", strings.NewReader("A form to fill in."))
	w.ok(err)
	l = w.local(p, brindle, 2018, "## Criteria\n\nOnly severe cases, after 6 months.\n\n1. wasting\n2. numbness\n")
	v = w.issue(p.ID)
	w.decide(v, adoptFrom(record.Day(2027, 1, 1)), alder, brindle)
	w.publish(v, time.Time{})
	w.moveTo(january)
	w.ok(w.lib.Refresh(w.ctx))
	return w, p, v, l
}

func TestRoutes(t *testing.T) {
	t.Parallel()
	w, p, v, l := simple(t)
	const policy = "/policies/carpal-tunnel-surgery"
	for _, tc := range []struct {
		path   string
		status int
		has    []string
	}{
		{"/", 200, []string{"Carpal tunnel surgery", "Changed last", "By letter", "Hands and wrists", "Aldermoss"}},
		{"/?q=cts", 200, []string{"1 policy for “cts”", "also called CTS"}},
		{"/?q=%3Cscript%3E&letter=C", 200, []string{"No policy for “&lt;script&gt;”"}},
		{"/?letter=C", 200, []string{"1 policy, title begins with C"}},
		{"/?specialty=Hands+and+wrists", 200, []string{"1 policy, Hands and wrists"}},
		{"/?position=restricted", 200, []string{"1 policy, restricted"}},
		{"/?position=routine", 200, []string{"No policy"}},
		{"/?area=aldermoss", 200, []string{"1 policy, Aldermoss"}},
		{"/search?q=carpl", 200, []string{"Carpal tunnel surgery"}},
		{policy, 200, []string{"In all areas: funded if the patient meets the criteria", policy + "/files/" + v.Files[0].ID}},
		{policy + "?area=nowhere", 200, []string{"No area chosen"}},
		{policy + "/versions/1.0", 200, []string{"CP-017, version 1.0", "For patients referred on or after 1 January 2027: Aldermoss and Brindlewick."}},
		{policy + "/versions/0.1", 404, nil},
		{policy + "/versions/x", 404, nil},
		{policy + "/compare", 200, []string{"What is different", "Version 1.0"}},
		{policy + "/compare?from=local:" + l.ID + "&to=v1.0&view=side", 200, []string{"Brindlewick’s own policy of 2018 compared with Version 1.0", "app-change__pair"}},
		{policy + "/compare?from=v0.1&to=v1.0", 404, nil},
		{policy + "/compare?from=local:nothing&to=v1.0", 404, nil},
		{policy + "/word", 200, nil},
		{policy + "/files/" + v.Files[0].ID, 200, []string{"A form to fill in."}},
		{policy + "/files/nothing", 404, nil},
		{policy + "/feed.atom", 200, []string{"version 1.0"}},
		{policy + "/other", 404, nil},
		{"/local/" + l.ID, 200, []string{"Brindlewick carpal tunnel policy", "From 1 April 2018 to 31 December 2026, replaced", "Only severe cases"}},
		{"/local/nothing", 404, nil},
		{"/areas/aldermoss", 200, []string{"Policies in Aldermoss", "Carpal tunnel surgery", "Adopted"}},
		{"/areas/nowhere", 404, nil},
		{"/coming", 200, []string{"Nothing is about to change"}},
		{"/applies", 200, []string{"What applies to a patient", "Date of referral"}},
		{"/applies?policy=carpal-tunnel-surgery&area=brindlewick&referred-day=1&referred-month=6&referred-year=2020", 200,
			[]string{"Brindlewick’s own policy of 2018 applies", "/local/" + l.ID}},
		{"/applies?policy=carpal-tunnel-surgery&area=brindlewick&referred-day=1&referred-month=6&referred-year=2027", 200,
			[]string{"Carpal tunnel surgery, version 1.0, applies"}},
		{"/applies?policy=&area=x&referred-day=31&referred-month=2&referred-year=2027", 400, []string{"Choose a policy", "Choose an area", "must be a real date", "Error: What applies"}},
		{"/feed.atom", 200, []string{"http://www.w3.org/2005/Atom"}},
		{"/sitemap.xml", 200, []string{"https://policies.example" + policy}},
		{"/robots.txt", 200, []string{"Sitemap: https://policies.example/sitemap.xml"}},
		{"/accessibility", 200, []string{"2.2"}},
		{"/cookies", 200, []string{"Cookies"}},
		{"/privacy", 200, []string{"NHS numbers"}},
		{"/contact", 200, []string{"111"}},
		{"/policies/", 404, nil},
		{"/policies/nothing", 404, nil},
		{"/policies/nothing/word", 404, nil},
		{"/policies/nothing/compare", 404, nil},
	} {
		got := w.get(tc.path, "")
		if got.Code != tc.status {
			t.Errorf("%s: status %d, want %d", tc.path, got.Code, tc.status)
			continue
		}
		for _, x := range tc.has {
			if !strings.Contains(squeeze(got.text), squeeze(x)) {
				t.Errorf("%s lacks %q", tc.path, x)
			}
		}
	}
	if p.Slug != "carpal-tunnel-surgery" {
		t.Errorf("slug %q", p.Slug)
	}
}

func TestAreaIsRemembered(t *testing.T) {
	t.Parallel()
	w, _, _, _ := simple(t)
	got := w.get("/area?area=aldermoss&back=/policies/carpal-tunnel-surgery", "")
	if got.Code != http.StatusSeeOther || got.Header().Get("Location") != "/policies/carpal-tunnel-surgery" {
		t.Fatalf("status %d to %q", got.Code, got.Header().Get("Location"))
	}
	if c := got.Result().Cookies(); len(c) != 1 || c[0].Value != "aldermoss" || c[0].MaxAge < 1e7 || !c[0].HttpOnly {
		t.Errorf("cookies %v", c)
	}
	got = w.get("/area?area=&back=https://elsewhere.example/", "aldermoss")
	if c := got.Result().Cookies(); len(c) != 1 || c[0].MaxAge >= 0 || got.Header().Get("Location") != "/" {
		t.Errorf("forgetting: cookies %v, to %q", c, got.Header().Get("Location"))
	}
}

func TestAppliesJSON(t *testing.T) {
	t.Parallel()
	w, _, _, l := simple(t)
	const ask = "/applies.json?policy=carpal-tunnel-surgery&area=brindlewick&referred="
	for _, tc := range []struct {
		path   string
		status int
		want   map[string]any
	}{
		{ask + "2027-01-05", 200, map[string]any{"area": "brindlewick", "name": "Carpal tunnel surgery, version 1.0", "position": "funded if the patient meets the criteria", "outcome": "applies", "kind": "version", "policy": "carpal-tunnel-surgery", "version": "1.0",
			"url": "https://policies.example/policies/carpal-tunnel-surgery", "from": "2027-01-01", "rule": "referred", "decidedBy": "brindlewick"}},
		{ask + "2026-12-31", 200, map[string]any{"area": "brindlewick", "name": "Brindlewick’s own policy of 2018", "position": "funded if the patient meets the criteria, with approval first", "outcome": "applies", "kind": "local", "local": l.ID, "url": "https://policies.example/local/" + l.ID,
			"from": "2018-04-01", "to": "2027-01-01", "rule": "referred", "decidedBy": "brindlewick"}},
		{ask + "2017-12-31", 200, map[string]any{"area": "brindlewick", "outcome": "nothing", "kind": "none", "missing": "No text was recorded for this area", "decidedBy": "brindlewick"}},
		{ask + "2027-02-30", 400, map[string]any{"error": "referred: give a date such as 2027-01-31"}},
		{ask + "2027-02-20&treated=2027-01-01", 400, map[string]any{"error": "treated: must be the day of referral or later"}},
		{"/applies.json", 400, map[string]any{"error": "policy: give the last part of its address"}},
		{"/applies.json?policy=carpal-tunnel-surgery", 400, map[string]any{"error": "area: give the last part of its address"}},
	} {
		got := w.get(tc.path, "")
		var body map[string]any
		if err := json.Unmarshal([]byte(got.text), &body); err != nil || got.Code != tc.status {
			t.Errorf("%s: status %d, %v: %s", tc.path, got.Code, err, got.text)
			continue
		}
		if len(body) != len(tc.want) {
			t.Errorf("%s: %v, want %v", tc.path, body, tc.want)
		}
		for k, x := range tc.want {
			if body[k] != x {
				t.Errorf("%s: %s is %v, want %v", tc.path, k, body[k], x)
			}
		}
	}
}

// A draft, a scheduled text and the attachments of one are not there for the public.
func TestDraftsAndScheduledTextsAreHidden(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	alder := w.area("Aldermoss")
	p := w.create(carpal(alder))
	p, err := w.review.AddFile(w.ctx, w.edit(p.ID, p.Revision), "form.txt", "Form", strings.NewReader("A form."))
	w.ok(err)
	l := w.local(p, alder, 2018, "Own text.")
	file := p.Files[0].ID
	hidden := []string{"/policies/carpal-tunnel-surgery", "/policies/carpal-tunnel-surgery?area=aldermoss", "/policies/carpal-tunnel-surgery/versions/1.0",
		"/policies/carpal-tunnel-surgery/compare", "/policies/carpal-tunnel-surgery/word", "/policies/carpal-tunnel-surgery/files/" + file,
		"/policies/carpal-tunnel-surgery/feed.atom", "/local/" + l.ID}
	check := func(when string, status int) {
		t.Helper()
		for _, path := range hidden {
			if got := w.get(path, ""); got.Code != status {
				t.Errorf("%s: %s has status %d, want %d", when, path, got.Code, status)
			}
		}
		if found := strings.Contains(w.get("/?q=carpal", "").text, "/policies/carpal-tunnel-surgery"); found != (status == 200) {
			t.Errorf("%s: found by search: %v", when, found)
		}
	}
	check("draft", 404)
	v := w.issue(p.ID)
	w.decide(v, adoptFrom(record.Day(2027, 1, 1)), alder)
	check("adopted, not published", 404)
	live := time.Date(2027, 1, 1, 9, 0, 0, 0, time.UTC)
	w.publish(v, live)
	check("scheduled", 404)
	w.get("/coming", "").lacks(t, "Carpal tunnel surgery")
	w.moveTo(live.Add(-time.Millisecond))
	check("a moment before", 404)
	w.moveTo(live)
	check("live, without anybody doing anything", 200)

	p = w.write(w.policy(p.ID), carpal(alder), "A later draft.")
	if got := w.get("/policies/carpal-tunnel-surgery", ""); strings.Contains(got.text, "A later draft") {
		t.Error("a draft shows on the public page")
	}
	if v, err := w.review.Issue(w.ctx, w.edit(p.ID, p.Revision), "Only for colleagues", false); err != nil || w.get("/policies/carpal-tunnel-surgery/versions/"+v.Number.String(), "").Code != 404 {
		t.Errorf("an issued draft: %v", err)
	}
	for _, path := range []string{"/feed.atom", "/policies/carpal-tunnel-surgery/feed.atom", "/policies/carpal-tunnel-surgery"} {
		w.get(path, "").lacks(t, "Only for colleagues")
	}
}

// A version that follows: until its day the public reads the one before, and each patient keeps the text they had.
func TestNextVersion(t *testing.T) {
	t.Parallel()
	w, p, _, _ := simple(t)
	alder := w.lib.Snapshot().Area("aldermoss")
	w.write(w.policy(p.ID), carpal(alder), "Now wider.")
	v2 := w.issue(p.ID)
	w.decide(v2, adoptFrom(record.Day(2027, 6, 1)), alder)
	w.publish(v2, record.Day(2027, 6, 1).Start())
	got := w.get("/policies/carpal-tunnel-surgery", "aldermoss")
	got.has(t, "version 1.0")
	got.lacks(t, "Now wider.")
	if got := w.get("/policies/carpal-tunnel-surgery/versions/2.0", ""); got.Code != 404 {
		t.Errorf("the version to come: status %d", got.Code)
	}
	w.moveTo(record.Day(2027, 6, 1).Start())
	got = w.get("/policies/carpal-tunnel-surgery", "aldermoss")
	got.has(t, "version 2.0", "Now wider.", "Referred earlier?")
	got.row("Brindlewick").has(t, "Adopted", "version 1.0, from 1 January 2027")
	w.get("/policies/carpal-tunnel-surgery", "brindlewick").card().has(t, "In Brindlewick: funded", "version 1.0</a>, not the newest.")
	w.get("/policies/carpal-tunnel-surgery/versions/1.0", "").has(t, "This is not the newest text.", "from=v1.0&amp;to=v2.0")
	w.get("/policies/carpal-tunnel-surgery/compare?from=v1.0&to=v2.0", "").has(t, "1 change", "Now wider.")
}

// A version that was adopted and never published is not what the public reads while a later one is to come.
func TestAdoptedAndNeverPublished(t *testing.T) {
	t.Parallel()
	w, p, _, _ := simple(t)
	alder := w.lib.Snapshot().Area("aldermoss")
	w.write(w.policy(p.ID), carpal(alder), "Never published.")
	v2 := w.issue(p.ID)
	w.decide(v2, adoptFrom(record.Day(2027, 6, 1)), alder)
	w.write(w.policy(p.ID), carpal(alder), "Now wider.")
	v3 := w.issue(p.ID)
	w.decide(v3, adoptFrom(record.Day(2027, 9, 1)), alder)
	w.publish(v3, record.Day(2027, 9, 1).Start())
	w.moveTo(record.Day(2027, 7, 1).Start())
	got := w.get("/policies/carpal-tunnel-surgery", "")
	got.has(t, "Version", "1.0")
	got.lacks(t, "Never published.", "Now wider.")
	for _, n := range []string{"2.0", "3.0"} {
		if got := w.get("/policies/carpal-tunnel-surgery/versions/"+n, ""); got.Code != 404 {
			t.Errorf("version %s: status %d", n, got.Code)
		}
	}
	w.moveTo(record.Day(2027, 9, 1).Start())
	w.get("/policies/carpal-tunnel-surgery", "").has(t, "Now wider.")
}

func TestErratumWithdrawalAndReplacement(t *testing.T) {
	t.Parallel()
	w, p, v, _ := simple(t)
	alder, brindle := w.lib.Snapshot().Area("aldermoss"), w.lib.Snapshot().Area("brindlewick")
	_, err := w.review.Erratum(w.ctx, w.edit(p.ID, w.policy(p.ID).Revision), v.Number, []review.Section{{Key: review.InsteadKey, Markdown: "Offer a splint and look again after 12 weeks."}})
	w.ok(err)
	got := w.get("/policies/carpal-tunnel-surgery", "aldermoss")
	got.has(t, "after 12 weeks", "In Aldermoss: funded", "Corrects the wording of version 1.0")
	got.lacks(t, "not the newest", "today this text does not apply")
	w.get("/policies/carpal-tunnel-surgery/versions/1.0", "").has(t, "after 3 months")
	w.get("/", "").has(t, "CP-017. Wording corrected on 11 January 2027")

	d := carpal(alder, brindle)
	d.reference, d.title, d.supersedes = "CP-099", "Nerve compression surgery", []string{p.ID}
	q := w.create(d)
	v2 := w.issue(q.ID)
	w.decide(v2, adoptFrom(record.Day(2027, 3, 1)), alder)
	w.decide(v2, adoptFrom(record.Day(2027, 4, 1)), brindle)
	w.publish(v2, time.Time{})
	w.moveTo(record.Day(2027, 3, 1).Start())
	got = w.get("/policies/carpal-tunnel-surgery", "aldermoss")
	got.card().has(t, "In Aldermoss: another policy has replaced this one", "/policies/nerve-compression-surgery")
	got.row("Brindlewick").has(t, "Adopted", "from 1 January 2027", "For patients referred on or after 1 April 2027:", "Nerve compression surgery")
	w.moveTo(record.Day(2027, 4, 1).Start())
	w.get("/policies/carpal-tunnel-surgery", "").has(t, "This policy was replaced", "Since 1 March 2027 in Aldermoss:", "Since 1 April 2027 in Brindlewick:")

	w.ok(w.review.WithdrawPublication(w.ctx, w.edit(p.ID, w.policy(p.ID).Revision)))
	w.get("/policies/carpal-tunnel-surgery", "").has(t, "This policy was withdrawn", "Nerve compression surgery")
	w.get("/feed.atom", "").has(t, "Carpal tunnel surgery: withdrawn")
	if strings.Contains(w.get("/", "").text, "/policies/carpal-tunnel-surgery") {
		t.Error("a withdrawn policy is in the library")
	}
}

// The feeds tell what was done to what applies, when it was done, and not by whom.
func TestFeedsTellActs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	alder, brindle, carrow := w.area("Aldermoss"), w.area("Brindlewick"), w.area("Carrowmead")
	p := w.create(carpal(alder, brindle, carrow))
	v := w.issue(p.ID)
	w.decide(v, adoptFrom(record.Day(2027, 1, 1)), alder)
	w.decide(v, decision.Said{Outcome: decision.Adopt, Event: "start of the new contract"}, carrow)
	w.publish(v, time.Time{})
	w.moveTo(january)
	register := func(area *review.Commissioner) record.Edit {
		r, err := w.review.Registers.Load(w.ctx, review.RegisterID(p.ID, area.ID))
		w.ok(err)
		return w.edit(r.ID, r.Revision)
	}
	_, err := w.review.GiveDate(w.ctx, register(carrow), decision.ID(p.ID, "1.0", carrow.ID), record.Day(2027, 2, 1))
	w.ok(err)
	_, err = w.review.GiveDate(w.ctx, register(carrow), decision.ID(p.ID, "1.0", carrow.ID), record.Day(2027, 2, 8))
	w.ok(err)
	_, err = w.review.Suspend(w.ctx, register(alder), record.Day(2027, 1, 11))
	w.ok(err)
	w.moveTo(record.Day(2027, 1, 20).Start())
	_, err = w.review.Lift(w.ctx, register(alder), record.Day(2027, 1, 21))
	w.ok(err)
	w.moveTo(record.Day(2027, 2, 20).Start())
	_, err = w.review.Withdraw(w.ctx, register(alder), record.Day(2027, 3, 1))
	w.ok(err)
	w.write(w.policy(p.ID), carpal(), "Not public.")
	scheduled := w.issue(p.ID)
	w.decide(scheduled, decision.Said{Outcome: decision.Adopt, Event: "start of the secret contract"}, brindle)
	_, err = w.review.GiveDate(w.ctx, register(brindle), decision.ID(p.ID, "2.0", brindle.ID), record.Day(2027, 4, 1))
	w.ok(err)
	for _, path := range []string{"/feed.atom", "/policies/carpal-tunnel-surgery/feed.atom"} {
		got := w.get(path, "")
		got.has(t, "Carpal tunnel surgery: suspended in Aldermoss", "Do not start this treatment under this policy from 11 January 2027.",
			"Carpal tunnel surgery: no longer suspended in Aldermoss", "The policy applies again from 21 January 2027.",
			"Carpal tunnel surgery: withdrawn in Aldermoss", "The policy no longer applies to patients referred on or after 1 March 2027.", "<updated>2027-01-20T00:00:00Z</updated>",
			"Carpal tunnel surgery: the date is known in Carrowmead", "The adopted text applies from 1 February 2027.",
			"Carpal tunnel surgery: the date is corrected in Carrowmead", "The adopted text applies from 8 February 2027.", "/policies/carpal-tunnel-surgery?area=aldermoss")
		got.lacks(t, "lead", "because", "Brindlewick")
	}
}

func TestXMLIsWellFormed(t *testing.T) {
	t.Parallel()
	w, _, _, _ := simple(t)
	for _, path := range []string{"/feed.atom", "/policies/carpal-tunnel-surgery/feed.atom", "/sitemap.xml"} {
		d := xml.NewDecoder(strings.NewReader(w.get(path, "").text))
		for {
			_, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Errorf("%s: %v", path, err)
				break
			}
		}
	}
	var feed struct {
		ID      string `xml:"id"`
		Updated string `xml:"updated"`
		Entries []struct {
			ID      string `xml:"id"`
			Updated string `xml:"updated"`
		} `xml:"entry"`
	}
	w.ok(xml.Unmarshal([]byte(w.get("/feed.atom", "").text), &feed))
	if feed.ID == "" || len(feed.Entries) != 1 || feed.Entries[0].Updated != "2026-12-01T10:00:00Z" || feed.Updated != feed.Entries[0].Updated {
		t.Errorf("feed %+v", feed)
	}
}

// document reads a Word file's text from an answer: its XML, and its words.
func (a answer) document(t *testing.T) (xml, words string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader([]byte(a.text)), int64(len(a.text)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(body), squeeze(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(string(body), ""))
}

func TestWordDownload(t *testing.T) {
	t.Parallel()
	w, _, _, _ := simple(t)
	got := w.get("/policies/carpal-tunnel-surgery/word", "")
	if want := `attachment; filename=CP-017-carpal-tunnel-surgery-v1.0.docx`; got.Header().Get("Content-Disposition") != want {
		t.Errorf("disposition %q", got.Header().Get("Content-Disposition"))
	}
	body, words := got.document(t)
	for _, x := range []string{"Carpal tunnel surgery", "Brindlewick", "Adopted from 1 January 2027", "wasting of the thenar", "Clause"} {
		if !strings.Contains(body+words, x) {
			t.Errorf("the document lacks %q", x)
		}
	}
}

// Who takes the text along from the page of an area takes what applies there.
func TestWordDownloadOfAnArea(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	dun := w.area("Dunhallow")
	p := w.create(carpal(dun))
	v := w.issue(p.ID)
	anchor := ""
	for _, c := range v.Text().Clauses {
		if c.Words == "wasting of the thenar muscles" {
			anchor = c.Anchor
		}
	}
	w.decide(v, decision.Said{Outcome: decision.Vary, Effective: record.Day(2027, 1, 1), Overlay: decision.Overlay{
		{Act: decision.Replace, Anchor: anchor, Text: "loss of strength"}, {Act: decision.Add, Anchor: anchor, Text: "pain at night"}}}, dun)
	w.publish(v, time.Time{})
	w.moveTo(january)
	w.get("/policies/"+p.Slug, "dunhallow").has(t, `href="/policies/carpal-tunnel-surgery/word?area=dunhallow"`, "Added in Dunhallow.")
	_, there := w.get("/policies/"+p.Slug+"/word?area=dunhallow", "").document(t)
	_, elsewhere := w.get("/policies/"+p.Slug+"/word", "").document(t)
	for _, x := range []string{"loss of strength", "pain at night", "As it reads in Dunhallow", "reduced sensation", "11 studies."} {
		if !strings.Contains(there, x) {
			t.Errorf("the document of the area lacks %q", x)
		}
	}
	if strings.Contains(there, "wasting") || strings.Contains(elsewhere, "loss of strength") || !strings.Contains(elsewhere, "wasting") {
		t.Error("the two documents are mixed up")
	}
}

// What a meeting wrote is Markdown of its own: markup in it is shown as the characters it is.
func TestVariationIsSafe(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	dun := w.area("Dunhallow")
	p := w.create(carpal(dun))
	v := w.issue(p.ID)
	w.decide(v, decision.Said{Outcome: decision.Vary, Effective: record.Day(2027, 1, 1),
		Overlay: decision.Overlay{{Act: decision.Replace, Anchor: v.Anchors[6], Text: "<script>alert(1)</script>\n\nA *different* line."}}}, dun)
	w.publish(v, time.Time{})
	w.moveTo(january)
	got := w.get("/policies/"+p.Slug, "dunhallow")
	got.has(t, "As varied in Dunhallow.", "&lt;script&gt;alert(1)&lt;/script&gt;", "<em>different</em>")
	got.lacks(t, "<script>alert")
}

// What is looked for and has no policy is named; what has like words is shown as something else, without its position.
func TestSearchGivesNoOtherTreatmentAsTheAnswer(t *testing.T) {
	t.Parallel()
	w, _, _, _ := simple(t)
	for _, path := range []string{"/?q=carpal+replacement", "/search?q=carpal+replacement", "/?q=carpal+replacement&area=aldermoss"} {
		got := w.get(path, "")
		got.has(t, "No policy for “carpal replacement”", "There is no policy on “carpal replacement” here.", "Other treatments with like words", ">Carpal tunnel surgery</a>")
		got.lacks(t, "1 policy for", "unded if the patient meets the criteria")
		if strings.Index(got.text, "There is no policy on") > strings.Index(got.text, ">Carpal tunnel surgery</a>") {
			t.Errorf("%s: the other treatment comes first", path)
		}
	}
	for _, q := range []string{"op", "me", "my", "the", "operation", "my+operation"} {
		got := w.get("/search?q="+q, "")
		got.has(t, "does not say which treatment you look for")
		got.lacks(t, "app-task")
	}
	got := w.get("/?q=the+carpal+tunnel+operation", "")
	got.has(t, "1 policy for “the carpal tunnel operation”", "Funded if the patient meets the criteria")
	got.lacks(t, "Other treatments", "There is no policy")
}
