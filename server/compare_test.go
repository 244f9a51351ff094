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

func compareFiles(t *testing.T, before, after string, flags ...string) (string, error) {
	t.Helper()
	dir := t.TempDir()
	args := append([]string{"compare"}, flags...)
	for _, f := range [][2]string{{"before.md", before}, {"after.html", after}} {
		path := filepath.Join(dir, f[0])
		if err := os.WriteFile(path, []byte(f[1]), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, path)
	}
	var out bytes.Buffer
	err := run(t.Context(), args, func(string) string { return "" }, &out)
	return out.String(), err
}

const (
	textBefore = "## Criteria\n\n- The patient is aged 18 or over.\n- Pain has lasted 3 months.\n"
	textAfter  = "<h2>Criteria</h2><ul><li>The patient is aged 21 or over.</li><li>Pain has lasted 3 months.</li></ul>"
)

func TestCompareTexts(t *testing.T) {
	t.Parallel()
	out, err := compareFiles(t, textBefore, textAfter)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"before.md compared with after.html\n1 change: 1 narrower\n", "change, from the words alone: 3\n- level 3: some patients",
		"aged [-18-]{+21+} or over", ": quantity, narrower\n"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
	out, err = compareFiles(t, textBefore, textAfter, "-format", "json")
	var got comparison
	if err != nil || json.Unmarshal([]byte(out), &got) != nil || got.Level != 3 || !got.Substantive || len(got.Changes) != 1 || got.Changes[0].Effect != "narrower" ||
		got.Changes[0].Before != "The patient is aged 18 or over." {
		t.Errorf("JSON %s: %v", out, err)
	}
	out, err = compareFiles(t, textBefore, textAfter, "-format", "csv")
	rows, bad := csv.NewReader(strings.NewReader(strings.TrimPrefix(out, "\ufeff"))).ReadAll()
	if err != nil || bad != nil || len(rows) != 2 || rows[1][2] != "narrower" {
		t.Errorf("CSV %q: %v", rows, errors.Join(err, bad))
	}
	out, err = compareFiles(t, textBefore, textAfter, "-format", "html")
	if err != nil || !strings.HasPrefix(out, "<!DOCTYPE html>") || !strings.Contains(out, "<ins>") {
		t.Errorf("HTML %s: %v", out, err)
	}
}

// A script must be able to tell a file that cannot be read from texts that differ.
func TestCompareRefuses(t *testing.T) {
	t.Parallel()
	missing := filepath.Join(t.TempDir(), "missing.md")
	for _, args := range [][]string{{"compare"}, {"compare", missing, missing}, {"compare", "-format", "pdf", missing, missing}, {"compare", t.TempDir(), missing}} {
		err := run(t.Context(), args, func(string) string { return "" }, &bytes.Buffer{})
		var u *usage
		if !errors.As(err, &u) || u.Error() == "" {
			t.Errorf("%q: %v, want a fault of the call", args, err)
		}
	}
	if _, err := compareFiles(t, " \n", textAfter); err == nil || !strings.Contains(err.Error(), "before.md") {
		t.Errorf("an empty file: %v", err)
	}
	out, err := compareFiles(t, textBefore, textAfter, "-help")
	if err != nil || !strings.Contains(out, "status is 0") {
		t.Errorf("help %q: %v", out, err)
	}
}
