package importpages_test

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"testing"

	"github.com/gin-gonic/gin"

	"concordat/review/bulk/bulktest"
	"concordat/review/record"
	"concordat/review/reviewtest"
	"concordat/server/internal/importpages"
	"concordat/server/internal/job"
	"concordat/server/internal/page"
	"concordat/server/internal/pagetest"
)

// house is the pages over a world in memory, for a person who is signed in.
type house struct {
	bulktest.World
	*pagetest.Person
	actor record.Actor
}

// newHouse has somebody who works when working is true: otherwise nothing that is asked for is ever done.
func newHouse(t *testing.T, working bool) *house {
	t.Helper()
	h := &house{World: bulktest.New(t, bulktest.InMemory()), actor: reviewtest.Lead}
	site := pagetest.Site(t)
	site.Now = h.Now
	jobs := job.NewRunner(site.Log)
	if working {
		ctx, stop := context.WithCancel(context.Background())
		ended := make(chan struct{})
		go func() { defer close(ended); jobs.Run(ctx) }()
		t.Cleanup(func() { stop(); <-ended })
	}
	visitor := func(*gin.Context) page.Visitor {
		return page.Visitor{Account: h.actor.ID, Name: "Priya", Actor: h.actor}
	}
	pages := &importpages.Pages{Site: site, Bulk: h.Service, Review: h.Review, Jobs: jobs}
	h.Person = pagetest.Visit(t, pagetest.EngineFor(site, visitor, pages.Routes()...))
	return h
}

// send posts files, each by its name, in the order of the names.
func (h *house) send(fields, files map[string]string) pagetest.Answer {
	form := url.Values{}
	for name, value := range fields {
		form.Set(name, value)
	}
	var sent []pagetest.File
	for _, name := range slices.Sorted(maps.Keys(files)) {
		sent = append(sent, pagetest.File{Name: name, Data: []byte(files[name])})
	}
	return h.Send("/desk/imports", form, sent...)
}
