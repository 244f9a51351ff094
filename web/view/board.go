package view

import (
	"fmt"
	"html/template"
	"strings"
)

// A BoardCell is where one place stands in a row of a board.
type BoardCell struct {
	State  string // of cellWords
	Chosen bool   // the place that narrow screens show
}

// cellWords are the states of cells as the stylesheet draws them, each with its word.
var cellWords = map[string]string{"a": "Adopted", "v": "Variation", "n": "Not adopted", "d": "Deferred", "w": "Waiting", "l": "Late", NotConcerned: "Not concerned"}

// NotConcerned is the state of a place that a policy is not for.
const NotConcerned = "-"

// Word is the state in words.
func (c BoardCell) Word() string { return cellWords[c.State] }

// cells writes the cells of a row. A board has thousands, each one of a few constants, so that they are not escaped one
// by one. An unknown state is an error.
func cells(list []BoardCell) (template.HTML, error) {
	var b strings.Builder
	for _, c := range list {
		word := c.Word()
		if word == "" {
			return "", fmt.Errorf("cell %q: there is no such state", c.State)
		}
		class, sign := "app-s app-s--"+c.State, ""
		if c.State == NotConcerned {
			class, sign = "app-s app-quiet", "–"
		}
		if c.Chosen {
			class += " app-chosen"
		}
		b.WriteString(`<td class="` + class + `">` + sign + `<span>` + word + `</span></td>`)
	}
	return template.HTML(b.String()), nil
}
