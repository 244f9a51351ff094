package reviewpages

import (
	"errors"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// line is a posted field of one line.
func line(c *gin.Context, name string) string {
	return strings.Join(strings.Fields(c.PostForm(name)), " ")
}

// typedDate is a date as it stands in its three boxes.
type typedDate struct{ Day, Month, Year string }

func readDate(c *gin.Context, name, label string, faults *record.Faults) (record.Date, typedDate) {
	t := typedDate{line(c, name+"-day"), line(c, name+"-month"), line(c, name+"-year")}
	return page.Date(c, name, label, faults), t
}

func dateTyped(d record.Date) typedDate {
	if d == 0 {
		return typedDate{}
	}
	s := strings.Split(d.String(), "-")
	return typedDate{strings.TrimLeft(s[2], "0"), strings.TrimLeft(s[1], "0"), s[0]}
}

// firstBox is the id of a date's first box, to which a message about the date leads.
func firstBox(name string) string { return name + "-" + name + "-day" }

func dateField(name, legend, hint string, t typedDate, errs view.Errors) view.DateInput {
	return view.DateInput{ID: name, Legend: view.Legend{Text: legend, Size: "s"}, Hint: view.Hint{Text: hint}, Error: errs.Of(firstBox(name)),
		Parts: []view.DatePart{{Name: name + "-day", Label: "Day", Value: t.Day}, {Name: name + "-month", Label: "Month", Value: t.Month},
			{Name: name + "-year", Label: "Year", Value: t.Year, Width: "4"}}}
}

// refused turns faults into a form's errors, each at its field; ok is false when the error is of another sort.
// dates are the fields that are dates: a link to one leads to its first box.
func refused(err error, dates ...string) (errs view.Errors, ok bool) {
	var faults record.Faults
	if !errors.As(err, &faults) {
		return nil, false
	}
	for _, f := range faults {
		for _, d := range dates {
			if f.Field == d {
				f.Field = firstBox(d)
			}
		}
		if f.Field == "" {
			f.Field = "maincontent" // it is about no field: the message leads to the top of the form
		}
		errs.Add(f.Field, f.Message)
	}
	return errs, true
}

// codes reads codes divided by commas, semicolons or line ends.
func codes(s string) []string {
	var out []string
	for _, x := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		x = strings.ToUpper(strings.Join(strings.Fields(x), ""))
		if x = strings.ReplaceAll(x, "–", "-"); x != "" {
			out = append(out, x)
		}
	}
	return out
}

// lines reads entries divided by line ends or commas.
func lines(s string) []string {
	var out []string
	for _, x := range strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == ',' }) {
		if x = strings.Join(strings.Fields(x), " "); x != "" {
			out = append(out, x)
		}
	}
	return out
}

func positionOptions() []view.Option {
	out := []view.Option{{Text: "Choose a position", Value: ""}}
	for _, x := range review.Positions {
		out = append(out, view.Option{Text: x.Words(), Value: string(x)})
	}
	return out
}

func input(name, label, hint, value string, errs view.Errors) view.Input {
	return view.Input{Name: name, Label: view.Label{Text: label, Size: "s"}, Hint: view.Hint{Text: hint}, Value: value, Error: errs.Of(name), Autocomplete: "off"}
}

func area(name, label, hint, value string, rows int, errs view.Errors) view.Textarea {
	return view.Textarea{Name: name, Label: view.Label{Text: label, Size: "s"}, Hint: view.Hint{Text: hint}, Value: value, Rows: rows, Error: errs.Of(name)}
}
