package access

import (
	"fmt"
	"slices"

	"concordat/review/record"
)

// maxGrants bounds what one account holds, so that an account stays quick to read at each request.
const maxGrants = 500

// OnlyForAll tells whether a role can be held for all commissioners only: the table lets its holder act everywhere,
// so to hold it "for one place" would say less than it gives.
func OnlyForAll(r Role) bool { return r == Administrator || r == Auditor }

// Ever tells whether the actor holds any role to which the table gives the action at all, for whichever commissioner.
// It is a first sieve: whether the action is allowed on a certain thing is for Check.
func Ever(by record.Actor, action Action) bool {
	return slices.ContainsFunc(by.Grants, func(g record.Grant) bool { return Permitted(action, Role(g.Role)) != 0 })
}

// grantsOf is a role for each commissioner; no commissioner, or "" among them, means for all.
func grantsOf(role Role, commissioners []string) []record.Grant {
	if len(commissioners) == 0 || slices.Contains(commissioners, "") {
		return []record.Grant{{Role: string(role)}}
	}
	var out []record.Grant
	for _, c := range commissioners {
		g := record.Grant{Role: string(role), Commissioner: c}
		if !slices.Contains(out, g) {
			out = append(out, g)
		}
	}
	return out
}

func checkGrants(grants []record.Grant) (faults record.Faults) {
	for _, g := range grants {
		role := Role(g.Role)
		if !slices.Contains(Roles, role) {
			return record.Faults{{Field: "role", Message: "Choose a role"}}
		}
		if OnlyForAll(role) && g.Commissioner != "" {
			return record.Faults{{Field: "commissioners", Rule: "account.role-for-all",
				Message: fmt.Sprintf("Choose “All commissioners”: the role of %s is always for all", role),
				Why:     "This role acts on what concerns every commissioner."}}
		}
	}
	return checkCount(grants)
}

func checkCount(grants []record.Grant) (faults record.Faults) {
	faults.Add(len(grants) > maxGrants, "commissioners", "Choose “All commissioners”: this is too many to hold one by one")
	return faults
}

// withGrants notes roles and the ids of their commissioners in an event.
func withGrants(e record.Event, grants []record.Grant) record.Event {
	for _, g := range grants {
		e = e.With("role", g.Role)
		if g.Commissioner != "" {
			e = e.With("commissioner", g.Commissioner)
		}
	}
	return e
}
