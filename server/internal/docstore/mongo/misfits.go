package mongo

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"concordat/server/internal/docstore"
)

// Misfits compares the keys in each envelope with its document, and looks for the indexes of MongoDB over them. That
// those hold what the envelopes hold is MongoDB's own part.
func (s *Store) Misfits(ctx context.Context, tell func(docstore.Misfit)) error {
	for _, name := range slices.Sorted(maps.Keys(s.collections)) {
		c := s.collections[name]
		if err := errors.Join(s.lacking(ctx, c, tell), s.unfitting(ctx, c, tell)); err != nil {
			return fmt.Errorf("comparing the indexes of %s: %w", name, err)
		}
	}
	return nil
}

func (s *Store) lacking(ctx context.Context, c docstore.Collection, tell func(docstore.Misfit)) error {
	specs, err := s.db.Collection(c.Name).Indexes().ListSpecifications(ctx)
	if err != nil {
		return err
	}
	there := map[string]bool{} // by name and whether it is unique
	for _, x := range specs {
		field, err := x.KeysDocument.IndexErr(0)
		if err != nil {
			return err
		}
		there[fmt.Sprint(x.Name, " ", field.Key(), " ", x.Unique != nil && *x.Unique)] = x.Sparse != nil && *x.Sparse
	}
	for _, ix := range c.Indexes {
		if !there[fmt.Sprint(keyIndex(ix), " k.", ix.Name, " ", false)] {
			tell(docstore.Misfit{Collection: c.Name, Problem: fmt.Sprintf("MongoDB lacks the index %q", ix.Name)})
		}
		if ix.Unique && !there[fmt.Sprint(uniqueIndex(ix), " u.", ix.Name, " ", true)] {
			tell(docstore.Misfit{Collection: c.Name, Problem: fmt.Sprintf("MongoDB lacks the unique index %q", ix.Name)})
		}
	}
	return nil
}

func (s *Store) unfitting(ctx context.Context, c docstore.Collection, tell func(docstore.Misfit)) error {
	cursor, err := s.db.Collection(c.Name).Find(ctx, bson.D{}, options.Find().SetSort(byAscendingID))
	if err != nil {
		return err
	}
	for cursor.Next(ctx) {
		var e envelope
		problems := []string{"it cannot be read"}
		if err := cursor.Decode(&e); err == nil {
			problems = e.misfits(c)
		}
		for _, p := range problems {
			tell(docstore.Misfit{Collection: c.Name, ID: e.ID, Problem: p})
		}
	}
	return errors.Join(cursor.Err(), cursor.Close(ctx))
}

// misfits says what is wrong with the keys of an envelope.
func (e envelope) misfits(c docstore.Collection) (problems []string) {
	want, err := seal(c, e.document(), 0)
	if err != nil {
		return []string{"it cannot be indexed: " + err.Error()}
	}
	for _, part := range []struct {
		what      string
		got, want bson.D
	}{{"index", e.Keys, want.Keys}, {"unique values", e.Unique, want.Unique}} {
		got, wanted := byName(part.got), byName(part.want)
		for _, name := range slices.Sorted(maps.Keys(wanted)) {
			switch key, there := got[name]; {
			case !there:
				problems = append(problems, fmt.Sprintf("the %s %q lacks it", part.what, name))
			case key != wanted[name]:
				problems = append(problems, fmt.Sprintf("the %s %q has it where it does not belong", part.what, name))
			}
			delete(got, name)
		}
		for _, name := range slices.Sorted(maps.Keys(got)) {
			problems = append(problems, fmt.Sprintf("the %s %q has it where it does not belong", part.what, name))
		}
	}
	return problems
}

// byName has only keys that are text: another value is no key of ours, and the same as another one.
func byName(d bson.D) map[string]string {
	out := map[string]string{}
	for _, x := range d {
		key, ok := x.Value.(string)
		if !ok {
			key = fmt.Sprintf("%T", x.Value)
		}
		out[x.Key] = key
	}
	return out
}
