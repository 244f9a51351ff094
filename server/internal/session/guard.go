package session

import (
	"cmp"
	"crypto/subtle"
	"fmt"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"concordat/review/access"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// Guard is the first sieve of every route that is not for the public: a form must carry its session's token, and who
// holds no role to which the table ever gives the action gets no further. What the person may do with a certain thing
// is checked by its service.
func (p *Pages) Guard(c *gin.Context, r page.Route) error {
	if r.Action == "" {
		return nil
	}
	v := page.VisitorOf(c)
	if r.Method != http.MethodGet && (v.Account == "" || !sameToken(page.Unmasked(c.PostForm(view.TokenField)), v.Token)) {
		return p.ended(c)
	}
	if !access.Ever(v.Actor, r.Action) {
		return fmt.Errorf("%s by account %q: %w", r.Action, v.Account, record.ErrForbidden)
	}
	return nil
}

func sameToken(got, want string) bool {
	return subtle.ConstantTimeCompare([]byte(got), []byte(want)) == 1
}

// hidden is a field that was posted, to be posted again.
type hidden struct{ Name, Value string }

// endedPage is shown when a form arrives after its session has ended. Nothing that was typed is lost: it is in the page.
type endedPage struct {
	Frame    view.Frame
	Action   string // where to send the form again
	Fields   []hidden
	Files    bool // files were sent too, and must be chosen again
	SignedIn bool
}

var endedTemplate = view.Define[endedPage]("account/ended.html")

func (p *Pages) ended(c *gin.Context) error {
	e := endedPage{Frame: p.frame(c, "Your form was not sent yet"), SignedIn: page.VisitorOf(c).Account != ""}
	e.Action = page.SafePath(c.Request.URL.RequestURI(), desk)
	e.Fields, e.Files = postedFields(c.Request)
	body, err := p.Site.Views.Render(endedTemplate.Page(e))
	if err != nil {
		return err
	}
	c.Data(http.StatusForbidden, "text/html; charset=utf-8", body)
	c.Abort()
	return nil
}

func postedFields(r *http.Request) (list []hidden, files bool) {
	for name, values := range r.PostForm {
		if page.Secret(name) {
			continue
		}
		for _, v := range values {
			list = append(list, hidden{name, v})
		}
	}
	slices.SortStableFunc(list, func(a, b hidden) int { return cmp.Compare(a.Name, b.Name) })
	return list, r.MultipartForm != nil && len(r.MultipartForm.File) > 0
}
