package demo

import (
	"path"
	"testing"
)

// TestNationalTexts reads the national recommendations that stand beside policies: each names its source and its day,
// and has words.
func TestNationalTexts(t *testing.T) {
	t.Parallel()
	folders, err := texts.ReadDir("texts/policies")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range folders {
		sheets, err := readSheets(path.Join("texts/policies", f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range sheets {
			if s.name != national {
				continue
			}
			if s.one("Title") == "" || s.one("Source") == "" || s.date("Published") == 0 || len(s.body) < 100 || s.err() != nil {
				t.Errorf("%s: source %q, published %s, %d bytes, %v", f.Name(), s.one("Source"), s.date("Published"), len(s.body), s.err())
			}
		}
	}
}
