package decision

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"concordat/review/record"
)

// NoticeSort is why commissioners are told of a decision.
type NoticeSort string

// The sorts.
const (
	NoticeDue  NoticeSort = "due"  // a meeting is to decide soon
	NoticeLate NoticeSort = "late" // its day has passed and nothing is recorded
)

// When commissioners are told, in days.
const (
	NoticeBefore = 14  // at the earliest so long before the meeting
	LateAfter    = 7   // after the meeting, so that its secretary can write up
	LateNoLonger = 100 // after the meeting: what is older is history
)

// Notice is what was told about the decisions of one meeting on one day, so that nothing is told twice. A meeting that
// moves to another day has another notice.
type Notice struct {
	record.Head `bson:",inline"`
	Meeting     string      `bson:"meeting"`
	Date        record.Date `bson:"date"`
	Sort        NoticeSort  `bson:"sort"`
	Told        []string    `bson:"told"` // ids of decisions, as ID gives them
}

// Kind names the kind of document.
func (*Notice) Kind() string { return "notice" }

// NoticeID is the id of what was told about a meeting on a day.
func NoticeID(meeting string, date record.Date, sort NoticeSort) string {
	return meeting + "@" + date.String() + ":" + string(sort)
}

// Notices tells which notice a meeting calls for on a day; ok is false when it calls for none.
func (m *Meeting) Notices(today record.Date) (sort NoticeSort, ok bool) {
	if m.State != Planned || len(m.Items) == 0 {
		return "", false
	}
	switch days := m.Date.DaysSince(today); {
	case days >= 0 && days <= NoticeBefore:
		return NoticeDue, true
	case days <= -LateAfter && days >= -LateNoLonger:
		return NoticeLate, true
	}
	return "", false
}

// Asked is one decision that somebody is told about.
type Asked struct {
	Item         Item
	Commissioner string // id
}

// Place is a commissioner with those who are told for it.
type Place struct {
	Name string
	To   []Recipient
}

// Recipient is somebody who is told.
type Recipient struct{ Name, Email string }

// tell notes decisions that are told about and writes the messages: one to each person, about all that concerns them.
// places has each commissioner by its id.
func (n *Notice) tell(m *Meeting, asked []Asked, places map[string]Place, sender Sender) (record.Event, error) {
	var letters []letter
	for _, a := range asked {
		n.Told = append(n.Told, ID(a.Item.Policy, a.Item.Version, a.Commissioner))
		for _, to := range places[a.Commissioner].To {
			letters = addressed(letters, to, a)
		}
	}
	event := record.Event{Action: "notice.sent", Relied: []record.Ref{record.RefTo(m)}}.With("sort", n.Sort).With("date", n.Date).With("decisions", len(asked))
	for _, l := range letters {
		event.Mail = append(event.Mail, sender.mail(n.Sort, m, l, places))
	}
	return event, nil
}

// letter is what one person is told about.
type letter struct {
	to    Recipient
	asked []Asked
}

func addressed(letters []letter, to Recipient, a Asked) []letter {
	i := slices.IndexFunc(letters, func(l letter) bool { return l.to.Email == to.Email })
	if i < 0 {
		i, letters = len(letters), append(letters, letter{to: to})
	}
	letters[i].asked = append(letters[i].asked, a)
	return letters
}

// Sender says in messages who sends them, and where the pages are.
type Sender struct {
	Name      string // of the service
	PublicURL string // scheme and host, no slash at the end
}

func (s Sender) mail(sort NoticeSort, m *Meeting, l letter, places map[string]Place) record.Mail {
	subject := "Decisions due on " + m.Date.Words() + ": " + m.Title
	opening := fmt.Sprintf("on %s, %s is asked to decide:", m.Date.Words(), m.Body)
	closing := "The papers are at"
	if sort == NoticeLate {
		subject = "Decisions of " + m.Date.Words() + " are not recorded: " + m.Title
		opening = fmt.Sprintf("on %s, %s was to decide on what follows. Nothing is recorded of it yet:", m.Date.Words(), m.Body)
		closing = "Please let its secretary record what was decided, or cancel the meeting, at"
	}
	var text strings.Builder
	fmt.Fprintf(&text, "Dear %s,\n\n%s\n", l.to.Name, opening)
	for _, p := range l.byPolicy(places) {
		fmt.Fprintf(&text, "\n- %s %s, version %s\n  for %s\n", p.item.Reference, p.item.Title, p.item.Version, listed(p.names))
	}
	fmt.Fprintf(&text, "\n%s\n%s/desk/meetings/%s\n\nYou get this message from %s because you are a contact or a secretary there. It is sent once for each decision and day.\n",
		closing, s.PublicURL, m.ID, s.Name)
	return record.Mail{To: l.to.Email, Subject: subject, Text: text.String()}
}

// asking is a policy with the names of those who are asked about it.
type asking struct {
	item  Item
	names []string
}

func (l letter) byPolicy(places map[string]Place) []asking {
	var out []asking
	for _, a := range l.asked {
		i := slices.IndexFunc(out, func(x asking) bool { return x.item == a.Item })
		if i < 0 {
			i, out = len(out), append(out, asking{item: a.Item})
		}
		out[i].names = append(out[i].names, places[a.Commissioner].Name)
	}
	for i := range out {
		slices.Sort(out[i].names)
	}
	slices.SortStableFunc(out, func(a, b asking) int { return cmp.Compare(a.item.Title, b.item.Title) })
	return out
}

// mostNamed is how many commissioners a message names; more are counted.
const mostNamed = 5

func listed(names []string) string {
	if len(names) > mostNamed {
		return strconv.Itoa(len(names)) + " commissioners"
	}
	return strings.Join(names, ", ")
}
