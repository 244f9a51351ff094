package homepages

import (
	"context"
	"slices"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/decision"
	"concordat/review/record"
)

// again are policies of which a new version asks commissioners of mine to decide once more: they adopted an earlier one.
func (d *desk) again(ctx context.Context) error {
	if !access.Ever(d.by, access.DecisionNotice) {
		return nil
	}
	agenda := agendas(d.coming)
	for _, g := range d.programmes {
		cards, err := d.decided(ctx, g.ID)
		if err != nil {
			return err
		}
		for _, x := range cards {
			a := askedAgain(x, d.standing[x.ID])
			a.places = slices.DeleteFunc(a.places, func(id string) bool { return !access.May(d.by, access.DecisionNotice, access.For(id)) })
			d.decideAgain(x, a, agenda[x.ID])
		}
	}
	return nil
}

// decided are policies of a programme, with all on which somebody decided: mine, which are read already, or every one
// where somebody decided on others.
func (d *desk) decided(ctx context.Context, programme string) ([]*review.Card, error) {
	if err := d.readStanding(ctx, programme); err != nil {
		return nil, err
	}
	mine := map[string]bool{}
	for _, x := range d.mine {
		mine[x.ID] = x.Programme == programme
	}
	if slices.ContainsFunc(d.stood[programme], func(s decision.Standing) bool { return !mine[s.Policy] }) {
		return d.policies(ctx, d.by, review.Filter{Programme: programme})
	}
	return slices.DeleteFunc(slices.Clone(d.mine), func(x *review.Card) bool { return !mine[x.ID] }), nil
}

// asksAgain is a version that asks again, and whom.
type asksAgain struct {
	version string
	places  []string
	varied  []string // those of them that have a local variation
}

// askedAgain tells whom the newest final version of a policy asks again: those who adopted another and have not decided
// on this one.
func askedAgain(x *review.Card, standing []decision.Standing) asksAgain {
	version, final := lastFinal(x)
	out := asksAgain{version: version}
	if !final || x.Stage != review.ForDecision {
		return out
	}
	for _, s := range standing {
		if s.Policy != x.ID || s.Version == version || !s.Outcome.Adopts() || slices.Contains(out.places, s.Commissioner) {
			continue
		}
		settled := slices.ContainsFunc(standing, func(o decision.Standing) bool {
			return o.Policy == x.ID && o.Version == version && o.Commissioner == s.Commissioner && o.Outcome != decision.Defer
		})
		if settled {
			continue
		}
		out.places = append(out.places, s.Commissioner)
		if s.Outcome == decision.Vary {
			out.varied = append(out.varied, s.Commissioner)
		}
	}
	return out
}

// decideAgain are the lines for those whom a version asks again: mine for whom no meeting has it on its agenda, others'
// at whose meeting it is.
func (d *desk) decideAgain(x *review.Card, a asksAgain, m *decision.Meeting) {
	sits := func(id string) bool { return m != nil && slices.Contains(m.Commissioners, id) }
	rest := a
	rest.places = slices.DeleteFunc(slices.Clone(a.places), sits)
	a.places = slices.DeleteFunc(slices.Clone(a.places), func(id string) bool { return !sits(id) })
	if len(rest.places) > 0 {
		d.page.Yours = append(d.page.Yours, d.decidesAgain(x, rest))
	}
	if len(a.places) > 0 {
		t := d.decidesAgain(x, a)
		days := m.Date.DaysSince(d.today())
		t.Href, t.State, t.Word, t.Due, t.order = "/desk/meetings/"+m.ID, "waiting", inDays(days), m.Date.Words(), days
		d.page.Others = append(d.page.Others, t)
	}
}

func (d *desk) decidesAgain(x *review.Card, a asksAgain) task {
	verb := " decide again on "
	if len(a.places) == 1 {
		verb = " decides again on "
	}
	days := d.today().DaysSince(record.DateOf(x.Since))
	t := task{Href: "/desk/policies/" + x.ID + "/decisions", Text: d.whose(a.places) + verb + x.Title, Why: x.Reference + ". Version " + a.version + " takes the place of what was adopted",
		State: "waiting", Word: plural(days, "day", "days"), Due: "since " + record.DateOf(x.Since).Words(), order: -days}
	varied := slices.DeleteFunc(slices.Clone(a.varied), func(id string) bool { return !slices.Contains(a.places, id) })
	if len(varied) > 0 {
		t.Why += ". The local variation of " + d.whose(varied) + " is to be carried over"
	}
	if days > patience {
		t.State = "late"
	}
	return t
}
