package intake

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

func (r *htmlReader) list(n *html.Node, s htmlState) {
	l := &htmlList{ordered: n.Data == "ol", next: 1, fresh: true}
	if v, err := strconv.Atoi(attribute(n, "start")); err == nil {
		l.next = v
	}
	if s.depth > 0 && s.list != nil && r.next.kind == item && len(r.runs) == 0 {
		r.next.kind = paragraph // an item that holds only a list: the inner item takes its place
	}
	outer := s.depth
	s.list, s.depth = l, min(s.depth+1, maxDepth)
	r.children(n, s)
	r.begin(block{depth: outer, quote: s.quote})
}

func (r *htmlReader) listItem(n *html.Node, s htmlState) {
	l := s.list
	if l == nil {
		l = &htmlList{next: 1, fresh: true}
		s.depth = 1
	}
	if v, err := strconv.Atoi(attribute(n, "value")); err == nil {
		l.next = v
	}
	fresh := l.fresh
	if level, err := strconv.Atoi(attribute(n, "data-aria-level")); err == nil && level > 0 { // Word on the web
		s.depth, fresh = level, false
	}
	b := block{kind: item, depth: s.depth, quote: s.quote, ordered: l.ordered, number: l.next, fresh: fresh}
	if fresh && s.depth > 1 {
		b.fresh = false
	}
	l.next++
	l.fresh = false
	r.begin(b)
	r.children(n, s)
	r.begin(block{depth: s.depth, quote: s.quote})
}

// Word's clipboard has no lists, only paragraphs whose style says which list and level they are of, with the
// mark as text that browsers are told to ignore.
var (
	msoList   = regexp.MustCompile(`(?i)mso-list\s*:\s*l(\d+)\s+level(\d+)`)
	msoIgnore = regexp.MustCompile(`(?i)mso-list\s*:\s*ignore`)
	msoNumber = regexp.MustCompile(`^\(?(\w+)[.)]*$`)
)

type msoMark struct {
	list, level int
	mark        string
}

func wordListMark(n *html.Node) (msoMark, bool) {
	m := msoList.FindStringSubmatch(attribute(n, "style"))
	if m == nil {
		return msoMark{}, false
	}
	ignored := findElement(n, func(n *html.Node) bool { return msoIgnore.MatchString(attribute(n, "style")) })
	if ignored == nil {
		return msoMark{}, false
	}
	mark := plain([]run{{text: normalise(textOf(ignored))}})
	ignored.Parent.RemoveChild(ignored)
	return msoMark{list: number(m[1], 0), level: number(m[2], 1), mark: mark}, true
}

// wordItem makes an item of a paragraph of Word's clipboard.
func (r *htmlReader) wordItem(n *html.Node, s htmlState, m msoMark) {
	open := wordList{shared: m.list, level: m.level}
	for len(r.word) > 0 && r.word[len(r.word)-1].level >= m.level {
		r.word = r.word[:len(r.word)-1]
	}
	r.word = append(r.word, open)
	lists := r.word
	value, ordered := markValue(m.mark)
	r.begin(block{kind: item, depth: s.depth + len(r.word), quote: s.quote, ordered: ordered, number: value, label: m.mark})
	r.children(n, s)
	r.begin(block{depth: s.depth, quote: s.quote})
	r.word = lists
}

// markValue reads the number of a list's mark; "1.2" counts as 2. Letters that may be Roman are, at i alone.
func markValue(mark string) (value int, ordered bool) {
	last := mark
	if i := strings.LastIndexByte(strings.TrimRight(mark, ".)"), '.'); i >= 0 {
		last = mark[i+1:]
	}
	m := msoNumber.FindStringSubmatch(last)
	if m == nil || m[1] == "o" || m[1] == "§" {
		return 0, false
	}
	if n, err := strconv.Atoi(m[1]); err == nil {
		return n, true
	}
	l := label{roman: romanValue(strings.ToLower(m[1]))}
	if len(m[1]) == 1 {
		l.value = int(strings.ToLower(m[1])[0]-'a') + 1
	}
	if l.startsRoman() {
		return l.roman, l.roman > 0
	}
	return l.value, l.value > 0 && l.value <= 26
}
