package main

import (
	"context"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

const (
	restEvery = time.Second
	restless  = 256 << 10 // bytes asked for between two looks by a program that nobody asks anything
	worthIt   = 4 << 20   // bytes asked for since memory was given back
)

// rest gives memory back to the system when nothing is asked any more. What the start and the last requests took would
// stay otherwise: the next collection waits for as much again.
func rest(ctx context.Context) {
	tick := time.NewTicker(restEvery)
	defer tick.Stop()
	var last, given uint64
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		now := allocated()
		if now-last < restless && now-given > worthIt {
			debug.FreeOSMemory()
			given = now
		}
		last = now
	}
}

// allocated is how many bytes the program ever asked for.
func allocated() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
