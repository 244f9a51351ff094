package view

// A NotificationBanner says once, at the top of a page, what was done or what matters.
type NotificationBanner struct {
	Variant    string // "success" or empty
	Title      string // "Success" or "Important" when empty
	Heading    string
	HeadingAsP bool // a paragraph in place of a heading
	Text       string
	Content    Component
	Role       string // "alert" for success, "region" otherwise, when empty
	AutoFocus  string // "true" or "false" says so, empty leaves it to the kit
	Attrs      []Attr
}

func (NotificationBanner) component() string { return "notification-banner" }

func (n NotificationBanner) success() bool { return n.Variant == "success" }

// Class is the class of the element.
func (n NotificationBanner) Class() string {
	return classes("nhsuk-notification-banner", when(n.success(), "nhsuk-notification-banner--success"))
}

// Words are the title.
func (n NotificationBanner) Words() string {
	if n.Title == "" && n.success() {
		return "Success"
	}
	return orElse(n.Title, "Important")
}

// AriaRole is the role: a success is read out at once, the rest is a landmark.
func (n NotificationBanner) AriaRole() string {
	if n.Role == "" && n.success() {
		return "alert"
	}
	return orElse(n.Role, "region")
}
