package mongo

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"concordat/review/record"
	"concordat/server/internal/docstore"
)

// Blobs keeps files in the same database, so that one backup has everything.
func (s *Store) Blobs() docstore.Blobs { return blobs{s.db} }

type blobs struct{ db *mongo.Database }

// file names a whole by its hash; the pieces stand under the name of the upload that brought them.
type file struct {
	SHA256  string    `bson:"_id"`
	Size    int64     `bson:"size"`
	Created time.Time `bson:"created"`
	Upload  string    `bson:"upload"`
}

func (f file) blob() docstore.Blob {
	return docstore.Blob{SHA256: f.SHA256, Size: f.Size, Created: f.Created.UTC()}
}

type piece struct {
	ID   string `bson:"_id"`
	Data []byte `bson:"data"`
}

func pieceID(upload string, n int) string { return fmt.Sprintf("%s/%08d", upload, n) }

func byID(id string) bson.D { return bson.D{{Key: "_id", Value: id}} }

// Put writes piece by piece under a name of its own, then names the whole by its hash. The upload is noted while it
// is under way, so that what a crash leaves behind can be found.
func (b blobs) Put(ctx context.Context, r io.Reader, now time.Time) (docstore.Blob, error) {
	upload := rand.Text()
	if err := b.note(ctx, upload, time.Now()); err != nil {
		return docstore.Blob{}, fmt.Errorf("keeping a file: %w", err)
	}
	sum, size, err := docstore.Split(r, func(n int, data []byte) error {
		_, err := b.db.Collection(ownPieces).InsertOne(ctx, piece{pieceID(upload, n), data})
		return err
	})
	if err != nil {
		return docstore.Blob{}, errors.Join(err, b.drop(context.WithoutCancel(ctx), upload))
	}
	kept, err := b.name(ctx, file{SHA256: sum, Size: size, Created: now, Upload: upload})
	if err != nil {
		return docstore.Blob{}, fmt.Errorf("keeping file %s: %w", sum, err)
	}
	if kept.Upload != upload {
		return kept.blob(), b.drop(ctx, upload)
	}
	return kept.blob(), b.forget(ctx, upload)
}

// name makes f the file of its content unless there is one, and gives the one that is there. Its time never goes
// back, and it is one step for the server: a sweep comes either before it or sees it.
func (b blobs) name(ctx context.Context, f file) (kept file, err error) {
	change := bson.D{
		{Key: "$max", Value: bson.D{{Key: "created", Value: f.Created}}},
		{Key: "$setOnInsert", Value: bson.D{{Key: "size", Value: f.Size}, {Key: "upload", Value: f.Upload}}},
	}
	o := options.FindOneAndUpdate().SetUpsert(true).SetReturnDocument(options.After)
	for range saveTries {
		err = b.db.Collection(ownBlobs).FindOneAndUpdate(ctx, byID(f.SHA256), change, o).Decode(&kept)
		if !mongo.IsDuplicateKeyError(err) { // two that insert at once
			break
		}
	}
	return kept, err
}

// Open reads piece by piece.
func (b blobs) Open(ctx context.Context, sum string) (io.ReadCloser, docstore.Blob, error) {
	var f file
	err := b.db.Collection(ownBlobs).FindOne(ctx, byID(sum)).Decode(&f)
	if errors.Is(err, mongo.ErrNoDocuments) {
		return nil, docstore.Blob{}, fmt.Errorf("file %s: %w", sum, record.ErrNotFound)
	}
	if err != nil {
		return nil, docstore.Blob{}, fmt.Errorf("reading file %s: %w", sum, err)
	}
	return docstore.NewPieces(f.blob(), func(n int) ([]byte, error) {
		var p piece
		err := b.db.Collection(ownPieces).FindOne(ctx, byID(pieceID(f.Upload, n))).Decode(&p)
		if errors.Is(err, mongo.ErrNoDocuments) {
			err = record.ErrNotFound
		}
		return p.Data, err
	}), f.blob(), nil
}

