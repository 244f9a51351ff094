package main

import (
	"net/http"
	"strconv"
	"strings"

	"concordat/web"
)

// static answers requests for static files, whose addresses change with their content, and passes on the rest.
func (a *app) static(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, web.Prefix) || r.Method != http.MethodGet && r.Method != http.MethodHead {
			next.ServeHTTP(w, r)
			return
		}
		asset, ok := a.assets.Lookup(r.URL.Path)
		if !ok {
			http.NotFound(w, r)
			return
		}
		h := w.Header()
		h.Set("Content-Type", asset.ContentType)
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		h.Set("ETag", asset.ETag)
		h.Set("Vary", "Accept-Encoding")
		if r.Header.Get("If-None-Match") == asset.ETag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		body := asset.Bytes
		switch accepts := r.Header.Get("Accept-Encoding"); {
		case asset.Brotli != nil && strings.Contains(accepts, "br"):
			h.Set("Content-Encoding", "br")
			body = asset.Brotli
		case asset.Gzip != nil && strings.Contains(accepts, "gzip"):
			h.Set("Content-Encoding", "gzip")
			body = asset.Gzip
		}
		h.Set("Content-Length", strconv.Itoa(len(body)))
		if r.Method == http.MethodHead {
			return
		}
		// A reader who has gone needs no answer.
		_, _ = w.Write(body)
	})
}
