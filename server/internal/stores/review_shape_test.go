package stores_test

import (
	"testing"

	"concordat/review"
	"concordat/review/clause"
	"concordat/review/record"
	"concordat/server/internal/stores"
)

// shapeContent has every field filled, so that the golden files show the whole shape.
func shapeContent() review.Content {
	return review.Content{
		Title: "Tonsillectomy", OtherNames: []string{"tonsils out"}, Specialty: "ENT",
		Interventions: []review.Intervention{{Name: "Tonsillectomy", Indication: "Recurrent tonsillitis", Position: review.PriorApproval,
			Criteria: review.CriteriaKey, Codes: review.Codes{OPCS4: []string{"F34", "C71-C75"}, ICD10: []string{"J35.0"}}}},
		Guidance:  []review.Guidance{{Ref: "NICE NG77", Title: "Cataracts", Departs: true}},
		Effective: record.Day(2027, 4, 1), Review: record.Day(2030, 4, 1), Expires: record.Day(2028, 4, 1), Supersedes: []string{"p0"},
		Sections: []review.Section{{Key: review.SummaryKey, Title: "In plain English", Markdown: "Words – “quoted”."}}, Anchors: []string{"p1", "p2"},
		Files: []review.File{{ID: "f1", Name: "Form.pdf", Title: "Referral form", Type: "application/pdf", Size: 12, SHA256: "ab12"}},
	}
}

// shapeLineage has a clause that was parted, and two that were joined.
func shapeLineage() clause.Lineage {
	return clause.Lineage{{From: []string{"p1"}, Into: []string{"p1", "p7"}}, {From: []string{"p2", "p3"}, Into: []string{"p2"}}}
}

func shapeMark() review.Mark {
	return review.Mark{Number: review.Number{Major: 1, Minor: 10}, Save: 3, Note: "Criteria made clearer", Issued: shapeAt, By: "a1",
		Final: true, Corrects: review.Number{Major: 1}}
}

func shapeAccepted() []review.Accept {
	return []review.Accept{{Rule: "K-15", About: "severe@criteria:ab12", Reason: "Defined below", By: "a1", At: shapeAt}}
}

