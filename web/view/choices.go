package view

import "strconv"

// Radios are a choice of one.
type Radios struct {
	Name        string
	ID          string // begins the ids of the choices; Name when empty
	Value       string // of the choice made; empty for none
	Items       []Choice
	Legend      Legend // without words there is no fieldset
	Hint        Hint
	Error       string
	Wrong       bool
	Small       bool
	Inline      bool
	Disabled    bool
	Classes     string
	DescribedBy string
}

// Checkboxes are a choice of any number.
type Checkboxes struct {
	Name        string
	ID          string // begins the ids of the choices; Name when empty
	Values      []string
	Items       []Choice
	Legend      Legend // without words there is no fieldset
	Hint        Hint
	Error       string
	Wrong       bool
	Small       bool
	Inline      bool
	Disabled    bool
	Classes     string
	DescribedBy string
}

// A Choice is one radio or checkbox, or the word between two of them.
type Choice struct {
	Text, Value string
	Name        string // of a checkbox, when it has one of its own
	Hint        Hint
	Conditional Component // shown when chosen; without a script always
	Divider     string    // a word such as "or" in place of a choice
	Behaviour   string    // of a checkbox: exclusive takes the others back, inclusive ticks them all
	Group       string    // the checkboxes that Behaviour speaks of; those of the same name when empty
	Disabled    bool
}

func (Radios) component() string     { return "choices" }
func (Checkboxes) component() string { return "choices" }

// FieldID is the id of the first choice, which an error summary links to.
func (r Radios) FieldID() string { return orElse(r.ID, r.Name) }

// FieldID is the id of the first choice, which an error summary links to.
func (c Checkboxes) FieldID() string { return orElse(c.ID, c.Name) }

// GroupClass is the class of the whole.
func (r Radios) GroupClass() string { return groupClass(r.Error != "" || r.Wrong) }

// GroupClass is the class of the whole.
func (c Checkboxes) GroupClass() string { return groupClass(c.Error != "" || c.Wrong) }

// Body is the choices with their legend.
func (r Radios) Body() Component {
	set := choiceSet{
		Head:   newHead(r.FieldID(), nil, r.Hint, r.Error),
		Kind:   "radios",
		Class:  classes("nhsuk-radios", when(r.Small, "nhsuk-radios--small"), when(r.Inline, "nhsuk-radios--inline"), r.Classes),
		legend: r.Legend,
	}
	chosen := func(v string) bool { return r.Value != "" && v == r.Value }
	set.Items = numbered(r.FieldID(), r.Name, "radio", r.Items, r.Disabled, chosen, "")
	return set.inFieldset(r.DescribedBy)
}

// Body is the choices with their legend.
func (c Checkboxes) Body() Component {
	set := choiceSet{
		Head:   newHead(c.FieldID(), nil, c.Hint, c.Error),
		Kind:   "checkboxes",
		Class:  classes("nhsuk-checkboxes", when(c.Small, "nhsuk-checkboxes--small"), when(c.Inline, "nhsuk-checkboxes--inline"), c.Classes),
		legend: c.Legend,
	}
	described := ""
	if c.Legend.Text == "" { // with no fieldset to carry it, each box says what is wrong
		described = set.Head.describedBy(c.DescribedBy)
	}
	chosen := func(v string) bool { return contains(c.Values, v) }
	set.Items = numbered(c.FieldID(), c.Name, "checkbox", c.Items, c.Disabled, chosen, described)
	return set.inFieldset(c.DescribedBy)
}

// choiceSet is what radios and checkboxes have inside their fieldset.
type choiceSet struct {
	Head   fieldHead
	Kind   string // radios or checkboxes
	Class  string
	Items  []choice
	legend Legend
}

func (choiceSet) component() string { return "choice-set" }

func (s choiceSet) inFieldset(describedBy string) Component {
	if s.legend.Text == "" {
		return s
	}
	return Fieldset{Legend: s.legend, DescribedBy: s.Head.describedBy(describedBy), Content: s}
}

// choice is a Choice with everything decided.
type choice struct {
	Choice
	Kind      string
	ID        string
	InputType string
	Checked   bool
	Label     Label
	Note      *Hint
	Described string
}

// ConditionalID is the id of what is shown when the choice is made.
func (c choice) ConditionalID() string { return "conditional-" + c.ID }

// numbered gives each choice its id. The first has no number, so that it is easy to link to.
func numbered(id, name, inputType string, items []Choice, disabled bool, chosen func(string) bool, described string) []choice {
	kind := map[string]string{"radio": "radios", "checkbox": "checkboxes"}[inputType]
	list := make([]choice, len(items))
	for i, item := range items {
		c := choice{Choice: item, Kind: kind, ID: id, InputType: inputType, Checked: chosen(item.Value), Described: described}
		if i > 0 {
			c.ID = id + "-" + strconv.Itoa(i+1)
		}
		c.Name = orElse(item.Name, name)
		c.Disabled = item.Disabled || disabled
		c.Label = Label{Text: item.Text, For: c.ID, Classes: "nhsuk-" + kind + "__label"}
		if h := item.Hint; h.given() {
			h.ID, h.Classes = orElse(h.ID, c.ID+"-item-hint"), classes("nhsuk-"+kind+"__hint", h.Classes)
			c.Note, c.Described = &h, classes(described, h.ID)
		}
		list[i] = c
	}
	return list
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// A Fieldset is a group of fields with one name.
type Fieldset struct {
	Legend      Legend
	Content     Component
	ID          string
	Role        string
	DescribedBy string
}

func (Fieldset) component() string { return "fieldset" }
