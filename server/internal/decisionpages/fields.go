package decisionpages

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// values gives what was typed or what is kept, by the name of the field.
type values func(name string) string

// dateFields end the names of fields of three boxes; their errors lead to the first box.
var dateFields = []string{"date", "recommended-date", "effective", "from"}

// firstBox is the id of the first box of a date.
func firstBox(name string) string { return name + "-" + name + "-day" }

func isDate(field string) bool {
	return slices.ContainsFunc(dateFields, func(d string) bool { return field == d || strings.HasSuffix(field, "-"+d) })
}

// formErrors are faults with the ids of the fields they lead to; what concerns the whole leads to the form.
func formErrors(faults record.Faults) view.Errors {
	var out view.Errors
	for _, f := range faults {
		switch {
		case f.Field == "":
			out.Add("form", f.Message)
		case isDate(f.Field):
			out.Add(firstBox(f.Field), f.Message)
		default:
			out.Add(f.Field, f.Message)
		}
	}
	return out
}

func dateInput(name, legend, hint string, v values, errs view.Errors) view.DateInput {
	d := view.DateInput{ID: name, Legend: view.Legend{Text: legend}, Hint: view.Hint{Text: hint}, Error: errs.Of(firstBox(name))}
	for _, p := range []struct{ part, label, width string }{{"day", "Day", "2"}, {"month", "Month", "2"}, {"year", "Year", "4"}} {
		d.Parts = append(d.Parts, view.DatePart{Name: name + "-" + p.part, Label: p.label, Width: p.width, Value: v(name + "-" + p.part)})
	}
	return d
}

// despite asks why something goes on although it would break a promise; nil while there is none in the way.
func despite(v values, errs view.Errors) *view.Textarea {
	if errs.Of("despite") == "" && v("despite") == "" {
		return nil
	}
	box := textarea("despite", "Why do you go on, although this was promised?", "It is kept with the decision", 3, v, errs)
	return &box
}

func textarea(name, label, hint string, rows int, v values, errs view.Errors) view.Textarea {
	return view.Textarea{Name: name, Value: v(name), Label: view.Label{Text: label}, Hint: view.Hint{Text: hint}, Rows: rows, Error: errs.Of(name)}
}

func input(name, label, hint, width string, v values, errs view.Errors) view.Input {
	return view.Input{Name: name, Value: v(name), Label: view.Label{Text: label}, Hint: view.Hint{Text: hint}, Width: width, Error: errs.Of(name)}
}

// posted are the values of the form that came.
func posted(c *gin.Context) values { return func(name string) string { return page.Text(c, name) } }

// dateValues puts the parts of dates into values.
func dateValues(into map[string]string, name string, d record.Date) {
	if d == 0 {
		return
	}
	y, m, day := d.Parts()
	into[name+"-day"], into[name+"-month"], into[name+"-year"] = strconv.Itoa(day), strconv.Itoa(m), strconv.Itoa(y)
}

func kept(m map[string]string) values { return func(name string) string { return m[name] } }
