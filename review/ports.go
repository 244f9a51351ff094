package review

import (
	"context"
	"io"
	"time"

	"concordat/review/clause"
	"concordat/review/record"
)

// What the service needs of those who keep things. Lists are pages: after is a cursor, next is "" at the end.

// Policies keeps policies, their saves and versions.
type Policies interface {
	record.Store[*Policy]
	BySlug(ctx context.Context, slug string) (*Policy, error)
	// Find gives policies by title. It narrows by the first of programme, lead and beginning of the folded title that
	// the filter names; the caller looks at the others.
	Find(ctx context.Context, f Filter, after string, limit int) (list []*Policy, next string, err error)
	// Cards are what Find gives, without the texts.
	Cards(ctx context.Context, f Filter, after string, limit int) (list []*Card, next string, err error)
	Save(ctx context.Context, id string) (*Save, error)
	Version(ctx context.Context, id string) (*Version, error)
}

// Commissioners keeps commissioners. There are tens of them, so they are read all at once.
type Commissioners interface {
	record.Store[*Commissioner]
	All(ctx context.Context) ([]*Commissioner, error)
}

// Locals keeps local policies.
type Locals interface {
	record.Store[*LocalPolicy]
	OfPolicy(ctx context.Context, policy string) ([]*LocalPolicy, error)
	// Unchecked gives those of each policy that wait for a person, by commissioner.
	Unchecked(ctx context.Context, policies []string) (map[string][]Unchecked, error)
}

// Harmonies keeps what people made of matrices, by policy. One that was never saved is loaded empty, at revision 0.
type Harmonies interface {
	record.Store[*Harmonisation]
}

// RegisterStore keeps registers. One that was never saved is loaded empty, at revision 0.
type RegisterStore interface {
	record.Store[*Register]
	OfPolicy(ctx context.Context, policy string) ([]*Register, error)
	// Waiting gives the registers that wait for a date or an approval, in the order of their ids. They are few.
	Waiting(ctx context.Context) ([]*Register, error)
}

// Publications keeps what the public reads.
type Publications interface {
	record.Store[*Publication]
	All(ctx context.Context) ([]*Publication, error)
}

// Drafts keeps what was typed and not yet saved, for each person and policy. They have no events.
type Drafts interface {
	PutDraft(ctx context.Context, d Draft) error
	Draft(ctx context.Context, policy, account string) (Draft, error) // ErrNotFound when there is none
	DropDraft(ctx context.Context, policy, account string) error
}

// Draft is what somebody typed and has not saved.
type Draft struct {
	Policy   string    `bson:"policy"`
	Account  string    `bson:"account"`
	Save     int       `bson:"save"` // the save it was typed over
	Sections []Section `bson:"sections"`
	At       time.Time `bson:"at"`
}

// Promises tells what was promised about policies. The programme's service does.
type Promises interface {
	// Pass lets a step on a policy go on for some commissioners. While the step would break a promise it refuses with
	// record.Faults, unless a reason is given; refs then name the promises that are passed over.
	Pass(ctx context.Context, programme, policy string, commissioners []string, reason string) (refs []record.Ref, err error)
}

// Files keeps uploads by their content.
type Files interface {
	Keep(ctx context.Context, r io.Reader) (sha256 string, size int64, err error)
	Open(ctx context.Context, sha256 string) (io.ReadCloser, error)
}

// Renderer turns a text into safe HTML in which its clauses, where they have anchors, are numbered and can be linked to, and
// a link to what went into another clause finds that one. It refuses a text that is too large or too intricate
// with record.Faults, which say to the person who wrote it what to do.
type Renderer interface {
	Render(t clause.Text) (html string, err error)
	Version() string // of the renderer, kept with what it made
}
