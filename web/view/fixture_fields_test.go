package view_test

import "concordat/web/view"

var decoders = map[string]func(*options) view.Component{
	"button": button, "input": input, "textarea": textarea, "character-count": textarea, "select": selectBox,
	"radios": radios, "checkboxes": checkboxes, "date-input": dateInput, "file-upload": fileUpload,
	"password-input": passwordInput, "search-input": searchInput, "fieldset": fieldset, "label": labelOf, "legend": legendOf,
	"hint": hintOf, "error-message": errorMessage, "error-summary": errorSummary, "details": details,
	"inset-text": insetText, "warning-callout": warningCallout, "notification-banner": notificationBanner, "tag": tag,
	"summary-list": summaryList, "tables": table, "pagination": pagination, "breadcrumb": breadcrumb,
	"back-link": backLink, "skip-link": skipLink, "header": header, "footer": footer, "card": card,
}

func button(o *options) view.Component {
	b := view.Button{
		Text: o.str("text"), Href: o.str("href"), Variant: o.str("variant"), Small: o.flag("small"),
		SingleClick: o.flag("preventDoubleClick"), Disabled: o.flag("disabled"),
	}
	icon := o.sub("icon")
	b.Icon, b.IconLast = icon.str("name"), icon.str("placement") == "end"
	return b
}

func labelOf(o *options) view.Component { return label(o) }

func label(o *options) view.Label {
	text, size, caption, heading, headingID := headed(o)
	return view.Label{Text: text, Size: size, Caption: caption, Heading: heading, HeadingID: headingID,
		ID: o.str("id"), Classes: o.str("classes")}
}

func legendOf(o *options) view.Component { return legend(o) }

func legend(o *options) view.Legend {
	text, size, caption, heading, headingID := headed(o)
	return view.Legend{Text: text, Size: size, Caption: caption, Heading: heading, HeadingID: headingID,
		ID: o.str("id"), Classes: o.str("classes")}
}

func headed(o *options) (text, size string, c view.Caption, heading int, headingID string) {
	text, size = o.str("text"), o.str("size")
	if o.has("heading") || o.flag("isPageHeading") {
		h := o.sub("heading")
		heading = max(1, h.num("level"))
		headingID = h.str("id")
		if s := h.str("text"); s != "" {
			text = s
		}
		if s := h.str("size"); s != "" {
			size = s
		}
	}
	caption := o.sub("caption")
	c = view.Caption{Text: caption.str("text"), Place: caption.str("placement"), Tag: caption.str("element")}
	return text, size, c, heading, headingID
}

func hintOf(o *options) view.Component { return hint(o) }

func hint(o *options) view.Hint { return view.Hint{Text: o.str("text"), Content: o.content()} }

func errorMessage(o *options) view.Component {
	_, given := o.m["visuallyHiddenText"]
	e := view.ErrorMessage{Text: o.str("text"), Prefix: o.str("visuallyHiddenText")}
	e.NoWords = given && e.Prefix == ""
	return e
}

// wrong reads an error: its words, or that there is one.
func wrong(o *options) (message string, marked bool) {
	return o.sub("errorMessage").str("text"), o.m["errorMessage"] == true
}

func input(o *options) view.Component { return inputOf(o) }

func inputOf(o *options) view.Input {
	i := view.Input{
		Name: o.str("name"), ID: o.str("id"), Value: o.str("value"), Label: label(o.sub("label")), Hint: hint(o.sub("hint")),
		Type: o.str("type"), Width: o.str("width"), Code: o.flag("code"), Inputmode: o.str("inputmode"),
		Autocomplete: o.str("autocomplete"), Disabled: o.flag("disabled"), Classes: o.str("classes"),
		Prefix: affix(o.sub("prefix")), Suffix: affix(o.sub("suffix")),
		After: o.sub("formGroup").sub("afterInput").html("html"),
	}
	i.Error, i.Wrong = wrong(o)
	if v, ok := o.m["spellcheck"].(bool); ok {
		o.used["spellcheck"] = true
		i.Spellcheck = map[bool]string{true: "true", false: "false"}[v]
	}
	return i
}

func affix(o *options) view.Affix { return view.Affix{Text: o.str("text"), Content: o.html("html")} }

func textarea(o *options) view.Component {
	t := view.Textarea{
		Name: o.str("name"), ID: o.str("id"), Value: o.str("value"), Label: label(o.sub("label")), Hint: hint(o.sub("hint")),
		Rows: o.num("rows"), Max: o.num("maxlength"), Threshold: o.num("threshold"),
		Autocomplete: o.str("autocomplete"), Disabled: o.flag("disabled"),
	}
	t.Error, t.Wrong = wrong(o)
	return t
}

func selectBox(o *options) view.Component {
	s := view.Select{
		Name: o.str("name"), ID: o.str("id"), Value: o.str("value"), Label: label(o.sub("label")), Hint: hint(o.sub("hint")),
		Disabled: o.flag("disabled"), After: o.sub("formGroup").sub("afterInput").html("html"),
	}
	s.Error, s.Wrong = wrong(o)
	for _, item := range o.list("items") {
		_, valued := item.m["value"]
		s.Options = append(s.Options, view.Option{
			Text: item.str("text"), Value: item.str("value"), NoValue: !valued,
			Disabled: item.flag("disabled"), Divider: item.flag("divider"),
		})
	}
	return s
}

