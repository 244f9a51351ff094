// Package demo is about the demonstration: invented places and people whose policies are loaded through the same
// services that people use, each act on its own day and by whoever would do it, so that the trail reads true.
package demo

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"sync"
	"time"

	"concordat/review/access"
	"concordat/review/record"
	"concordat/server/internal/services"
)

//go:embed texts
var texts embed.FS

// Today is the day on which the demonstration begins: a Monday.
const Today record.Date = 20270208

// Clock is the demonstration's time: 09:00 in London on Today when the program started, and running on from there.
func Clock(start time.Time) func() time.Time {
	begins := Today.Start().Add(9 * time.Hour)
	return func() time.Time { return begins.Add(time.Since(start)).Truncate(time.Millisecond) }
}

// ErrOther says that the database holds something that is not the demonstration.
var ErrOther = errors.New("the database holds something that is not the demonstration; choose an empty folder")

// Loaded tells whether the demonstration is there already. It is ErrOther when something else is.
func Loaded(ctx context.Context, s services.Services) (bool, error) {
	places, err := s.Review.AllCommissioners(ctx)
	if err != nil {
		return false, err
	}
	for _, c := range places {
		if c.ID == oldPlace {
			return true, nil
		}
	}
	accounts, _, err := s.People.List(ctx, access.CommandLine(), "", "", 1)
	if err != nil {
		return false, err
	}
	if len(places)+len(accounts) > 0 {
		return false, ErrOther
	}
	return false, nil
}

// Load loads everything into an empty database. It goes through services that are given what those of the server are,
// but for the days of the story and ids that are the same at each loading. What stops halfway leaves a database that is
// to be thrown away.
func Load(ctx context.Context, base *services.Base, given services.Given) (People, error) {
	w := &world{base: base, given: given, actors: map[string]record.Actor{}}
	people, joining, err := w.invite(ctx)
	if err != nil {
		return nil, err
	}
	return people, w.story(ctx, joining)
}

// story tells what happened, in an order in which each part finds what it rests on.
func (w *world) story(ctx context.Context, joining []joiner) error {
	if err := w.places(ctx); err != nil {
		return err
	}
	if err := w.programmes(ctx); err != nil {
		return err
	}
	tales, err := w.policies(ctx)
	if err != nil {
		return err
	}
	// Meetings come one after the other and leave a processor idle: what they do not wait for is done beside them.
	err = together(
		func() error { return w.decisions(ctx, tales) },
		func() error { return w.activity(ctx) },
		func() error { return w.join(ctx, joining) },
	)
	if err != nil {
		return err
	}
	return w.levels(ctx)
}

// decisions are what meetings decided, what followed, and what is planned.
func (w *world) decisions(ctx context.Context, tales []*tale) error {
	if err := w.meetings(ctx, tales); err != nil {
		return err
	}
	if err := w.afterwards(ctx, tales); err != nil {
		return err
	}
	return w.plan(ctx)
}

// world is one loading.
type world struct {
	base      *services.Base
	given     services.Given
	actors    map[string]record.Actor // by the short name that texts use
	current   []string                // the fifteen places
	scheduled map[string][]string     // commissioners, by programme
}

// actor is somebody by the name that the texts use.
func (w *world) actor(name string) (record.Actor, error) {
	a, ok := w.actors[name]
	if !ok {
		return record.Actor{}, fmt.Errorf("there is nobody called %q in the demonstration", name)
	}
	return a, nil
}

// at are the services as they act at a moment of the story; what they make is named after id.
func (w *world) at(at time.Time, id string) services.Services {
	return w.base.Services(w.givenAt(at, id))
}

func (w *world) givenAt(at time.Time, id string) services.Given {
	g := w.given
	g.Now, g.NewID = func() time.Time { return at }, counted(id)
	return g
}

// counted gives id, id-1, id-2 and so on.
func counted(id string) func() string {
	n := -1
	return func() string {
		n++
		if n == 0 {
			return id
		}
		return fmt.Sprintf("%s-%d", id, n)
	}
}

// together runs what does not wait for each other; the store saves many commits at once as fast as one.
func together(acts ...func() error) error {
	errs := make([]error, len(acts))
	var group sync.WaitGroup
	for i, act := range acts {
		group.Go(func() { errs[i] = act() })
	}
	group.Wait()
	return errors.Join(errs...)
}
