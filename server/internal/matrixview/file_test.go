package matrixview

import (
	"bytes"
	"strings"
	"testing"

	"concordat/review/harmony"
	"concordat/web/view/viewtest"
)

func TestTemplateFits(t *testing.T) {
	t.Parallel()
	viewtest.Check(t, viewtest.Set(t), fileTemplate)
}

// A file needs nothing beside it.
func TestFileStandsAlone(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := WriteHTML(&b, &harmony.Matrix{}); err != nil {
		t.Fatal(err)
	}
	if s := b.String(); !strings.Contains(s, ".app-cell") || strings.Contains(s, "<link") || strings.Contains(s, "<script") {
		t.Errorf("the file asks for others, or lacks its styles:\n%.600s", s)
	}
}
