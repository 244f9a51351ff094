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

// answer writes what was made for this reader: compressed where the browser takes it, and marked so that no cache gives
// it to another. A page depends on the cookies of its reader: the account, the chosen area.
func answer(c *gin.Context, status int, contentType string, body []byte) {
	h := c.Writer.Header()
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "private, no-cache")
	}
	h.Add("Vary", "Cookie, Accept-Encoding")
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
