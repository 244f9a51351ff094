package review

import (
	"regexp"
	"strings"
)

func emptySections(d draft) (list []Finding) {
	for _, t := range d.kind.Sections {
		if t.Required && t.Key != ExceptionsKey && d.words(t.Key) == "" {
			list = append(list, Finding{Section: t.Key, About: t.Key, Message: "“" + t.Title + "” is empty"})
		}
	}
	return list
}

func noPosition(d draft) (list []Finding) {
	if !d.kind.Position {
		return nil
	}
	if len(d.Interventions) == 0 {
		return []Finding{{Field: "interventions", Message: "There is no intervention with a position yet"}}
	}
	for _, x := range d.Interventions {
		if x.Position == "" || !x.Position.known() {
			list = append(list, Finding{Field: "interventions", About: x.Name, Message: x.called() + " has no position"})
		}
	}
	return list
}

// called is the intervention as a message names it.
func (x Intervention) called() string {
	if name := strings.TrimSpace(x.Name); name != "" {
		return "“" + name + "”"
	}
	return "An intervention without a name"
}

func noCriteria(d draft) (list []Finding) {
	for _, x := range d.Interventions {
		key := x.Criteria
		if key == "" {
			key = CriteriaKey
		}
		if x.Position.Restricts() && d.words(key) == "" {
			list = append(list, Finding{Section: key, About: x.Name, Message: x.called() + " is restricted, but there are no criteria"})
		}
	}
	return list
}

func noCodes(d draft) (list []Finding) {
	for _, x := range d.Interventions {
		if x.Position.Restricts() && x.Codes.Empty() {
			list = append(list, Finding{Field: "interventions", About: x.Name, Message: x.called() + " is restricted, but has no codes"})
		}
	}
	return list
}

func badCodes(d draft) (list []Finding) {
	for _, x := range d.Interventions {
		for _, p := range x.Codes.wrong() {
			list = append(list, Finding{Field: "interventions", About: x.Name + ":" + p.code, Message: p.message, Words: p.code})
		}
	}
	return list
}

var exceptional = regexp.MustCompile(`(?i)individual funding request|\bIFRs?\b|exceptional`)

func noExceptions(d draft) []Finding {
	if !d.kind.Template(ExceptionsKey).Required || exceptional.MatchString(d.words(ExceptionsKey)) {
		return nil
	}
	return []Finding{{Section: ExceptionsKey, About: ExceptionsKey, Message: "There is no clause on exceptional cases (individual funding requests)"}}
}

func departsUnsaid(d draft) (list []Finding) {
	for _, g := range d.Guidance {
		if g.Departs && !g.mentioned(d.words(GuidanceKey)) {
			list = append(list, Finding{Section: GuidanceKey, About: g.Ref, Message: "The policy departs from " + g.called() + ", but “" + d.title(GuidanceKey) + "” does not say so"})
		}
	}
	return list
}

func (d draft) title(key string) string {
	if s := d.Section(key); s.Title != "" {
		return s.Title
	}
	return d.kind.Template(key).Title
}

func guidanceUnsaid(d draft) (list []Finding) {
	text := d.Markdown()
	for _, g := range d.Guidance {
		if !g.Departs && !g.mentioned(text) {
			list = append(list, Finding{Field: "guidance", About: g.Ref, Message: g.called() + " is listed, but the text never mentions it"})
		}
	}
	return list
}

func (g Guidance) called() string { return strings.TrimSpace(g.Ref + " " + g.Title) }

var guidanceCode = regexp.MustCompile(`(?i)\b([A-Z]{2,5})\s*(\d{1,4})\b`)

// mentioned tells whether a text names the guidance, by its code however spaced, its whole reference or its title.
func (g Guidance) mentioned(text string) bool {
	text = Fold(text)
	for _, m := range guidanceCode.FindAllStringSubmatch(g.Ref, -1) {
		if code, err := regexp.Compile(`(?i)\b` + m[1] + `\s*` + m[2] + `\b`); err == nil && code.MatchString(text) {
			return true
		}
	}
	ref, title := Fold(g.Ref), Fold(g.Title)
	return ref != "" && strings.Contains(text, ref) || title != "" && strings.Contains(text, title)
}

var appraisal = regexp.MustCompile(`(?i)\b(TA|HST)\s*\d+\b|technology appraisal|highly specialised technolog`)

// appraisalRefused finds appraisals where every intervention is refused; appraisalDoubtful where some are, since
// only a person can say which of them the appraisal is about.
func appraisalRefused(d draft) []Finding {
	if refused := d.refused(); refused == 0 || refused < len(d.Interventions) {
		return nil
	}
	return d.appraisals("the position is “" + NotRoutine.Words() + "”")
}

func appraisalDoubtful(d draft) []Finding {
	if refused := d.refused(); refused == 0 || refused == len(d.Interventions) {
		return nil
	}
	return d.appraisals("one of the interventions is not routinely commissioned")
}

func (d draft) refused() (n int) {
	for _, x := range d.Interventions {
		if x.Position == NotRoutine {
			n++
		}
	}
	return n
}

func (d draft) appraisals(but string) (list []Finding) {
	for _, g := range d.Guidance {
		if appraisal.MatchString(g.Ref + " " + g.Title) {
			list = append(list, Finding{Field: "guidance", About: g.Ref, Message: g.called() + " is a technology appraisal, but " + but})
		}
	}
	return list
}
