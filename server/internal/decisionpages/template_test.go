package decisionpages

import (
	"testing"

	"concordat/web/view/viewtest"
)

func TestTemplatesFitTheirStructs(t *testing.T) {
	t.Parallel()
	set := viewtest.Set(t)
	viewtest.Check(t, set, listTemplate)
	viewtest.Check(t, set, planTemplate)
	viewtest.Check(t, set, meetingTemplate)
	viewtest.Check(t, set, itemsTemplate)
	viewtest.Check(t, set, membersTemplate)
	viewtest.Check(t, set, decideTemplate)
	viewtest.Check(t, set, checkTemplate)
	viewtest.Check(t, set, policyTemplate)
	viewtest.Check(t, set, registerTemplate)
	viewtest.Check(t, set, recordedTemplate)
}
