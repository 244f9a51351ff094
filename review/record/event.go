package record

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"
)

// Event says what happened to a document. A rule returns one; Plan adds who, when and why.
type Event struct {
	Action string // "policy.issued"
	Facts  []Fact // ids, numbers and words from fixed lists, never free text or names
	Relied []Ref  // what the act relied on, at which revisions

	// What goes with the event in the same commit. Kept documents are written once and never change;
	// their hashes are part of the event.
	Keep   []Document
	Mail   []Mail
	Alters []Generation // what readers keep ready of it, to be read again

	actor  string
	at     time.Time
	reason string
}

// Generation names something that is kept ready in memory, such as the pages of one policy. Whatever alters it raises the
// counter of that name in its commit, so that every process sees when to read it again.
type Generation string

// Public is whatever all pages of the public depend on.
const Public Generation = "public"

// PublicOf is what the public reads of one policy.
func PublicOf(policy string) []Generation { return []Generation{Public + "/" + Generation(policy)} }

// Fact is one particular of an event.
type Fact struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Mail is a message to be sent because of the event.
type Mail struct {
	To, Subject, Text string
}

// With adds a fact.
func (e Event) With(name string, value any) Event {
	e.Facts = append(e.Facts[:len(e.Facts):len(e.Facts)], Fact{name, fmt.Sprint(value)})
	return e
}

// Kept is a document that was written with an event, by its hash.
type Kept struct {
	Kind   string `json:"kind"`
	ID     string `json:"id"`
	SHA256 string `json:"sha256"`
}

// Body is what the canonical bytes of an event say. The order of its fields is the order of the bytes.
type Body struct {
	Subject  Ref    `json:"subject"` // at the revision the event made
	Action   string `json:"action"`
	Actor    string `json:"actor"`
	At       string `json:"at"` // RFC 3339, UTC, milliseconds
	Facts    []Fact `json:"facts"`
	Relied   []Ref  `json:"relied"`
	Kept     []Kept `json:"kept"`
	Document string `json:"document"` // SHA-256 of the document as it became, hex
	Reason   string `json:"reason"`   // SHA-256 of the salt and the reason, hex; "" when no reason was given
	Before   string `json:"before"`   // hash of the event before, hex; "" for the first
}

// Sealed is an event as it is kept: its canonical bytes, never written anew, and beside them the reason,
// which can be erased without breaking the chain.
type Sealed struct {
	Subject Ref
	At      time.Time
	Actor   string
	Bytes   []byte
	Hash    []byte // SHA-256 of Bytes
	Salt    []byte
	Reason  string
}

// Seal makes the canonical bytes. document and kept are hashes of what is stored; salt keeps a short reason
// from being guessed from its hash.
func (e Event) Seal(subject Ref, document [32]byte, kept []Kept, before, salt []byte) (Sealed, error) {
	b := Body{
		Subject: subject, Action: e.Action, Actor: e.actor, At: EventTime(e.at),
		Facts: e.Facts, Relied: e.Relied, Kept: kept,
		Document: hex.EncodeToString(document[:]), Before: hex.EncodeToString(before),
	}
	s := Sealed{Subject: subject, At: e.at, Actor: e.actor}
	if e.reason != "" {
		s.Salt, s.Reason = salt, e.reason
		b.Reason = ReasonHash(salt, e.reason)
	}
	bytes, err := json.Marshal(b)
	if err != nil {
		return Sealed{}, fmt.Errorf("sealing %s of %s %s: %w", e.Action, subject.Kind, subject.ID, err)
	}
	hash := sha256.Sum256(bytes)
	s.Bytes, s.Hash = bytes, hash[:]
	return s, nil
}

// EventTime is a time as the bytes of an event write it.
func EventTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// ReasonHash is the hash that an event holds in place of its reason.
func ReasonHash(salt []byte, reason string) string {
	h := sha256.Sum256(append(append([]byte{}, salt...), reason...))
	return hex.EncodeToString(h[:])
}

// Read gives back what the canonical bytes say.
func (s Sealed) Read() (Body, error) {
	var b Body
	if err := json.Unmarshal(s.Bytes, &b); err != nil {
		return Body{}, fmt.Errorf("reading event %s %s/%d: %w", s.Subject.Kind, s.Subject.ID, s.Subject.Revision, err)
	}
	return b, nil
}
