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
}}, upgrades: []func(bson.D) (bson.D, error){
	overlays, // 2: a variation was one paragraph with another text
}}

// overlays makes of the variation of each ruling an overlay that replaces that paragraph. What its words were was not
// kept.
func overlays(d bson.D) (bson.D, error) {
	for i, field := range d {
		switch field.Key {
		case "variation":
			d[i] = bson.E{Key: "overlay", Value: overlay(field.Value)}
		case "past":
			past, _ := field.Value.(bson.A)
			for n, r := range past {
				ruling, ok := r.(bson.D)
				if !ok {
					return nil, fmt.Errorf("ruling %d is a %T", n, r)
				}
				var err error
				if past[n], err = overlays(ruling); err != nil {
					return nil, err
				}
			}
		}
	}
	return d, nil
}

func overlay(variation any) any {
	change := bson.D{{Key: "act", Value: "replace"}, {Key: "was", Value: ""}}
	empty := true
	fields, _ := variation.(bson.D)
	for _, f := range fields {
		empty = empty && f.Value == ""
		change = append(change, f)
	}
	if empty {
		return nil
	}
	return bson.A{change}
}

// Decisions keeps decisions.
type Decisions struct {
	repo[decision.Decision, *decision.Decision]
	standings *remembered[decision.Standing] // by programme
}

// NewDecisions keeps decisions with k.
func NewDecisions(k *Keeper) Decisions {
	return Decisions{repo[decision.Decision, *decision.Decision]{k}, &remembered[decision.Standing]{of: decision.DecisionList}}
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
// they are read again only after a decision was recorded. The list is the caller's own.
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
