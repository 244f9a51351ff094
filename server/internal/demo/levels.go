package demo

import (
	"context"
	"strconv"

	"concordat/review/harmony"
	"concordat/review/record"
)

// levels records the levels of change of the topics that texts/levels.md names, and what contacts said of theirs: "Said:
// when | who | policy | place | level | why". It comes last: whatever changes a text makes them out of date.
func (w *world) levels(ctx context.Context) error {
	s, err := readSheet("texts/levels.md")
	if err != nil {
		return err
	}
	by, err := w.actor(s.one("By"))
	if err != nil {
		return err
	}
	service := w.at(s.moment(s.one("At")), "").Review
	// Two at once: each takes a processor, and all texts of its topic in memory.
	topics := s.list("Topics")
	record := func(topics []string) error {
		for _, id := range topics {
			if _, err := service.RecordLevels(ctx, by, id); err != nil {
				return err
			}
		}
		return nil
	}
	half := len(topics) / 2
	s.fault(together(func() error { return record(topics[:half]) }, func() error { return record(topics[half:]) }))
	for _, row := range s.all("Said") {
		s.fault(w.sayLevel(ctx, s, row))
	}
	return s.err()
}

func (w *world) sayLevel(ctx context.Context, s *sheet, row []string) error {
	by, err := w.actor(row[1])
	if err != nil {
		return err
	}
	service, policy := w.at(s.moment(row[0]), "").Review, row[2]
	effects, err := service.Effects(ctx, by, policy)
	if err != nil {
		return err
	}
	at, err := effects.Place(placeID(row[3]))
	if err != nil {
		return err
	}
	level, err := strconv.Atoi(row[4])
	if err != nil {
		return err
	}
	edit := record.Edit{By: by, ID: at.Record.ID, Revision: at.Record.Revision, Reason: row[5]}
	_, err = service.SayLevel(ctx, edit, policy, at.Commissioner.ID, at.Whole(), harmony.Level(level))
	return err
}
