// Package bulk is about bringing in many local texts at once: what would become of each is shown first, a person says
// what the program cannot be sure of, and then they come in one by one, each whole or not at all.
package bulk

import (
	"errors"
	"slices"

	"concordat/review"
	"concordat/review/record"
)

// Stage is how far an import has come.
type Stage string

// The stages. A planned import may go back to planned when somebody chooses after it ran.
const (
	Reading    Stage = "reading"    // its files are kept and being read
	Unreadable Stage = "unreadable" // nothing in it could be read; Refusal says why
	Planned    Stage = "planned"    // what would become of each row is known
	Running    Stage = "running"
	Ended      Stage = "ended"
)

// Outcome is what becomes of a row. Rows in = new + replacing + refused, always.
type Outcome string

// The outcomes. What is here already, and what waits for somebody to choose, counts as refused; Cause tells them apart.
const (
	New      Outcome = "new"
	Replaces Outcome = "replaces"
	Refused  Outcome = "refused"
)

// Cause sorts the refusals by what can be done about them.
type Cause string

// The causes.
const (
	Choose  Cause = "choose"  // the program is not sure: somebody must say whose it is, or what it is about
	Here    Cause = "here"    // this text is recorded already
	Twice   Cause = "twice"   // another row of the same import is the same, or for the same place and policy
	Unread  Cause = "unread"  // there is no file, or it cannot be read
	Said    Cause = "said"    // what the manifest says cannot be understood
	Rule    Cause = "rule"    // a rule or the permission table refuses it
	LeftOut Cause = "leftout" // somebody left it out
)

// Import is one act of bringing in many local texts: what was uploaded, and a row for each text in it.
type Import struct {
	record.Head  `bson:",inline"`
	By           string        `bson:"by"`           // account
	Book         bool          `bson:"book"`         // each file holds many policies
	Policy       string        `bson:"policy"`       // that all texts are about; "" when each says
	Commissioner string        `bson:"commissioner"` // whose all texts are; "" when each says
	Effective    record.Date   `bson:"effective"`    // for rows that say none
	Source       string        `bson:"source"`       // for rows that say none
	Files        []Upload      `bson:"files"`
	Stage        Stage         `bson:"stage"`
	Refusal      string        `bson:"refusal"` // why nothing could be read
	Losses       []review.Loss `bson:"losses"`  // of a book, of no row in particular
	Rows         []Row         `bson:"rows"`
	Ran          int           `bson:"ran"` // how many rows the run has come past
}

// Kind names the kind of document.
func (*Import) Kind() string { return "import" }

// Upload is a file as it was sent, kept by its content.
type Upload struct {
	Name   string `bson:"name"`
	Size   int64  `bson:"size"` // bytes
	SHA256 string `bson:"sha256"`
}

// Row is one text that would come in, or a commissioner without one.
type Row struct {
	Where  string `bson:"where"`  // “row 3 of manifest.csv”, “Tonsils.docx”
	Upload int    `bson:"upload"` // the place of its upload in Files
	File   string `bson:"file"`   // its name, in a ZIP with its folders; "" without a file
	Part   int    `bson:"part"`   // of a book, counted from 1; 0 for a whole file
	SHA256 string `bson:"sha256"` // of the file

	// What the manifest says. Dates hold the import's own when it says none.
	SaidPlace string         `bson:"saidPlace"`
	SaidTopic string         `bson:"saidTopic"`
	Effective record.Date    `bson:"effective"`
	Review    record.Date    `bson:"review"`
	Source    string         `bson:"source"`
	Without   review.Without `bson:"without"`

	// What was read.
	Title  string        `bson:"title"`
	Codes  review.Codes  `bson:"codes"`
	Losses []review.Loss `bson:"losses"`
	Notes  []string      `bson:"notes"` // what a person should know of it, in whole sentences
	Fault  string        `bson:"fault"` // why it cannot come in, whatever somebody chooses
	Faulty Cause         `bson:"faulty"`

	// Whose it is and what it is about: as far as the program is sure, or somebody chose. Guessed are proposals.
	Commissioner string     `bson:"commissioner"`
	Policy       string     `bson:"policy"`
	Matched      string     `bson:"matched"`      // by what the program is sure of the policy: “by its reference”, “chosen”
	PlaceGuessed string     `bson:"placeGuessed"` // id
	Guessed      []Proposal `bson:"guessed"`      // best first
	Left         bool       `bson:"left"`         // somebody left it out

	Outcome Outcome `bson:"outcome"`
	Cause   Cause   `bson:"cause"`  // of a refusal
	Reason  string  `bson:"reason"` // of a refusal: why, and what to do
	Before  string  `bson:"before"` // id of the local policy whose place it takes
	// Since when the text is in force that stays current there, when that is later than this one; 0 otherwise.
	Later  record.Date `bson:"later"`
	Result string      `bson:"result"` // id of the local policy that it became
}

// Proposal is a policy that a text may be about, and why.
type Proposal struct {
	Policy string `bson:"policy"`
	Why    string `bson:"why"`
	Likely bool   `bson:"likely"` // likely enough to stand chosen when somebody looks at it
}

