package demo

import (
	"context"
	"fmt"

	"concordat/review"
	"concordat/review/programme"
	"concordat/review/record"
)

// oldPlace is the commissioner that ended and was succeeded.
const oldPlace = "old-marrow"

// placeID is the id of a commissioner by its short name.
func placeID(short string) string { return review.Slug(short) }

// places makes the commissioners.
func (w *world) places(ctx context.Context) error {
	s, err := readSheet("texts/places.md")
	if err != nil {
		return err
	}
	by, err := w.actor("sunita")
	if err != nil {
		return err
	}
	made, rows := s.moment(s.one("Made")), s.all("Place")
	list := make([]*review.Commissioner, len(rows))
	var acts []func() error
	for i, row := range rows {
		n := commissioner(s, row)
		acts = append(acts, func() (err error) {
			if list[i], err = w.at(made, placeID(row[0])).Review.AddCommissioner(ctx, by, n); err != nil {
				return fmt.Errorf("place %s: %w", row[0], err)
			}
			return nil
		})
	}
	if err := together(acts...); err != nil {
		return err
	}
	var old *review.Commissioner
	for _, c := range list {
		if c.ID == oldPlace {
			old = c
			continue
		}
		w.current = append(w.current, c.ID)
	}
	ended := s.moment(s.one("Ended"))
	_, err = w.at(ended, "").Review.EndCommissioner(ctx, edit(by, &old.Head, "The body was dissolved and its functions passed on"),
		record.DateOf(ended).AddDays(1), []string{s.one("Successor")})
	s.fault(err)
	return s.err()
}

func commissioner(s *sheet, row []string) review.Commissioner {
	short, id := row[0], placeID(row[0])
	return review.Commissioner{
		Name: row[1], Short: short, Start: s.day(row[2]),
		Contact: review.Person{Name: row[3], Email: "policies@" + id + ".example", Phone: row[4]},
		IFR: review.IFR{Email: "requests@" + id + ".example", Phone: row[5], URL: "https://" + id + ".example/individual-requests",
			Text: "Ask the clinician who treats you whether your case is exceptional. If they think so, they can send " + short +
				" an individual funding request. You will hear the answer, with reasons, within 40 working days."},
	}
}

// programmes makes the programmes with their timetables.
func (w *world) programmes(ctx context.Context) error {
	sheets, err := readSheets("texts/programmes")
	if err != nil {
		return err
	}
	w.scheduled = map[string][]string{}
	for _, s := range sheets {
		by, err := w.actor(s.one("By"))
		if err != nil {
			return err
		}
		service := w.at(s.moment(s.one("Made")), s.name).Programmes
		d := programme.Details{Name: s.one("Name"), Start: s.date("Start"), End: s.date("End"), Commissioners: w.among(s.one("Places"))}
		for _, row := range s.all("Milestone") {
			d.Milestones = append(d.Milestones, programme.Milestone{Name: row[1], Date: s.day(row[0]), Reached: s.day(row[0]) < Today})
		}
		w.scheduled[s.name] = d.Commissioners
		if _, err := service.Create(ctx, by, d); err != nil {
			return fmt.Errorf("programme %s: %w", s.name, err)
		}
		if err := s.err(); err != nil {
			return err
		}
	}
	return nil
}

// among are the ids of places: "all" is the fifteen, "before 2022" those of before the succession, anything else a
// list of short names.
func (w *world) among(names string) []string {
	switch names {
	case "all":
		return w.current
	case "before 2022":
		out := []string{oldPlace}
		for _, id := range w.current {
			if id != "marrowdene" {
				out = append(out, id)
			}
		}
		return out
	}
	var out []string
	for _, n := range split(names) {
		out = append(out, placeID(n))
	}
	return out
}
