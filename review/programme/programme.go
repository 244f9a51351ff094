// Package programme is about a programme of work: which commissioners bring their policies together, from when to
// when, and by which dates.
package programme

import (
	"slices"
	"strings"

	"concordat/review/access"
	"concordat/review/record"
)

// Programme is a number of commissioners who make their policies one, with a timetable. Which policies belong to it
// is written on each policy.
type Programme struct {
	record.Head `bson:",inline"`
	Name        string      `bson:"name"`
	SortName    string      `bson:"sortName"` // name folded for sorting
	Start       record.Date `bson:"start"`
	End         record.Date `bson:"end"`
	// Commissioners are ids. A policy takes them over when it is made; changing them here changes no policy.
	Commissioners []string    `bson:"commissioners"`
	Milestones    []Milestone `bson:"milestones"` // in the order of their dates
}

// Milestone is a date of the timetable.
type Milestone struct {
	Name    string      `bson:"name"`
	Date    record.Date `bson:"date"`
	Reached bool        `bson:"reached"`
}

// Late tells whether the day has passed and nobody has said that the milestone was reached.
func (m Milestone) Late(today record.Date) bool { return !m.Reached && m.Date < today }

// Kind names the kind of document.
func (*Programme) Kind() string { return "programme" }

// Details are what a form says of a programme.
type Details struct {
	Name          string
	Start, End    record.Date
	Commissioners []string
	Milestones    []Milestone
}

// Most is how many commissioners and how many milestones a programme may have.
const Most = 100

func (p *Programme) scope() access.Scope { return access.For(p.Commissioners...) }

func (p *Programme) create(d Details) (record.Event, error) {
	event, err := p.set(d)
	event.Action = "programme.created"
	return event, err
}

func (p *Programme) edit(d Details) (record.Event, error) {
	event, err := p.set(d)
	event.Action = "programme.edited"
	return event, err
}

func (p *Programme) set(d Details) (record.Event, error) {
	d = d.tidy()
	if err := d.faults().Err(); err != nil {
		return record.Event{}, err
	}
	p.Name, p.SortName = d.Name, strings.ToLower(d.Name)
	p.Start, p.End, p.Commissioners, p.Milestones = d.Start, d.End, d.Commissioners, d.Milestones
	return record.Event{}.With("start", d.Start).With("end", d.End).With("commissioners", len(d.Commissioners)), nil
}

// tidy takes needless spaces, doubled commissioners and empty lines out, and puts the milestones in order.
func (d Details) tidy() Details {
	d.Name = strings.Join(strings.Fields(d.Name), " ")
	d.Commissioners = slices.Compact(slices.Sorted(slices.Values(d.Commissioners)))
	var kept []Milestone
	for _, m := range d.Milestones {
		m.Name = strings.Join(strings.Fields(m.Name), " ")
		if m.Name != "" || m.Date != 0 { // that it was reached says nothing by itself
			kept = append(kept, m)
		}
	}
	slices.SortStableFunc(kept, func(a, b Milestone) int { return int(a.Date - b.Date) })
	d.Milestones = kept
	return d
}

func (d Details) faults() (faults record.Faults) {
	faults.Add(d.Name == "", "name", "Enter the programme’s name")
	faults.Add(len([]rune(d.Name)) > 100, "name", "The name must be 100 characters or fewer")
	faults.Add(d.Start == 0, "start", "Enter the date on which the programme starts")
	faults.Add(d.End == 0, "end", "Enter the date on which the programme ends")
	faults.Add(d.Start != 0 && d.End != 0 && d.End <= d.Start, "end", "The end must be after the start")
	faults.Add(len(d.Commissioners) == 0, "commissioners", "Choose at least one commissioner")
	faults.Add(len(d.Commissioners) > Most, "commissioners", "Choose 100 commissioners or fewer")
	faults.Add(len(d.Milestones) > Most, "milestones", "Keep to 100 dates or fewer")
	for _, m := range d.Milestones {
		faults.Add(m.Name == "", "milestones", "Say what happens on "+m.Date.Words())
		faults.Add(m.Date == 0, "milestones", "Enter a date for “"+m.Name+"”")
		faults.Add(len([]rune(m.Name)) > 100, "milestones", "What happens must be 100 characters or fewer")
	}
	return faults
}

// Next are the milestones from a day on.
func (p *Programme) Next(from record.Date) []Milestone {
	i := slices.IndexFunc(p.Milestones, func(m Milestone) bool { return m.Date >= from })
	if i < 0 {
		return nil
	}
	return p.Milestones[i:]
}

// EventWords says an event of a programme or a commitment in plain words; "" for an event of another kind.
func EventWords(b record.Body) string {
	switch b.Action {
	case "programme.created":
		return "Programme made"
	case "programme.edited":
		return "Name, dates, commissioners or timetable changed"
	case "commitment.recorded":
		return "What was promised recorded"
	case "commitment.kept":
		return "The promise was kept"
	case "commitment.released":
		return "The promise was released, with a reason"
	}
	return ""
}
