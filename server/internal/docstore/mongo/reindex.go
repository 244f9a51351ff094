package mongo

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"concordat/server/internal/docstore"
)

// Reindex builds all indexes anew from the documents.
func (s *Store) Reindex(ctx context.Context) error {
	for _, c := range s.collections {
		if err := s.reindex(ctx, c); err != nil {
			return fmt.Errorf("indexing %s: %w", c.Name, err)
		}
	}
	return nil
}

// reindexChanged builds the indexes of collections that an older or newer program declared otherwise.
func (s *Store) reindexChanged(ctx context.Context) error {
	for _, c := range s.collections {
		var was struct {
			Indexes string `bson:"indexes"`
		}
		err := s.db.Collection(ownDeclared).FindOne(ctx, bson.D{{Key: "_id", Value: c.Name}}).Decode(&was)
		if err != nil && !errors.Is(err, mongo.ErrNoDocuments) {
			return fmt.Errorf("reading the indexes of %s: %w", c.Name, err)
		}
		if was.Indexes == c.Declaration() {
			continue
		}
		if err := s.reindex(ctx, c); err != nil {
			return fmt.Errorf("indexing %s: %w", c.Name, err)
		}
	}
	return nil
}

// reindex can be cut off and begun again: the declaration is noted when all is done.
func (s *Store) reindex(ctx context.Context, c docstore.Collection) error {
	if err := s.dropOthers(ctx, c); err != nil {
		return err
	}
	for after := ""; ; {
		last, err := s.rekey(ctx, c, after)
		if err != nil {
			return err
		}
		if last == "" {
			break
		}
		after = last
	}
	if models := indexModels(c); len(models) > 0 {
		if _, err := s.db.Collection(c.Name).Indexes().CreateMany(ctx, models); err != nil {
			return err
		}
	}
	_, err := s.db.Collection(ownDeclared).UpdateOne(ctx, bson.D{{Key: "_id", Value: c.Name}},
		bson.D{{Key: "$set", Value: bson.D{{Key: "indexes", Value: c.Declaration()}}}}, options.UpdateOne().SetUpsert(true))
	return err
}

func (s *Store) dropOthers(ctx context.Context, c docstore.Collection) error {
	wanted := map[string]bool{"_id_": true}
	for _, ix := range c.Indexes {
		wanted[keyIndex(ix)] = true
		wanted[uniqueIndex(ix)] = ix.Unique
	}
	view := s.db.Collection(c.Name).Indexes()
	there, err := view.ListSpecifications(ctx)
	if err != nil {
		return err
	}
	const indexNotFound = 27 // another server was quicker
	for _, ix := range there {
		var e mongo.CommandError
		if wanted[ix.Name] {
			continue
		}
		if err := view.DropOne(ctx, ix.Name); err != nil && !(errors.As(err, &e) && e.Code == indexNotFound) {
			return err
		}
	}
	return nil
}

// rekey works out the keys of one stretch of documents. It gives the id of the last one; "" at the end.
func (s *Store) rekey(ctx context.Context, c docstore.Collection, after string) (last string, err error) {
	const stretch = 100
	for {
		var models []mongo.WriteModel
		cursor, err := s.db.Collection(c.Name).Find(ctx, bson.D{{Key: "_id", Value: bson.D{{Key: "$gt", Value: after}}}},
			options.Find().SetSort(bson.D{{Key: "_id", Value: 1}}).SetLimit(stretch).SetProjection(bson.D{{Key: "k", Value: 0}, {Key: "u", Value: 0}}))
		if err != nil {
			return "", err
		}
		for cursor.Next(ctx) {
			var e envelope
			if err := cursor.Decode(&e); err != nil {
				return "", errors.Join(err, cursor.Close(ctx))
			}
			m, err := rekeyed(c, e)
			if err != nil {
				return "", errors.Join(err, cursor.Close(ctx))
			}
			models = append(models, m)
			last = e.ID
		}
		if err := errors.Join(cursor.Err(), cursor.Close(ctx)); err != nil || len(models) == 0 {
			return "", err
		}
		res, err := s.db.Collection(c.Name).BulkWrite(ctx, models)
		if err != nil {
			return "", err
		}
		// One that was changed meanwhile is not matched: its stretch is read again.
		if res.MatchedCount == int64(len(models)) {
			return last, nil
		}
	}
}

func rekeyed(c docstore.Collection, e envelope) (mongo.WriteModel, error) {
	fresh, err := seal(c, e.document(), e.Touched+1)
	if err != nil {
		return nil, err
	}
	same := bson.D{{Key: "_id", Value: e.ID}, {Key: "rev", Value: e.Revision}, {Key: "touched", Value: e.Touched}}
	set := bson.D{{Key: "k", Value: fresh.Keys}, {Key: "u", Value: fresh.Unique}, {Key: "touched", Value: fresh.Touched}}
	return mongo.NewUpdateOneModel().SetFilter(same).SetUpdate(bson.D{{Key: "$set", Value: set}}), nil
}

// The name of an index says what it was made from, so that one declared otherwise has another name.
func keyIndex(ix docstore.Index) string { return "k " + ix.Name + ": " + strings.Join(ix.Fields, ", ") }
func uniqueIndex(ix docstore.Index) string {
	return "u " + ix.Name + ": " + strings.Join(ix.Fields, ", ")
}

func indexModels(c docstore.Collection) (out []mongo.IndexModel) {
	for _, ix := range c.Indexes {
		out = append(out, mongo.IndexModel{Keys: bson.D{{Key: "k." + ix.Name, Value: 1}},
			Options: options.Index().SetName(keyIndex(ix)).SetSparse(true)})
		if ix.Unique {
			out = append(out, mongo.IndexModel{Keys: bson.D{{Key: "u." + ix.Name, Value: 1}},
				Options: options.Index().SetName(uniqueIndex(ix)).SetSparse(true).SetUnique(true)})
		}
	}
	return out
}
