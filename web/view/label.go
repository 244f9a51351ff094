package view

import "html/template"

// A Label names one field. Its words may be the page's heading as well.
type Label struct {
	Text      string
	Size      string // s, m, l or xl
	Heading   int    // level of the heading that the label is, 0 for none
	HeadingID string
	Caption   Caption
	For       string // id of the field; components set it
	ID        string
	Classes   string
	Attrs     []Attr
}

func (Label) component() string { return "label" }

// Class is the class of the element.
func (l Label) Class() string {
	return classes("nhsuk-label", suffixed("nhsuk-label--", l.Size), l.Classes)
}

// CaptionAt gives the caption if it stands there.
func (l Label) CaptionAt(place string) *Caption { return l.Caption.at(place, l.Size) }

// Open and Close are the tags of the heading around the label, if it is one.
func (l Label) Open() template.HTML {
	return openHeading(l.Heading, "nhsuk-label-wrapper", l.HeadingID)
}

// Close ends what Open began.
func (l Label) Close() template.HTML { return closeHeading(l.Heading) }

// A Legend names a group of fields.
type Legend struct {
	Text      string
	Size      string // s, m, l or xl
	Heading   int    // level of the heading that the legend is, 0 for none
	HeadingID string
	Caption   Caption
	ID        string
	Classes   string
}

func (Legend) component() string { return "legend" }

// Class is the class of the element.
func (l Legend) Class() string {
	return classes("nhsuk-fieldset__legend", suffixed("nhsuk-fieldset__legend--", l.Size), l.Classes)
}

// CaptionAt gives the caption if it stands there. Nothing may stand before a legend.
func (l Legend) CaptionAt(place string) *Caption {
	c := l.Caption
	if c.Place == "before" {
		c.Place = "start"
	}
	return c.at(place, l.Size)
}

// Open and Close are the tags of the heading inside the legend, if it is one.
func (l Legend) Open() template.HTML {
	return openHeading(l.Heading, "nhsuk-fieldset__heading", l.HeadingID)
}

// Close ends what Open began.
func (l Legend) Close() template.HTML { return closeHeading(l.Heading) }

// A Caption is a quiet line above or below a heading.
type Caption struct {
	Text  string
	Size  string // m, l or xl; that of the heading when empty
	Place string // before, start, end or after; start when empty
	Tag   string // span or p; span when empty
}

func (Caption) component() string { return "caption" }

// Class is the class of the element.
func (c Caption) Class() string {
	size := "nhsuk-caption"
	switch c.Size {
	case "m", "l", "xl", "xxl":
		size += "-" + c.Size
	}
	return classes(size, when(c.Place == "end" || c.Place == "after", "nhsuk-caption--bottom"))
}

func (c Caption) at(place, size string) *Caption {
	if c.Text == "" || orElse(c.Place, "start") != place {
		return nil
	}
	c.Size = orElse(c.Size, size)
	return &c
}

var headingTags = [7]string{"", "h1", "h2", "h3", "h4", "h5", "h6"}

func openHeading(level int, class, id string) template.HTML {
	if level < 1 || level > 6 {
		return ""
	}
	tag := "<" + headingTags[level] + ` class="` + class + `"`
	if id != "" {
		tag += ` id="` + template.HTMLEscapeString(id) + `"`
	}
	return template.HTML(tag + ">")
}

func closeHeading(level int) template.HTML {
	if level < 1 || level > 6 {
		return ""
	}
	return template.HTML("</" + headingTags[level] + ">")
}

// A Hint says, before the field, what helps to fill it in.
type Hint struct {
	Text    string
	Content Component // in place of Text
	ID      string
	Classes string
	Hidden  bool
}

func (Hint) component() string { return "hint" }

// Class is the class of the element.
func (h Hint) Class() string { return classes("nhsuk-hint", h.Classes) }

func (h Hint) given() bool { return h.Text != "" || h.Content != nil }

// An ErrorMessage stands at the field and says what to do.
type ErrorMessage struct {
	Text    string
	Prefix  string // for screen readers; "Error" when empty
	NoWords bool   // no prefix
	ID      string
}

func (ErrorMessage) component() string { return "error-message" }

// Words are said before the message.
func (e ErrorMessage) Words() string {
	if e.NoWords {
		return ""
	}
	return orElse(e.Prefix, "Error")
}
