package mongo

import (
	"maps"
	"slices"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
)

// know notes what is kept.
func (g *group) know(collection string, e envelope) {
	s := state{there: true, revision: e.Revision, touched: e.Touched}
	for _, u := range e.Unique {
		if key, ok := u.Value.(string); ok {
			c := claim{collection, u.Key, key}
			s.claims = append(s.claims, c)
			g.owner[c] = e.ID
		}
	}
	r := ref{collection, e.ID}
	g.kept[r], g.now[r] = s, s
}

// bulk is what is written to one collection.
type bulk struct {
	collection string
	models     []mongo.WriteModel
}

// models are the writes that make of what is kept what was decided, in the same order on every server.
func (g *group) models() ([]bulk, error) {
	writes := map[string]*steps{}
	of := func(collection string) *steps {
		if writes[collection] == nil {
			writes[collection] = &steps{}
		}
		return writes[collection]
	}
	for r, p := range g.puts {
		e, err := seal(g.collections[r.collection], p.Doc, g.kept[r].touched+1)
		if err != nil {
			return nil, err
		}
		of(r.collection).put(g, r, e, p.Delete)
	}
	for r := range g.touched {
		if _, changed := g.puts[r]; !changed {
			of(r.collection).touches = append(of(r.collection).touches, update(r.id, "$inc", "touched", 1))
		}
	}
	for name, n := range g.raise {
		of(ownCounters).touches = append(of(ownCounters).touches, update(name, "$inc", "n", n).SetUpsert(true))
	}
	var out []bulk
	for _, name := range slices.Sorted(maps.Keys(writes)) {
		if m := writes[name].all(); len(m) > 0 {
			out = append(out, bulk{name, m})
		}
	}
	return out, nil
}

// steps are the writes to one collection in the order in which unique values must be given up and taken.
type steps struct{ deletes, frees, replaces, inserts, touches []mongo.WriteModel }

func (s *steps) all() []mongo.WriteModel {
	return slices.Concat(s.deletes, s.frees, s.replaces, s.inserts, s.touches)
}

func (s *steps) put(g *group, r ref, e envelope, deleted bool) {
	self := bson.D{{Key: "_id", Value: r.id}}
	was := g.kept[r]
	switch {
	case deleted && was.there:
		s.deletes = append(s.deletes, mongo.NewDeleteOneModel().SetFilter(self))
	case deleted:
		// Made and deleted by the same group.
	case was.there:
		if g.givesAway(r) {
			s.frees = append(s.frees, update(r.id, "$unset", "u", ""))
		}
		s.replaces = append(s.replaces, mongo.NewReplaceOneModel().SetFilter(self).SetReplacement(e))
	default:
		s.inserts = append(s.inserts, mongo.NewInsertOneModel().SetDocument(e))
	}
}

// givesAway tells that another document takes a value which this one has until now.
func (g *group) givesAway(r ref) bool {
	return slices.ContainsFunc(g.kept[r].claims, func(c claim) bool {
		owner, taken := g.owner[c]
		return taken && owner != r.id
	})
}

func update(id, operator, field string, value any) *mongo.UpdateOneModel {
	return mongo.NewUpdateOneModel().SetFilter(bson.D{{Key: "_id", Value: id}}).
		SetUpdate(bson.D{{Key: operator, Value: bson.D{{Key: field, Value: value}}}})
}
