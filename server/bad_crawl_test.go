package main

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// mostOfAKind bounds how many pages of one route are looked at for forms.
const mostOfAKind = 25

// forms finds for each route that takes a form a page that has it, by following links.
func (h *hostile) forms() map[string]webForm {
	h.t.Helper()
	out, seen, kinds := map[string]webForm{}, map[string]bool{}, map[string]int{}
	queue := h.addresses()
	for len(queue) > 0 {
		address := queue[0]
		queue = queue[1:]
		r, ok := h.pattern(http.MethodGet, address)
		if seen[address] || !ok || kinds[r.Path] >= mostOfAKind {
			continue
		}
		seen[address] = true
		kinds[r.Path]++
		client := h.client
		if r.Action == "" {
			client = h.anybody() // who is signed in is not asked to sign in
		}
		p := readPage(address, h.send(client, http.MethodGet, address, "", "").body)
		for _, f := range p.forms {
			if to, ok := h.pattern(http.MethodPost, f.action); ok && better(h, f, out[to.Path]) {
				out[to.Path] = f
			}
		}
		for _, to := range p.links {
			if strings.HasPrefix(to, "/desk") || strings.HasPrefix(to, "/admin") {
				queue = append(queue, to)
			}
		}
	}
	return out
}

// better prefers the pages that were made for these tests, then the form that asks most.
func better(h *hostile, f, than webForm) bool {
	made := slices.Contains(h.links, f.page)
	if was := slices.Contains(h.links, than.page); was != made {
		return made
	}
	return len(f.fields) > len(than.fields)
}

// addresses are where to begin: each route, with documents that there are.
func (h *hostile) addresses() []string {
	list := slices.Clone(h.links)
	for _, r := range h.routes() {
		if r.Method == http.MethodGet {
			list = append(list, h.address(r))
		}
	}
	return list
}

// dispute is the form that asks which text stays, after two people changed the same paragraph.
func (h *hostile) dispute() (webForm, bool) {
	h.t.Helper()
	const address = "/desk/policies/cp-041"
	for _, f := range readPage(address, text(h.t, h.client, h.server.URL+address)).forms {
		if f.action != address {
			continue
		}
		mine, theirs := f.filled(), f.filled()
		mine.Set("do", "save")
		theirs.Set("do", "save")
		first, rest, _ := strings.Cut(f.values().Get("s-reasons"), "\n")
		mine.Set("s-reasons", first+" mine "+time.Now().String()+"\n"+rest)
		theirs.Set("s-reasons", first+" theirs "+time.Now().String()+"\n"+rest)
		if got := h.post(h.client, address, theirs); got.status != http.StatusSeeOther {
			h.t.Fatalf("saving theirs: %d %s", got.status, told(got.body))
		}
		got := h.post(h.client, address, mine)
		for _, x := range readPage(address, got.body).forms {
			if x.action == address+"/merge" {
				return x, true
			}
		}
		h.t.Fatalf("no merge: %d %s %s", got.status, got.header, told(got.body))
	}
	return webForm{}, false
}
