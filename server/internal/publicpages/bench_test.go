package publicpages_test

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
)

// BenchmarkPublishedPage answers a policy's page from memory, beside a bare handler that does nothing but send the
// same bytes, which is the most that the standard library can do.
func BenchmarkPublishedPage(b *testing.B) {
	w, _, _, _ := simple(b)
	const path = "/policies/carpal-tunnel-surgery"
	body := []byte(w.get(path, "").text)
	bare := http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Content-Type", "text/html; charset=utf-8")
		rw.Header().Set("Content-Length", strconv.Itoa(len(body)))
		_, _ = rw.Write(body)
	})
	for name, h := range map[string]http.Handler{"library": w.handler, "bare": bare} {
		b.Run(name, func(b *testing.B) {
			server := httptest.NewServer(h)
			defer server.Close()
			b.SetBytes(int64(len(body)))
			b.RunParallel(func(pb *testing.PB) {
				client := &http.Client{Transport: &http.Transport{DisableCompression: true}}
				defer client.CloseIdleConnections()
				for pb.Next() {
					fetch(b, client, server.URL+path, len(body))
				}
			})
		})
	}
}

func fetch(b *testing.B, client *http.Client, address string, want int) {
	resp, err := client.Get(address)
	if err != nil {
		b.Error(err)
		return
	}
	defer resp.Body.Close()
	n, err := discard(resp)
	if err != nil || n != want {
		b.Errorf("%d bytes, %v; want %d", n, err, want)
	}
}

// BenchmarkMake makes a policy's page and the whole snapshot anew.
func BenchmarkMake(b *testing.B) {
	w, _, _, _ := simple(b)
	b.Run("snapshot", func(b *testing.B) {
		for b.Loop() {
			if err := w.library().Refresh(w.ctx); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("page", func(b *testing.B) {
		for b.Loop() {
			lib := w.library()
			if err := lib.Refresh(w.ctx); err != nil {
				b.Fatal(err)
			}
			w.ask(lib.Front(http.NotFoundHandler()), nil, "/policies/carpal-tunnel-surgery", "aldermoss", nil)
		}
	})
}

// BenchmarkFront is what finding and sending a kept page costs without a network.
func BenchmarkFront(b *testing.B) {
	w, _, _, _ := simple(b)
	r := httptest.NewRequest(http.MethodGet, "/policies/carpal-tunnel-surgery", nil)
	out := nowhere{http.Header{}}
	b.ReportAllocs()
	for b.Loop() {
		w.handler.ServeHTTP(out, r)
	}
}

// nowhere is an answer that nobody reads.
type nowhere struct{ header http.Header }

func (n nowhere) Header() http.Header         { return n.header }
func (n nowhere) Write(b []byte) (int, error) { return len(b), nil }
func (n nowhere) WriteHeader(int)             {}
