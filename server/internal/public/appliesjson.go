package public

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"

	"concordat/review"
	"concordat/review/record"
)

const (
	appliesPath = "/applies.json"
	typeJSON    = "application/json; charset=utf-8"
)

// appliesAnswer is which text applies, for other systems. The page /applies documents it.
type appliesAnswer struct {
	Outcome   string      `json:"outcome"`
	Kind      string      `json:"kind"`
	Policy    string      `json:"policy,omitempty"`
	Version   string      `json:"version,omitempty"`
	Local     string      `json:"local,omitempty"`
	URL       string      `json:"url,omitempty"`
	From      record.Date `json:"from,omitzero"`
	To        record.Date `json:"to,omitzero"`
	Rule      string      `json:"rule,omitempty"`
	DecidedBy string      `json:"decidedBy,omitempty"`
	Missing   string      `json:"missing,omitempty"`
	Waiting   []waits     `json:"waiting,omitempty"`
	Choose    []string    `json:"choose,omitempty"`
}

// waits is a text that was adopted and starts with an event whose date is not known.
type waits struct {
	Event   string `json:"event"`
	Policy  string `json:"policy"`
	Version string `json:"version"`
	URL     string `json:"url"`
	Rule    string `json:"rule"`
}

// badQuestion is what is wrong with a question.
type badQuestion struct {
	Error string `json:"error"`
}

// serveApplies answers which text applies as JSON.
func (l *Library) serveApplies(w http.ResponseWriter, r *http.Request, s *Snapshot) {
	var answer any
	status := http.StatusOK
	q, wrong := s.readQuestion(r.URL.Query())
	if wrong == "" {
		answer = l.answerQuestion(s, q)
	} else {
		status, answer = http.StatusBadRequest, badQuestion{wrong}
	}
	body, err := json.Marshal(answer)
	if err != nil {
		l.Log.ErrorContext(r.Context(), "what applies failed", slog.String("error", err.Error()))
		http.Error(w, "Sorry, there is a problem with the service", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	for name, values := range l.Headers {
		h[name] = values
	}
	h.Set("Content-Type", typeJSON)
	h.Set("Cache-Control", "no-cache")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // a reader who has gone needs no answer
	}
}

// question is what another system asks.
type question struct {
	policy            *Policy
	area              *review.Commissioner
	referred, treated record.Date
}

func (s *Snapshot) readQuestion(v url.Values) (q question, wrong string) {
	q = question{policy: s.Policy(v.Get("policy")), area: s.Area(v.Get("area"))}
	var refErr, treatErr error
	q.referred, refErr = record.ParseDate(v.Get("referred"))
	if v.Get("treated") != "" {
		q.treated, treatErr = record.ParseDate(v.Get("treated"))
	}
	switch {
	case q.policy == nil:
		return q, "policy: there is no public policy of this name"
	case q.area == nil:
		return q, "area: there is no area of this name"
	case refErr != nil:
		return q, "referred: give a date such as 2027-01-31"
	case treatErr != nil:
		return q, "treated: give a date such as 2027-01-31, or leave it out"
	case q.treated != 0 && q.treated < q.referred:
		return q, "treated: must be the day of referral or later"
	}
	if q.treated == 0 {
		q.treated = max(s.Today, q.referred)
	}
	return q, ""
}

func (l *Library) answerQuestion(s *Snapshot, q question) appliesAnswer {
	a := s.Applies(q.policy.ID, q.area.ID, q.referred, q.treated)
	x := a.Interval
	out := appliesAnswer{Outcome: string(a.Outcome), Kind: "none", From: x.From, To: x.To, Rule: string(x.Rule), Missing: a.Missing}
	if c := s.Place(a.Area); c != nil {
		out.DecidedBy = c.Slug
	}
	for _, w := range s.awaited(a) {
		out.Waiting = append(out.Waiting, waits{Event: w.Event, Policy: w.policy.Slug, Version: w.version.Number.String(),
			URL: l.address(w.policy.versionHref(w.version)), Rule: string(w.Rule)})
	}
	for _, id := range a.Choose {
		if c := s.Place(id); c != nil {
			out.Choose = append(out.Choose, c.Slug)
		}
	}
	if a.Outcome != review.TextApplies {
		return out
	}
	if x.Text.Local != "" {
		out.Kind, out.Local = "local", x.Text.Local
	} else if by := s.ByID(x.Text.Policy); by != nil {
		out.Kind, out.Policy, out.Version = "version", by.Slug, x.Text.Version.String()
	}
	if link := s.TextLink(q.policy, a); link.Href != "" {
		out.URL = l.address(link.Href)
	}
	return out
}
