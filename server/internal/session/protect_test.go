package session_test

import (
	"bytes"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"concordat/review/access"
	"concordat/review/access/accesstest"
	"concordat/server/internal/session"
)

// A form that arrives after its session has ended is kept in the page, and goes through after signing in elsewhere.
func TestNothingTypedIsLost(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := accesstest.Join(t, h.people, access.PolicyLead)
	p := h.person(t)
	typed := url.Values{"text": {"line one\r\n<b>\"two\"</b> & é"}, "more": {"x"}, "passphrase": {"must not show"}, "token": {"old"}}
	a := p.post("/draft?part=3", typed)
	a.want(t, http.StatusForbidden, "What you typed is kept here", `action="/draft?part=3"`, "&lt;b&gt;&#34;two&#34;&lt;/b&gt; &amp; é")
	if strings.Contains(a.body, "must not show") {
		t.Error("a passphrase is written into the page")
	}
	p.signIn(lead.Email, accesstest.Passphrase)
	again := p.post("/draft?part=3", a.form())
	again.want(t, http.StatusForbidden, "Send it now")
	p.post("/draft?part=3", again.form()).want(t, http.StatusOK, "the desk")
	if got := h.posted.Get("text"); strings.ReplaceAll(got, "\r\n", "\n") != "line one\n<b>\"two\"</b> & é" {
		t.Errorf("sent again: %q", got)
	}
}

// Of a form with files everything else is kept, and the files are asked for again.
func TestFilesAreAskedForAgain(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := accesstest.Join(t, h.people, access.PolicyLead)
	p := h.person(t)
	send := func(token string) answer {
		var body bytes.Buffer
		w := multipart.NewWriter(&body)
		part, err := w.CreateFormFile("file", "a.docx")
		if err == nil {
			_, err = part.Write([]byte("x"))
		}
		if err = errors.Join(err, w.WriteField("text", "line one"), w.WriteField("month", "4"), w.WriteField("token", token), w.Close()); err != nil {
			t.Fatal(err)
		}
		r, err := p.client.Post(h.server.URL+"/draft", w.FormDataContentType(), &body)
		return p.read(r, err)
	}
	kept := []string{`name="text" value="line one"`, `name="month" value="4"`, `enctype="multipart/form-data"`}
	out := send("")
	out.want(t, http.StatusForbidden, append(kept, "Files cannot be kept")...)
	p.signIn(lead.Email, accesstest.Passphrase)
	in := send("")
	in.want(t, http.StatusForbidden, append(kept, "choose them again", "Choose “a.docx” again", `type="file"`)...)
	send(in.form().Get("token")).want(t, http.StatusOK, "the desk")
	if h.posted.Get("text") != "line one" || h.posted.Get("month") != "4" {
		t.Errorf("sent again: %v", h.posted)
	}
}

func TestFormsNeedTheirToken(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := accesstest.Join(t, h.people, access.PolicyLead)
	reviewer := accesstest.Join(t, h.people, access.EvidenceReviewer)
	p, other := h.person(t), h.person(t)
	p.signIn(lead.Email, accesstest.Passphrase)
	other.signIn(reviewer.Email, accesstest.Passphrase)
	token := p.get("/account").form().Get("token")
	for name, tc := range map[string]struct {
		who    *person
		token  string
		status int
	}{
		"right":           {p, token, http.StatusOK},
		"none":            {p, "", http.StatusForbidden},
		"somebody else's": {p, other.get("/account").form().Get("token"), http.StatusForbidden},
		"without a role":  {other, other.get("/account").form().Get("token"), http.StatusForbidden},
	} {
		if a := tc.who.post("/draft", url.Values{"token": {tc.token}}); a.status != tc.status {
			t.Errorf("token %s: status %d, want %d", name, a.status, tc.status)
		}
	}
}

func TestCrossOrigin(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for header, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"} {
		r, err := http.NewRequest(http.MethodPost, h.server.URL+"/sign-out", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set(header, value)
		answer, err := http.DefaultClient.Do(r)
		a := h.person(t).read(answer, err)
		a.want(t, http.StatusForbidden, "another site")
		if a.header.Get("Content-Security-Policy") == "" {
			t.Error("a refusal without protection")
		}
	}
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, path := range []string{"/sign-in", "/nowhere", "/panic"} {
		a := h.person(t).get(path)
		csp := a.header.Get("Content-Security-Policy")
		if !strings.HasPrefix(csp, "default-src 'none'; script-src 'self'") || strings.Contains(csp, "unsafe") || strings.Contains(csp, "data:") {
			t.Errorf("%s: Content-Security-Policy = %q", path, csp)
		}
		if a.header.Get("X-Content-Type-Options") != "nosniff" || a.header.Get("X-Request-Id") == "" || a.header.Get("Strict-Transport-Security") != "" {
			t.Errorf("%s: headers %v", path, a.header)
		}
	}
	protected, err := session.Protect(http.NotFoundHandler(), true, "https://policies.example/")
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	protected.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	if w.Header().Get("Strict-Transport-Security") == "" {
		t.Error("behind TLS: no Strict-Transport-Security")
	}
	if _, err := session.Protect(http.NotFoundHandler(), true, "not an address"); err == nil {
		t.Error("a public URL that is none is taken")
	}
}

func TestBodyTooLarge(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := accesstest.Join(t, h.people, access.PolicyLead)
	p := h.person(t)
	p.signIn(lead.Email, accesstest.Passphrase)
	p.post("/draft", url.Values{"text": {strings.Repeat("x", 70<<10)}}).want(t, http.StatusRequestEntityTooLarge, "too large")
	r, err := http.Post(h.server.URL+"/sign-in", "application/x-www-form-urlencoded", strings.NewReader("a=%zz"))
	p.read(r, err).want(t, http.StatusUnprocessableEntity, "Go back and send it again")
}

// A fault of ours is a page, and logs hold no addresses, links or searches.
func TestLogHoldsNoNames(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := accesstest.Join(t, h.people, access.PolicyLead)
	p := h.person(t)
	p.signIn(lead.Email, accesstest.Passphrase)
	p.get("/desk?q=unmistakable")
	p.get("/invitation/UNMISTAKABLE")
	p.get("/unmistakable")
	p.get("/panic").want(t, http.StatusInternalServerError, "Sorry, there is a problem with the service")
	log := strings.ToLower(h.log.String())
	for _, word := range []string{"unmistakable", lead.Email, strings.ToLower(lead.Name)} {
		if strings.Contains(log, word) {
			t.Errorf("the log holds %q:\n%s", word, log)
		}
	}
	for _, want := range []string{`"route":"/invitation/:token"`, `"status":500`, "panic: cupboard"} {
		if !strings.Contains(log, want) {
			t.Errorf("the log lacks %s:\n%s", want, log)
		}
	}
}

func TestFloods(t *testing.T) {
	t.Parallel()
	f := new(session.Floods)
	now := time.Date(2027, 2, 8, 9, 0, 0, 0, time.UTC)
	n := 0
	for f.Allow("192.0.2.1", now) {
		n++
	}
	if n != 500 || !f.Allow("192.0.2.2", now) || !f.Allow("192.0.2.1", now.Add(time.Second)) {
		t.Errorf("%d requests at once", n)
	}
	for i := range 20_000 { // more addresses than are remembered
		f.Allow(fmt.Sprint(i), now)
	}
	if !f.Allow("192.0.2.1", now) {
		t.Error("the oldest address is not forgotten")
	}
}
