package reviewtest

import "testing"

func TestMemory(t *testing.T) {
	Test(t, func(*testing.T) Stores { return InMemory() })
}
