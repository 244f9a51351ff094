package stores

import (
	"context"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"

	"concordat/review/decision"
	"concordat/server/internal/docstore"
)

var decisionKind = kind{Collection: docstore.Collection{Name: "decision", Indexes: []docstore.Index{
	{Name: "policy", Fields: []string{"policy", "version", "commissioner"}},
	{Name: "programme", Fields: []string{"programme", "policy", "version", "commissioner"}},
}}}

// Decisions keeps decisions.
type Decisions struct {
	repo[decision.Decision, *decision.Decision]
	standings *remembered[decision.Standing] // by programme
}

// NewDecisions keeps decisions with k.
func NewDecisions(k *Keeper) Decisions {
	return Decisions{repo[decision.Decision, *decision.Decision]{k}, new(remembered[decision.Standing])}
}

// OfPolicy gives the decisions on all versions of a policy.
func (s Decisions) OfPolicy(ctx context.Context, policy string) ([]*decision.Decision, error) {
	return s.all(ctx, "policy", policy)
}

// OfVersion gives the decisions on one version.
func (s Decisions) OfVersion(ctx context.Context, policy, version string) ([]*decision.Decision, error) {
	return s.all(ctx, "policy", policy, version)
}

// Standing gives of a programme's decisions only what a board shows. 90 policies in 15 places are 1,350 documents, so
// they are read again only after something public changed. The list is the caller's own.
func (s Decisions) Standing(ctx context.Context, programme string) ([]decision.Standing, error) {
	return s.standings.list(ctx, s.Keeper, programme, s.readStanding)
}

func (s Decisions) readStanding(ctx context.Context, programme string) ([]decision.Standing, error) {
	q := docstore.Query{Collection: decisionKind.Name, Index: "programme", Equals: []any{programme}, Limit: docstore.MaxLimit}
	var list []decision.Standing
	for {
		page, err := s.Docs.Find(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, doc := range page.Docs {
			var x decision.Standing
			if err := bson.Unmarshal(doc.Body, &x); err != nil {
				return nil, fmt.Errorf("reading where decision %s stands: %w", doc.ID, err)
			}
			list = append(list, x)
		}
		if page.Next == "" {
			return list, nil
		}
		q.After = page.Next
	}
}
