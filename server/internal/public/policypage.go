package public

import (
	"html/template"
	"slices"
	"strings"

	"concordat/review"
	"concordat/review/decision"
	"concordat/review/record"
	"concordat/web/view"
)

// policyPage is a policy as the public reads it, for one chosen area or none.
type policyPage struct {
	Frame      view.Frame
	Title      string
	Slug       string
	Callouts   []callout
	Areas      []areaOption
	Chosen     bool
	Answer     Answer
	Summary    template.HTML
	Line       string
	Text       template.HTML
	Fold       folded
	Outside    outside
	Rows       []AreaRow
	Replaces   []view.Link
	Review     string
	Editions   []editionRow
	CompareOld []compareOption
	CompareNew []compareOption
	Files      []view.Link
	Codes      []string
	OtherNames string
	Guidance   []string
	WordHref   string
	FeedHref   string
}

// folded hides a text that does not apply where the reader is: what applies there stands above it. The zero one hides
// nothing.
type folded struct {
	Title string // names the text, and says that it does not apply
	Note  Sentence
}

// callout is what must be read first.
type callout struct {
	Heading string
	Lines   []Sentence
}

type areaOption struct {
	Slug, Name string
	Chosen     bool
}

// outside is what to do for a patient who does not meet the criteria or, where no criteria of this policy apply, whose
// case is exceptional.
type outside struct {
	InsteadHref string // paragraph that says what happens instead; may be ""
	CasesHref   string // paragraph on exceptional cases; may be ""
	Heading     string
	Asks        string // who follows the link to it
	Area        string // "" while none is chosen
	IFR         review.IFR
}

type editionRow struct {
	Link  view.Link
	Value string
}

type compareOption struct {
	Value, Text string
	Chosen      bool
}

var policyTemplate = view.Define[policyPage]("public/policy.html")

// policyView makes a policy's page; area is nil while none is chosen.
func (l *Library) policyView(s *Snapshot, p *Policy, area *review.Commissioner) (view.Page, error) {
	v := p.Now
	all := s.Standings(p)
	x := policyPage{Frame: l.frame(v.Title, "library"), Title: v.Title, Slug: p.Slug,
		Line: p.line(), OtherNames: strings.Join(v.OtherNames, ", "), Codes: codes(v), Guidance: guidance(v),
		WordHref: p.href() + "/word", FeedHref: p.href() + "/feed.atom", Rows: s.areaRows(p, all, idOf(area))}
	x.Frame.Description, x.Frame.Canonical, x.Frame.FeedHref = "Who can have "+v.Title+", and where", l.PublicURL+p.href(), x.FeedHref
	x.Frame.Crumbs = l.crumbs(v)
	x.Areas = s.areaOptions(all, area)
	if v.Review != 0 {
		x.Review = v.Review.Words()
	}
	if area == nil {
		s.forAll(&x, p, all)
	} else {
		s.forArea(&x, p, area, all)
		if _, varied := s.Reading(p, area); varied {
			x.WordHref += "?area=" + area.Slug
		}
	}
	var err error
	if x.Summary, x.Text, err = s.text(p, area); err != nil {
		return view.Page{}, err
	}
	s.addVersions(&x, p, area)
	for _, f := range v.Files {
		x.Files = append(x.Files, view.Link{Text: f.Title, Href: p.href() + "/files/" + f.ID})
	}
	return policyTemplate.Page(x), nil
}

// forAll fills in what depends on the area while none is chosen.
func (s *Snapshot) forAll(x *policyPage, p *Policy, all []Standing) {
	x.Callouts, x.Answer = s.callouts(p, all, nil), s.answerAnywhere(p, all)
	x.Outside = outsideOf(p, p.Now, nil)
	if len(all) > 0 && groups(p, all)[inForce] == 0 {
		x.Fold = folded{Title: p.line() + ": this text applies in no area today", Note: Sentence{Text: "In no area does this text apply today."}}
		x.Outside = outsideOf(p, nil, nil)
	}
}

