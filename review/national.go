package review

import (
	"slices"
	"strings"
	"time"

	"concordat/review/harmony"
	"concordat/review/record"
)

// NationalReference is what national guidance says on the treatment, as a text that can be compared criterion by criterion.
// The zero NationalReference is none.
type NationalReference struct {
	Title     string      `bson:"title"` // "EBI 2018"
	Source    string      `bson:"source"`
	Published record.Date `bson:"published"`
	Original  *File       `bson:"original"` // as it came; nil when it was pasted
	Markdown  string      `bson:"markdown"`
	Losses    []Loss      `bson:"losses"`
	By        string      `bson:"by"`
	At        time.Time   `bson:"at"`
}

// Given tells whether there is one.
func (n NationalReference) Given() bool { return n.Markdown != "" }

// NationalInput is what somebody says of a national text. Of File, HTML and Markdown the first that is there is read;
// with none of them the text is taken away.
type NationalInput struct {
	Title, Source string
	Published     record.Date
	FileName      string
	File          []byte
	HTML          string
	Markdown      string
}

// setNational keeps a national text in place of the one before. What comes without a file under the title of the one
// before corrects what was read of its file, which stays.
func (h *Harmonisation) setNational(n NationalReference, today record.Date) (record.Event, error) {
	if n.Markdown == "" && n.Title == "" && n.Source == "" && n.Published == 0 {
		h.National = NationalReference{}
		return record.Event{Action: "harmony.national-removed"}, nil
	}
	if err := n.valid(today); err != nil {
		return record.Event{}, err
	}
	if n.Original == nil && n.Title == h.National.Title {
		n.Original = h.National.Original
		if n.Losses == nil {
			n.Losses = h.National.Losses
		}
	}
	h.National = n
	return record.Event{Action: "harmony.national"}, nil
}

func (n NationalReference) valid(today record.Date) error {
	var faults record.Faults
	faults.Add(n.Title == "", "title", "Enter what it is called, such as “EBI 2018”")
	faults.Add(long(n.Title, 100), "title", "The title must be 100 characters or fewer")
	faults.Add(n.Source == "", "source", "Enter where it can be read")
	faults.Add(long(n.Source, 500), "source", "Where it can be read must be told in 500 characters or fewer")
	faults.Add(n.Published > today, "published", "Enter today or an earlier day: only what is published can be compared")
	faults.Add(n.Markdown == "", "text", "Choose a file or paste the text")
	faults.Add(len(n.Markdown) > 4*MaxSection, "text", "The text must be shorter than 800,000 characters")
	return faults.Err()
}

// EvidenceKind says what the evidence has on a row.
type EvidenceKind string

// The kinds: guidance recommends something, an evidence review states something, or somebody looked and found nothing.
const (
	Recommendation EvidenceKind = "recommendation"
	Statement      EvidenceKind = "statement"
	NoneFound      EvidenceKind = "none"
)

// EvidenceKinds are all kinds.
var EvidenceKinds = []EvidenceKind{Recommendation, Statement, NoneFound}

// Words is the kind as a page shows it.
func (k EvidenceKind) Words() string {
	switch k {
	case Recommendation:
		return "Recommendation"
	case Statement:
		return "Statement of an evidence review"
	case NoneFound:
		return "None found"
	}
	return string(k)
}

// EvidenceNote is what the evidence says on one row.
type EvidenceNote struct {
	Words  string       `bson:"words"` // a folded wording of the row
	Kind   EvidenceKind `bson:"kind"`
	Text   string       `bson:"text"`   // what it says; "" where none was found
	Source string       `bson:"source"` // "NICE NG202, 1.4.2"; where none was found, what was searched
	By     string       `bson:"by"`
	At     time.Time    `bson:"at"`
	// Revision is that of the harmonisation, since when it holds.
	Revision int64 `bson:"revision"`
}

// NoteOn is the note on a row.
func (h *Harmonisation) NoteOn(r *harmony.Row) (EvidenceNote, bool) {
	i := slices.IndexFunc(h.Notes, func(n EvidenceNote) bool { return r.Has(n.Words) })
	if i < 0 {
		return EvidenceNote{}, false
	}
	return h.Notes[i], true
}

// note keeps what the evidence says on a row in place of what was noted; a note of no kind takes it away.
func (h *Harmonisation) note(n EvidenceNote, on *harmony.Row) (record.Event, error) {
	n.Text, n.Source = strings.TrimSpace(n.Text), strings.TrimSpace(n.Source)
	var faults record.Faults
	faults.Add(n.Kind != "" && !slices.Contains(EvidenceKinds, n.Kind), "kind", "Choose what was found from the list")
	faults.Add((n.Kind == Recommendation || n.Kind == Statement) && n.Text == "", "text", "Enter what it says")
	faults.Add(n.Kind != "" && n.Source == "", "source", "Enter where it stands or, when nothing was found, where somebody looked")
	faults.Add(long(n.Text, 1000), "text", "What it says must be 1,000 characters or fewer")
	faults.Add(long(n.Source, 300), "source", "Where it stands must be told in 300 characters or fewer")
	if err := faults.Err(); err != nil {
		return record.Event{}, err
	}
	h.Notes = slices.DeleteFunc(h.Notes, func(x EvidenceNote) bool { return on.Has(x.Words) })
	if n.Kind == "" {
		return record.Event{Action: "harmony.note-removed"}, nil
	}
	n.Revision = h.Revision + 1
	h.Notes = append(h.Notes, n)
	return record.Event{Action: "harmony.noted"}.With("kind", string(n.Kind)), nil
}
