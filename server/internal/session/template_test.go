package session

import (
	"testing"

	"concordat/web/view/viewtest"
)

func TestTemplatesFit(t *testing.T) {
	t.Parallel()
	s := viewtest.Set(t)
	viewtest.Check(t, s, signInTemplate)
	viewtest.Check(t, s, linkTemplate)
	viewtest.Check(t, s, resetTemplate)
	viewtest.Check(t, s, accountTemplate)
	viewtest.Check(t, s, endedTemplate)
}
