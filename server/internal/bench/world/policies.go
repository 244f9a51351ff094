package world

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"concordat/review"
	"concordat/review/record"
)

// together is how many policies are worked on at once.
const together = 8

// each does something for every policy, some at once, and gives the first error.
func (b *builder) each(ctx context.Context, n int, do func(ctx context.Context, i int) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	work := make(chan int)
	var group sync.WaitGroup
	for range together {
		group.Go(func() {
			for i := range work {
				if err := do(ctx, i); err != nil {
					cancel(fmt.Errorf("number %d: %w", i, err))
				}
			}
		})
	}
	for i := 0; i < n && ctx.Err() == nil; i++ {
		work <- i
	}
	close(work)
	group.Wait()
	if err := context.Cause(ctx); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return ctx.Err()
}

func (b *builder) addPolicies(ctx context.Context) error {
	b.Policies = make([]Policy, b.size.Policies)
	return b.each(ctx, b.size.Policies, b.addPolicy)
}

// addPolicy drafts a policy, notes what each commissioner has today, and issues the versions.
func (b *builder) addPolicy(ctx context.Context, i int) error {
	var ids []string
	for _, c := range b.Commissioners {
		ids = append(ids, c.ID)
	}
	p, err := b.Review.Create(ctx, b.lead, review.NewPolicy{Reference: fmt.Sprintf("CP-%03d", i+1), Title: title(i), Kind: "clinical",
		Programme: b.Programme, Commissioners: ids, Lead: b.lead.ID})
	if err != nil {
		return err
	}
	if p, err = b.Review.SaveDetails(ctx, b.edit(p), b.details(p, i)); err != nil {
		return err
	}
	if err := b.steer(ctx, p, i); err != nil {
		return err
	}
	out := &b.Policies[i]
	out.ID, out.Slug = p.ID, p.Slug
	if err := b.addLocals(ctx, out, i); err != nil {
		return err
	}
	return b.issue(ctx, out, i)
}

// steer says of two in three whether people must be consulted, and plans the month of the decision.
func (b *builder) steer(ctx context.Context, p *review.Policy, i int) error {
	p, err := b.Review.PlanDecision(ctx, b.edit(p), b.today.AddMonths(i%12-2))
	if err != nil || i%3 == 2 {
		return err
	}
	e := b.edit(p)
	e.Reason = "What it changes for patients is written in the level of change."
	_, err = b.Review.SayNeed(ctx, e, review.Needs[i%len(review.Needs)], fmt.Sprintf("Level of change %d", i+1))
	return err
}

func (b *builder) edit(d record.Document) record.Edit {
	return record.Edit{By: b.lead, ID: d.Header().ID, Revision: d.Header().Revision}
}

func (b *builder) details(p *review.Policy, i int) review.Content {
	c := p.Content
	c.Specialty = []string{"Orthopaedics", "Eyes", "Ear, nose and throat", "General surgery", "Skin", "Fertility"}[i%6]
	c.OtherNames = []string{fmt.Sprintf("Treatment %d", i+1)}
	c.Interventions = []review.Intervention{{Name: c.Title, Indication: "Symptoms for 6 months", Position: review.Positions[i%3],
		Criteria: review.CriteriaKey, Codes: review.Codes{OPCS4: []string{fmt.Sprintf("W%02d.1", i%90+10)}}}}
	c.Review = b.today.AddMonths(24)
	return c
}

func (b *builder) addLocals(ctx context.Context, out *Policy, i int) error {
	for k, c := range b.Commissioners {
		w := newWriter(i, 1000+k)
		n := review.LocalInput{Policy: out.ID, Commissioner: c.ID, Title: title(i) + " in " + c.Short, Reference: fmt.Sprintf("L%d-%d", k+1, i+1),
			Effective: record.Day(2015+k%5, 4, 1), Position: review.Positions[(i+k)%len(review.Positions)], Source: "sent by the commissioner",
			Markdown: w.local(title(i), 2000+w.IntN(6000))}
		if (i+k)%7 == 0 {
			n = review.LocalInput{Policy: out.ID, Commissioner: c.ID, Without: review.OpenAccess, Source: n.Source}
		}
		l, err := b.Review.AddLocal(ctx, b.lead, n)
		if err != nil {
			return fmt.Errorf("local policy of %s: %w", c.Short, err)
		}
		out.Locals = append(out.Locals, l.ID)
	}
	return nil
}

// issue makes the versions. Of a policy that went on, the last one and one before are put to decision.
func (b *builder) issue(ctx context.Context, out *Policy, i int) error {
	w := newWriter(i, 1)
	sections := w.sections(title(i), 2000+w.IntN(6000))
	for n := 1; n <= b.size.Versions; n++ {
		p, err := b.Review.Policy(ctx, b.lead, out.ID)
		if err != nil {
			return err
		}
		if p, _, err = b.Review.SaveText(ctx, b.edit(p), p.Saves, slices.Clone(sections)); err != nil {
			return err
		}
		final := decided(i) && (n == b.size.Versions || n == (b.size.Versions+1)/2)
		v, err := b.Review.Issue(ctx, b.edit(p), fmt.Sprintf("Comments of round %d taken in", n), final)
		if err != nil {
			return err
		}
		out.Versions = append(out.Versions, v.Number)
		if final {
			out.Finals = append(out.Finals, v.Number)
		}
		w.revise(sections)
	}
	return nil
}

// decided tells which policies came to a decision: two of three.
func decided(i int) bool { return i%3 != 0 }

// publish puts the newest final version before the public.
func (b *builder) publish(ctx context.Context) error {
	return b.each(ctx, len(b.Policies), func(ctx context.Context, i int) error {
		x := &b.Policies[i]
		if len(x.Finals) == 0 {
			return nil
		}
		p, err := b.Review.Policy(ctx, b.lead, x.ID)
		if err != nil {
			return err
		}
		_, err = b.Review.Publish(ctx, b.edit(p), x.Finals[len(x.Finals)-1], b.now())
		x.Published = err == nil
		return err
	})
}
