package view_test

import "concordat/web/view"

func errorSummary(o *options) view.Component {
	d := o.sub("description")
	e := view.ErrorSummary{Heading: o.sub("heading").str("text"), Text: d.str("text"), Content: d.content(), AutoFocus: autoFocus(o)}
	if block := o.html("callBlock"); block != nil {
		e.Content = block
	}
	for _, item := range o.list("errorList") {
		e.Errors = append(e.Errors, view.Link{Text: item.str("text"), Href: item.str("href")})
	}
	return e
}

func autoFocus(o *options) string {
	v, ok := o.m["disableAutoFocus"].(bool)
	o.used["disableAutoFocus"] = true
	if !ok {
		return ""
	}
	return map[bool]string{true: "false", false: "true"}[v]
}

func details(o *options) view.Component {
	return view.Details{Summary: o.sub("summary").str("text"), Text: o.str("text"), Content: o.content(), Open: o.flag("open"), Classes: o.str("classes")}
}

func insetText(o *options) view.Component {
	return view.InsetText{Text: o.str("text"), Content: o.content()}
}

func warningCallout(o *options) view.Component {
	return view.WarningCallout{Heading: o.sub("heading").str("text"), Text: o.str("text"), Content: o.content()}
}

func notificationBanner(o *options) view.Component {
	h := o.sub("heading")
	return view.NotificationBanner{
		Variant: o.str("variant"), Title: o.sub("title").str("text"), Heading: h.str("text"), HeadingAsP: h.str("element") == "p",
		Text: o.str("text"), Content: o.content(), Role: o.str("role"), AutoFocus: autoFocus(o),
		Attrs: attrsOf(o.sub("attributes"), "tabindex", "lang"),
	}
}

func attrsOf(o *options, names ...string) []view.Attr {
	var list []view.Attr
	for _, n := range names {
		if v := o.str(n); v != "" {
			list = append(list, view.Attr{Name: n, Value: v})
		}
	}
	return list
}

func tag(o *options) view.Component {
	t := view.Tag{Text: o.str("text"), Colour: o.str("colour"), NoBorder: o.off("border"), Classes: o.str("classes")}
	if _, isFlag := o.m["colour"].(bool); isFlag {
		t.NoColour = o.off("colour")
	}
	return t
}

func card(o *options) view.Component { return cardOf(o) }

func cardOf(o *options) view.Card {
	h, d := o.sub("heading"), o.sub("description")
	c := view.Card{
		Heading: h.str("text"), Level: h.num("level"), Size: h.str("size"), HeadingID: h.str("id"), HeadingClasses: h.str("classes"),
		Href: o.str("href"), Variant: o.str("variant"), Clickable: o.flag("clickable"),
		Text: d.str("text"), Content: d.html("html"), Actions: actions(o),
	}
	if block := o.content(); block != nil {
		c.Content = block
	}
	return c
}

// actions reads a list of them, or an object with the list inside.
func actions(o *options) []view.Action {
	items := o.list("actions")
	if items == nil {
		items = o.sub("actions").list("items")
	}
	var list []view.Action
	for _, a := range items {
		list = append(list, view.Action{Text: a.str("text"), Href: a.str("href"), Hidden: a.str("visuallyHiddenText"), Type: a.str("type")})
	}
	return list
}

func summaryList(o *options) view.Component {
	s := view.SummaryList{NoBorder: o.off("border"), NoLastBorder: o.off("lastRowBorder")}
	for _, r := range o.list("rows") {
		key, value := r.sub("key"), r.sub("value")
		s.Rows = append(s.Rows, view.SummaryRow{
			Key: key.str("text"), KeyWidth: key.str("width"), Value: value.str("text"), Content: value.html("html"),
			Actions: actions(r), NoBorder: r.off("border"),
		})
	}
	if o.has("card") {
		c := cardOf(o.sub("card"))
		s.Card = &c
	}
	return s
}

