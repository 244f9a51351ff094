package reviewpages_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"concordat/review/access"
	"concordat/review/harmony"
	"concordat/server/internal/pagetest"
)

const (
	kestlebury = "## Criteria\n\nPatients need all of these:\n\n- BMI below 40\n- at least 6 months of physiotherapy\n\n## Background\n\nKnees wear out.\n"
	oxleigh    = "## Criteria\n\nPatients need all of these:\n\n- BMI under 35\n- at least three months of physiotherapy\n\n## Exclusions\n\n- Smokers\n"
)

// sideBySide is a policy on knees with two local texts and a draft. It gives the address of its matrix.
func (h *house) sideBySide(lead *pagetest.Person, texts ...string) (policy, matrix string) {
	h.T.Helper()
	path := h.begun(lead)
	lead.Post(path, lead.Get(path).Form("do", "save", "s-criteria", "Patients need all of these:\n\n- BMI below 40")).Want(http.StatusOK, "Saved")
	for i, text := range texts {
		at := path + "/local/" + h.Places[i] + "/new"
		lead.Send(at, lead.Get(at).Form("without", "policy", "title", "Knees", "text", text)).Want(http.StatusOK)
	}
	return path, path + "/matrix"
}

var rowLink = regexp.MustCompile(`<a href="([^"]*/matrix/rows/[^"]*)">Correct this row`)

// rowAddress is where the row with a name is corrected.
func rowAddress(t *testing.T, a pagetest.Answer, name string) string {
	t.Helper()
	i := strings.Index(a.Text(), ">"+name+": exact words<")
	if i < 0 {
		t.Fatalf("no exact words of %q\n%s", name, a.Main())
	}
	m := rowLink.FindStringSubmatch(a.Text()[i:])
	if m == nil {
		t.Fatalf("the row %q leads nowhere", name)
	}
	return m[1]
}

func TestMatrix(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := h.SignedIn("Priya Anand", access.PolicyLead)
	path, matrix := h.sideBySide(lead, kestlebury, oxleigh)
	a := lead.Get(matrix).Want(http.StatusOK, "2 places, 3 criteria: 3 differ", "Differ from the draft", "Narrower: BMI under 35", "In no row: 1 statement", "Knees wear out", "Most different first")
	_, rest, _ := strings.Cut(a.Body, `<blockquote>BMI under 35</blockquote>`)
	_, rest, _ = strings.Cut(rest, `<a href="`)
	local, _, _ := strings.Cut(rest, `"`)
	page, id, _ := strings.Cut(local, "#")
	if b := lead.Get(page).Want(http.StatusOK, "BMI under 35"); !strings.Contains(b.Body, `id="`+id+`"`) || !strings.Contains(b.Body[strings.Index(b.Body, `id="`+id+`"`):][:200], "BMI under 35") {
		t.Errorf("%s leads to no such paragraph", local)
	}
	lead.Get(matrix+"?base=common").Want(http.StatusOK, "Differ from the most common")
	lead.Get(matrix+"?q=SMOKERS").Want(http.StatusOK, "Smokers").Lacks("BMI: exact words")
	lead.Get(matrix+"?q=nothing+has+this").Want(http.StatusOK, "No row has these words")
	lead.Get(matrix+"?order=subject&only=yes&place="+h.Places[1]).Want(http.StatusOK, "Who cannot have it", "app-filter--only", "Previous: Kestlebury")
	lead.Get(path+"/local").Want(http.StatusOK, "Side by side")

	row := rowAddress(t, a, "BMI")
	b := lead.Get(row).Want(http.StatusOK, "Correct this row: BMI", "BMI under 35")
	lead.Post(row, b.Form("act", "name", "name", " ")).Want(http.StatusUnprocessableEntity, "Enter a name for the row", `href="#name"`)
	lead.Post(row, b.Form("act", "name", "name", "Weight <b>")).Want(http.StatusOK, "Put right: BMI", "Weight <b>: exact words").Safe()
	lead.Post(row, b.Form("act", "name", "name", "Body mass")).Want(http.StatusConflict, "Priya Anand put this right while you were writing", "Weight <b>", `value="Body mass"`)

	b = lead.Get(rowAddress(t, lead.Get(matrix), "Smoking"))
	lead.Post(row, b.Form("act", "wordings", "what", "drop")).Want(http.StatusUnprocessableEntity, "Choose at least one wording")
	lead.Post(row, b.Form("act", "wordings", "wording", "smokers")).Want(http.StatusUnprocessableEntity, "Choose what they are")
	lead.Post(row, b.Form("act", "merge", "with", "")).Want(http.StatusUnprocessableEntity, "Choose the other row")
	lead.Post(row, b.Form("act", "wordings", "wording", "smokers", "what", "drop")).Want(http.StatusOK, "2 places, 2 criteria", "2 corrections").Lacks("Smoking: exact words")
	b = lead.Get(matrix+"/corrections").Want(http.StatusOK, "“Smokers”: no criterion", "is called “Weight <b>”", "Priya Anand")
	undo := func(number string) url.Values {
		f := b.Form()
		f.Set("number", number)
		return f
	}
	lead.Post(matrix+"/corrections", undo("2")).Want(http.StatusOK, "Undone").Lacks("no criterion")
	lead.Post(matrix+"/corrections", undo("2")).Want(http.StatusConflict, "undone this already")
	lead.Get(matrix).Want(http.StatusOK, "Smoking: exact words")
	lead.Get(matrix+"/rows/none").Want(http.StatusNotFound, "This row is not in the matrix any more", "All rows of the matrix")
	lead.Get(matrix+"/draft/none").Want(http.StatusNotFound, "This row is not in the matrix any more")
	reader := h.SignedIn("Tom Reeve", access.Clinician)
	reader.Get(matrix).Want(http.StatusOK, "2 places").Lacks("Correct this row", "Draft from this matrix")
	reader.Get(row).Want(http.StatusForbidden)
}

