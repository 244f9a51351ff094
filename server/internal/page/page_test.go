package page_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"concordat/review/access"
	"concordat/server/internal/page"
	"concordat/web/view/viewtest"
)

// A fault of ours is logged; that a reader left is none, though reading for them then fails.
func TestFailLogsOurFaults(t *testing.T) {
	t.Parallel()
	views := viewtest.Set(t)
	lost := errors.New("the disk is gone")
	left := fmt.Errorf("reading an account: %w", context.Canceled)
	for _, x := range []struct {
		name   string
		err    error
		gone   bool
		logged bool
	}{
		{"a fault", lost, false, true},
		{"a fault while the reader leaves", lost, true, true},
		{"the reader left", left, true, false},
		{"something of ours was cancelled", left, false, true},
	} {
		t.Run(x.name, func(t *testing.T) {
			var log bytes.Buffer
			site := &page.Site{Views: views, Log: slog.New(slog.NewTextHandler(&log, nil)), Now: time.Now}
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if x.gone {
				cancel()
			}
			w := httptest.NewRecorder()
			c, _ := gin.CreateTestContext(w)
			c.Request = httptest.NewRequest(http.MethodGet, "/", nil).WithContext(ctx)
			site.Fail(c, x.err)
			if logged := log.Len() > 0; logged != x.logged || w.Code != http.StatusInternalServerError {
				t.Errorf("logged %v, want %v; status %d", logged, x.logged, w.Code)
			}
		})
	}
}

// What is no text becomes a mark that can be seen, and line ends become those of Unix, before anybody reads a field.
func TestPostedTextIsLegible(t *testing.T) {
	t.Parallel()
	site := &page.Site{Views: viewtest.Set(t), Log: slog.New(slog.DiscardHandler), Now: time.Now}
	engine := gin.New()
	site.Mount(engine, []page.Route{{Method: http.MethodPost, Path: "/", Handler: func(c *gin.Context) (page.Result, error) {
		return page.Result{JSON: []string{page.Text(c, "text"), c.PostForm("passphrase")}}, nil
	}}}, func(*gin.Context, page.Route) error { return nil })
	for sent, want := range map[string]string{
		"one\r\ntwo\rthree\vfour\fpage\u0085line": "one\ntwo\nthree\nfour\npage\nline",
		"a\x00b\x1bc\x7fd\u009fe":                 "a\ufffdb\ufffdc\ufffdd\ufffde",
		"\xff\ufffe\U0001ffff\ufdd0":              "\ufffd\ufffd\ufffd\ufffd",
		"  tab\there – “£” e\u0301 👩🏽\u200d⚕️ ":   "tab\there – “£” e\u0301 👩🏽\u200d⚕️",
	} {
		var parts bytes.Buffer
		w := multipart.NewWriter(&parts)
		if err := errors.Join(w.WriteField("text", sent), w.WriteField("passphrase", sent), w.Close()); err != nil {
			t.Fatal(err)
		}
		for kind, body := range map[string]io.Reader{
			"application/x-www-form-urlencoded": strings.NewReader(url.Values{"text": {sent}, "passphrase": {sent}}.Encode()),
			w.FormDataContentType():             &parts,
		} {
			r := httptest.NewRequest(http.MethodPost, "/", body)
			r.Header.Set("Content-Type", kind)
			answer := httptest.NewRecorder()
			engine.ServeHTTP(answer, r)
			secret := strings.ToValidUTF8(sent, "\ufffd") // JSON holds nothing else
			var got []string
			if err := json.Unmarshal(answer.Body.Bytes(), &got); err != nil || len(got) != 2 || got[0] != want || got[1] != secret {
				t.Errorf("%q came as %q, %v", sent, got, err)
			}
		}
	}
}

// Who is not signed in cannot make the service hold and give back a body as large as those that staff may send.
func TestStrangersSendLess(t *testing.T) {
	t.Parallel()
	site := &page.Site{Views: viewtest.Set(t), Log: slog.New(slog.DiscardHandler), Now: time.Now}
	for name, x := range map[string]struct {
		visitor page.Visitor
		action  access.Action
		status  int
	}{
		"staff":                        {page.Visitor{Account: "a"}, access.PolicyEdit, http.StatusOK},
		"a stranger":                   {page.Visitor{}, access.PolicyEdit, http.StatusRequestEntityTooLarge},
		"a stranger where anybody may": {page.Visitor{}, "", http.StatusOK},
	} {
		engine := gin.New()
		engine.Use(func(c *gin.Context) { page.SetVisitor(c, x.visitor) })
		site.Mount(engine, []page.Route{{Method: http.MethodPost, Path: "/", Action: x.action, Body: page.UploadBody, Handler: func(c *gin.Context) (page.Result, error) {
			return page.Result{JSON: len(c.PostForm("text"))}, nil
		}}}, func(*gin.Context, page.Route) error { return nil })
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader("text="+strings.Repeat("a", 12<<20)))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		answer := httptest.NewRecorder()
		engine.ServeHTTP(answer, r)
		if answer.Code != x.status || x.status == http.StatusOK && answer.Body.String() != fmt.Sprint(12<<20) {
			t.Errorf("%s: %d, %.60s", name, answer.Code, answer.Body.String())
		}
	}
}
