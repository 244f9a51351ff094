package docstore

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// Limits that both engines keep, so that whatever one of them holds can be moved to the other.
const (
	MaxBody  = 15 << 20 // bytes of one document: MongoDB takes 16 MiB with its envelope
	MaxKey   = 64 << 10 // bytes of one document's place in one index
	MaxDepth = 100      // documents within documents
)

// keyFormat is raised when keys of the same values become other bytes: every collection is indexed anew then.
const keyFormat = 1

// Declared makes a table of the collections by name. Names become parts of names in the engines, so they are plain words.
func Declared(collections []Collection) (map[string]Collection, error) {
	out := map[string]Collection{}
	for _, c := range collections {
		if _, twice := out[c.Name]; twice || !plain(c.Name) {
			return nil, fmt.Errorf("collection %q: want a plain word, once", c.Name)
		}
		names := map[string]bool{}
		for _, ix := range c.Indexes {
			if names[ix.Name] || !plain(ix.Name) || len(ix.Fields) == 0 {
				return nil, fmt.Errorf("index %q of %s: want a plain word, once, and at least one field", ix.Name, c.Name)
			}
			names[ix.Name] = true
		}
		out[c.Name] = c
	}
	return out, nil
}

func plain(name string) bool { return name != "" && !strings.ContainsAny(name, ".$ \x00") }

// Declaration is what a collection's indexes were made from. Engines keep it, and index anew when it differs.
func (c Collection) Declaration() string {
	var b strings.Builder
	fmt.Fprintf(&b, "format %d", keyFormat)
	for _, ix := range c.Indexes {
		fmt.Fprintf(&b, "; %s %t %s", ix.Name, ix.Unique, strings.Join(ix.Fields, ","))
	}
	return b.String()
}

// Check refuses a batch that no engine could save: an undeclared collection, an empty id, bytes that are not BSON,
// a document or key that is too large. It is asked before the batch joins a group, so that one bad batch
// cannot spoil the others.
func (b Batch) Check(declared map[string]Collection) error {
	for _, t := range b.Touches {
		if _, ok := declared[t.Collection]; !ok {
			return fmt.Errorf("touching %s %s: no such collection is declared", t.Collection, t.ID)
		}
	}
	for _, p := range b.Puts {
		c, ok := declared[p.Collection]
		if !ok {
			return fmt.Errorf("saving %s %s: no such collection is declared", p.Collection, p.Doc.ID)
		}
		if err := p.check(c); err != nil {
			return fmt.Errorf("saving %s %q: %w", p.Collection, p.Doc.ID, err)
		}
	}
	return nil
}

func (p Put) check(c Collection) error {
	switch {
	case p.Doc.ID == "" || !utf8.ValidString(p.Doc.ID):
		return errors.New("an id is text, and not empty")
	case p.Delete:
		return nil
	case p.Doc.Revision < 0:
		return fmt.Errorf("revision %d is negative", p.Doc.Revision)
	case len(p.Doc.Body) > MaxBody:
		return fmt.Errorf("it has %d bytes, more than the %d that one document may have", len(p.Doc.Body), MaxBody)
	}
	if err := validBSON(p.Doc.Body, MaxDepth); err != nil {
		return err
	}
	entries, err := c.Entries(p.Doc)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if len(e.Key) > MaxKey {
			return fmt.Errorf("index %s: a key of %d bytes is longer than %d", e.Index, len(e.Key), MaxKey)
		}
	}
	return nil
}

// validBSON looks into documents within documents too: the driver's own check does not, and a server that finds
// such damage refuses everything that was sent with it.
func validBSON(body bson.Raw, depth int) error {
	if depth == 0 {
		return fmt.Errorf("documents are nested deeper than %d", MaxDepth)
	}
	if err := body.Validate(); err != nil {
		return fmt.Errorf("not BSON: %w", err)
	}
	if n := int(body[0]) | int(body[1])<<8 | int(body[2])<<16 | int(body[3])<<24; n != len(body) {
		return fmt.Errorf("not BSON: %d bytes where %d were announced", len(body), n)
	}
	elements, err := body.Elements()
	if err != nil {
		return fmt.Errorf("not BSON: %w", err)
	}
	for _, e := range elements {
		v := e.Value()
		if v.Type != bson.TypeEmbeddedDocument && v.Type != bson.TypeArray {
			continue
		}
		if err := validBSON(v.Value, depth-1); err != nil {
			return err
		}
	}
	return nil
}
