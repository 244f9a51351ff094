// Package decision is about meetings and what they decide: which commissioner adopted which version, from when and
// why, with which local variation, and who was there.
package decision

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"concordat/review/access"
	"concordat/review/record"
)

// State is whether a meeting has decided anything yet.
type State string

// The states.
const (
	Planned State = "planned"
	Held    State = "held" // a decision of it is recorded
	// Cancelled: it did not sit, and nothing of it changes any more.
	Cancelled State = "cancelled"
)

// Meeting is one sitting of one commissioner, or of a joint committee of several.
type Meeting struct {
	record.Head   `bson:",inline"`
	Title         string         `bson:"title"` // "Joint committee, March"
	Body          string         `bson:"body"`  // which body sits: "Joint committee of the fifteen places"
	Commissioners []string       `bson:"commissioners"`
	Date          record.Date    `bson:"date"`
	State         State          `bson:"state"`
	Members       []Member       `bson:"members"`
	Items         []Item         `bson:"items"`
	Recommended   Recommendation `bson:"recommended"`
	// Agenda is the revision that last changed what a decision rests on: date, commissioners, items. A form that is
	// not older still says the truth, although another secretary recorded something meanwhile.
	Agenda int64 `bson:"agenda"`
}

// Kind names the kind of document.
func (*Meeting) Kind() string { return "meeting" }

// Member is somebody who belongs to the body that sits.
type Member struct {
	Name     string `bson:"name"`
	Role     string `bson:"role"`
	Present  bool   `bson:"present"`
	Interest string `bson:"interest"` // declared, and what followed from it
}

// Item is a version that the meeting is asked to decide on.
type Item struct {
	Policy    string `bson:"policy"`
	Version   string `bson:"version"` // "1.0"
	Programme string `bson:"programme"`
	Title     string `bson:"title"`     // as it was when it came onto the agenda
	Reference string `bson:"reference"` // as above
}

// Recommendation names the body that advised the meeting, such as a clinical forum. Empty when there was none.
type Recommendation struct {
	Body string      `bson:"body"`
	Date record.Date `bson:"date"`
}

// Details are what a form says of a meeting.
type Details struct {
	Title, Body   string
	Commissioners []string
	Date          record.Date
	Recommended   Recommendation
}

// Most is how many items, members or commissioners a meeting may have.
const Most = 100

func (m *Meeting) scope() access.Scope { return access.For(m.Commissioners...) }

// Present counts the members who were there.
func (m *Meeting) Present() int {
	n := 0
	for _, x := range m.Members {
		if x.Present {
			n++
		}
	}
	return n
}

// Ready tells what stands in the way of recording decisions of the meeting.
func (m *Meeting) Ready(today record.Date) (faults record.Faults) {
	if m.Date > today {
		faults = append(faults, record.Fault{Rule: "D-02", Message: "Decisions can be recorded from " + m.Date.Words() + ", the day of the meeting",
			Why: "What has not been decided yet cannot be recorded."})
	}
	if m.Present() == 0 {
		faults = append(faults, record.Fault{Field: "members", Rule: "D-05", Message: "Say first who was present",
			Why: "A decision stands only when those who made it are known."})
	}
	faults.Add(m.State == Cancelled, "", "The meeting was cancelled")
	return faults
}

// same tells whether two meetings are one that was planned twice.
func (m *Meeting) same(x *Meeting) bool {
	return m.Date == x.Date && m.Title == x.Title && slices.Equal(m.Commissioners, x.Commissioners) && x.State != Cancelled
}

// cancel notes that the meeting does not sit.
func (m *Meeting) cancel(reason string) (record.Event, error) {
	if m.State == Held {
		return record.Event{}, record.Refuse("D-06", "The meeting cannot be cancelled: decisions of it are recorded", "What was decided stays beside the meeting that decided it.")
	}
	var faults record.Faults
	faults.Add(squeeze(reason) == "", "reason", "Enter the reason")
	faults.Add(len([]rune(reason)) > 500, "reason", "The reason must be 500 characters or fewer")
	if err := faults.Err(); err != nil {
		return record.Event{}, err
	}
	m.State, m.Agenda = Cancelled, m.Revision+1
	return record.Event{Action: "meeting.cancelled"}.With("date", m.Date), nil
}

// Item finds the item about a version; ok is false when the agenda has none.
func (m *Meeting) Item(policy, version string) (i Item, ok bool) {
	n := slices.IndexFunc(m.Items, func(x Item) bool { return x.Policy == policy && x.Version == version })
	if n < 0 {
		return Item{}, false
	}
	return m.Items[n], true
}

func (m *Meeting) plan(d Details) (record.Event, error) {
	d = d.tidy()
	if err := d.faults().Err(); err != nil {
		return record.Event{}, err
	}
	m.State = Planned
	return m.set(d, "meeting.planned"), nil
}

func (m *Meeting) edit(d Details) (record.Event, error) {
	d = d.tidy()
	faults := d.faults()
	if m.State == Held {
		faults.Add(d.Date != m.Date, "date", "The date can no longer change: decisions of this day are recorded")
		faults.Add(!slices.Equal(d.Commissioners, m.Commissioners), "commissioners", "The commissioners can no longer change: decisions of theirs are recorded")
	}
	if err := faults.Err(); err != nil {
		return record.Event{}, err
	}
	return m.set(d, "meeting.edited"), nil
}

