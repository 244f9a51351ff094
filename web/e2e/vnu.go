package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

// redundant are remarks of the validator on markup that is right: the design system repeats roles
// for older screen readers.
var redundant = regexp.MustCompile(`(?i)role is unnecessary|attribute is unnecessary|role “list” .* unnecessary`)

// Vnu runs the HTML validator once over all documents, by address, and fails with each error and
// warning and where it is.
func Vnu(t testing.TB, documents map[string]string) {
	t.Helper()
	for _, line := range vnu(t, documents) {
		t.Error(line)
	}
}

func vnu(t testing.TB, documents map[string]string) []string {
	t.Helper()
	jar := os.Getenv("CONCORDAT_VNU")
	if jar == "" {
		missing(t, "the HTML validator (CONCORDAT_VNU)")
	}
	java, err := exec.LookPath("java")
	if err != nil {
		missing(t, "Java")
	}
	if len(documents) == 0 {
		t.Fatal("no documents to validate")
	}
	folder := t.TempDir()
	names := writeDocuments(t, folder, documents)
	command := exec.CommandContext(t.Context(), java, "-jar", jar, "--format", "json", "--exit-zero-always", folder)
	var answer bytes.Buffer
	command.Stderr = &answer // the messages, by the validator's habit
	if err := command.Run(); err != nil {
		t.Fatalf("running the HTML validator: %v\n%s", err, clip(answer.String(), 1000))
	}
	lines, err := remarks(answer.Bytes(), names)
	if err != nil {
		t.Fatalf("reading the validator's answer: %v\n%s", err, clip(answer.String(), 1000))
	}
	return lines
}

// writeDocuments keeps each document as a numbered file and tells which address each file is.
func writeDocuments(t testing.TB, folder string, documents map[string]string) map[string]string {
	t.Helper()
	names := make(map[string]string, len(documents))
	for i, address := range slices.Sorted(maps.Keys(documents)) {
		name := fmt.Sprintf("%05d.html", i)
		names[name] = address
		if err := os.WriteFile(filepath.Join(folder, name), []byte(documents[address]), 0o600); err != nil {
			t.Fatalf("writing a document: %v", err)
		}
	}
	return names
}

func remarks(answer []byte, names map[string]string) ([]string, error) {
	var read struct {
		Messages []struct {
			Type, SubType, URL, Message, Extract string
			LastLine, LastColumn                 int
		}
	}
	if err := json.Unmarshal(answer, &read); err != nil {
		return nil, fmt.Errorf("decoding: %w", err)
	}
	var lines []string
	for _, m := range read.Messages {
		if m.Type == "info" && m.SubType != "warning" || redundant.MatchString(m.Message) {
			continue
		}
		lines = append(lines, fmt.Sprintf("%s:%d:%d: %s [%s]",
			names[path.Base(m.URL)], m.LastLine, m.LastColumn, m.Message, oneLine(m.Extract)))
	}
	return lines, nil
}
