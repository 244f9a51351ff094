package intake

import (
	"archive/zip"
	"bytes"
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
	files   map[string]*zip.File
	left    int64 // bytes that may still be unpacked
	measure *measure
}

func openArchive(data []byte) (*archive, error) {
	z, err := OpenZIP(data, maxFiles)
	if err != nil {
		return nil, err
	}
	a := &archive{files: make(map[string]*zip.File, len(z.File)), left: maxParts, measure: newMeasure()}
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
	r, err := a.open(f)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	n, err := parseXML(r, a.measure)
	if err != nil {
		return nil, fmt.Errorf("part %s: %w", name, err)
	}
	return n, nil
}

// open unpacks a part while it is read. The caller closes it.
func (a *archive) open(f *zip.File) (io.ReadCloser, error) {
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%w (%v)", ErrDamaged, err)
	}
	return &part{ReadCloser: r, archive: a, left: maxPart}, nil
}

// A part ends with ErrTooLarge when it, or all parts together, are larger than they may be.
type part struct {
	io.ReadCloser
	archive *archive
	left    int64
}

func (p *part) Read(b []byte) (int, error) {
	n, err := p.ReadCloser.Read(b)
	p.left -= int64(n)
	p.archive.left -= int64(n)
	if p.left < 0 || p.archive.left < 0 {
		return 0, ErrTooLarge
	}
	return n, err
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
