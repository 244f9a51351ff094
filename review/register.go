package review

import (
	"fmt"
	"slices"
	"strings"

	"concordat/review/record"
)

// TextRef names the text that applies: a version, a local policy, or none.
type TextRef struct {
	Policy  string `bson:"policy"`  // of the version; "" otherwise
	Version Number `bson:"version"` // 0.0 unless it is a version
	Local   string `bson:"local"`   // id of a local policy
	None    string `bson:"none"`    // why there is none: withdrawn, suspended; "" when there is a text
}

// Why no text applies.
const (
	NoneWithdrawn = "withdrawn"
	NoneSuspended = "suspended"
)

// ReferralRule says which patients an interval is about.
type ReferralRule string

// The rules.
const (
	// ReferredFrom: patients referred on or after the first day. Earlier referrals keep the text they had.
	ReferredFrom ReferralRule = "referred"
	// TreatedFrom: all patients from the first day on, whenever they were referred.
	TreatedFrom ReferralRule = "treated"
)

// Words is the rule as a page shows it, to stand before a date.
func (r ReferralRule) Words() string {
	if r == TreatedFrom {
		return "For all patients, whenever referred, from"
	}
	return "For patients referred on or after"
}

// Interval is a stretch of days with one text: From <= day < To, To 0 while open.
type Interval struct {
	From   record.Date  `bson:"from"`
	To     record.Date  `bson:"to"`
	Text   TextRef      `bson:"text"`
	Rule   ReferralRule `bson:"rule"`
	Source record.Ref   `bson:"source"` // the decision, the local policy, or the act that made it
	Event  string       `bson:"event"`  // the named event that its first day hung on, such as "start of the new contract"
}

// Pending is an adoption that starts with a named event whose date is not yet known.
type Pending struct {
	Event  string       `bson:"event"`
	Text   TextRef      `bson:"text"`
	Rule   ReferralRule `bson:"rule"`
	Source record.Ref   `bson:"source"`
}

// Suspension is an emergency stop. Somebody else approves it afterwards.
type Suspension struct {
	From     record.Date `bson:"from"`
	By       string      `bson:"by"`
	Approved string      `bson:"approved"` // account of the second person; "" until then
	Lifted   record.Date `bson:"lifted"`
	Before   Interval    `bson:"before"` // what applied, and applies again when it is lifted
}

// Register says for one policy and one commissioner which text applied when. Its intervals are in order and never
// overlap. That a text was superseded is derived from it, never written on the old text.
type Register struct {
	record.Head  `bson:",inline"`
	Policy       string       `bson:"policy"`
	Commissioner string       `bson:"commissioner"`
	Intervals    []Interval   `bson:"intervals"`
	Pending      []Pending    `bson:"pending"`
	Suspensions  []Suspension `bson:"suspensions"`
}

// Kind names the kind of document.
func (*Register) Kind() string { return "register" }

// RegisterID is the id of the register of a policy in one commissioner's area.
func RegisterID(policy, commissioner string) string { return policy + ":" + commissioner }

// add puts an interval after those that are there: an open one before it ends where it begins. It is refused when
// another interval begins on the same day or later, for then the two would say different things of the same patient.
func (r *Register) add(n Interval) error {
	if n.From == 0 {
		return record.Refuse("R-01", "The date from which it applies is missing", "Without it nobody can tell which patients it is for.")
	}
	if n.To != 0 && n.To <= n.From {
		return record.Refuse("R-02", "It would end before it begins", "")
	}
	for i, x := range r.Intervals {
		if x.From >= n.From {
			return record.Refuse("R-03", fmt.Sprintf("Another text applies from %s already", x.From.Words()),
				"For a patient referred on that day there would be two answers. Correct the other date first.")
		}
		if x.To == 0 || x.To > n.From {
			r.Intervals[i].To = n.From
		}
	}
	r.Intervals = append(r.Intervals, n)
	return nil
}

// Adoption is what a decision puts into the register.
type Adoption struct {
	Policy       string
	Version      Number
	Commissioner string
	From         record.Date // 0 when Event is named and has no date yet
	Event        string
	Rule         ReferralRule
	Source       record.Ref
}

func (r *Register) adopt(a Adoption) (record.Event, error) {
	text := TextRef{Policy: a.Policy, Version: a.Version}
	event := record.Event{Action: "register.adopted", Relied: []record.Ref{a.Source}, Public: true}.With("policy", a.Policy).With("version", a.Version)
	r.Pending = slices.DeleteFunc(r.Pending, func(p Pending) bool { return p.Source.ID == a.Source.ID })
	if a.From == 0 {
		if strings.TrimSpace(a.Event) == "" {
			return record.Event{}, record.Refuse("R-01", "Give a date, or name the event that starts it", "Without it nobody can tell which patients it is for.")
		}
		r.Pending = append(r.Pending, Pending{Event: strings.TrimSpace(a.Event), Text: text, Rule: a.Rule, Source: a.Source})
		return event.With("date", "missing"), nil
	}
	err := r.add(Interval{From: a.From, Text: text, Rule: a.Rule, Source: a.Source, Event: strings.TrimSpace(a.Event)})
	return event.With("from", a.From), err
}

// giveDate turns a pending adoption into an interval.
func (r *Register) giveDate(source string, from record.Date) (record.Event, error) {
	i := slices.IndexFunc(r.Pending, func(p Pending) bool { return p.Source.ID == source })
	if i < 0 {
		return record.Event{}, fmt.Errorf("register %s has no adoption waiting for its date from %s: %w", r.ID, source, record.ErrNotFound)
	}
	p := r.Pending[i]
	if err := r.add(Interval{From: from, Text: p.Text, Rule: p.Rule, Source: p.Source, Event: p.Event}); err != nil {
		return record.Event{}, err
	}
	r.Pending = slices.Delete(r.Pending, i, i+1)
	return record.Event{Action: "register.dated", Relied: []record.Ref{p.Source}, Public: true}.With("from", from), nil
}

