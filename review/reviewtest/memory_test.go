package reviewtest

import "testing"

func TestMemory(t *testing.T) {
	t.Parallel()
	Test(t, func(*testing.T) Stores { return InMemory() })
}