func (m *Meeting) set(d Details, action string) record.Event {
	m.Title, m.Body, m.Commissioners, m.Date, m.Recommended = d.Title, d.Body, d.Commissioners, d.Date, d.Recommended
	m.Agenda = m.Revision + 1
	return record.Event{Action: action}.With("date", d.Date).With("commissioners", len(d.Commissioners))
}

// add puts versions on the agenda.
func (m *Meeting) add(items []Item) (record.Event, error) {
	event := record.Event{Action: "meeting.items-added"}
	var faults record.Faults
	faults.Add(len(items) == 0, "items", "Choose at least one policy")
	faults.Add(len(m.Items)+len(items) > Most, "items", "An agenda can have 100 policies or fewer")
	for _, n := range items {
		was := slices.IndexFunc(m.Items, func(x Item) bool { return x.Policy == n.Policy })
		if was >= 0 {
			faults.Add(true, "items", fmt.Sprintf("%s is on the agenda already, in version %s", n.Reference, m.Items[was].Version))
			continue
		}
		m.Items = append(m.Items, n)
		event = event.With("policy", n.Policy).With("version", n.Version)
	}
	m.Agenda = m.Revision + 1
	return event, faults.Err()
}

// remove takes an item off the agenda. decided tells whether the meeting decided anything about it.
func (m *Meeting) remove(policy, version string, decided bool) (record.Event, error) {
	i := slices.IndexFunc(m.Items, func(x Item) bool { return x.Policy == policy && x.Version == version })
	if i < 0 {
		return record.Event{}, fmt.Errorf("meeting %s: version %s of %s is not on the agenda: %w", m.ID, version, policy, record.ErrNotFound)
	}
	if decided {
		return record.Event{}, record.Refuse("D-01", "This policy cannot leave the agenda: a decision about it is recorded",
			"What a meeting decided must stay beside what it was asked.")
	}
	m.Items = slices.Delete(m.Items, i, i+1)
	m.Agenda = m.Revision + 1
	return record.Event{Action: "meeting.item-removed"}.With("policy", policy).With("version", version), nil
}

// attend notes the members, who of them were present, and the interests that they declared. Faults name the line by
// its place: "m0-name".
func (m *Meeting) attend(members []Member) (record.Event, error) {
	var faults record.Faults
	var kept []Member
	for n, x := range members {
		x.Name, x.Role, x.Interest = squeeze(x.Name), squeeze(x.Role), strings.TrimSpace(x.Interest)
		if x == (Member{Present: x.Present}) {
			continue
		}
		line := "m" + strconv.Itoa(n) + "-"
		faults.Add(x.Name == "", line+"name", "Enter the name of the member, or clear the line")
		faults.Add(len([]rune(x.Name)) > 100, line+"name", "The name must be 100 characters or fewer")
		faults.Add(len([]rune(x.Role)) > 100, line+"role", "The role must be 100 characters or fewer")
		faults.Add(len([]rune(x.Interest)) > 500, line+"interest", "The interest must be 500 characters or fewer")
		kept = append(kept, x)
	}
	faults.Add(len(kept) > Most, "members", "Keep to 100 members or fewer")
	if err := faults.Err(); err != nil {
		return record.Event{}, err
	}
	m.Members = kept
	return record.Event{Action: "meeting.attended"}.With("members", len(kept)).With("present", m.Present()), nil
}

// hold notes that the first decision is recorded. It leaves Agenda alone: what decisions rest on stays the same.
func (m *Meeting) hold() (record.Event, error) {
	m.State = Held
	return record.Event{Action: "meeting.held"}, nil
}

func (d Details) tidy() Details {
	d.Title, d.Body, d.Recommended.Body = squeeze(d.Title), squeeze(d.Body), squeeze(d.Recommended.Body)
	d.Commissioners = slices.Compact(slices.Sorted(slices.Values(d.Commissioners)))
	return d
}

func (d Details) faults() (faults record.Faults) {
	faults.Add(d.Title == "", "title", "Enter a name for the meeting, such as Joint committee, March")
	faults.Add(len([]rune(d.Title)) > 100, "title", "The name must be 100 characters or fewer")
	faults.Add(d.Body == "", "body", "Enter the body that sits, such as Joint committee of the fifteen places")
	faults.Add(len([]rune(d.Body)) > 100, "body", "The body must be 100 characters or fewer")
	faults.Add(len(d.Commissioners) == 0, "commissioners", "Choose at least one commissioner")
	faults.Add(len(d.Commissioners) > Most, "commissioners", "Choose 100 commissioners or fewer")
	faults.Add(d.Date == 0, "date", "Enter the date of the meeting")
	faults.Add(len([]rune(d.Recommended.Body)) > 100, "recommended", "The recommending body must be 100 characters or fewer")
	faults.Add(d.Recommended.Body == "" && d.Recommended.Date != 0, "recommended", "Enter the body that recommended it, or clear the date")
	faults.Add(d.Recommended.Body != "" && d.Recommended.Date == 0, "recommended-date", "Enter the date of the recommendation")
	faults.Add(d.Recommended.Date != 0 && d.Date != 0 && d.Recommended.Date > d.Date, "recommended-date", "The recommendation must come before the meeting")
	return faults
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }
