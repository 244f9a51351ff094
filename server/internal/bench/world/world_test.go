package world_test

import (
	"context"
	"testing"
	"time"

	"concordat/server/internal/audit"
	"concordat/server/internal/bench/world"
	"concordat/server/internal/docstore/sqlite"
	"concordat/server/internal/stores"
)

func TestLoad(t *testing.T) {
	t.Parallel()
	docs, err := sqlite.Open(t.Context(), t.TempDir(), stores.Collections())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = docs.Close(context.Background()) }()
	size := world.Size{Policies: 4, Commissioners: 3, Versions: 4}
	w, err := world.Load(t.Context(), docs, size, time.Now().UTC())
	if err != nil {
		t.Fatal(err)
	}
	if len(w.Policies) != size.Policies || len(w.Commissioners) != size.Commissioners || len(w.Meetings) != 2 {
		t.Errorf("got %d policies, %d commissioners, %d meetings", len(w.Policies), len(w.Commissioners), len(w.Meetings))
	}
	for i, p := range w.Policies {
		if len(p.Versions) != size.Versions || len(p.Locals) != size.Commissioners || p.Published != (i%3 != 0) {
			t.Errorf("policy %d: %+v", i, p)
		}
	}
	report, err := audit.Verify(t.Context(), docs)
	if err != nil || len(report.Findings) > 0 {
		t.Errorf("the trail: %v, %v", report.Findings, err)
	}
}