func choices(o *options) []view.Choice {
	var list []view.Choice
	for _, item := range o.list("items") {
		c := view.Choice{
			Text: item.str("text"), Value: item.str("value"), Name: item.str("name"), Hint: hint(item.sub("hint")),
			Conditional: item.sub("conditional").html("html"), Divider: item.str("divider"), Disabled: item.flag("disabled"),
			Behaviour: item.str("behaviour"), Group: item.str("behaviourGroup"),
		}
		if item.flag("exclusive") {
			c.Behaviour = "exclusive"
		}
		if g := item.str("exclusiveGroup"); g != "" {
			c.Group = g
		}
		list = append(list, c)
	}
	return list
}

func radios(o *options) view.Component {
	r := view.Radios{
		Name: o.str("name"), ID: o.str("idPrefix"), Value: o.str("value"), Items: choices(o),
		Legend: legend(o.sub("fieldset").sub("legend")), Hint: hint(o.sub("hint")),
		Small: o.flag("small"), Inline: o.flag("inline"), Disabled: o.flag("disabled"),
	}
	r.Error, r.Wrong = wrong(o)
	return r
}

func checkboxes(o *options) view.Component {
	c := view.Checkboxes{
		Name: o.str("name"), ID: o.str("idPrefix"), Items: choices(o),
		Legend: legend(o.sub("fieldset").sub("legend")), Hint: hint(o.sub("hint")),
		Small: o.flag("small"), Inline: o.flag("inline"), Disabled: o.flag("disabled"),
	}
	c.Error, c.Wrong = wrong(o)
	for _, v := range o.list("values") {
		c.Values = append(c.Values, v.str("text"))
	}
	return c
}

func dateInput(o *options) view.Component {
	d := view.DateInput{
		ID: o.str("id"), NamePrefix: o.str("namePrefix"), Hint: hint(o.sub("hint")),
		Legend: legend(o.sub("fieldset").sub("legend")), Disabled: o.flag("disabled"),
	}
	d.Error, d.Wrong = wrong(o)
	values := o.sub("values")
	_, day := o.m["day"]
	_, month := o.m["month"]
	_, year := o.m["year"]
	if !o.has("items") && !day && !month && !year {
		d.Day, d.Month, d.Year = values.str("day"), values.str("month"), values.str("year")
		return d
	}
	if o.has("items") {
		for _, item := range o.list("items") {
			d.Parts = append(d.Parts, datePart(item, item.str("name"), values))
		}
		return d
	}
	for _, name := range []string{"day", "month", "year"} {
		if v, given := o.m[name]; given && v == false {
			o.used[name] = true
			continue
		}
		d.Parts = append(d.Parts, datePart(o.sub(name), name, values))
	}
	return d
}

func datePart(o *options, name string, values *options) view.DatePart {
	p := view.DatePart{
		Name: name, Label: o.str("label"), Value: o.str("value"), Width: o.str("width"),
		Autocomplete: o.str("autocomplete"), Wrong: o.flag("error"),
	}
	if v, ok := o.m["disabled"].(bool); ok {
		p.Disabled, p.Enabled = v, !v
	}
	o.used["disabled"] = true
	if v := values.str(name); p.Value == "" {
		p.Value = v
	}
	return p
}

func fileUpload(o *options) view.Component {
	f := view.FileUpload{
		Name: o.str("name"), ID: o.str("id"), Label: label(o.sub("label")), Hint: hint(o.sub("hint")),
		Multiple: o.flag("multiple"), Disabled: o.flag("disabled"),
	}
	f.Error, f.Wrong = wrong(o)
	return f
}

func passwordInput(o *options) view.Component {
	p := view.PasswordInput{
		Name: o.str("name"), ID: o.str("id"), Value: o.str("value"), Label: label(o.sub("label")), Hint: hint(o.sub("hint")),
		Width: o.str("width"), Code: o.flag("code"), Autocomplete: o.str("autocomplete"), Disabled: o.flag("disabled"),
		Prefix: affix(o.sub("prefix")),
	}
	b := o.sub("button")
	p.Toggle = view.Toggle{Variant: b.str("variant"), Disabled: b.flag("disabled"), SingleClick: b.flag("preventDoubleClick")}
	p.Error, p.Wrong = wrong(o)
	return p
}

func searchInput(o *options) view.Component {
	s := view.SearchInput{
		Name: o.str("name"), ID: o.str("id"), Value: o.str("value"), Label: label(o.sub("label")), Hint: hint(o.sub("hint")),
		Placeholder: o.str("placeholder"), Width: o.str("width"), Large: o.flag("large"), Code: o.flag("code"),
		Disabled: o.flag("disabled"), Prefix: affix(o.sub("prefix")),
	}
	s.Error, s.Wrong = wrong(o)
	none := o.off("button")
	b := o.sub("button")
	b.used["icon"] = true
	s.Button = view.SearchButton{Text: b.str("text"), Icon: b.str("icon"), NoIcon: b.m["icon"] == false, None: none, Variant: b.str("variant"), Disabled: b.flag("disabled")}
	return s
}

func fieldset(o *options) view.Component {
	return view.Fieldset{Legend: legend(o.sub("legend")), Content: o.content()}
}
