package page

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/review/access"
	"concordat/review/record"
	"concordat/web/view"
)

// Visitor is who sent a request. The zero Visitor is the public.
type Visitor struct {
	Account string // id
	Name    string
	Role    string // in words, for the header
	Actor   record.Actor
	Token   string // what staff forms must carry, masked
}

const (
	visitorKey   = "visitor"
	requestIDKey = "request"
)

// SetVisitor notes who sent the request. The session's middleware calls it.
func SetVisitor(c *gin.Context, v Visitor) { c.Set(visitorKey, v) }

// VisitorOf is who sent the request.
func VisitorOf(c *gin.Context) Visitor {
	v, _ := c.Get(visitorKey)
	visitor, _ := v.(Visitor)
	return visitor
}

// Actor is who acts in this request.
func Actor(c *gin.Context) record.Actor { return VisitorOf(c).Actor }

// SetRequestID notes the id under which the request is logged.
func SetRequestID(c *gin.Context, id string) { c.Set(requestIDKey, id) }

// RequestID is the id under which the request is logged.
func RequestID(c *gin.Context) string { return c.GetString(requestIDKey) }

// Frame is what surrounds a staff page, or, for the public and when section is public, a public one.
func (s *Site) Frame(c *gin.Context, title, section string) view.Frame {
	v := VisitorOf(c)
	f := s.PublicFrame(title, section)
	f.Flash = s.takeFlash(c)
	if v.Account == "" {
		return f
	}
	f.Service, f.Home, f.Staff, f.NoIndex = "Concordat", "/desk", true, true
	f.Account = &view.Account{Name: v.Name, Role: v.Role}
	f.Token = Masked(v.Token)
	f.Menu = menu(s.StaffMenu, section, v.Actor)
	return f
}

// PublicFrame is what surrounds a page that is the same for everybody.
func (s *Site) PublicFrame(title, section string) view.Frame {
	return view.Frame{Title: title, Service: s.Service, Home: "/", Strip: s.Strip, Logo: s.Logo,
		Menu: menu(s.PublicMenu, section, record.Actor{}), FooterLinks: s.FooterLinks}
}

func menu(entries []MenuEntry, section string, by record.Actor) []view.MenuItem {
	var out []view.MenuItem
	for _, e := range entries {
		if e.Action == "" || access.Ever(by, e.Action) {
			out = append(out, view.MenuItem{Text: e.Text, Href: e.Href, Current: e.Section == section})
		}
	}
	return out
}

const flashCookie = "flash"

func (s *Site) setFlash(c *gin.Context, text string) {
	s.cookie(c, flashCookie, base64.RawURLEncoding.EncodeToString([]byte(text)), 60)
}

func (s *Site) takeFlash(c *gin.Context) string {
	raw, err := c.Cookie(flashCookie)
	if err != nil || raw == "" {
		return ""
	}
	s.cookie(c, flashCookie, "", -1)
	text, err := base64.RawURLEncoding.DecodeString(raw)
	if err != nil {
		return ""
	}
	return string(text)
}

func (s *Site) cookie(c *gin.Context, name, value string, seconds int) {
	//nolint:gosec // Secure follows the setting: the demonstration has no TLS
	http.SetCookie(c.Writer, &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: seconds,
		HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteLaxMode})
}

// SafePath is a path on this site from something that a request carried, or the fallback.
func SafePath(path, fallback string) string {
	u, err := url.Parse(path)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.Contains(path, "\\") {
		return fallback
	}
	return path
}

func queryEscape(s string) string { return url.QueryEscape(s) }
