package session

import (
	"crypto/rand"
	"fmt"
	"log/slog"
	"time"

	"github.com/gin-gonic/gin"

	"concordat/server/internal/page"
)

// Log gives each request an id and writes one line about it: the route's pattern and never the address asked for, which
// may hold a link's secret or what somebody searched for.
func Log(log *slog.Logger) gin.HandlerFunc {
	return func(c *gin.Context) {
		id := rand.Text()[:12]
		page.SetRequestID(c, id)
		c.Header("X-Request-Id", id)
		began := time.Now()
		c.Next()
		log.InfoContext(c.Request.Context(), "request", slog.String("request", id), slog.String("method", c.Request.Method),
			slog.String("route", c.FullPath()), slog.Int("status", c.Writer.Status()), slog.Duration("took", time.Since(began)))
	}
}

// Recover turns a panic into the page for a fault of ours.
func Recover(site *page.Site) gin.HandlerFunc {
	return gin.CustomRecoveryWithWriter(nil, func(c *gin.Context, cause any) {
		site.Fail(c, fmt.Errorf("panic: %v", cause))
	})
}
