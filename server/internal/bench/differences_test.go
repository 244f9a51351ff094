package main

import (
	"testing"

	"concordat/review/clause"
	"concordat/server/internal/bench/world"
)

// BenchmarkDifferences is what scripts/bench measures of them, for a profile.
func BenchmarkDifferences(b *testing.B) {
	before, after := world.Pair(50<<10, edits)
	x, y := clause.Parse(before), clause.Parse(after)
	for b.Loop() {
		if _, err := compare(x, y); err != nil {
			b.Fatal(err)
		}
	}
}
