package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// matrixFiles puts the named texts into files and runs the command on them.
func matrixFiles(t *testing.T, flags []string, files ...string) (string, error) {
	t.Helper()
	dir := t.TempDir()
	args := append([]string{"matrix"}, flags...)
	for i := 0; i+1 < len(files); i += 2 {
		path := filepath.Join(dir, files[i])
		if err := os.WriteFile(path, []byte(files[i+1]), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, path)
	}
	var out bytes.Buffer
	err := run(t.Context(), args, func(string) string { return "" }, &out)
	return strings.ReplaceAll(out.String(), dir, ""), err
}

const (
	sideAlder   = "## Criteria\n\nPatients need all of these:\n\n- BMI below 40\n- at least 6 months of physiotherapy\n"
	sideBramble = "<h2>Criteria</h2><p>Patients need all of these:</p><ul><li>BMI under 35</li><li>6 months of physiotherapy</li><li>=1+1 is no formula, and prior approval is needed</li></ul>"
)

func TestMatrixOfFiles(t *testing.T) {
	t.Parallel()
	files := []string{"alder.md", sideAlder, "bramble.html", sideBramble}
	out, err := matrixFiles(t, nil, files...)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"2 places, 3 criteria: 3 differ, compared with the most common\n", "\nBMI (same in 1 of 2", "  Narrower              bramble BMI under 35\n", "[common]"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
	out, err = matrixFiles(t, []string{"-format", "csv"}, files...)
	rows, bad := csv.NewReader(strings.NewReader(strings.TrimPrefix(out, "\ufeff"))).ReadAll()
	if err != nil || bad != nil || len(rows) != 5 || rows[0][7] != "alder" || !strings.Contains(out, "Narrower (<35): BMI under 35 [") {
		t.Errorf("CSV %q: %v", rows, errors.Join(err, bad))
	}
	out, err = matrixFiles(t, []string{"-format", "json"}, files...)
	var got struct {
		Base   string
		Places []struct{ Name string }
		Rows   []struct{ Cells []struct{ Mark, Words any } }
	}
	if bad := json.Unmarshal([]byte(out), &got); err != nil || bad != nil || got.Base != "common" || len(got.Places) != 2 || len(got.Rows) != 3 || len(got.Rows[0].Cells) != 2 {
		t.Errorf("JSON %s: %v", out, errors.Join(err, bad))
	}
	out, err = matrixFiles(t, []string{"-format", "html"}, files...)
	if err != nil || !strings.HasPrefix(out, "<!DOCTYPE html>") || !strings.Contains(out, "<blockquote>BMI under 35</blockquote>") {
		t.Errorf("HTML %.400s: %v", out, err)
	}
}

func TestMatrixOfFilesThatSayNothing(t *testing.T) {
	t.Parallel()
	out, err := matrixFiles(t, nil, "alder.md", sideAlder, "twin.md", sideAlder, "void.md", "Die Behandlung dauert lange.")
	if err != nil || !strings.Contains(out, "alder, twin have the same text, to the letter") || !strings.Contains(out, "void: no criteria could be read in this text") {
		t.Errorf("%s: %v", out, err)
	}
	if _, err := matrixFiles(t, nil, "empty.md", ""); err == nil || !strings.Contains(err.Error(), "the file is empty") {
		t.Errorf("an empty file: %v", err)
	}
	for _, tc := range []struct {
		name string
		args []string
	}{
		{"no file", []string{"matrix"}},
		{"a file that is not there", []string{"matrix", "none.docx"}},
		{"a folder", []string{"matrix", t.TempDir()}},
		{"no such format", []string{"matrix", "-format", "pdf", "matrix.go"}},
		{"a reference that is not there", []string{"matrix", "-reference", "none.docx", "matrix.go"}},
	} {
		var u *usage
		if err := run(t.Context(), tc.args, func(string) string { return "" }, new(bytes.Buffer)); !errors.As(err, &u) || !strings.Contains(err.Error(), "server") {
			t.Errorf("%s: %v, want a fault of the call, which ends with status 2", tc.name, err)
		}
	}
	if out, err := runCommand(t, nil, "matrix", "-help"); err != nil || !strings.Contains(out, "-reference") {
		t.Errorf("help %q, %v", out, err)
	}
}

