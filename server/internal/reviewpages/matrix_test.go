package reviewpages_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"concordat/review/access"
	"concordat/review/harmony"
)

const (
	kestlebury = "## Criteria\n\nAll of these:\n\n- BMI below 40\n- at least 6 months of physiotherapy\n\n## Background\n\nKnees wear out.\n"
	oxleigh    = "## Criteria\n\nAll of these:\n\n- BMI under 35\n- three months of physiotherapy\n\n## Exclusions\n\n- Smokers\n"
)

// sideBySide is a policy on knees with two local texts and a draft. It gives the address of its matrix.
func (h *house) sideBySide(lead *person, texts ...string) (policy, matrix string) {
	h.t.Helper()
	path := h.begun(lead)
	lead.post(path, lead.get(path).form("do", "save", "s-criteria", "All of these:\n\n- BMI below 40")).want(http.StatusOK, "Saved")
	for i, text := range texts {
		at := path + "/local/" + h.places[i] + "/new"
		lead.send(at, lead.get(at).form("without", "policy", "title", "Knees", "text", text), "", nil).want(http.StatusOK)
	}
	return path, path + "/matrix"
}

var rowLink = regexp.MustCompile(`<a href="([^"]*/matrix/rows/[^"]*)">Correct this row`)

// rowAddress is where the row with a name is corrected.
func rowAddress(t *testing.T, a answer, name string) string {
	t.Helper()
	i := strings.Index(a.text(), ">"+name+": exact words<")
	if i < 0 {
		t.Fatalf("no exact words of %q\n%s", name, a.main())
	}
	m := rowLink.FindStringSubmatch(a.text()[i:])
	if m == nil {
		t.Fatalf("the row %q leads nowhere", name)
	}
	return m[1]
}

func TestMatrix(t *testing.T) {
	h := newHouse(t)
	lead := h.signedIn("Priya Anand", access.PolicyLead)
	path, matrix := h.sideBySide(lead, kestlebury, oxleigh)
	a := lead.get(matrix).want(http.StatusOK, "2 places, 3 criteria: 3 differ", "Differ from the draft", "Narrower: BMI under 35", "Read as background: 1 statement", "Knees wear out", "Most different first")
	_, rest, _ := strings.Cut(a.body, `<blockquote>BMI under 35</blockquote>`)
	_, rest, _ = strings.Cut(rest, `<a href="`)
	local, _, _ := strings.Cut(rest, `"`)
	page, id, _ := strings.Cut(local, "#")
	if b := lead.get(page).want(http.StatusOK, "BMI under 35"); !strings.Contains(b.body, `id="`+id+`"`) || !strings.Contains(b.body[strings.Index(b.body, `id="`+id+`"`):][:200], "BMI under 35") {
		t.Errorf("%s leads to no such paragraph", local)
	}
	lead.get(matrix+"?base=common").want(http.StatusOK, "Differ from the most common")
	lead.get(matrix+"?q=SMOKERS").want(http.StatusOK, "Smokers").lacks("BMI: exact words")
	lead.get(matrix+"?q=nothing+has+this").want(http.StatusOK, "No row has these words")
	lead.get(matrix+"?order=subject&only=yes&place="+h.places[1]).want(http.StatusOK, "Who cannot have it", "app-filter--only", "Previous: Kestlebury")
	lead.get(path+"/local").want(http.StatusOK, "Side by side")

	row := rowAddress(t, a, "BMI")
	b := lead.get(row).want(http.StatusOK, "Correct this row: BMI", "BMI under 35")
	lead.post(row, b.form("act", "name", "name", " ")).want(http.StatusUnprocessableEntity, "Enter a name for the row", `href="#name"`)
	lead.post(row, b.form("act", "name", "name", "Weight <b>")).want(http.StatusOK, "Put right: BMI", "Weight <b>: exact words").safe()
	lead.post(row, b.form("act", "name", "name", "Body mass")).want(http.StatusConflict, "Priya Anand put this right while you were writing", "Weight <b>", `value="Body mass"`)

	b = lead.get(rowAddress(t, lead.get(matrix), "Smoking"))
	lead.post(row, b.form("act", "wordings", "what", "drop")).want(http.StatusUnprocessableEntity, "Choose at least one wording")
	lead.post(row, b.form("act", "wordings", "wording", "smokers")).want(http.StatusUnprocessableEntity, "Choose what they are")
	lead.post(row, b.form("act", "merge", "with", "")).want(http.StatusUnprocessableEntity, "Choose the other row")
	lead.post(row, b.form("act", "wordings", "wording", "smokers", "what", "drop")).want(http.StatusOK, "2 places, 2 criteria", "2 corrections").lacks("Smoking: exact words")
	b = lead.get(matrix+"/corrections").want(http.StatusOK, "“Smokers”: no criterion", "is called “Weight <b>”", "Priya Anand")
	undo := func(number string) url.Values {
		f := b.form()
		f.Set("number", number)
		return f
	}
	lead.post(matrix+"/corrections", undo("2")).want(http.StatusOK, "Undone").lacks("no criterion")
	lead.post(matrix+"/corrections", undo("2")).want(http.StatusConflict, "undone this already")
	lead.get(matrix).want(http.StatusOK, "Smoking: exact words")
	lead.get(matrix+"/rows/none").want(http.StatusNotFound, "This row is not in the matrix any more", "All rows of the matrix")
	lead.get(matrix+"/draft/none").want(http.StatusNotFound, "This row is not in the matrix any more")
	reader := h.signedIn("Tom Reeve", access.Clinician)
	reader.get(matrix).want(http.StatusOK, "2 places").lacks("Correct this row", "Draft from this matrix")
	reader.get(row).want(http.StatusForbidden)
}

