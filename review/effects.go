package review

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"concordat/review/access"
	"concordat/review/harmony"
	"concordat/review/record"
)

// EffectStores keep what is said about what a policy changes for whom.
type EffectStores struct {
	Levels     Levels
	Estimates  Estimates
	Activities Activities
}

// Effects are what the draft of a policy would change for the patients of each of its commissioners.
type Effects struct {
	Policy *Policy
	Matrix *Matrix       // of what each has today
	Places []PlaceEffect // in the order of the commissioners' names
	All    *Estimate     // the estimate for all that have none of their own; at revision 0 when there is none
}

// Counts are the effects on criteria in all places, each criterion counted once in each place where it is compared.
func (e *Effects) Counts() harmony.Counts {
	var all harmony.Counts
	for i := range e.Places {
		all = all.Plus(e.Places[i].Counts)
	}
	return all
}

// PlaceEffect is what the draft would change for one commissioner's patients.
type PlaceEffect struct {
	Commissioner *Commissioner
	From         []string // short names of those whose texts it took over; none when it has its own
	harmony.Consequence
	Impact  Impact
	Earlier bool          // the shares of the impact were given for an earlier draft
	Own     *Estimate     // its own estimate; at revision 0 when there is none
	Grade   harmony.Grade // as it is worked out now
	Record  *LevelRecord  // at revision 0 when nobody recorded it
	whole   string
}

// Outdated tells whether anything that the recorded level was worked out from changed since.
func (e *PlaceEffect) Outdated() bool {
	return e.Record.Revision > 0 && e.Record.Basis.Whole != e.whole
}

// Whole names all that the level is worked out from now; a form carries it.
func (e *PlaceEffect) Whole() string { return e.whole }

func (e *PlaceEffect) basis(p *Policy) LevelBasis {
	return LevelBasis{Save: p.Saves, Draft: p.decisive(), Whole: e.whole}
}

// Holds is the level that holds now: what a person said of the texts as they are now, else what is worked out from them,
// and then said is nil.
func (e *PlaceEffect) Holds() (level harmony.Level, said *LevelSaid) {
	if x, ok := e.Record.Confirmed(); ok && !e.Outdated() {
		return x.Level, &x
	}
	return e.Grade.Level, nil
}

// SaidBefore is what a person said last, when the texts or the numbers are no longer what it was said of; else nil.
func (e *PlaceEffect) SaidBefore() *LevelSaid {
	last := len(e.Record.Said) - 1
	if _, said := e.Holds(); said != nil || last < 0 {
		return nil
	}
	return &e.Record.Said[last]
}

// LoseWords is how many may lose, as it may be shown, and that this goes by a share given for an earlier draft where it does.
func (e *PlaceEffect) LoseWords() string {
	return e.dated(e.Impact.LoseWords(), e.MayTake() && !e.Ends && e.Impact.Lose != nil)
}

// GainWords is the same of how many may gain.
func (e *PlaceEffect) GainWords() string {
	return e.dated(e.Impact.GainWords(), e.MayGive() && e.Impact.Gain != nil)
}

// SharesSource is where the shares come from: "audit 2025", with the draft that they were given for when it is an earlier one.
func (e *PlaceEffect) SharesSource() string {
	if e.Earlier {
		return e.Impact.Estimate.Source + ", " + e.Impact.Estimate.EarlierWords()
	}
	return e.Impact.Estimate.Source
}

func (e *PlaceEffect) dated(words string, byShare bool) string {
	if e.Earlier && byShare {
		return words + ", by a share " + e.Impact.Estimate.EarlierWords()
	}
	return words
}

// Place finds the effect for a commissioner.
func (e *Effects) Place(commissioner string) (*PlaceEffect, error) {
	i := slices.IndexFunc(e.Places, func(x PlaceEffect) bool { return x.Commissioner.ID == commissioner })
	if i < 0 {
		return nil, fmt.Errorf("effects for commissioner %s: %w", commissioner, record.ErrNotFound)
	}
	return &e.Places[i], nil
}

