// Package world is about a body of work as large as a real one: policies of many commissioners in many versions, with
// what each commissioner had before and what it decided. All of it is made through the services, as people would.
package world

import (
	"context"
	"crypto/rand"
	"fmt"
	"sync/atomic"
	"time"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/programme"
	"concordat/review/record"
	"concordat/server/internal/docstore"
	"concordat/server/internal/services"
	"concordat/server/internal/stores"
)

// Size is how much there is of each.
type Size struct{ Policies, Commissioners, Versions int }

// The person who uses the world.
const (
	Email      = "lea@example.org"
	Passphrase = "lantern gravel orchard teapot"
)

// World names what was made.
type World struct {
	Programme     string
	Commissioners []*review.Commissioner
	Meetings      []string
	Policies      []Policy // by the order in which they were begun
}

// Policy names a policy and what there is of it.
type Policy struct {
	ID, Slug  string
	Versions  []review.Number // oldest first
	Finals    []review.Number
	Locals    []string // ids
	Published bool
}

// builder makes the world. Its clock goes forward by a second at each look, from two years ago.
type builder struct {
	size   Size
	today  record.Date
	clock  atomic.Int64 // milliseconds
	lead   record.Actor
	keeper *stores.Keeper
	services.Services
	World
}

// Load fills an empty database. now is the end of the world's history.
func Load(ctx context.Context, docs docstore.Store, size Size, now time.Time) (*World, error) {
	keeper, err := stores.Open(ctx, docs)
	if err != nil {
		return nil, err
	}
	b := &builder{size: size, today: record.DateOf(now), keeper: keeper}
	b.clock.Store(now.AddDate(-2, 0, 0).UnixMilli())
	b.assemble()
	for _, step := range []struct {
		name string
		do   func(context.Context) error
	}{
		{"accounts", b.addPeople}, {"commissioners", b.addCommissioners}, {"policies", b.addPolicies}, {"meetings", b.meet},
		{"publications", b.publish},
	} {
		if err := step.do(ctx); err != nil {
			return nil, fmt.Errorf("making the %s: %w", step.name, err)
		}
	}
	return &b.World, nil
}

func (b *builder) now() time.Time { return time.UnixMilli(b.clock.Add(1000)).UTC() }

func (b *builder) assemble() {
	b.Services = services.Over(b.keeper).Services(services.Given{Name: "Concordat", PublicURL: "http://localhost", Hasher: access.NewArgon2(),
		Now: b.now, NewID: stores.NewID, Secret: rand.Text})
}

// addPeople makes the one account that does everything.
func (b *builder) addPeople(ctx context.Context) error {
	_, link, err := b.People.Add(ctx, access.CommandLine(), access.Invitation{Email: Email, Name: "Lea Lead", Role: access.PolicyLead})
	if err != nil {
		return err
	}
	a, err := b.People.Accept(ctx, link, Passphrase)
	if err != nil {
		return err
	}
	for _, role := range []access.Role{access.Secretary, access.Administrator} {
		a, err = b.People.Give(ctx, record.Edit{By: access.CommandLine(), ID: a.ID, Revision: a.Revision}, role, nil)
		if err != nil {
			return err
		}
	}
	b.lead = a.Actor()
	return nil
}

func (b *builder) addCommissioners(ctx context.Context) error {
	var ids []string
	for i := range b.size.Commissioners {
		name := place(i)
		c, err := b.Review.AddCommissioner(ctx, b.lead, review.Commissioner{Name: "NHS " + name, Short: name, Start: record.Day(2013, 4, 1),
			IFR: review.IFR{Email: "requests@example.org", Text: "Ask the clinician who looks after you. They can send a request for you."}})
		if err != nil {
			return err
		}
		b.Commissioners, ids = append(b.Commissioners, c), append(ids, c.ID)
	}
	p, err := b.Programmes.Create(ctx, b.lead, programme.Details{Name: "Policies of all places", Start: b.today.AddMonths(-24), End: b.today.AddMonths(12),
		Commissioners: ids, Milestones: []programme.Milestone{{Name: "All policies adopted", Date: b.today.AddMonths(10)}}})
	if err != nil {
		return err
	}
	b.Programme = p.ID
	for i, c := range b.Commissioners {
		_, err := b.Programmes.Promise(ctx, b.lead, p.ID, programme.Promised{Promise: programme.ToReview, Words: "We will look at it again within a year", Commissioners: []string{c.ID},
			Who: "The board of " + c.Short, Where: fmt.Sprintf("minute %d", i+1), Due: b.today.AddMonths(i)})
		if err != nil {
			return err
		}
	}
	return nil
}
