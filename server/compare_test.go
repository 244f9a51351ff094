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
	textBefore = "## Criteria\n\nPatients need all of:\n\n- Age 18 years or over.\n- Pain has lasted 3 months.\n"
	textAfter  = "<h2>Criteria</h2><p>Patients need all of:</p><ul><li>Age 21 years or over.</li><li>Pain has lasted 3 months.</li></ul>"
)

func TestCompareTexts(t *testing.T) {
	t.Parallel()
	out, err := compareFiles(t, textBefore, textAfter)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"before.md compared with after.html\n1 change: 1 narrower\n", "change, from the words alone: 3\n- level 3: some patients",
		"Age [-18-]{+21+} years or over", ": quantity, narrower\n"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
	out, err = compareFiles(t, textBefore, textAfter, "-format", "json")
	var got comparison
	if err != nil || json.Unmarshal([]byte(out), &got) != nil || got.Level != 3 || !got.Substantive || len(got.Changes) != 1 || got.Changes[0].Effect != "narrower" ||
		got.Changes[0].Before != "Age 18 years or over." {
		t.Errorf("JSON %s: %v", out, err)
	}
	out, err = compareFiles(t, textBefore, textAfter, "-format", "csv")
	rows, bad := csv.NewReader(strings.NewReader(strings.TrimPrefix(out, "\ufeff"))).ReadAll()
	if err != nil || bad != nil || len(rows) != 3 || rows[2][3] != "What the only change does is proved." || rows[1][2] != "narrower" {
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

// What could not be carried over and what was read as no criterion is told in each format.
func TestCompareTellsWhatItLeavesOut(t *testing.T) {
	t.Parallel()
	before := "## Background\n\nBirds sing.\n\n" + textBefore
	after := "<h2>Background</h2><p>Swallows & swifts fly low.</p><p><img src='a.png'></p>" + textAfter
	for format, want := range map[string][]string{
		"text": {"Not carried over from after.html: a picture", "Read as no criterion: 2 statements, listed at the end\n", "\n  before.md, 1.1: Birds sing\n  after.html, 1.1: Swallows & swifts fly low\n"},
		"json": {`"after.html: a picture`, `"text": "before",`, `"where": "1.1",`, `"words": "Swallows & swifts fly low"`},
		"csv":  {`,not carried over,,"after.html: a picture`, "\n1.1,read as no criterion,,before.md,Birds sing,", "\n1.1,read as no criterion,,after.html,,Swallows & swifts fly low"},
		"html": {"Not carried over from after.html: a picture", "Read as no criterion: 2 statements", "<li>after.html, 1.1: Swallows &amp; swifts fly low</li>"},
	} {
		out, err := compareFiles(t, before, after, "-format", format)
		for _, w := range want {
			if err != nil || !strings.Contains(out, w) {
				t.Errorf("%s: %q is not in\n%s%v", format, w, out, err)
			}
		}
	}
}
