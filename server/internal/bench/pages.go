package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"slices"
	"time"

	"concordat/server/internal/bench/world"
	"concordat/server/internal/docstore"
	"concordat/server/internal/docstore/mongo"
	"concordat/server/internal/docstore/sqlite"
	"concordat/server/internal/stores"
)

// perSecond is how many pages are asked for.
const perSecond = 50

var size = world.Size{Policies: 90, Commissioners: 15, Versions: 10}

// pages loads a world of work into each engine and asks for its pages as people do.
func (b *bench) pages(ctx context.Context) error {
	folder := filepath.Join(b.folder, "world")
	err := b.pagesOn(ctx, "SQLite", []string{"DATA_DIR=" + folder}, func(ctx context.Context) (docstore.Store, error) {
		return sqlite.Open(ctx, folder, stores.Collections())
	})
	if err != nil {
		return fmt.Errorf("on SQLite: %w", err)
	}
	if b.mongod() == "" {
		return errors.New("MongoDB: there is no mongod; set CONCORDAT_MONGOD (scripts/tools fetches one)")
	}
	peer, uri, err := b.startMongod(ctx)
	if err != nil {
		return err
	}
	err = b.pagesOn(ctx, "MongoDB", []string{"MONGODB_URI=" + uri, "MONGODB_DATABASE=bench"}, func(ctx context.Context) (docstore.Store, error) {
		return mongo.Open(ctx, uri, "bench", stores.Collections())
	})
	if err = errors.Join(err, peer.stop()); err != nil {
		return fmt.Errorf("on MongoDB: %w", err)
	}
	return nil
}

func (b *bench) pagesOn(ctx context.Context, engine string, env []string, open func(context.Context) (docstore.Store, error)) error {
	w, err := b.load(ctx, open)
	if err != nil {
		return err
	}
	p, err := b.start(ctx, env)
	if err != nil {
		return err
	}
	err = b.pagesOf(ctx, engine, p, w)
	return errors.Join(err, p.stop())
}

func (b *bench) load(ctx context.Context, open func(context.Context) (docstore.Store, error)) (*world.World, error) {
	docs, err := open(ctx)
	if err != nil {
		return nil, err
	}
	began := time.Now()
	w, err := world.Load(ctx, docs, size, began.UTC().Truncate(time.Millisecond))
	b.say("loaded %d policies, %d commissioners, %d versions each in %s", size.Policies, size.Commissioners, size.Versions, time.Since(began).Round(time.Millisecond))
	return w, errors.Join(err, docs.Close(context.WithoutCancel(ctx)))
}

func (b *bench) pagesOf(ctx context.Context, engine string, p *program, w *world.World) error {
	up, err := p.first(ctx, "/readyz")
	if err != nil {
		return err
	}
	c := newClient(p.address)
	if err := c.signIn(ctx, world.Email, world.Passphrase); err != nil {
		return err
	}
	c.drive(ctx, w, perSecond, b.seconds(3, 2)) // the first visits warm caches and connections
	t := c.drive(ctx, w, perSecond, b.seconds(20, 6))
	list := t.all()
	p95 := percentile(list, 0.95)
	r := row{What: "pages at 50/s, " + engine, Target: "p95 ≤ 50 ms", Figure: "p95 " + ms(p95), Peer: "empty answer p95 " + ms(percentile(t.peer, 0.95)),
		Ratio: times(float64(p95) / float64(percentile(t.peer, 0.95))), Met: judge(p95 <= 50*time.Millisecond && len(t.wrong) == 0)}
	memory, err := p.resident()
	if err != nil {
		return err
	}
	costs, err := b.costs(ctx, p, c, w)
	if err != nil {
		return err
	}
	r.Note = fmt.Sprintf("p50 %s, max %s, %d visits, statuses %v; ready %s after its start; %s resident afterwards\n  p95 by page: %s\n  processor time of one page: %s",
		ms(percentile(list, 0.5)), ms(slices.Max(list)), len(list), t.statuses, ms(up), megabytes(memory), slowest(t.took), costs)
	for _, name := range slices.Sorted(maps.Keys(t.wrong)) {
		r.Note += fmt.Sprintf("\n  NOT SHOWN: %s (%s)", name, t.wrong[name])
	}
	b.add(r)
	return b.board(ctx, engine, c, w)
}

// board asks for the board of all policies and commissioners, whole and narrowed, one time after the other, and beside
// it for nothing.
func (b *bench) board(ctx context.Context, engine string, c *client, w *world.World) error {
	address := "/desk/programmes/" + w.Programme
	var boards, files, empty []time.Duration
	ask := func(list *[]time.Duration, path string) error {
		began := time.Now()
		status, err := c.visit(ctx, path)
		*list = append(*list, time.Since(began))
		if err == nil && status != http.StatusOK {
			err = fmt.Errorf("%s: status %d", path, status)
		}
		return err
	}
	for i := range b.times(300, 60) {
		query := []string{"", "?need=needed", "?standing=open&place=" + one(rand.New(rand.NewPCG(5, uint64(i))), w.Commissioners).ID}[i%3] //nolint:gosec // the same pages in each run
		if err := errors.Join(ask(&boards, address+query), ask(&empty, peer)); err != nil {
			return err
		}
		if i%10 == 0 {
			if err := ask(&files, address+"/board.xlsx"); err != nil {
				return err
			}
		}
	}
	p95 := percentile(boards, 0.95)
	b.add(row{What: fmt.Sprintf("board of %d × %d, %s", size.Commissioners, size.Policies, engine), Target: "p95 ≤ 50 ms", Figure: "p95 " + ms(p95),
		Peer: "empty answer p95 " + ms(percentile(empty, 0.95)), Ratio: times(float64(p95) / float64(percentile(empty, 0.95))), Met: judge(p95 <= 50*time.Millisecond),
		Note: fmt.Sprintf("p50 %s, max %s, %d visits; as XLSX p95 %s", ms(percentile(boards, 0.5)), ms(slices.Max(boards)), len(boards), ms(percentile(files, 0.95)))})
	return nil
}

// costs asks for the pages of each kind one by one and tells how much processor time the program spends on one. It
// does not depend on what else the machine does.
func (b *bench) costs(ctx context.Context, p *program, c *client, w *world.World) (string, error) {
	r := rand.New(rand.NewPCG(3, 4)) //nolint:gosec // the same pages in each run
	spent, visits, mean, shares := map[string][]time.Duration{}, b.times(30, 15), 0.0, 0
	for _, k := range kinds {
		before, err := p.processorSeconds()
		if err != nil {
			return "", err
		}
		for range visits {
			if _, err := c.visit(ctx, k.path(r, w)); err != nil {
				return "", err
			}
		}
		after, err := p.processorSeconds()
		if err != nil {
			return "", err
		}
		cost := (after - before) / float64(visits)
		spent[k.name] = []time.Duration{time.Duration(cost * float64(time.Second))}
		mean, shares = mean+cost*float64(k.share), shares+k.share
	}
	mean /= float64(shares)
	return fmt.Sprintf("%.1f ms on average, which at %d/s keeps %.2f processors busy; %s", 1000*mean, perSecond, perSecond*mean, slowest(spent)), nil
}
