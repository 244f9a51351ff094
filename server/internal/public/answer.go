package public

import (
	"fmt"
	"slices"
	"strconv"

	"concordat/review"
	"concordat/review/decision"
	"concordat/review/record"
	"concordat/web/view"
)

// Answer is the card at the top of a policy: may my patient have it?
type Answer struct {
	Heading    string
	Sentences  []Sentence
	Treatments []Treatment // when the policy's treatments have different positions
	Criteria   []CriteriaGroup
	More       int        // criteria that are not listed
	MoreHref   string     // of the text that has them
	Choose     []Sentence // what applies in each of the area's places
	Outside    bool       // there is something to do for a patient who does not meet the criteria
}

// Treatment is one of several treatments with a position of its own.
type Treatment struct {
	Name     string `json:"name"`
	Position string `json:"position"`
}

// answer is the card for an area.
func (s *Snapshot) answer(p *Policy, st Standing) Answer {
	a := Answer{Heading: "In " + st.Area.Short + ": " + st.short()}
	switch st.Situation {
	case InForce:
		return s.answerInForce(p, st, a)
	case OwnPolicy, NoOwn:
		return s.answerLocal(p, st, a)
	case ReplacedBy:
		a.Sentences = append(a.Sentences, s.replacedBy(p, st))
		return a
	case Divided:
		a.Sentences = []Sentence{{Text: st.Answer.Missing + "."}}
		for _, c := range st.Answer.Choose {
			a.Choose = append(a.Choose, lead("For patients of "+s.placeName(c.Place)+": ", s.textSentence(p, c.Answer), ""))
		}
		return a
	}
	return s.answerMissing(p, st, a)
}

// short is the answer in a few words, to follow "In Brindlewick:".
func (st Standing) short() string {
	if words := st.Position(); words != "" {
		return words
	}
	switch st.Situation {
	case OwnPolicy, NoOwn:
		return "this policy does not apply"
	case ReplacedBy:
		return "another policy has replaced this one"
	case Divided:
		return "it depends on the place"
	case Suspended:
		return "suspended, do not start this treatment"
	case Withdrawn:
		return "withdrawn"
	case Expired:
		return "ended"
	case Unpublished:
		return "not published yet"
	}
	return "nothing is recorded"
}

func (s *Snapshot) answerInForce(p *Policy, st Standing, a Answer) Answer {
	v := st.Version
	a.Outside = true
	a.Treatments = treatments(v)
	if line := approval(v); line != "" {
		a.Sentences = append(a.Sentences, Sentence{Text: line})
	}
	a.Sentences = append(a.Sentences, s.since(p, st))
	if v.Number != p.Now.Number {
		a.Sentences = append(a.Sentences, Sentence{Text: "This is ", Link: view.Link{Text: "version " + v.Number.String(), Href: p.versionHref(v)}, After: ", not the newest."})
	}
	if st.Next != nil {
		a.Sentences = append(a.Sentences, s.next(p, *st.Next))
	}
	a.Sentences = append(a.Sentences, varies(p, st)...)
	a.addCriteria(v, p.page(v), s.joined(v, st.Varied))
	return a
}

// replacedBy says what took over. That may itself be stopped or replaced: what applies is at the end of the chain.
func (s *Snapshot) replacedBy(p *Policy, st Standing) Sentence {
	last := s.Applies(p.ID, st.Area.ID, s.Today, s.Today)
	if last.Outcome == review.TextApplies {
		return lead("Since "+last.Interval.From.Words()+" this applies: ", s.textSentence(p, last), ".")
	}
	return lead("Since "+st.Answer.Interval.From.Words()+" another policy has replaced this one: ", s.textSentence(p, st.Answer), ". "+last.Missing+".")
}

