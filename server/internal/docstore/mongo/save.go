package mongo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"concordat/review/record"
	"concordat/server/internal/docstore"
)

const (
	saveLimit    = 40 * time.Second // for one group, elections included
	attemptLimit = 10 * time.Second // for one try of it: a server that is frozen does not even refuse
	abortLimit   = time.Second      // a transaction that nobody ends is ended by the next one of its session
	saveTries    = 20               // when other servers win a unique value again and again
)

// save writes a group in one transaction. When the whole fails for another reason than the network, each commit is
// tried alone, so that one which MongoDB refuses does not take the others with it.
func (s *Store) save(jobs []*docstore.Job) []error {
	// The group outlives any one caller, so no caller's context governs it.
	ctx, cancel := context.WithTimeout(context.Background(), saveLimit)
	defer cancel()
	answers, err := s.saveGroup(ctx, jobs)
	if err == nil {
		return answers
	}
	answers = make([]error, len(jobs))
	for i := range jobs {
		answers[i] = err
		if len(jobs) > 1 && definite(err) {
			answers[i] = s.saveAlone(ctx, jobs[i])
		}
	}
	return answers
}

// definite tells that the server refused: nothing was saved, and asking again in smaller parts is safe.
func definite(err error) bool {
	var refused mongo.ServerError
	return errors.As(err, &refused) && !errors.Is(err, record.ErrUnknown) && !mongo.IsNetworkError(err) && !mongo.IsTimeout(err)
}

func (s *Store) saveAlone(ctx context.Context, j *docstore.Job) error {
	answers, err := s.saveGroup(ctx, []*docstore.Job{j})
	if err != nil {
		return err
	}
	return answers[0]
}

// saveGroup answers for each job. Another server that wins a unique value or a new id shows as a duplicate key:
// the next try sees what it saved and refuses properly.
func (s *Store) saveGroup(ctx context.Context, jobs []*docstore.Job) (answers []error, err error) {
	session, err := s.client.StartSession()
	if err != nil {
		return nil, fmt.Errorf("beginning a commit: %w", err)
	}
	defer end(ctx, session)
	for range saveTries {
		x := &saving{store: s, session: session, jobs: jobs}
		answers, err = x.run(ctx)
		if !mongo.IsDuplicateKeyError(err) {
			return answers, err
		}
	}
	return nil, err
}

func (s *Store) inTransaction(ctx context.Context, jobs []*docstore.Job) ([]error, error) {
	g := newGroup(s.collections)
	if err := s.load(ctx, g, jobs); err != nil {
		return nil, err
	}
	answers := make([]error, len(jobs))
	for i, j := range jobs {
		answers[i] = g.decide(j.Batch)
	}
	return answers, s.write(ctx, g)
}

func (s *Store) write(ctx context.Context, g *group) error {
	models, err := g.models()
	if err != nil {
		return err
	}
	for _, m := range models {
		res, err := s.db.Collection(m.collection).BulkWrite(ctx, m.models, options.BulkWrite().SetOrdered(true))
		if err != nil {
			return fmt.Errorf("writing %s: %w", m.collection, err)
		}
		// The snapshot promised that each is there to be replaced; if not, committing would lose it.
		if n := res.InsertedCount + res.MatchedCount + res.DeletedCount + res.UpsertedCount; n != int64(len(m.models)) {
			return fmt.Errorf("writing %s: %d of %d documents were there", m.collection, n, len(m.models))
		}
	}
	return nil
}

// load reads what the group's refusals depend on: the documents it names, and who has the values that it claims.
func (s *Store) load(ctx context.Context, g *group, jobs []*docstore.Job) error {
	named := map[string]map[string]bool{}
	name := func(collection, id string) {
		if named[collection] == nil {
			named[collection] = map[string]bool{}
		}
		named[collection][id] = true
	}
	for _, j := range jobs {
		for _, t := range j.Batch.Touches {
			name(t.Collection, t.ID)
		}
		for _, p := range j.Batch.Puts {
			name(p.Collection, p.Doc.ID)
		}
	}
	for collection, ids := range named {
		if err := s.loadFrom(ctx, g, collection, bson.D{{Key: "_id", Value: in(ids)}}); err != nil {
			return err
		}
	}
	return s.loadOwners(ctx, g, jobs)
}

func (s *Store) loadOwners(ctx context.Context, g *group, jobs []*docstore.Job) error {
	type place struct{ collection, index string }
	wanted := map[place]map[string]bool{}
	for _, j := range jobs {
		for _, p := range j.Batch.Puts {
			if p.Delete {
				continue
			}
			claims, err := claimsOf(s.collections[p.Collection], p.Doc)
			if err != nil {
				return err
			}
			for _, c := range claims {
				if _, known := g.owner[c]; known {
					continue
				}
				at := place{c.collection, c.index}
				if wanted[at] == nil {
					wanted[at] = map[string]bool{}
				}
				wanted[at][c.key] = true
			}
		}
	}
	for at, keys := range wanted {
		if err := s.loadFrom(ctx, g, at.collection, bson.D{{Key: "u." + at.index, Value: in(keys)}}); err != nil {
			return err
		}
	}
	return nil
}

func in(set map[string]bool) bson.D {
	values := make(bson.A, 0, len(set))
	for v := range set {
		values = append(values, v)
	}
	return bson.D{{Key: "$in", Value: values}}
}

func (s *Store) loadFrom(ctx context.Context, g *group, collection string, filter bson.D) error {
	fields := bson.D{{Key: "rev", Value: 1}, {Key: "touched", Value: 1}, {Key: "u", Value: 1}}
	cursor, err := s.db.Collection(collection).Find(ctx, filter, options.Find().SetProjection(fields))
	if err != nil {
		return fmt.Errorf("reading %s: %w", collection, err)
	}
	var found []envelope
	if err := cursor.All(ctx, &found); err != nil {
		return fmt.Errorf("reading %s: %w", collection, err)
	}
	for _, e := range found {
		g.know(collection, e)
	}
	return nil
}
