package stores

import (
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

	revision int64 // of a claim
}

var outbox = docstore.Collection{Name: "outbox", Indexes: []docstore.Index{
	{Name: "due", Fields: []string{"due"}},
	{Name: "written", Fields: []string{"written"}},
}}

func addMail(b *docstore.Batch, mail []record.Mail, now time.Time) error {
	for _, m := range mail {
		x := Message{ID: NewID(), To: m.To, Subject: m.Subject, Text: m.Text, Written: now, Due: now}
		body, err := bson.Marshal(x)
		if err != nil {
			return fmt.Errorf("writing mail: %w", err)
		}
		b.Puts = append(b.Puts, docstore.Put{Collection: outbox.Name, Doc: docstore.Doc{ID: x.ID, Revision: 1, Body: body}})
	}
	return nil
}
