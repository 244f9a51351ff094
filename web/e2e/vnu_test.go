package e2e

import (
	"maps"
	"slices"
	"testing"
)

// TestAlike leaves out only documents that the validator would read in the same way.
func TestAlike(t *testing.T) {
	t.Parallel()
	const first = `<!DOCTYPE html><title>One</title><h1 id="a">One</h1><time>2027-02-01</time><input name="token" value="x">`
	for name, tc := range map[string]struct {
		second string
		want   int
	}{
		"other words":      {`<!DOCTYPE html><title>One</title><h1 id="a">Two</h1><time>2027-02-01</time><input name="token" value="x">`, 1},
		"another token":    {`<!DOCTYPE html><title>One</title><h1 id="a">One</h1><time>2027-02-01</time><input name="token" value="y">`, 1},
		"no words":         {`<!DOCTYPE html><title>One</title><h1 id="a"> </h1><time>2027-02-01</time><input name="token" value="x">`, 2},
		"another id":       {`<!DOCTYPE html><title>One</title><h1 id="b">One</h1><time>2027-02-01</time><input name="token" value="x">`, 2},
		"another time":     {`<!DOCTYPE html><title>One</title><h1 id="a">One</h1><time>tomorrow</time><input name="token" value="x">`, 2},
		"no title":         {`<!DOCTYPE html><title></title><h1 id="a">One</h1><time>2027-02-01</time><input name="token" value="x">`, 2},
		"one element more": {`<!DOCTYPE html><title>One</title><h1 id="a">One</h1><time>2027-02-01</time><input name="token" value="x"><p>`, 2},
	} {
		if got := slices.Sorted(maps.Keys(alike(map[string]string{"first": first, "second": tc.second}))); len(got) != tc.want || got[0] != "first" {
			t.Errorf("%s: %q are left, want %d", name, got, tc.want)
		}
	}
}
