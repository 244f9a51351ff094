package review

import (
	"fmt"
	"slices"
	"strings"

	"concordat/review/record"
)

// Adoption is what a decision puts into the register.
type Adoption struct {
	Policy       string
	Version      Number
	Commissioner string
	From         record.Date // 0 when Event is named and has no date yet
	Event        string
	Rule         ReferralRule
	Source       record.Ref  // the decision
	Decided      record.Date // its day
}

// SinceRecords stands for "since before records": the health service's first day.
const SinceRecords record.Date = 19480705

// adopt puts an adopted version into the register, or among what waits for its date. What the same decision put
// there before is replaced. expires is the text's own end, 0 for none.
func (r *Register) adopt(a Adoption, expires record.Date) (record.Event, error) {
	text := TextRef{Policy: a.Policy, Version: a.Version}
	what := strings.TrimSpace(a.Event)
	event := record.Event{Action: "register.adopted", Relied: []record.Ref{a.Source}, Alters: record.PublicOf(r.Policy)}.With("policy", a.Policy).With("version", a.Version)
	var faults record.Faults
	faults.Add(a.Rule != ReferredFrom && a.Rule != TreatedFrom, "rule", "Choose which patients it is for")
	faults.Add(len([]rune(what)) > 200, "event", "The event must be described in 200 characters or fewer")
	if a.From == 0 && what == "" {
		faults = append(faults, record.Fault{Field: "from", Rule: "R-01", Message: "Enter the date, or name the event that starts it",
			Why: "Without it nobody can tell which patients it is for."})
	}
	if err := faults.Err(); err != nil {
		return record.Event{}, err
	}
	r.forget(a.Source)
	if a.From == 0 {
		r.Pending = append(r.Pending, Pending{Event: what, Text: text, Rule: a.Rule, Source: a.Source, Decided: a.Decided, Expires: expires})
		r.weigh()
		return event.With("date", "missing"), nil
	}
	err := r.add(Interval{From: a.From, Text: text, Rule: a.Rule, Source: a.Source, Event: what, Decided: a.Decided, Expires: expires})
	return event.With("from", a.From), err
}

// forget takes out what a decision put into the register before it was corrected.
func (r *Register) forget(source record.Ref) {
	same := func(x record.Ref) bool { return x.Kind == source.Kind && x.ID == source.ID }
	r.Pending = slices.DeleteFunc(slices.Clone(r.Pending), func(p Pending) bool { return same(p.Source) })
	r.weigh()
	r.remove(func(x Interval) bool { return same(x.Source) })
}

// giveDate turns a pending adoption into an interval, or moves one whose named event came on another day.
func (r *Register) giveDate(source string, from record.Date) (record.Event, error) {
	p, ok := r.dated(source)
	if !ok {
		return record.Event{}, fmt.Errorf("register %s has no adoption that waits for a date from %s: %w", r.ID, source, record.ErrNotFound)
	}
	if from == 0 {
		return record.Event{}, record.Faults{{Field: "from", Rule: "R-01", Message: "Enter the date"}}
	}
	if from < p.Decided {
		return record.Event{}, record.Faults{{Field: "from", Rule: "R-12", Message: "It was decided on " + p.Decided.Words() + ". Enter that date or a later one",
			Why: "A decision cannot apply from before the day on which it was made."}}
	}
	action := "register.dated"
	if r.holds(p.Source) {
		action = "register.redated"
	}
	r.forget(p.Source)
	for _, x := range r.Intervals {
		if x.Text.Policy == p.Text.Policy && x.Text.Version.Compare(p.Text.Version) > 0 && x.From <= from {
			return record.Event{}, record.Faults{{Field: "from", Rule: "R-08", Message: fmt.Sprintf("Version %s applies from %s, before that date", x.Text.Version, x.From.Words()),
				Why: "An older version cannot take the place of a newer one only because its date was late. Decide again if it should."}}
		}
	}
	if err := r.insert(Interval{From: from, Text: p.Text, Rule: p.Rule, Source: p.Source, Event: p.Event, Decided: p.Decided, Expires: p.Expires}); err != nil {
		return record.Event{}, err
	}
	return record.Event{Action: action, Relied: []record.Ref{p.Source}, Alters: record.PublicOf(r.Policy)}.With("from", from), nil
}

// dated finds what waits, or waited, for a named event.
func (r *Register) dated(source string) (Pending, bool) {
	for _, p := range r.Pending {
		if p.Source.ID == source {
			return p, true
		}
	}
	for _, x := range r.Intervals {
		if x.Source.ID == source && x.Event != "" {
			return Pending{Event: x.Event, Text: x.Text, Rule: x.Rule, Source: x.Source, Decided: x.Decided, Expires: x.Expires}, true
		}
	}
	return Pending{}, false
}

// started tells whether the date of a decision's named event was given.
func (r *Register) started(source string) bool {
	return slices.ContainsFunc(r.Intervals, func(x Interval) bool { return x.Source.ID == source && x.Event != "" })
}

// supersede ends what applies, because another policy covers the treatment from that day. Where a third one has done
// so by then, that stands: the one that took over leads on to whatever took over from it.
func (r *Register) supersede(n Interval) (record.Event, error) {
	r.forget(n.Source)
	event := record.Event{Action: "register.superseded", Relied: []record.Ref{n.Source}, Alters: record.PublicOf(r.Policy)}.
		With("policy", n.Text.Policy).With("version", n.Text.Version).With("from", n.From)
	if r.taken(n) {
		return event, nil
	}
	return event, r.add(n)
}

