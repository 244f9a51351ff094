package homepages

import (
	"testing"

	"concordat/web/view/viewtest"
)

func TestTemplatesFitTheirStructs(t *testing.T) {
	t.Parallel()
	set := viewtest.Set(t)
	viewtest.Check(t, set, workTemplate)
	viewtest.Check(t, set, listTemplate)
	viewtest.Check(t, set, formTemplate)
	viewtest.Check(t, set, timetableTemplate)
	viewtest.Check(t, set, boardTemplate)
	viewtest.Check(t, set, promisesTemplate)
	viewtest.Check(t, set, promiseTemplate)
	viewtest.Check(t, set, newPromiseTemplate)
}
