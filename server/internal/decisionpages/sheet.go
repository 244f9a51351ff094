package decisionpages

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/clause"
	"concordat/review/decision"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// sheet is the form of one meeting for one person: which policies and whose decisions it asks about.
type sheet struct {
	p     *Pages
	c     *gin.Context
	m     *decision.Meeting
	where places
	made  []*decision.Decision
	only  string
	asked []asked

	more  string       // the answer whose variation gets one more change
	show  string       // the answer whose variation is shown as it reads
	reads *overlayView // how
}

// asked is one policy with those who have still to decide and for whom this person may record.
type asked struct {
	key  string // begins the names of its fields: "i0"
	item decision.Item
	all  []string // the meeting's commissioners, by name
	open []string

	text    clause.Text            // of the version
	carried map[string]carriedOver // by place, the variations of the versions that they adopted before
}

// only is the place that is asked about; "" when there are several.
func (a asked) only() string {
	if len(a.open) == 1 {
		return a.open[0]
	}
	return ""
}

// carriedOver is a variation of an earlier version, carried to the one that is asked about.
type carriedOver struct {
	version string
	decision.Carried
}

// start is what the form begins with. What is done with a touched clause must be chosen anew.
func (x carriedOver) start() decision.Overlay {
	out := slices.Clone(x.Overlay)
	for _, t := range x.Touched {
		out[t.Change].Act = ""
	}
	return out
}

func (x carriedOver) words(place, version string) string {
	out := place + " has a variation of version " + x.version + ". It is carried over to version " + version + " here"
	if n := len(x.Touched); n > 0 {
		return out + ", but the new version touches " + plural(n, "change", "changes") + " of it: choose again what is done there."
	}
	return out + ", which does not touch it."
}

// place begins the names of the fields of one place. It counts all commissioners of the meeting, so that a name stays
// the same when another secretary has recorded something meanwhile.
func (a asked) place(n int) string {
	return a.key + "-c" + strconv.Itoa(slices.Index(a.all, a.open[n]))
}

func (p *Pages) sheet(c *gin.Context, only string) (*sheet, error) {
	ctx, by := c.Request.Context(), page.Actor(c)
	m, err := p.Decisions.Meeting(ctx, by, c.Param("id"))
	if err != nil {
		return nil, err
	}
	s := &sheet{p: p, c: c, m: m, only: only}
	if !slices.ContainsFunc(m.Commissioners, func(x string) bool { return decision.MayRecord(by, x) }) {
		return nil, access.Check(by, access.DecisionRecord, access.For(m.Commissioners...))
	}
	if s.where, err = p.places(ctx); err != nil {
		return nil, err
	}
	if s.made, err = p.Decisions.OfMeeting(ctx, by, m); err != nil {
		return nil, err
	}
	all := s.where.among(m.Commissioners)
	for n, i := range m.Items {
		a := asked{key: "i" + strconv.Itoa(n), item: i, all: all}
		for _, x := range all {
			if decision.MayRecord(by, x) && openFor(m, i, x, s.made) {
				a.open = append(a.open, x)
			}
		}
		if len(a.open) > 0 && (only == "" || only == i.Policy) {
			if err := s.know(&a); err != nil {
				return nil, err
			}
			s.asked = append(s.asked, a)
		}
	}
	return s, nil
}

// know reads the text that is asked about, and the variations of earlier versions.
func (s *sheet) know(a *asked) error {
	ctx := s.c.Request.Context()
	made, err := s.p.Decisions.OfPolicy(ctx, page.Actor(s.c), a.item.Policy)
	if err != nil {
		return err
	}
	if a.text, err = s.p.text(s.c, a.item.Policy, a.item.Version); err != nil {
		return err
	}
	a.carried = map[string]carriedOver{}
	for _, place := range a.open {
		d := decision.Adopted(made, place, a.item.Version)
		if d == nil || len(d.Overlay) == 0 {
			continue
		}
		old, err := s.p.text(s.c, a.item.Policy, d.Version)
		if err != nil {
			return err
		}
		a.carried[place] = carriedOver{d.Version, d.Overlay.Carry(old, a.text)}
	}
	return nil
}

