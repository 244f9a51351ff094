package decision

import (
	"reflect"
	"slices"
	"strings"

	"concordat/review/clause"
	"concordat/review/record"
)

// The greatest lengths, in characters.
const (
	MaxText      = 5_000
	MaxVariation = 20_000
	MaxMinute    = 50
	MaxEvent     = 100
)

// Equal tells whether two answers say the same.
func (s Said) Equal(x Said) bool {
	if !slices.Equal(s.Overlay, x.Overlay) {
		return false
	}
	s.Overlay, x.Overlay = nil, nil
	return reflect.DeepEqual(s, x)
}

// tidy takes out what the outcome leaves without meaning, so that a date typed before somebody chose "Defer" is not
// kept as if it had been decided.
func (s Said) tidy() Said {
	s.Reason, s.DueRegard, s.Minute, s.Event = trim(s.Reason), trim(s.DueRegard), squeeze(s.Minute), named(s.Event)
	s.Overlay = s.Overlay.tidy()
	if s.Outcome != Vary {
		s.Overlay = nil
	}
	if !s.Outcome.Adopts() {
		s.Effective, s.Event, s.Rule = 0, "", ""
	}
	return s
}

// named is an event without the article, which stands in every sentence that names one: "from the start of the
// contract".
func named(event string) string {
	event = squeeze(event)
	if len(event) > 4 && strings.EqualFold(event[:4], "the ") {
		return event[4:]
	}
	return event
}

// faults are all that is wrong with what was typed, by field. text is that of the version.
func (s Said) faults(text clause.Text) (faults record.Faults) {
	switch s.Outcome {
	case Adopt, Vary, Defer, Decline:
	default:
		faults.Add(true, "outcome", "Choose what was decided")
		return faults
	}
	if s.Outcome != Adopt && s.Reason == "" {
		faults = append(faults, record.Fault{Field: "reason", Rule: "D-03", Message: "Give the reasons",
			Why: "Whoever is treated differently from other places may ask why (SI 2012/2996 regulation 35)."})
	}
	if s.Outcome != Defer && s.DueRegard == "" {
		faults = append(faults, record.Fault{Field: "due", Rule: "D-04", Message: "Write what was considered about equality",
			Why: "The duty is the decision maker’s own, and a tick does not show it (Equality Act 2010 section 149)."})
	}
	faults.Add(s.Minute == "", "minute", "Enter the reference of the minute")
	if s.Outcome == Vary {
		faults.Add(len(s.Overlay) == 0, "overlay", "Say where the text is different here, or choose Adopt")
		faults = append(faults, s.Overlay.faults(text)...)
	}
	if s.Outcome.Adopts() {
		faults.Add(s.Effective == 0 && s.Event == "", "effective", "Enter the date from which it applies, or name the event that it starts with")
		faults.Add(s.Rule != Referred && s.Rule != Treated, "rule", "Choose which patients it is for")
	}
	return append(faults, s.lengths()...)
}

func (s Said) lengths() (faults record.Faults) {
	for _, x := range []struct {
		field, text string
		most        int
		message     string
	}{
		{"reason", s.Reason, MaxText, "The reasons must be 5,000 characters or fewer"},
		{"due", s.DueRegard, MaxText, "This must be 5,000 characters or fewer"},
		{"minute", s.Minute, MaxMinute, "The reference must be 50 characters or fewer"},
		{"event", s.Event, MaxEvent, "The event must be 100 characters or fewer"},
	} {
		faults.Add(len([]rune(x.text)) > x.most, x.field, x.message)
	}
	return faults
}
