package review

import (
	"strconv"

	"concordat/review/clause"
)

// Text is its text as clauses, each with its anchor.
func (l *LocalPolicy) Text() clause.Text { return l.anchored(clause.Parse(l.Markdown)) }

// anchored gives the clauses of its text the anchors that are kept for them. Where none were kept yet they count on.
func (l *LocalPolicy) anchored(t clause.Text) clause.Text {
	if x, err := t.WithAnchors(l.Anchors); err == nil {
		return x
	}
	n := 0
	return t.Inherit(clause.Text{}, func() string { n++; return localAnchor(n) })
}

func localAnchor(n int) string { return "p" + strconv.Itoa(n) }

// inherit names the clauses of its text. Those that stood in the text before, nil when there was none, keep their
// anchors, so that what is known by them holds when a text is corrected or read in again.
func (l *LocalPolicy) inherit(before *LocalPolicy) {
	var old clause.Text
	if before != nil {
		old = before.Text()
		l.NextAnchor = max(before.NextAnchor, len(old.Clauses))
	}
	l.Anchors = clause.Anchors(clause.Parse(l.Markdown).Inherit(old, func() string { l.NextAnchor++; return localAnchor(l.NextAnchor) }))
}