// What was read as background is made a criterion, in a row of its own and in another, and is background again once that
// is undone.
func TestCriteriaByHand(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := h.SignedIn("Priya Anand", access.PolicyLead)
	const rest = "Surgery follows six months of rest"
	path, matrix := h.sideBySide(lead, kestlebury+rest+".\n", oxleigh+"\n## Background\n\n"+rest+".\n")
	lead.Get(path+"/local/"+h.Places[0]).Want(http.StatusOK, "How it was read for the matrix")
	place := matrix + "/places/" + h.Places[0]
	a := lead.Get(place).Want(http.StatusOK, "Kestlebury: 2 in rows, 2 read as background", "under Background", "Knees wear out", rest)
	folded := harmony.Fold(rest)
	lead.Post(place, a.Form("act", "wordings")).Want(http.StatusUnprocessableEntity, "Choose what they are")
	lead.Post(place, a.Form("act", "wordings", "what", "own")).Want(http.StatusUnprocessableEntity, "Choose at least one wording", `href="#wording"`)
	lead.Post(place, a.Form("act", "wordings", "what", "other", "wording", folded)).Want(http.StatusUnprocessableEntity, "Choose the other row", `href="#to"`)
	lead.Post(place, a.Form("act", "wordings", "what", "own", "wording", "no such words")).Want(http.StatusUnprocessableEntity, "No text has these words any more")
	lead.Post(place, a.Form("act", "wordings", "what", "own", "wording", folded)).Want(http.StatusOK, "Made a criterion", "Kestlebury: 3 in rows, 1 read as background")
	lead.Post(place, a.Form("act", "wordings", "what", "own", "wording", folded)).Want(http.StatusConflict, "Priya Anand put this right while you were writing", "a criterion, in a row of its own")
	lead.Get(matrix).Want(http.StatusOK, "2 places, 4 criteria", "1 correction")

	row := rowAddress(t, lead.Get(matrix), "Surgery follows six months of rest")
	b := lead.Get(matrix+"/corrections").Want(http.StatusOK, "“Surgery follows six months of rest”: a criterion, in a row of its own")
	f := b.Form()
	f.Set("number", "1")
	lead.Post(matrix+"/corrections", f).Want(http.StatusOK, "Undone")
	lead.Get(row).Want(http.StatusNotFound, "not in the matrix any more", "in none of the texts now")
	a = lead.Get(place).Want(http.StatusOK, "2 read as background")
	bmi := harmony.Fold("BMI below 40")
	lead.Post(place, a.Form("act", "wordings", "what", "other", "to", bmi, "only", h.Places[0], "wording", folded)).Want(http.StatusOK, "2 in rows, 1 read as background", "BMI below 40; "+rest)
	lead.Get(matrix+"/corrections").Want(http.StatusOK, "of Kestlebury: a criterion, in the row of “BMI below 40”")
	lead.Get(matrix+"/places/"+h.Places[1]).Want(http.StatusOK, "1 read as background")
	lead.Get(matrix + "/places/none").Want(http.StatusNotFound)
	reader := h.SignedIn("Tom Reeve", access.Clinician)
	reader.Get(place).Want(http.StatusOK, "Knees wear out").Lacks("This is a criterion")
	reader.Post(place, f).Want(http.StatusForbidden)
}

