package review

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"concordat/review/clause"
	"concordat/review/record"
)

// Stage is how far a policy has come.
type Stage string

// The stages, in order. Evidence and consultation come between drafting and decision.
const (
	Drafting    Stage = "drafting"
	ForDecision Stage = "decision"
	Published   Stage = "published"
	Withdrawn   Stage = "withdrawn"
)

// Stages are all stages, in order.
var Stages = []Stage{Drafting, ForDecision, Published, Withdrawn}

// Words is the stage as a page shows it.
func (s Stage) Words() string {
	switch s {
	case Drafting:
		return "Drafting"
	case ForDecision:
		return "For decision"
	case Published:
		return "Published"
	case Withdrawn:
		return "Withdrawn"
	}
	return string(s)
}

// Policy is a governed text: the draft as it stands, and which versions were issued from it.
type Policy struct {
	record.Head `bson:",inline"`
	Reference   string `bson:"reference"` // "CP-041", unique
	Slug        string `bson:"slug"`      // its public address, unique, never changed once published
	SortTitle   string `bson:"sortTitle"` // title folded for sorting
	KindID      string `bson:"kind"`
	Programme   string `bson:"programme"`
	// Commissioners are those it is meant for: the programme's when it was made or last changed.
	Commissioners []string  `bson:"commissioners"`
	Lead          string    `bson:"lead"` // account
	Stage         Stage     `bson:"stage"`
	Since         time.Time `bson:"since"` // when it came to this stage
	Content       `bson:",inline"`

	Saves      int       `bson:"saves"`      // how many saves there are; the last is the draft
	NextAnchor int       `bson:"nextAnchor"` // anchors are never given twice
	Issued     []Mark    `bson:"issued"`     // versions, oldest first
	Published  Number    `bson:"published"`  // what the public reads; 0.0 for nothing
	PublicFrom time.Time `bson:"publicFrom"` // when the publication goes live
	Accepted   []Accept  `bson:"accepted"`   // warnings that are kept, with their reasons

	Needs   []NeedRecord `bson:"needs"`   // what was said about the need for a consultation, oldest first
	Planned record.Date  `bson:"planned"` // the first of the month in which commissioners are to decide; 0 for none
}

// Kind names the kind of document.
func (*Policy) Kind() string { return "policy" }

// Mark is what a policy remembers of a version it issued.
type Mark struct {
	Number   Number    `bson:"number"`
	Save     int       `bson:"save"`
	Note     string    `bson:"note"` // what changed and why, one line
	Issued   time.Time `bson:"issued"`
	By       string    `bson:"by"`
	Final    bool      `bson:"final"`    // put to decision
	Corrects Number    `bson:"corrects"` // the version of which this is an erratum; 0.0 for none
}

// Accept is a warning that somebody keeps, with the reason. It holds while the words it was about stay the same.
type Accept struct {
	Rule   string    `bson:"rule"`
	About  string    `bson:"about"` // what the finding was about, Finding.About
	Reason string    `bson:"reason"`
	By     string    `bson:"by"`
	At     time.Time `bson:"at"`
}

// Save is one state of the draft. Every save is kept and never changes.
type Save struct {
	record.Head `bson:",inline"`
	Policy      string `bson:"policy"`
	Number      int    `bson:"number"`
	By          string `bson:"by"`
	Content     `bson:",inline"`
}

// Kind names the kind of document.
func (*Save) Kind() string { return "save" }

// SaveID is the id of a policy's save.
func SaveID(policy string, number int) string { return policy + "/s" + strconv.Itoa(number) }

// Version is an issued text. It never changes.
type Version struct {
	record.Head `bson:",inline"`
	Policy      string `bson:"policy"`
	Reference   string `bson:"reference"`
	KindID      string `bson:"kind"`
	Mark        `bson:"mark"`
	Content     `bson:",inline"`
	Accepted    []Accept `bson:"accepted"`
}

// Kind names the kind of document.
func (*Version) Kind() string { return "version" }

