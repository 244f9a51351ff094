package intake

import (
	"regexp"
	"strings"
)

// contentsLine is a line of a table of contents.
var contentsLine = regexp.MustCompile(`^(.*\S)\s*(?:\.\s?){4,}\s*(?:[0-9]{1,4}|[ivxl]+)$|^.*…{2,}\s*[0-9]{1,4}$`)

// dropContents takes the table of contents off; it is made anew when the text is shown.
func dropContents(lines []line, l *losses, told *bool) []line {
	var out []line
	for _, x := range lines {
		if contentsLine.MatchString(x.text()) {
			if !*told {
				l.addAt("the table of contents, which is made anew when the text is shown", "")
			}
			*told = true
			if n := len(out) - 1; n >= 0 && isContentsName(out[n].text()) {
				out = out[:n]
			}
			continue
		}
		out = append(out, x)
	}
	return out
}

func isContentsName(s string) bool {
	switch strings.ToLower(strings.Trim(s, " :")) {
	case "contents", "table of contents", "contents page", "index":
		return true
	}
	return false
}
