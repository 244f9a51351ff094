package record

import (
	"errors"
	"fmt"
	"strings"
)

// The four deliberate refusals. Whatever wraps none of them is a fault of ours.
var (
	ErrNotFound  = errors.New("not found")
	ErrForbidden = errors.New("not allowed")
	ErrConflict  = errors.New("changed by someone else meanwhile")
	ErrRule      = errors.New("a rule refuses it")
)

// ErrUnknown marks a change of which the database never said whether it was saved. It is no refusal: the change may be there.
var ErrUnknown = errors.New("it is not known whether this was saved")

// Stale says that a form was made from an older revision than the one now kept. It is an ErrConflict.
type Stale struct {
	Ref  Ref   // the document, with the revision the form carried
	Kept int64 // the revision kept now; 0 when not known
}

func (s *Stale) Error() string {
	return fmt.Sprintf("%s %s: revision %d was expected, %d is kept", s.Ref.Kind, s.Ref.ID, s.Ref.Revision, s.Kept)
}

// Unwrap makes a Stale an ErrConflict.
func (s *Stale) Unwrap() error { return ErrConflict }

// Taken says that a value which must be unique belongs to another document. It is an ErrConflict.
type Taken struct {
	Kind  string // the kind of document
	Index string // the name of the unique index
}

func (t *Taken) Error() string {
	return fmt.Sprintf("%s: another one has this %s already", t.Kind, t.Index)
}

// Unwrap makes a Taken an ErrConflict.
func (t *Taken) Unwrap() error { return ErrConflict }

// Fault is one thing that is wrong with what somebody typed or asked for, in words for that person.
type Fault struct {
	Field   string // name of the form field, "" when it concerns the whole
	Message string // what is wrong and what to do, plain English
	Rule    string // id of the rule, "" for plain input
	Why     string // why the rule exists, "" when it is obvious
}

// Faults are all that is wrong, told at once. They are an ErrRule.
type Faults []Fault

func (f Faults) Error() string {
	words := make([]string, len(f))
	for i, x := range f {
		words[i] = strings.TrimSpace(x.Rule + " " + x.Field + ": " + x.Message)
	}
	return strings.Join(words, "; ")
}

// Unwrap makes Faults an ErrRule.
func (f Faults) Unwrap() error { return ErrRule }

// Add notes a fault when bad is true.
func (f *Faults) Add(bad bool, field, message string) {
	if bad {
		*f = append(*f, Fault{Field: field, Message: message})
	}
}

// Err is nil when there is nothing wrong.
func (f Faults) Err() error {
	if len(f) == 0 {
		return nil
	}
	return f
}

// Refuse is a single Faults for a rule: its id, what is missing, and why the rule exists.
func Refuse(rule, message, why string) error {
	return Faults{{Rule: rule, Message: message, Why: why}}
}
