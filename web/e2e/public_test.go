package e2e_test

import (
	"io"
	"net/http"
	"testing"
	"time"
)

// ask gets an address as the public and gives the status and the body.
func ask(t testing.TB, s *service, path string) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.base+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatalf("asking for %s: %v", path, err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatalf("reading %s: %v", path, err)
	}
	return answer.StatusCode, string(body)
}

func get(t testing.TB, s *service, path string) string {
	t.Helper()
	_, body := ask(t, s, path)
	return body
}

func wantStatus(t testing.TB, s *service, path string, want int) {
	t.Helper()
	if got, _ := ask(t, s, path); got != want {
		t.Errorf("%s answers %d to the public, want %d", path, got, want)
	}
}

// becomesPublic waits for a page that was just published: servers look for what is new once a second.
func becomesPublic(t testing.TB, s *service, path string) {
	t.Helper()
	status := 0
	for range 40 {
		if status, _ = ask(t, s, path); status == http.StatusOK {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("%s answers %d 4 seconds after it was published; the program said:\n%s", path, status, s.said.String())
}
