package stores

import (
	"context"
	"io"
	"strings"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"concordat/review"
	"concordat/server/internal/docstore"
)

// Files keeps uploads by their content. It is a review.Files.
type Files struct {
	*Keeper
	Now func() time.Time
}

var _ review.Files = Files{}

// Keep reads r to its end; when it returns the file is on the disk.
func (s Files) Keep(ctx context.Context, r io.Reader) (sha256 string, size int64, err error) {
	blob, err := s.Docs.Blobs().Put(ctx, r, s.Now())
	return blob.SHA256, blob.Size, err
}

// Open returns record.ErrNotFound when there is none. The caller closes what it gets.
func (s Files) Open(ctx context.Context, sha256 string) (io.ReadCloser, error) {
	r, _, err := s.Docs.Blobs().Open(ctx, sha256)
	return r, err
}

// FilesOf gives the names of the kept files that a governed document names.
func FilesOf(name string, d docstore.Doc) ([]string, error) {
	k, err := kindOf(name)
	if err != nil || k.files == "" {
		return nil, err
	}
	return texts(bson.RawValue{Type: bson.TypeEmbeddedDocument, Value: d.Body}, strings.Split(k.files, ".")), nil
}

// texts are what stands under a path, in each element of a list on the way.
func texts(v bson.RawValue, path []string) (out []string) {
	if list, ok := v.ArrayOK(); ok {
		values, _ := list.Values() // a damaged list has none; that it is damaged shows in the document's hash
		for _, x := range values {
			out = append(out, texts(x, path)...)
		}
		return out
	}
	if len(path) == 0 {
		if s, ok := v.StringValueOK(); ok && s != "" {
			out = append(out, s)
		}
		return out
	}
	fields, ok := v.DocumentOK()
	if !ok {
		return nil
	}
	return texts(fields.Lookup(path[0]), path[1:])
}
