package stores

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"go.mongodb.org/mongo-driver/v2/bson"

	"concordat/review/record"
	"concordat/server/internal/docstore"
)

// kind says how documents of one kind are kept. Upgrades turn the shape n+1 (from 0) into the next; the number
// of the current shape follows from them. Each shape that was ever stored has a golden file in testdata/shapes. Files
// is where, in every shape, the names of kept files stand.
type kind struct {
	docstore.Collection
	upgrades []func(bson.D) (bson.D, error)
	files    string
}

func (k kind) schema() int { return len(k.upgrades) + 1 }

func kindOf(name string) (kind, error) {
	i := slices.IndexFunc(kinds, func(k kind) bool { return k.Name == name })
	if i < 0 {
		return kind{}, fmt.Errorf("documents of kind %q are not kept: kinds lacks it", name)
	}
	return kinds[i], nil
}

// Collections are all that the program keeps.
func Collections() []docstore.Collection {
	out := []docstore.Collection{events, shapes, outbox}
	out = append(out, plain...)
	for _, k := range kinds {
		out = append(out, k.Collection)
	}
	return out
}

// decode reads a kept document into d, from the shape it has to the shape of today.
func decode(doc docstore.Doc, d record.Document) error {
	k, err := kindOf(d.Kind())
	if err != nil {
		return err
	}
	body := doc.Body
	schema, ok := bson.Raw(body).Lookup("schema").AsInt64OK()
	if !ok || schema < 1 || int(schema) > k.schema() {
		return fmt.Errorf("reading %s %s: its shape is %d and this program knows shapes 1 to %d", d.Kind(), doc.ID, schema, k.schema())
	}
	if int(schema) < k.schema() {
		if body, err = upgrade(body, k.upgrades[schema-1:]); err != nil {
			return fmt.Errorf("reading %s %s of shape %d: %w", d.Kind(), doc.ID, schema, err)
		}
	}
	if err := bson.Unmarshal(body, d); err != nil {
		return fmt.Errorf("reading %s %s: %w", d.Kind(), doc.ID, err)
	}
	d.Header().Chain = doc.Chain
	return nil
}

func upgrade(body []byte, steps []func(bson.D) (bson.D, error)) ([]byte, error) {
	var old bson.D
	if err := bson.Unmarshal(body, &old); err != nil {
		return nil, err
	}
	for _, step := range steps {
		var err error
		if old, err = step(old); err != nil {
			return nil, err
		}
	}
	return bson.Marshal(old)
}

// unchanged is the step to a shape that only adds fields which read as empty. The number still goes up, so that an
// older program, which would lose them, refuses to start.
func unchanged(d bson.D) (bson.D, error) { return d, nil }

// shapes holds for each kind the newest shape that was ever written, so that an older program refuses to start.
var shapes = docstore.Collection{Name: "shape"}

type shapeDoc struct {
	Schema int `bson:"schema"`
}

func (k *Keeper) checkShapes(ctx context.Context) error {
	if err := k.knownKinds(ctx); err != nil {
		return err
	}
	var batch docstore.Batch
	for _, kd := range kinds {
		doc, err := k.Docs.Get(ctx, shapes.Name, kd.Name)
		if err != nil && !errors.Is(err, record.ErrNotFound) {
			return err
		}
		var was shapeDoc
		if err == nil {
			if err := bson.Unmarshal(doc.Body, &was); err != nil {
				return fmt.Errorf("reading the shape of %s: %w", kd.Name, err)
			}
		}
		if was.Schema > kd.schema() {
			return fmt.Errorf("documents of kind %s were written in shape %d by a newer program; this one knows shapes up to %d: run the newer program",
				kd.Name, was.Schema, kd.schema())
		}
		if was.Schema == kd.schema() {
			continue
		}
		body, err := bson.Marshal(shapeDoc{kd.schema()})
		if err != nil {
			return fmt.Errorf("noting the shape of %s: %w", kd.Name, err)
		}
		batch.Puts = append(batch.Puts, docstore.Put{Collection: shapes.Name, Was: docstore.Whatever, Doc: docstore.Doc{ID: kd.Name, Revision: 1, Body: body}})
	}
	if len(batch.Puts) == 0 {
		return nil
	}
	return k.Docs.Commit(ctx, batch)
}

// knownKinds refuses documents of a kind that only a newer program has: this one would neither show nor check them.
func (k *Keeper) knownKinds(ctx context.Context) error {
	page, err := k.Docs.Find(ctx, docstore.Query{Collection: shapes.Name, Limit: docstore.MaxLimit})
	if err != nil {
		return err
	}
	for _, d := range page.Docs {
		if _, err := kindOf(d.ID); err != nil {
			return fmt.Errorf("documents of kind %s were written by a newer program; this one does not know them: run the newer program", d.ID)
		}
	}
	return nil
}

// KindNames are the kinds of governed documents, in the order of the registry.
func KindNames() []string {
	out := make([]string, len(kinds))
	for i, k := range kinds {
		out[i] = k.Name
	}
	return out
}