func table(o *options) view.Component {
	c := o.sub("caption")
	t := view.Table{
		Caption: c.str("text"), CaptionSize: c.str("size"), CaptionID: c.str("id"), CaptionClasses: c.str("classes"),
		FirstCellHeader: o.flag("firstCellIsHeader"), Responsive: o.flag("responsive"), Compact: o.flag("compact"),
		Striped: o.flag("striped"), Scroll: o.flag("scroll"), NoBorder: o.off("border"), NoLastBorder: o.off("lastRowBorder"),
		Reverse: o.str("variant") == "reverse",
	}
	for _, h := range o.list("head") {
		sort := h.str("sort")
		if h.flag("sort") {
			sort = "none"
		}
		t.Head = append(t.Head, view.Column{
			Text: h.str("text"), Hidden: h.str("visuallyHiddenText"), Format: h.str("format"), Align: h.str("align"), Width: h.str("width"),
			Sort: sort, SortNext: h.str("sortNext"), Href: h.str("href"), Classes: h.str("classes"),
		})
	}
	for _, row := range o.list("rows") {
		var cells []view.Cell
		for _, d := range row.list("cells") {
			cells = append(cells, view.Cell{
				Text: d.str("text"), Content: d.html("html"), Href: d.str("href"), Hidden: d.str("visuallyHiddenText"),
				Format: d.str("format"), Sort: d.str("sortValue"), Classes: d.str("classes"),
			})
		}
		t.Rows = append(t.Rows, cells)
	}
	if o.has("card") {
		c := cardOf(o.sub("card"))
		t.Card = &c
	}
	return t
}

func pagination(o *options) view.Component {
	p := view.Pagination{Previous: pageLink(o.sub("previous")), Next: pageLink(o.sub("next"))}
	for _, item := range o.list("items") {
		p.Items = append(p.Items, view.PageNumber{
			Number: item.num("number"), Href: item.str("href"), Current: item.flag("current"), Ellipsis: item.flag("ellipsis"),
		})
	}
	return p
}

func pageLink(o *options) view.PageLink {
	return view.PageLink{Href: o.str("href"), Text: o.str("text"), Label: o.str("label")}
}

func breadcrumb(o *options) view.Component {
	b := view.Breadcrumb{ID: o.str("id"), Reverse: o.str("variant") == "reverse"}
	for _, item := range o.list("items") {
		b.Items = append(b.Items, view.Link{Text: item.str("text"), Href: item.str("href")})
	}
	if o.has("backLink") {
		l := o.sub("backLink")
		b.Back = &view.BackLink{Text: l.str("text"), Href: l.str("href"), Type: l.str("type"), ID: l.str("id")}
	}
	return b
}

func backLink(o *options) view.Component {
	return view.BackLink{Text: o.str("text"), Href: o.str("href"), Type: o.str("type"), Reverse: o.str("variant") == "reverse"}
}

func skipLink(o *options) view.Component {
	return view.SkipLink{Text: o.str("text"), Href: o.str("href")}
}

func header(o *options) view.Component {
	service, logo, org, nav := o.sub("service"), o.sub("logo"), o.sub("organisation"), o.sub("navigation")
	h := view.Header{
		Service: view.Link{Text: service.str("text"), Href: service.str("href")}, Logo: true, LogoHref: logo.str("href"),
		Organisation: view.Organisation{Name: org.str("name"), Split: org.str("split"), Descriptor: org.str("descriptor")},
		Inline:       o.flag("inline"), White: o.str("colour") == "white",
		MenuWhite: nav.str("colour") == "white", MenuSpread: nav.flag("justified"),
	}
	for _, item := range nav.list("items") {
		h.Menu = append(h.Menu, view.MenuItem{Text: item.str("text"), Href: item.str("href"), Current: item.flag("current"), Within: item.flag("active")})
	}
	for _, item := range o.sub("account").list("items") {
		h.Account = append(h.Account, view.AccountItem{Text: item.str("text"), Icon: item.flag("icon"), Href: item.str("href"), Action: item.str("action")})
	}
	if o.has("search") {
		s := o.sub("search")
		h.Search = &view.HeaderSearch{Action: "https://www.nhs.uk/search/", Placeholder: s.sub("input").str("placeholder"),
			Label: s.sub("label").str("visuallyHiddenText")}
		if h.Search.Label == "" {
			h.Search.Label = "Search the NHS website"
		}
	}
	return h
}

func footer(o *options) view.Component {
	meta := o.sub("meta")
	f := view.Footer{Text: meta.str("text"), Note: o.sub("copyright").str("text")}
	for _, item := range meta.list("items") {
		f.Items = append(f.Items, view.Link{Text: item.str("text"), Href: item.str("href")})
	}
	if _, given := o.m["copyright"]; !given {
		f.Note = "© NHS England"
	}
	return f
}
