package public

import (
	"strconv"

	"concordat/review"
	"concordat/web/view"
)

// Sentence is words with one link in them.
type Sentence struct {
	Text  string
	Link  view.Link // may be empty
	After string
}

// versionHref is the address of an edition: the policy's own when it is the one that the public reads.
func (p *Policy) versionHref(v *review.Version) string {
	if v.Number == p.Now.Number {
		return p.href()
	}
	return p.href() + "/versions/" + v.Number.String()
}

func (p *Policy) href() string { return "/policies/" + p.Slug }

// localHref is the address of a commissioner's own policy.
func localHref(l *review.LocalPolicy) string { return "/local/" + l.ID }

// localName is "Larkhythe’s policy of 2019".
func (s *Snapshot) localName(l *review.LocalPolicy) string {
	name := s.placeName(l.Commissioner) + "’s own policy"
	if l.Effective != 0 {
		year, _, _ := l.Effective.Parts()
		name += " of " + strconv.Itoa(year)
	}
	return name
}

func (s *Snapshot) placeName(id string) string {
	if c := s.places[id]; c != nil {
		return c.Short
	}
	return "The area"
}

// textSentence names the text that an answer gives, with a link to it: "version 1.0 of this policy".
func (s *Snapshot) textSentence(p *Policy, a review.Answer) Sentence {
	t := a.Interval.Text
	switch {
	case a.Outcome != review.TextApplies:
		return Sentence{Text: a.Missing}
	case t.Local != "":
		l, _ := s.Local(t.Local)
		return s.localSentence(l)
	case t.Policy != p.ID:
		by := s.all[t.Policy]
		return Sentence{Link: view.Link{Text: by.Now.Title, Href: by.href()}}
	}
	v := p.Corrected(t.Version)
	return Sentence{Link: view.Link{Text: "version " + v.Number.String() + " of this policy", Href: p.versionHref(v)}}
}

func (s *Snapshot) localSentence(l *review.LocalPolicy) Sentence {
	switch l.Without {
	case review.OpenAccess:
		return Sentence{Text: "no policy of its own, and clinicians decide"}
	case review.NationalText:
		return Sentence{Text: "no policy of its own, and ", Link: view.Link{Text: "the national text", Href: localHref(l)}, After: " is used"}
	case review.NotKnown:
		return Sentence{Text: "no policy of its own, and it is not known what that means there"}
	}
	return Sentence{Link: view.Link{Text: s.localName(l), Href: localHref(l)}}
}
