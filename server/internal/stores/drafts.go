package stores

import (
	"context"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"

	"concordat/review"
	"concordat/server/internal/docstore"
)

var drafts = docstore.Collection{Name: "draft", Indexes: []docstore.Index{{Name: "time", Fields: []string{"at"}}}}

// Drafts keeps what was typed and not saved. It is a review.Drafts; there are no events of it.
type Drafts struct{ *Keeper }

var _ review.Drafts = Drafts{}

func draftID(policy, account string) string { return policy + ":" + account }

// PutDraft keeps d in place of the same person's draft of the same policy.
func (s Drafts) PutDraft(ctx context.Context, d review.Draft) error {
	body, err := bson.Marshal(d)
	if err != nil {
		return fmt.Errorf("keeping a draft of policy %s: %w", d.Policy, err)
	}
	return s.Docs.Commit(ctx, docstore.Batch{Puts: []docstore.Put{{Collection: drafts.Name, Was: docstore.Whatever,
		Doc: docstore.Doc{ID: draftID(d.Policy, d.Account), Revision: 1, Body: body}}}})
}

// Draft returns record.ErrNotFound when there is none.
func (s Drafts) Draft(ctx context.Context, policy, account string) (review.Draft, error) {
	doc, err := s.Docs.Get(ctx, drafts.Name, draftID(policy, account))
	if err != nil {
		return review.Draft{}, err
	}
	var d review.Draft
	if err := bson.Unmarshal(doc.Body, &d); err != nil {
		return review.Draft{}, fmt.Errorf("reading a draft of policy %s: %w", policy, err)
	}
	return d, nil
}

// DropDraft forgets a draft. It is no error when there is none.
func (s Drafts) DropDraft(ctx context.Context, policy, account string) error {
	if _, err := s.Docs.Get(ctx, drafts.Name, draftID(policy, account)); err != nil {
		if absent(err) {
			return nil // most saves leave no draft behind; they are spared a commit
		}
		return err
	}
	return s.Docs.Commit(ctx, docstore.Batch{Puts: []docstore.Put{{Collection: drafts.Name, Was: docstore.Whatever, Delete: true,
		Doc: docstore.Doc{ID: draftID(policy, account)}}}})
}
