package stores_test

import (
	"testing"

	"concordat/review/decision/decisiontest"
	"concordat/review/programme/programmetest"
	"concordat/server/internal/stores"
)

func TestDecisionsEmbedded(t *testing.T) {
	t.Parallel()
	decisiontest.Test(t, func(t *testing.T) decisiontest.Stores {
		k := embeddedKeeper(t)
		return decisiontest.Stores{Meetings: stores.NewMeetings(k), Decisions: stores.NewDecisions(k), Notices: stores.NewNotices(k)}
	})
}

func TestProgrammesEmbedded(t *testing.T) {
	t.Parallel()
	programmetest.Test(t, func(t *testing.T) programmetest.Stores {
		k := embeddedKeeper(t)
		return programmetest.Stores{Programmes: stores.NewProgrammes(k), Commitments: stores.NewCommitments(k)}
	})
}