// text is that of a version.
func (p *Pages) text(c *gin.Context, policy, version string) (clause.Text, error) {
	n, err := review.ParseNumber(version)
	if err != nil {
		return clause.Text{}, err
	}
	v, err := p.Policies.ReadVersion(c.Request.Context(), page.Actor(c), policy, n)
	if err != nil {
		return clause.Text{}, err
	}
	return v.Text(), nil
}

// overtaken tells whether the form asked about somebody who has decided meanwhile: what was typed for them would
// otherwise be left out without a word.
func (s *sheet) overtaken(c *gin.Context) bool {
	open := map[string]bool{}
	for _, a := range s.asked {
		for n := range a.open {
			open[a.place(n)+"-revision"] = true
		}
	}
	for name := range c.Request.PostForm {
		if strings.HasSuffix(name, "-revision") && !open[name] {
			return true
		}
	}
	return false
}

// typed gives for one item what was typed about its policy, although the agenda may have changed since; by place only
// while the places are the same.
func (s *sheet) typed(a asked, v values) values {
	key := ""
	for n := range decision.Most {
		if k := "i" + strconv.Itoa(n); v(k+"-policy") == a.item.Policy {
			key = k
		}
	}
	samePlaces := v("places") == strings.Join(a.all, " ")
	return func(name string) string {
		rest := strings.TrimPrefix(name, a.key)
		if key == "" || strings.HasPrefix(rest, "-c") && !samePlaces {
			return ""
		}
		return v(key + rest)
	}
}

func (s *sheet) revision(i decision.Item, commissioner string) int64 {
	if d := found(i, commissioner, s.made); d != nil {
		return d.Revision
	}
	return 0
}

// entries reads the form: one entry for each policy and place about which something was decided. The faults are of
// what could not be read.
func (s *sheet) entries(c *gin.Context) (list []decision.Entry, faults record.Faults) {
	for _, a := range s.asked {
		part := s.entriesOf(c, a, &faults)
		list = append(list, part...)
	}
	return list, faults
}

func (s *sheet) entriesOf(c *gin.Context, a asked, faults *record.Faults) (list []decision.Entry) {
	all := s.said(c, a.key, faults)
	all.Minute, all.Event, all.Rule = page.Text(c, a.key+"-minute"), page.Text(c, a.key+"-event"), page.Text(c, a.key+"-rule")
	missing := false
	for n, id := range a.open {
		key := a.place(n)
		e := decision.Entry{Field: a.key + "@" + id, Policy: a.item.Policy, Version: a.item.Version, Commissioner: id, Said: all}
		e.Revision, _ = strconv.ParseInt(page.Text(c, key+"-revision"), 10, 64)
		if page.Text(c, key+"-outcome") != "" {
			e.Field, e.Said = key, filled(s.said(c, key, faults), all)
		}
		switch e.Outcome {
		case nothing:
		case "":
			missing = true
		default:
			list = append(list, e)
		}
	}
	faults.Add(missing, a.key+"-outcome", "Choose what was decided on "+a.item.Title+", or that nothing was")
	return list
}

// said reads one answer.
func (s *sheet) said(c *gin.Context, key string, faults *record.Faults) decision.Said {
	x := decision.Said{Outcome: decision.Outcome(page.Text(c, key+"-outcome")), Reason: page.Text(c, key+"-reason"), DueRegard: page.Text(c, key+"-due"),
		Effective: page.Date(c, key+"-effective", "The date", faults)}
	x.Overlay, _ = typedOverlay(posted(c), key)
	return x
}

// filled takes from what was typed for all what one place left out.
func filled(one, all decision.Said) decision.Said {
	one.Minute, one.Rule = all.Minute, all.Rule
	if one.DueRegard == "" {
		one.DueRegard = all.DueRegard
	}
	if one.Effective == 0 {
		one.Effective, one.Event = all.Effective, all.Event
	}
	if one.Outcome == all.Outcome && one.Reason == "" {
		one.Reason = all.Reason
	}
	if one.Outcome == all.Outcome && len(one.Overlay) == 0 {
		one.Overlay = all.Overlay
	}
	return one
}

// shared are fields that a place has in common with all.
var shared = []string{"minute", "rule", "event"}

