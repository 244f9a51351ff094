// Package public is about what the public reads: every published page as ready bytes, made anew when something
// public changes or when a date comes, and the search over them.
package public

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"concordat/review"
	"concordat/review/decision"
	"concordat/review/record"
	"concordat/web/view"
)

// Publications gives what was published, withdrawn and scheduled ones too.
type Publications interface {
	Load(ctx context.Context, id string) (*review.Publication, error)
	All(ctx context.Context) ([]*review.Publication, error)
}

// Policies gives policies and their issued versions.
type Policies interface {
	Load(ctx context.Context, id string) (*review.Policy, error)
	Version(ctx context.Context, id string) (*review.Version, error)
}

// Commissioners gives all commissioners, those that have ended too.
type Commissioners interface {
	All(ctx context.Context) ([]*review.Commissioner, error)
}

// Registers gives the registers of a policy.
type Registers interface {
	OfPolicy(ctx context.Context, policy string) ([]*review.Register, error)
}

// Locals gives the local policies on the treatment of a policy.
type Locals interface {
	OfPolicy(ctx context.Context, policy string) ([]*review.LocalPolicy, error)
}

// Decisions gives what was decided on the versions of a policy.
type Decisions interface {
	OfPolicy(ctx context.Context, policy string) ([]*decision.Decision, error)
}

// Events gives the trail of one document, newest first.
type Events interface {
	Events(ctx context.Context, kind, id, after string, limit int) (list []record.Sealed, next string, err error)
}

// Counter tells how often each name was raised that begins so.
type Counter interface {
	Counters(ctx context.Context, prefix string) (map[string]int64, error)
}

// Sources are where the facts come from.
type Sources struct {
	Publications  Publications
	Policies      Policies
	Commissioners Commissioners
	Registers     Registers
	Locals        Locals
	Decisions     Decisions
	Events        Events
	Counter       Counter
	Renderer      review.Renderer
}

// Site is what the pages have around them.
type Site struct {
	Frame     func(title, section string) view.Frame
	Render    func(view.Page) ([]byte, error)
	PublicURL string      // scheme and host, no slash at the end
	Name      string      // of the service, for the feed
	Build     string      // of the program: a new build may draw the same facts differently
	Headers   http.Header // set on every answer: what protects it
	Contact   string      // e-mail address of those who run the service; may be ""
	Now       func() time.Time
	Log       *slog.Logger
}
