package joined_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"concordat/server/internal/joined"
)

// start answers with what the handler writes.
func start(t *testing.T, outside func(net.Listener) net.Listener, handle http.HandlerFunc) (address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: handle, ConnContext: joined.Context}
	go func() { _ = server.Serve(outside(l)) }()
	t.Cleanup(func() { _ = server.Close() })
	return "http://" + l.Addr().String()
}

func get(t *testing.T, address string) string {
	t.Helper()
	resp, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// Answers of every size arrive whole, also one after the other on the same connection.
func TestHold(t *testing.T) {
	t.Parallel()
	sizes := []int{0, 1, 2047, 2048, 2049, 3900, 4000, 4095, 4096, 4097, 8192, 20_000, 100_000}
	for name, pieces := range map[string]int{"at once": 1, "in pieces": 7} {
		t.Run(name, func(t *testing.T) {
			var body atomic.Pointer[string]
			address := start(t, joined.Listener, func(w http.ResponseWriter, r *http.Request) {
				defer joined.Hold(r.Context())()
				rest := *body.Load()
				for i := pieces; i > 0; i-- {
					n := len(rest) / i
					_, _ = io.WriteString(w, rest[:n])
					rest = rest[n:]
				}
			})
			for _, size := range sizes {
				want := strings.Repeat("0123456789", size/10+1)[:size]
				body.Store(&want)
				if got := get(t, address); got != want {
					t.Errorf("%d bytes arrive as %d, or as others", len(want), len(got))
				}
			}
		})
	}
}

// A connection of another kind is answered as it is.
func TestHoldElsewhere(t *testing.T) {
	t.Parallel()
	joined.Hold(context.Background())()
	address := start(t, func(l net.Listener) net.Listener { return l }, func(w http.ResponseWriter, r *http.Request) {
		defer joined.Hold(r.Context())()
		_, _ = io.WriteString(w, "words")
	})
	if got := get(t, address); got != "words" {
		t.Errorf("%q", got)
	}
}