// Sum counts rows by outcome: In = New + Replaced + Refused.
type Sum struct {
	In, New, Replaced, Refused int
	Older                      int // of the new: a later text stays current in their place
	ToChoose, Here             int // of the refused
	Done                       int // of the new and replacing: those that are in
}

// Sum counts the rows.
func (i *Import) Sum() Sum { return sum(i.Rows) }

// Left counts the rows that are not in yet.
func (i *Import) Left() Sum {
	return sum(slices.DeleteFunc(slices.Clone(i.Rows), func(r Row) bool { return r.Result != "" }))
}

func sum(rows []Row) Sum {
	s := Sum{In: len(rows)}
	for _, r := range rows {
		switch r.Outcome {
		case New:
			s.New++
		case Replaces:
			s.Replaced++
		default:
			s.Refused++
		}
		switch {
		case r.Outcome == Refused && r.Cause == Choose:
			s.ToChoose++
		case r.Outcome == Refused && r.Cause == Here:
			s.Here++
		case r.Result != "":
			s.Done++
		}
		if r.Later != 0 {
			s.Older++
		}
	}
	return s
}

// refuse makes a row a refused one.
func (r *Row) refuse(c Cause, reason string) {
	r.Outcome, r.Cause, r.Reason, r.Before, r.Later = Refused, c, reason, "", 0
}

// take makes a row one that comes in.
func (r *Row) take(v review.Verdict) {
	r.Outcome, r.Cause, r.Reason, r.Before, r.Later = New, "", "", "", 0
	switch {
	case v.Replaces != nil:
		r.Outcome, r.Before = Replaces, v.Replaces.ID
	case v.Later != nil:
		r.Later = v.Later.Effective
	}
}

// ToBeChosen tells whether somebody can still say whose a row is and what it is about.
func (r Row) ToBeChosen() bool { return r.Result == "" && r.Fault == "" }

// Choice is what somebody says of one row.
type Choice struct {
	Row                  int // its place in Rows
	Commissioner, Policy string
	Leave                bool
}

// errSame is of choices that are those that were made before.
var errSame = errors.New("nothing is chosen otherwise than before")

func (i *Import) choose(list []Choice) (record.Event, error) {
	if i.Stage != Planned && i.Stage != Ended {
		return record.Event{}, record.Refuse("I-01", "The import is being read or run. Wait until it has ended", "")
	}
	changed := 0
	for _, c := range list {
		if c.Row < 0 || c.Row >= len(i.Rows) || !i.Rows[c.Row].ToBeChosen() {
			continue
		}
		r := &i.Rows[c.Row]
		if c.Commissioner == r.Commissioner && c.Policy == r.Policy && c.Leave == r.Left {
			continue
		}
		changed++
		if c.Policy != r.Policy {
			r.Matched = "chosen"
		}
		r.Commissioner, r.Policy, r.Left = c.Commissioner, c.Policy, c.Leave
	}
	if changed == 0 {
		return record.Event{}, errSame
	}
	i.Stage, i.Ran = Planned, 0
	return record.Event{Action: "import.chosen"}.With("rows", changed), nil
}

func (i *Import) start() (record.Event, error) {
	s := i.Sum()
	switch {
	case i.Stage != Planned:
		return record.Event{}, record.Refuse("I-02", "The import is not ready to run. Open it again to see how far it is", "")
	case s.New+s.Replaced == s.Done:
		return record.Event{}, record.Refuse("I-03", "There is nothing to bring in: every row is refused or in already", "")
	}
	i.Stage, i.Ran = Running, 0
	return record.Event{Action: "import.started"}.With("rows", s.New+s.Replaced-s.Done), nil
}

// progress notes how far the run has come; at the end it has ended.
func (i *Import) progress(ran int) (record.Event, error) {
	i.Ran = ran
	if action := "import.progressed"; ran < len(i.Rows) {
		return record.Event{Action: action}.With("done", i.Sum().Done), nil
	}
	i.Stage = Ended
	s := i.Sum()
	return record.Event{Action: "import.ended"}.With("new", s.New).With("replaced", s.Replaced).With("refused", s.Refused), nil
}

// planned notes what was read.
func (i *Import) planned(rows []Row, losses []review.Loss) (record.Event, error) {
	i.Stage, i.Rows, i.Losses = Planned, rows, losses
	s := i.Sum()
	return record.Event{Action: "import.read"}.With("new", s.New).With("replaced", s.Replaced).With("refused", s.Refused), nil
}

// unreadable notes that nothing could be read.
func (i *Import) unreadable(why string) (record.Event, error) {
	i.Stage, i.Refusal = Unreadable, why
	return record.Event{Action: "import.unreadable"}, nil
}

// Texts are the rows that came in, by the ids of their local policies.
func (i *Import) Texts() (out []string) {
	for _, r := range i.Rows {
		if r.Result != "" {
			out = append(out, r.Result)
		}
	}
	return slices.Clip(out)
}
