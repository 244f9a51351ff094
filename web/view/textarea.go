package view

import "strconv"

// A Textarea is a field of several lines. Max, when not 0, is shown as a count that helps but does not stop.
type Textarea struct {
	Name         string
	ID           string // Name when empty
	Value        string
	Label        Label
	Hint         Hint
	Error        string
	Wrong        bool
	Rows         int // 5 when 0
	Max          int // characters
	Threshold    int // per cent of Max from which the count is shown
	Spellcheck   string
	Autocomplete string
	Disabled     bool
	DescribedBy  string
	Classes      string
	Attrs        []Attr
}

func (Textarea) component() string { return "textarea" }

// FieldID is the id of the field.
func (t Textarea) FieldID() string { return orElse(t.ID, t.Name) }

// Head is what stands before the field.
func (t Textarea) Head() fieldHead { return newHead(t.FieldID(), &t.Label, t.Hint, t.Error) }

// Described lists the ids that describe the field.
func (t Textarea) Described() string {
	return t.Head().describedBy(classes(t.DescribedBy, when(t.Max > 0, t.FieldID()+"-info")))
}

func (t Textarea) wrong() bool { return t.Error != "" || t.Wrong }

// GroupClass is the class of the whole.
func (t Textarea) GroupClass() string {
	return groupClass(t.wrong(), when(t.Max > 0, "nhsuk-character-count"))
}

// GroupAttrs are what the count needs to know.
func (t Textarea) GroupAttrs() []Attr {
	if t.Max == 0 {
		return nil
	}
	list := []Attr{{"data-module", "nhsuk-character-count"}, {"data-maxlength", strconv.Itoa(t.Max)}}
	if t.Threshold > 0 {
		list = append(list, Attr{"data-threshold", strconv.Itoa(t.Threshold)})
	}
	return list
}

// Class is the class of the field.
func (t Textarea) Class() string {
	return classes("nhsuk-textarea", when(t.wrong(), "nhsuk-textarea--error"),
		when(t.Max > 0, "nhsuk-js-character-count"), t.Classes)
}

// Height is the number of rows.
func (t Textarea) Height() int {
	if t.Rows == 0 {
		return 5
	}
	return t.Rows
}

// Info says how much may be written, or is nil.
func (t Textarea) Info() Component {
	if t.Max == 0 {
		return nil
	}
	return Hint{
		Text: "You can enter up to " + strconv.Itoa(t.Max) + " characters",
		ID:   t.FieldID() + "-info", Classes: "nhsuk-character-count__message",
	}
}

// A Select is a choice from a list that is too long for radios.
type Select struct {
	Name        string
	ID          string // Name when empty
	Value       string // of the option chosen
	Options     []Option
	Label       Label
	Hint        Hint
	Error       string
	Wrong       bool
	After       Component // in one line with the field
	Disabled    bool
	DescribedBy string
	Classes     string
	Attrs       []Attr
}

// An Option is one choice. NoValue sends its words.
type Option struct {
	Text, Value string
	NoValue     bool
	Disabled    bool
	Divider     bool // a line in place of a choice
}

func (Select) component() string { return "select" }

// FieldID is the id of the field.
func (s Select) FieldID() string { return orElse(s.ID, s.Name) }

// Head is what stands before the field.
func (s Select) Head() fieldHead { return newHead(s.FieldID(), &s.Label, s.Hint, s.Error) }

// Described lists the ids that describe the field.
func (s Select) Described() string { return s.Head().describedBy(s.DescribedBy) }

func (s Select) wrong() bool { return s.Error != "" || s.Wrong }

// GroupClass is the class of the whole.
func (s Select) GroupClass() string { return groupClass(s.wrong()) }

// Class is the class of the field.
func (s Select) Class() string {
	return classes("nhsuk-select", when(s.wrong(), "nhsuk-select--error"), s.Classes)
}

// Chosen tells whether an option is the one chosen. An empty Value chooses none by itself: the
// browser takes the first.
func (s Select) Chosen(o Option) bool {
	value := o.Value
	if o.NoValue {
		value = o.Text
	}
	return s.Value != "" && value == s.Value
}

// A FileUpload is a field for a file.
type FileUpload struct {
	Name     string
	ID       string // Name when empty
	Label    Label
	Hint     Hint
	Error    string
	Wrong    bool
	Multiple bool
	Accept   string // ".docx,.html,.md"
	Disabled bool
	Attrs    []Attr
}

func (FileUpload) component() string { return "file-upload" }

// FieldID is the id of the field.
func (f FileUpload) FieldID() string { return orElse(f.ID, f.Name) }

// Head is what stands before the field.
func (f FileUpload) Head() fieldHead { return newHead(f.FieldID(), &f.Label, f.Hint, f.Error) }

// Described lists the ids that describe the field.
func (f FileUpload) Described() string { return f.Head().describedBy("") }

// GroupClass is the class of the whole.
func (f FileUpload) GroupClass() string {
	return groupClass(f.Error != "" || f.Wrong, "nhsuk-file-upload")
}
