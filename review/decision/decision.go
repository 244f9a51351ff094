package decision

import (
	"fmt"
	"strings"
	"time"

	"concordat/review/clause"
	"concordat/review/record"
)

// Outcome is what a commissioner decided.
type Outcome string

// The outcomes.
const (
	Adopt   Outcome = "adopt"
	Vary    Outcome = "vary" // adopt with a local variation
	Defer   Outcome = "defer"
	Decline Outcome = "decline"
)

// Outcomes are all outcomes, in the order of a form.
var Outcomes = []Outcome{Adopt, Vary, Defer, Decline}

// Words is the outcome as it is chosen: "Adopt with a local variation".
func (o Outcome) Words() string {
	switch o {
	case Adopt:
		return "Adopt"
	case Vary:
		return "Adopt with a local variation"
	case Defer:
		return "Defer"
	case Decline:
		return "Not adopt"
	}
	return "Nothing decided"
}

// Done is the outcome as it is told afterwards: "Adopted with a variation".
func (o Outcome) Done() string {
	switch o {
	case Adopt:
		return "Adopted"
	case Vary:
		return "Adopted with a variation"
	case Defer:
		return "Deferred"
	case Decline:
		return "Not adopted"
	}
	return "Waiting"
}

// Adopts tells whether the version comes into force by it.
func (o Outcome) Adopts() bool { return o == Adopt || o == Vary }

// The referral rules, as the register knows them.
const (
	Referred = "referred" // patients referred on or after the date
	Treated  = "treated"  // all patients from the date on
)

// Said is what was decided, as a form says it.
type Said struct {
	Outcome   Outcome     `bson:"outcome"`
	Reason    string      `bson:"reason"`
	Overlay   Overlay     `bson:"overlay"`   // of Vary; none of other outcomes
	DueRegard string      `bson:"dueRegard"` // what was considered under the equality duty (Equality Act 2010 s.149), in words
	Minute    string      `bson:"minute"`    // reference of the minute
	Effective record.Date `bson:"effective"` // 0 while the date of Event is not known
	Event     string      `bson:"event"`     // what it starts with, such as "start of the new contract"
	Rule      string      `bson:"rule"`
}

// Ruling is a decision of one meeting.
type Ruling struct {
	Said        `bson:",inline"`
	Meeting     string         `bson:"meeting"`
	Recommended Recommendation `bson:"recommended"`
	DecidedOn   record.Date    `bson:"decidedOn"`
	RecordedBy  string         `bson:"recordedBy"`
	RecordedAt  time.Time      `bson:"recordedAt"`
	Why         string         `bson:"why"` // the record was put right; "" as it was first recorded
}

// Decision is what one commissioner decided on one version. Each has a document of its own, so that fifteen can be
// recorded at once.
type Decision struct {
	record.Head  `bson:",inline"`
	Programme    string `bson:"programme"`
	Policy       string `bson:"policy"`
	Version      string `bson:"version"`
	Commissioner string `bson:"commissioner"`
	Ruling       `bson:",inline"`
	Past         []Ruling `bson:"past"` // what was decided or recorded before, oldest first
}

// Kind names the kind of document.
func (*Decision) Kind() string { return "decision" }

// ID is the id of a commissioner's decision on a version.
func ID(policy, version, commissioner string) string {
	return policy + "/v" + version + ":" + commissioner
}

// At is what a meeting decided; ok is false when it decided nothing.
func (d *Decision) At(meeting string) (r Ruling, ok bool) {
	if d.Meeting == meeting {
		return d.Ruling, true
	}
	for i := len(d.Past) - 1; i >= 0; i-- {
		if d.Past[i].Meeting == meeting {
			return d.Past[i], true
		}
	}
	return Ruling{}, false
}

// Open tells whether a meeting may decide: nothing was decided yet, or an earlier meeting deferred or declined.
func (d *Decision) Open(meeting string) bool {
	_, decided := d.At(meeting)
	return !decided && !d.Outcome.Adopts()
}

// decide notes a ruling. What an earlier meeting decided is kept.
func (d *Decision) decide(r Ruling) (record.Event, error) {
	if !d.Open(r.Meeting) {
		return record.Event{}, fmt.Errorf("decision %s: it is recorded already: %w", d.ID, record.ErrConflict)
	}
	if d.Outcome != "" {
		d.Past = append(d.Past, d.Ruling)
	}
	d.Ruling = r
	event := record.Event{Action: "decision.recorded", Alters: append(record.PublicOf(d.Policy), DecisionList)}.With("outcome", r.Outcome).With("meeting", r.Meeting).With("decided", r.DecidedOn)
	if r.Outcome.Adopts() && r.Effective != 0 {
		event = event.With("effective", r.Effective)
	}
	return event, nil
}

// Correction is what may be put right of a recorded decision: how it was written down, never what was decided. The
// register's own acts change what is in force.
type Correction struct {
	Reason, DueRegard, Minute string
	Overlay                   Overlay // of Vary
}

// correct puts the record right and keeps what it said before. text is that of the version. why is needed.
func (d *Decision) correct(c Correction, text clause.Text, why string, by record.Actor, now time.Time) (record.Event, error) {
	if d.Outcome == "" {
		return record.Event{}, fmt.Errorf("decision %s: nothing is recorded: %w", d.ID, record.ErrNotFound)
	}
	next := d.Ruling
	next.Reason, next.DueRegard, next.Minute, next.Overlay = c.Reason, c.DueRegard, c.Minute, c.Overlay
	next.Said = next.tidy()
	faults := next.faults(text)
	faults.Add(trim(why) == "", "why", "Say why the record is put right")
	faults.Add(len([]rune(why)) > MaxText, "why", "This must be 5,000 characters or fewer")
	if err := faults.Err(); err != nil {
		return record.Event{}, err
	}
	next.Overlay = next.Overlay.cited(text)
	next.RecordedBy, next.RecordedAt, next.Why = by.ID, now, trim(why)
	d.Past, d.Ruling = append(d.Past, d.Ruling), next
	return record.Event{Action: "decision.corrected", Alters: append(record.PublicOf(d.Policy), DecisionList)}.With("outcome", d.Outcome), nil
}

func trim(s string) string { return strings.TrimSpace(s) }
