package stores

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"concordat/review/record"
	"concordat/server/internal/docstore"
)

// Message is mail that waits to be sent, or was sent.
type Message struct {
	ID       string    `bson:"id"`
	To       string    `bson:"to"`
	Subject  string    `bson:"subject"`
	Text     string    `bson:"text"`
	Written  time.Time `bson:"written"`
	Sent     time.Time `bson:"sent"`     // zero while it waits
	Due      time.Time `bson:"due"`      // when to try next; zero when it is not to be tried again
	Attempts int       `bson:"attempts"` // how often sending failed

	// Digest is the hash of the salt and the text: what was sent has no text any more. Both are "" in a message that was
	// written before events named their messages.
	Salt   string `bson:"salt"`
	Digest string `bson:"digest"`

	revision int64 // of a claim
}

// Promise is the hash by which the event that a message is because of names it: of all but what became of it. It is ""
// for a message that was written before events did.
func (m Message) Promise() string {
	if m.Digest == "" {
		return ""
	}
	h := sha256.New()
	for _, part := range []string{m.ID, m.To, m.Subject, record.EventTime(m.Written), m.Digest} {
		fmt.Fprintf(h, "%d %s", len(part), part) // with lengths, so that no word can go from one part to the next
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Whole tells whether the text is the one that was written. A message has none when it was sent or given up.
func (m Message) Whole() bool {
	if m.Text == "" && !m.Waiting() && (m.Attempts > 0 || !m.Sent.IsZero()) {
		return true
	}
	return record.ReasonHash([]byte(m.Salt), m.Text) == m.Digest
}

// MessageCollection is where messages are kept.
const MessageCollection = "outbox"

var outbox = docstore.Collection{Name: MessageCollection, Indexes: []docstore.Index{
	{Name: "due", Fields: []string{"due"}},
	{Name: "written", Fields: []string{"written"}},
}}

// addMail adds the messages of an event, and gives the hashes by which the event names them.
func addMail(b *docstore.Batch, mail []record.Mail, now time.Time) ([]record.Kept, error) {
	var out []record.Kept
	for _, m := range mail {
		x := Message{ID: NewID(), To: m.To, Subject: m.Subject, Text: m.Text, Written: now, Due: now, Salt: rand.Text()}
		x.Digest = record.ReasonHash([]byte(x.Salt), x.Text)
		body, err := bson.Marshal(x)
		if err != nil {
			return nil, fmt.Errorf("writing mail: %w", err)
		}
		out = append(out, record.Kept{Kind: outbox.Name, ID: x.ID, SHA256: x.Promise()})
		b.Puts = append(b.Puts, docstore.Put{Collection: outbox.Name, Doc: docstore.Doc{ID: x.ID, Revision: 1, Body: body}})
	}
	return out, nil
}
