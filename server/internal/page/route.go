package page

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"

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
		chain := []gin.HandlerFunc{s.limitFor(route), s.guarded(route, guard), s.Handle(route.Handler)}
		r.Handle(route.Method, route.Path, chain...)
		if route.Method == http.MethodGet {
			r.Handle(http.MethodHead, route.Path, chain...)
		}
	}
}

// limitFor lets nobody send large bodies who is not signed in: the answer may give back all that was sent.
func (s *Site) limitFor(r Route) gin.HandlerFunc {
	known, strange := s.limit(r.Body), s.limit(min(r.Body, TextBody))
	return func(c *gin.Context) {
		if r.Action == "" || VisitorOf(c).Account != "" {
			known(c)
			return
		}
		strange(c)
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

// Refuse shows an error before a request has reached its route. Of a form as much is read as any may have beside its
// files, so that what was typed can be given back.
func (s *Site) Refuse(c *gin.Context, err error) {
	s.limit(TextBody)(c)
	_ = readForm(c) // what can be read of it
	s.Fail(c, err)
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
// large or damaged, and the handler would take it for an empty form. Its text is legible then, also of a damaged one.
func readForm(c *gin.Context) error {
	if c.Request.Method != http.MethodPost {
		return nil
	}
	read := readFields
	if c.ContentType() == gin.MIMEMultipartPOSTForm {
		read = readParts
	}
	err := read(c.Request)
	makeLegible(c.Request.PostForm)
	return badForm(err)
}

// readParts reads a form with files. Of one that cannot be read to its end the fields before that are kept.
func readParts(r *http.Request) error {
	begun := &beginning{}
	r.Body = struct {
		io.Reader
		io.Closer
	}{io.TeeReader(r.Body, begun), r.Body}
	err := r.ParseMultipartForm(formMemory)
	if err != nil {
		r.PostForm = begun.fields(r.Header.Get("Content-Type"))
	}
	return err
}

// readFields reads a form without files. Of one that is too large the fields up to the limit are kept, to be given back.
func readFields(r *http.Request) error {
	body, err := io.ReadAll(r.Body)
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != gin.MIMEPOSTForm { // no browser sends a form so
		r.PostForm = url.Values{}
		return err
	}
	fields, wrong := url.ParseQuery(string(body))
	r.PostForm = fields // what can be read of it
	return cmp.Or(err, wrong)
}

// beginning keeps the first bytes of a body: the fields of a form stand before its files.
type beginning struct{ bytes.Buffer }

// mostBegun is more than any form's fields.
const mostBegun = int(TextBody)

func (b *beginning) Write(p []byte) (int, error) {
	b.Buffer.Write(p[:min(len(p), mostBegun-b.Len())])
	return len(p), nil
}

// fields are those that stand whole in the beginning of a form that could not be read to its end, and of the last what
// there is of it.
func (b *beginning) fields(contentType string) url.Values {
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return nil
	}
	out := url.Values{}
	r := multipart.NewReader(&b.Buffer, params["boundary"])
	for {
		part, err := r.NextPart()
		if err != nil {
			return out
		}
		if part.FileName() == "" {
			value, _ := io.ReadAll(part)
			out.Add(part.FormName(), string(value))
		}
	}
}

func badForm(err error) error {
	var tooLarge *http.MaxBytesError
	if err == nil || errors.As(err, &tooLarge) {
		return err
	}
	return record.Faults{{Message: "The form did not arrive as it was sent. Go back and send it again."}}
}
