package adminpages

import (
	"testing"

	"concordat/web/view/viewtest"
)

func TestTemplatesFit(t *testing.T) {
	t.Parallel()
	s := viewtest.Set(t)
	viewtest.Check(t, s, listTemplate)
	viewtest.Check(t, s, inviteTemplate)
	viewtest.Check(t, s, accountTemplate)
	viewtest.Check(t, s, outboxTemplate)
}
