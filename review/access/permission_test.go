package access_test

import (
	"context"
	"errors"
	"testing"

	"concordat/review/access"
	"concordat/review/access/accesstest"
	"concordat/review/record"
)

// Lists of accounts and links are refused like everything else; what one's own is wants a role too; and the name of the
// command line is nothing without its role.
func TestAccountsAreGuarded(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	h := newHouse()
	a := accesstest.Join(t, h.Service, access.Clinician)
	own := record.Actor{ID: a.ID}
	named := record.Actor{ID: access.CommandLine().ID}
	_, _, listed := h.List(ctx, a.Actor(), "", "", 10)
	_, _, added := h.Add(ctx, named, access.Invitation{Email: "x@example.nhs.uk", Name: "X", Role: access.Clinician})
	_, linked := h.NewLink(ctx, edit(named, a))
	for what, err := range map[string]error{
		"list": listed, "add": added, "link": linked,
		"rename": second(h.Rename(ctx, edit(own, a), "X")),
		"change": second(h.ChangePassphrase(ctx, edit(own, a), accesstest.Passphrase, "seven green umbrellas singing")),
	} {
		if !errors.Is(err, record.ErrForbidden) {
			t.Errorf("%s: %v, want not allowed", what, err)
		}
	}
}
