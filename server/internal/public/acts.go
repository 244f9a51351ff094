package public

import (
	"context"
	"slices"
	"time"

	"concordat/review"
	"concordat/review/record"
)

// act is what somebody did to what applies in an area, beside deciding on a version. Who did it is not public.
type act struct {
	at       time.Time
	revision int64 // of the register, which tells one act of it from another
	place    string
	action   string
	from     record.Date
	relied   []record.Ref
}

// told says of each act that the feeds tell what happened, and what it means from its day on.
var told = map[string]struct{ title, summary string }{
	"register.suspended": {"suspended", "Do not start this treatment under this policy from"},
	"register.lifted":    {"no longer suspended", "The policy applies again from"},
	"register.withdrawn": {"withdrawn", "The policy no longer applies to patients referred on or after"},
	"register.dated":     {"the date is known", "The adopted text applies from"},
	"register.redated":   {"the date is corrected", "The adopted text applies from"},
}

// mostActs is how many events of a register are looked through: far more than one has.
const mostActs = 200

// readActs reads the acts from the trail, which alone knows when each was done. Most registers have none.
func (src Sources) readActs(ctx context.Context, p *policyFacts) error {
	for _, r := range p.registers {
		acted := len(r.Suspensions) > 0 || slices.ContainsFunc(r.Intervals, func(x review.Interval) bool { return x.Text.None != "" || x.Event != "" })
		if !acted {
			continue
		}
		list, _, err := src.Events.Events(ctx, r.Kind(), r.ID, "", mostActs)
		if err != nil {
			return err
		}
		for _, e := range list {
			body, err := e.Read()
			if err != nil {
				return err
			}
			if _, ok := told[body.Action]; ok {
				p.acts = append(p.acts, act{at: e.At, revision: e.Subject.Revision, place: r.Commissioner, action: body.Action, from: fromOf(body.Facts), relied: body.Relied})
			}
		}
	}
	return nil
}

// fromOf is the day from which an act is in force.
func fromOf(facts []record.Fact) record.Date {
	for _, f := range facts {
		if f.Name == "from" {
			d, _ := record.ParseDate(f.Value) // our own writing
			return d
		}
	}
	return 0
}

// actsOf are the acts that outsiders may know of: not the date of a text that is not public yet.
func (p *Policy) actsOf() []act {
	return slices.DeleteFunc(slices.Clone(p.acts), func(a act) bool {
		return (a.action == "register.dated" || a.action == "register.redated") && !slices.ContainsFunc(p.registers[a.place].Intervals, func(x review.Interval) bool {
			return x.Event != "" && slices.ContainsFunc(a.relied, func(ref record.Ref) bool { return ref.ID == x.Source.ID })
		})
	})
}
