package review

import (
	"slices"
	"strings"

	"concordat/review/record"
)

// Without says what it means in a commissioner's area that it has no policy on a treatment.
type Without string

// What "no policy" can mean.
const (
	HasPolicy    Without = ""
	OpenAccess   Without = "open"     // clinicians decide, nothing restricts
	NationalText Without = "national" // the national guidance is used as it is
	NotKnown     Without = "unknown"  // nobody could say
)

// Words is the meaning as a page shows it.
func (w Without) Words() string {
	switch w {
	case OpenAccess:
		return "No policy: open access"
	case NationalText:
		return "No policy: the national text is used"
	case NotKnown:
		return "No policy: what that means is not known"
	}
	return "Has a policy"
}

// Meaning says in a sentence what it means for patients there; "" with a policy.
func (w Without) Meaning() string {
	switch w {
	case OpenAccess:
		return "Clinicians decide: nothing restricts the treatment"
	case NationalText:
		return "The national guidance is used as it is"
	case NotKnown:
		return "Nobody could say whether anything restricts the treatment"
	}
	return ""
}

// LocalPolicy is what one commissioner has today on the treatment of a policy.
type LocalPolicy struct {
	record.Head  `bson:",inline"`
	Policy       string      `bson:"policy"`
	Commissioner string      `bson:"commissioner"`
	Without      Without     `bson:"without"` // with a policy when empty
	Title        string      `bson:"title"`
	Reference    string      `bson:"reference"`
	Effective    record.Date `bson:"effective"` // 0: in force since before records
	Review       record.Date `bson:"review"`
	Position     Position    `bson:"position"`
	Codes        Codes       `bson:"codes"`
	Source       string      `bson:"source"`   // where it came from: an address, "sent by …"
	Original     *File       `bson:"original"` // as it came; nil when it was pasted
	Markdown     string      `bson:"markdown"`
	Typed        []string    `bson:"typed"`    // clause numbers that were typed, in order, "2.1 Patients who …"
	Losses       []Loss      `bson:"losses"`   // what could not be carried over
	Checked      bool        `bson:"checked"`  // a person compared it with the original
	Replaced     string      `bson:"replaced"` // id of the local policy that came after it
	Waits        bool        `bson:"waits"`    // for a person to compare it; weigh keeps it
	Anchors      []string    `bson:"anchors"`  // of the clauses of Markdown, in order
	NextAnchor   int         `bson:"nextAnchor"`
}

// Unchecked is a local policy that nobody has compared with its original yet: what my work needs, without the text.
type Unchecked struct {
	ID           string `bson:"-"`
	Commissioner string `bson:"commissioner"`
	Losses       []Loss `bson:"losses"`
}

// Kind names the kind of document.
func (*LocalPolicy) Kind() string { return "local" }

// Loss is something of the original that the Markdown lacks.
type Loss struct {
	What  string `bson:"what"`
	Where string `bson:"where"`
	Count int    `bson:"count"`
}

// describe takes over what somebody says about it, beside the text.
func (l *LocalPolicy) describe(n LocalInput) {
	l.Without, l.Position, l.Codes = n.Without, n.Position, n.Codes
	l.Title, l.Reference, l.Source = strings.TrimSpace(n.Title), strings.TrimSpace(n.Reference), strings.TrimSpace(n.Source)
	l.Effective, l.Review = n.Effective, n.Review
}

// weigh notes whether somebody has still to compare it. Each rule ends with it.
func (l *LocalPolicy) weigh() { l.Waits = l.Without == HasPolicy && !l.Checked && l.Replaced == "" }

// Readable tells whether outsiders may read its text: a person has compared it with the original, which alone is sure.
func (l *LocalPolicy) Readable() bool { return l.Without == HasPolicy && l.Checked }

// SourceAddress is the web address that it came from. Other words about where it came from may name a person, and are
// for those who sign in: then it is "".
func (l *LocalPolicy) SourceAddress() string {
	if webAddress(l.Source) && !strings.ContainsAny(l.Source, " @") {
		return l.Source
	}
	return ""
}

// begin notes it for the first time.
func (l *LocalPolicy) begin(today record.Date) (record.Event, error) {
	if err := l.valid(today); err != nil {
		return record.Event{}, err
	}
	l.weigh()
	return l.event("local.added"), nil
}

// checked corrects it; a person has then compared it with the original.
func (l *LocalPolicy) checked(today record.Date) (record.Event, error) {
	if err := l.valid(today); err != nil {
		return record.Event{}, err
	}
	l.Checked = true
	l.weigh()
	return l.event("local.checked"), nil
}

// replace notes which local policy came after it.
func (l *LocalPolicy) replace(by string) (record.Event, error) {
	l.Replaced = by
	l.weigh()
	return l.event("local.replaced").With("by", by), nil
}

// LocalList is raised by whatever alters a local policy.
const LocalList record.Generation = "locals"

func (l *LocalPolicy) event(action string) record.Event {
	return record.Event{Action: action, Alters: append(record.PublicOf(l.Policy), LocalList)}.With("policy", l.Policy).With("commissioner", l.Commissioner)
}

func (l *LocalPolicy) valid(today record.Date) error {
	faults := l.particulars(today)
	if l.Without != HasPolicy {
		faults.Add(strings.TrimSpace(l.Markdown) != "", "text", "There is a text, so choose “Has a policy”, or take the text out")
		return faults.Err()
	}
	return append(faults, l.wording()...).Err()
}

// wording is what is wrong with the text itself.
func (l *LocalPolicy) wording() (faults record.Faults) {
	faults.Add(strings.TrimSpace(l.Markdown) == "", "text", "Choose a file or paste the text")
	faults.Add(len(l.Markdown) > 4*MaxSection, "text", "The text must be shorter than 800,000 characters")
	return faults
}

// particulars is what is wrong with what is said beside the text.
func (l *LocalPolicy) particulars(today record.Date) (faults record.Faults) {
	if l.Effective > today {
		faults = append(faults, record.Fault{Field: "effective", Rule: "L-02", Message: "Enter today or an earlier day: this is what the commissioner has today",
			Why: "Until that day another text applies there. Record this one when it has come."})
	}
	faults.Add(!slices.Contains([]Without{HasPolicy, OpenAccess, NationalText, NotKnown}, l.Without), "without", "Choose what it means from the list")
	if l.Without != HasPolicy {
		return faults
	}
	faults.Add(strings.TrimSpace(l.Title) == "", "title", "Enter the title")
	faults.Add(len([]rune(l.Title)) > 200, "title", "The title must be 200 characters or fewer")
	faults.Add(len([]rune(l.Reference)) > 100, "reference", "The reference must be 100 characters or fewer")
	faults.Add(len([]rune(l.Source)) > 500, "source", "Where it came from must be told in 500 characters or fewer")
	faults.Add(!l.Position.known(), "position", "Choose a position from the list")
	faults = append(faults, l.Codes.faults("")...)
	faults.Add(l.Review != 0 && l.Review < l.Effective, "review", "The review date must be after the effective date")
	return faults
}
