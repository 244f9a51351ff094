package reviewtest

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"concordat/review"
	"concordat/review/clause"
	"concordat/review/harmony"
	"concordat/review/record"
)

// Three local texts that differ in BMI, in physiotherapy, and in what is said of smoking.
const (
	matrixAlder    = "Patients need all of:\n\n- a BMI of less than 40 kg/m²\n- at least 6 months of physiotherapy\n- no smoking\n"
	matrixBramble  = "## Criteria\n\nPatients need all of these:\n\n- BMI under 35\n- three months of physiotherapy\n\n## Exclusions\n\n- Smokers\n"
	matrixCarrow   = "## Criteria\n\nPatients need all of the following:\n\n- BMI below 40\n- an Oxford score of 20 or less\n"
	matrixNational = "All of:\n\n- a BMI of less than 40 kg/m²\n- at least 3 months of physiotherapy\n"
)

// sideBySide is a policy with three local texts and a draft that asks for a BMI only.
func (w world) sideBySide(t *testing.T) (*review.Policy, []string) {
	t.Helper()
	var places []string
	for _, name := range []string{"Alder", "Bramble", "Carrow"} {
		places = append(places, w.commissioner(t, name).ID)
	}
	p := w.policy(t, "TP-077", "Knee replacement", places...)
	p, _, err := w.SaveText(w.ctx, edit(p, ""), p.Saves, []review.Section{{Key: review.CriteriaKey, Markdown: "Patients need all of these:\n\n- BMI below 40\n"}})
	if err != nil {
		t.Fatal(err)
	}
	for i, text := range []string{matrixAlder, matrixBramble, matrixCarrow} {
		must(w.AddLocal(w.ctx, Lead, review.LocalInput{Policy: p.ID, Commissioner: places[i], Title: "Knees", Effective: record.Day(2021, 4, 1), Markdown: text}))(t)
	}
	return p, places
}

func (w world) matrixOf(t *testing.T, p *review.Policy) *review.Matrix {
	t.Helper()
	return must(w.Matrix(w.ctx, Lead, p.ID, harmony.Draft))(t)
}

func (w world) row(t *testing.T, m *review.Matrix, words string) *harmony.Row {
	t.Helper()
	r, ok := m.RowOf(harmony.Fold(words))
	if !ok {
		t.Fatalf("no row has %q", words)
	}
	return r
}

func marksOf(r *harmony.Row) string {
	var out []string
	for _, c := range r.Cells {
		out = append(out, string(c.Mark))
	}
	return strings.Join(out, " ")
}

// testMatrix corrects rows, reads one text in again, and undoes.
func testMatrix(t *testing.T, w world) {
	p, places := w.sideBySide(t)
	m := w.matrixOf(t, p)
	if got := marksOf(w.row(t, m, "BMI below 40")); got != "other narrower same" { // “of” and a unit more are not known to say nothing
		t.Errorf("BMI: %s", got)
	}
	drop := harmony.Correction{Act: harmony.Drop, Words: harmony.Fold("Smokers")}
	name := harmony.Correction{Act: harmony.Name, Words: w.row(t, m, "BMI below 40").Lead, Name: "Weight"}
	h := must(w.Correct(w.ctx, record.Edit{By: Lead, ID: p.ID}, drop))(t)
	h = must(w.Correct(w.ctx, record.Edit{By: Lead, ID: p.ID, Revision: h.Revision}, name))(t)
	if len(h.Corrected) != 2 || h.Corrected[1].By != Lead.ID || !h.Corrected[1].At.Equal(Now) {
		t.Errorf("kept %+v", h.Corrected)
	}
	// Alder's text is read in again, and now has Bramble's words: they follow what was said of them.
	l := must(w.Local(w.ctx, Lead, m.Locals[places[0]].ID))(t)
	must(w.EditLocal(w.ctx, edit(l, ""), review.LocalInput{Title: "Knees", Effective: l.Effective, Markdown: matrixAlder + "\n## Exclusions\n\n- Smokers\n"}))(t)
	m = w.matrixOf(t, p)
	if _, ok := m.RowOf(harmony.Fold("Smokers")); ok {
		t.Error("what was called no criterion came back with a text that has the same words")
	}
	if r := w.row(t, m, "BMI below 40"); r.Name != "Weight" || !r.Named {
		t.Errorf("after a text was read in again the row is called %q", r.Name)
	}
	wants(t, second(w.Correct(w.ctx, record.Edit{By: Lead, ID: p.ID, Revision: h.Revision}, harmony.Correction{Act: harmony.Drop, Words: "no such words"})), record.ErrRule, "correcting what no text says")
	wants(t, second(w.Correct(w.ctx, record.Edit{By: Secretary, ID: p.ID, Revision: h.Revision}, drop)), record.ErrForbidden, "a secretary's correction")
	h = must(w.Undo(w.ctx, record.Edit{By: Lead, ID: p.ID, Revision: h.Revision}, 1))(t)
	wants(t, second(w.Undo(w.ctx, record.Edit{By: Lead, ID: p.ID, Revision: h.Revision}, 1)), record.ErrConflict, "undoing twice")
	w.row(t, w.matrixOf(t, p), "Smokers")
	// A wording that is in no text any more leaves its correction idle, not lost.
	l = must(w.Local(w.ctx, Lead, m.Locals[places[2]].ID))(t)
	must(w.Correct(w.ctx, record.Edit{By: Lead, ID: p.ID, Revision: h.Revision}, harmony.Correction{Act: harmony.Name, Words: harmony.Fold("an Oxford score of 20 or less"), Name: "Oxford score"}))(t)
	must(w.EditLocal(w.ctx, edit(l, ""), review.LocalInput{Title: "Knees", Effective: l.Effective, Markdown: "All of the following:\n\n- BMI below 40\n"}))(t)
	m = w.matrixOf(t, p)
	if idle := m.Made.Idle(m.Idle); !slices.Equal(idle, []int{3}) {
		t.Errorf("idle %v, want the third", idle)
	}
}

