package stores

import (
	"context"
	"errors"

	"concordat/review"
	"concordat/review/record"
	"concordat/server/internal/docstore"
)

var policyKind = kind{Collection: docstore.Collection{Name: "policy", Indexes: []docstore.Index{
	{Name: "reference", Fields: []string{"reference"}, Unique: true},
	{Name: "slug", Fields: []string{"slug"}, Unique: true},
	{Name: "programme", Fields: []string{"programme", "sortTitle", "id"}},
	{Name: "lead", Fields: []string{"lead", "sortTitle", "id"}},
	{Name: "title", Fields: []string{"sortTitle", "id"}},
}}}

// Saves and versions are written once and found by their ids.
var (
	saveKind    = kind{Collection: docstore.Collection{Name: "save"}}
	versionKind = kind{Collection: docstore.Collection{Name: "version"}}
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

// ByProgramme reads one page of a programme's policies by title.
func (s Policies) ByProgramme(ctx context.Context, programme, after string, limit int) ([]*review.Policy, string, error) {
	return s.repo().page(ctx, docstore.Query{Index: "programme", Equals: []any{programme}, After: after, Limit: limit})
}

// ByLead reads one page of the policies that an account leads, by title.
func (s Policies) ByLead(ctx context.Context, lead, after string, limit int) ([]*review.Policy, string, error) {
	return s.repo().page(ctx, docstore.Query{Index: "lead", Equals: []any{lead}, After: after, Limit: limit})
}

// ByTitle reads one page of the policies whose folded title begins with prefix; all of them when it is "".
func (s Policies) ByTitle(ctx context.Context, prefix, after string, limit int) ([]*review.Policy, string, error) {
	q := docstore.Query{Index: "title", After: after, Limit: limit}
	if prefix != "" {
		q.From, q.To = prefix, prefix+"\U0010FFFF"
	}
	return s.repo().page(ctx, q)
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
