package stores

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.mongodb.org/mongo-driver/v2/bson"

	"concordat/review/programme"
	"concordat/server/internal/docstore"
	"concordat/server/internal/docstore/sqlite"
)

func newDocs(t *testing.T) docstore.Store {
	t.Helper()
	docs, err := sqlite.Open(context.Background(), t.TempDir(), Collections())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := docs.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return docs
}

func body(t *testing.T, fields bson.D) []byte {
	t.Helper()
	b, err := bson.Marshal(fields)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A program that is older than the documents must not start: it would write what the newer one cannot read.
func TestNewerDocumentsStopTheStart(t *testing.T) {
	t.Parallel()
	docs, ctx := newDocs(t), context.Background()
	if _, err := Open(ctx, docs); err != nil {
		t.Fatalf("first start: %v", err)
	}
	if _, err := Open(ctx, docs); err != nil {
		t.Fatalf("second start: %v", err)
	}
	for id, schema := range map[string]int{"policy": 99, "verdict": 1} { // a newer shape, and a kind that is not known
		docs := newDocs(t)
		newer := docstore.Put{Collection: shapes.Name, Was: docstore.Whatever, Doc: docstore.Doc{ID: id, Revision: 1, Body: body(t, bson.D{{Key: "schema", Value: schema}})}}
		if err := docs.Commit(ctx, docstore.Batch{Puts: []docstore.Put{newer}}); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(ctx, docs); err == nil || !strings.Contains(err.Error(), "run the newer program") {
			t.Errorf("%s of shape %d: Open = %v, want a refusal that says what to run", id, schema, err)
		}
	}
}

func TestADocumentOfAnUnknownShapeIsNotRead(t *testing.T) {
	t.Parallel()
	for _, schema := range []any{nil, 0, 99, "one"} {
		doc := docstore.Doc{ID: "x", Revision: 1, Body: body(t, bson.D{{Key: "id", Value: "x"}, {Key: "schema", Value: schema}})}
		if err := decode(doc, &programme.Programme{}); err == nil {
			t.Errorf("a document of shape %v was read", schema)
		}
	}
}

func TestOlderShapesAreBroughtUpStepByStep(t *testing.T) {
	t.Parallel()
	rename := func(from, to string) func(bson.D) (bson.D, error) {
		return func(d bson.D) (bson.D, error) {
			for i := range d {
				if d[i].Key == from {
					d[i].Key = to
					return d, nil
				}
			}
			return nil, errors.New("no field " + from)
		}
	}
	steps := []func(bson.D) (bson.D, error){rename("label", "title"), rename("title", "name")}
	for _, tc := range []struct {
		was   string
		steps []func(bson.D) (bson.D, error)
		want  string
	}{{"label", steps, "name"}, {"title", steps[1:], "name"}, {"title", steps, ""}} {
		now, err := upgrade(body(t, bson.D{{Key: tc.was, Value: "Fifteen places"}}), tc.steps)
		if (err == nil) != (tc.want != "") {
			t.Fatalf("upgrade of %s: %v", tc.was, err)
		}
		if err == nil && bson.Raw(now).Lookup(tc.want).StringValue() != "Fifteen places" {
			t.Errorf("upgrade of %s = %s", tc.was, bson.Raw(now))
		}
	}
}

// Whatever names a kept file in any shape is found there; a shape that names one elsewhere needs its own path. The rows
// of an import have the hashes of what their uploads hold, and those parts are not kept by themselves.
func TestFilesAreNamedWhereTheKindSays(t *testing.T) {
	t.Parallel()
	shapes, err := filepath.Glob("testdata/shapes/*.json")
	if err != nil || len(shapes) == 0 {
		t.Fatal(err)
	}
	for _, file := range shapes {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var d bson.D
		if err := bson.UnmarshalExtJSON(text, true, &d); err != nil {
			t.Fatal(err)
		}
		name, _, _ := strings.Cut(filepath.Base(file), "-")
		if name == "attempt" { // no document, but a note that expires
			continue
		}
		got, err := FilesOf(name, docstore.Doc{Body: body(t, d)})
		want := strings.Count(string(text), `"sha256":`)
		if name == "import" {
			want--
		}
		if err != nil || len(got) != want {
			t.Errorf("%s names the files %q, %v; want %d", file, got, err, want)
		}
	}
}
