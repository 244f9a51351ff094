package review

import (
	"context"
	"fmt"
	"strings"
	"time"

	"concordat/review/access"
	"concordat/review/harmony"
	"concordat/review/record"
)

// Estimate is what somebody said about how many of those who are treated today a policy concerns, in one area or, with
// no commissioner, in all that have none of their own.
type Estimate struct {
	record.Head  `bson:",inline"`
	Policy       string    `bson:"policy"`
	Commissioner string    `bson:"commissioner"` // "" for all
	Lose         Share     `bson:"lose"`         // who could have it today and could not by the draft
	Gain         Share     `bson:"gain"`         // who could not have it today, as a share of those who are treated
	Source       string    `bson:"source"`       // of the shares: "audit of 120 referrals, 2025"
	Save         int       `bson:"save"`         // number of the draft's save that the shares were given for; 0: not noted
	Draft        string    `bson:"draft"`        // LevelBasis.Draft of that save; "" where it was not noted
	Price        int       `bson:"price"`        // of one treatment in pounds; 0 for none
	PriceSource  string    `bson:"priceSource"`
	By           string    `bson:"by"`
	At           time.Time `bson:"at"`
}

// Kind names the kind of document.
func (*Estimate) Kind() string { return "estimate" }

// Share is a share of those who are treated, as a range. The zero Share is not given.
type Share struct {
	Given bool `bson:"given"`
	Low   int  `bson:"low"` // in tenths of a per cent
	High  int  `bson:"high"`
}

// Words are "5% to 12.5%", or "" when it is not given.
func (s Share) Words() string {
	switch {
	case !s.Given:
		return ""
	case s.Low == s.High:
		return perCent(s.Low)
	}
	return perCent(s.Low) + " to " + perCent(s.High)
}

func perCent(tenths int) string {
	if tenths%10 == 0 {
		return fmt.Sprintf("%d%%", tenths/10)
	}
	return fmt.Sprintf("%d.%d%%", tenths/10, tenths%10)
}

// of is the share of a number of people: the low end rounded down, the high end up.
func (s Share) of(people int) *harmony.People {
	if !s.Given {
		return nil
	}
	return &harmony.People{Low: people * s.Low / 1000, High: (people*s.High + 999) / 1000}
}

// Earlier tells whether its shares were given for a draft that decided otherwise than a content does.
func (x *Estimate) Earlier(c Content) bool {
	return (x.Lose.Given || x.Gain.Given) && x.Draft != "" && x.Draft != c.decisive()
}

// EarlierWords are "given for an earlier draft (save 3)".
func (x *Estimate) EarlierWords() string {
	return fmt.Sprintf("given for an earlier draft (save %d)", x.Save)
}

// PriceWords is the price of one treatment: "£1,650".
func (x *Estimate) PriceWords() string { return "£" + thousands(x.Price) }

// EstimateAll stands for the commissioner in the id of the estimate for all.
const EstimateAll = "all"

// EstimateID is the id of what was said for one commissioner, "" for all.
func EstimateID(policy, commissioner string) string {
	if commissioner == "" {
		commissioner = EstimateAll
	}
	return policy + ":" + commissioner
}

// Estimates keeps estimates. What was never saved is loaded empty, at revision 0.
type Estimates interface {
	record.Store[*Estimate]
	OfPolicy(ctx context.Context, policy string) ([]*Estimate, error)
}

// empty tells whether nothing is said in it.
func (x *Estimate) empty() bool {
	return !x.Lose.Given && !x.Gain.Given && x.Price == 0 && x.Source == "" && x.PriceSource == ""
}

// say keeps what somebody says in place of what was said before. An empty form takes that back; where there is nothing to take back it is refused.
func (x *Estimate) say(n Estimate) (record.Event, error) {
	n.Source, n.PriceSource = strings.TrimSpace(n.Source), strings.TrimSpace(n.PriceSource)
	var faults record.Faults
	faults.Add(n.empty() && x.empty(), "lose-low", "Enter a share or a price: nothing was entered, and nothing was kept before")
	for _, s := range []struct {
		field string
		Share
	}{{"lose", n.Lose}, {"gain", n.Gain}} {
		faults.Add(s.Given && (s.Low < 0 || s.High > 10_000), s.field+"-low", "Enter shares from 0 to 1,000 per cent")
		faults.Add(s.Given && s.High < s.Low, s.field+"-high", "The high share must not be lower than the low one")
	}
	faults.Add(n.Lose.Given && n.Lose.High > 1000, "lose-high", "No more than 100 per cent of those treated can lose")
	faults.Add((n.Lose.Given || n.Gain.Given) && n.Source == "", "source", "Say where the shares come from, such as an audit and its year")
	faults.Add(long(n.Source, 300), "source", "The source must be 300 characters or fewer")
	faults.Add(n.Price < 0 || n.Price > 10_000_000, "price", "Enter the price of one treatment in whole pounds, up to 10,000,000")
	faults.Add(n.Price > 0 && n.PriceSource == "", "price-source", "Say where the price comes from, such as a tariff and its year")
	faults.Add(long(n.PriceSource, 300), "price-source", "The source must be 300 characters or fewer")
	if err := faults.Err(); err != nil {
		return record.Event{}, err
	}
	x.Lose, x.Gain, x.Source, x.Price, x.PriceSource, x.By, x.At = n.Lose, n.Gain, n.Source, n.Price, n.PriceSource, n.By, n.At
	x.Save, x.Draft = n.Save, n.Draft
	return record.Event{Action: "estimate.given"}.With("policy", x.Policy), nil
}

// Estimate keeps what somebody says about how many of those treated a policy concerns; the id of the edit is that of the
// estimate.
func (s *Service) Estimate(ctx context.Context, e record.Edit, n Estimate) (*Estimate, error) {
	x, err := s.Estimates.Load(ctx, e.ID)
	if err != nil {
		return nil, err
	}
	p, err := s.Policies.Load(ctx, x.Policy)
	if err != nil {
		return nil, err
	}
	scope := p.scope()
	if x.Commissioner != "" {
		if err := s.concerned(ctx, p.ID, x.Commissioner); err != nil {
			return nil, err
		}
		scope = access.For(x.Commissioner)
	}
	if err := access.Check(e.By, access.ActivityEdit, scope); err != nil {
		return nil, err
	}
	n.By, n.At, n.Save, n.Draft = e.By.ID, s.Now(), p.Saves, p.decisive()
	return record.Apply(ctx, s.Estimates, x, e, s.Now(), func(x *Estimate) (record.Event, error) { return x.say(n) })
}
