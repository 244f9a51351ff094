package intake

import (
	"regexp"
	"strings"
)

var (
	raisedTag  = regexp.MustCompile(`(?i)<sup\b[^>]*>(.*?)</sup>|<sub\b[^>]*>(.*?)</sub>|\^(\[?\d{1,3}(?:[,;–-] ?\d{1,3})*\]?|[a-z])\^|(\pL)~(\d{1,2})~`)
	struckTag  = regexp.MustCompile(`(?is)<(?:s|del|strike)(?:\s[^>]*)?>(.*?)</(?:s|del|strike)>|<span\s[^>]*line-through[^>]*>(.*?)</span>`)
	mathTag    = regexp.MustCompile(`(?is)<math\b.*?</math>`)
	noteLink   = regexp.MustCompile(`^\[([^\]]+)\]\(#[^)\s]*\)$`)
	codeSpan   = regexp.MustCompile("(?s)`[^`]+`|``.+?``")
	paragraphs = regexp.MustCompile(`\n[ \t]*\n`)
)

// outsideSpans applies a change to a line, but not to code in it.
func outsideSpans(line string, change func(string) string) string {
	var b strings.Builder
	last := 0
	for _, at := range codeSpan.FindAllStringIndex(line, -1) {
		b.WriteString(change(line[last:at[0]]) + line[at[0]:at[1]])
		last = at[1]
	}
	return b.String() + change(line[last:])
}

// raisedTags writes what tags and other programs' Markdown (35^1,2^, H~2~O) raise or lower as such characters.
func raisedTags(line string, l *losses) string {
	if !strings.ContainsAny(line, "<^~") {
		return line
	}
	var runs []run
	last := 0
	for _, at := range raisedTag.FindAllStringSubmatchIndex(line, -1) {
		r, from := run{style: raised}, at[0]
		switch {
		case at[2] >= 0:
			r.text = line[at[2]:at[3]]
		case at[4] >= 0:
			r.text, r.style = line[at[4]:at[5]], lowered
		case at[6] >= 0:
			r.text = line[at[6]:at[7]]
		default:
			r.text, r.style, from = line[at[10]:at[11]], lowered, at[9]
		}
		if r.text = tag.ReplaceAllString(r.text, ""); strings.HasPrefix(r.text, "[^") {
			r.style = 0 // a footnote's mark
		}
		if m := noteLink.FindStringSubmatch(r.text); m != nil {
			r.text, r.style = m[1], raised|reference
		}
		runs = append(runs, run{text: line[last:from]}, r)
		last = at[1]
	}
	if last == 0 {
		return line
	}
	var b strings.Builder
	for _, r := range onTheLine(append(runs, run{text: line[last:]}), l) {
		b.WriteString(r.text)
	}
	return b.String()
}

// struckHere stands before words that were struck out by tags, until they are told in their line.
const struckHere = '\uFDD0'

// struckTags writes struck words of HTML as those of Markdown, paragraph by paragraph.
func struckTags(text string) string {
	if !strings.Contains(text, "<") {
		return text
	}
	var b strings.Builder
	last := 0
	for _, at := range struckTag.FindAllStringSubmatchIndex(text, -1) {
		from, to := at[2], at[3]
		if from < 0 {
			from, to = at[4], at[5]
		}
		words := strings.ReplaceAll(strings.TrimSpace(text[from:to]), "~~", "")
		if words == "" || paragraphs.MatchString(words) {
			continue
		}
		before := run{text: text[last:at[0]]}
		b.WriteString(before.text)
		struck := []run{{text: words}}
		if joins(lastOf([]run{before}), firstOf(struck)) {
			b.WriteByte(' ')
		}
		b.WriteString(string(struckHere) + "~~" + words + "~~")
		if last = at[1]; joins(firstOf([]run{{text: text[last:]}}), lastOf(struck)) {
			b.WriteByte(' ')
		}
	}
	return b.String() + text[last:]
}

// tellStruck tells of the words that struckTags found in a line.
func tellStruck(line string, l *losses) string {
	parts := strings.Split(line, string(struckHere))
	for _, p := range parts[1:] {
		words, _, _ := strings.Cut(strings.TrimPrefix(p, "~~"), "~~")
		l.add(struckKept + ": “" + shorten(plain([]run{{text: words}}), 80) + "”")
	}
	return strings.Join(parts, "")
}

// mathTags writes MathML on the line.
func mathTags(text string, l *losses) string {
	if !strings.Contains(text, "<") {
		return text
	}
	var b strings.Builder
	last := 0
	for _, at := range mathTag.FindAllStringIndex(text, -1) {
		doc, err := FromHTML("<p>" + text[at[0]:at[1]] + "</p>")
		if err != nil {
			continue
		}
		s := shift{before: text[max(last, at[0]-nearby):at[0]], after: text[at[1]:]}
		b.WriteString(text[last:at[0]] + s.alone(strings.TrimSpace(doc.Markdown)))
		last = at[1]
		for _, lost := range doc.Losses {
			l.add(lost.What)
		}
	}
	return b.String() + text[last:]
}