// forArea fills in what depends on the chosen area.
func (s *Snapshot) forArea(x *policyPage, p *Policy, area *review.Commissioner, all []Standing) {
	st := s.Standing(p, area)
	x.Callouts = s.callouts(p, all, &st)
	x.Chosen, x.Answer = true, s.answer(p, st)
	x.Frame.Title = p.Now.Title + ": " + strings.TrimPrefix(x.Answer.Heading, "In "+area.Short+": ") + " in " + area.Short
	x.Outside = outsideOf(p, st.Version, s.asked(area))
	if !st.hasNewest(p) {
		x.Fold = s.foldFor(p, st)
	}
}

// hasNewest tells whether the text that the public reads is what applies.
func (st Standing) hasNewest(p *Policy) bool {
	return st.Situation == InForce && st.Version.Number == p.Now.Number
}

// foldFor hides the text that the public reads where something else applies.
func (s *Snapshot) foldFor(p *Policy, st Standing) folded {
	here := st.Area.Short
	not := "In " + here + " today this text does not apply. "
	f := folded{Title: p.line() + ": this text does not apply in " + here + " today", Note: Sentence{Text: not + st.Answer.Missing + "."}}
	switch {
	case st.Situation == Divided:
		return folded{Title: p.line() + ": this text does not apply in all of " + here, Note: Sentence{Text: st.Answer.Missing + "."}}
	case st.Situation == Suspended:
		f.Title = p.line() + ": this text is suspended in " + here
	case st.Situation == ReplacedBy:
		f.Note = s.replacedBy(p, st)
		f.Note.Text = not + f.Note.Text
	case st.Answer.Outcome == review.TextApplies:
		f.Note = lead(not+"What applies: ", s.textSentence(p, st.Answer), ".")
	}
	return f
}

func idOf(area *review.Commissioner) string {
	if area == nil {
		return ""
	}
	return area.ID
}

// line is "CP-017, version 1.0".
func (p *Policy) line() string { return p.Now.Reference + ", version " + p.Now.Number.String() }

func (l *Library) crumbs(v *review.Version) []view.Link {
	out := []view.Link{{Text: "Policies", Href: "/"}}
	if v.Specialty != "" {
		out = append(out, view.Link{Text: v.Specialty, Href: specialtyHref(v.Specialty)})
	}
	return out
}

func (s *Snapshot) areaOptions(all []Standing, area *review.Commissioner) []areaOption {
	var out []areaOption
	found := area == nil
	for _, st := range all {
		chosen := area != nil && st.Area.ID == area.ID
		found = found || chosen
		out = append(out, areaOption{Slug: st.Area.Slug, Name: st.Area.Short, Chosen: chosen})
	}
	if !found { // an area that the policy is not for, or one that has ended
		out = append(out, areaOption{Slug: area.Slug, Name: area.Short, Chosen: true})
	}
	return out
}

// callouts warn above the card. A suspension is told only to those whom it is about: here is the standing of the chosen
// area, nil for none.
func (s *Snapshot) callouts(p *Policy, all []Standing, here *Standing) []callout {
	var out []callout
	if p.Withdrawn {
		c := callout{Heading: "This policy was withdrawn", Lines: []Sentence{{Text: "It is kept here so that it can be seen what applied. Do not use it for new patients."}}}
		c.Lines = append(c.Lines, s.replacements(p)...)
		out = append(out, c)
	}
	if here != nil && here.Situation == Suspended {
		out = append(out, callout{Heading: "Suspended in " + here.Area.Short, Lines: []Sentence{{Text: "Do not start this treatment under this policy. Ask the commissioner what to do for your patient."}}})
	}
	if !p.Withdrawn && len(all) > 0 && !slices.ContainsFunc(all, func(st Standing) bool { return st.Situation != ReplacedBy }) {
		out = append(out, callout{Heading: "This policy was replaced", Lines: s.replacements(p)})
	}
	return out
}

