package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"

	"github.com/andybalholm/brotli"
)

// Prefix begins the address of every static file.
const Prefix = "/static/"

// Assets are the static files, each ready to be sent. All share one address that changes with
// any of them, so a browser may keep a file for ever, and the relative addresses in stylesheets
// and scripts work as they are.
type Assets struct {
	root  string
	files map[string]Asset
}

// An Asset is one static file. Gzip and Brotli are nil where compressing does not make it smaller.
// The slices are shared: nobody may change them.
type Asset struct {
	Bytes       []byte
	Gzip        []byte
	Brotli      []byte
	ContentType string
	ETag        string
}

// NewAssets reads and compresses the embedded files.
func NewAssets() (*Assets, error) {
	sub, err := fs.Sub(static, "static")
	if err != nil {
		return nil, fmt.Errorf("opening the static files: %w", err)
	}
	return newAssets(sub)
}

func newAssets(fsys fs.FS) (*Assets, error) {
	a := &Assets{files: map[string]Asset{}}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		return a.add(fsys, name)
	})
	if err != nil {
		return nil, fmt.Errorf("reading the static files: %w", err)
	}
	a.root = Prefix + a.digest() + "/"
	return a, nil
}

// Path gives the address of a file named as under static, such as "concordat.css".
// An unknown name is an error: a page that asks for it would be broken.
func (a *Assets) Path(name string) (string, error) {
	if _, ok := a.files[name]; !ok {
		return "", fmt.Errorf("static file %q: there is none", name)
	}
	return a.root + name, nil
}

// Lookup finds the file at an address made by Path. An address of another build finds nothing.
func (a *Assets) Lookup(address string) (Asset, bool) {
	name, ok := strings.CutPrefix(address, a.root)
	if !ok {
		return Asset{}, false
	}
	f, ok := a.files[name]
	return f, ok
}

func (a *Assets) add(fsys fs.FS, name string) error {
	kind, ok := contentTypes[path.Ext(name)]
	if !ok {
		return fmt.Errorf("%s: a static file of unknown type", name)
	}
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(data)
	f := Asset{Bytes: data, ContentType: kind, ETag: `"` + hex.EncodeToString(sum[:12]) + `"`}
	if f.Gzip, err = gzipped(data); err != nil {
		return err
	}
	if f.Brotli, err = brotlied(data); err != nil {
		return err
	}
	a.files[name] = f
	return nil
}

var contentTypes = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
	".txt": "text/plain; charset=utf-8",
	".png": "image/png",
}

func (a *Assets) digest() string {
	names := make([]string, 0, len(a.files))
	for name := range a.files {
		names = append(names, name)
	}
	sort.Strings(names)
	h := sha256.New()
	for _, name := range names {
		fmt.Fprintf(h, "%s %s\n", name, a.files[name].ETag)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

func gzipped(data []byte) ([]byte, error) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return smaller(b.Bytes(), data), nil
}

// Level 6 takes a few milliseconds for all files at start; the highest takes a second and saves 8 KB.
func brotlied(data []byte) ([]byte, error) {
	var b bytes.Buffer
	w := brotli.NewWriterLevel(&b, 6)
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return smaller(b.Bytes(), data), nil
}

func smaller(packed, plain []byte) []byte {
	if len(packed) >= len(plain) {
		return nil
	}
	return packed
}