// List walks the files.
func (b blobs) List(ctx context.Context, after string, limit int) (out []docstore.Blob, err error) {
	if limit < 1 {
		return nil, nil
	}
	cursor, err := b.db.Collection(ownBlobs).Find(ctx, bson.D{{Key: "_id", Value: bson.D{{Key: "$gt", Value: after}}}},
		options.Find().SetSort(byAscendingID).SetLimit(int64(limit)))
	if err != nil {
		return nil, fmt.Errorf("listing files: %w", err)
	}
	var found []file
	if err := cursor.All(ctx, &found); err != nil {
		return nil, fmt.Errorf("listing files: %w", err)
	}
	for _, f := range found {
		out = append(out, f.blob())
	}
	return out, nil
}

var byAscendingID = bson.D{{Key: "_id", Value: 1}}

// Delete removes an old file and its pieces.
func (b blobs) Delete(ctx context.Context, sum string, before time.Time) error {
	if err := b.remove(ctx, bson.D{{Key: "_id", Value: sum}, {Key: "created", Value: bson.D{{Key: "$lt", Value: before}}}}); err != nil {
		return fmt.Errorf("deleting file %s: %w", sum, err)
	}
	return nil
}

func (b blobs) remove(ctx context.Context, old bson.D) error {
	var f file
	err := b.db.Collection(ownBlobs).FindOne(ctx, old).Decode(&f)
	if errors.Is(err, mongo.ErrNoDocuments) {
		return nil
	}
	if err != nil {
		return err
	}
	// Noted as if it were an unfinished upload, for the case that we are cut off before the pieces are gone.
	if err := b.note(ctx, f.Upload, time.UnixMilli(0)); err != nil {
		return err
	}
	old = append(old, bson.E{Key: "upload", Value: f.Upload})
	res, err := b.db.Collection(ownBlobs).DeleteOne(ctx, old)
	if err != nil {
		return err
	}
	if res.DeletedCount == 0 {
		return b.forget(ctx, f.Upload)
	}
	return b.drop(ctx, f.Upload)
}

func (b blobs) note(ctx context.Context, upload string, at time.Time) error {
	_, err := b.db.Collection(ownUploads).UpdateOne(ctx, byID(upload),
		bson.D{{Key: "$set", Value: bson.D{{Key: "at", Value: at}}}}, options.UpdateOne().SetUpsert(true))
	return err
}

func (b blobs) forget(ctx context.Context, upload string) error {
	_, err := b.db.Collection(ownUploads).DeleteOne(ctx, byID(upload))
	return err
}

// drop removes the pieces of an upload, then its note.
func (b blobs) drop(ctx context.Context, upload string) error {
	its := bson.D{{Key: "_id", Value: bson.D{{Key: "$gte", Value: upload + "/"}, {Key: "$lt", Value: upload + "0"}}}}
	if _, err := b.db.Collection(ownPieces).DeleteMany(ctx, its); err != nil {
		return fmt.Errorf("dropping the pieces of an upload: %w", err)
	}
	return b.forget(ctx, upload)
}

// sweep forgets the pieces of uploads that were cut off, by a crash, more than a day ago. Younger ones may be
// under way on another server.
func (s *Store) sweep(ctx context.Context, now time.Time) error {
	b := blobs{s.db}
	var old []struct {
		ID string `bson:"_id"`
	}
	cursor, err := s.db.Collection(ownUploads).Find(ctx, bson.D{{Key: "at", Value: bson.D{{Key: "$lt", Value: now.Add(-24 * time.Hour)}}}})
	if err != nil {
		return fmt.Errorf("sweeping unfinished files: %w", err)
	}
	if err := cursor.All(ctx, &old); err != nil {
		return fmt.Errorf("sweeping unfinished files: %w", err)
	}
	for _, u := range old {
		if err := b.sweepOne(ctx, u.ID); err != nil {
			return fmt.Errorf("sweeping unfinished files: %w", err)
		}
	}
	return nil
}

// sweepOne keeps the pieces when the upload did name a file before it was cut off.
func (b blobs) sweepOne(ctx context.Context, upload string) error {
	n, err := b.db.Collection(ownBlobs).CountDocuments(ctx, bson.D{{Key: "upload", Value: upload}}, options.Count().SetLimit(1))
	if err != nil {
		return err
	}
	if n > 0 {
		return b.forget(ctx, upload)
	}
	return b.drop(ctx, upload)
}
