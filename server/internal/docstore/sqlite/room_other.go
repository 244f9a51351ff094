//go:build !linux && !darwin

package sqlite

import "math"

// roomFor is not known here: a full disk shows in the commits that fail.
func roomFor(string) (int64, error) { return math.MaxInt64, nil }
