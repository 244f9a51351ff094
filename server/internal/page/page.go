// Package page is about answering a browser: it adapts handlers that return a result or an error to gin,
// holds the one table from errors to statuses, and gives every page its frame.
package page

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"concordat/review/access"
	"concordat/review/record"
	"concordat/web/view"
)

// Result is what a handler answers with: exactly one of SeeOther, Page, File, JSON and Text.
type Result struct {
	SeeOther string // after a successful post: where to go, a path on this site
	Flash    string // said once on the page that is gone to
	Page     view.Page
	Status   int // of Page; 0 is 200
	File     *File
	JSON     any
}

// File is a download. It is always an attachment, never shown inside this site.
type File struct {
	Name        string
	ContentType string
	Body        io.ReadCloser
}

// Handler reads the request, calls one service method and answers.
type Handler func(*gin.Context) (Result, error)

// Site is what all pages share.
type Site struct {
	Views       *view.Set
	Log         *slog.Logger
	Now         func() time.Time
	Service     string // the public site's name
	Demo        bool
	Strip       string // what every page says above everything; "" for nothing
	Logo        bool
	Secure      bool   // cookies only over TLS
	PublicURL   string // scheme and host, no slash at the end
	StaffMenu   []MenuEntry
	PublicMenu  []MenuEntry
	FooterLinks []view.Link
}

// MenuEntry is an item of a menu.
type MenuEntry struct {
	Section    string // the Frame's section that makes it the current one
	Text, Href string
	Action     access.Action // shown only to those whom the table may allow it; "" for all
}

// Handle adapts a handler to gin.
func (s *Site) Handle(h Handler) gin.HandlerFunc {
	return func(c *gin.Context) {
		r, err := h(c)
		if err == nil {
			err = s.write(c, r)
		}
		if err != nil {
			s.Fail(c, err)
		}
	}
}

func (s *Site) write(c *gin.Context, r Result) error {
	switch {
	case r.SeeOther != "":
		if r.Flash != "" {
			s.setFlash(c, r.Flash)
		}
		c.Redirect(http.StatusSeeOther, r.SeeOther)
		return nil
	case r.File != nil:
		return s.writeFile(c, r.File)
	case r.JSON != nil:
		body, err := json.Marshal(r.JSON)
		if err != nil {
			return fmt.Errorf("writing JSON: %w", err)
		}
		answer(c, http.StatusOK, "application/json; charset=utf-8", body)
		return nil
	}
	body, err := s.Views.Render(r.Page)
	if err != nil {
		return err
	}
	status := r.Status
	if status == 0 {
		status = http.StatusOK
	}
	answer(c, status, "text/html; charset=utf-8", body)
	return nil
}

func (s *Site) writeFile(c *gin.Context, f *File) error {
	defer f.Body.Close()
	c.Header("Content-Type", f.ContentType)
	c.Header("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}))
	c.Header("X-Content-Type-Options", "nosniff")
	forReader(c.Writer.Header())
	c.Status(http.StatusOK)
	if _, err := io.Copy(c.Writer, f.Body); err != nil {
		// The status is sent already: the broken connection tells the reader.
		s.Log.WarnContext(c.Request.Context(), "download broken off", slog.String("path", c.FullPath()))
	}
	return nil
}

// What is wrong with a request as such.
var (
	ErrMethod  = errors.New("nothing can be done here in this way") // with the header Allow
	ErrTooMany = errors.New("too many requests came from one address")
)

// Status is the one table from errors to HTTP.
func Status(err error) int {
	var tooLarge *http.MaxBytesError
	switch {
	case errors.Is(err, record.ErrNotFound):
		return http.StatusNotFound
	case errors.Is(err, record.ErrForbidden):
		return http.StatusForbidden
	case errors.Is(err, record.ErrConflict):
		return http.StatusConflict
	case errors.Is(err, record.ErrRule):
		return http.StatusUnprocessableEntity
	case errors.As(err, &tooLarge):
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, ErrMethod):
		return http.StatusMethodNotAllowed
	case errors.Is(err, ErrTooMany):
		return http.StatusTooManyRequests
	}
	return http.StatusInternalServerError
}

