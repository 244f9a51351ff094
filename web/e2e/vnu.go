package e2e

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"
)

// redundant are remarks of the validator on markup that is right: the design system repeats roles
// for older screen readers.
var redundant = regexp.MustCompile(`(?i)role is unnecessary|attribute is unnecessary|role “list” .* unnecessary`)

// Vnu runs the HTML validator over all documents, by address, and fails with each error and warning and where it is.
func Vnu(t testing.TB, documents map[string]string) {
	t.Helper()
	needValidator(t, documents)
	lines, err := validate(documents)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines {
		t.Error(line)
	}
}

// awaited are the documents that tests left for the validator, each with its test and address.
var awaited struct {
	sync.Mutex
	documents map[string]string
}

// VnuAtEnd leaves documents for one run of the validator after all tests, which Main makes and fails by: it takes
// longer to start than to read hundreds of pages.
func VnuAtEnd(t testing.TB, documents map[string]string) {
	t.Helper()
	needValidator(t, documents)
	awaited.Lock()
	defer awaited.Unlock()
	if awaited.documents == nil {
		awaited.documents = map[string]string{}
	}
	for address, document := range documents {
		awaited.documents[t.Name()+": "+address] = document
	}
}

// needValidator ends a test that cannot have its documents validated.
func needValidator(t testing.TB, documents map[string]string) {
	t.Helper()
	if os.Getenv("CONCORDAT_VNU") == "" {
		missing(t, "the HTML validator (CONCORDAT_VNU)")
	}
	if _, err := exec.LookPath("java"); err != nil {
		missing(t, "Java")
	}
	if len(documents) == 0 {
		t.Fatal("no documents to validate")
	}
}

// validateAwaited gives what is wrong with the documents that tests left.
func validateAwaited() ([]string, error) {
	awaited.Lock()
	defer awaited.Unlock()
	if len(awaited.documents) == 0 {
		return nil, nil
	}
	return validate(alike(awaited.documents))
}

func validate(documents map[string]string) (lines []string, err error) {
	folder, err := os.MkdirTemp("", "concordat-markup-")
	if err != nil {
		return nil, fmt.Errorf("making a folder for documents: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	names, err := writeDocuments(folder, documents)
	if err != nil {
		return nil, err
	}
	// Java's second compiler takes more time than it gives back in so short a run; code of the first wants more stack.
	command := exec.Command("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m", "-jar", os.Getenv("CONCORDAT_VNU"),
		"--format", "json", "--exit-zero-always", folder)
	var answer bytes.Buffer
	command.Stderr = &answer // the messages, by the validator's habit
	if err := command.Run(); err != nil {
		return nil, fmt.Errorf("running the HTML validator: %w\n%s", err, clip(answer.String(), 1000))
	}
	lines, err = remarks(answer.Bytes(), names)
	if err != nil {
		return nil, fmt.Errorf("reading the validator's answer: %w\n%s", err, clip(answer.String(), 1000))
	}
	return lines, nil
}

// writeDocuments keeps each document as a numbered file and tells which address each file is.
func writeDocuments(folder string, documents map[string]string) (map[string]string, error) {
	names := make(map[string]string, len(documents))
	for i, address := range slices.Sorted(maps.Keys(documents)) {
		name := fmt.Sprintf("%05d.html", i)
		names[name] = address
		if err := os.WriteFile(filepath.Join(folder, name), []byte(documents[address]), 0o600); err != nil {
			return nil, fmt.Errorf("writing a document: %w", err)
		}
	}
	return names, nil
}

// alike leaves out documents that differ from another one only in words that the validator does not read.
func alike(documents map[string]string) map[string]string {
	seen, out := map[string]bool{}, map[string]string{}
	for _, address := range slices.Sorted(maps.Keys(documents)) {
		if shape := markupOf(documents[address]); !seen[shape] {
			seen[shape], out[address] = true, documents[address]
		}
	}
	return out
}

// read are the elements whose words the validator reads: to it, other text is there or is not.
var read = []string{"title", "time", "option", "script", "style", "textarea"}

// markupOf is a document with one letter for each text, and without its form tokens.
func markupOf(document string) string {
	var b strings.Builder
	inside := ""
	for z := html.NewTokenizer(strings.NewReader(document)); ; {
		kind := z.Next()
		raw := string(z.Raw())
		switch kind {
		case html.ErrorToken:
			return formToken.ReplaceAllString(b.String(), "")
		case html.StartTagToken:
			name, _ := z.TagName()
			inside = string(name)
		case html.EndTagToken:
			inside = ""
		case html.TextToken:
			if strings.TrimSpace(raw) != "" && !slices.Contains(read, inside) {
				raw = "x"
			}
		}
		b.WriteString(raw)
	}
}

var formToken = regexp.MustCompile(`name="token" value="[^"]*"`)

func remarks(answer []byte, names map[string]string) ([]string, error) {
	var told struct {
		Messages []struct {
			Type, SubType, URL, Message, Extract string
			LastLine, LastColumn                 int
		}
	}
	if err := json.Unmarshal(answer, &told); err != nil {
		return nil, fmt.Errorf("decoding: %w", err)
	}
	var lines []string
	for _, m := range told.Messages {
		if m.Type == "info" && m.SubType != "warning" || redundant.MatchString(m.Message) {
			continue
		}
		lines = append(lines, fmt.Sprintf("%s:%d:%d: %s [%s]",
			names[path.Base(m.URL)], m.LastLine, m.LastColumn, m.Message, oneLine(m.Extract)))
	}
	return lines, nil
}
