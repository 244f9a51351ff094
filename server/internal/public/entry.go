package public

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/andybalholm/brotli"

	"concordat/server/internal/joined"
)

// entry is a page as ready bytes with ready headers.
type entry struct {
	stamp string    // of the facts that it was made from
	until time.Time // it would differ from this instant on; zero is never
	plain coded
	// Compressing is done when somebody first asks for it: of 1,350 pages few are read between two changes.
	gzipped, brotlied sync.Once
	gzip, brotli      coded
	header            http.Header // shared by all codings
	size              int
}

// coded is one coding of a page with the headers that it needs. No bytes: it would not be smaller.
type coded struct {
	body     []byte
	etag     []string
	length   []string
	encoding []string
}

const vary = "Accept-Encoding, Cookie"

// newEntry makes a page ready. The tag includes the build, and differs with the coding.
func (l *Library) newEntry(body []byte, contentType, stamp string, until time.Time) *entry {
	h := sha256.New()
	_, _ = h.Write([]byte(l.Build)) // a hash never fails
	_, _ = h.Write([]byte{0})
	_, _ = h.Write(body)
	tag := hex.EncodeToString(h.Sum(nil)[:12])
	e := &entry{stamp: stamp, until: until, size: len(body) * 2, header: l.Headers.Clone()}
	if e.header == nil {
		e.header = http.Header{}
	}
	e.header.Set("Content-Type", contentType)
	// A withdrawal must be seen at once, so every reader asks whether its copy is still true; most answers are 304.
	e.header.Set("Cache-Control", "no-cache")
	e.header.Set("Vary", vary)
	e.plain = newCoded(body, tag, "")
	return e
}

func newCoded(body []byte, tag, encoding string) coded {
	c := coded{body: body, length: []string{strconv.Itoa(len(body))}}
	if encoding == "" {
		c.etag = []string{`"` + tag + `"`}
		return c
	}
	c.encoding = []string{encoding}
	c.etag = []string{`"` + tag + "-" + encoding + `"`}
	return c
}

// in is the page in the coding that suits a request best.
func (e *entry) in(accepts string) *coded {
	if accepts == "" {
		return &e.plain
	}
	if accepted(accepts, "br") {
		e.brotlied.Do(func() { e.brotli = e.code("br", brotlied) })
		if e.brotli.body != nil {
			return &e.brotli
		}
	}
	if accepted(accepts, "gzip") {
		e.gzipped.Do(func() { e.gzip = e.code("gzip", gzipped) })
		if e.gzip.body != nil {
			return &e.gzip
		}
	}
	return &e.plain
}

func (e *entry) code(encoding string, pack func([]byte) ([]byte, error)) coded {
	packed, err := pack(e.plain.body)
	if err != nil || len(packed) >= len(e.plain.body) {
		return coded{}
	}
	return newCoded(packed, strings.Trim(e.plain.etag[0], `"`), encoding)
}

// accepted tells whether a coding is named in Accept-Encoding, and not with weight zero.
func accepted(header, coding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(part, ";")
		if strings.TrimSpace(name) != coding {
			continue
		}
		q, found := strings.CutPrefix(strings.ReplaceAll(params, " ", ""), "q=")
		weight, err := strconv.ParseFloat(q, 64)
		return !found || err != nil || weight > 0
	}
	return false
}

func gzipped(body []byte) ([]byte, error) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(body); err != nil {
		return nil, err
	}
	err := w.Close()
	return b.Bytes(), err
}

func brotlied(body []byte) ([]byte, error) {
	const level = 5 // 1 ms for a page of 40 KB; the highest takes 60 ms and saves 6 %
	var b bytes.Buffer
	w := brotli.NewWriterLevel(&b, level)
	if _, err := w.Write(body); err != nil {
		return nil, err
	}
	err := w.Close()
	return b.Bytes(), err
}

// write answers a request with the page.
func (e *entry) write(w http.ResponseWriter, r *http.Request) {
	c := e.in(r.Header.Get("Accept-Encoding"))
	h := w.Header()
	for name, values := range e.header {
		h[name] = values
	}
	h["Etag"] = c.etag
	if match := r.Header.Get("If-None-Match"); match != "" && matches(match, c.etag[0]) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	if c.encoding != nil {
		h["Content-Encoding"] = c.encoding
	}
	h["Content-Length"] = c.length
	if r.Method == http.MethodHead {
		return
	}
	release := joined.Hold(r.Context())
	defer release()
	// A reader who has gone needs no answer.
	_, _ = w.Write(c.body)
}

// matches compares as RFC 9110 asks of If-None-Match: a list, weak or not, or anything.
func matches(header, etag string) bool {
	if header == etag {
		return true
	}
	for part := range strings.SplitSeq(header, ",") {
		part = strings.TrimSpace(part)
		if part == "*" || strings.TrimPrefix(part, "W/") == etag {
			return true
		}
	}
	return false
}

// key is an address with what else the answer depends on.
type key struct{ path, area string }

// entries keeps pages up to a number of bytes; beyond it the oldest go.
type entries struct {
	mu    sync.RWMutex
	pages map[key]*entry
	order []key
	bytes int
}

// mostBytes bounds the cache. A page that is not in it costs a millisecond or two.
const mostBytes = 32 << 20

// get finds a page that is still true.
func (c *entries) get(k key, stamp string, now time.Time) *entry {
	c.mu.RLock()
	e := c.pages[k]
	c.mu.RUnlock()
	if e == nil || e.stamp != stamp || !e.until.IsZero() && !now.Before(e.until) {
		return nil
	}
	return e
}

func (c *entries) put(k key, e *entry) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.pages == nil {
		c.pages = map[key]*entry{}
	}
	if old := c.pages[k]; old != nil {
		c.bytes -= old.size
	} else {
		c.order = append(c.order, k)
	}
	c.pages[k] = e
	c.bytes += e.size
	for c.bytes > mostBytes && len(c.order) > 1 {
		oldest := c.order[0]
		c.order = c.order[1:]
		c.bytes -= c.pages[oldest].size
		delete(c.pages, oldest)
	}
}
