package view

// A Button sends a form, or with Href looks like one and leads somewhere.
type Button struct {
	Text        string
	Href        string
	Type        string // submit when empty
	Name, Value string
	ID          string
	Variant     string // secondary, secondary-solid, warning, reverse, brand or login
	Small       bool
	Icon        string // name of an icon of the kit
	IconLast    bool   // after the words
	AriaLabel   string
	SingleClick bool // a second press within a second does nothing
	Disabled    bool
	Classes     string
	Attrs       []Attr
}

func (Button) component() string { return "button" }

// Class is the class of the element.
func (b Button) Class() string {
	return classes("nhsuk-button", suffixed("nhsuk-button--", b.Variant), when(b.Icon != "", "nhsuk-button--icon"),
		when(b.Small, "nhsuk-button--small"), b.Classes)
}
