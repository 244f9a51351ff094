package harmony_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"concordat/review/clause"
	"concordat/review/harmony"
)

// BenchmarkTopic parses and aligns fifteen texts on one treatment.
func BenchmarkTopic(b *testing.B) {
	texts := labelled(b, "labelled/work/tonsillectomy")
	for b.Loop() {
		topic := harmony.Topic{}
		for place, markdown := range texts {
			t := harmony.Text{Place: place, Name: place, Reading: clause.Parse(markdown).Criteria()}
			if place == "base" {
				topic.Draft = &t
				continue
			}
			topic.Locals = append(topic.Locals, t)
		}
		if m := harmony.Build(topic); len(m.Rows) == 0 {
			b.Fatal("no rows")
		}
	}
}

// BenchmarkReading reads the criteria of parsed texts.
func BenchmarkReading(b *testing.B) {
	var texts []clause.Text
	size := 0
	for _, markdown := range labelled(b, "labelled/work/tonsillectomy") {
		texts = append(texts, clause.Parse(markdown))
		size += len(markdown)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		for _, t := range texts {
			t.Criteria()
		}
	}
}

func labelled(tb testing.TB, folder string) map[string]string {
	tb.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.md"))
	if err != nil || len(files) == 0 {
		tb.Fatal("no texts in "+folder, err)
	}
	out := map[string]string{}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			tb.Fatal(err)
		}
		out[strings.TrimSuffix(filepath.Base(f), ".md")] = string(data)
	}
	return out
}