// testMatrixByHand makes a criterion of background and reads the texts in again: what was said holds, and addresses of
// rows lead where they did.
func testMatrixByHand(t *testing.T, w world) {
	p, places := w.sideBySide(t)
	const rest = "Surgery is best after six months of rest"
	l := must(w.Local(w.ctx, Lead, w.matrixOf(t, p).Locals[places[0]].ID))(t)
	l = must(w.EditLocal(w.ctx, edit(l, ""), review.LocalInput{Title: "Knees", Effective: l.Effective, Markdown: matrixAlder + "\n## Background\n\n" + rest + ".\n"}))(t)
	m := w.matrixOf(t, p)
	physio := w.row(t, m, "at least 6 months of physiotherapy").Key
	if left := m.Beside(places[0]); len(left) != 1 || left[0].Words != rest || left[0].Under != "Background" {
		t.Fatalf("beside the rows: %+v", left)
	}
	h := must(w.Correct(w.ctx, record.Edit{By: Lead, ID: p.ID}, harmony.Correction{Act: harmony.Take, Words: harmony.Fold(rest)}))(t)
	taken := w.row(t, w.matrixOf(t, p), rest).Key
	wants(t, second(w.Correct(w.ctx, record.Edit{By: Lead, ID: p.ID}, harmony.Correction{Act: harmony.Take, Words: harmony.Fold(rest)})), record.ErrConflict, "taking what somebody took meanwhile")
	wants(t, second(w.Correct(w.ctx, record.Edit{By: Lead, ID: p.ID, Revision: h.Revision}, harmony.Correction{Act: harmony.Belong, Place: places[0]})), record.ErrRule, "keeping a text that does not stand apart")
	wants(t, second(w.Correct(w.ctx, record.Edit{By: Lead, ID: p.ID, Revision: h.Revision}, harmony.Correction{Act: harmony.Belong})), record.ErrRule, "keeping no text")

	// The text is corrected: a line comes before, and the words of a criterion change. A later text takes its place.
	must(w.EditLocal(w.ctx, edit(l, ""), review.LocalInput{Title: "Knees", Effective: l.Effective,
		Markdown: "Knees are joints.\n\n" + strings.Replace(matrixAlder, "at least 6 months", "at least 5 months", 1) + "\n## Background\n\n" + rest + ".\n"}))(t)
	must(w.AddLocal(w.ctx, Lead, review.LocalInput{Policy: p.ID, Commissioner: places[0], Title: "Knees", Effective: record.Day(2023, 4, 1),
		Markdown: "## Background\n\nNew in 2023. " + rest + ".\n\n## Criteria\n\n" + strings.Replace(matrixAlder, "at least 6 months", "at least 4 months", 1)}))(t)
	m = w.matrixOf(t, p)
	if r, ok := m.Row(physio); !ok || r != w.row(t, m, "at least 4 months of physiotherapy") {
		t.Error("the address of a row is lost when the words that founded it change")
	}
	if r := w.row(t, m, rest); len(m.Idle) != 0 || r.Key != taken {
		t.Errorf("what was made a criterion is lost when its text is read in again: idle %v", m.Idle)
	}
	must(w.Undo(w.ctx, record.Edit{By: Lead, ID: p.ID, Revision: h.Revision}, 1))(t)
	if m = w.matrixOf(t, p); len(m.Beside(places[0])) != 2 {
		t.Errorf("once it is undone %d statements stand beside the rows", len(m.Beside(places[0])))
	}
}

