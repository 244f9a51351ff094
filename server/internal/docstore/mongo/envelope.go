package mongo

import (
	"fmt"
	"unicode/utf8"

	"go.mongodb.org/mongo-driver/v2/bson"

	"concordat/server/internal/docstore"
)

// envelope is a document as MongoDB keeps it.
type envelope struct {
	ID       string   `bson:"_id"`
	Revision int64    `bson:"rev"`
	Chain    []byte   `bson:"chain"`
	Touched  int64    `bson:"touched"` // raised by every write, so that two that rely on each other collide
	Keys     bson.D   `bson:"k"`       // index name: key
	Unique   bson.D   `bson:"u"`       // index name: key of the values alone
	Doc      bson.Raw `bson:"doc"`
}

// whole is all that a Doc has.
var whole = bson.D{{Key: "rev", Value: 1}, {Key: "chain", Value: 1}, {Key: "doc", Value: 1}}

func (e envelope) document() docstore.Doc {
	return docstore.Doc{ID: e.ID, Revision: e.Revision, Chain: e.Chain, Body: e.Doc}
}

func seal(c docstore.Collection, d docstore.Doc, touched int64) (envelope, error) {
	entries, err := c.Entries(d)
	if err != nil {
		return envelope{}, err
	}
	e := envelope{ID: d.ID, Revision: d.Revision, Chain: d.Chain, Touched: touched, Keys: bson.D{}, Unique: bson.D{}, Doc: d.Body}
	for _, x := range entries {
		e.Keys = append(e.Keys, bson.E{Key: x.Index, Value: text(x.Key)})
		if x.Unique != nil {
			e.Unique = append(e.Unique, bson.E{Key: x.Index, Value: text(x.Unique)})
		}
	}
	return e, nil
}

// text carries a key as text whose characters are the key's bytes. MongoDB sorts binary values by their length first,
// but text by its bytes, and UTF-8 sorts as the characters do.
func text(key []byte) string {
	out := make([]byte, 0, len(key)+8)
	for _, b := range key {
		out = utf8.AppendRune(out, rune(b))
	}
	return string(out)
}

func bytesOf(s string) ([]byte, error) {
	out := make([]byte, 0, len(s))
	for _, r := range s {
		if r > 0xff {
			return nil, fmt.Errorf("%q is no key", s)
		}
		out = append(out, byte(r))
	}
	return out, nil
}
