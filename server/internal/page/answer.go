package page

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/gin-gonic/gin"
)

// forReader marks what was made for this reader, so that no cache gives it to another. It depends on the reader's cookies:
// the account, the chosen area.
func forReader(h http.Header) {
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "private, no-cache")
	}
	h.Add("Vary", "Cookie, Accept-Encoding")
}

// answer writes what was made for this reader, compressed where the browser takes it.
func answer(c *gin.Context, status int, contentType string, body []byte) {
	h := c.Writer.Header()
	forReader(h)
	if len(body) > leastCompressed && takesGzip(c.Request) {
		h.Set("Content-Encoding", "gzip")
		body = compressed(body)
	}
	h.Set("Content-Length", strconv.Itoa(len(body))) // said to HEAD too
	c.Data(status, contentType, body)
}

// leastCompressed is a packet: less gains nothing.
const leastCompressed = 1400

func takesGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, quality, _ := strings.Cut(part, ";")
		if strings.EqualFold(strings.TrimSpace(name), "gzip") {
			return strings.ReplaceAll(quality, " ", "") != "q=0"
		}
	}
	return false
}

var zippers = sync.Pool{New: func() any {
	z, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // the level is a good one
	return z
}}

func compressed(body []byte) []byte {
	z, ok := zippers.Get().(*gzip.Writer)
	if !ok {
		return body
	}
	defer zippers.Put(z)
	var out bytes.Buffer
	z.Reset(&out)
	_, _ = z.Write(body) // a buffer takes all
	_ = z.Close()
	return out.Bytes()
}
