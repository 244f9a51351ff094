package stores_test

import (
	"testing"

	"concordat/review"
	"concordat/review/bulk"
	"concordat/review/bulk/bulktest"
	"concordat/review/record"
	"concordat/server/internal/docstore/mongo/mongotest"
	"concordat/server/internal/stores"
)

func importStores(k *stores.Keeper) bulktest.Stores {
	return bulktest.Stores{Stores: reviewStores(k), Imports: stores.NewImports(k)}
}

func TestImportsEmbedded(t *testing.T) {
	t.Parallel()
	bulktest.Test(t, func(t *testing.T) bulktest.Stores { return importStores(embeddedKeeper(t)) })
}

func TestImportsMongo(t *testing.T) {
	t.Parallel()
	mongotest.Binary(t) // without one the whole test is skipped, and seen to be
	bulktest.Test(t, func(t *testing.T) bulktest.Stores { return importStores(mongoKeeper(t)) })
}

// What was stored in any shape is read as what it was.
func TestImportShape(t *testing.T) {
	t.Parallel()
	k := embeddedKeeper(t)
	want := &bulk.Import{Head: shapeHead("i1"), By: "a1", Book: true, Policy: "p1", Commissioner: "c1", Effective: record.Day(2018, 4, 1), Source: "sent by the contact",
		Files: []bulk.Upload{{Name: "book.docx", Size: 12, SHA256: "ab12"}}, Stage: bulk.Planned, Refusal: "It is empty",
		Losses: []review.Loss{{What: "a picture", Where: "at the start", Count: 1}}, Ran: 1,
		Rows: []bulk.Row{{Where: "row 2 of manifest.csv", Upload: 1, File: "texts/a.docx", Part: 3, SHA256: "ab12", SaidPlace: "Brindlewick", SaidTopic: "CP-041",
			Effective: record.Day(2018, 4, 1), Review: record.Day(2021, 4, 1), Source: "https://example.nhs.uk", Without: review.OpenAccess, Title: "Tonsils",
			Codes: review.Codes{OPCS4: []string{"F34"}, ICD10: []string{"J35.0"}}, Losses: []review.Loss{{What: "a picture", Where: "at the start", Count: 1}},
			Notes: []string{"The manifest does not name this file."}, Fault: "It is damaged", Faulty: bulk.Unread, Commissioner: "c1", Policy: "p1", Matched: "by its reference", PlaceGuessed: "c2",
			Guessed: []bulk.Proposal{{Policy: "p2", Why: "its title says so", Likely: true}}, Left: true, Outcome: bulk.Refused, Cause: bulk.Choose, Reason: "Choose", Before: "l0", Result: "i1-0001"}}}
	asWas(t, k, "import-1.json", want)
	got, err := stores.NewImports(k).Load(t.Context(), want.ID)
	sameShape(t, want, got, err)
	want.ID, want.Schema, want.Rows[0].Later = "i2", 2, record.Day(2019, 4, 1)
	asKept(t, k, "import-2.json", want)
	got, err = stores.NewImports(k).Load(t.Context(), want.ID)
	sameShape(t, want, got, err)
}
