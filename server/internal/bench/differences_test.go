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
		if _, err := compare(x, y, edits); err != nil {
			b.Fatal(err)
		}
	}
}

// TestGrowthIsMeasured: each length of the table has the edits that are asked for.
func TestGrowthIsMeasured(t *testing.T) {
	t.Parallel()
	for _, n := range []int{10 << 10, 30 << 10, 100 << 10, 300 << 10} {
		before, after := world.Pair(n, n>>12)
		if _, err := compare(clause.Parse(before), clause.Parse(after), n>>12); err != nil {
			t.Errorf("%d bytes: %v", n, err)
		}
	}
}
