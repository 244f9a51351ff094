package public

import (
	"testing"

	"concordat/web/view"
	"concordat/web/view/viewtest"
)

func TestTemplates(t *testing.T) {
	t.Parallel()
	s := viewtest.Set(t)
	viewtest.Check(t, s, homeTemplate)
	viewtest.Check(t, s, policyTemplate)
	viewtest.Check(t, s, versionTemplate)
	viewtest.Check(t, s, comingTemplate)
	viewtest.Check(t, s, areaTemplate)
	for _, name := range []string{"accessibility", "cookies", "privacy", "contact"} {
		viewtest.Check(t, s, view.Define[staticPage]("public/"+name+".html"))
	}
}