func second[T any](_ T, err error) error { return err }

// testMatrixTwice has two people correct at once.
func testMatrixTwice(t *testing.T, w world) {
	p, _ := w.sideBySide(t)
	m := w.matrixOf(t, p)
	bmi, physio := w.row(t, m, "BMI below 40").Lead, w.row(t, m, "three months of physiotherapy").Lead
	form := record.Edit{By: Lead, ID: p.ID}
	must(w.Correct(w.ctx, form, harmony.Correction{Act: harmony.Name, Words: bmi, Name: "Weight"}))(t)
	h := must(w.Correct(w.ctx, form, harmony.Correction{Act: harmony.Name, Words: physio, Name: "Exercise"}))(t)
	if len(h.Corrected) != 2 {
		t.Errorf("two corrections of different rows: kept %d", len(h.Corrected))
	}
	_, err := w.Correct(w.ctx, form, harmony.Correction{Act: harmony.Name, Words: bmi, Name: "Body mass"})
	var others *review.CorrectedMeanwhile
	if !errors.As(err, &others) || !errors.Is(err, record.ErrConflict) || others.By[0].List[0].Name != "Weight" {
		t.Errorf("two names for one row: %v", err)
	}
	note := review.EvidenceNote{Words: bmi, Kind: review.Recommendation, Text: "No limit", Source: "NICE NG226"}
	must(w.NoteEvidence(w.ctx, record.Edit{By: Lead, ID: p.ID, Revision: h.Revision}, note))(t)
	wants(t, second(w.NoteEvidence(w.ctx, form, note)), record.ErrConflict, "a note over another that was not seen")
	note.Source = ""
	h = must(w.Stores.Harmonies.Load(w.ctx, p.ID))(t)
	wants(t, second(w.NoteEvidence(w.ctx, edit(h, ""), note)), record.ErrRule, "a note without a source")
}

// testDraftRows drafts from the national text and from one place, and keeps where it came from.
func testDraftRows(t *testing.T, w world) {
	p, places := w.sideBySide(t)
	wants(t, second(w.SetNational(w.ctx, record.Edit{By: Lead, ID: p.ID}, review.NationalInput{Title: "EBI", Markdown: matrixNational})), record.ErrRule, "a national text without a source")
	must(w.SetNational(w.ctx, record.Edit{By: Lead, ID: p.ID}, review.NationalInput{Title: "EBI", Source: "https://example.org/ebi", Published: record.Day(2018, 11, 1), Markdown: matrixNational}))(t)
	m := w.matrixOf(t, p)
	physio, score := w.row(t, m, "three months of physiotherapy"), w.row(t, m, "an Oxford score of 20 or less")
	score2 := review.RowDraft{Words: score.Lead, From: review.FromLocal, Place: places[2], Section: review.CriteriaKey}
	wants(t, second3(w.DraftRows(w.ctx, edit(p, ""), p.Saves, score2)), record.ErrRule, "one place's words without a reason")
	score2.Reason = "The trial used this score"
	wants(t, second3(w.DraftRows(w.ctx, edit(p, ""), p.Saves, review.RowDraft{Words: score.Lead, From: review.FromNational, Section: review.CriteriaKey})), record.ErrRule, "from a national text that is silent")
	stale := edit(p, "")
	base := p.Saves
	p, _, err := w.DraftRows(w.ctx, stale, base, review.RowDraft{Words: physio.Lead, From: review.FromNational, Section: review.CriteriaKey}, score2)
	if err != nil {
		t.Fatal(err)
	}
	want := "Patients need all of these:\n\n- BMI below 40\n- at least 3 months of physiotherapy\n- an Oxford score of 20 or less"
	if got := p.Section(review.CriteriaKey).Markdown; got != want {
		t.Errorf("the draft reads\n%s\nwant\n%s", got, want)
	}
	h := must(w.Stores.Harmonies.Load(w.ctx, p.ID))(t)
	if len(h.Origins) != 2 || h.Origins[0].From != review.FromNational || h.Origins[1].Local == "" || h.Origins[1].Reason != score2.Reason || h.Origins[1].Edited {
		t.Errorf("origins %+v", h.Origins)
	}
	// The words change and move; where they came from stays with them.
	p, _, err = w.SaveText(w.ctx, edit(p, ""), p.Saves, []review.Section{{Key: review.CriteriaKey, Markdown: "Patients need all of these:\n\n- an Oxford knee score of 20 or less\n- BMI below 40\n- at least 3 months of physiotherapy\n"}})
	if err != nil {
		t.Fatal(err)
	}
	text := p.Text()
	for _, x := range text.Clauses {
		o := review.OriginsOf(h.OriginsIn(text), x.Anchor)
		if got := len(o) == 1 && o[0].From == review.FromLocal; got != strings.Contains(x.Words, "Oxford") {
			t.Errorf("%q: origins %+v", x.Words, o)
		}
	}
	anchor := text.Clauses[slices.IndexFunc(text.Clauses, func(x clause.Clause) bool { return x.Words == "BMI below 40" })].Anchor
	again := review.RowDraft{Words: harmony.Fold("BMI below 40"), From: review.FromNational, Anchor: anchor}
	p, _, err = w.DraftRows(w.ctx, edit(p, ""), p.Saves, again)
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Section(review.CriteriaKey).Markdown; !strings.Contains(got, "\n- a BMI of less than 40 kg/m²\n") || strings.Contains(got, "BMI below 40") {
		t.Errorf("after a paragraph was replaced the draft reads\n%s", got)
	}
}