// local notes what the commissioner has today.
func (r *Register) local(l *LocalPolicy) (record.Event, error) {
	from := l.Effective
	if from == 0 {
		from = record.Day(1948, 7, 5) // the service's first day stands for "since before records"
	}
	n := Interval{From: from, Text: TextRef{Local: l.ID}, Rule: ReferredFrom, Source: record.RefTo(l)}
	event := record.Event{Action: "register.local", Relied: []record.Ref{n.Source}, Public: true}.With("from", from)
	if i := slices.IndexFunc(r.Intervals, func(x Interval) bool { return x.Text.Local == l.ID }); i >= 0 {
		r.Intervals[i].Source = n.Source
		return event, r.move(i, from)
	}
	return event, r.insert(n)
}

// insert puts a local policy where its date says, before later texts if there are any: history may be learned late.
func (r *Register) insert(n Interval) error {
	i, found := slices.BinarySearchFunc(r.Intervals, n.From, func(x Interval, d record.Date) int { return int(x.From - d) })
	if found {
		return record.Refuse("R-03", fmt.Sprintf("Another text applies from %s already", n.From.Words()),
			"For a patient referred on that day there would be two answers.")
	}
	if i < len(r.Intervals) {
		n.To = r.Intervals[i].From
	}
	if i > 0 && (r.Intervals[i-1].To == 0 || r.Intervals[i-1].To > n.From) {
		r.Intervals[i-1].To = n.From
	}
	r.Intervals = slices.Insert(r.Intervals, i, n)
	return nil
}

// move changes the first day of an interval within its neighbours.
func (r *Register) move(i int, from record.Date) error {
	if i > 0 && r.Intervals[i-1].From >= from || r.Intervals[i].To != 0 && from >= r.Intervals[i].To {
		return record.Refuse("R-03", "The date overlaps another text", "For some patients there would be two answers.")
	}
	if i > 0 && r.Intervals[i-1].To == r.Intervals[i].From {
		r.Intervals[i-1].To = from
	}
	r.Intervals[i].From = from
	return nil
}

// supersede ends what applies, because another policy covers the treatment from that day.
func (r *Register) supersede(from record.Date, rule ReferralRule, by TextRef, source record.Ref) (record.Event, error) {
	event := record.Event{Action: "register.superseded", Relied: []record.Ref{source}, Public: true}.With("from", from)
	return event, r.add(Interval{From: from, Text: by, Rule: rule, Source: source})
}

// withdraw takes the policy out of force from a day on, with nothing in its place.
func (r *Register) withdraw(from record.Date, source record.Ref) (record.Event, error) {
	if err := r.inForce(from); err != nil {
		return record.Event{}, err
	}
	event := record.Event{Action: "register.withdrawn", Public: true}.With("from", from)
	return event, r.add(Interval{From: from, Text: TextRef{None: NoneWithdrawn}, Rule: ReferredFrom, Source: source})
}

// suspend stops the policy at once, for all patients. A second person approves it afterwards.
func (r *Register) suspend(from record.Date, by string, source record.Ref) (record.Event, error) {
	if err := r.inForce(from); err != nil {
		return record.Event{}, err
	}
	before := r.Intervals[len(r.Intervals)-1]
	if err := r.add(Interval{From: from, Text: TextRef{None: NoneSuspended}, Rule: TreatedFrom, Source: source}); err != nil {
		return record.Event{}, err
	}
	r.Suspensions = append(r.Suspensions, Suspension{From: from, By: by, Before: before})
	return record.Event{Action: "register.suspended", Public: true}.With("from", from), nil
}

// approve is the second approval of the last suspension, by somebody other than who suspended.
func (r *Register) approve(by string) (record.Event, error) {
	s, err := r.suspended()
	if err != nil {
		return record.Event{}, err
	}
	if s.Approved != "" {
		return record.Event{}, record.Refuse("R-05", "The suspension was approved already", "")
	}
	if s.By == by {
		return record.Event{}, record.Refuse("R-06", "Somebody else must approve it", "A suspension takes treatment away at once, so two people answer for it.")
	}
	s.Approved = by
	return record.Event{Action: "register.suspension-approved"}.With("from", s.From), nil
}

// lift ends the last suspension: what applied before applies again.
func (r *Register) lift(from record.Date, source record.Ref) (record.Event, error) {
	s, err := r.suspended()
	if err != nil {
		return record.Event{}, err
	}
	again := s.Before
	again.From, again.To, again.Rule, again.Source, again.Event = from, 0, TreatedFrom, source, ""
	if err := r.add(again); err != nil {
		return record.Event{}, err
	}
	s.Lifted = from
	return record.Event{Action: "register.lifted", Public: true}.With("from", from), nil
}

func (r *Register) suspended() (*Suspension, error) {
	if n := len(r.Suspensions); n > 0 && r.Suspensions[n-1].Lifted == 0 {
		return &r.Suspensions[n-1], nil
	}
	return nil, record.Refuse("R-07", "It is not suspended", "")
}

// inForce refuses when on that day there is no text that could be ended.
func (r *Register) inForce(on record.Date) error {
	if n := len(r.Intervals); n > 0 && r.Intervals[n-1].From < on && r.Intervals[n-1].Text.None == "" {
		return nil
	}
	return record.Refuse("R-04", "On that day nothing is in force here that could be ended", "")
}
