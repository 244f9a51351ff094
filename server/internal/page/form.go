package page

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

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

// Text is a posted field without spaces around it.
func Text(c *gin.Context, name string) string { return strings.TrimSpace(c.PostForm(name)) }

// makeLegible makes posted text such as can be kept and shown, in a page and in XML. Secrets are left as they are.
func makeLegible(form url.Values) {
	for name, values := range form {
		for i, v := range values {
			if !Secret(name) {
				values[i] = legible(v)
			}
		}
	}
}

// lineEnds are what programs put between lines, Word's line within a paragraph and a page's end among them.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u0085", "\n")

// legible ends lines as Unix does. What is no text becomes a mark that can be seen, instead of a reason to lose the form.
func legible(s string) string {
	return strings.Map(func(r rune) rune {
		noCharacter := r&0xFFFE == 0xFFFE || r >= 0xFDD0 && r <= 0xFDEF
		if noCharacter || unicode.IsControl(r) && r != '\n' && r != '\t' {
			return utf8.RuneError
		}
		return r
	}, lineEnds.Replace(strings.ToValidUTF8(s, string(utf8.RuneError))))
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
