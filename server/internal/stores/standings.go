package stores

import (
	"slices"
	"sync"

	"concordat/review/decision"
)

// mostStandings is how many programmes are remembered. Few are worked on at once.
const mostStandings = 16

// standings remembers where the decisions of a programme stand, for as long as nothing public changes: recording and
// correcting a decision raise PublicGeneration in the commit itself, whichever process makes it.
type standings struct {
	mu   sync.Mutex
	kept map[string]standingsAt // by programme
}

type standingsAt struct {
	generation int64 // read before the list, so that the list is never older than it
	list       []decision.Standing
}

// at gives a copy of what is remembered of a generation.
func (s *standings) at(programme string, generation int64) ([]decision.Standing, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	x, ok := s.kept[programme]
	return slices.Clone(x.list), ok && x.generation == generation
}

// keep remembers a copy of a list.
func (s *standings) keep(programme string, generation int64, list []decision.Standing) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept == nil || len(s.kept) >= mostStandings {
		s.kept = map[string]standingsAt{}
	}
	s.kept[programme] = standingsAt{generation: generation, list: slices.Clone(list)}
}