// errorPage is what somebody sees when something could not be done.
type errorPage struct {
	Frame  view.Frame
	Faults []record.Fault
	Why    string
	Next   string
	Typed  []view.Textarea // to be copied
	Link   view.Link
}

var errorTemplate = view.Define[errorPage]("error.html")

// copyIt is what to do with what is given back.
const copyIt = "Copy what you typed from below, open the page again, and put it in."

// said are the words of an error. again follows copyIt where something was typed.
type said struct{ title, why, next, again string }

var errorWords = map[int]said{
	http.StatusNotFound:              {"Page not found", "There is no page at this address, or it is not public yet.", "Check the address, or start from the list of policies.", ""},
	http.StatusForbidden:             {"You cannot do this", "Your account does not have the role that this needs.", "Ask the person who manages accounts at your organisation.", ""},
	http.StatusConflict:              {"Someone else changed this first", "It was changed after you opened it, so your change was not saved.", "Go back, copy what you wrote, and open the page again.", ""},
	http.StatusUnprocessableEntity:   {"This cannot be done yet", "", "Go back and put it right. What you typed is still there.", ""},
	http.StatusRequestEntityTooLarge: {"That is too large", "The file or text is larger than this page accepts.", "Go back and choose a smaller one.", " Choose a smaller file, or a shorter text."},
	http.StatusMethodNotAllowed:      {"This address takes no form", "Something was sent to an address that only shows a page. Nothing was changed.", "Open the page and start from there.", ""},
	http.StatusTooManyRequests:       {"Too many requests", "Too many requests came from your address. Nothing was changed.", "Wait 10 seconds and try again.", " Wait 10 seconds first."},
	http.StatusInternalServerError:   {"Sorry, there is a problem with the service", "It is our fault, not yours. Nothing was changed.", "Try again in a few minutes.", ""},
}

// unknownWords are those where nobody knows what became of a change.
var unknownWords = said{"It is not known whether this was saved", "The database did not say in time what became of it.",
	"Open the page again and look whether it is there before you send it once more.", " Look first whether it is there already."}

// Fail shows an error. What was not deliberate is logged, and its text is not shown.
func (s *Site) Fail(c *gin.Context, err error) {
	status := Status(err)
	v := VisitorOf(c)
	if status == http.StatusForbidden && v.Account == "" {
		c.Redirect(http.StatusSeeOther, "/sign-in?next="+queryEscape(c.Request.URL.RequestURI()))
		c.Abort()
		return
	}
	// That a reader left before the answer was ready is nobody's fault.
	left := c.Request.Context().Err() != nil && errors.Is(err, context.Canceled)
	if status == http.StatusInternalServerError && !left {
		s.Log.ErrorContext(c.Request.Context(), "request failed", slog.String("path", c.FullPath()),
			slog.String("method", c.Request.Method), slog.String("request", c.GetString(requestIDKey)), slog.String("error", err.Error()))
	}
	s.showError(c, status, err)
	c.Abort()
}

func (s *Site) showError(c *gin.Context, status int, err error) {
	words := errorWords[status]
	if errors.Is(err, record.ErrUnknown) {
		words = unknownWords
	}
	p := errorPage{Frame: s.Frame(c, words.title, ""), Why: words.why, Next: words.next, Link: view.Link{Text: "All policies", Href: "/"}}
	p.Frame.NoIndex = true
	if VisitorOf(c).Account != "" {
		p.Link = view.Link{Text: "My work", Href: "/desk"}
	}
	if p.Typed = Typed(c); len(p.Typed) > 0 {
		p.Next = copyIt + words.again
	}
	errors.As(err, (*record.Faults)(&p.Faults))
	body, renderErr := s.Views.Render(errorTemplate.Page(p))
	if renderErr != nil {
		s.Log.ErrorContext(c.Request.Context(), "error page failed", slog.String("error", renderErr.Error()))
		c.String(status, words.title)
		return
	}
	answer(c, status, "text/html; charset=utf-8", body)
}
