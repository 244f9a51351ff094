package review

import (
	"strings"
	"testing"
)

func BenchmarkCheck(b *testing.B) {
	p := sound(b, "clinical")
	p.write(ReasonsKey, strings.Repeat("A paragraph about the reasons, as long as such paragraphs are in life, with some words.\n\n", 500))
	for b.Loop() {
		Check(p, noon)
	}
}
