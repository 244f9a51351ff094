package docstoretest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"concordat/review/record"
	"concordat/server/internal/docstore"
)

var noon = time.Date(2027, 4, 1, 12, 0, 0, 0, time.UTC)

func mustKeep(t *testing.T, s docstore.Store, content []byte, now time.Time) docstore.Blob {
	t.Helper()
	b, err := s.Blobs().Put(t.Context(), bytes.NewReader(content), now)
	if err != nil {
		t.Fatalf("keeping a file: %v", err)
	}
	return b
}

func wantFile(t *testing.T, s docstore.Store, want docstore.Blob, content []byte) {
	t.Helper()
	r, got, err := s.Blobs().Open(t.Context(), want.SHA256)
	if err != nil {
		t.Fatalf("opening file %s: %v", want.SHA256, err)
	}
	defer r.Close()
	all, err := io.ReadAll(r)
	if err != nil || !bytes.Equal(all, content) || got.Size != want.Size || !got.Created.Equal(want.Created) {
		t.Errorf("file %+v came back as %+v, %d bytes, %v", want, got, len(all), err)
	}
}

func random(size int, seed byte) []byte {
	b := make([]byte, size)
	_, _ = rand.NewChaCha8([32]byte{seed}).Read(b)
	return b
}

func files(t *testing.T, p Place) {
	s := open(t, p)
	names := map[string]bool{}
	for i, size := range []int{0, 1, docstore.ChunkSize - 1, docstore.ChunkSize, docstore.ChunkSize + 1, 3 * docstore.ChunkSize} {
		content := random(size, byte(i))
		sum := sha256.Sum256(content)
		want := docstore.Blob{SHA256: hex.EncodeToString(sum[:]), Size: int64(size), Created: noon}
		if got := mustKeep(t, s, content, noon.Add(999*time.Microsecond)); got != want {
			t.Errorf("kept %+v, want %+v", got, want)
		}
		wantFile(t, s, want, content)
		// The same bytes again: one file, as new as the newest, never older.
		want.Created = noon.Add(time.Minute)
		mustKeep(t, s, content, want.Created)
		mustKeep(t, s, content, noon.Add(-time.Minute))
		wantFile(t, s, want, content)
		names[want.SHA256] = true
	}
	after := ""
	for range names {
		list, err := s.Blobs().List(t.Context(), after, 1)
		if err != nil || len(list) != 1 || !names[list[0].SHA256] || list[0].SHA256 <= after || !list[0].Created.Equal(noon.Add(time.Minute)) {
			t.Fatalf("after %q: %+v, %v", after, list, err)
		}
		after = list[0].SHA256
	}
	if list, err := s.Blobs().List(t.Context(), after, 10); len(list) != 0 || err != nil {
		t.Errorf("after the last: %v, %v", list, err)
	}
	if _, _, err := s.Blobs().Open(t.Context(), strings.Repeat("0", 64)); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("opening what is not there: %v, want ErrNotFound", err)
	}
}

// stream gives bytes that nobody holds in memory.
func stream(size int64) io.Reader {
	return io.LimitReader(rand.NewChaCha8([32]byte{7}), size)
}

func largeFile(t *testing.T, p Place) {
	s := open(t, p)
	size := int64(100<<20 + 1)
	if testing.Short() {
		size = 10<<20 + 1
	}
	b, err := s.Blobs().Put(t.Context(), stream(size), noon)
	if err != nil || b.Size != size {
		t.Fatalf("kept %+v, %v", b, err)
	}
	r, _, err := s.Blobs().Open(t.Context(), b.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	sum := sha256.New()
	if n, err := io.Copy(sum, r); n != size || err != nil {
		t.Fatalf("read %d bytes, %v; want %d", n, err, size)
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != b.SHA256 {
		t.Errorf("the bytes have the hash %s, want %s", got, b.SHA256)
	}
}

func filesDeleted(t *testing.T, p Place) {
	s := open(t, p)
	content := random(2*docstore.ChunkSize, 1)
	b := mustKeep(t, s, content, noon)
	remove := func(before time.Time) {
		t.Helper()
		if err := s.Blobs().Delete(t.Context(), b.SHA256, before); err != nil {
			t.Errorf("deleting: %v", err)
		}
	}
	remove(noon)
	wantFile(t, s, b, content)
	remove(noon.Add(time.Millisecond))
	if _, _, err := s.Blobs().Open(t.Context(), b.SHA256); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("a deleted file: %v, want ErrNotFound", err)
	}
	remove(noon.Add(time.Millisecond))
	wantFile(t, s, mustKeep(t, s, content, noon), content)
}

type cutOff struct{ left int }

var errCut = errors.New("the line went dead")

func (c *cutOff) Read(p []byte) (int, error) {
	if c.left == 0 {
		return 0, errCut
	}
	n := min(c.left, len(p))
	c.left -= n
	return n, nil
}

func fileCutOff(t *testing.T, p Place) {
	s := open(t, p)
	for _, after := range []int{0, 10, docstore.ChunkSize, 2*docstore.ChunkSize + 1} {
		if _, err := s.Blobs().Put(t.Context(), &cutOff{after}, noon); !errors.Is(err, errCut) {
			t.Errorf("cut off after %d bytes: %v, want the reader's error", after, err)
		}
	}
	if list, err := s.Blobs().List(t.Context(), "", 10); len(list) != 0 || err != nil {
		t.Errorf("kept %v, %v; want nothing", list, err)
	}
}

// filesInParallel keeps and sweeps the same content at once. A file that was just kept is never swept.
func filesInParallel(t *testing.T, p Place) {
	s, other := open(t, p), open(t, p)
	content := random(docstore.ChunkSize+1, 3)
	for round := range 10 {
		now := noon.Add(time.Duration(round) * time.Hour)
		var kept docstore.Blob
		together(6, func(i int) bool {
			if i%3 == 0 {
				if err := either(i, s, other).Blobs().Delete(t.Context(), hash(content), now); err != nil {
					t.Error(err)
				}
				return true
			}
			b, err := either(i, s, other).Blobs().Put(t.Context(), bytes.NewReader(content), now)
			if err != nil {
				t.Error(err)
			}
			if i == 1 {
				kept = b
			}
			return true
		})
		wantFile(t, s, kept, content)
	}
}

func hash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
