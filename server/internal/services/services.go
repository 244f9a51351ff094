package services

import (
	"context"
	"time"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/bulk"
	"concordat/review/decision"
	"concordat/review/programme"
	"concordat/server/internal/stores"
)

// Services are those of all domains over one database, each complete.
type Services struct {
	People     *access.Service
	Review     *review.Service
	Programmes *programme.Service
	Decisions  *decision.Service
	Imports    *bulk.Service
}

// Given is what services are given beside their database.
type Given struct {
	Name, PublicURL string // what the service is called and where it is reached, in messages
	Hasher          access.Hasher
	Now             func() time.Time
	NewID           func() string
	Secret          func() string // at least 128 random bits, of letters and digits
}

// Base is what all services over one database share: what is kept in it, and what is remembered of it.
type Base struct {
	Keeper    *stores.Keeper
	Accounts  *stores.Accounts
	Decisions stores.Decisions

	readings   *review.Readings
	converting review.Slot
}

// Over is the base of services over what k keeps.
func Over(k *stores.Keeper) *Base {
	return &Base{Keeper: k, Accounts: stores.NewAccounts(k), Decisions: stores.NewDecisions(k), readings: &review.Readings{}, converting: review.NewSlot()}
}

// Services joins the domains: what one asks of another is made before it.
func (b *Base) Services(g Given) Services {
	k := b.Keeper
	var s Services
	s.People = &access.Service{Accounts: b.Accounts, Attempts: b.Accounts, Hasher: g.Hasher, Now: g.Now, NewID: g.NewID,
		Secret: g.Secret, Name: g.Name, PublicURL: g.PublicURL}
	s.Programmes = &programme.Service{Programmes: stores.NewProgrammes(k), Commitments: stores.NewCommitments(k), Now: g.Now, NewID: g.NewID}
	s.Review = &review.Service{Policies: stores.Policies{Keeper: k}, Commissioners: stores.Commissioners{Keeper: k},
		Locals: stores.Locals{Keeper: k}, Harmonies: stores.Harmonies{Keeper: k}, Registers: stores.Registers{Keeper: k}, Publications: stores.Publications{Keeper: k},
		Drafts: stores.Drafts{Keeper: k}, Files: stores.Files{Keeper: k, Now: g.Now}, EffectStores: stores.NewEffectStores(k),
		Renderer: Renderer{}, Promises: s.Programmes, Adopters: Adopters{Decisions: b.Decisions, People: b.Contacts()},
		Readings: b.readings, Converting: b.converting, Now: g.Now, NewID: g.NewID, Name: g.Name, PublicURL: g.PublicURL}
	s.Decisions = &decision.Service{Meetings: stores.NewMeetings(k), Decisions: b.Decisions, Notices: stores.NewNotices(k),
		Register: Register{Reviews: s.Review}, Promises: s.Programmes, Now: g.Now, NewID: g.NewID}
	s.Imports = &bulk.Service{Imports: stores.NewImports(k), Review: s.Review, Now: g.Now, NewID: g.NewID}
	return s
}

// Contacts tells who is told of a commissioner's decisions.
func (b *Base) Contacts() Contacts {
	return Contacts{stores.Commissioners{Keeper: b.Keeper}, b.Accounts}
}

// Contacts are the people whom the permission table lets be told of a commissioner's decisions, if they can sign in. It is
// a decision.People.
type Contacts struct {
	commissioners review.Commissioners
	accounts      *stores.Accounts
}

// Told gives every commissioner by its id.
func (c Contacts) Told(ctx context.Context) (map[string]decision.Place, error) {
	places, err := c.commissioners.All(ctx)
	if err != nil {
		return nil, err
	}
	people, err := c.accounts.All(ctx)
	if err != nil {
		return nil, err
	}
	out := map[string]decision.Place{}
	for _, place := range places {
		p := decision.Place{Name: place.Short}
		for _, a := range people {
			if !a.Disabled && !a.Joined.IsZero() && access.May(a.Actor(), access.DecisionNotice, access.For(place.ID)) {
				p.To = append(p.To, decision.Recipient{Name: a.Name, Email: a.Email})
			}
		}
		out[place.ID] = p
	}
	return out, nil
}
