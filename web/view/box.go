package view

// Details hide what few readers need behind a line that says what it is.
type Details struct {
	Summary string
	Text    string
	Content Component // in place of Text
	Open    bool
	ID      string
	Classes string
}

func (Details) component() string { return "details" }

// Class is the class of the element.
func (d Details) Class() string { return classes("nhsuk-details", d.Classes) }

// An InsetText stands out from the text around it.
type InsetText struct {
	Text    string
	Content Component // in place of Text
	Hidden  string    // said before it to screen readers, "Information" when empty
}

func (InsetText) component() string { return "inset-text" }

// Words are said before the text.
func (i InsetText) Words() string { return orElse(i.Hidden, "Information") }

// A WarningCallout says what a reader must not miss.
type WarningCallout struct {
	Heading string
	Level   int // of the heading, 3 when 0
	Text    string
	Content Component // in place of Text
}

func (WarningCallout) component() string { return "warning-callout" }

// Card is the callout as a card.
func (w WarningCallout) Card() Card {
	level := w.Level
	if level == 0 {
		level = 3
	}
	return Card{Variant: "warning", Heading: w.Heading, Level: level, Hidden: important(w.Heading), Text: w.Text, Content: w.Content}
}

// A Tag is a state in one or two words.
type Tag struct {
	Text     string
	Colour   string // white, grey, green, aqua-green, blue, purple, pink, red, orange or yellow
	NoColour bool
	NoBorder bool
	Classes  string
}

func (Tag) component() string { return "tag" }

// Class is the class of the element.
func (t Tag) Class() string {
	return classes("nhsuk-tag", suffixed("nhsuk-tag--", t.Colour), when(t.NoColour, "nhsuk-tag--no-colour"),
		when(t.NoBorder, "nhsuk-tag--no-border"), t.Classes)
}

// A Card is a box with a heading.
type Card struct {
	Heading        string
	Level          int    // of the heading, 2 when 0
	Size           string // of the heading: xs, s, m, l or xl
	HeadingID      string
	HeadingClasses string
	Caption        Caption
	Hidden         string // said before the heading to screen readers
	Href           string
	Variant        string // feature, primary, secondary or warning
	Clickable      bool   // the whole card is the heading's link
	Text           string
	Content        Component // in place of Text
	Actions        []Action
	ID             string
}

// An Action is a link or a button beside a heading or in a row.
type Action struct {
	Text   string
	Href   string
	Hidden string // what it acts on, for screen readers
	Type   string // makes it a button
	Name   string
	Value  string
}

func (Card) component() string { return "card" }

// Class is the class of the element.
func (c Card) Class() string {
	return classes("nhsuk-card", when(c.Clickable, "nhsuk-card--clickable"), suffixed("nhsuk-card--", c.Variant))
}

// HeadingClass is the class of the heading.
func (c Card) HeadingClass() string {
	return classes("nhsuk-card__heading", suffixed("nhsuk-heading-", c.Size), c.HeadingClasses)
}

// HeadingLevel is the level of the heading.
func (c Card) HeadingLevel() int {
	if c.Level == 0 {
		return 2
	}
	return c.Level
}

// Linked tells whether the heading is a link. In a feature card it is not.
func (c Card) Linked() bool { return c.Href != "" && c.Variant != "feature" }

// Primary tells whether the card has an arrow.
func (c Card) Primary() bool { return c.Variant == "primary" }

// Acts are the actions with the card's heading for screen readers.
func (c Card) Acts() []action { return actions(c.Actions, c.Heading) }

type action struct {
	Action
	Of string // the heading of the card around it
}

func actions(list []Action, heading string) []action {
	var acts []action
	for _, a := range list {
		acts = append(acts, action{Action: a, Of: heading})
	}
	return acts
}