// VersionID is the id of a policy's version.
func VersionID(policy string, n Number) string { return policy + "/v" + n.String() }

// Concerns tells whether the policy is for a commissioner's area: it is one of the policy's own, or one of these took
// it over.
func (p *Policy) Concerns(commissioner string, places Places) bool {
	queue, seen := []string{commissioner}, map[string]bool{}
	for len(queue) > 0 {
		id := queue[0]
		queue = queue[1:]
		if slices.Contains(p.Commissioners, id) {
			return true
		}
		if c := places[id]; c != nil && !seen[id] {
			queue = append(queue, places.after(c)...)
		}
		seen[id] = true
	}
	return false
}

// Latest is the newest issued version; ok is false when none was.
func (p *Policy) Latest() (m Mark, ok bool) {
	if len(p.Issued) == 0 {
		return Mark{}, false
	}
	return p.Issued[len(p.Issued)-1], true
}

// LastFinal is the newest version that was put to decision, which one that says the same as another never was; ok is
// false when none was.
func (p *Policy) LastFinal() (n Number, ok bool) { return lastFinal(p.Issued) }

// LastFinal is that of the policy.
func (c *Card) LastFinal() (n Number, ok bool) { return lastFinal(c.Issued) }

func lastFinal(issued []Mark) (Number, bool) {
	for _, m := range slices.Backward(issued) {
		if m.Final && m.Corrects.Zero() {
			return m.Number, true
		}
	}
	return Number{}, false
}

// Mark finds an issued version.
func (p *Policy) Mark(n Number) (Mark, bool) {
	i := slices.IndexFunc(p.Issued, func(m Mark) bool { return m.Number == n })
	if i < 0 {
		return Mark{}, false
	}
	return p.Issued[i], true
}

// Corrected is the newest erratum of a version, or the version itself. Asked with an erratum it gives the newest
// of the same version.
func (p *Policy) Corrected(n Number) Number {
	if m, ok := p.Mark(n); ok && !m.Corrects.Zero() {
		n = m.Corrects
	}
	for _, m := range slices.Backward(p.Issued) {
		if m.Corrects == n {
			return m.Number
		}
	}
	return n
}

// save replaces the draft by c, which keeps the anchors of what stayed, and shares those of what is new in others too.
func (p *Policy) save(c Content, by string, r Renderer, others ...clause.Text) (record.Event, error) {
	if err := c.valid(); err != nil {
		return record.Event{}, err
	}
	c.Files = p.Files
	p.inherit(&c, p.Text(), others...)
	if !slices.Equal(c.Sections, p.Sections) {
		if err := c.showable(r); err != nil {
			return record.Event{}, err
		}
	}
	p.Content = c
	p.SortTitle = Fold(c.Title)
	p.Saves++
	return record.Event{Action: "policy.saved", Keep: []record.Document{p.snapshot(by)}}.With("save", p.Saves), nil
}

func (p *Policy) snapshot(by string) *Save {
	return &Save{Head: record.Head{ID: SaveID(p.ID, p.Saves)}, Policy: p.ID, Number: p.Saves, By: by, Content: p.Content}
}

func (p *Policy) nextAnchor() string {
	p.NextAnchor++
	return "p" + strconv.Itoa(p.NextAnchor)
}

// issue makes a version of the draft. A final one is put to decision; it must pass every blocking check.
func (p *Policy) issue(note, by string, final bool, now time.Time) (*Version, record.Event, error) {
	if err := p.issuable(note, final, now).Err(); err != nil {
		return nil, record.Event{}, err
	}
	n := p.next(final)
	m := Mark{Number: n, Save: p.Saves, Note: strings.TrimSpace(note), Issued: now, By: by, Final: final}
	p.Issued = append(p.Issued, m)
	if final && p.Stage != Withdrawn {
		p.Stage, p.Since = ForDecision, now // what is published stays so meanwhile
	}
	v := p.version(m)
	event := record.Event{Action: "policy.issued", Keep: []record.Document{v}}.With("version", n)
	if final {
		event = event.With("final", "yes")
	}
	return v, event, nil
}

