package world

import (
	"context"
	"fmt"
	"time"

	"concordat/review/decision"
	"concordat/review/record"
)

// agenda is how many policies a meeting decides on.
const agenda = 9

// meet holds meetings of all commissioners about every final version, the older ones first.
func (b *builder) meet(ctx context.Context) error {
	for round := range 2 {
		var papers []decision.Paper
		for _, p := range b.Policies {
			if round < len(p.Finals) {
				papers = append(papers, decision.Paper{Policy: p.ID, Version: p.Finals[round].String()})
			}
		}
		for n := 0; len(papers) > 0; n++ {
			now := papers[:min(agenda, len(papers))]
			papers = papers[len(now):]
			if err := b.hold(ctx, b.today.AddMonths(-20+12*round+n), now); err != nil {
				return fmt.Errorf("meeting %d of round %d: %w", n, round, err)
			}
		}
	}
	return nil
}

// hold plans a meeting and records what it decided.
func (b *builder) hold(ctx context.Context, on record.Date, papers []decision.Paper) error {
	if day := on.Start().Add(9 * time.Hour).UnixMilli(); day > b.clock.Load() {
		b.clock.Store(day)
	}
	var places []string
	for _, c := range b.Commissioners {
		places = append(places, c.ID)
	}
	m, err := b.Decisions.Plan(ctx, b.lead, decision.Details{Title: "Joint committee, " + on.Words(), Body: "Joint committee of all places", Commissioners: places, Date: on})
	if err != nil {
		return err
	}
	b.Meetings = append(b.Meetings, m.ID)
	if m, err = b.Decisions.AddItems(ctx, b.edit(m), papers); err != nil {
		return err
	}
	members := []decision.Member{{Name: "Chair One", Role: "chair", Present: true}, {Name: "Member Two", Role: "clinician", Present: true}}
	if m, err = b.Decisions.Attend(ctx, b.edit(m), members); err != nil {
		return err
	}
	for i, p := range papers {
		if _, err := b.Decisions.Record(ctx, b.edit(m), b.entries(p, on, i)); err != nil {
			return fmt.Errorf("policy %s: %w", p.Policy, err)
		}
		if m, err = b.Decisions.Meetings.Load(ctx, m.ID); err != nil {
			return err
		}
	}
	return nil
}

// entries are the decisions of all commissioners on one version: most adopt it, now and then one waits or declines.
func (b *builder) entries(p decision.Paper, on record.Date, i int) []decision.Entry {
	var out []decision.Entry
	for k, c := range b.Commissioners {
		said := decision.Said{Outcome: decision.Adopt, DueRegard: "The assessment of effects on all groups was read and discussed.", Minute: fmt.Sprintf("%d.%d", i+1, k+1),
			Effective: on.AddMonths(1), Rule: decision.Referred}
		switch {
		case k > 0 && (i+k)%11 == 0:
			said.Outcome, said.Reason = decision.Decline, "The local policy gives more patients the treatment."
		case k > 0 && (i+k)%13 == 0:
			said.Outcome, said.Reason = decision.Defer, "More is to be known about the cost."
		}
		out = append(out, decision.Entry{Policy: p.Policy, Version: p.Version, Commissioner: c.ID, Said: said})
	}
	return out
}