// testOriginsStay: both parts of a paragraph came from where it did, what was joined came from where its parts did, and
// what is drafted anew in the place of one part leaves the other.
func testOriginsStay(t *testing.T, w world) {
	p, places := w.sideBySide(t)
	must(w.SetNational(w.ctx, record.Edit{By: Lead, ID: p.ID}, review.NationalInput{Title: "EBI", Source: "https://example.org/ebi", Published: record.Day(2018, 11, 1), Markdown: matrixNational}))(t)
	m := w.matrixOf(t, p)
	physio, score := w.row(t, m, "three months of physiotherapy"), w.row(t, m, "an Oxford score of 20 or less")
	const long, short = "at least three months of physiotherapy, the last session within the year before referral", "an Oxford score of 20 or less, noted by the clinician who refers"
	p, _, err := w.DraftRows(w.ctx, edit(p, ""), p.Saves, review.RowDraft{Words: physio.Lead, From: review.FromNational, Section: review.CriteriaKey, Text: long},
		review.RowDraft{Words: score.Lead, From: review.FromLocal, Place: places[2], Section: review.CriteriaKey, Text: short, Reason: "The trial used this score"})
	if err != nil {
		t.Fatal(err)
	}
	from := func(words string, want ...review.From) {
		t.Helper()
		h, text := must(w.Stores.Harmonies.Load(w.ctx, p.ID))(t), must(w.Policy(w.ctx, Lead, p.ID))(t).Text()
		var got []review.From
		for _, o := range review.OriginsOf(h.OriginsIn(text), anchorOf(t, text, words)) {
			got = append(got, o.From)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q is from %q, want %q", words, got, want)
		}
	}
	part, rest, _ := strings.Cut(long, ", ")
	p = w.criteria(t, p, "Patients need all of these:\n\n- BMI below 40\n- "+part+"\n- "+rest+"\n- "+short+"\n")
	from(part, review.FromNational)
	from(rest, review.FromNational)
	from("BMI below 40")
	p = w.criteria(t, p, "Patients need all of these:\n\n- BMI below 40\n- "+part+"\n- "+rest+" and "+short+"\n")
	from(part, review.FromNational)
	from(rest+" and "+short, review.FromNational, review.FromLocal)
	const anew = "at least four months of physiotherapy"
	d := review.RowDraft{Words: score.Lead, From: review.FromLocal, Place: places[2], Anchor: anchorOf(t, p.Text(), part), Text: anew, Reason: "The trial had it"}
	if p, _, err = w.DraftRows(w.ctx, edit(p, ""), p.Saves, d); err != nil {
		t.Fatal(err)
	}
	from(anew, review.FromLocal)
	from(rest+" and "+short, review.FromNational, review.FromLocal)
}

func second3[T any](_ T, _ bool, err error) error { return err }
