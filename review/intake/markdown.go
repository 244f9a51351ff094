package intake

import (
	"regexp"
	"strings"
)

var (
	markdownLine = regexp.MustCompile(`^ {0,3}(?:#{1,6}[ \t]|>|[-+*][ \t]+\S|\d{1,3}[.)][ \t]+\S|\|.*\||(?:` + "```" + `|~~~)|\[\^?[^\]]+\]:|<(?:table|ul|ol|p|div|h[1-6])\b)`)
	underline    = regexp.MustCompile(`^ {0,3}(?:=+|-{3,})[ \t]*$`)
	delimiterRow = regexp.MustCompile(`^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$`)
	inlineMark   = regexp.MustCompile("\\*\\*\\S|__\\S|~~\\S|\\]\\(|`[^`]+`|\\[\\^[^\\]]+\\]|\\\\[!-/:-@\\[-`{-~]|\\\\$|<https?:|\\*[^\\s*][^*]*\\*|(?:^|\\W)_[^\\s_][^_]*_(?:\\W|$)|&amp;|</(?i:sup|sub|del|s|strike|math|span)>|\\^\\d[\\d,]*\\^")
	fence        = regexp.MustCompile("^ {0,3}(```+|~~~+)")
	bulletSign   = regexp.MustCompile(`^([ \t]*)[•●▪◦‣⁃][ \t]+`)
	picture      = regexp.MustCompile(`!\[([^\]\n]*)\]\([^)\n]*\)`)
	comment      = regexp.MustCompile(`(?s)<!--.*?-->`)
	tag          = regexp.MustCompile(`</?([a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>]*)?/?>`)
	htmlBlock    = regexp.MustCompile(`(?i)^ {0,3}<(?:table|div|p|ul|ol|dl|h[1-6]|blockquote|section|article|details|center|figure)\b`)
)

// looksLikeMarkdown says whether a text has any mark that Markdown alone has, or that means the same to a reader.
func looksLikeMarkdown(text string) bool {
	for _, line := range strings.Split(text, "\n") {
		if markdownLine.MatchString(line) || underline.MatchString(line) || delimiterRow.MatchString(line) || inlineMark.MatchString(line) {
			return true
		}
	}
	return false
}

// readMarkdown cleans Markdown up, and leaves it as it was written otherwise.
func readMarkdown(text string) (Document, error) {
	l := &losses{}
	text, title := frontMatter(text, l)
	text = outsideCode(text, func(s string) string { return cleanMarkdown(s, l) })
	text = strings.Trim(collapse(text), "\n")
	if text == "" {
		return Document{}, ErrEmpty
	}
	if len(text) > maxMarkdown {
		return Document{}, ErrTooLarge
	}
	if title == "" {
		title = MarkdownTitle(text)
	}
	return Document{Format: Markdown, Title: title, Markdown: text + "\n", Losses: l.list()}, nil
}

var (
	titleLine  = regexp.MustCompile(`(?mi)^title:[ \t]*["']?(.*?)["']?[ \t]*$`)
	headLine   = regexp.MustCompile(`(?m)^ {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$`)
	headMarks  = regexp.MustCompile("\\\\([!-/:-@\\[-`{-~])|[*_`]+")
	matterLine = regexp.MustCompile(`^[A-Za-z][\w -]*:`)
)

// frontMatter takes off the block of settings that some programs put before the text.
func frontMatter(text string, l *losses) (rest, title string) {
	text = strings.TrimLeft(text, "\n")
	if !strings.HasPrefix(text, "---\n") {
		return text, ""
	}
	matter, rest, ok := strings.Cut(text[len("---\n"):], "\n---\n")
	if !ok {
		matter, ok = strings.CutSuffix(strings.TrimRight(text[len("---\n"):], "\n"), "\n---")
		rest = ""
	}
	if !ok || !matterLine.MatchString(matter) {
		return text, ""
	}
	l.addAt("the settings before the text (front matter): “"+shorten(strings.Join(strings.Fields(matter), " "), 80)+"”", "")
	if m := titleLine.FindStringSubmatch(matter); m != nil {
		title = m[1]
	}
	return rest, title
}

// MarkdownTitle are the words of the first heading of a text; "" when it has none.
func MarkdownTitle(text string) string {
	m := headLine.FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	return headMarks.ReplaceAllString(m[1], "$1")
}

// outsideCode applies a change to each stretch of text between fenced code, line by line untouched inside.
func outsideCode(text string, change func(string) string) string {
	var out, stretch []string
	closing := ""
	flush := func() {
		if len(stretch) > 0 {
			out = append(out, change(strings.Join(stretch, "\n")))
		}
		stretch = nil
	}
	for _, line := range strings.Split(text, "\n") {
		m := fence.FindStringSubmatch(line)
		switch {
		case closing != "":
			out = append(out, line)
			if m != nil && strings.HasPrefix(m[1], closing) {
				closing = ""
			}
		case m != nil:
			flush()
			closing = m[1]
			out = append(out, line)
		default:
			stretch = append(stretch, line)
		}
	}
	flush()
	return strings.Join(out, "\n")
}

