package main

import (
	"context"
	"io"
	"net/http"

	"concordat/review"
	"concordat/server/internal/adminpages"
	"concordat/server/internal/decisionpages"
	"concordat/server/internal/export"
	"concordat/server/internal/homepages"
	"concordat/server/internal/importpages"
	"concordat/server/internal/page"
	"concordat/server/internal/public"
	"concordat/server/internal/publicpages"
	"concordat/server/internal/reviewpages"
	"concordat/server/internal/services"
	"concordat/server/internal/session"
	"concordat/server/internal/stores"
)

// routes are the addresses of all pages, as one table.
func (a *app) routes(account *session.Pages) []page.Route {
	people := &names{accounts: stores.NewAccounts(a.keeper), now: a.now}
	var all []page.Route
	all = append(all, account.Routes()...)
	all = append(all, (&homepages.Pages{Site: a.site, Programmes: a.Programmes, Decisions: a.Decisions, Policies: a.Review, Name: people.of}).Routes()...)
	all = append(all, (&reviewpages.Pages{Site: a.site, Review: a.Review, Programmes: a.Programmes, Decisions: a.Decisions, Events: a.keeper,
		Name: people.of, Leads: people.leads, Word: writeWord}).Routes()...)
	all = append(all, (&importpages.Pages{Site: a.site, Bulk: a.Imports, Review: a.Review, Jobs: a.jobs}).Routes()...)
	all = append(all, (&decisionpages.Pages{Site: a.site, Decisions: a.Decisions, Policies: a.Review, Acts: a.Review, Name: people.of}).Routes()...)
	all = append(all, (&publicpages.Pages{Site: a.site, Library: a.library, Files: a.Review.Files}).Routes()...)
	return append(all, (&adminpages.Pages{Site: a.site, People: a.People, Commissioners: places{a}, Outbox: messages{a}}).Routes()...)
}

// openLibrary fills what the public reads and keeps it filled.
func (a *app) openLibrary(ctx context.Context, t *tasks) error {
	headers := http.Header{}
	session.Headers(headers, a.secure())
	a.library = public.New(public.Sources{Publications: a.Review.Publications, Policies: a.Review.Policies, Commissioners: a.Review.Commissioners,
		Registers: a.Review.Registers, Locals: a.Review.Locals, Decisions: a.Decisions.Decisions, Events: a.keeper, Counter: a.docs, Renderer: services.Renderer{}},
		public.Site{Frame: a.site.PublicFrame, Render: a.site.Views.Render, PublicURL: a.cfg.PublicURL, Name: a.cfg.Service, Build: build(),
			Headers: headers, Contact: a.cfg.MailFrom, Now: a.now, Log: a.log})
	if err := a.library.Refresh(ctx); err != nil {
		return err
	}
	t.start(func() { a.library.Run(ctx) })
	return nil
}

// places gives administration the commissioners for whom roles are held.
type places struct{ *app }

func (p places) Commissioners(ctx context.Context) ([]adminpages.Place, error) {
	list, err := p.Review.AllCommissioners(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]adminpages.Place, len(list))
	for i, c := range list {
		out[i] = adminpages.Place{ID: c.ID, Name: c.Name}
	}
	return out, nil
}

// messages shows administration the outbox.
type messages struct{ *app }

func (m messages) Messages(ctx context.Context, after string, limit int) ([]adminpages.Message, string, error) {
	list, next, err := stores.NewMessages(m.keeper).List(ctx, after, limit)
	if err != nil {
		return nil, "", err
	}
	out := make([]adminpages.Message, len(list))
	for i, x := range list {
		out[i] = adminpages.Message{To: x.To, Subject: x.Subject, Text: x.Text, Written: x.Written, Sent: x.Sent, Attempts: x.Attempts, Waiting: x.Waiting()}
	}
	return out, next, nil
}

// writeWord writes a policy as a Word file.
func writeWord(w io.Writer, d reviewpages.Document) error {
	p := export.Policy{Title: d.Title, Reference: d.Reference, Version: d.Status, Draft: d.Draft,
		Sections: services.Sections(review.Content{Sections: d.Sections})}
	for _, f := range d.Control {
		p.Control = append(p.Control, export.Field(f))
	}
	return export.Word(w, p)
}
