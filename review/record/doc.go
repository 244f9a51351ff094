// Package record is about what every governed document shares: a head with its revision, the events that
// changed it, who may be named as acting, civil dates, and the four ways in which a change can be refused.
package record

import "time"

// A Document is something that is governed: it changes only by events, one revision at a time.
type Document interface {
	Header() *Head
	// Kind is the word under which documents of this sort are kept, such as "policy". It never changes.
	Kind() string
}

// Head is the part that every document has. It is embedded.
type Head struct {
	ID       string `bson:"id"`
	Schema   int    `bson:"schema"`   // shape of the document, set when it is kept
	Revision int64  `bson:"revision"` // 0 before it was ever saved
	// Chain is the hash of the last event, SHA-256. It is kept beside the document, not in it,
	// because that event holds the document's own hash.
	Chain   []byte    `bson:"-"`
	Created time.Time `bson:"created"`
	Changed time.Time `bson:"changed"`
}

// Header lets a struct that embeds Head be a Document.
func (h *Head) Header() *Head { return h }

// Ref names one revision of one document. Revision 0 means the document as such.
type Ref struct {
	Kind     string `bson:"kind" json:"kind"`
	ID       string `bson:"id" json:"id"`
	Revision int64  `bson:"revision" json:"revision"`
}

// RefTo names d at the revision it has now.
func RefTo(d Document) Ref {
	h := d.Header()
	return Ref{Kind: d.Kind(), ID: h.ID, Revision: h.Revision}
}

// Actor is who acts: an account's id and the roles it holds at this moment.
// The zero Actor is the public.
type Actor struct {
	ID     string
	Grants []Grant
}

// Grant is a role held for one commissioner, or for all when Commissioner is "".
type Grant struct {
	Role         string `bson:"role"`
	Commissioner string `bson:"commissioner"`
}

// Edit is what a form carries: who, which document, the revision that was on the screen, and why.
type Edit struct {
	By       Actor
	ID       string
	Revision int64
	Reason   string
}
