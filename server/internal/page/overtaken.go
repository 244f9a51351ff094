package page

import (
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/review/record"
)

// Overtaken tells whether somebody else changed the document after its form was made. Such a form is shown again as
// it was typed, with the newest revision and what Kept says, so that it can be looked at and sent again.
func Overtaken(err error) bool {
	var stale *record.Stale
	return errors.As(err, &stale)
}

// Kept says at a form that was overtaken what is kept now: at each field that was typed otherwise. kept are the values
// as the form would show them, by field; a date has the three of its boxes.
func Kept(c *gin.Context, kept map[string]string) record.Faults {
	faults := record.Faults{{Field: "maincontent", Message: "Somebody changed this while you were writing. What you typed is still here: compare it with what is kept now, then send it again"}}
	for _, name := range slices.Sorted(maps.Keys(kept)) {
		date, isDay := strings.CutSuffix(name, "-day")
		typed, sent := c.GetPostForm(name)
		switch {
		case !sent || strings.HasSuffix(name, "-month") || strings.HasSuffix(name, "-year"):
		case isDay && (Text(c, name) != kept[name] || Text(c, date+"-month") != kept[date+"-month"] || Text(c, date+"-year") != kept[date+"-year"]):
			faults.Add(true, date, keptWords(kept[name]+" "+kept[date+"-month"]+" "+kept[date+"-year"]))
		case !isDay && strings.TrimSpace(typed) != strings.TrimSpace(kept[name]):
			faults.Add(true, name, keptWords(kept[name]))
		}
	}
	return faults
}

// mostKept is how many characters of what is kept stand in a message.
const mostKept = 300

func keptWords(s string) string {
	if strings.TrimSpace(s) == "" {
		return "Nothing is kept here now"
	}
	if r := []rune(s); len(r) > mostKept {
		s = string(r[:mostKept]) + "…"
	}
	return "Kept now: “" + s + "”"
}

// Conflict gives a form that was overtaken its status.
func Conflict(r Result, err error) (Result, error) {
	r.Status = http.StatusConflict
	return r, err
}
