package programme

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"concordat/review/access"
	"concordat/review/record"
)

// Promise is what sort of thing was promised.
type Promise string

// The promises.
const (
	ToConsult Promise = "consult" // people are asked before the policy changes for them
	ToReview  Promise = "review"  // it is looked at again by a day
)

// Promises are all sorts, in the order of a form.
var Promises = []Promise{ToConsult, ToReview}

// Words is the promise as it is chosen and told: "To consult".
func (p Promise) Words() string {
	switch p {
	case ToConsult:
		return "To consult"
	case ToReview:
		return "To look at it again"
	}
	return string(p)
}

// Standing is what became of a commitment.
type Standing string

// The standings.
const (
	Open     Standing = "open"
	Kept     Standing = "kept"
	Released Standing = "released" // it does not bind any more, for a reason
)

// Words is the standing as a page shows it.
func (s Standing) Words() string {
	switch s {
	case Open:
		return "Open"
	case Kept:
		return "Kept"
	case Released:
		return "Released"
	}
	return string(s)
}

// Commitment is what was promised to people, with its source.
type Commitment struct {
	record.Head `bson:",inline"`
	Programme   string `bson:"programme"`
	Promised    `bson:",inline"`
	By          string    `bson:"by"` // who recorded it
	At          time.Time `bson:"at"`
	Standing    Standing  `bson:"standing"`
	Ended       Ending    `bson:"ended"` // empty while it is open
}

// Kind names the kind of document.
func (*Commitment) Kind() string { return "commitment" }

// Promised is what a form says of a commitment.
type Promised struct {
	Promise       Promise     `bson:"promise"`
	Words         string      `bson:"words"`         // as it was said
	Policy        string      `bson:"policy"`        // id; "" for all policies of the programme
	Commissioners []string    `bson:"commissioners"` // whose promise it is
	Who           string      `bson:"who"`           // said it: a person or a body
	Where         string      `bson:"where"`         // it can be read: a minute, a board paper, a letter
	Link          string      `bson:"link"`          // to that; "" for none
	Said          record.Date `bson:"said"`          // on which day
	Due           record.Date `bson:"due"`           // 0 for no day
}

// Ending is how a commitment was kept, or why it was released.
type Ending struct {
	Words string    `bson:"words"`
	By    string    `bson:"by"`
	At    time.Time `bson:"at"`
}

func (c *Commitment) scope() access.Scope { return access.For(c.Commissioners...) }

// Late tells whether the commitment is open and its day has passed.
func (c *Commitment) Late(today record.Date) bool {
	return c.Standing == Open && c.Due != 0 && c.Due < today
}

// Source is where the promise comes from, in words: "the joint committee, minute JC/26/14, 18 March 2026".
func (c *Commitment) Source() string {
	words := c.Who + ", " + c.Where
	if c.Said != 0 {
		words += ", " + c.Said.Words()
	}
	return words
}

// binds tells whether a step on a policy for some commissioners must wait for this commitment: it is an open promise to
// consult about them.
func (c *Commitment) binds(policy string, commissioners []string) bool {
	return c.Standing == Open && c.Promise == ToConsult && (c.Policy == "" || c.Policy == policy) &&
		slices.ContainsFunc(commissioners, func(id string) bool { return slices.Contains(c.Commissioners, id) })
}

// promise notes a new commitment. among are the programme's commissioners.
func (c *Commitment) promise(p Promised, among []string, by string, now time.Time) (record.Event, error) {
	p = p.tidy()
	if err := p.faults(among, record.DateOf(now)).Err(); err != nil {
		return record.Event{}, err
	}
	c.Promised, c.By, c.At, c.Standing = p, by, now, Open
	event := record.Event{Action: "commitment.recorded"}.With("promise", p.Promise).With("commissioners", len(p.Commissioners))
	if p.Policy != "" {
		event = event.With("policy", p.Policy)
	}
	return event, nil
}

// end notes that the commitment was kept, and how, or that it was released, and why.
func (c *Commitment) end(as Standing, words, by string, now time.Time) (record.Event, error) {
	if c.Standing != Open {
		return record.Event{}, fmt.Errorf("commitment %s: it is %s already: %w", c.ID, c.Standing, record.ErrConflict)
	}
	words = strings.TrimSpace(words)
	var faults record.Faults
	faults.Add(as != Kept && as != Released, "as", "Choose what became of it")
	ask := "Say how it was kept, and where that can be seen"
	if as == Released {
		ask = "Say why it does not bind any more"
	}
	faults.Add(words == "", "reason", ask)
	faults.Add(len([]rune(words)) > 2000, "reason", "This must be 2,000 characters or fewer")
	if err := faults.Err(); err != nil {
		return record.Event{}, err
	}
	c.Standing, c.Ended = as, Ending{Words: words, By: by, At: now}
	return record.Event{Action: "commitment." + string(as)}, nil
}

func (p Promised) tidy() Promised {
	p.Words, p.Link = strings.TrimSpace(p.Words), strings.TrimSpace(p.Link)
	p.Who, p.Where = strings.Join(strings.Fields(p.Who), " "), strings.Join(strings.Fields(p.Where), " ")
	p.Commissioners = slices.Compact(slices.Sorted(slices.Values(p.Commissioners)))
	return p
}

func (p Promised) faults(among []string, today record.Date) (faults record.Faults) {
	faults.Add(!slices.Contains(Promises, p.Promise), "promise", "Choose what was promised")
	faults.Add(p.Words == "", "words", "Write what was promised, as it was said")
	faults.Add(len([]rune(p.Words)) > 2000, "words", "The words must be 2,000 characters or fewer")
	faults.Add(len(p.Commissioners) == 0, "commissioners", "Choose whose promise it is")
	faults.Add(slices.ContainsFunc(p.Commissioners, func(id string) bool { return !slices.Contains(among, id) }), "commissioners", "Choose commissioners of the programme")
	if p.Who == "" || p.Where == "" {
		faults = append(faults, p.sourceless()...)
	}
	faults.Add(len([]rune(p.Who)) > 200, "who", "This must be 200 characters or fewer")
	faults.Add(len([]rune(p.Where)) > 300, "where", "This must be 300 characters or fewer")
	faults.Add(p.Link != "" && !isLink(p.Link), "link", "Enter an address that begins with https:// or http://, or leave it empty")
	faults.Add(p.Said > today, "said", "It cannot have been said after today")
	faults.Add(p.Promise == ToReview && p.Due == 0, "due", "Enter the day by which it is to be looked at again")
	return faults
}

// sourceless says what is missing of the source.
func (p Promised) sourceless() (faults record.Faults) {
	const why = "Without its source nobody can check what was promised."
	if p.Who == "" {
		faults = append(faults, record.Fault{Field: "who", Rule: "C-02", Message: "Enter who said it", Why: why})
	}
	if p.Where == "" {
		faults = append(faults, record.Fault{Field: "where", Rule: "C-02", Message: "Enter where it can be read, such as a minute, a board paper or a letter", Why: why})
	}
	return faults
}

func isLink(s string) bool {
	u, err := url.Parse(s)
	return err == nil && len(s) <= 2000 && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http")
}
