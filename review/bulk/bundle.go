package bulk

import (
	"archive/zip"
	"cmp"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/encoding/charmap"

	"concordat/review"
	"concordat/review/intake"
)

// What an import may hold. Files of a ZIP are unpacked one at a time.
const (
	MaxFiles    = 200       // uploads
	MaxUpload   = 100 << 20 // bytes of one upload, when it is a ZIP
	MaxRows     = 2000
	maxEntries  = 5000
	maxUnpacked = 1 << 30 // bytes of all files of one import
)

// An entry is a file of an import: an upload, or a file inside a ZIP that was uploaded.
type entry struct {
	upload int    // its place in Files
	name   string // with its folders in the ZIP
	packed *zip.File
	data   []byte // of an upload
}

// A bundle is all files of an import.
type bundle struct {
	entries []entry
	left    int64 // bytes that may still be unpacked
}

// add opens one upload: a ZIP gives the files in it.
func (b *bundle) add(upload int, name string, data []byte) error {
	z, err := asZIP(data)
	if errors.Is(err, intake.ErrTooLarge) {
		return fmt.Errorf("more than %d files", maxEntries)
	}
	if z == nil {
		b.entries = append(b.entries, entry{upload: upload, name: name, data: data})
		return nil
	}
	if len(z.File)+len(b.entries) > maxEntries {
		return fmt.Errorf("more than %d files", maxEntries)
	}
	for _, f := range z.File {
		if e := (entry{upload: upload, name: entryName(f), packed: f}); !e.unwanted() {
			b.entries = append(b.entries, e)
		}
	}
	return nil
}

// asZIP opens a file as an archive of files; nil when it is none, or is a file of an office program. The error is that
// of intake.OpenZIP.
func asZIP(data []byte) (*zip.Reader, error) {
	z, err := intake.OpenZIP(data, maxEntries)
	if err != nil || isOffice(z) {
		return nil, err
	}
	return z, nil
}

// isOffice tells files of office programs, which are archives too, from ZIP files that hold files.
func isOffice(z *zip.Reader) bool {
	return slices.ContainsFunc(z.File, func(f *zip.File) bool {
		name := strings.ToLower(f.Name)
		return name == "[content_types].xml" || name == "mimetype" || name == "word/document.xml" || name == "xl/workbook.xml"
	})
}

// entryName is a name as people gave it: old programs write it in the alphabet of DOS.
func entryName(f *zip.File) string {
	name := f.Name
	if f.NonUTF8 {
		if s, err := charmap.CodePage437.NewDecoder().String(name); err == nil {
			name = s
		}
	}
	return strings.ToValidUTF8(strings.ReplaceAll(name, `\`, "/"), "\uFFFD")
}

// unwanted are folders and what operating systems and Word leave beside files.
func (e entry) unwanted() bool {
	base := path.Base(e.name)
	return strings.HasSuffix(e.name, "/") || strings.HasPrefix(e.name, "__MACOSX/") || strings.HasPrefix(base, ".") ||
		strings.HasPrefix(base, "~$") || strings.EqualFold(base, "thumbs.db") || strings.EqualFold(base, "desktop.ini")
}

// read gives a file's content; fault says why there is none.
func (b *bundle) read(e entry) (data []byte, fault string) {
	if e.packed == nil {
		return e.data, ""
	}
	if e.packed.Flags&1 != 0 {
		return nil, "The ZIP is protected by a password. Unpack it, and make a ZIP without one"
	}
	limit := min(review.MaxFile+1, b.left)
	r, err := e.packed.Open()
	if err == nil {
		data, err = io.ReadAll(io.LimitReader(r, limit))
		err = cmp.Or(err, r.Close())
	}
	b.left -= int64(len(data))
	switch {
	case int64(len(data)) >= limit:
		return nil, "The file is larger than 20 MB, or the files of the ZIP are too large together. Leave out pictures, or send it in parts"
	case err != nil:
		return nil, "The file is damaged inside the ZIP. Make the ZIP anew, or send the file by itself"
	}
	return data, ""
}

// fileTitle is what a file's name says of it: “tonsils_policy-2018.docx” is “tonsils policy 2018”.
func fileTitle(name string) string {
	base := path.Base(name)
	if end := path.Ext(base); len(end) <= 6 {
		base = strings.TrimSuffix(base, end)
	}
	return strings.Join(strings.FieldsFunc(base, func(r rune) bool { return r == '_' || r == '-' || r == ' ' || r == '.' || r == '+' }), " ")
}
