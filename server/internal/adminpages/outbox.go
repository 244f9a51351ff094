package adminpages

import (
	"context"
	"net/url"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"concordat/server/internal/page"
	"concordat/web/view"
)

// Message is one message as it is shown.
type Message struct {
	To, Subject, Text string
	Written, Sent     time.Time
	Attempts          int
	Waiting           bool
}

// Outbox lists messages, newest first.
type Outbox interface {
	Messages(ctx context.Context, after string, limit int) (list []Message, next string, err error)
}

type outboxPage struct {
	Frame    view.Frame
	Messages []messageRow
	Shown    bool // what the messages say is shown
	Pages    view.Pagination
}

// messageRow is a message. Its words and its link are there only in the demonstration: who reads somebody else's link
// could sign in as them.
type messageRow struct {
	To, Subject string
	Written     time.Time
	State       view.Tag
	Paragraphs  []string
	Link        string // a path on this site, "" for none
}

var outboxTemplate = view.Define[outboxPage]("admin/outbox.html")

func (p *Pages) outbox(c *gin.Context) (page.Result, error) {
	list, next, err := p.Outbox.Messages(c.Request.Context(), page.After(c), pageSize)
	if err != nil {
		return page.Result{}, err
	}
	d := outboxPage{Frame: p.frame(c, "Messages"), Shown: p.Site.Demo}
	for _, m := range list {
		d.Messages = append(d.Messages, p.messageRow(m))
	}
	d.Pages.Label = "Pages of messages"
	if page.After(c) != "" {
		d.Pages.Previous = view.PageLink{Text: "Newest messages", Href: "/admin/outbox"}
	}
	if next != "" {
		d.Pages.Next = view.PageLink{Text: "Older messages", Href: "/admin/outbox?" + url.Values{"after": {next}}.Encode()}
	}
	return page.Result{Page: outboxTemplate.Page(d)}, nil
}

func (p *Pages) messageRow(m Message) messageRow {
	r := messageRow{To: m.To, Subject: m.Subject, Written: m.Written, State: p.messageTag(m)}
	if !p.Site.Demo {
		return r
	}
	for _, paragraph := range strings.Split(m.Text, "\n\n") {
		r.Paragraphs = append(r.Paragraphs, strings.Join(strings.Fields(paragraph), " "))
	}
	r.Link = linkIn(m.Text, p.People.PublicURL)
	return r
}

func (p *Pages) messageTag(m Message) view.Tag {
	switch {
	case !m.Sent.IsZero():
		return view.Tag{Text: "Sent", Colour: "green"}
	case p.Site.Demo:
		return view.Tag{Text: "Not sent: demonstration", Colour: "grey"}
	case m.Waiting && m.Attempts > 0:
		return view.Tag{Text: "Will be tried again", Colour: "yellow"}
	case m.Waiting:
		return view.Tag{Text: "Waiting", Colour: "blue"}
	}
	return view.Tag{Text: "Could not be sent", Colour: "red"}
}

// linkIn is the path of the first link of a message that leads to this site.
func linkIn(text, publicURL string) string {
	for word := range strings.FieldsSeq(text) {
		if path, ok := strings.CutPrefix(word, publicURL); ok && path != "" {
			return page.SafePath(path, "")
		}
	}
	return ""
}