// replacements say what took over, where and since when.
func (s *Snapshot) replacements(p *Policy) []Sentence {
	type since struct {
		by   *Policy
		from record.Date
	}
	places := map[since][]string{}
	var order []since
	for _, area := range s.AreasOf(p) {
		a := review.Applies(s.places, p.registers, area.ID, s.Today, s.Today)
		by := s.all[a.Interval.Text.Policy]
		if a.Outcome != review.TextApplies || by == nil || by == p {
			continue
		}
		k := since{by, a.Interval.From}
		if places[k] == nil {
			order = append(order, k)
		}
		places[k] = append(places[k], area.Short)
	}
	var out []Sentence
	for _, k := range order {
		out = append(out, Sentence{Text: "Since " + k.from.Words() + " in " + listed(places[k]) + ": ",
			Link: view.Link{Text: k.by.Now.Title, Href: k.by.href()}, After: "."})
	}
	return out
}

func listed(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " and " + list[len(list)-1]
}

// variations are the decisions that adopted an edition with a variation, by area.
func (p *Policy) variations(v *review.Version) []*decision.Decision {
	var out []*decision.Decision
	for _, d := range p.decisions {
		if d.Outcome == decision.Vary && d.Version == root(v.Mark).String() {
			out = append(out, d)
		}
	}
	slices.SortFunc(out, func(a, b *decision.Decision) int { return strings.Compare(b.ID, a.ID) })
	return out
}

// asked is whom to ask about a patient of an area: its commissioner, or the one that took over; nil when several did.
func (s *Snapshot) asked(area *review.Commissioner) *review.Commissioner {
	var seen []string
	for area != nil && area.Ended(s.Today) {
		if len(area.Successors) != 1 || slices.Contains(seen, area.ID) {
			return nil
		}
		seen, area = append(seen, area.ID), s.places[area.Successors[0]]
	}
	return area
}

// outsideOf is for an area, nil for none; v is the version of the policy that applies there, nil for none.
func outsideOf(p *Policy, v *review.Version, area *review.Commissioner) outside {
	o := outside{Heading: "If the patient’s case is exceptional", Asks: "The patient’s case is exceptional"}
	if v != nil {
		if position, ok := v.Position(); !ok || position != review.NotRoutine { // else there are no criteria to meet
			o.Heading, o.Asks = "If the patient does not meet the criteria", "The patient does not meet the criteria"
		}
		o.InsteadHref, o.CasesHref = p.sectionHref(v, review.InsteadKey), p.sectionHref(v, review.ExceptionsKey)
	}
	if area != nil {
		o.Area, o.IFR = area.Short, area.IFR
	}
	return o
}

// sectionHref is the address of a section of an edition, as seen from the policy's own page; "" when it has none.
func (p *Policy) sectionHref(v *review.Version, key string) string {
	if a := anchorOf(v, key); a != "" {
		return p.page(v) + "#" + a
	}
	return ""
}

func codes(v *review.Version) []string {
	var opcs, icd []string
	for _, x := range v.Interventions {
		opcs, icd = append(opcs, x.Codes.OPCS4...), append(icd, x.Codes.ICD10...)
	}
	var out []string
	if len(opcs) > 0 {
		out = append(out, "OPCS-4: "+strings.Join(slices.Compact(opcs), ", "))
	}
	if len(icd) > 0 {
		out = append(out, "ICD-10: "+strings.Join(slices.Compact(icd), ", "))
	}
	return out
}

func guidance(v *review.Version) []string {
	var out []string
	for _, g := range v.Guidance {
		line := strings.TrimSpace(g.Ref + " " + g.Title)
		if g.Departs {
			line += " (this policy departs from it: see the text)"
		}
		out = append(out, line)
	}
	return out
}
