package review

import (
	"fmt"
	"slices"

	"concordat/review/record"
)

// Kind is a sort of policy, as data: its template and what it must have.
type Kind struct {
	ID       string
	Name     string
	Sections []Template
	Expires  bool // it is interim and must say when it ends
	Position bool // it takes a position on interventions, with criteria
}

// Template is one section of a kind's template.
type Template struct {
	Key      string
	Title    string
	Hint     string // what belongs here, one line
	Required bool
	Standard string // the standard clause, offered where the section is empty; "" for none
}

// Keys of the sections that rules and pages look for.
const (
	PositionKey    = "position"
	SummaryKey     = "summary"
	CriteriaKey    = "criteria"
	ExcludedKey    = "excluded"
	StartStopKey   = "start-stop"
	InsteadKey     = "instead"
	ExceptionsKey  = "exceptions"
	ReasonsKey     = "reasons"
	ConditionKey   = "condition"
	EvidenceKey    = "evidence"
	GuidanceKey    = "guidance"
	EqualityKey    = "equality"
	TransitionKey  = "transition"
	CodesKey       = "codes"
	DefinitionsKey = "definitions"
	ReferencesKey  = "references"
	ScopeKey       = "scope"
	ProcedureKey   = "procedure"
)

// KindByID finds a kind; ErrNotFound when there is none.
func KindByID(id string) (Kind, error) {
	i := slices.IndexFunc(Kinds, func(k Kind) bool { return k.ID == id })
	if i < 0 {
		return Kind{}, fmt.Errorf("kind of policy %q: %w", id, record.ErrNotFound)
	}
	return Kinds[i], nil
}

// Template finds a section of the kind by key; the zero Template when there is none.
func (k Kind) Template(key string) Template {
	for _, t := range k.Sections {
		if t.Key == key {
			return t
		}
	}
	return Template{}
}
