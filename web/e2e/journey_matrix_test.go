package e2e_test

import (
	"testing"

	"concordat/web/e2e"
)

// TestMatrixJourney opens a cell of the matrix, names a row, joins two, takes that back, and drafts one clause, without a
// script.
func TestMatrixJourney(t *testing.T) {
	t.Parallel()
	const matrix = "/desk/policies/cp-041/matrix"
	s := demonstration(t, "SQLite")
	withScripts := signedIn(t, s, lead)
	p := signedIn(t, s, lead).WithoutJavaScript()
	p.Goto(matrix)
	p.Sees("15 places", "Most different first")
	p.Click("Smoking")
	p.Sees("Smoking: exact words")
	p.Within(".app-words:target").Click("Correct this row")
	var draft string
	row := p.Path()
	p.Fill("Name of the row", "Stopping smoking first")
	p.Click("Rename the row")
	p.Sees("Put right: Smoking", "Stopping smoking first")

	p.Goto(row)
	var other string
	p.Eval(`document.querySelector('#with').options[1].text`, &other)
	p.Select("Join it with", other)
	p.Click("Join both rows")
	p.Sees("Put right: Stopping smoking first")
	p.Click("2 corrections")
	p.Sees("are one", "is called “Stopping smoking first”", "Priya Anand")
	p.ClickOn("tbody tr:first-child button")
	p.Sees("Undone", "is called “Stopping smoking first”")
	p.SeesNot("are one")

	p.Goto(matrix)
	p.Click("Stopping smoking first")
	p.Within(".app-words:target").Click("Draft from this row")
	p.Click("Write it into the draft")
	p.Sees("There is a problem", "Choose where the words are from")
	p.ClickOn("[name=from]")
	p.Choose("A new paragraph at the end of “Who can have it: the criteria”")
	p.Fill("Words in the draft", "The patient has not smoked for 8 weeks")
	p.Fill("Why these words, and not the national text or the evidence?", "Wounds heal better, says the surgeons’ guidance")
	p.Click("Write it into the draft")
	p.Sees("Written into the draft", "text, with changes")
	p.Goto("/desk/policies/cp-041")
	p.Sees("Where paragraphs came from", "Wounds heal better")

	// The row leads with the draft's words now, so its address is another one.
	withScripts.Goto(matrix)
	withScripts.Eval(`document.querySelector('.app-words a[href*="/matrix/rows/"]').pathname`, &row)
	withScripts.Eval(`document.querySelector('.app-words a[href*="/matrix/draft/"]').pathname`, &draft)
	for _, path := range []string{matrix, matrix + "?order=subject&only=yes", row, draft, matrix + "/draft", matrix + "/corrections", matrix + "/national"} {
		withScripts.Goto(path)
		e2e.Axe(t, withScripts)
		withScripts.Resize(320, 800)
		e2e.NoSidewaysScroll(t, withScripts)
		withScripts.Resize(1280, 900)
	}
}