// What a matrix leaves out is told in each format: statements in no row with their number, place and words, also those of the
// reference and of a text about another treatment, and what could not be carried over from a file.
func TestMatrixTellsWhatItLeavesOut(t *testing.T) {
	t.Parallel()
	const knee = "# Knee replacement\n\n## Criteria\n\nPatients need all of these:\n\n- BMI below 40\n- at least 6 months of physiotherapy\n- severe pain in the knee with loss of function\n"
	reference := filepath.Join(t.TempDir(), "national.md")
	if err := os.WriteFile(reference, []byte(knee+"\n## Background\n\nSwallows fly low.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	files := []string{"alder.html", "<h1>Knee replacement</h1><h2>Criteria</h2><p>Patients need all of these:</p><ul><li>BMI below 35</li><li>physiotherapy</li></ul><h2>Background</h2><p>Birds sing.</p><p><img src='a.png'></p>",
		"bramble.md", strings.ReplaceAll(knee, "40", "35"), "carrow.md", strings.ReplaceAll(knee, "6 m", "3 m"), "eye.md", "# Cataract\n\n## Criteria\n\n- visual acuity of 6/12 or worse\n- glare makes driving unsafe\n"}
	flags := []string{"-reference", reference, "-format"}
	out, err := matrixFiles(t, append(flags, "text"), files...)
	for _, want := range []string{"alder: 1 statement stands in no row: see the end\n", "Not carried over from alder: a picture", "eye: 2 statements stand in no row", "\n  alder, 2.1: Birds sing\n", "  national, 2.1: Swallows fly low\n",
		"eye, 1.1: visual acuity of 6/12 or worse", "alder: Of 3 criteria, 2 are not proved"} {
		if err != nil || !strings.Contains(out, want) {
			t.Errorf("text: %q is not in\n%s%v", want, out, err)
		}
	}

	out, err = matrixFiles(t, append(flags, "csv"), files...)
	rows, bad := csv.NewReader(strings.NewReader(strings.TrimPrefix(out, "\ufeff"))).ReadAll()
	if err != nil || bad != nil || len(rows) < 2 { // a reader of CSV refuses lines of other lengths
		t.Fatalf("CSV %q: %v", out, errors.Join(err, bad))
	}
	kinds := map[string]int{}
	for _, r := range rows {
		kinds[r[0]]++
	}
	if kinds["In no row"] != 5 || kinds["Not carried over from the file"] != 1 || kinds["How much is proved"] != 1 || rows[0][10] != "eye (another treatment?)" ||
		!strings.Contains(out, ",visual acuity of 6/12 or worse [1.1]") {
		t.Errorf("CSV has %v:\n%s", kinds, out)
	}

	out, err = matrixFiles(t, append(flags, "json"), files...)
	var got struct {
		Places  []struct{ Compared, NotProved int }
		LeftOut []struct {
			Name           string
			Stranger       bool
			NotCarriedOver []string
			InNoRow        []struct{ Cite, Words string }
		}
	}
	if bad := json.Unmarshal([]byte(out), &got); err != nil || bad != nil || len(got.LeftOut) != 3 {
		t.Fatalf("JSON %s: %v", out, errors.Join(err, bad))
	}
	if x := got.LeftOut[1]; x.Name != "alder" || len(x.NotCarriedOver) != 1 || len(x.InNoRow) != 1 || x.InNoRow[0].Words != "Birds sing" || !got.LeftOut[2].Stranger ||
		got.Places[0].Compared != 3 || got.Places[0].NotProved != 2 {
		t.Errorf("JSON %+v", got)
	}

	out, err = matrixFiles(t, append(flags, "html"), files...)
	for _, want := range []string{"From the file of alder: a picture", "In no row: 4 statements", "Birds sing [", "Swallows fly low [", "visual acuity of 6/12 or worse [", ">Not proved<"} {
		if err != nil || !strings.Contains(out, want) {
			t.Errorf("HTML: %q is not in\n%.3000s%v", want, out[strings.Index(out, "<main"):], err)
		}
	}
}
