package review

import (
	"errors"

	"concordat/review/clause"
	"concordat/review/record"
)

// showable refuses a text that could not be put before the public. It asks for what publishing will ask for, so that
// whatever is saved can be published; each section that is at fault alone is named.
func (c Content) showable(r Renderer) error {
	whole := refusal(r, c.Text(), "")
	if !errors.Is(whole, record.ErrRule) {
		return whole
	}
	var faults record.Faults
	for _, s := range c.Sections {
		var found record.Faults
		if errors.As(refusal(r, clause.Text{Markdown: s.Markdown}, s.Key), &found) {
			faults = append(faults, found...)
		}
	}
	if len(faults) > 0 {
		return faults
	}
	return whole
}

// refusal is what the renderer says against a text, as a fault of a field; nil when the text can be shown.
func refusal(r Renderer, t clause.Text, field string) error {
	_, err := r.Render(t)
	var faults record.Faults
	if !errors.As(err, &faults) {
		return err
	}
	out := make(record.Faults, len(faults))
	for i, f := range faults {
		f.Field = field
		out[i] = f
	}
	return out
}
