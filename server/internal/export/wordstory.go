package export

import (
	"fmt"
	"net/url"
	"strings"
)

// A story is a run of paragraphs in a part of its own, with the links that it has: the body, or the footnotes.
type story struct {
	strings.Builder
	links []string
	index map[string]int
}

// link gives the id of a relation to an address, and whether the address is one that a reader can follow.
func (s *story) link(href string) (string, bool) {
	u, err := url.Parse(href)
	if err != nil {
		return "", false
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https", "mailto", "tel":
	default:
		return "", false
	}
	if s.index == nil {
		s.index = map[string]int{}
	}
	i, ok := s.index[href]
	if !ok {
		i = len(s.links)
		s.index[href] = i
		s.links = append(s.links, u.String())
	}
	return fmt.Sprintf("link%d", i+1), true
}

func (s *story) relations() string {
	var b strings.Builder
	for i, href := range s.links {
		fmt.Fprintf(&b, `<Relationship Id="link%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="%s" TargetMode="External"/>`, i+1, escape(href))
	}
	return b.String()
}

// paragraph writes one paragraph; properties are XML, in the order that the schema wants.
func (s *story) paragraph(properties, runs string) {
	s.WriteString("<w:p>")
	if properties != "" {
		s.WriteString("<w:pPr>" + properties + "</w:pPr>")
	}
	s.WriteString(runs + "</w:p>")
}

func styled(style string) string { return `<w:pStyle w:val="` + style + `"/>` }

// text is a run of text with the properties of its characters. Tabs and line breaks are elements in Word.
func text(s, properties string) string {
	if s == "" {
		return ""
	}
	if properties != "" {
		properties = "<w:rPr>" + properties + "</w:rPr>"
	}
	return "<w:r>" + properties + `<w:t xml:space="preserve">` + escape(s) + "</w:t></w:r>"
}
