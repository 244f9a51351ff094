package demo

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"concordat/review"
	"concordat/review/decision"
	"concordat/review/record"
)

// group is a number of policies that go through the programme together. A date of 0 is a step that has not come.
type group struct {
	begun, saved, final, meeting, effective, published record.Date
	size                                               int // how many of its policies were met so far
}

// fact is a policy told in a few lines, from which the sheets are written that somebody would have written for it.
type fact struct {
	*sheet
	group
	id, title, specialty, lead string
	treatment, indication      string
	position                   review.Position
	opcs4, icd10               string
	asked                      string // why people are asked about it, or not
	order                      int    // in its group: people do one policy after the other
}

// facts reads the policies of texts/facts.md. A part is a policy: "== reference | title | specialty | lead | group",
// then fields. Criteria and lists of places are divided by semicolons.
func (w *world) facts() ([]*tale, error) {
	s, err := readSheet("texts/facts.md")
	if err != nil {
		return nil, err
	}
	groups := s.groups()
	var tales []*tale
	for _, p := range s.parts {
		x := newFact(p, groups)
		x.asked = s.one("Asked " + x.one("Need"))
		t, err := w.tale(x)
		if err != nil {
			return nil, err
		}
		tales = append(tales, t)
	}
	return tales, s.err()
}

// groups are the fields Group, by name: the first day of each step.
func (s *sheet) groups() map[string]*group {
	out := map[string]*group{}
	for _, row := range s.all("Group") {
		out[row[0]] = &group{begun: s.day(row[1]), saved: s.day(row[2]), final: s.day(row[3]), meeting: s.day(row[4]),
			effective: s.day(row[5]), published: s.day(row[6])}
	}
	return out
}

func newFact(p part, groups map[string]*group) fact {
	head, f := cells(p.name), parseSheet(p.text)
	g, t := groups[head[4]], f.all("Treatment")[0]
	f.name = head[0]
	x := fact{sheet: f, group: *g, id: head[0], title: head[1], specialty: head[2], lead: head[3], order: g.size,
		treatment: t[0], indication: t[1], position: review.Position(t[2]), opcs4: t[3], icd10: t[4]}
	g.size++
	return x
}

func (w *world) tale(x fact) (*tale, error) {
	lead, err := w.actor(x.lead)
	if err != nil {
		return nil, err
	}
	t := &tale{id: x.id, lead: lead, sheets: []*sheet{x.draft()}, locals: x.localSheets()}
	t.begun = t.sheets[0].moment(x.turn(x.begun))
	if x.meeting != 0 {
		t.meeting = x.meeting.String()
	}
	if x.meeting != 0 && x.meeting < Today {
		t.decided = w.decided(x)
	}
	t.sequel = x.again()
	return t, x.err()
}

// turn is the day on which one of several policies has its turn, in the form that sheets have: its working day after
// the first, for people do one after the other.
func (x fact) turn(first record.Date) string {
	for n := x.order; n > 0; {
		if first = first.AddDays(1); open(first) {
			n--
		}
	}
	return first.String()
}

// open tells whether the office is: not on Saturdays and Sundays, nor between Christmas and the New Year.
func open(d record.Date) bool {
	day := d.Start().In(record.London()).Weekday()
	return day != time.Saturday && day != time.Sunday && (d < 20261225 || d > 20270101)
}

// draft is the sheet of its only save: what a lead would have filled in.
func (x fact) draft() *sheet {
	s := &sheet{name: "1", fields: []field{{"Kind", "clinical"}, {"Programme", "fifteen-places"}, {"Saved", x.turn(x.saved)}, {"Title", x.title},
		{"Specialty", x.specialty}, {"Intervention", strings.Join([]string{x.name(), x.indication, string(x.position), x.criteriaKey(), x.opcs4, x.icd10}, " | ")}}}
	add := func(key, value string) { s.fields = append(s.fields, field{key, value}) }
	if g := x.one("Guidance"); g != "" {
		add("Guidance", g+" | follows")
	}
	if x.effective != 0 {
		add("Effective", x.effective.String())
		add("Review", x.effective.AddDays(3*365).String())
		add("Issue", "draft | "+x.turn(x.saved)+" 15:00 | First draft, from the local policies and the evidence")
	}
	if x.final != 0 {
		add("Issue", "final | "+x.turn(x.final)+" | Comments of clinicians taken in")
		add("Locals checked", "yes")
	}
	if x.published != 0 {
		add("Publish", "1.0 | "+x.published.String()+" | "+x.published.String())
	}
	if x.asked != "" {
		add("Need", x.one("Need")+" | "+x.turn(x.saved)+" 16:00 | "+x.asked)
	}
	s.parts = x.sections()
	return s
}

// name is the treatment as a heading has it.
func (x fact) name() string {
	name := strings.TrimPrefix(strings.TrimPrefix(x.treatment, "a "), "an ")
	return strings.ToUpper(name[:1]) + name[1:]
}

func (x fact) criteriaKey() string {
	if x.position.Restricts() {
		return review.CriteriaKey
	}
	return ""
}

// localSheets are the local policies of the fields Local: place, date, position, reference and text.
func (x fact) localSheets() (out []*sheet) {
	for _, row := range x.all("Local") {
		out = append(out, &sheet{name: placeID(row[0]), body: row[4], fields: []field{{"Title", x.title}, {"Effective", row[1]}, {"Position", row[2]},
			{"Reference", row[3]}, {"OPCS-4", x.opcs4}, {"Source", "List of policies of " + row[0]}}})
	}
	return out
}

// decided are the parts of a meeting's sheet: what each place decided. Those whom no field names adopted, unless
// the field Adopted names those who did; who is left has still to decide.
func (w *world) decided(x fact) (parts []part) {
	left := slices.Clone(w.current)
	say := func(places []string, lines ...string) {
		left = slices.DeleteFunc(left, func(id string) bool { return slices.Contains(places, id) })
		number := fmt.Sprintf("Minute: JC %s/%d", strings.ReplaceAll(x.meeting.String()[2:7], "-", "/"), x.order+3)
		parts = append(parts, part{x.id + ": " + strings.Join(places, "; "), strings.Join(append(lines, number), "\n")})
	}
	adopted := []string{"Effective: " + x.effective.String(), "Rule: " + decision.Referred, "Due regard: " + x.one("Due")}
	for _, row := range x.all("Varied") {
		say(w.among(row[0]), append(adopted, "Outcome: vary", "Change: replace | "+row[1]+" | "+row[2], "Reason: "+row[3])...)
	}
	for _, row := range x.all("Deferred") {
		say(w.among(row[0]), "Outcome: defer", "Reason: "+row[1])
	}
	for _, row := range x.all("Declined") {
		say(w.among(row[0]), "Outcome: decline", "Reason: "+row[1], "Due regard: Keeping the present policy takes nothing from anybody.")
	}
	left = slices.DeleteFunc(left, func(id string) bool { return slices.Contains(w.among(x.one("Waiting")), id) })
	if names := x.one("Adopted"); names != "" {
		left = w.among(names)
	}
	say(slices.Clone(left), append(adopted, "Outcome: adopt")...)
	return parts
}