// Effects works out what the draft of a policy would change for whom, from the texts of the day.
func (s *Service) Effects(ctx context.Context, by record.Actor, policy string) (*Effects, error) {
	m, err := s.today(ctx, by, policy)
	if err != nil {
		return nil, err
	}
	x, err := s.beside(ctx, m.Policy)
	if err != nil {
		return nil, err
	}
	out := &Effects{Policy: m.Policy, Matrix: m, All: x.estimate("")}
	of := consequences(m)
	today := record.DateOf(s.Now())
	has := func(id string) bool { _, ok := of[id]; return ok }
	for _, id := range m.Policy.Commissioners {
		c := x.places[id]
		if c == nil || c.Ended(today) && len(x.places.after(c)) > 0 {
			continue // its successors are asked
		}
		out.Places = append(out.Places, x.effect(c, of, x.places.holders(id, today, has)))
	}
	slices.SortFunc(out.Places, func(a, b PlaceEffect) int { return strings.Compare(a.Commissioner.SortName, b.Commissioner.SortName) })
	return out, nil
}

// besides is what is read beside the matrix.
type besides struct {
	policy    *Policy
	places    Places
	treated   map[string]Baseline
	estimates []*Estimate
	levels    []*LevelRecord
}

func (s *Service) beside(ctx context.Context, p *Policy) (b besides, err error) {
	b.policy = p
	if b.places, err = s.places(ctx); err != nil {
		return b, err
	}
	if b.treated, err = s.activity(ctx, p.Content); err != nil {
		return b, err
	}
	if b.estimates, err = s.Estimates.OfPolicy(ctx, p.ID); err != nil {
		return b, err
	}
	b.levels, err = s.Levels.OfPolicy(ctx, p.ID)
	return b, err
}

// estimate is what was said for one commissioner, "" for all; empty when nothing was.
func (b *besides) estimate(commissioner string) *Estimate {
	for _, x := range b.estimates {
		if x.Commissioner == commissioner {
			return x
		}
	}
	return &Estimate{Head: record.Head{ID: EstimateID(b.policy.ID, commissioner)}, Policy: b.policy.ID, Commissioner: commissioner}
}

// estimateFor is what holds for a commissioner: its own, else that for all; nil when there is neither.
func (b *besides) estimateFor(commissioner string) *Estimate {
	for _, id := range []string{commissioner, ""} {
		if x := b.estimate(id); x.Revision > 0 {
			return x
		}
	}
	return nil
}

func (b *besides) level(commissioner string) *LevelRecord {
	for _, l := range b.levels {
		if l.Commissioner == commissioner {
			return l
		}
	}
	return &LevelRecord{Head: record.Head{ID: LevelID(b.policy.ID, commissioner)}, Policy: b.policy.ID, Commissioner: commissioner}
}

// effect joins all that is known of one commissioner, whose texts are its own or those that it took over.
func (b *besides) effect(c *Commissioner, of map[string]harmony.Consequence, holders []string) PlaceEffect {
	e := PlaceEffect{Commissioner: c, Record: b.level(c.ID), Own: b.estimate(c.ID)}
	var list []harmony.Consequence
	for _, id := range holders {
		list = append(list, of[id])
		if id != c.ID {
			e.From = append(e.From, b.places.short(id))
		}
	}
	e.Consequence = harmony.Together(list)
	e.Place, e.Name = c.ID, c.Short
	e.Impact = impact(e.Consequence, b.treated[c.ID], b.estimateFor(c.ID))
	e.Earlier = e.Impact.Estimate != nil && e.Impact.Estimate.Earlier(b.policy.Content)
	e.Grade = harmony.GradeOf(harmony.Case{Consequence: e.Consequence, Lose: e.Impact.Lose, Gain: e.Impact.Gain})
	e.whole = fingerprint(e.Grade, e.Consequence)
	return e
}

// consequences are those of a matrix, by the commissioner whose text it is.
func consequences(m *Matrix) map[string]harmony.Consequence {
	standing := map[string]harmony.Standing{}
	for id, l := range m.Locals {
		standing[id] = harmony.Standing{Without: withouts[l.Without], Funds: funds[l.Position]}
	}
	for id, x := range m.InForce {
		position, _ := x.Version.Position()
		standing[id] = harmony.Standing{Funds: funds[position]}
	}
	proposed, _ := m.Policy.Position()
	out := map[string]harmony.Consequence{}
	for _, c := range m.Consequences(standing, funds[proposed]) {
		if m.Base != harmony.Draft { // the matrix compares with something else where the draft has no criteria
			c = harmony.Untold(c.Place, c.Name, "the draft has no criteria yet")
		}
		out[c.Place] = c
	}
	return out
}