// The address of a row leads to where its words are, whatever was put right since.
func TestAddressOfARow(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := h.SignedIn("Priya Anand", access.PolicyLead)
	_, matrix := h.sideBySide(lead, kestlebury, oxleigh)
	physio, smoking := rowAddress(t, lead.Get(matrix), "Physiotherapy"), rowAddress(t, lead.Get(matrix), "Smoking")
	b := lead.Get(smoking).Want(http.StatusOK, "Correct this row: Smoking")
	lead.Post(smoking, b.Form("act", "merge", "with", harmony.Fold("at least 6 months of physiotherapy"))).Want(http.StatusOK, "Put right")
	lead.Get(smoking).Want(http.StatusOK, "at least 6 months of physiotherapy", "Smokers")
	lead.Get(physio).Want(http.StatusOK, "Smokers")
	b = lead.Get(smoking)
	lead.Post(smoking, b.Form("act", "wordings", "wording", "smokers", "what", "drop")).Want(http.StatusOK, "Put right")
	lead.Get(smoking).Want(http.StatusNotFound, "This row is not in the matrix any more", "Smokers", "How the text of Oxleigh Vale was read")
	lead.Get(matrix+"/places/"+h.Places[1]).Want(http.StatusOK, "Left out by hand")
	lead.Get(physio).Want(http.StatusOK, "Correct this row: Physiotherapy")
}

// A text that seems to be about another treatment is compared with the others once somebody says that it belongs.
func TestATextThatStandsApart(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.Join("Netherwell", "Quorndale")
	lead := h.SignedIn("Priya Anand", access.PolicyLead)
	const knee = "# Knee replacement\n\n## Criteria\n\nKnee replacement is funded when all are met:\n\n- BMI below 40\n- at least 6 months of physiotherapy\n- severe pain in the knee with loss of function\n"
	const eye = "# Cataract\n\n## Criteria\n\n- visual acuity of 6/12 or worse\n- glare makes driving unsafe\n"
	_, matrix := h.sideBySide(lead, knee, strings.Replace(knee, "40", "35", 1), strings.Replace(knee, "6 months", "3 months", 1), eye)
	lead.Get(matrix).Want(http.StatusOK, "3 places", "The text of Quorndale shares hardly any words with the others", "Does it belong here?")
	place := matrix + "/places/" + h.Places[3]
	a := lead.Get(place).Want(http.StatusOK, "Quorndale: stands apart", "It belongs here")
	lead.Post(place, a.Form("act", "belong")).Want(http.StatusOK, "The text is compared with the others now", "2 in rows")
	lead.Post(place, a.Form("act", "belong")).Want(http.StatusConflict, "The text of Quorndale is about this treatment")
	lead.Get(matrix).Want(http.StatusOK, "4 places").Lacks("hardly any words")
	b := lead.Get(matrix + "/corrections")
	f := b.Form()
	f.Set("number", "1")
	lead.Post(matrix+"/corrections", f).Want(http.StatusOK, "Undone")
	lead.Get(matrix).Want(http.StatusOK, "3 places", "Does it belong here?")
}