// What was stored in any shape is read as what it was.
func TestReviewShapes(t *testing.T) {
	t.Parallel()
	ctx, k := t.Context(), embeddedKeeper(t)
	policies := stores.Policies{Keeper: k}
	t.Run("policy", func(t *testing.T) {
		want := &review.Policy{Head: shapeHead("p1"), Reference: "CP-041", Slug: "tonsillectomy", SortTitle: "tonsillectomy", KindID: "clinical",
			Programme: "g1", Commissioners: []string{"c1", "c2"}, Lead: "a1", Stage: review.ForDecision, Since: shapeAt, Content: shapeContent(),
			Saves: 3, NextAnchor: 9, Issued: []review.Mark{shapeMark()}, Published: review.Number{Major: 1}, PublicFrom: shapeAt, Accepted: shapeAccepted()}
		asWas(t, k, "policy-1.json", want)
		got, err := policies.Load(ctx, want.ID)
		sameShape(t, want, got, err)
		want.ID, want.Schema, want.Reference, want.Slug = "p2", 2, "CP-042", "adenoidectomy"
		want.Planned = record.Day(2027, 3, 1)
		want.Needs = []review.NeedRecord{{Need: review.Targeted, Reason: "Fewer would be treated", Source: "Level of change, 3 February 2027", By: "a1", At: shapeAt}}
		asWas(t, k, "policy-2.json", want)
		got, err = policies.Load(ctx, want.ID)
		sameShape(t, want, got, err)
		want.ID, want.Schema, want.Reference, want.Slug, want.Lineage = "p3", 3, "CP-043", "grommets", shapeLineage()
		asKept(t, k, "policy-3.json", want)
		got, err = policies.Load(ctx, want.ID)
		sameShape(t, want, got, err)
	})
	t.Run("save", func(t *testing.T) {
		want := &review.Save{Head: shapeHead("p1/s3"), Policy: "p1", Number: 3, By: "a1", Content: shapeContent()}
		asWas(t, k, "save-1.json", want)
		got, err := policies.Save(ctx, want.ID)
		sameShape(t, want, got, err)
		want.ID, want.Schema, want.Lineage = "p1/s4", 2, shapeLineage()
		asKept(t, k, "save-2.json", want)
		got, err = policies.Save(ctx, want.ID)
		sameShape(t, want, got, err)
	})
	t.Run("version", func(t *testing.T) {
		want := &review.Version{Head: shapeHead("p1/v1.10"), Policy: "p1", Reference: "CP-041", KindID: "clinical", Mark: shapeMark(),
			Content: shapeContent(), Accepted: shapeAccepted()}
		asWas(t, k, "version-1.json", want)
		got, err := policies.Version(ctx, want.ID)
		sameShape(t, want, got, err)
		want.ID, want.Schema, want.Lineage = "p1/v1.11", 2, shapeLineage()
		asKept(t, k, "version-2.json", want)
		got, err = policies.Version(ctx, want.ID)
		sameShape(t, want, got, err)
	})
	t.Run("commissioner", func(t *testing.T) {
		want := &review.Commissioner{Head: shapeHead("c1"), Name: "NHS Brindlewick", Short: "Brindlewick", SortName: "brindlewick", Slug: "brindlewick",
			Start: record.Day(2013, 4, 1), End: record.Day(2022, 7, 1), Successors: []string{"c2"},
			Contact: review.Person{Name: "Ruth Ames", Email: "ruth@example.nhs.uk", Phone: "01632 960001"},
			IFR:     review.IFR{Email: "ifr@example.nhs.uk", Phone: "01632 960002", URL: "https://example.nhs.uk/ifr", Text: "Ask your clinician."}}
		asKept(t, k, "commissioner-1.json", want)
		got, err := stores.Commissioners{Keeper: k}.Load(ctx, want.ID)
		sameShape(t, want, got, err)
	})
	t.Run("local", func(t *testing.T) {
		c := shapeContent()
		want := &review.LocalPolicy{Head: shapeHead("l1"), Policy: "p1", Commissioner: "c1", Without: review.OpenAccess, Title: "Tonsils", Reference: "T4",
			Effective: record.Day(2015, 4, 1), Review: record.Day(2018, 4, 1), Position: review.Restricted, Codes: c.Interventions[0].Codes,
			Source: "sent by the contact", Original: &c.Files[0], Markdown: "7 episodes", Typed: []string{"2.1 7 episodes"},
			Losses: []review.Loss{{What: "a picture", Where: "at the start", Count: 1}}, Checked: true, Replaced: "l2", Waits: true}
		asWas(t, k, "local-1.json", want)
		got, err := stores.Locals{Keeper: k}.Load(ctx, want.ID)
		sameShape(t, want, got, err)
		want.ID, want.Schema, want.Anchors, want.NextAnchor = "l2", 2, []string{"p4"}, 4
		asKept(t, k, "local-2.json", want)
		got, err = stores.Locals{Keeper: k}.Load(ctx, want.ID)
		sameShape(t, want, got, err)
	})
	t.Run("register", func(t *testing.T) {
		want := shapeRegister()
		asKept(t, k, "register-1.json", want)
		got, err := stores.Registers{Keeper: k}.Load(ctx, want.ID)
		sameShape(t, want, got, err)
	})
	t.Run("publication", func(t *testing.T) {
		shown := review.Shown{Version: review.Number{Major: 1}, From: shapeAt, HTML: "<p>Words</p>", Summary: "<p>Short</p>", Renderer: "1", Source: "ab12", Withdrawn: true}
		want := &review.Publication{Head: shapeHead("p1"), Slug: "tonsillectomy", Shown: shown, Before: shown}
		asKept(t, k, "publication-1.json", want)
		got, err := stores.Publications{Keeper: k}.Load(ctx, want.ID)
		sameShape(t, want, got, err)
	})
}

