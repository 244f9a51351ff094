package view

// TokenField is the name of the hidden field that carries a staff form's token.
const TokenField = "token"

// A Frame is what every page has around it.
type Frame struct {
	Title       string // the page's own; FullTitle adds the rest
	Service     string // "NHS treatment policies" for the public, "Concordat" for staff
	Home        string // where the service's name leads, "/" when empty
	Logo        bool   // the NHS logo, which only NHS bodies may show
	Strip       string // what stands above everything, such as that places and people are invented
	Staff       bool   // compact scale, one-line header, the whole width
	Bare        bool   // a journey of the public: no menu, only a way back
	Menu        []MenuItem
	Account     *Account // nil when nobody is signed in
	Crumbs      []Link   // the way to this page, without this page
	Back        *Link    // shown when there are no crumbs
	Flash       string   // what was just done, said once
	HasErrors   bool
	Token       string   // for staff forms; the field is TokenField
	Scripts     []string // names under static, such as "js/preview.js"
	FeedHref    string
	Canonical   string
	Description string
	NoIndex     bool
	FooterLinks []Link
}

// A Link is words and the address that they lead to.
type Link struct{ Text, Href string }

// A MenuItem is one entry of the menu.
type MenuItem struct {
	Text, Href string
	Current    bool // this page
	Within     bool // this page is a part of it
}

// An Account is who is signed in.
type Account struct{ Name, Role string }

func (a Account) words() string {
	if a.Role == "" {
		return a.Name
	}
	return a.Name + ", " + a.Role
}

// FullTitle is the title of the browser's window: "Error: " first when there is one, the service last.
func (f Frame) FullTitle() string {
	title := f.Title
	if title == "" {
		title = f.Service
	} else if f.Service != "" {
		title += " – " + f.Service
	}
	if f.HasErrors {
		return "Error: " + title
	}
	return title
}

// Container is the class of the page's column.
func (f Frame) Container() string {
	if f.Staff {
		return "nhsuk-width-container-fluid"
	}
	return "nhsuk-width-container"
}

// MainClass is the class of the main element.
func (f Frame) MainClass() string {
	return classes("nhsuk-main-wrapper", when(f.Staff, "app-main"), when(!f.Staff && !f.Bare, "app-public"))
}

// SkipLink is the first thing that a keyboard reaches.
func (f Frame) SkipLink() SkipLink {
	return SkipLink{Text: "Skip to main content", Href: "#maincontent"}
}

// Header is the page's header.
func (f Frame) Header() Header {
	h := Header{
		Service: Link{Text: f.Service, Href: f.Home},
		Logo:    f.Logo,
		Fluid:   f.Staff,
		Inline:  f.Staff,
		Strip:   f.Strip,
	}
	if h.Service.Href == "" {
		h.Service.Href = "/"
	}
	if !f.Bare {
		h.Menu = f.Menu
	}
	if f.Account != nil {
		h.Account = []AccountItem{
			{Text: f.Account.words(), Href: "/account"},
			{Text: "Sign out", Action: "/sign-out", Token: f.Token},
		}
	}
	return h
}

// Breadcrumb is the way to this page.
func (f Frame) Breadcrumb() Breadcrumb {
	return Breadcrumb{Items: f.Crumbs, Classes: when(f.Staff, "app-breadcrumb")}
}

// BackLink is the way back where there are no crumbs. It is "Back" unless it says more.
func (f Frame) BackLink() BackLink {
	if f.Back == nil {
		return BackLink{}
	}
	return BackLink{Text: f.Back.Text, Href: f.Back.Href}
}

// Banner says what was just done, or is nil.
func (f Frame) Banner() Component {
	if f.Flash == "" {
		return nil
	}
	return NotificationBanner{Variant: "success", Text: f.Flash}
}

// Footer is the page's footer.
func (f Frame) Footer() Footer {
	return Footer{Items: f.FooterLinks, Fluid: f.Staff}
}