func TestEvidenceOnARow(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := h.SignedIn("Priya Anand", access.PolicyLead)
	_, matrix := h.sideBySide(lead, kestlebury, oxleigh)
	row := rowAddress(t, lead.Get(matrix), "BMI")
	b := lead.Get(row)
	lead.Post(row, b.Form("act", "note", "kind", "recommendation", "text", "", "source", "")).Want(http.StatusUnprocessableEntity, "Enter what it says", "Enter where it stands")
	lead.Post(row, b.Form("act", "note", "kind", "recommendation", "text", "Do not use BMI to exclude people", "source", "NICE NG226, 1.4")).Want(http.StatusOK, "Noted", "NICE NG226, 1.4: Do not use BMI")
	lead.Post(row, b.Form("act", "note", "kind", "none", "text", "", "source", "NICE")).Want(http.StatusConflict, "noted something here while you were writing", "Do not use BMI")
	b = lead.Get(row)
	lead.Post(row, b.Form("act", "note", "kind", "", "text", "", "source", "")).Want(http.StatusOK).Lacks("NICE NG226")
}

func TestDraftFromTheMatrix(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := h.SignedIn("Priya Anand", access.PolicyLead)
	path, matrix := h.sideBySide(lead, kestlebury, oxleigh)
	lead.Get(matrix+"/draft").Want(http.StatusOK, "1 of 3 criteria are in the draft")
	row := strings.Replace(rowAddress(t, lead.Get(matrix), "Physiotherapy"), "/rows/", "/draft/", 1)
	b := lead.Get(row).Want(http.StatusOK, "Draft: Physiotherapy", "Narrowest: fewest patients", "at least 6 months of physiotherapy")
	local := "local " + h.Places[1]
	lead.Post(row, b.Form("from", local, "where", "at criteria", "text", "Three months of physiotherapy, begun at home")).Want(http.StatusUnprocessableEntity, "Say why these words", "begun at home")
	lead.Post(row, b.Form("from", "", "where", "at nowhere")).Want(http.StatusUnprocessableEntity, "Choose where the words are from", "Choose where the words are to stand")
	lead.Post(row, b.Form("from", local, "where", "at criteria", "reason", "The trial had three months")).Want(http.StatusOK, "Written into the draft", "2 of 3 criteria are in the draft", "from Oxleigh Vale’s text")
	lead.Get(path).Want(http.StatusOK, "- at least three months of physiotherapy", "from Oxleigh Vale’s text", "The trial had three months")
	lead.Get(matrix).Want(http.StatusOK, "from Oxleigh Vale’s text")

	// The paragraph leads to its row, also when the row has another name since.
	origin := regexp.MustCompile(`<li><a href="[^"#]*/matrix#(w-[^"]+)">[^<]*</a> from Oxleigh Vale`)
	fix := rowAddress(t, lead.Get(matrix), "Physiotherapy")
	lead.Post(fix, lead.Get(fix).Form("act", "name", "name", "Exercises first")).Want(http.StatusOK)
	led := origin.FindStringSubmatch(lead.Get(path).Body)
	if led == nil {
		t.Fatal("where the paragraph came from leads nowhere")
	}
	lead.Get(matrix).Want(http.StatusOK, `id="`+led[1]+`-h">Exercises first: exact words`)
	back := rowAddress(t, lead.Get(matrix), "Exercises first")
	lead.Post(back, lead.Get(back).Form("act", "name", "name", "Physiotherapy")).Want(http.StatusOK)

	// Somebody else changes the paragraph while it is drafted anew.
	row = strings.Replace(rowAddress(t, lead.Get(matrix), "Physiotherapy"), "/rows/", "/draft/", 1)
	b = lead.Get(row).Want(http.StatusOK, "In place of")
	mine := regexp.MustCompile(`value="(in [^"]+)"`).FindStringSubmatch(b.Body)[1]
	lead.Post(path, lead.Get(path).Form("do", "save", "s-criteria", "Patients need all of these:\n\n- BMI below 40\n- nine months of physiotherapy"))
	lead.Post(row, b.Form("from", local, "where", mine, "reason", "R", "text", "Two months of physiotherapy")).Want(http.StatusConflict, "It reads now: “- nine months of physiotherapy”", "Two months of physiotherapy")
}

