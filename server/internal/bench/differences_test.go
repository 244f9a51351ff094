package main

import (
	"testing"

	"concordat/server/internal/bench/world"
)

// BenchmarkDifferences is what scripts/bench measures of them, for a profile.
func BenchmarkDifferences(b *testing.B) {
	c, err := newComparison(world.Pair(50<<10, 13))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := c.compare(c.before, c.after); err != nil {
			b.Fatal(err)
		}
	}
}
