package docstore

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"concordat/review/record"
)

// Keys of indexes are bytes that sort as the values do, so both engines compare them alike:
// a tag for the type, the value, and for text an escaped end. The document's id follows as the last value
// and makes every key of a collection different, which is what a cursor needs.
const (
	tagAbsent = 0x01
	tagFalse  = 0x02
	tagTrue   = 0x03
	tagNumber = 0x04
	tagTime   = 0x05
	tagText   = 0x06
	tagBytes  = 0x07
)

// Entry is a document's place in one index.
type Entry struct {
	Index  string
	Key    []byte // values and id
	Unique []byte // values alone, when the index is unique
}

// Entries are the places of a document in the indexes of its collection.
func (c Collection) Entries(d Doc) ([]Entry, error) {
	var out []Entry
	for _, ix := range c.Indexes {
		values, present, err := ix.values(d.Body)
		if err != nil {
			return nil, fmt.Errorf("index %s of %s %s: %w", ix.Name, c.Name, d.ID, err)
		}
		if !present {
			continue
		}
		e := Entry{Index: ix.Name, Key: appendText(clone(values), d.ID)}
		if ix.Unique {
			e.Unique = values
		}
		out = append(out, e)
	}
	return out, nil
}

// Index finds a declared index by name.
func (c Collection) Index(name string) (Index, error) {
	for _, ix := range c.Indexes {
		if ix.Name == name {
			return ix, nil
		}
	}
	return Index{}, fmt.Errorf("collection %s has no index %q", c.Name, name)
}

func (ix Index) values(body []byte) (key []byte, present bool, err error) {
	for _, path := range ix.Fields {
		v, err := bson.Raw(body).LookupErr(strings.Split(path, ".")...)
		if err != nil {
			key = append(key, tagAbsent)
			continue
		}
		var filled bool
		key, filled, err = appendRaw(key, v)
		if err != nil {
			return nil, false, fmt.Errorf("field %s: %w", path, err)
		}
		present = present || filled
	}
	return key, present, nil
}

func appendRaw(key []byte, v bson.RawValue) (out []byte, filled bool, err error) {
	switch v.Type {
	case bson.TypeString:
		s := v.StringValue()
		return appendText(key, s), s != "", nil
	case bson.TypeInt32:
		return appendNumber(key, int64(v.Int32())), v.Int32() != 0, nil
	case bson.TypeInt64:
		return appendNumber(key, v.Int64()), v.Int64() != 0, nil
	case bson.TypeDateTime:
		return appendTime(key, v.DateTime()), v.Time().UnixMilli() != time.Time{}.UnixMilli(), nil
	case bson.TypeBoolean:
		return appendBool(key, v.Boolean()), v.Boolean(), nil
	case bson.TypeBinary:
		_, b := v.Binary()
		return appendBytes(key, tagBytes, b), len(b) > 0, nil
	case bson.TypeNull:
		return append(key, tagAbsent), false, nil
	}
	return nil, false, fmt.Errorf("a value of type %s cannot be indexed", v.Type)
}

// AppendKey adds a value given in a query, in the order in which documents' values sort.
func AppendKey(key []byte, v any) ([]byte, error) {
	switch x := v.(type) {
	case bool:
		return appendBool(key, x), nil
	case time.Time:
		return appendTime(key, x.UnixMilli()), nil
	case []byte:
		return appendBytes(key, tagBytes, x), nil
	}
	// Named types, such as a date or a stage, sort as what they are made of.
	switch r := reflect.ValueOf(v); {
	case r.CanInt():
		return appendNumber(key, r.Int()), nil
	case r.Kind() == reflect.String:
		return appendText(key, r.String()), nil
	}
	return nil, fmt.Errorf("a value of type %T cannot be asked for", v)
}

func appendBool(key []byte, b bool) []byte {
	if b {
		return append(key, tagTrue)
	}
	return append(key, tagFalse)
}