// cleanMarkdown puts right what a renderer would drop or misread.
func cleanMarkdown(text string, l *losses) string {
	text = unescaped(comment, text, func([]string) string { return "" })
	text = htmlBlocks(text, l)
	text = struckTags(mathTags(text, l))
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		line = unescaped(picture, line, func(m []string) string {
			l.add("a picture")
			if m[1] == "" {
				return ""
			}
			return "(Picture: " + m[1] + ")"
		})
		line = bulletSign.ReplaceAllString(line, "$1- ")
		if i+1 < len(lines) && strings.HasSuffix(line, "  ") && strings.TrimSpace(line) != "" && strings.TrimSpace(lines[i+1]) != "" {
			line = strings.TrimRight(line, " \t") + `\`
		}
		if m := headLine.FindStringSubmatch(line); m != nil {
			l.under(headMarks.ReplaceAllString(m[1], "$1"))
		}
		line = strings.TrimRight(line, " \t")
		lines[i] = outsideSpans(line, func(s string) string { return stripTags(unmarked(raisedTags(tellStruck(s, l), l), l), l) })
	}
	return strings.Join(lines, "\n")
}

// stripTags takes HTML tags out of a line and keeps the words between them.
func stripTags(line string, l *losses) string {
	if !strings.Contains(line, "<") {
		return line
	}
	return unescaped(tag, line, func(m []string) string {
		name := strings.ToLower(m[1])
		if !knownTag[name] {
			return m[0]
		}
		if name == "br" {
			return " "
		}
		if name == "s" || name == "del" || name == "strike" {
			l.add("a mark for struck words without its end; the words are kept as live: " + quote("", plain([]run{{text: line}}), ""))
			return ""
		}
		l.add("an HTML tag; the words in it are kept")
		return ""
	})
}

// unescaped replaces what an expression finds, except after a backslash.
func unescaped(re *regexp.Regexp, text string, with func([]string) string) string {
	var b strings.Builder
	last := 0
	for _, at := range re.FindAllStringSubmatchIndex(text, -1) {
		before := text[:at[0]]
		if (len(before)-len(strings.TrimRight(before, `\`)))%2 == 1 {
			continue
		}
		m := []string{text[at[0]:at[1]], ""}
		if len(at) > 3 && at[2] >= 0 {
			m[1] = text[at[2]:at[3]]
		}
		b.WriteString(text[last:at[0]] + with(m))
		last = at[1]
	}
	return b.String() + text[last:]
}

// knownTag keeps what only looks like a tag, such as <18 years> or an address.
var knownTag = map[string]bool{
	"a": true, "abbr": true, "b": true, "big": true, "blockquote": true, "body": true, "br": true,
	"center": true, "cite": true, "code": true, "col": true, "colgroup": true, "dd": true, "del": true,
	"details": true, "dfn": true, "div": true, "dl": true, "dt": true, "em": true, "figcaption": true,
	"figure": true, "font": true, "footer": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true,
	"h6": true, "header": true, "hr": true, "html": true, "i": true, "img": true, "ins": true, "kbd": true,
	"li": true, "main": true, "mark": true, "nav": true, "ol": true, "p": true, "pre": true, "q": true,
	"s": true, "samp": true, "section": true, "script": true, "small": true, "span": true, "strike": true,
	"strong": true, "style": true, "sub": true, "summary": true, "sup": true, "table": true, "tbody": true,
	"td": true, "tfoot": true, "th": true, "thead": true, "tr": true, "tt": true, "u": true, "ul": true,
	"var": true,
}

// htmlBlocks turns blocks of HTML inside Markdown, such as the tables that converters write, into Markdown. A
// block ends at an empty line, as in the syntax.
func htmlBlocks(text string, l *losses) string {
	if !strings.Contains(text, "<") {
		return text
	}
	lines := strings.Split(text, "\n")
	var out []string
	for i := 0; i < len(lines); i++ {
		if !htmlBlock.MatchString(lines[i]) {
			out = append(out, lines[i])
			continue
		}
		end := i
		for end < len(lines) && strings.TrimSpace(lines[end]) != "" {
			end++
		}
		doc, err := FromHTML(strings.Join(lines[i:end], "\n"))
		if err == nil {
			out = append(out, "", strings.TrimRight(doc.Markdown, "\n"), "")
			for _, lost := range doc.Losses {
				l.add(lost.What)
			}
		}
		i = end
		out = append(out, "")
	}
	return strings.Join(out, "\n")
}

// collapse leaves at most one empty line between lines.
func collapse(text string) string {
	var out []string
	inCode := ""
	for _, line := range strings.Split(text, "\n") {
		if m := fence.FindStringSubmatch(line); m != nil {
			switch {
			case inCode == "":
				inCode = m[1]
			case strings.HasPrefix(m[1], inCode):
				inCode = ""
			}
		}
		if inCode == "" && strings.TrimSpace(line) == "" {
			if len(out) > 0 && out[len(out)-1] == "" {
				continue
			}
			line = ""
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}