// issuable is what stands against issuing the draft.
func (p *Policy) issuable(note string, final bool, now time.Time) (faults record.Faults) {
	faults.Add(strings.TrimSpace(note) == "", "note", "Say in one line what changed and why")
	faults.Add(len([]rune(note)) > 300, "note", "The change note must be 300 characters or fewer")
	if last, ok := p.Latest(); ok && last.Save == p.Saves && last.Final == final {
		faults.Add(true, "", fmt.Sprintf("Nothing was saved since version %s", last.Number))
	}
	if final {
		for _, f := range Check(p, now) {
			faults.Add(f.Grade == Block, "", f.Message)
		}
	}
	return faults
}

func (p *Policy) next(final bool) Number {
	last, _ := p.Latest()
	if final {
		return last.Number.Final()
	}
	return last.Number.Draft()
}

// valid refuses content that cannot be kept at all; what is merely unfinished is a matter for Check. Faults of a
// treatment or of guidance name it by its place: "i0-name", "g0-ref".
func (c Content) valid() error {
	var faults record.Faults
	faults.Add(strings.TrimSpace(c.Title) == "", "title", "Enter the policy's title")
	faults.Add(len([]rune(c.Title)) > 200, "title", "The title must be 200 characters or fewer")
	faults.Add(long(c.Specialty, 100), "specialty", "The specialty must be 100 characters or fewer")
	faults.Add(len(c.OtherNames) > 30, "otherNames", "Enter 30 other names or fewer")
	faults.Add(slices.ContainsFunc(c.OtherNames, func(s string) bool { return long(s, 150) }), "otherNames", "Each other name must be 150 characters or fewer")
	faults.Add(len(c.Interventions) > 50, "", "Enter 50 interventions or fewer")
	faults.Add(len(c.Guidance) > 50, "", "Enter 50 pieces of guidance or fewer")
	faults.Add(len(c.Supersedes) > 100, "supersedes", "Choose 100 policies or fewer")
	for i, x := range c.Interventions {
		row := "i" + strconv.Itoa(i) + "-"
		faults.Add(!x.Position.known(), row+"position", "Choose a position from the list")
		faults.Add(long(x.Name, 250), row+"name", "The treatment must be 250 characters or fewer")
		faults.Add(long(x.Indication, 250), row+"indication", "What it is for must be 250 characters or fewer")
		faults.Add(manyCodes(x.Codes.OPCS4), row+"opcs4", codesWords)
		faults.Add(manyCodes(x.Codes.ICD10), row+"icd10", codesWords)
	}
	for i, x := range c.Guidance {
		row := "g" + strconv.Itoa(i) + "-"
		faults.Add(long(x.Ref, 100), row+"ref", "The reference must be 100 characters or fewer")
		faults.Add(long(x.Title, 300), row+"title", "The title must be 300 characters or fewer")
	}
	for _, s := range c.Sections {
		faults.Add(len(s.Markdown) > MaxSection, s.Key, s.Title+" must be shorter than 200,000 characters")
		faults.Add(!utf8.ValidString(s.Markdown), s.Key, s.Title+" has characters that cannot be read. Copy the text again from its source")
	}
	return faults.Err()
}

func long(s string, most int) bool { return utf8.RuneCountInString(s) > most }

const codesWords = "Enter 150 codes or fewer, each of 30 characters or fewer, divided by commas"

// manyCodes tells whether codes are more, or longer, than anybody means: a text that was pasted there by mistake.
func manyCodes(list []string) bool {
	return len(list) > 150 || slices.ContainsFunc(list, func(s string) bool { return long(s, 30) })
}

// MaxSection is the greatest length of one section's Markdown in bytes.
const MaxSection = 200_000

// Fold is a text in the form in which lists are sorted and looked through.
func Fold(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
