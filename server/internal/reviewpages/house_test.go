package reviewpages_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"sync/atomic"
	"testing"

	"concordat/server/internal/pagetest"
	"concordat/server/internal/reviewpages"
)

// house is the desk, with two places and one programme.
type house struct {
	*pagetest.House
	begins atomic.Int64 // policies begun so far
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{House: pagetest.New(t)}
	h.Join("Kestlebury", "Oxleigh Vale")
	pages := &reviewpages.Pages{Site: h.Site, Review: h.Review, Programmes: h.Programmes, Decisions: h.Decisions, Events: h.Keeper, Name: h.Name,
		Leads: func(context.Context) ([]reviewpages.Person, error) {
			return []reviewpages.Person{{ID: "other", Name: "Tom Reeve"}}, nil
		},
		Word: func(w io.Writer, d reviewpages.Document) error {
			_, err := io.WriteString(w, "PK "+d.Title)
			return err
		}}
	h.Open(pages.Routes()...)
	return h
}

// begun is a policy that the person has just begun.
func (h *house) begun(p *pagetest.Person) string {
	h.T.Helper()
	a := p.Get("/desk/policies/new").Want(http.StatusOK, "Clinical commissioning policy", fmt.Sprintf("The %d places", len(h.Places)))
	n := strconv.Itoa(int(h.begins.Add(1)) + 100)
	a = p.Post("/desk/policies/new", a.Form("title", "Tonsillectomy "+n, "reference", "CP-"+n, "kind", "clinical", "programme", h.Programme))
	a.Want(http.StatusOK, "The policy is begun", "Commissioning position", "Drafting")
	return a.Path
}