// taken tells whether a third policy had taken over here when n begins.
func (r *Register) taken(n Interval) bool {
	var at TextRef
	for _, x := range r.Intervals {
		if x.From <= n.From && (x.Source.Kind != n.Source.Kind || x.Source.ID != n.Source.ID) {
			at = x.Text
		}
	}
	return at.Policy != "" && at.Policy != r.Policy && at.Policy != n.Text.Policy
}

// local notes what the commissioner has today. Another local text from the same day is replaced: it was noted wrongly.
func (r *Register) local(l *LocalPolicy) (record.Event, error) {
	from := l.Effective
	if from == 0 {
		from = SinceRecords
	}
	n := Interval{From: from, Text: TextRef{Local: l.ID}, Rule: ReferredFrom, Source: record.RefTo(l)}
	event := record.Event{Action: "register.local", Relied: []record.Ref{n.Source}, Alters: record.PublicOf(r.Policy)}
	if l.Effective != 0 {
		event = event.With("from", from)
	}
	r.remove(func(x Interval) bool { return x.Text.Local != "" && (x.Text.Local == l.ID || x.From == from) })
	i, found := slices.BinarySearchFunc(r.Intervals, from, func(x Interval, d record.Date) int { return int(x.From - d) })
	if found || i > 0 && !r.Intervals[i-1].Text.Version.Zero() {
		return record.Event{}, record.Faults{{Field: "effective", Rule: "R-09", Message: "An adopted policy applies on that date already. Enter an earlier date",
			Why: "What a meeting adopted is replaced only by another decision, so that it can be seen who decided."}}
	}
	return event, r.insert(n)
}

// withdraw takes the policy out of force from a day on, with nothing in its place. Versions that were to begin later
// do not begin. inForce tells whether a text of the policy applies there on that day, own or inherited.
func (r *Register) withdraw(from, today record.Date, inForce bool) (record.Event, error) {
	if err := ends(from, today, inForce); err != nil {
		return record.Event{}, err
	}
	r.remove(func(x Interval) bool { return x.From >= from && x.From > today && x.Text.Policy == r.Policy })
	event := record.Event{Action: "register.withdrawn", Alters: record.PublicOf(r.Policy)}.With("from", from)
	return event, r.add(Interval{From: from, Text: TextRef{None: NoneWithdrawn}, Rule: ReferredFrom, Source: r.act()})
}

// act names the event that is being made.
func (r *Register) act() record.Ref {
	return record.Ref{Kind: r.Kind(), ID: r.ID, Revision: r.Revision + 1}
}

// suspend stops the policy at once, for all patients. A second person approves it afterwards.
func (r *Register) suspend(from, today record.Date, by string, inForce bool) (record.Event, error) {
	if err := ends(from, today, inForce); err != nil {
		return record.Event{}, err
	}
	if _, already := r.Suspended(); already {
		return record.Event{}, record.Refuse("R-05", "It is suspended already", "")
	}
	if n := len(r.Suspensions); n > 0 && from < r.Suspensions[n-1].Lifted {
		return record.Event{}, overlap(r.Suspensions[n-1].Lifted)
	}
	r.Suspensions = append(slices.Clone(r.Suspensions), Suspension{From: from, By: by})
	r.weigh()
	return record.Event{Action: "register.suspended", Alters: record.PublicOf(r.Policy)}.With("from", from), nil
}

// approve is the second approval of the suspension, by somebody other than who suspended.
func (r *Register) approve(by string) (record.Event, error) {
	s, ok := r.Suspended()
	switch {
	case !ok:
		return record.Event{}, record.Refuse("R-07", "It is not suspended", "")
	case s.Approved != "":
		return record.Event{}, record.Refuse("R-05", "The suspension was approved already", "")
	case s.By == by:
		return record.Event{}, record.Refuse("R-06", "Somebody else must approve it", "A suspension takes treatment away at once, so two people answer for it.")
	}
	s.Approved = by
	r.replaceLast(s)
	return record.Event{Action: "register.suspension-approved"}.With("from", s.From), nil
}

// lift ends the suspension: each patient has again the text they had.
func (r *Register) lift(from, today record.Date) (record.Event, error) {
	s, ok := r.Suspended()
	switch {
	case !ok:
		return record.Event{}, record.Refuse("R-07", "It is not suspended", "")
	case from <= s.From:
		return record.Event{}, record.Faults{{Field: "from", Rule: "R-02", Message: "Enter a date after " + s.From.Words() + ", on which it was suspended"}}
	case from < today:
		return record.Event{}, past()
	}
	s.Lifted = from
	r.replaceLast(s)
	return record.Event{Action: "register.lifted", Alters: record.PublicOf(r.Policy)}.With("from", from), nil
}

func (r *Register) replaceLast(s Suspension) {
	r.Suspensions = slices.Clone(r.Suspensions)
	r.Suspensions[len(r.Suspensions)-1] = s
	r.weigh()
}

// ends refuses when there is no day, a day that is over, or no text on it that could be ended.
func ends(from, today record.Date, inForce bool) error {
	switch {
	case from == 0:
		return record.Faults{{Field: "from", Rule: "R-01", Message: "Enter the date"}}
	case from < today:
		return past()
	case !inForce:
		return record.Faults{{Field: "from", Rule: "R-04", Message: "On that date no text of this policy is in force here. Choose a date on which one is"}}
	}
	return nil
}

// past refuses an act from a day that is over: patients were treated by what applied then.
func past() error {
	return record.Faults{{Field: "from", Rule: "R-14", Message: "Enter today or a later day",
		Why: "Until now patients were treated by what applied, and that cannot be changed afterwards."}}
}
