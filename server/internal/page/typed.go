package page

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/web/view"
)

// mostBoxes bounds the boxes in which texts are given back: what is left stands in the last, so that a page does not
// grow much larger than what was sent.
const mostBoxes = 20

var secret = []string{view.TokenField, "passphrase", "again", "old"}

// Secret tells whether a field is never written into a page.
func Secret(field string) bool { return slices.Contains(secret, field) }

// carried are fields that the form brought along and nobody typed.
var carried = []string{"revision", "save", "act", "next", "back"}

// Typed gives back all that was typed into a form that could not be taken, so that it can be copied: each text in a box,
// and single words, dates and numbers together in one, with the names of their fields.
func Typed(c *gin.Context) []view.Textarea {
	if c.Request.Method != http.MethodPost {
		return nil
	}
	var texts, short []string
	form := c.Request.PostForm
	for _, name := range slices.Sorted(maps.Keys(form)) {
		if Secret(name) || slices.Contains(carried, name) {
			continue
		}
		var words []string
		for _, v := range form[name] {
			switch v = strings.TrimSpace(v); {
			case strings.ContainsAny(v, " \n"):
				texts = append(texts, v)
			case v != "":
				words = append(words, v)
			}
		}
		if len(words) > 0 {
			short = append(short, strings.ReplaceAll(name, "-", " ")+": "+strings.Join(words, ", "))
		}
	}
	if len(texts) > mostBoxes {
		texts = append(texts[:mostBoxes-1], strings.Join(texts[mostBoxes-1:], "\n\n"))
	}
	var out []view.Textarea
	for i, t := range texts {
		out = append(out, toCopy(len(out)+1, fmt.Sprintf("Text %d of %d", i+1, len(texts)), t))
	}
	if len(short) > 0 {
		out = append(out, toCopy(len(out)+1, "Single words and numbers", strings.Join(short, "\n")))
	}
	return out
}

func toCopy(number int, label, words string) view.Textarea {
	return view.Textarea{Name: fmt.Sprintf("typed-%d", number), Value: words, Rows: min(12, 2+strings.Count(words, "\n")+len(words)/80),
		Label: view.Label{Text: label}, Attrs: []view.Attr{{Name: "readonly", Value: "readonly"}}}
}
