package view

// fieldHead is what stands before every field: its label, its hint and what is wrong with it.
type fieldHead struct {
	Label *Label // nil in a fieldset, which has a legend
	Hint  *Hint
	Error *ErrorMessage
}

func (fieldHead) component() string { return "field-head" }

func newHead(id string, label *Label, hint Hint, message string) fieldHead {
	h := fieldHead{Label: label}
	if label != nil && label.For == "" {
		l := *label
		l.For = id
		h.Label = &l
	}
	if hint.given() {
		hint.ID = orElse(hint.ID, id+"-hint")
		h.Hint = &hint
	}
	if message != "" {
		h.Error = &ErrorMessage{Text: message, ID: id + "-error"}
	}
	return h
}

// describedBy lists what a screen reader says after the field's name.
func (h fieldHead) describedBy(first string) string {
	var hint, message string
	if h.Hint != nil {
		hint = h.Hint.ID
	}
	if h.Error != nil {
		message = h.Error.ID
	}
	return classes(first, hint, message)
}

func groupClass(wrong bool, more ...string) string {
	return classes(append([]string{"nhsuk-form-group", when(wrong, "nhsuk-form-group--error")}, more...)...)
}