// What was read as background is made a criterion, in a row of its own and in another, and is background again once that
// is undone.
func TestCriteriaByHand(t *testing.T) {
	h := newHouse(t)
	lead := h.signedIn("Priya Anand", access.PolicyLead)
	const rest = "Surgery follows six months of rest"
	path, matrix := h.sideBySide(lead, kestlebury+rest+".\n", oxleigh+"\n## Background\n\n"+rest+".\n")
	lead.get(path+"/local/"+h.places[0]).want(http.StatusOK, "How it was read for the matrix")
	place := matrix + "/places/" + h.places[0]
	a := lead.get(place).want(http.StatusOK, "Kestlebury: 2 in rows, 2 read as background", "under Background", "Knees wear out", rest)
	folded := harmony.Fold(rest)
	lead.post(place, a.form("act", "wordings")).want(http.StatusUnprocessableEntity, "Choose what they are")
	lead.post(place, a.form("act", "wordings", "what", "own")).want(http.StatusUnprocessableEntity, "Choose at least one wording", `href="#wording"`)
	lead.post(place, a.form("act", "wordings", "what", "other", "wording", folded)).want(http.StatusUnprocessableEntity, "Choose the other row", `href="#to"`)
	lead.post(place, a.form("act", "wordings", "what", "own", "wording", "no such words")).want(http.StatusUnprocessableEntity, "No text has these words any more")
	lead.post(place, a.form("act", "wordings", "what", "own", "wording", folded)).want(http.StatusOK, "Made a criterion", "Kestlebury: 3 in rows, 1 read as background")
	lead.post(place, a.form("act", "wordings", "what", "own", "wording", folded)).want(http.StatusConflict, "Priya Anand put this right while you were writing", "a criterion, in a row of its own")
	lead.get(matrix).want(http.StatusOK, "2 places, 4 criteria", "1 correction")

	row := rowAddress(t, lead.get(matrix), "Surgery follows six months of rest")
	b := lead.get(matrix+"/corrections").want(http.StatusOK, "“Surgery follows six months of rest”: a criterion, in a row of its own")
	f := b.form()
	f.Set("number", "1")
	lead.post(matrix+"/corrections", f).want(http.StatusOK, "Undone")
	lead.get(row).want(http.StatusNotFound, "not in the matrix any more", "in none of the texts now")
	a = lead.get(place).want(http.StatusOK, "2 read as background")
	bmi := harmony.Fold("BMI below 40")
	lead.post(place, a.form("act", "wordings", "what", "other", "to", bmi, "only", h.places[0], "wording", folded)).want(http.StatusOK, "2 in rows, 1 read as background", "BMI below 40; "+rest)
	lead.get(matrix+"/corrections").want(http.StatusOK, "of Kestlebury: a criterion, in the row of “BMI below 40”")
	lead.get(matrix+"/places/"+h.places[1]).want(http.StatusOK, "1 read as background")
	lead.get(matrix + "/places/none").want(http.StatusNotFound)
	reader := h.signedIn("Tom Reeve", access.Clinician)
	reader.get(place).want(http.StatusOK, "Knees wear out").lacks("This is a criterion")
	reader.post(place, f).want(http.StatusForbidden)
}

