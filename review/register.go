package review

import (
	"fmt"
	"slices"

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
	NoneSuspended = "suspended" // only in answers: a suspension covers what stands in the register
	NoneExpired   = "expired"   // only in answers: the text had an end and nothing followed
	// NoneUnpublished is only in what the public may know of a register: there is a text, which is not public yet.
	NoneUnpublished = "unpublished"
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
	From    record.Date  `bson:"from"`
	To      record.Date  `bson:"to"` // follows from Expires and from what comes next
	Text    TextRef      `bson:"text"`
	Rule    ReferralRule `bson:"rule"`
	Source  record.Ref   `bson:"source"`  // the decision, the local policy, or the act that made it
	Event   string       `bson:"event"`   // the named event that its first day hung on, such as "start of the new contract"
	Decided record.Date  `bson:"decided"` // the day of the decision; 0 when none made it
	Expires record.Date  `bson:"expires"` // the text's own end; 0 for none
}

// Pending is an adoption that starts with a named event whose date is not yet known.
type Pending struct {
	Event   string       `bson:"event"`
	Text    TextRef      `bson:"text"`
	Rule    ReferralRule `bson:"rule"`
	Source  record.Ref   `bson:"source"`
	Decided record.Date  `bson:"decided"`
	Expires record.Date  `bson:"expires"` // the text's own end; 0 for none
}

// Suspension is an emergency stop: for all patients, whichever text of the policy they had, until it is lifted. What
// stands in the register is not changed by it. Somebody else approves it afterwards.
type Suspension struct {
	From     record.Date `bson:"from"`
	By       string      `bson:"by"`
	Approved string      `bson:"approved"` // account of the second person; "" until then
	Lifted   record.Date `bson:"lifted"`   // the first day on which the texts apply again; 0 until then
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
	Waits        bool         `bson:"waits"` // an adoption waits for its date, or a suspension for its approval; weigh keeps it
}

// Kind names the kind of document.
func (*Register) Kind() string { return "register" }

// RegisterID is the id of the register of a policy in one commissioner's area.
func RegisterID(policy, commissioner string) string { return policy + ":" + commissioner }

// add puts an interval after those that are there: what applied before ends where it begins. It is refused when
// another interval begins on the same day or later, for then the two would say different things of the same patient.
func (r *Register) add(n Interval) error {
	if last := len(r.Intervals) - 1; last >= 0 && r.Intervals[last].From >= n.From {
		return overlap(r.Intervals[last].From)
	}
	return r.insert(n)
}

// insert puts an interval where its date says, before later ones if there are any: history may be learned late.
func (r *Register) insert(n Interval) error {
	switch {
	case n.From == 0:
		return record.Refuse("R-01", "The date from which it applies is missing", "Without it nobody can tell which patients it is for.")
	case n.Expires != 0 && n.Expires <= n.From:
		return record.Refuse("R-02", "The text ends on "+n.Expires.Words()+", before it would begin", "A text that has ended can apply to nobody.")
	}
	i, found := slices.BinarySearchFunc(r.Intervals, n.From, func(x Interval, d record.Date) int { return int(x.From - d) })
	if found {
		return overlap(n.From)
	}
	r.Intervals = slices.Insert(slices.Clone(r.Intervals), i, n)
	r.settle()
	return nil
}

func overlap(from record.Date) error {
	return record.Faults{{Field: "from", Rule: "R-03", Message: fmt.Sprintf("Another text applies from %s already. Choose a later date, or correct the other one first", from.Words()),
		Why: "For some patients there would be two answers."}}
}

// holds tells whether something put an interval here.
func (r *Register) holds(source record.Ref) bool {
	return slices.ContainsFunc(r.Intervals, func(x Interval) bool { return x.Source.Kind == source.Kind && x.Source.ID == source.ID })
}

// remove takes out what an act put in, so that the act can be corrected.
func (r *Register) remove(match func(Interval) bool) {
	r.Intervals = slices.DeleteFunc(slices.Clone(r.Intervals), match)
	r.settle()
}

// settle computes where each interval ends.
func (r *Register) settle() {
	for i := range r.Intervals {
		x := &r.Intervals[i]
		x.To = x.Expires
		if i+1 < len(r.Intervals) && (x.To == 0 || x.To > r.Intervals[i+1].From) {
			x.To = r.Intervals[i+1].From
		}
	}
}

// Suspended is the suspension that was not lifted; ok is false when there is none.
func (r *Register) Suspended() (s Suspension, ok bool) {
	if n := len(r.Suspensions); n > 0 && r.Suspensions[n-1].Lifted == 0 {
		return r.Suspensions[n-1], true
	}
	return Suspension{}, false
}

// Unapproved is the suspension that stands on one person's word; ok is false when there is none.
func (r *Register) Unapproved() (s Suspension, ok bool) {
	s, ok = r.Suspended()
	return s, ok && s.Approved == ""
}

// weigh notes whether somebody has still to do something. Each rule that changes Pending or Suspensions ends with it.
func (r *Register) weigh() {
	_, unapproved := r.Unapproved()
	r.Waits = unapproved || len(r.Pending) > 0
}

// Days are the days on which an answer from this register may change, in order.
func (r *Register) Days() []record.Date {
	var out []record.Date
	for _, x := range r.Intervals {
		out = append(out, x.From, x.To)
	}
	for _, s := range r.Suspensions {
		out = append(out, s.From, s.Lifted)
	}
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(d record.Date) bool { return d == 0 })
}

// Public is what outsiders may know of the register: that there is a text which is not public, not which, and nothing
// of what waits for a date before its text is public. The register itself stays as it is.
func (r *Register) Public(isPublic func(TextRef) bool) *Register {
	out := *r
	out.Pending = slices.DeleteFunc(slices.Clone(r.Pending), func(p Pending) bool { return !isPublic(p.Text) })
	out.Intervals = slices.Clone(r.Intervals)
	for i, x := range out.Intervals {
		if x.Text.Policy != "" && !isPublic(x.Text) {
			out.Intervals[i].Text = TextRef{Policy: x.Text.Policy, None: NoneUnpublished}
			out.Intervals[i].Event, out.Intervals[i].Source = "", record.Ref{}
		}
	}
	return &out
}
