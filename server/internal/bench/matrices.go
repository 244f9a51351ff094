package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"concordat/review/clause"
	"concordat/review/harmony"
	"concordat/server/internal/bench/world"
)

// The size of a programme: so many topics, each with so many texts.
const (
	topicsOfProgramme = 90
	textsOfTopic      = 15
)

// matrices parses and aligns the texts of one topic, and of a whole programme on all cores. The peer is what is to hand
// today: git's differences of each text with the next, which align no third.
func (b *bench) matrices(ctx context.Context) error {
	topics := make([][]string, topicsOfProgramme)
	size := 0
	for i := range topics {
		topics[i] = world.Topic(i, textsOfTopic)
		for _, t := range topics[i] {
			size += len(t)
		}
	}
	git, err := b.gitNeighbours(ctx, topics[0])
	if err != nil {
		return err
	}
	var one, peer, all []float64
	for range b.times(9, 3) {
		for _, m := range []struct {
			list *[]float64
			do   func() error
		}{
			{&one, func() error { return align(topics[0]) }},
			{&peer, git},
			{&all, func() error { return alignAll(topics) }},
		} {
			took, err := timed(1, m.do)
			if err != nil {
				return err
			}
			*m.list = append(*m.list, took)
		}
	}
	heap, err := heapOf(func() error { return alignAll(topics) })
	if err != nil {
		return err
	}
	gitTook := median(peer)
	b.add(row{What: "matrix of one topic, 15 texts", Target: "≤ 20 ms", Figure: ms(time.Duration(median(one))), Peer: "git diff, neighbour by neighbour " + ms(time.Duration(gitTook)),
		Ratio: times(gitTook / median(one)), Met: judge(median(one) <= float64(20*time.Millisecond)), Note: "parsed, read and aligned"})
	b.add(row{What: "matrices of 90 topics with 15 texts", Target: "≤ 2 s, ≤ 300 MB", Figure: fmt.Sprintf("%s, %.0f MB", ms(time.Duration(median(all))), heap),
		Peer: "the same by git, 90 times " + ms(time.Duration(gitTook)), Ratio: times(topicsOfProgramme * gitTook / median(all)),
		Met: judge(median(all) <= float64(2*time.Second) && heap <= 300), Note: fmt.Sprintf("%.1f MB of texts, all cores", float64(size)/(1<<20))})
	return nil
}

// align makes the matrix of one topic from its Markdown.
func align(texts []string) error {
	topic := harmony.Topic{}
	for i, markdown := range texts {
		name := fmt.Sprint("place ", i)
		topic.Locals = append(topic.Locals, harmony.Text{Place: name, Name: name, Reading: clause.Parse(markdown).Criteria()})
	}
	if m := harmony.Build(topic); len(m.Rows) < 12 {
		return fmt.Errorf("%d rows, not at least the 12 that all texts share", len(m.Rows))
	}
	return nil
}

// alignAll makes the matrices of all topics, as many at once as there are cores.
func alignAll(topics [][]string) error {
	var wait sync.WaitGroup
	failed := make([]error, len(topics))
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, t := range topics {
		slots <- struct{}{}
		wait.Go(func() {
			failed[i] = align(t)
			<-slots
		})
	}
	wait.Wait()
	return errors.Join(failed...)
}

// heapOf gives the most memory that an act had in use, in MB, looked at every few milliseconds.
func heapOf(act func() error) (float64, error) {
	runtime.GC()
	done := make(chan error, 1)
	go func() { done <- act() }()
	most := uint64(0)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case err := <-done:
			return float64(most) / (1 << 20), err
		case <-tick.C:
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapAlloc)
		}
	}
}

// gitNeighbours writes texts into files and gives the act that compares each with the next.
func (b *bench) gitNeighbours(ctx context.Context, texts []string) (func() error, error) {
	names := make([]string, len(texts))
	for i, t := range texts {
		names[i] = filepath.Join(b.folder, fmt.Sprintf("local-%d.md", i))
		if err := os.WriteFile(names[i], []byte(t), 0o600); err != nil {
			return nil, err
		}
	}
	return func() error {
		for i := 1; i < len(names); i++ {
			if err := b.gitCompare(ctx, names[i-1], names[i]); err != nil {
				return err
			}
		}
		return nil
	}, nil
}
