package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"path"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/andybalholm/brotli"
)

func TestAssets(t *testing.T) {
	t.Parallel()
	a, err := NewAssets()
	if err != nil {
		t.Fatal(err)
	}
	for name, f := range a.files {
		address, err := a.Path(name)
		if err != nil {
			t.Fatal(err)
		}
		got, ok := a.Lookup(address)
		if !ok || !bytes.Equal(got.Bytes, f.Bytes) {
			t.Errorf("%s is not found at %s", name, address)
		}
		if !strings.HasPrefix(address, Prefix) {
			t.Errorf("%s is at %s", name, address)
		}
		unpacked(t, name, f)
	}
	if _, err := a.Path("gone.css"); err == nil {
		t.Error("a file that is not there has an address")
	}
	for _, address := range []string{"", "/static/", "/static/0/concordat.css", a.root, a.root + "../embed.go", a.root + "gone.css"} {
		if _, ok := a.Lookup(address); ok {
			t.Errorf("Lookup(%q) found something", address)
		}
	}
}

func unpacked(t *testing.T, name string, f Asset) {
	t.Helper()
	if f.Gzip != nil {
		z, err := gzip.NewReader(bytes.NewReader(f.Gzip))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(z); err != nil || !bytes.Equal(got, f.Bytes) {
			t.Errorf("%s: gzip gives other bytes: %v", name, err)
		}
	}
	if f.Brotli != nil {
		if got, err := io.ReadAll(brotli.NewReader(bytes.NewReader(f.Brotli))); err != nil || !bytes.Equal(got, f.Bytes) {
			t.Errorf("%s: brotli gives other bytes: %v", name, err)
		}
	}
}

var (
	cssAddress = regexp.MustCompile(`url\(["']?([^)"']+)`)
	jsAddress  = regexp.MustCompile(`(?m)^import [^;]*?["']([^"']+)["']`)
)

// Every address in a stylesheet or script leads to a file of ours, so that the page needs no other server.
func TestAddressesInside(t *testing.T) {
	t.Parallel()
	a, err := NewAssets()
	if err != nil {
		t.Fatal(err)
	}
	for name, f := range a.files {
		var found [][][]byte
		switch path.Ext(name) {
		case ".css":
			found = cssAddress.FindAllSubmatch(f.Bytes, -1)
		case ".js":
			found = jsAddress.FindAllSubmatch(f.Bytes, -1)
		}
		for _, m := range found {
			target := path.Join(path.Dir(name), string(m[1]))
			if _, ok := a.files[target]; !ok {
				t.Errorf("%s names %s, which is not there", name, m[1])
			}
		}
		if path.Ext(name) == ".css" && bytes.Contains(f.Bytes, []byte("@font-face")) {
			t.Errorf("%s brings a typeface", name)
		}
	}
}

func TestAddressFollowsContent(t *testing.T) {
	t.Parallel()
	root := func(text string) string {
		a, err := newAssets(fstest.MapFS{"a.css": {Data: []byte("x")}, "b.js": {Data: []byte(text)}})
		if err != nil {
			t.Fatal(err)
		}
		return a.root
	}
	first := root("one")
	if first == root("two") {
		t.Error("the address stays when a file changes")
	}
	if again := root("one"); first != again {
		t.Errorf("the address changes when nothing does: %s, then %s", first, again)
	}
	if _, err := newAssets(fstest.MapFS{"a.exe": {Data: []byte("x")}}); err == nil {
		t.Error("a file of unknown type was taken")
	}
}
