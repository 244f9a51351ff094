package access_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"testing"

	"concordat/review/access"
	"concordat/review/access/accesstest"
	"concordat/review/record"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// The whole of what anybody may do, for a reader: a change of the table shows as a change of this file.
func TestPermissionsGolden(t *testing.T) {
	t.Parallel()
	const file = "testdata/permissions.txt"
	var got bytes.Buffer
	for _, a := range access.Actions() {
		fmt.Fprintf(&got, "%s\n", a)
		for _, r := range access.Roles {
			if reach := access.Permitted(a, r); reach != 0 {
				fmt.Fprintf(&got, "  %-24s %s\n", r, reach)
			}
		}
	}
	if *update {
		if err := os.WriteFile(file, got.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("the permissions changed; if that is meant, run with -update:\n%s", got.Bytes())
	}
}

func TestMay(t *testing.T) {
	t.Parallel()
	lead, secretary := accesstest.ActorFor(access.PolicyLead, "c1"), accesstest.ActorFor(access.Secretary, "c1", "c2")
	for _, tc := range []struct {
		name   string
		by     record.Actor
		action access.Action
		scope  access.Scope
		want   bool
	}{
		{"nobody", record.Actor{}, access.AccountOwn, access.Scope{}, false},
		{"unknown action", accesstest.Actor(access.Roles...), "policy.eat", access.Scope{}, false},
		{"held", lead, access.ProgrammeRead, access.Scope{}, true},
		{"some, among others", lead, access.PolicyEdit, access.For("c1", "c3"), true},
		{"some, elsewhere", lead, access.PolicyEdit, access.For("c3"), false},
		{"some, of none in particular", lead, access.PolicyEdit, access.Scope{}, false},
		{"some, held for all", accesstest.Actor(access.PolicyLead), access.PolicyEdit, access.Scope{}, true},
		{"every, all held", secretary, access.DecisionRecord, access.For("c1", "c2"), true},
		{"every, one missing", secretary, access.DecisionRecord, access.For("c1", "c3"), false},
		{"every, of none in particular", secretary, access.DecisionRecord, access.Scope{}, false},
		{"another role", secretary, access.PolicyEdit, access.For("c1"), false},
	} {
		if got := access.May(tc.by, tc.action, tc.scope); got != tc.want {
			t.Errorf("%s: May = %v, want %v", tc.name, got, tc.want)
		}
		if tc.want && !access.Ever(tc.by, tc.action) {
			t.Errorf("%s: Ever is stricter than May", tc.name)
		}
	}
}
