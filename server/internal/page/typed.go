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

// mostTyped bounds what is given back: a page of it must not be larger than what was sent.
const mostTyped = 100

var secret = []string{view.TokenField, "passphrase", "again", "old"}

// Secret tells whether a field is never written into a page.
func Secret(field string) bool { return slices.Contains(secret, field) }

// typed gives back the words of a form that could not be taken, so that they can be copied. What is a number or a single
// word, such as an id, is left out.
func typed(c *gin.Context) []view.Textarea {
	if c.Request.Method != http.MethodPost {
		return nil
	}
	var words []string
	form := c.Request.PostForm
	for _, name := range slices.Sorted(maps.Keys(form)) {
		for _, v := range form[name] {
			v = strings.TrimSpace(legible(v))
			if !Secret(name) && strings.ContainsAny(v, " \n") && len(words) < mostTyped {
				words = append(words, v)
			}
		}
	}
	var out []view.Textarea
	for i, w := range words {
		out = append(out, view.Textarea{Name: fmt.Sprintf("typed-%d", i+1), Value: w, Rows: min(12, 2+strings.Count(w, "\n")+len(w)/80),
			Label: view.Label{Text: fmt.Sprintf("Text %d of %d", i+1, len(words))}, Attrs: []view.Attr{{Name: "readonly", Value: "readonly"}}})
	}
	return out
}
