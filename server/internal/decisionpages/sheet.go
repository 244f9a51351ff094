package decisionpages

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
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
}

// asked is one policy with those who have still to decide and for whom this person may record.
type asked struct {
	key  string // begins the names of its fields: "i0"
	item decision.Item
	all  []string // the meeting's commissioners, by name
	open []string
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
			s.asked = append(s.asked, a)
		}
	}
	return s, nil
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
	all := s.said(c, a, a.key, faults)
	all.Minute, all.Event, all.Rule = page.Text(c, a.key+"-minute"), page.Text(c, a.key+"-event"), page.Text(c, a.key+"-rule")
	missing := false
	for n, id := range a.open {
		key := a.place(n)
		e := decision.Entry{Field: a.key + "@" + id, Policy: a.item.Policy, Version: a.item.Version, Commissioner: id, Said: all}
		e.Revision, _ = strconv.ParseInt(page.Text(c, key+"-revision"), 10, 64)
		if page.Text(c, key+"-outcome") != "" {
			e.Field, e.Said = key, filled(s.said(c, a, key, faults), all)
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
func (s *sheet) said(c *gin.Context, a asked, key string, faults *record.Faults) decision.Said {
	x := decision.Said{Outcome: decision.Outcome(page.Text(c, key+"-outcome")), Reason: page.Text(c, key+"-reason"), DueRegard: page.Text(c, key+"-due"),
		Effective: page.Date(c, key+"-effective", "The date", faults)}
	x.Variation = decision.Variation{Anchor: page.Text(c, key+"-anchor"), Text: page.Text(c, key+"-variation")}
	if x.Outcome == decision.Vary {
		x.Variation.Anchor = s.anchor(a.item, x.Variation.Anchor)
	}
	return x
}

// anchor is the anchor of the paragraph that somebody cited. What is not in the text stays, to be refused.
func (s *sheet) anchor(i decision.Item, cited string) string {
	n, err := review.ParseNumber(i.Version)
	if err != nil {
		return cited
	}
	v, err := s.p.Policies.ReadVersion(s.c.Request.Context(), page.Actor(s.c), i.Policy, n)
	if err != nil {
		return cited
	}
	return paragraph(v, cited)
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
	if one.Outcome == all.Outcome && one.Variation == (decision.Variation{}) {
		one.Variation = all.Variation
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
var inOrder = []string{"outcome", "effective", "event", "rule", "reason", "due", "anchor", "variation", "minute"}

// rank is where a field stands on the page: its item, its place after what is for all, and itself.
func rank(field string) []int {
	parts := strings.Split(field, "-")
	if len(parts) < 2 {
		return nil
	}
	item, _ := strconv.Atoi(strings.TrimPrefix(parts[0], "i"))
	place := -1
	if len(parts) == 3 {
		place, _ = strconv.Atoi(strings.TrimPrefix(parts[1], "c"))
	}
	return []int{item, place, slices.Index(inOrder, parts[len(parts)-1])}
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
	end := strings.LastIndexByte(field, '-')
	if at := strings.IndexByte(field, '@'); at > 0 && end > at {
		return field[:at] + field[end:], field[at+1 : end], true
	}
	if item, _, ok := strings.Cut(field, "-c"); ok && end > 0 && slices.Contains(shared, field[end+1:]) {
		return item + field[end:], "", false
	}
	return field, "", false
}
