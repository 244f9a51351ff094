package session

import (
	"crypto/subtle"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

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
	Files    []view.FileUpload // in which files were sent too, to be chosen again
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

func postedFields(r *http.Request) (fields []hidden, files []view.FileUpload) {
	for _, name := range slices.Sorted(maps.Keys(r.PostForm)) {
		if page.Secret(name) {
			continue
		}
		for _, v := range r.PostForm[name] {
			fields = append(fields, hidden{name, v})
		}
	}
	if r.MultipartForm == nil {
		return fields, nil
	}
	for _, name := range slices.Sorted(maps.Keys(r.MultipartForm.File)) {
		label, sent := "Choose a file", r.MultipartForm.File[name]
		if len(sent) > 1 || sent[0].Filename != "" { // a browser sends a nameless one when none was chosen
			var names []string
			for _, f := range sent {
				names = append(names, "“"+f.Filename+"”")
			}
			label = "Choose " + strings.Join(names, ", ") + " again"
		}
		files = append(files, view.FileUpload{Name: name, Multiple: len(sent) > 1, Label: view.Label{Text: label}})
	}
	return fields, files
}
