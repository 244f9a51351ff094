package page

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/review/record"
	"concordat/web/view"
)

// Edit reads what every staff form carries: the revision that was on the screen and, when the form asks for one,
// the reason. The document's id is in the path.
func Edit(c *gin.Context, id string) (record.Edit, error) {
	revision, err := strconv.ParseInt(c.PostForm("revision"), 10, 64)
	if err != nil || revision < 0 {
		return record.Edit{}, fmt.Errorf("revision %q: %w", c.PostForm("revision"), record.ErrConflict)
	}
	return record.Edit{By: Actor(c), ID: id, Revision: revision, Reason: Text(c, "reason")}, nil
}

// Text is a posted field without spaces around it. Line ends are those of Unix, and what is no text is made visible.
func Text(c *gin.Context, name string) string { return strings.TrimSpace(legible(c.PostForm(name))) }

// legible is text as it can be kept and shown. Bytes that are none become a mark instead of a reason to lose the form.
func legible(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
	return strings.ReplaceAll(s, "\r\n", "\n")
}

// Date reads the three boxes name-day, name-month and name-year; a fault is added when they are no date.
func Date(c *gin.Context, name, label string, faults *record.Faults) record.Date {
	d, err := record.DateParts(c.PostForm(name+"-day"), c.PostForm(name+"-month"), c.PostForm(name+"-year"))
	faults.Add(err != nil, name, label+" must be a real date between 1900 and 2199, such as 1 4 2027")
	return d
}

// Faults takes the faults out of an error: nil when it is of another sort.
func Faults(err error) record.Faults {
	var f record.Faults
	if errors.As(err, &f) {
		return f
	}
	return nil
}

// Errors turns faults into what the frame's summary and the fields show.
func Errors(faults record.Faults) view.Errors {
	var out view.Errors
	for _, f := range faults {
		out.Add(f.Field, f.Message)
	}
	return out
}

// After is the cursor of a list page.
func After(c *gin.Context) string { return c.Query("after") }
