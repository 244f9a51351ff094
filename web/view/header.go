package view

// A Header is the top of a page.
type Header struct {
	Service      Link   // the service's name and where it leads; without an address it is only words
	Logo         bool   // the NHS logo, which only NHS bodies may show
	LogoHref     string // where the logo leads, when not to the service
	Organisation Organisation
	Strip        string // one line above all else
	Inline       bool   // name and menu in one line where there is room
	White        bool
	Fluid        bool
	Menu         []MenuItem
	MenuWhite    bool
	MenuSpread   bool // entries over the whole width
	Account      []AccountItem
	Search       *HeaderSearch
}

// An Organisation has a name that stands beside the logo.
type Organisation struct{ Name, Split, Descriptor string }

// An AccountItem is words, a link, or a form of one button.
type AccountItem struct {
	Text   string
	Icon   bool   // a person before the words
	Href   string // a link
	Action string // a form posted there
	Token  string // the form's token
}

// A HeaderSearch is the search box of the header.
type HeaderSearch struct {
	Action      string
	Name        string // "q" when empty
	Placeholder string // "Search" when empty
	Label       string // for screen readers
}

func (Header) component() string { return "header" }

// Class is the class of the header.
func (h Header) Class() string {
	return classes("nhsuk-header", when(h.White, "nhsuk-header--white"), when(h.Inline, "nhsuk-header--inline"),
		when(h.Organisation.Name != "", "nhsuk-header--organisation"))
}

// Container is the class of its column.
func (h Header) Container() string {
	if h.Fluid {
		return "nhsuk-width-container-fluid"
	}
	return "nhsuk-width-container"
}

// MenuClass is the class of the menu.
func (h Header) MenuClass() string {
	return classes("nhsuk-header__navigation", when(h.MenuWhite, "nhsuk-header__navigation--white"),
		when(h.MenuSpread, "nhsuk-header__navigation--justified"))
}

// Joined tells whether logo and name are one link, so that a reader does not meet the same place twice.
func (h Header) Joined() bool {
	return h.Logo && h.Service.Href != "" && (h.LogoHref == "" && h.Service.Text != "" || h.LogoHref == h.Service.Href)
}

// LogoLink is where the logo leads, empty for nowhere.
func (h Header) LogoLink() string {
	if h.Joined() {
		return h.Service.Href
	}
	return h.LogoHref
}

// LogoLabel is what a screen reader says for the logo's link.
func (h Header) LogoLabel() string {
	service := when(h.Joined(), h.Service.Text)
	return classes("NHS", h.Organisation.Name, h.Organisation.Split, service, "homepage")
}

// Field is the search box itself.
func (s HeaderSearch) Field() Input {
	return Input{
		Name: orElse(s.Name, "q"), ID: "search-field", Type: "search", Autocomplete: "off",
		Placeholder: orElse(s.Placeholder, "Search"),
		Label:       Label{Text: s.Label, Classes: "nhsuk-u-visually-hidden"},
		After:       Button{AriaLabel: "Search", Icon: "search", Small: true},
	}
}

// A Footer is the foot of a page.
type Footer struct {
	Items []Link
	Text  string // such as whose service it is
	Fluid bool
	Note  string // who holds the copyright
}

func (Footer) component() string { return "footer" }

// Container is the class of its column.
func (f Footer) Container() string { return Header{Fluid: f.Fluid}.Container() }
