package intake

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// What is unpacked is bounded, whatever sizes the archive declares: a part, and all parts together.
const (
	maxPart  = 48 << 20
	maxParts = 96 << 20
	maxFiles = 5000
)

// An archive is a Word file's parts, unpacked on demand.
type archive struct {
	files map[string]*zip.File
	left  int64
}

func openArchive(data []byte) (*archive, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("%w (%v)", ErrDamaged, err)
	}
	if len(z.File) > maxFiles {
		return nil, ErrTooLarge
	}
	a := &archive{files: make(map[string]*zip.File, len(z.File)), left: maxParts}
	for _, f := range z.File {
		a.files[partName(f.Name)] = f
	}
	return a, nil
}

// partName is how a part is looked up: names are not case sensitive, and may begin with a slash.
func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean(strings.ReplaceAll(name, `\`, "/")), "/"))
}

func (a *archive) has(name string) bool { return a.files[partName(name)] != nil }

// tree reads a part as XML; a part that is not there is nil.
func (a *archive) tree(name string) (*node, error) {
	f := a.files[partName(name)]
	if f == nil {
		return nil, nil
	}
	data, err := a.bytes(f)
	if err != nil {
		return nil, err
	}
	n, err := parseXML(data)
	if err != nil {
		return nil, fmt.Errorf("part %s: %w", name, err)
	}
	return n, nil
}

func (a *archive) bytes(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%w (%v)", ErrDamaged, err)
	}
	defer r.Close()
	limit := min(maxPart, a.left)
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	switch {
	case int64(len(data)) > limit:
		return nil, ErrTooLarge
	case err != nil && !errors.Is(err, io.EOF):
		return nil, fmt.Errorf("%w (%v)", ErrDamaged, err)
	}
	a.left -= int64(len(data))
	return data, nil
}

// A relation is what a part refers to by an id.
type relation struct {
	kind     string // the last word of its type: "hyperlink", "header"
	target   string // an address, or the name of a part
	external bool
}

// relations of a part, by id.
func (a *archive) relations(part string) (map[string]relation, error) {
	dir, file := path.Split(part)
	n, err := a.tree(dir + "_rels/" + file + ".rels")
	if err != nil || n == nil {
		return nil, err
	}
	out := map[string]relation{}
	for _, c := range n.all("Relationship") {
		r := relation{kind: path.Base(c.attr("Type")), target: c.attr("Target"), external: c.attr("TargetMode") == "External"}
		if !r.external && !strings.HasPrefix(r.target, "/") {
			r.target = path.Join(dir, r.target)
		}
		out[c.attr("Id")] = r
	}
	return out, nil
}

// related is the one part of a kind that another refers to, "" when there is none.
func related(rels map[string]relation, kind string) string {
	best := ""
	for _, r := range rels {
		if r.kind == kind && !r.external && (best == "" || r.target < best) {
			best = r.target
		}
	}
	return strings.TrimPrefix(best, "/")
}

// isZIP says whether a file is an archive. Its two letters alone may begin a text on PKD.
func isZIP(data []byte) bool {
	return bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("PK\x05\x06"))
}