// errors are the faults at the fields that this form has. What several places have in common is said once, and which
// they are when it does not concern all.
func (s *sheet) errors(faults record.Faults) view.Errors {
	var plain record.Faults
	concerned := map[record.Fault][]string{}
	for _, f := range faults {
		key, id, inherited := cutPlace(f.Field)
		at := record.Fault{Field: key, Message: f.Message}
		if inherited {
			concerned[at] = append(concerned[at], id)
		}
		if !slices.ContainsFunc(plain, func(x record.Fault) bool { return x == at }) {
			plain = append(plain, at)
		}
	}
	for i, f := range plain {
		plain[i].Message += s.about(f, concerned[f])
	}
	slices.SortStableFunc(plain, func(a, b record.Fault) int { return slices.Compare(rank(a.Field), rank(b.Field)) })
	return formErrors(plain)
}

// about names the policy of a field, when the form asks about several, and the places, when it does not concern all:
// a list of errors is read without the form around it.
func (s *sheet) about(f record.Fault, ids []string) string {
	field := f.Field
	i := slices.IndexFunc(s.asked, func(a asked) bool { return strings.HasPrefix(field, a.key+"-") })
	if i < 0 {
		return ""
	}
	var names []string
	common := slices.Contains(shared, field[strings.LastIndexByte(field, '-')+1:])
	if !common && len(ids) > 0 && len(ids) < len(s.asked[i].open) {
		names = s.where.shorts(ids)
	}
	for n := range s.asked[i].open {
		if strings.HasPrefix(field, s.asked[i].place(n)+"-") {
			names = append(names, s.where.short(s.asked[i].open[n]))
		}
	}
	if len(s.asked) > 1 && !strings.Contains(f.Message, s.asked[i].item.Title) {
		names = append(names, s.asked[i].item.Title)
	}
	if len(names) == 0 {
		return ""
	}
	return " (" + strings.Join(names, ", ") + ")"
}

// inOrder are the fields of one answer as they stand on the page.
var inOrder = []string{"outcome", "effective", "event", "rule", "reason", "due", "overlay", "minute"}

// rank is where a field stands on the page: its item, its place after what is for all, and itself. The parts of a
// variation stand where it does, change by change.
func rank(field string) []int {
	key, name := cutField(field)
	first, second, _ := strings.Cut(key, "-")
	item, _ := strconv.Atoi(strings.TrimPrefix(first, "i"))
	place := -1
	if second != "" {
		place, _ = strconv.Atoi(strings.TrimPrefix(second, "c"))
	}
	if n, part, ok := strings.Cut(name, "-"); ok {
		change, _ := strconv.Atoi(strings.TrimPrefix(n, "o"))
		return []int{item, place, slices.Index(inOrder, "overlay"), change, slices.Index([]string{"anchor", "act", "text"}, part)}
	}
	return []int{item, place, slices.Index(inOrder, name)}
}

// cutField cuts a field into the key of its answer and its own name: "i0-c2" and "due", "i0" and "o1-text".
func cutField(field string) (key, name string) {
	end := strings.LastIndexByte(field, '-')
	if end < 0 {
		return "", field
	}
	if n := strings.LastIndexByte(field[:end], '-'); n >= 0 {
		if change, err := strconv.Atoi(strings.TrimPrefix(field[n+1:end], "o")); err == nil && field[n+1] == 'o' && change >= 0 {
			end = n
		}
	}
	return field[:end], field[end+1:]
}

// withoutDates leaves out what is said of dates of an item whose date could not be read: it only follows from that.
func withoutDates(found, unread record.Faults) record.Faults {
	return slices.DeleteFunc(found, func(f record.Fault) bool {
		item, _, _ := strings.Cut(strings.Replace(f.Field, "@", "-", 1), "-")
		return strings.HasSuffix(f.Field, "-effective") && slices.ContainsFunc(unread, func(u record.Fault) bool {
			return strings.HasPrefix(u.Field, item+"-") && strings.HasSuffix(u.Field, "-effective")
		})
	})
}

// cutPlace turns "i0@place-due" into "i0-due" and the place, and "i0-c2-minute" into "i0-minute".
func cutPlace(field string) (key, id string, inherited bool) {
	answer, name := cutField(field)
	if at := strings.IndexByte(answer, '@'); at > 0 {
		return answer[:at] + "-" + name, answer[at+1:], true
	}
	if item, _, ok := strings.Cut(answer, "-c"); ok && slices.Contains(shared, name) {
		return item + "-" + name, "", false
	}
	return field, "", false
}
