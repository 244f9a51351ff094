package page_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

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
