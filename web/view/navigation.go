package view

// A SkipLink leads past the header.
type SkipLink struct{ Text, Href string }

func (SkipLink) component() string { return "skip-link" }

// A BackLink leads to the page before. It has to stand in a landmark.
type BackLink struct {
	Text    string // "Back" when empty
	Href    string // a button when empty
	Type    string // of that button
	Reverse bool   // on a dark ground
	ID      string
	Hidden  string // words before Text, only for screen readers
	Attrs   []Attr
}

func (BackLink) component() string { return "back-link" }

// Class is the class of the element.
func (b BackLink) Class() string {
	return classes("nhsuk-back-link", when(b.Reverse, "nhsuk-back-link--reverse"))
}

// Words are what a reader sees.
func (b BackLink) Words() string {
	if b.Text == "" {
		return "Back"
	}
	return b.Text
}

// A Breadcrumb is the way to this page; on a phone it is a link to the last item.
type Breadcrumb struct {
	Items   []Link
	Back    *BackLink // on a phone, when it is not the last item
	Classes string
	ID      string
	Reverse bool
}

func (Breadcrumb) component() string { return "breadcrumb" }

// Class is the class of the element.
func (b Breadcrumb) Class() string {
	return classes("nhsuk-breadcrumb", when(b.Reverse, "nhsuk-breadcrumb--reverse"), b.Classes)
}

// BackLink is what a phone shows.
func (b Breadcrumb) BackLink() BackLink {
	last := BackLink{Hidden: "Back to", Reverse: b.Reverse}
	if n := len(b.Items); n > 0 {
		last.Text, last.Href = b.Items[n-1].Text, b.Items[n-1].Href
	}
	if b.Back != nil {
		last.ID, last.Type, last.Attrs = b.Back.ID, b.Back.Type, b.Back.Attrs
		last.Text = orElse(b.Back.Text, last.Text)
		last.Href = orElse(b.Back.Href, last.Href)
	}
	return last
}

func orElse(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}

// Tabs are links to the pages of one thing. They are not the kit's, which need a script.
type Tabs struct {
	Label string // names the landmark, such as "Parts of this policy"
	Items []Tab
}

func (Tabs) component() string { return "tabs" }

// A Tab is one of them. Count, when not 0, is what must be done there; CountWords say what it counts.
type Tab struct {
	Text, Href string
	Current    bool
	Count      int
	CountWords string
}

// Pagination leads to the pages before and after. Items number the pages; without them the two
// links may say where they lead.
type Pagination struct {
	Previous, Next PageLink
	Items          []PageNumber
	Label          string // names the landmark, "Pagination" when empty
}

// A PageLink leads to a neighbouring page. Without an address it is left out.
type PageLink struct {
	Href  string
	Text  string // "Previous page" or "Next page" when empty
	Label string // what is there, such as the title of the page
}

// A PageNumber is one numbered page, or a gap.
type PageNumber struct {
	Number   int
	Href     string
	Current  bool
	Ellipsis bool
}

func (Pagination) component() string { return "pagination" }

// Class is the class of the element.
func (p Pagination) Class() string {
	return classes("nhsuk-pagination", when(len(p.Items) > 0, "nhsuk-pagination--numbered"))
}

// Aria names the landmark.
func (p Pagination) Aria() string { return orElse(p.Label, "Pagination") }