// withouts is what it means for harmony that there is no policy.
var withouts = map[Without]harmony.Access{OpenAccess: harmony.OpenAccess, NationalText: harmony.NationalText}

// funds is how far a position funds a treatment.
var funds = map[Position]harmony.Funds{Routine: harmony.FundsAll, Restricted: harmony.FundsCriteria, PriorApproval: harmony.FundsApproved,
	Evaluation: harmony.FundsTrial, NotRoutine: harmony.FundsNone}

// fingerprint names what a level was worked out from: the words of both texts on each criterion, and the steps.
func fingerprint(g harmony.Grade, c harmony.Consequence) string {
	h := sha256.New()
	fmt.Fprintf(h, "%d\x00%v\x00%s\x00%s\x00%d %t %t", g.Level, g.Steps, c.Doubt, c.Effect, c.Counts, c.Ends, c.Begins)
	for _, x := range c.Changes {
		fmt.Fprintf(h, "\x00%s\x01%s\x01%s", x.Today.Folded(), x.Proposed.Folded(), x.Effect)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// RecordLevels notes for each commissioner of a policy the level as it is worked out now, where the record was of other
// texts or numbers. It gives how many were noted.
func (s *Service) RecordLevels(ctx context.Context, by record.Actor, policy string) (int, error) {
	x, err := s.Effects(ctx, by, policy)
	if err != nil {
		return 0, err
	}
	if err := access.Check(by, access.LevelConfirm, x.Policy.scope()); err != nil {
		return 0, err
	}
	var writes []record.Write
	for i := range x.Places {
		e := &x.Places[i]
		if !e.Outdated() && e.Record.Revision > 0 {
			continue
		}
		w, err := s.proposeLevel(by, x.Policy, e)
		if err != nil {
			return 0, err
		}
		writes = append(writes, w)
	}
	if len(writes) == 0 {
		return 0, nil
	}
	return len(writes), s.Levels.Commit(ctx, writes...)
}

func (s *Service) proposeLevel(by record.Actor, p *Policy, e *PlaceEffect) (record.Write, error) {
	basis := e.basis(p)
	edit := record.Edit{By: by, ID: e.Record.ID, Revision: e.Record.Revision}
	return record.Plan(e.Record, edit, s.Now(), func(l *LevelRecord) (record.Event, error) { return l.propose(e.Grade, basis) })
}

// SayLevel confirms the level of change for one commissioner, or puts another in its place, with the reason of the edit.
// whole is PlaceEffect.Whole as the form showed it: when a text or a number changed since, it is an ErrConflict.
func (s *Service) SayLevel(ctx context.Context, e record.Edit, policy, commissioner, whole string, level harmony.Level) (*LevelRecord, error) {
	if err := access.Check(e.By, access.LevelConfirm, access.For(commissioner)); err != nil {
		return nil, err
	}
	x, err := s.Effects(ctx, e.By, policy)
	if err != nil {
		return nil, err
	}
	at, err := x.Place(commissioner)
	if err != nil {
		return nil, err
	}
	if at.whole != whole {
		return nil, fmt.Errorf("level of %s for %s: what it is worked out from changed: %w", policy, commissioner, record.ErrConflict)
	}
	basis := at.basis(x.Policy)
	return record.Apply(ctx, s.Levels, at.Record, e, s.Now(), func(l *LevelRecord) (record.Event, error) {
		if _, err := l.propose(at.Grade, basis); err != nil {
			return record.Event{}, err
		}
		return l.say(LevelSaid{Level: level, Reason: e.Reason, By: e.By.ID, At: s.Now()})
	})
}

// LevelsOf are the recorded levels of a policy added up.
func (s *Service) LevelsOf(ctx context.Context, p *Policy) (LevelSum, error) {
	list, err := s.Levels.OfPolicy(ctx, p.ID)
	return SumLevels(list, p.Content), err
}
