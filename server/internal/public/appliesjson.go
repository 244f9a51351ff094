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
	Area       string          `json:"area"`
	Outcome    string          `json:"outcome"`
	Kind       string          `json:"kind"`
	Name       string          `json:"name,omitempty"`
	Policy     string          `json:"policy,omitempty"`
	Version    string          `json:"version,omitempty"`
	Local      string          `json:"local,omitempty"`
	Without    string          `json:"without,omitempty"`
	URL        string          `json:"url,omitempty"`
	Position   string          `json:"position,omitempty"`
	Treatments []Treatment     `json:"treatments,omitempty"`
	Variations []variation     `json:"variations,omitempty"`
	From       record.Date     `json:"from,omitzero"`
	To         record.Date     `json:"to,omitzero"`
	Rule       string          `json:"rule,omitempty"`
	DecidedBy  string          `json:"decidedBy,omitempty"`
	Missing    string          `json:"missing,omitempty"`
	Waiting    []waits         `json:"waiting,omitempty"`
	Choose     []appliesAnswer `json:"choose,omitempty"`
}

// variation is where and how the area's text differs from the version.
type variation struct {
	Change    string `json:"change"`
	Paragraph string `json:"paragraph"`
	Text      string `json:"text,omitempty"`
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
	q, status, wrong := s.readQuestion(r.URL.Query())
	var answer any = badQuestion{wrong}
	if wrong == "" {
		answer = l.fields(s.Reply(q.policy, q.area, q.referred, q.treated))
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

// readQuestion reads what is asked; wrong says what cannot be answered, and with which status.
func (s *Snapshot) readQuestion(v url.Values) (q question, status int, wrong string) {
	q = question{policy: s.Policy(v.Get("policy")), area: s.Area(v.Get("area"))}
	var refErr, treatErr error
	q.referred, refErr = record.ParseDate(v.Get("referred"))
	if v.Get("treated") != "" {
		q.treated, treatErr = record.ParseDate(v.Get("treated"))
	}
	switch {
	case v.Get("policy") == "":
		return q, http.StatusBadRequest, "policy: give the last part of its address"
	case v.Get("area") == "":
		return q, http.StatusBadRequest, "area: give the last part of its address"
	case q.policy == nil:
		return q, http.StatusNotFound, "policy: there is no public policy of this name"
	case q.area == nil:
		return q, http.StatusNotFound, "area: there is no area of this name"
	case refErr != nil:
		return q, http.StatusBadRequest, "referred: give a date such as 2027-01-31"
	case treatErr != nil:
		return q, http.StatusBadRequest, "treated: give a date such as 2027-01-31, or leave it out"
	case q.treated != 0 && q.treated < q.referred:
		return q, http.StatusBadRequest, "treated: must be the day of referral or later"
	}
	if q.treated == 0 {
		q.treated = max(s.Today, q.referred)
	}
	return q, http.StatusOK, ""
}

// fields are a reply as other systems read it.
func (l *Library) fields(r Reply) appliesAnswer {
	out := appliesAnswer{Area: r.Area.Slug, Outcome: string(r.Outcome), Kind: "none", Name: r.Name(), Position: r.Position, Treatments: r.Treatments,
		From: r.From, To: r.To, Rule: string(r.Rule), Missing: r.Missing}
	if r.DecidedBy != nil {
		out.DecidedBy = r.DecidedBy.Slug
	}
	switch {
	case r.Unpublished:
		out.Kind = "unpublished"
	case r.Version != nil:
		out.Kind, out.Policy, out.Version = "version", r.By.Slug, r.Version.Number.String()
	case r.Local != nil && r.Local.Without != review.HasPolicy:
		out.Kind, out.Without = "without", string(r.Local.Without)
	case r.Local != nil:
		out.Kind, out.Local = "local", r.Local.ID
	}
	if r.Text.Link.Href != "" {
		out.URL = l.address(r.Text.Link.Href)
	}
	for _, c := range r.changes() {
		out.Variations = append(out.Variations, variation{Change: string(c.Act), Paragraph: c.Label, Text: plainWords(c.Text)})
	}
	for _, w := range r.Waiting {
		out.Waiting = append(out.Waiting, waits{Event: w.Event, Policy: w.Policy.Slug, Version: w.Version.Number.String(),
			URL: l.address(w.Policy.versionHref(w.Version)), Rule: string(w.Rule)})
	}
	for _, place := range r.Places {
		out.Choose = append(out.Choose, l.fields(place))
	}
	return out
}
