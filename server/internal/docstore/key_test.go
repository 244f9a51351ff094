package docstore_test

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"pgregory.net/rapid"

	"concordat/server/internal/docstore"
)

func key(t interface{ Fatalf(string, ...any) }, values ...any) []byte {
	var k []byte
	for _, v := range values {
		var err error
		if k, err = docstore.AppendKey(k, v); err != nil {
			t.Fatalf("key of %v: %v", v, err)
		}
	}
	return k
}

// Keys sort as what they are made of, value by value.
func TestKeysSortAsValues(t *testing.T) {
	t.Parallel()
	text := rapid.OneOf(rapid.String(), rapid.StringOfN(rapid.RuneFrom([]rune{0, 1, 'a', 0xff}), 0, 4, -1))
	rapid.Check(t, func(r *rapid.T) {
		a, b := text.Draw(r, "a"), text.Draw(r, "b")
		m, n := rapid.Int64().Draw(r, "m"), rapid.Int64().Draw(r, "n")
		want := cmp.Or(strings.Compare(a, b), cmp.Compare(m, n))
		if got := bytes.Compare(key(r, a, m), key(r, b, n)); got != want {
			r.Fatalf("(%q, %d) against (%q, %d): %d, want %d", a, m, b, n, got, want)
		}
		want = cmp.Or(cmp.Compare(m, n), strings.Compare(a, b))
		if got := bytes.Compare(key(r, m, []byte(a)), key(r, n, []byte(b))); got != want {
			r.Fatalf("(%d, %q) against (%d, %q): %d, want %d", m, a, n, b, got, want)
		}
	})
}

// What is asked for has the key that a document with that value has.
func TestEntriesMeetQueries(t *testing.T) {
	t.Parallel()
	c := docstore.Collection{Name: "c", Indexes: []docstore.Index{{Name: "by", Fields: []string{"in.a", "b"}, Unique: true}}}
	ms := time.UnixMilli(1_800_000_000_123).UTC()
	for _, tc := range []struct{ a, b any }{
		{"text", int64(1)}, {"", int32(-1)}, {"\x00", true}, {ms, false}, {[]byte{0, 1}, "é"}, {int64(-1 << 63), ms},
	} {
		body, err := bson.Marshal(bson.D{{Key: "in", Value: bson.D{{Key: "a", Value: tc.a}}}, {Key: "b", Value: tc.b}})
		if err != nil {
			t.Fatal(err)
		}
		entries, err := c.Entries(docstore.Doc{ID: "id", Body: body})
		if err != nil || len(entries) != 1 {
			t.Fatalf("entries of %v: %v, %v", tc, entries, err)
		}
		if want := key(t, tc.a, tc.b); !bytes.Equal(entries[0].Unique, want) {
			t.Errorf("%v: unique %x, want %x", tc, entries[0].Unique, want)
		}
		if want := key(t, tc.a, tc.b, "id"); !bytes.Equal(entries[0].Key, want) {
			t.Errorf("%v: key %x, want %x", tc, entries[0].Key, want)
		}
	}
}

func TestEmptyIsNotIndexed(t *testing.T) {
	t.Parallel()
	c := docstore.Collection{Name: "c", Indexes: []docstore.Index{{Name: "by", Fields: []string{"a", "b"}}}}
	for _, v := range []any{nil, "", 0, int64(0), false, time.Time{}, []byte{}} {
		body, err := bson.Marshal(bson.D{{Key: "a", Value: v}})
		if err != nil {
			t.Fatal(err)
		}
		if entries, err := c.Entries(docstore.Doc{ID: "id", Body: body}); len(entries) != 0 || err != nil {
			t.Errorf("a is %#v: %v, %v; want no entry", v, entries, err)
		}
	}
}

// FuzzCheck: bytes that pass are BSON throughout, and have keys.
func FuzzCheck(f *testing.F) {
	declared, err := docstore.Declared([]docstore.Collection{{Name: "c", Indexes: []docstore.Index{{Name: "by", Fields: []string{"a.b", "c"}}}}})
	if err != nil {
		f.Fatal(err)
	}
	for _, d := range []bson.D{{}, {{Key: "a", Value: bson.D{{Key: "b", Value: "text"}}}, {Key: "l", Value: bson.A{1, bson.D{}}}}} {
		b, err := bson.Marshal(d)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
		f.Add(append(slices.Clone(b), 0))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		b := docstore.Batch{Puts: []docstore.Put{{Collection: "c", Doc: docstore.Doc{ID: "x", Revision: 1, Body: body}}}}
		if b.Check(declared) != nil {
			return
		}
		var d bson.Raw
		if err := bson.Unmarshal(body, &d); err != nil || !bytes.Equal(d, body) {
			t.Errorf("%x passed, and reads as %x, %v", body, d, err)
		}
		if _, err := declared["c"].Entries(b.Puts[0].Doc); err != nil {
			t.Errorf("%x passed: %v", body, err)
		}
	})
}

func TestDeclarationTells(t *testing.T) {
	t.Parallel()
	base := docstore.Collection{Name: "c", Indexes: []docstore.Index{{Name: "a", Fields: []string{"x", "y"}}}}
	seen := map[string]string{base.Declaration(): "base"}
	for name, ix := range map[string][]docstore.Index{
		"none": nil, "renamed": {{Name: "b", Fields: []string{"x", "y"}}}, "unique": {{Name: "a", Fields: []string{"x", "y"}, Unique: true}},
		"fewer fields": {{Name: "a", Fields: []string{"x"}}}, "other order": {{Name: "a", Fields: []string{"y", "x"}}},
	} {
		d := docstore.Collection{Name: "c", Indexes: ix}.Declaration()
		if other, twice := seen[d]; twice {
			t.Errorf("%s is declared as %s is: %s", name, other, d)
		}
		seen[d] = name
	}
}