// varies says where an area's text differs from the version.
func varies(p *Policy, st Standing) []Sentence {
	if st.Varied == nil {
		return nil
	}
	var out []Sentence
	last := len(st.Varied.Overlay) - 1
	for n, c := range st.Varied.Overlay {
		x := Sentence{After: ",", Link: view.Link{Text: c.Told(), Href: p.page(st.Version) + "#" + c.Anchor}}
		switch n {
		case 0:
			x.Text = st.Area.Short + " adopted the policy with "
		case last:
			x.Text = "and "
		}
		switch n {
		case last:
			x.After = "."
		case last - 1:
			x.After = ""
		}
		if p.page(st.Version) == "" {
			x.Link.Href = "#" + variationID(st.Varied.ID, n)
		}
		out = append(out, x)
	}
	return out
}

// page is the address of an edition's text as seen from the policy's own page.
func (p *Policy) page(v *review.Version) string {
	if v.Number == p.Now.Number {
		return ""
	}
	return p.versionHref(v)
}

// addCriteria lists the criteria where the position depends on them.
func (a *Answer) addCriteria(v *review.Version, page string, joined decision.Joined) {
	if !slices.ContainsFunc(v.Interventions, func(x review.Intervention) bool { return x.Position.Restricts() || x.Position == review.Evaluation }) {
		return
	}
	a.MoreHref = page + "#text"
	var keys []string
	for _, x := range v.Interventions {
		key := x.Criteria
		if key == "" {
			key = review.CriteriaKey
		}
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	for _, key := range keys {
		list, more := criteria(v, key, page, joined)
		a.Criteria, a.More = append(a.Criteria, list...), a.More+more
	}
}

// treatments lists the treatments of a version when their positions differ.
func treatments(v *review.Version) []Treatment {
	if _, one := v.Position(); one || len(v.Interventions) < 2 {
		return nil
	}
	var out []Treatment
	for _, x := range v.Interventions {
		name := x.Name
		if x.Indication != "" {
			name += " for " + x.Indication
		}
		out = append(out, Treatment{Name: name, Position: x.Position.Plain()})
	}
	return out
}

// approval says whether somebody must be asked first.
func approval(v *review.Version) string {
	pos, one := v.Position()
	switch {
	case !one:
		return ""
	case pos == review.Restricted, pos == review.Routine:
		return "Prior approval is not needed."
	case pos == review.PriorApproval:
		return "Ask for approval before the treatment."
	}
	return ""
}

// since says from when the text applies, and what earlier patients have.
func (s *Snapshot) since(p *Policy, st Standing) Sentence {
	x := st.Answer.Interval
	out := Sentence{Text: x.Rule.Words() + " " + x.From.Words() + "."}
	before, from, ok := s.Before(p, st)
	if !ok {
		return out
	}
	out.Text += " "
	out.Link = view.Link{Text: "Referred earlier?", Href: appliesHref(p, st.Area, from.AddDays(-1))}
	if l := p.locals[before.Interval.Text.Local]; l != nil && l.Without == review.HasPolicy {
		out.After = " " + s.localName(l) + " applies."
	}
	return out
}

func appliesHref(p *Policy, area *review.Commissioner, referred record.Date) string {
	y, m, d := referred.Parts()
	return fmt.Sprintf("/applies?policy=%s&area=%s&referred-day=%d&referred-month=%d&referred-year=%d", p.Slug, area.Slug, d, m, y)
}

// next says what is to begin.
func (s *Snapshot) next(p *Policy, x review.Interval) Sentence {
	rule := "For patients referred on or after " + x.From.Words()
	if x.Rule == review.TreatedFrom {
		rule = "From " + x.From.Words() + ", for all patients"
	}
	what := s.textSentence(p, review.Answer{Outcome: review.TextApplies, Interval: x})
	return lead(rule+": ", what, ".")
}

func lead(before string, s Sentence, after string) Sentence {
	if s.Link.Href == "" {
		return Sentence{Text: before + s.Text + after}
	}
	return Sentence{Text: before + s.Text, Link: s.Link, After: s.After + after}
}

func (s *Snapshot) answerLocal(p *Policy, st Standing, a Answer) Answer {
	intro := "What applies there: "
	if st.Situation == NoOwn {
		intro = st.Area.Short + " has "
	}
	a.Sentences = append(a.Sentences, lead(intro, s.localSentence(st.Local), "."))
	a.Sentences = append(a.Sentences, s.why(p, st)...)
	return a
}

// why says why this policy is not what applies in an area.
func (s *Snapshot) why(p *Policy, st Standing) []Sentence {
	switch {
	case st.Next != nil:
		return []Sentence{s.next(p, *st.Next)}
	case len(st.Waiting) > 0:
		return []Sentence{{Text: fmt.Sprintf("%s adopted this policy. It starts with “%s”, and that date is not known yet.", st.Area.Short, st.Waiting[0].Event)}}
	case st.Decision != nil && st.Decision.Outcome == decision.Decline:
		return []Sentence{{Text: st.Area.Short + " decided not to adopt this policy."}}
	case st.Decision != nil && st.Decision.Outcome == decision.Defer:
		return []Sentence{{Text: st.Area.Short + " put its decision on this policy off."}}
	}
	return []Sentence{{Text: st.Area.Short + " has not decided on this policy yet."}}
}

func (s *Snapshot) answerMissing(p *Policy, st Standing, a Answer) Answer {
	a.Sentences = []Sentence{{Text: st.Answer.Missing + "."}}
	switch st.Situation {
	case Suspended:
		a.Sentences[0].Text += " Ask the commissioner what to do for your patient."
	case Missing:
		a.Sentences = append(a.Sentences, s.why(p, st)...)
	}
	return a
}

// answerAnywhere is the card while no area is chosen: what most areas have, and how many differ.
func (s *Snapshot) answerAnywhere(p *Policy, all []Standing) Answer {
	counts := groups(p, all)
	most := func(group string) bool { return counts[group]*2 > len(all) }
	a := Answer{Outside: true}
	here := position(p.Now)
	switch {
	case most(replaced):
		return Answer{Heading: "In most areas: another policy has replaced this one", Sentences: s.replacements(p)}
	case len(all) > 0 && counts[inForce] == 0:
		return Answer{Heading: "In no area does this text apply today", Sentences: append(suspended(all), Sentence{Text: "Choose the area to see its answer."})}
	case counts[inForce] == len(all) && len(all) > 0:
		a.Heading = "In all areas: " + here
	case most(inForce):
		a.Heading = "In most areas: " + here
	default:
		a.Heading = "Where it applies: " + here
	}
	differ := len(all) - counts[inForce]
	switch {
	case len(all) == 0:
		a.Sentences = []Sentence{{Text: "No area has adopted it yet."}}
	case differ == 0:
		a.Sentences = []Sentence{{Text: "Choose the area for its date and whom to ask."}}
	default:
		a.Sentences = []Sentence{{Text: strconv.Itoa(differ) + " of " + strconv.Itoa(len(all)) + " areas differ today. Choose the area to see its answer."}}
	}
	a.Sentences = append(a.Sentences, suspended(all)...)
	a.Treatments = treatments(p.Now)
	if line := approval(p.Now); line != "" {
		a.Sentences = append(a.Sentences, Sentence{Text: line})
	}
	a.addCriteria(p.Now, "", s.joined(p.Now, nil))
	return a
}

// suspended says where the treatment must not be started.
func suspended(all []Standing) []Sentence {
	var stopped []string
	for _, st := range all {
		if st.Situation == Suspended {
			stopped = append(stopped, st.Area.Short)
		}
	}
	if len(stopped) == 0 {
		return nil
	}
	return []Sentence{{Text: "It is suspended in " + listed(stopped) + ": do not start this treatment under this policy there."}}
}

const (
	inForce  = "in force"
	replaced = "other " + string(ReplacedBy)
)

// groups counts areas by what they have.
func groups(p *Policy, all []Standing) map[string]int {
	counts := map[string]int{}
	for _, st := range all {
		counts[st.group(p)]++
	}
	return counts
}

// group tells areas apart: those that have the newest text as it is, and the rest by what they have.
func (st Standing) group(p *Policy) string {
	if st.hasNewest(p) {
		return inForce
	}
	return "other " + string(st.Situation) + st.Position()
}

func position(v *review.Version) string {
	if p, ok := v.Position(); ok {
		return p.Plain()
	}
	if len(v.Interventions) == 0 {
		return "this policy applies"
	}
	return "it depends on the treatment"
}
