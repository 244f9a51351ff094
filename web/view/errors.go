package view

// Errors are what is wrong with a form, in the order in which its fields stand on the page. The zero value
// is a form without errors. What was typed is kept by the caller.
type Errors []FieldError

// A FieldError is what to do about one field, in the words that the summary and the field both show.
type FieldError struct {
	Field   string // the id of the field: what its FieldID says, or its name
	Message string
}

// Add notes what is wrong with a field. The first message for a field stands: one at a time is enough.
func (e *Errors) Add(field, message string) {
	if e.Of(field) == "" {
		*e = append(*e, FieldError{Field: field, Message: message})
	}
}

// Any tells whether something is wrong.
func (e Errors) Any() bool { return len(e) > 0 }

// Of is the message for a field, empty when it is well.
func (e Errors) Of(field string) string {
	for _, x := range e {
		if x.Field == field {
			return x.Message
		}
	}
	return ""
}

// Summary lists the errors above the form, each as a link to its field. It is nil without errors.
func (e Errors) Summary() Component {
	if !e.Any() {
		return nil
	}
	s := ErrorSummary{}
	for _, x := range e {
		s.Errors = append(s.Errors, Link{Text: x.Message, Href: "#" + x.Field})
	}
	return s
}
