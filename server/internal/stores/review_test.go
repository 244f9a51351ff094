package stores_test

import (
	"testing"

	"concordat/review/reviewtest"
	"concordat/server/internal/docstore/mongo/mongotest"
	"concordat/server/internal/stores"
)

func reviewStores(k *stores.Keeper) reviewtest.Stores {
	return reviewtest.Stores{Policies: stores.Policies{Keeper: k}, Commissioners: stores.Commissioners{Keeper: k}, Locals: stores.Locals{Keeper: k}, Harmonies: stores.Harmonies{Keeper: k},
		Registers: stores.Registers{Keeper: k}, Publications: stores.Publications{Keeper: k}, Drafts: stores.Drafts{Keeper: k},
		Files: stores.Files{Keeper: k, Now: reviewtest.Service(reviewtest.Stores{}).Now}, EffectStores: stores.NewEffectStores(k)}
}

func TestReviewEmbedded(t *testing.T) {
	t.Parallel()
	reviewtest.Test(t, func(t *testing.T) reviewtest.Stores { return reviewStores(embeddedKeeper(t)) })
}

func TestReviewMongo(t *testing.T) {
	t.Parallel()
	mongotest.Binary(t) // without one the whole test is skipped, and seen to be
	reviewtest.Test(t, func(t *testing.T) reviewtest.Stores { return reviewStores(mongoKeeper(t)) })
}
