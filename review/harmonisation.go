package review

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"concordat/review/harmony"
	"concordat/review/record"
)

// Harmonisation is what people added to the matrix of one policy's local texts: what they put right of the proposed
// rows, the national text, what the evidence says on a row, and where paragraphs of the draft came from. The rows
// themselves are never kept: they are proposed anew from the texts of the day. Its id is the policy's.
type Harmonisation struct {
	record.Head `bson:",inline"`
	Corrected   []Corrected       `bson:"corrected"` // oldest first
	Counter     int               `bson:"counter"`   // numbers of corrections are never given twice
	National    NationalReference `bson:"national"`
	Notes       []EvidenceNote    `bson:"notes"`
	Origins     []Origin          `bson:"origins"`
}

// Kind names the kind of document.
func (*Harmonisation) Kind() string { return "harmony" }

// Corrected is one thing that somebody put right. It may take several corrections, which are undone together.
type Corrected struct {
	Number   int                  `bson:"number"`
	List     []harmony.Correction `bson:"list"`
	By       string               `bson:"by"`
	At       time.Time            `bson:"at"`
	Revision int64                `bson:"revision"` // of the harmonisation, since when it holds
}

// Corrections are all corrections in order, as the matrix takes them.
func (h *Harmonisation) Corrections() []harmony.Correction {
	var out []harmony.Correction
	for _, c := range h.Corrected {
		out = append(out, c.List...)
	}
	return out
}

// Idle tells which of those who corrected find nothing to do any more, by their numbers: a wording that they are about
// is in no text now. idle are places in Corrections.
func (h *Harmonisation) Idle(idle []int) []int {
	var out []int
	from := 0
	for _, c := range h.Corrected {
		to := from + len(c.List)
		if slices.ContainsFunc(idle, func(i int) bool { return from <= i && i < to }) {
			out = append(out, c.Number)
		}
		from = to
	}
	return out
}

// mostCorrected bounds what is kept. A policy has some twenty rows.
const mostCorrected = 1000

// correct keeps corrections that find something to do.
func (h *Harmonisation) correct(list []harmony.Correction, by string, now time.Time) (record.Event, error) {
	var faults record.Faults
	faults.Add(len(h.Corrected) >= mostCorrected, "", "This matrix has 1,000 corrections already. Undo those that are not needed any more")
	faults.Add(len(list) == 0, "words", "Choose at least one wording")
	for _, c := range list {
		faults = append(faults, faultsOf(c)...)
	}
	if err := faults.Err(); err != nil {
		return record.Event{}, err
	}
	h.Counter++
	h.Corrected = append(h.Corrected, Corrected{Number: h.Counter, List: list, By: by, At: now, Revision: h.Revision + 1})
	return record.Event{Action: "harmony.corrected"}.With("number", h.Counter).With("act", string(list[0].Act)), nil
}

// faultsOf refuses a correction that means nothing.
func faultsOf(c harmony.Correction) (faults record.Faults) {
	faults.Add(c.Words == "" && c.Act != harmony.Belong, "words", "Choose at least one wording")
	switch c.Act {
	case harmony.Merge, harmony.Move:
		faults.Add(c.With == "", "with", "Choose the other row")
		faults.Add(c.With != "" && c.With == c.Words, "with", "Choose another row than this one")
	case harmony.Name:
		faults.Add(strings.TrimSpace(c.Name) == "", "name", "Enter a name for the row")
		faults.Add(long(c.Name, 80), "name", "The name must be 80 characters or fewer")
	case harmony.Take:
		faults.Add(c.With == c.Words && c.With != "", "with", "Choose another row than this one")
	case harmony.Belong:
		faults.Add(c.Place == "", "", "Choose a text")
	case harmony.Part, harmony.Drop, harmony.Confirm:
	default:
		faults.Add(true, "", "Choose what to put right")
	}
	return faults
}

// undo takes back one thing that somebody put right.
func (h *Harmonisation) undo(number int) (record.Event, error) {
	i := slices.IndexFunc(h.Corrected, func(c Corrected) bool { return c.Number == number })
	if i < 0 {
		return record.Event{}, fmt.Errorf("correction %d of %s: it is undone already: %w", number, h.ID, record.ErrConflict)
	}
	h.Corrected = slices.Delete(h.Corrected, i, i+1)
	return record.Event{Action: "harmony.undone"}.With("number", number), nil
}

// since are those who corrected the same wordings after a form with some revision was made.
func (h *Harmonisation) since(revision int64, list []harmony.Correction) (out []Corrected) {
	about := func(c harmony.Correction) []string {
		switch {
		case c.Act == harmony.Belong:
			return []string{"text:" + c.Place} // no folded words have a colon
		case c.With == "":
			return []string{c.Words}
		}
		return []string{c.Words, c.With}
	}
	for _, made := range h.Corrected {
		if made.Revision > revision && slices.ContainsFunc(made.List, func(theirs harmony.Correction) bool {
			return slices.ContainsFunc(list, func(mine harmony.Correction) bool {
				return slices.ContainsFunc(about(mine), func(w string) bool { return slices.Contains(about(theirs), w) })
			})
		}) {
			out = append(out, made)
		}
	}
	return out
}

// CorrectedMeanwhile says that somebody put right the same rows after the form was made. It is an ErrConflict.
type CorrectedMeanwhile struct {
	By []Corrected // oldest first
}

func (m *CorrectedMeanwhile) Error() string {
	return fmt.Sprintf("%d corrections of the same rows were made meanwhile", len(m.By))
}

// Unwrap makes it an ErrConflict.
func (m *CorrectedMeanwhile) Unwrap() error { return record.ErrConflict }
