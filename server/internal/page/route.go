package page

import (
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"concordat/review/access"
	"concordat/review/record"
)

// Route is one address with what it needs. The tables of routes are walked by a test: every route with every role.
type Route struct {
	Method  string
	Path    string        // gin's pattern, such as "/policies/:id"
	Action  access.Action // "" for what the public may do; the service checks it again, on the thing itself
	Handler Handler
	Body    int64 // largest body in bytes; 0 is FormBody
}

// The sizes of bodies.
const (
	FormBody   int64 = 64 << 10
	TextBody   int64 = 2 << 20
	UploadBody int64 = 25 << 20
)

// Mount registers routes. guard runs before each handler and says what must hold, such as that somebody is signed in
// and that the form's token is right: it returns an error, which is shown, or answers itself and aborts.
func (s *Site) Mount(r gin.IRoutes, routes []Route, guard func(*gin.Context, Route) error) {
	for _, route := range routes {
		r.Handle(route.Method, route.Path, s.limit(route.Body), s.guarded(route, guard), s.Handle(route.Handler))
	}
}

func (s *Site) limit(most int64) gin.HandlerFunc {
	if most == 0 {
		most = FormBody
	}
	return func(c *gin.Context) {
		c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, most)
	}
}

func (s *Site) guarded(route Route, guard func(*gin.Context, Route) error) gin.HandlerFunc {
	return func(c *gin.Context) {
		if err := readForm(c); err != nil {
			s.Fail(c, err)
			return
		}
		if err := guard(c, route); err != nil {
			s.Fail(c, err)
		}
	}
}

// formMemory is how much of an uploaded file is held in memory while it is read; the rest goes into a temporary file.
const formMemory = 4 << 20

// readForm reads the whole form before anybody looks at a field: gin's own readers keep quiet about a body that is too
// large or damaged, and the handler would take it for an empty form.
func readForm(c *gin.Context) error {
	if c.Request.Method != http.MethodPost {
		return nil
	}
	if c.ContentType() == gin.MIMEMultipartPOSTForm {
		return badForm(c.Request.ParseMultipartForm(formMemory))
	}
	return badForm(c.Request.ParseForm())
}

func badForm(err error) error {
	var tooLarge *http.MaxBytesError
	if err == nil || errors.As(err, &tooLarge) {
		return err
	}
	return record.Faults{{Message: "The form did not arrive as it was sent. Go back and send it again."}}
}