// The address of a row leads to where its words are, whatever was put right since.
func TestAddressOfARow(t *testing.T) {
	h := newHouse(t)
	lead := h.signedIn("Priya Anand", access.PolicyLead)
	_, matrix := h.sideBySide(lead, kestlebury, oxleigh)
	physio, smoking := rowAddress(t, lead.get(matrix), "Physiotherapy"), rowAddress(t, lead.get(matrix), "Smoking")
	b := lead.get(smoking).want(http.StatusOK, "Correct this row: Smoking")
	lead.post(smoking, b.form("act", "merge", "with", harmony.Fold("at least 6 months of physiotherapy"))).want(http.StatusOK, "Put right")
	lead.get(smoking).want(http.StatusOK, "at least 6 months of physiotherapy", "Smokers")
	lead.get(physio).want(http.StatusOK, "Smokers")
	b = lead.get(smoking)
	lead.post(smoking, b.form("act", "wordings", "wording", "smokers", "what", "drop")).want(http.StatusOK, "Put right")
	lead.get(smoking).want(http.StatusNotFound, "This row is not in the matrix any more", "Smokers", "How the text of Oxleigh Vale was read")
	lead.get(matrix+"/places/"+h.places[1]).want(http.StatusOK, "Left out by hand")
	lead.get(physio).want(http.StatusOK, "Correct this row: Physiotherapy")
}

// A text that seems to be about another treatment is compared with the others once somebody says that it belongs.
func TestATextThatStandsApart(t *testing.T) {
	h := newHouse(t)
	h.join("Netherwell", "Quorndale")
	lead := h.signedIn("Priya Anand", access.PolicyLead)
	const knee = "# Knee replacement\n\n## Criteria\n\nKnee replacement is funded when all are met:\n\n- BMI below 40\n- at least 6 months of physiotherapy\n- severe pain in the knee with loss of function\n"
	const eye = "# Cataract\n\n## Criteria\n\n- visual acuity of 6/12 or worse\n- glare makes driving unsafe\n"
	_, matrix := h.sideBySide(lead, knee, strings.Replace(knee, "40", "35", 1), strings.Replace(knee, "6 months", "3 months", 1), eye)
	lead.get(matrix).want(http.StatusOK, "3 places", "The text of Quorndale shares hardly any words with the others", "Does it belong here?")
	place := matrix + "/places/" + h.places[3]
	a := lead.get(place).want(http.StatusOK, "Quorndale: stands apart", "It belongs here")
	lead.post(place, a.form("act", "belong")).want(http.StatusOK, "The text is compared with the others now", "2 in rows")
	lead.post(place, a.form("act", "belong")).want(http.StatusConflict, "The text of Quorndale is about this treatment")
	lead.get(matrix).want(http.StatusOK, "4 places").lacks("hardly any words")
	b := lead.get(matrix + "/corrections")
	f := b.form()
	f.Set("number", "1")
	lead.post(matrix+"/corrections", f).want(http.StatusOK, "Undone")
	lead.get(matrix).want(http.StatusOK, "3 places", "Does it belong here?")
}

