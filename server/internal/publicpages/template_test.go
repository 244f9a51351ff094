package publicpages

import (
	"testing"

	"concordat/web/view/viewtest"
)

func TestTemplates(t *testing.T) {
	t.Parallel()
	s := viewtest.Set(t)
	viewtest.Check(t, s, compareTemplate)
	viewtest.Check(t, s, localTemplate)
	viewtest.Check(t, s, appliesTemplate)
}
