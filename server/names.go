package main

import (
	"context"
	"slices"
	"sync"
	"time"

	"concordat/review/access"
	"concordat/review/record"
	"concordat/server/internal/reviewpages"
	"concordat/server/internal/stores"
)

// namesLast is how long a person's name is remembered: boards show the same few names in every row.
const namesLast = time.Minute

// names tells people's names. The zero names with its fields set is ready.
type names struct {
	accounts *stores.Accounts
	now      func() time.Time
	mu       sync.Mutex
	known    map[string]string
	until    time.Time
}

// of is the name of an account's owner; the id when it is not known.
func (n *names) of(ctx context.Context, account string) string {
	if name, ok := n.remembered(account); ok {
		return name
	}
	a, err := n.accounts.Load(ctx, account)
	if err != nil {
		return account
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.known[account] = a.Name
	return a.Name
}

func (n *names) remembered(account string) (string, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if now := n.now(); n.known == nil || now.After(n.until) {
		n.known, n.until = map[string]string{}, now.Add(namesLast)
	}
	name, ok := n.known[account]
	return name, ok
}

// leads are those who can lead a policy, by name.
func (n *names) leads(ctx context.Context) ([]reviewpages.Person, error) {
	list, err := n.accounts.All(ctx)
	var out []reviewpages.Person
	for _, a := range list {
		if !a.Disabled && slices.ContainsFunc(a.Grants, isLead) {
			out = append(out, reviewpages.Person{ID: a.ID, Name: a.Name})
		}
	}
	return out, err
}

func isLead(g record.Grant) bool { return g.Role == string(access.PolicyLead) }