func shapeRegister() *review.Register {
	source := record.Ref{Kind: "decision", ID: "d1", Revision: 2}
	text := review.TextRef{Policy: "p1", Version: review.Number{Major: 1}}
	return &review.Register{Head: shapeHead("p1:c1"), Policy: "p1", Commissioner: "c1",
		Intervals: []review.Interval{
			{From: record.Day(2015, 4, 1), To: record.Day(2027, 4, 1), Text: review.TextRef{Local: "l1"}, Rule: review.ReferredFrom,
				Source: record.Ref{Kind: "local", ID: "l1", Revision: 1}},
			{From: record.Day(2027, 4, 1), To: record.Day(2028, 4, 1), Text: text, Rule: review.TreatedFrom, Source: source,
				Event: "start of the contract", Decided: record.Day(2027, 3, 18), Expires: record.Day(2028, 4, 1)},
			{From: record.Day(2029, 4, 1), Text: review.TextRef{None: review.NoneWithdrawn}, Rule: review.ReferredFrom, Source: source}},
		Pending:     []review.Pending{{Event: "opening of the clinic", Text: text, Rule: review.ReferredFrom, Source: source, Decided: record.Day(2027, 3, 18), Expires: record.Day(2030, 4, 1)}},
		Suspensions: []review.Suspension{{From: record.Day(2027, 5, 1), By: "a1", Approved: "a2", Lifted: record.Day(2027, 6, 1)}}, Waits: true}
}

// What was said about what a policy changes is read as what it was.
func TestEffectShapes(t *testing.T) {
	t.Parallel()
	ctx, k := t.Context(), embeddedKeeper(t)
	s := stores.NewEffectStores(k)
	level := &review.LevelRecord{Head: shapeHead("p1:c1"), Policy: "p1", Commissioner: "c1", Proposed: 3,
		Steps: []review.LevelStep{{Rule: "V-06", Level: 3, Words: "1 criterion is narrower"}}, Basis: review.LevelBasis{Save: 7, Draft: "ab12", Whole: "cd34"},
		Said: []review.LevelSaid{{Level: 2, Proposed: 3, Reason: "Two people a year", By: "a1", At: shapeAt, Whole: "cd34"}}}
	asKept(t, k, "level-1.json", level)
	gotLevel, err := s.Levels.Load(ctx, level.ID)
	sameShape(t, level, gotLevel, err)
	estimate := &review.Estimate{Head: shapeHead("p1:c1"), Policy: "p1", Commissioner: "c1", Lose: review.Share{Given: true, Low: 25, High: 100},
		Gain: review.Share{Given: true, Low: 0, High: 5}, Source: "audit 2025", Price: 5600, PriceSource: "tariff 2026", By: "a1", At: shapeAt}
	asWas(t, k, "estimate-1.json", estimate)
	gotEstimate, err := s.Estimates.Load(ctx, estimate.ID)
	sameShape(t, estimate, gotEstimate, err)
	estimate.ID, estimate.Commissioner, estimate.Schema, estimate.Save, estimate.Draft = "p1:c2", "c2", 2, 7, "ab12"
	asKept(t, k, "estimate-2.json", estimate)
	gotEstimate, err = s.Estimates.Load(ctx, estimate.ID)
	sameShape(t, estimate, gotEstimate, err)
	activity := &review.Activity{Head: shapeHead("c1:F34.1"), Commissioner: "c1", Code: "F34.1",
		Counts: []review.ActivityCount{{Month: record.Day(2026, 4, 1), People: 12, Age: "16-24", Sex: "F", Deprivation: "1"}}}
	asKept(t, k, "activity-1.json", activity)
	gotActivity, err := s.Activities.Load(ctx, activity.ID)
	sameShape(t, activity, gotActivity, err)
}
