package stores

import (
	"context"
	"errors"
	"strings"

	"go.mongodb.org/mongo-driver/v2/bson"

	"concordat/review"
	"concordat/review/record"
	"concordat/server/internal/docstore"
)

var policyKind = kind{files: "files.sha256", Collection: docstore.Collection{Name: "policy", Indexes: []docstore.Index{
	{Name: "reference", Fields: []string{"reference"}, Unique: true},
	{Name: "slug", Fields: []string{"slug"}, Unique: true},
	{Name: "programme", Fields: []string{"programme", "sortTitle", "id"}},
	{Name: "lead", Fields: []string{"lead", "sortTitle", "id"}},
	{Name: "title", Fields: []string{"sortTitle", "id"}},
}}, upgrades: []func(bson.D) (bson.D, error){
	unchanged, // 2: the need for a consultation and the month planned, which nobody had said
	unchanged, // 3: which clauses were parted and joined, which nobody had noted
}}

// Saves and versions are written once and found by their ids.
var (
	saveKind = kind{files: "files.sha256", Collection: docstore.Collection{Name: "save"}, upgrades: []func(bson.D) (bson.D, error){
		unchanged, // 2: which clauses were parted and joined
	}}
	versionKind = kind{files: "files.sha256", Collection: docstore.Collection{Name: "version"}, upgrades: []func(bson.D) (bson.D, error){
		unchanged, // 2: which clauses were parted and joined
	}}
)

// Policies keeps policies, their saves and versions. It is a review.Policies.
type Policies struct{ *Keeper }

var _ review.Policies = Policies{}

func (s Policies) repo() repo[review.Policy, *review.Policy] {
	return repo[review.Policy, *review.Policy](s)
}

// Load reads a policy by id.
func (s Policies) Load(ctx context.Context, id string) (*review.Policy, error) {
	return s.repo().Load(ctx, id)
}

// BySlug reads the policy with a public address.
func (s Policies) BySlug(ctx context.Context, slug string) (*review.Policy, error) {
	return s.repo().one(ctx, "slug", slug)
}

// Find reads one page of the policies that a filter names, by title.
func (s Policies) Find(ctx context.Context, f review.Filter, after string, limit int) ([]*review.Policy, string, error) {
	return s.repo().page(ctx, found(f, after, limit))
}

func found(f review.Filter, after string, limit int) docstore.Query {
	q := docstore.Query{After: after, Limit: limit}
	switch {
	case f.Programme != "":
		q.Index, q.Equals = "programme", []any{f.Programme}
	case f.Lead != "":
		q.Index, q.Equals = "lead", []any{f.Lead}
	case f.ByReference():
		q.Index, q.From, q.To = "reference", strings.ToUpper(f.Begins), strings.ToUpper(f.Begins)+"\U0010FFFF"
	default:
		q.Index = "title"
		if f.Begins != "" {
			q.From, q.To = f.Begins, f.Begins+"\U0010FFFF"
		}
	}
	return q
}

// cardDoc is a policy of which only the card is read.
type cardDoc struct {
	record.Head `bson:",inline"`
	review.Card `bson:",inline"`
}

// Kind names the kind of document.
func (*cardDoc) Kind() string { return policyKind.Name }

// Cards reads what Find reads, without the texts.
func (s Policies) Cards(ctx context.Context, f review.Filter, after string, limit int) ([]*review.Card, string, error) {
	list, next, err := repo[cardDoc, *cardDoc](s).page(ctx, found(f, after, limit))
	var out []*review.Card
	for _, d := range list {
		d.Card.ID, d.Card.Revision = d.Head.ID, d.Head.Revision
		out = append(out, &d.Card)
	}
	return out, next, err
}

// Save reads one save.
func (s Policies) Save(ctx context.Context, id string) (*review.Save, error) {
	return repo[review.Save, *review.Save](s).Load(ctx, id)
}

// Version reads one issued version.
func (s Policies) Version(ctx context.Context, id string) (*review.Version, error) {
	return repo[review.Version, *review.Version](s).Load(ctx, id)
}

func absent(err error) bool { return errors.Is(err, record.ErrNotFound) }
