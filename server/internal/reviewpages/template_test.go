package reviewpages

import (
	"testing"

	"concordat/web/view/viewtest"
)

func TestTemplatesFit(t *testing.T) {
	t.Parallel()
	s := viewtest.Set(t)
	viewtest.Check(t, s, listTemplate)
	viewtest.Check(t, s, newTemplate)
	viewtest.Check(t, s, workspaceTemplate)
	viewtest.Check(t, s, keepTemplate)
	viewtest.Check(t, s, mergeTemplate)
	viewtest.Check(t, s, detailsTemplate)
	viewtest.Check(t, s, filesTemplate)
	viewtest.Check(t, s, issueTemplate)
	viewtest.Check(t, s, erratumTemplate)
	viewtest.Check(t, s, correctionTemplate)
	viewtest.Check(t, s, savesTemplate)
	viewtest.Check(t, s, textTemplate)
	viewtest.Check(t, s, differencesTemplate)
	viewtest.Check(t, s, localsTemplate)
	viewtest.Check(t, s, localTemplate)
	viewtest.Check(t, s, newLocalTemplate)
	viewtest.Check(t, s, matrixTemplate)
	viewtest.Check(t, s, matrixRowTemplate)
	viewtest.Check(t, s, correctionsTemplate)
	viewtest.Check(t, s, nationalTemplate)
	viewtest.Check(t, s, draftTemplate)
	viewtest.Check(t, s, draftRowTemplate)
	viewtest.Check(t, s, trailTemplate)
	viewtest.Check(t, s, commissionersTemplate)
	viewtest.Check(t, s, commissionerTemplate)
	viewtest.Check(t, s, endTemplate)
}
