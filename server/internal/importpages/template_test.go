package importpages

import (
	"testing"

	"concordat/web/view/viewtest"
)

func TestTemplatesFit(t *testing.T) {
	t.Parallel()
	s := viewtest.Set(t)
	viewtest.Check(t, s, beginTemplate)
	viewtest.Check(t, s, showTemplate)
}
