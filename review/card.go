package review

import (
	"time"

	"concordat/review/record"
)

// Card is what lists and boards show of a policy: everything about where it stands, nothing of its text. It cannot be
// saved.
type Card struct {
	ID            string    `bson:"-"`
	Revision      int64     `bson:"-"`
	Reference     string    `bson:"reference"`
	Title         string    `bson:"title"`
	SortTitle     string    `bson:"sortTitle"`
	Programme     string    `bson:"programme"`
	Commissioners []string  `bson:"commissioners"`
	Lead          string    `bson:"lead"`
	Stage         Stage     `bson:"stage"`
	Since         time.Time `bson:"since"`
	Issued        []Mark    `bson:"issued"`

	Needs   []NeedRecord `bson:"needs"`
	Planned record.Date  `bson:"planned"`
}

// Card is the policy without its text.
func (p *Policy) Card() *Card {
	return &Card{ID: p.ID, Revision: p.Revision, Reference: p.Reference, Title: p.Title, SortTitle: p.SortTitle, Programme: p.Programme,
		Commissioners: p.Commissioners, Lead: p.Lead, Stage: p.Stage, Since: p.Since, Issued: p.Issued,
		Needs: p.Needs, Planned: p.Planned}
}