// Whatever texts a matrix is made of, it is a true one or says why not.
func TestMatrixOfBadTexts(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name  string
		texts []string
		want  []string
	}{
		{"none", nil, []string{"nothing to put side by side"}},
		{"one", []string{kestlebury}, []string{"1 place, ", "Nothing is recorded yet of Oxleigh Vale"}},
		{"twins", []string{oxleigh, oxleigh}, []string{"Kestlebury and Oxleigh Vale have the same text, to the letter"}},
		{"no list", []string{kestlebury, "Patients must have a BMI below 35. They must have had three months of physiotherapy."}, []string{"2 places, 2 criteria"}},
		{"a table", []string{kestlebury, "| Procedure | Threshold |\n|---|---|\n| Knee replacement | BMI below 35 |\n"}, []string{"2 places", "Differs: read both: "}},
		{"another language", []string{kestlebury, "Der Patient benötigt eine Überweisung durch den Hausarzt.\n\nDie Behandlung dauert lange."}, []string{"No criteria could be read in the text of Oxleigh Vale", "Überweisung"}},
		{"one word", []string{kestlebury, strings.Repeat("x", 700_000)}, []string{"2 places"}},
		{"quotes", []string{kestlebury, strings.Repeat("> ", 4) + "BMI below 35"}, []string{"2 places"}},
		{"script", []string{kestlebury, "- BMI below 35 <script>alert(1)</script>"}, []string{"2 places"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			h := newHouse(t)
			lead := h.SignedIn("Priya Anand", access.PolicyLead)
			_, matrix := h.sideBySide(lead, tc.texts...)
			lead.Get(matrix).Want(http.StatusOK, tc.want...).Safe()
		})
	}
}

func TestNationalText(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := h.SignedIn("Priya Anand", access.PolicyLead)
	_, matrix := h.sideBySide(lead, kestlebury, oxleigh)
	a := lead.Get(matrix+"/national").Want(http.StatusOK, "The national text")
	lead.Send(matrix+"/national", a.Form("text", "All of:\n\n- BMI below 45")).Want(http.StatusUnprocessableEntity, "Enter what it is called", "Enter where it can be read", "BMI below 45")
	text := "## Criteria\n\nAll of:\n\n- BMI below 45\n- at least 3 months of physiotherapy\n"
	lead.Send(matrix+"/national", a.Form("title", "EBI", "source", "https://example.org/ebi", "text", text)).Want(http.StatusOK, "The national text is kept", "National: EBI", "BMI below 45")
	lead.Send(matrix+"/national", a.Form("title", "SIGN", "source", "https://example.org/sign", "text", text)).Want(http.StatusConflict, "Kept now: “EBI”", "SIGN")
	lead.Get(matrix+"?base=national").Want(http.StatusOK, "Differ from the national text")

	b := lead.Get(matrix+"/draft").Want(http.StatusOK, "Take this")
	lead.Post(matrix+"/draft", b.Form()).Want(http.StatusUnprocessableEntity, "Tick at least one row")
	lead.Post(matrix+"/draft", b.Form("row", harmony.Fold("at least 3 months of physiotherapy"))).Want(http.StatusOK, "2 of 3 criteria are in the draft", "from the national text")

	csv := lead.Get(matrix+".csv").Want(http.StatusOK, "BMI below 45", "Narrower (<35): BMI under 35", "\nHow much is proved,Proof,", "\nIn no row,Left out,")
	if got := csv.Header.Get("Content-Type"); !strings.HasPrefix(got, "text/csv") {
		t.Errorf("the sheet is sent as %q", got)
	}
	lead.Get(matrix+".xlsx?base=national").Want(http.StatusOK, "PK")

	a = lead.Get(matrix + "/national")
	lead.Send(matrix+"/national", a.Form("title", "", "source", "", "text", "")).Want(http.StatusOK).Lacks("National: EBI")
}
