package session

import (
	"net/http"
	"strings"
)

// What every answer says to the browser. Nothing is loaded from elsewhere, nothing is run that stands in a page, and no
// other site shows ours in a frame.
var protection = [][2]string{
	{"Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
		"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
	{"Referrer-Policy", "same-origin"},
	{"X-Content-Type-Options", "nosniff"},
	{"X-Frame-Options", "DENY"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
	{"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"},
}

const strictTransport = "max-age=63072000; includeSubDomains"

// Headers sets what protects an answer. secure is for a service that is reached over TLS only.
func Headers(h http.Header, secure bool) {
	for _, p := range protection {
		h.Set(p[0], p[1])
	}
	if secure {
		h.Set("Strict-Transport-Security", strictTransport)
	}
}

// Protect puts the headers on every answer and refuses what another site makes a browser send. publicURL is the address
// under which people reach the service: behind a proxy it is another one than the request says; "" when it is the same.
func Protect(next http.Handler, secure bool, publicURL string) (http.Handler, error) {
	cross := http.NewCrossOriginProtection()
	if publicURL != "" {
		if err := cross.AddTrustedOrigin(strings.TrimSuffix(publicURL, "/")); err != nil {
			return nil, err
		}
	}
	cross.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "This form was sent from another site, so nothing was done.", http.StatusForbidden)
	}))
	inner := cross.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		Headers(w.Header(), secure)
		inner.ServeHTTP(w, r)
	}), nil
}
