package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Files are made into text in one place, which lets one after another pass; commands have a process of their own.
func TestFilesAreReadInOnePlace(t *testing.T) {
	t.Parallel()
	conversion := regexp.MustCompile(`intake\.(?:Read|Book|Sheets|FromHTML)\(`)
	seen := 0
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		if !conversion.Match(source) {
			return err
		}
		seen++
		switch file := filepath.ToSlash(path); {
		case file == "../review/converting.go", file == "../server/texts.go", strings.HasPrefix(file, "../scripts/"):
		default:
			t.Errorf("%s reads files beside review/converting.go", file)
		}
		return nil
	})
	if err != nil || seen < 2 {
		t.Errorf("%d places were found, %v", seen, err)
	}
}
