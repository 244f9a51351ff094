package view

import "strings"

// A DateInput asks for a date in three boxes, because a calendar is slow for a date that is known.
type DateInput struct {
	ID               string // begins the ids of the boxes
	NamePrefix       string // "start" names the boxes start[day], start[month], start[year]
	Legend           Legend // without words there is no fieldset
	Hint             Hint
	Error            string
	Wrong            bool // drawn as wrong without a message
	Day, Month, Year string
	WrongDay         bool // draws one box as wrong; with none of the three an error draws all
	WrongMonth       bool
	WrongYear        bool
	Parts            []DatePart // in place of the three boxes
	Disabled         bool
	DescribedBy      string
}

// A DatePart is one of the boxes.
type DatePart struct {
	Name         string // day, month or year, which is also its label
	Label        string
	Value        string
	Width        string
	Autocomplete string
	Wrong        bool
	Disabled     bool
	Enabled      bool // although the whole is disabled
}

func (DateInput) component() string { return "date-input" }

// FieldID is the id of the first box, which an error summary links to.
func (d DateInput) FieldID() string { return d.ID + "-" + d.parts()[0].Name }

func (d DateInput) parts() []DatePart {
	if len(d.Parts) > 0 {
		return d.Parts
	}
	return []DatePart{
		{Name: "day", Value: d.Day, Wrong: d.WrongDay},
		{Name: "month", Value: d.Month, Wrong: d.WrongMonth},
		{Name: "year", Value: d.Year, Wrong: d.WrongYear},
	}
}

func (d DateInput) anyWrong() bool {
	for _, p := range d.parts() {
		if p.Wrong {
			return true
		}
	}
	return false
}

// GroupClass is the class of the whole.
func (d DateInput) GroupClass() string {
	return groupClass(d.Error != "" || d.Wrong || d.anyWrong())
}

// Body is the boxes with their legend.
func (d DateInput) Body() Component {
	set := dateSet{ID: d.ID, Head: newHead(d.ID, nil, d.Hint, d.Error)}
	all := !d.anyWrong() && (d.Error != "" || d.Wrong)
	for _, p := range d.parts() {
		set.Boxes = append(set.Boxes, d.box(p, p.Wrong || all))
	}
	if d.Legend.Text == "" {
		return set
	}
	return Fieldset{Legend: d.Legend, Role: "group", DescribedBy: set.Head.describedBy(d.DescribedBy), Content: set}
}

func (d DateInput) box(p DatePart, wrong bool) Input {
	width, name := "2", p.Name
	if p.Name == "year" {
		width = "4"
	}
	if d.NamePrefix != "" {
		name = d.NamePrefix + "[" + p.Name + "]"
	}
	return Input{
		Name: name, ID: d.ID + "-" + p.Name, Value: p.Value, Wrong: wrong, Autocomplete: p.Autocomplete,
		Label: Label{Text: orElse(p.Label, capital(p.Name)), Classes: "nhsuk-date-input__label"},
		Width: orElse(p.Width, width), Inputmode: "numeric", Classes: "nhsuk-date-input__input",
		Disabled: p.Disabled || d.Disabled && !p.Enabled,
	}
}

func capital(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// dateSet is what a date has inside its fieldset.
type dateSet struct {
	ID    string
	Head  fieldHead
	Boxes []Input
}

func (dateSet) component() string { return "date-set" }
