package homepages

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// firstBox is the id of the first box of a date.
func firstBox(name string) string { return name + "-" + name + "-day" }

// formErrors are faults with the ids of the fields they lead to.
func formErrors(faults record.Faults) view.Errors {
	var out view.Errors
	for _, f := range faults {
		if slices.Contains([]string{"start", "end", "said", "due"}, f.Field) || strings.HasSuffix(f.Field, "-date") {
			f.Field = firstBox(f.Field)
		}
		out.Add(f.Field, f.Message)
	}
	return out
}

func dateInput(name, legend string, v func(string) string, errs view.Errors) view.DateInput {
	d := view.DateInput{ID: name, Legend: view.Legend{Text: legend}, Error: errs.Of(firstBox(name))}
	for _, p := range []struct{ part, label, width string }{{"day", "Day", "2"}, {"month", "Month", "2"}, {"year", "Year", "4"}} {
		d.Parts = append(d.Parts, view.DatePart{Name: name + "-" + p.part, Label: p.label, Width: p.width, Value: v(name + "-" + p.part)})
	}
	return d
}

// posted are the values of the form that came.
func posted(c *gin.Context) func(string) string {
	return func(name string) string { return page.Text(c, name) }
}

func values(m map[string]string) func(string) string {
	return func(name string) string { return m[name] }
}

func dateValues(into map[string]string, name string, d record.Date) {
	if d == 0 {
		return
	}
	y, m, day := d.Parts()
	into[name+"-day"], into[name+"-month"], into[name+"-year"] = strconv.Itoa(day), strconv.Itoa(m), strconv.Itoa(y)
}
