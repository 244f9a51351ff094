package view

// An Input is a field of one line.
type Input struct {
	Name         string
	ID           string // Name when empty
	Value        string
	Label        Label
	Hint         Hint
	Error        string // what to do, said at the field
	Wrong        bool   // drawn as wrong without a message of its own
	Type         string // text when empty
	Width        string // 2, 3, 4, 5, 10, 20 or 30 characters
	Large        bool
	Code         bool // letters of one width
	Inputmode    string
	Autocomplete string
	Capitalize   string // autocapitalize
	Spellcheck   string // true or false
	Placeholder  string
	Pattern      string
	Prefix       Affix
	Suffix       Affix
	Before       Component // in one line with the field
	After        Component
	Disabled     bool
	DescribedBy  string
	Classes      string
	GroupClasses string
	WrapClasses  string
	GroupAttrs   []Attr
	Attrs        []Attr
}

// An Affix is a unit or sign beside a field. Screen readers do not hear it: the label must say it too.
type Affix struct {
	Text    string
	Content Component // in place of Text
}

// Given tells whether there is anything to show.
func (a Affix) Given() bool { return a.Text != "" || a.Content != nil }

func (Input) component() string { return "input" }

// FieldID is the id of the field, which an error summary links to.
func (i Input) FieldID() string { return orElse(i.ID, i.Name) }

// Head is what stands before the field.
func (i Input) Head() fieldHead { return newHead(i.FieldID(), &i.Label, i.Hint, i.Error) }

// Described lists the ids that describe the field.
func (i Input) Described() string { return i.Head().describedBy(i.DescribedBy) }

func (i Input) wrong() bool { return i.Error != "" || i.Wrong }

// GroupClass is the class of the whole.
func (i Input) GroupClass() string { return groupClass(i.wrong(), i.GroupClasses) }

// Class is the class of the field.
func (i Input) Class() string {
	return classes("nhsuk-input", when(i.Large, "nhsuk-input--large"), when(i.Code, "nhsuk-input--code"),
		when(i.wrong(), "nhsuk-input--error"), suffixed("nhsuk-input--width-", i.Width), i.Classes)
}

// Wrapped tells whether anything stands in one line with the field.
func (i Input) Wrapped() bool {
	return i.Prefix.Given() || i.Suffix.Given() || i.Before != nil || i.After != nil || i.WrapClasses != ""
}

// WrapClass is the class of that line.
func (i Input) WrapClass() string {
	return classes("nhsuk-input-wrapper", when(i.Large, "nhsuk-input-wrapper--large"), i.WrapClasses)
}

// A PasswordInput is a field whose text can be shown. Without a script it is a plain password field.
type PasswordInput struct {
	Name         string
	ID           string // Name when empty
	Label        Label
	Hint         Hint
	Error        string
	Wrong        bool
	Value        string
	Width        string
	Code         bool
	Autocomplete string // current-password when empty
	Disabled     bool
	Prefix       Affix
	Toggle       Toggle
	Word         string // what the service calls it, "password" when empty
}

// A Toggle shows and hides what was typed.
type Toggle struct {
	Variant     string // secondary when empty
	Disabled    bool
	SingleClick bool // a second press within a second does nothing
}

// Field is the password as an ordinary field with a button.
func (p PasswordInput) Field() Input {
	id := orElse(p.ID, p.Name)
	return Input{
		Name: p.Name, ID: id, Value: p.Value, Label: p.Label, Hint: p.Hint, Error: p.Error, Wrong: p.Wrong,
		Type: "password", Width: p.Width, Code: p.Code, Prefix: p.Prefix, Spellcheck: "false", Capitalize: "none",
		Autocomplete: orElse(p.Autocomplete, "current-password"), Disabled: p.Disabled,
		Classes:      "nhsuk-password-input__input nhsuk-js-password-input-input",
		GroupClasses: "nhsuk-password-input", GroupAttrs: append([]Attr{{"data-module", "nhsuk-password-input"}}, p.words()...),
		After: Button{
			Text: "Show", AriaLabel: "Show " + orElse(p.Word, "password"), Type: "button", Small: true,
			Variant: orElse(p.Toggle.Variant, "secondary"), Disabled: p.Disabled || p.Toggle.Disabled,
			SingleClick: p.Toggle.SingleClick,
			Classes:     "nhsuk-password-input__toggle nhsuk-js-password-input-toggle",
			Attrs:       []Attr{{"aria-controls", id}, {"hidden", ""}},
		},
	}
}

// words are what the kit's script says in place of its own words.
func (p PasswordInput) words() []Attr {
	if p.Word == "" {
		return nil
	}
	return []Attr{
		{"data-i18n.show-password-aria-label", "Show " + p.Word},
		{"data-i18n.hide-password-aria-label", "Hide " + p.Word},
		{"data-i18n.password-shown-announcement", "Your " + p.Word + " is visible"},
		{"data-i18n.password-hidden-announcement", "Your " + p.Word + " is hidden"},
	}
}

func (PasswordInput) component() string { return "field" }

// A SearchInput is a search field with its button.
type SearchInput struct {
	Name        string
	ID          string // Name when empty
	Value       string
	Label       Label
	Hint        Hint
	Error       string
	Wrong       bool
	Placeholder string
	Width       string
	Large       bool
	Code        bool
	Disabled    bool
	Prefix      Affix
	Button      SearchButton
	Attrs       []Attr
}

// A SearchButton says how the button looks: a magnifying glass unless it has words.
type SearchButton struct {
	Text     string
	Icon     string // another icon of the kit
	NoIcon   bool
	None     bool // no button
	Variant  string
	Disabled bool
}

// Field is the search as an ordinary field with a button.
func (s SearchInput) Field() Input {
	f := Input{
		Name: s.Name, ID: s.ID, Value: s.Value, Label: s.Label, Hint: s.Hint, Error: s.Error, Wrong: s.Wrong,
		Type: "search", Placeholder: s.Placeholder, Autocomplete: "off", Width: s.Width, Large: s.Large, Code: s.Code,
		Disabled: s.Disabled, Prefix: s.Prefix, Attrs: s.Attrs,
		Classes: "nhsuk-search-input__input", WrapClasses: "nhsuk-search-input__wrapper",
		GroupClasses: classes("nhsuk-search-input", when(s.Large, "nhsuk-search-input--large")),
	}
	if s.Button.None {
		return f
	}
	f.After = Button{
		Text: s.Button.Text, AriaLabel: "Search", Icon: when(!s.Button.NoIcon, orElse(s.Button.Icon, "search")), Small: !s.Large,
		Variant: s.Button.Variant, Disabled: s.Disabled || s.Button.Disabled, Classes: "nhsuk-search-input__button",
	}
	return f
}

func (SearchInput) component() string { return "field" }
