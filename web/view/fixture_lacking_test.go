package view_test

const (
	words      = "names and labels are plain words here: markup in them has no use that text does not serve"
	overriding = "a class that overrides an option: say the option"
	english    = "the kit's own English words are kept"
	exception  = "one enabled part inside a disabled whole: disable the parts"
	old        = "an option that the kit is dropping"
	care       = "care cards give medical advice to patients; a policy does not"
	pictures   = "no pictures in cards"
	countOther = "counts are of characters, with a limit, in the kit's words"
	columns    = "one row of links at the foot"
)

// lacking names what our components deliberately cannot do, with the reason: "component option" leaves out the
// fixtures that use the option, "component: name" one fixture.
var lacking = map[string]string{
	"back-link html":             words,
	"back-link callBlock":        words,
	"details summary.html":       words,
	"error-message html":         words,
	"error-message callBlock":    words,
	"error-summary heading.html": words,
	"label html":                 words,
	"label callBlock":            words,
	"legend html":                words,
	"legend callBlock":           words,
	"tag html":                   words,
	"tag callBlock":              words,
	"card heading.html":          words,

	"input: width class overriding width option":             overriding,
	"label: size class overriding size option":               overriding,
	"legend: size class overriding size option":              overriding,
	"tag: colour class overriding colour option":             overriding,
	"button: with double click not prevented":                "not preventing is the default",
	"password-input: with button double click not prevented": "not preventing is the default",
	"checkboxes: disabled with enabled input":                exception,
	"radios: disabled with enabled input":                    exception,
	"password-input: disabled with enabled button":           exception,
	"search-input: disabled with enabled button":             exception,

	"label isPageHeading":         old,
	"legend isPageHeading":        old,
	"pagination nextUrl":          old,
	"tables panel":                old,
	"breadcrumb items.attributes": "one language",

	"card: emergency (red and black)":                        care,
	"card: emergency (red and black) with action link":       care,
	"card: non-urgent (blue)":                                care,
	"card: urgent (red)":                                     care,
	"summary-list: as a card (type emergency) with actions":  care,
	"summary-list: as a card (type non-urgent) with actions": care,
	"summary-list: as a card (type urgent) with actions":     care,
	"card image": pictures,

	"character-count countType":                                                      countOther,
	"character-count attributes":                                                     countOther,
	"character-count maxwords":                                                       countOther,
	"character-count textareaDescriptionText":                                        countOther,
	"character-count: to configure in JavaScript":                                    countOther,
	"character-count: with neither maxlength, maxwords nor textarea description set": countOther,
	"file-upload chooseFilesButtonClassList":                                         english,
	"file-upload chooseFilesButtonText":                                              english,
	"password-input showPasswordText":                                                english,

	"footer navigation":     columns,
	"footer meta.html":      columns,
	"footer callBlock":      columns,
	"header logo.ariaLabel": "the logo is the kit's or there is none",
	"header logo.alt":       "the logo is the kit's or there is none",
}
