package stores_test

import (
	"testing"

	"concordat/review"
	"concordat/review/harmony"
	"concordat/review/record"
	"concordat/server/internal/stores"
)

// What was kept of a matrix in any shape is read as what it was.
func TestHarmonyShape(t *testing.T) {
	t.Parallel()
	k := embeddedKeeper(t)
	want := &review.Harmonisation{Head: shapeHead("p1"), Counter: 4,
		Corrected: []review.Corrected{{Number: 4, By: "a1", At: shapeAt, Revision: 6, List: []harmony.Correction{
			{Act: harmony.Move, Words: "bmi under 35", With: "bmi below 40", Place: "c1", Name: "Weight"}}}},
		National: review.NationalReference{Title: "EBI 2018", Source: "https://example.org/ebi", Published: record.Day(2018, 11, 28), Markdown: "All of:\n\n- BMI below 40",
			Losses: []review.Loss{{What: "a picture", Where: "at the start", Count: 1}}, By: "a1", At: shapeAt},
		Notes: []review.EvidenceNote{{Words: "bmi below 40", Kind: review.Recommendation, Text: "Offer it to all", Source: "NICE NG226", By: "a1", At: shapeAt, Revision: 5}},
		Origins: []review.Origin{{Anchor: "p7", Row: "BMI", From: review.FromLocal, Local: "l1", Place: "c1", Words: "BMI under 35", Edited: true,
			Reason: "The trial had this limit", By: "a1", At: shapeAt}}}
	asWas(t, k, "harmony-1.json", want)
	got, err := stores.Harmonies{Keeper: k}.Load(t.Context(), want.ID)
	sameShape(t, want, got, err)
	want.ID, want.Schema = "p2", 2
	want.National.Original = &review.File{ID: "f1", Name: "ebi.pdf", Title: "EBI 2018", Type: "application/pdf", Size: 12, SHA256: "ab"}
	asWas(t, k, "harmony-2.json", want)
	got, err = stores.Harmonies{Keeper: k}.Load(t.Context(), want.ID)
	sameShape(t, want, got, err)
	want.ID, want.Schema, want.Origins[0].Turns = "p3", 3, 1
	asKept(t, k, "harmony-3.json", want)
	got, err = stores.Harmonies{Keeper: k}.Load(t.Context(), want.ID)
	sameShape(t, want, got, err)
}
