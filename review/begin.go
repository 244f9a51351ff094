package review

import (
	"slices"
	"strings"
	"time"

	"concordat/review/record"
)

// begin gives a new policy the empty sections of its kind and its first save.
func (p *Policy) begin(n NewPolicy, kind Kind, by string, now time.Time, r Renderer) (record.Event, error) {
	var faults record.Faults
	n.Reference = strings.ToUpper(strings.TrimSpace(n.Reference)) // so that it is one and is found, however it is typed
	faults.Add(n.Reference == "", "reference", "Enter a reference, such as CP-041")
	faults.Add(len([]rune(n.Reference)) > 30, "reference", "The reference must be 30 characters or fewer")
	faults.Add(n.Programme == "", "programme", "Choose a programme")
	faults.Add(len(n.Commissioners) == 0, "commissioners", "The programme has no commissioners yet")
	faults.Add(p.Slug == "", "title", "Enter the policy's title")
	if err := faults.Err(); err != nil {
		return record.Event{}, err
	}
	p.Reference, p.KindID, p.Programme, p.Commissioners, p.Lead = n.Reference, kind.ID, n.Programme, n.Commissioners, n.Lead
	p.Stage, p.Since = Drafting, now
	c := Content{Title: strings.TrimSpace(n.Title)}
	for _, t := range kind.Sections {
		c.Sections = append(c.Sections, Section{Key: t.Key, Title: t.Title})
	}
	event, err := p.save(c, by, r)
	event.Action = "policy.created"
	return event, err
}

// publish notes which version the public reads.
func (p *Policy) publish(v *Version, registers []*Register, from, now time.Time) (record.Event, error) {
	var faults record.Faults
	mark, ok := p.Mark(v.Number)
	faults.Add(!ok || !mark.Final, "version", "Only a final version can be published")
	adopted := slices.ContainsFunc(registers, func(r *Register) bool { return r.names(v.Number) || r.names(mark.Corrects) })
	if !adopted {
		faults = append(faults, record.Fault{Field: "version", Rule: "P-01", Message: "No commissioner has adopted this version yet",
			Why: "What is published must apply somewhere."})
	}
	if err := faults.Err(); err != nil {
		return record.Event{}, err
	}
	p.Published, p.PublicFrom = v.Number, from
	if p.Stage != Published {
		p.Stage, p.Since = Published, now
	}
	event := record.Event{Action: "policy.published", Relied: []record.Ref{record.RefTo(v)}, Alters: record.PublicOf(p.ID)}.With("version", v.Number)
	if from.After(now) {
		event = event.With("from", record.DateOf(from))
	}
	return event, nil
}

// names tells whether a version stands in the register or waits for its date.
func (r *Register) names(n Number) bool {
	if n.Zero() {
		return false
	}
	return slices.ContainsFunc(r.Intervals, func(x Interval) bool { return x.Text.Version == n && x.Text.Policy == r.Policy }) ||
		slices.ContainsFunc(r.Pending, func(x Pending) bool { return x.Text.Version == n })
}

// withdraw notes that the public library has it no more. A commissioner in whose register it still stands, now or
// later, needs it there.
func (p *Policy) withdraw(registers []*Register, now time.Time) (record.Event, error) {
	today := record.DateOf(now)
	for _, r := range registers {
		if r.needs(today) {
			return record.Event{}, record.Refuse("P-02", "The policy is still in force somewhere. Withdraw it there first",
				"Whoever looks up a policy that applies must find it.")
		}
	}
	if p.Published.Zero() {
		return record.Event{}, record.Refuse("P-03", "The policy is not published", "")
	}
	p.Stage, p.Since = Withdrawn, now
	return record.Event{Action: "policy.withdrawn", Alters: record.PublicOf(p.ID)}.With("version", p.Published), nil
}

// needs tells whether a version of the policy itself is in force on a day, or will be.
func (r *Register) needs(today record.Date) bool {
	return len(r.Pending) > 0 || slices.ContainsFunc(r.Intervals, func(x Interval) bool {
		return x.Text.Policy == r.Policy && (x.To == 0 || x.To > today)
	})
}
