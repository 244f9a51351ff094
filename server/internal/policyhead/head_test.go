package policyhead_test

import (
	"slices"
	"testing"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/record"
	"concordat/server/internal/policyhead"
)

// Every page of a policy has the same tabs, and none leads somebody to a page that is closed to them.
func TestTabsAreThoseThatOneMayOpen(t *testing.T) {
	t.Parallel()
	p := &review.Policy{Head: record.Head{ID: "p1"}, Commissioners: []string{"a", "b"}}
	for _, tc := range []struct {
		grant record.Grant
		trail bool
	}{
		{record.Grant{Role: string(access.Auditor)}, true},
		{record.Grant{Role: string(access.PolicyLead)}, true},
		{record.Grant{Role: string(access.Secretary)}, false},
		{record.Grant{Role: string(access.Contact), Commissioner: "a"}, false},
	} {
		by := record.Actor{ID: "x", Grants: []record.Grant{tc.grant}}
		h := policyhead.Of(p, by, "Priya", policyhead.Decisions, 0)
		if got := slices.ContainsFunc(h.Tabs, func(t policyhead.Tab) bool { return t.Text == "Trail" }); got != tc.trail {
			t.Errorf("the tabs of a %s have the trail: %v, want %v", tc.grant.Role, got, tc.trail)
		}
	}
}