func appendNumber(key []byte, n int64) []byte {
	return binary.BigEndian.AppendUint64(append(key, tagNumber), uint64(n)^(1<<63))
}

func appendTime(key []byte, milliseconds int64) []byte {
	return binary.BigEndian.AppendUint64(append(key, tagTime), uint64(milliseconds)^(1<<63))
}

func appendText(key []byte, s string) []byte { return appendBytes(key, tagText, []byte(s)) }

// appendBytes escapes 0x00 as 0x00 0xff and ends with 0x00 0x01, so that a shorter text sorts before a longer one.
func appendBytes(key []byte, tag byte, b []byte) []byte {
	key = append(key, tag)
	for _, c := range b {
		key = append(key, c)
		if c == 0 {
			key = append(key, 0xff)
		}
	}
	return append(key, 0, 1)
}

func clone(b []byte) []byte { return append([]byte(nil), b...) }

// errDamaged is a fault of who asks: cursors come back in addresses.
var errDamaged = fmt.Errorf("the cursor is damaged: %w", record.ErrNotFound)

// Span is the stretch of keys that a query asks for: Low <= key < High, less what the cursor has passed.
type Span struct {
	Low, High []byte // High nil: no bound
}

// Span works out the stretch of an index. The prefix is given by q.Equals, the range by q.From and q.To.
func (q Query) Span(ix Index) (Span, error) {
	if q.Limit < 1 || q.Limit > MaxLimit {
		return Span{}, fmt.Errorf("a limit of %d is not within 1 and %d", q.Limit, MaxLimit)
	}
	if len(q.Equals) > len(ix.Fields) || (len(q.Equals) == len(ix.Fields) && (q.From != nil || q.To != nil)) {
		return Span{}, fmt.Errorf("index %s has %d fields", ix.Name, len(ix.Fields))
	}
	var prefix []byte
	var err error
	for _, v := range q.Equals {
		if prefix, err = AppendKey(prefix, v); err != nil {
			return Span{}, err
		}
	}
	s := Span{Low: prefix, High: after(prefix)}
	if q.From != nil {
		if s.Low, err = AppendKey(clone(prefix), q.From); err != nil {
			return Span{}, err
		}
	}
	if q.To != nil {
		if s.High, err = AppendKey(clone(prefix), q.To); err != nil {
			return Span{}, err
		}
	}
	return s.passed(q)
}

// passed narrows the span to what comes after the cursor in the direction of the walk.
func (s Span) passed(q Query) (Span, error) {
	if q.After == "" {
		return s, nil
	}
	at, err := base64.RawURLEncoding.DecodeString(q.After)
	if err != nil {
		return Span{}, errDamaged
	}
	if q.Descending {
		if s.High == nil || string(at) < string(s.High) {
			s.High = at
		}
		return s, nil
	}
	// The next key after at is at with a zero byte: nothing sorts between them.
	if next := append(at, 0); string(next) > string(s.Low) {
		s.Low = next
	}
	return s, nil
}

// Cursor is the place of a key in a walk.
func Cursor(key []byte) string { return base64.RawURLEncoding.EncodeToString(key) }

// after is the least key that does not begin with the prefix; nil when there is none.
func after(prefix []byte) []byte {
	for i := len(prefix) - 1; i >= 0; i-- {
		if prefix[i] < 0xff {
			next := clone(prefix[:i+1])
			next[i]++
			return next
		}
	}
	return nil
}

// Walk reads a query that has no index: a walk of all documents in the order of their ids, forwards.
func (q Query) Walk() (after string, err error) {
	if len(q.Equals) > 0 || q.From != nil || q.To != nil || q.Descending || q.Limit < 1 || q.Limit > MaxLimit {
		return "", errors.New("a walk of all documents takes only a cursor and a limit")
	}
	id, err := base64.RawURLEncoding.DecodeString(q.After)
	if err != nil {
		return "", errDamaged
	}
	return string(id), nil
}
