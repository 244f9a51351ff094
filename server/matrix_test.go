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
	sideAlder   = "## Criteria\n\nAll of these:\n\n- BMI below 40\n- at least 6 months of physiotherapy\n"
	sideBramble = "<h2>Criteria</h2><p>All of these:</p><ul><li>BMI under 35</li><li>6 months of physiotherapy</li><li>=1+1 is no formula, and prior approval is needed</li></ul>"
)

func TestMatrixOfFiles(t *testing.T) {
	t.Parallel()
	files := []string{"alder.md", sideAlder, "bramble.html", sideBramble}
	out, err := matrixFiles(t, nil, files...)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"2 places, 3 criteria: 2 differ, compared with the most common\n", "\nBMI (same in 1 of 2", "  Narrower  bramble", "BMI under 35\n", "[common]"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
	out, err = matrixFiles(t, []string{"-format", "csv"}, files...)
	rows, bad := csv.NewReader(strings.NewReader(strings.TrimPrefix(out, "\ufeff"))).ReadAll()
	if err != nil || bad != nil || len(rows) != 4 || rows[0][7] != "alder" || !strings.Contains(out, "Narrower (<35): BMI under 35 [") {
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