func TestEvidenceOnARow(t *testing.T) {
	h := newHouse(t)
	lead := h.signedIn("Priya Anand", access.PolicyLead)
	_, matrix := h.sideBySide(lead, kestlebury, oxleigh)
	row := rowAddress(t, lead.get(matrix), "BMI")
	b := lead.get(row)
	lead.post(row, b.form("act", "note", "kind", "recommendation", "text", "", "source", "")).want(http.StatusUnprocessableEntity, "Enter what it says", "Enter where it stands")
	lead.post(row, b.form("act", "note", "kind", "recommendation", "text", "Do not use BMI to exclude people", "source", "NICE NG226, 1.4")).want(http.StatusOK, "Noted", "NICE NG226, 1.4: Do not use BMI")
	lead.post(row, b.form("act", "note", "kind", "none", "text", "", "source", "NICE")).want(http.StatusConflict, "noted something here while you were writing", "Do not use BMI")
	b = lead.get(row)
	lead.post(row, b.form("act", "note", "kind", "", "text", "", "source", "")).want(http.StatusOK).lacks("NICE NG226")
}

func TestDraftFromTheMatrix(t *testing.T) {
	h := newHouse(t)
	lead := h.signedIn("Priya Anand", access.PolicyLead)
	path, matrix := h.sideBySide(lead, kestlebury, oxleigh)
	lead.get(matrix+"/draft").want(http.StatusOK, "1 of 3 criteria are in the draft")
	row := strings.Replace(rowAddress(t, lead.get(matrix), "Physiotherapy"), "/rows/", "/draft/", 1)
	b := lead.get(row).want(http.StatusOK, "Draft: Physiotherapy", "Narrowest: fewest patients", "at least 6 months of physiotherapy")
	local := "local " + h.places[1]
	lead.post(row, b.form("from", local, "where", "at criteria", "text", "Three months of physiotherapy, begun at home")).want(http.StatusUnprocessableEntity, "Say why these words", "begun at home")
	lead.post(row, b.form("from", "", "where", "at nowhere")).want(http.StatusUnprocessableEntity, "Choose where the words are from", "Choose where the words are to stand")
	lead.post(row, b.form("from", local, "where", "at criteria", "reason", "The trial had three months")).want(http.StatusOK, "Written into the draft", "2 of 3 criteria are in the draft", "from Oxleigh Vale’s text")
	lead.get(path).want(http.StatusOK, "- three months of physiotherapy", "from Oxleigh Vale’s text", "The trial had three months")
	lead.get(matrix).want(http.StatusOK, "from Oxleigh Vale’s text")

	// The paragraph leads to its row, also when the row has another name since.
	origin := regexp.MustCompile(`<li><a href="[^"#]*/matrix#(w-[^"]+)">[^<]*</a> from Oxleigh Vale`)
	fix := rowAddress(t, lead.get(matrix), "Physiotherapy")
	lead.post(fix, lead.get(fix).form("act", "name", "name", "Exercises first")).want(http.StatusOK)
	led := origin.FindStringSubmatch(lead.get(path).body)
	if led == nil {
		t.Fatal("where the paragraph came from leads nowhere")
	}
	lead.get(matrix).want(http.StatusOK, `id="`+led[1]+`-h">Exercises first: exact words`)
	back := rowAddress(t, lead.get(matrix), "Exercises first")
	lead.post(back, lead.get(back).form("act", "name", "name", "Physiotherapy")).want(http.StatusOK)

	// Somebody else changes the paragraph while it is drafted anew.
	row = strings.Replace(rowAddress(t, lead.get(matrix), "Physiotherapy"), "/rows/", "/draft/", 1)
	b = lead.get(row).want(http.StatusOK, "In place of")
	mine := regexp.MustCompile(`value="(in [^"]+)"`).FindStringSubmatch(b.body)[1]
	lead.post(path, lead.get(path).form("do", "save", "s-criteria", "All of these:\n\n- BMI below 40\n- nine months of physiotherapy"))
	lead.post(row, b.form("from", local, "where", mine, "reason", "R", "text", "Two months of physiotherapy")).want(http.StatusConflict, "It reads now: “- nine months of physiotherapy”", "Two months of physiotherapy")
}

