package review

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"concordat/review/harmony"
	"concordat/review/record"
)

// LevelRecord is the level of change of one policy for the patients of one commissioner, which owns it: what was worked
// out from the texts of a day, and what a person made of it.
type LevelRecord struct {
	record.Head  `bson:",inline"`
	Policy       string        `bson:"policy"`
	Commissioner string        `bson:"commissioner"`
	Proposed     harmony.Level `bson:"proposed"`
	Steps        []LevelStep   `bson:"steps"` // why
	Basis        LevelBasis    `bson:"basis"`
	Said         []LevelSaid   `bson:"said"` // what people said, oldest first
}

// Kind names the kind of document.
func (*LevelRecord) Kind() string { return "level" }

// LevelStep is one reason for a level.
type LevelStep struct {
	Rule  string        `bson:"rule"`
	Level harmony.Level `bson:"level"`
	Words string        `bson:"words"`
}

// LevelBasis says what a level was worked out from.
type LevelBasis struct {
	Save  int    `bson:"save"`  // number of the draft's save
	Draft string `bson:"draft"` // SHA-256 of the draft's text and position, hex
	Whole string `bson:"whole"` // SHA-256 of all that was looked at, hex
}

// LevelSaid is a level that a person confirmed, or put in place of the proposed one.
type LevelSaid struct {
	Level    harmony.Level `bson:"level"`
	Proposed harmony.Level `bson:"proposed"` // at that time
	Reason   string        `bson:"reason"`
	By       string        `bson:"by"`
	At       time.Time     `bson:"at"`
	Whole    string        `bson:"whole"` // LevelBasis.Whole at that time
}

// LevelID is the id of the level of one policy for one commissioner.
func LevelID(policy, commissioner string) string { return policy + ":" + commissioner }

// Levels keeps levels of change. One that was never saved is loaded empty, at revision 0.
type Levels interface {
	record.Store[*LevelRecord]
	OfPolicy(ctx context.Context, policy string) ([]*LevelRecord, error)
}

// Confirmed is what a person said of the level as it is worked out now; ok is false when nobody has, or when what it was
// said of has changed since.
func (l *LevelRecord) Confirmed() (LevelSaid, bool) {
	if n := len(l.Said); n > 0 && l.Said[n-1].Whole == l.Basis.Whole {
		return l.Said[n-1], true
	}
	return LevelSaid{}, false
}

// Level is the level that holds: what a person said of it, else what was worked out.
func (l *LevelRecord) Level() harmony.Level {
	if said, ok := l.Confirmed(); ok {
		return said.Level
	}
	return l.Proposed
}

// Outdated tells whether the draft's text or position changed since the level was worked out.
func (l *LevelRecord) Outdated(c Content) bool { return l.Basis.Draft != c.decisive() }

// decisive is the SHA-256 of what decides who is treated: the text and the positions.
func (c Content) decisive() string {
	h := sha256.New()
	h.Write([]byte(c.Markdown()))
	for _, x := range c.Interventions {
		h.Write([]byte("\x00" + x.Position))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// propose notes a level as it was worked out.
func (l *LevelRecord) propose(g harmony.Grade, b LevelBasis) (record.Event, error) {
	l.Proposed, l.Basis, l.Steps = g.Level, b, nil
	for _, s := range g.Steps {
		l.Steps = append(l.Steps, LevelStep(s))
	}
	return record.Event{Action: "level.proposed"}.With("commissioner", l.Commissioner).With("level", int(g.Level)).With("save", b.Save), nil
}

// mostLevelSaid bounds what is remembered of what people said; the events keep all.
const mostLevelSaid = 50

// say notes what a person says of a level that was worked out from what whole names.
func (l *LevelRecord) say(n LevelSaid) (record.Event, error) {
	n.Reason = strings.TrimSpace(n.Reason)
	var faults record.Faults
	faults.Add(!slices.Contains(harmony.Levels, n.Level), "level", "Choose a level from the list")
	if n.Reason == "" {
		faults = append(faults, record.Fault{Field: "reason", Rule: "V-20", Message: "Say why this is the level",
			Why: "Whoever is not consulted may ask how it was judged (NHS Act 2006 sections 13Q and 14Z45)."})
	}
	faults.Add(long(n.Reason, 2000), "reason", "The reason must be 2,000 characters or fewer")
	if err := faults.Err(); err != nil {
		return record.Event{}, err
	}
	n.Proposed, n.Whole = l.Proposed, l.Basis.Whole
	l.Said = append(l.Said, n)
	if over := len(l.Said) - mostLevelSaid; over > 0 {
		l.Said = slices.Delete(l.Said, 0, over)
	}
	action := "level.confirmed"
	if n.Level != l.Proposed {
		action = "level.overridden"
	}
	return record.Event{Action: action}.With("commissioner", l.Commissioner).With("level", int(n.Level)).With("proposed", int(l.Proposed)), nil
}

// LevelSum is the levels of a policy over its commissioners.
type LevelSum struct {
	Places   int           // with a level
	Highest  harmony.Level // of them
	At       int           // how many have the highest
	Next     harmony.Level // the highest of the others
	Said     int           // how many a person confirmed or put in place
	Outdated bool          // the draft changed since one of them was worked out
}

// SumLevels adds up the levels of a policy.
func SumLevels(list []*LevelRecord, c Content) (s LevelSum) {
	draft := c.decisive()
	levels := make([]harmony.Level, len(list))
	for i, l := range list {
		levels[i] = l.Level()
		if _, ok := l.Confirmed(); ok {
			s.Said++
		}
		s.Outdated = s.Outdated || l.Basis.Draft != draft
	}
	slices.SortFunc(levels, func(a, b harmony.Level) int { return cmp.Compare(b, a) })
	for _, x := range levels {
		switch {
		case s.Places == 0 || x == s.Highest:
			s.Highest = x
			s.At++
		default:
			s.Next = max(s.Next, x)
		}
		s.Places++
	}
	return s
}

// Words are "3 in 4 places, 2 or less in 11".
func (s LevelSum) Words() string {
	if s.Places == 0 {
		return "Not worked out yet"
	}
	places := func(n int) string {
		if n == 1 {
			return "1 place"
		}
		return fmt.Sprintf("%d places", n)
	}
	words := fmt.Sprintf("%d in %s", s.Highest, places(s.At))
	if rest := s.Places - s.At; rest > 0 {
		less := fmt.Sprintf("%d or less", s.Next)
		if s.Next == harmony.LevelNone {
			less = "0"
		}
		words += fmt.Sprintf(", %s in %d", less, rest)
	}
	if s.Outdated {
		words += "; the draft changed since"
	}
	return words
}
