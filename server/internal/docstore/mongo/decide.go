package mongo

import (
	"maps"

	"concordat/review/record"
	"concordat/server/internal/docstore"
)

// ref names one document.
type ref struct{ collection, id string }

// claim is a value that only one document may have.
type claim struct{ collection, index, key string }

// state is what is known of a document: the part on which refusals depend.
type state struct {
	there    bool
	revision int64
	touched  int64
	claims   []claim
}

// group decides, in memory and in order, which commits of a group are refused, from what is kept and what the
// commits before it in the group will have made of it.
type group struct {
	collections map[string]docstore.Collection
	kept        map[ref]state
	owner       map[claim]string // id of the document that has it, of all claims that matter
	now         map[ref]state
	puts        map[ref]docstore.Put // what is to be saved
	touched     map[ref]bool
	raise       map[string]int64
}

func newGroup(collections map[string]docstore.Collection) *group {
	return &group{collections: collections, kept: map[ref]state{}, owner: map[claim]string{}, now: map[ref]state{},
		puts: map[ref]docstore.Put{}, touched: map[ref]bool{}, raise: map[string]int64{}}
}

// decide takes a batch into the group, or refuses it and leaves the group as it was.
func (g *group) decide(b docstore.Batch) error {
	for _, t := range b.Touches {
		if s := g.now[ref{t.Collection, t.ID}]; !s.there || s.revision != t.Revision {
			return docstore.StaleDoc(t.Collection, t.ID, t.Revision, s.revision)
		}
	}
	next, err := g.apply(b.Puts)
	if err != nil {
		return err
	}
	if err := g.unique(b.Puts, next); err != nil {
		return err
	}
	g.accept(b, next)
	return nil
}

// apply judges the puts one after another.
func (g *group) apply(puts []docstore.Put) (map[ref]state, error) {
	next := map[ref]state{}
	for _, p := range puts {
		r := ref{p.Collection, p.Doc.ID}
		was, again := next[r]
		if !again {
			was = g.now[r]
		}
		if !p.Meets(was.there, was.revision) {
			return nil, docstore.StaleDoc(p.Collection, p.Doc.ID, p.Was, was.revision)
		}
		if p.Delete {
			next[r] = state{}
			continue
		}
		claims, err := claimsOf(g.collections[p.Collection], p.Doc)
		if err != nil {
			return nil, err
		}
		next[r] = state{there: true, revision: p.Doc.Revision, claims: claims}
	}
	return next, nil
}

// unique judges the claims when all puts are done: a value is free when its owner gives it up in the same batch.
func (g *group) unique(puts []docstore.Put, next map[ref]state) error {
	claimed := map[claim]string{}
	for _, p := range puts {
		for _, c := range next[ref{p.Collection, p.Doc.ID}].claims {
			owner, taken := claimed[c]
			if !taken {
				owner, taken = g.owner[c]
				_, gives := next[ref{c.collection, owner}]
				taken = taken && !gives
			}
			if taken && owner != p.Doc.ID {
				return &record.Taken{Kind: c.collection, Index: c.index}
			}
			claimed[c] = p.Doc.ID
		}
	}
	return nil
}

func (g *group) accept(b docstore.Batch, next map[ref]state) {
	for r := range next {
		for _, c := range g.now[r].claims {
			delete(g.owner, c)
		}
	}
	for r, s := range next {
		for _, c := range s.claims {
			g.owner[c] = r.id
		}
	}
	maps.Copy(g.now, next)
	for _, p := range b.Puts {
		g.puts[ref{p.Collection, p.Doc.ID}] = p
	}
	for _, t := range b.Touches {
		g.touched[ref{t.Collection, t.ID}] = true
	}
	for _, name := range b.Raise {
		g.raise[name]++
	}
}

func claimsOf(c docstore.Collection, d docstore.Doc) (out []claim, err error) {
	entries, err := c.Entries(d)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if e.Unique != nil {
			out = append(out, claim{c.Name, e.Index, text(e.Unique)})
		}
	}
	return out, nil
}