// Whatever texts a matrix is made of, it is a true one or says why not.
func TestMatrixOfBadTexts(t *testing.T) {
	for _, tc := range []struct {
		name  string
		texts []string
		want  []string
	}{
		{"none", nil, []string{"nothing to put side by side"}},
		{"one", []string{kestlebury}, []string{"1 place, ", "Nothing is recorded yet of Oxleigh Vale"}},
		{"twins", []string{oxleigh, oxleigh}, []string{"Kestlebury and Oxleigh Vale have the same text, to the letter"}},
		{"no list", []string{kestlebury, "Patients must have a BMI below 35. They must have had three months of physiotherapy."}, []string{"2 places, 2 criteria"}},
		{"a table", []string{kestlebury, "| Procedure | Threshold |\n|---|---|\n| Knee replacement | BMI below 35 |\n"}, []string{"2 places", "Narrower: "}},
		{"another language", []string{kestlebury, "Der Patient benötigt eine Überweisung durch den Hausarzt.\n\nDie Behandlung dauert lange."}, []string{"No criteria could be read in the text of Oxleigh Vale", "Überweisung"}},
		{"one word", []string{kestlebury, strings.Repeat("x", 700_000)}, []string{"2 places"}},
		{"quotes", []string{kestlebury, strings.Repeat("> ", 4) + "BMI below 35"}, []string{"2 places"}},
		{"script", []string{kestlebury, "- BMI below 35 <script>alert(1)</script>"}, []string{"2 places"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			h := newHouse(t)
			lead := h.signedIn("Priya Anand", access.PolicyLead)
			_, matrix := h.sideBySide(lead, tc.texts...)
			lead.get(matrix).want(http.StatusOK, tc.want...).safe()
		})
	}
}

func TestNationalText(t *testing.T) {
	h := newHouse(t)
	lead := h.signedIn("Priya Anand", access.PolicyLead)
	_, matrix := h.sideBySide(lead, kestlebury, oxleigh)
	a := lead.get(matrix+"/national").want(http.StatusOK, "The national text")
	lead.send(matrix+"/national", a.form("text", "All of:\n\n- BMI below 45"), "", nil).want(http.StatusUnprocessableEntity, "Enter what it is called", "Enter where it can be read", "BMI below 45")
	text := "## Criteria\n\nAll of:\n\n- BMI below 45\n- at least 3 months of physiotherapy\n"
	lead.send(matrix+"/national", a.form("title", "EBI", "source", "https://example.org/ebi", "text", text), "", nil).want(http.StatusOK, "The national text is kept", "National: EBI", "BMI below 45")
	lead.send(matrix+"/national", a.form("title", "SIGN", "source", "https://example.org/sign", "text", text), "", nil).want(http.StatusConflict, "Kept now: “EBI”", "SIGN")
	lead.get(matrix+"?base=national").want(http.StatusOK, "Differ from the national text")

	b := lead.get(matrix+"/draft").want(http.StatusOK, "Take this")
	lead.post(matrix+"/draft", b.form()).want(http.StatusUnprocessableEntity, "Tick at least one row")
	lead.post(matrix+"/draft", b.form("row", harmony.Fold("at least 3 months of physiotherapy"))).want(http.StatusOK, "2 of 3 criteria are in the draft", "from the national text")

	csv := lead.get(matrix+".csv").want(http.StatusOK, "BMI below 45", "Narrower (<35): BMI under 35")
	if got := csv.header.Get("Content-Type"); !strings.HasPrefix(got, "text/csv") {
		t.Errorf("the sheet is sent as %q", got)
	}
	lead.get(matrix+".xlsx?base=national").want(http.StatusOK, "PK")

	a = lead.get(matrix + "/national")
	lead.send(matrix+"/national", a.form("title", "", "source", "", "text", ""), "", nil).want(http.StatusOK).lacks("National: EBI")
}
