package decisionpages

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/decision"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

func number(n int) string { return strconv.Itoa(n) }

type meetingPage struct {
	Frame       view.Frame
	ID          string
	Revision    int64
	Line        string // date and body
	Who         []string
	Recommended string
	Members     []decision.Member
	Present     int
	Items       []agendaLine
	MayEdit     bool
	Decide      string // address of the form for all items; "" when nothing is to be recorded by this person
	Early       string // the day from which decisions can be recorded, when it has not come
	Cancelled   bool
	Told        []string // when contacts and secretaries were told of decisions, or will be
}

type agendaLine struct {
	decision.Item
	Href, Decide string
	Decided, Of  int
	Marks        []countedMark
	Removable    bool
	Elsewhere    string // address of what all of them decided at other meetings; "" when somebody has still to decide
}

type countedMark struct {
	mark
	Count  int
	Places string
}

var meetingTemplate = view.Define[meetingPage]("decision/meeting.html")

func (p *Pages) meeting(c *gin.Context) (page.Result, error) {
	ctx, by := c.Request.Context(), page.Actor(c)
	m, err := p.Decisions.Meeting(ctx, by, c.Param("id"))
	if err != nil {
		return page.Result{}, err
	}
	where, err := p.places(ctx)
	if err != nil {
		return page.Result{}, err
	}
	made, err := p.Decisions.OfMeeting(ctx, by, m)
	if err != nil {
		return page.Result{}, err
	}
	d := meetingPage{Frame: p.frame(c, m.Title, nil, view.Link{Text: "Meetings", Href: "/desk/meetings"}), ID: m.ID, Revision: m.Revision,
		Line: m.Date.Words() + ", " + m.Body, Who: where.shorts(where.among(m.Commissioners)), Members: m.Members, Present: m.Present(), MayEdit: m.State != decision.Cancelled && decision.MayEdit(by, m), Cancelled: m.State == decision.Cancelled}
	if m.Recommended.Body != "" {
		d.Recommended = m.Recommended.Body + ", " + m.Recommended.Date.Words()
	}
	open := 0
	for _, i := range m.Items {
		line := agenda(m, i, made, where)
		line.Decide = decideHref(m, i, made, by)
		line.Removable = d.MayEdit && line.Decided == 0
		if line.Decide != "" {
			open++
		}
		if line.Decided == 0 && !undecided(m, i, m.Commissioners, made) {
			line.Elsewhere = "/desk/policies/" + i.Policy + "/decisions"
		}
		d.Items = append(d.Items, line)
	}
	switch {
	case d.Cancelled:
	case m.Date > p.today():
		d.Early = m.Date.Words()
	case open > 0:
		d.Decide = "/desk/meetings/" + m.ID + "/decide"
	}
	told, err := p.Decisions.Told(ctx, by, m)
	if err != nil {
		return page.Result{}, err
	}
	d.told(told, m, p.today())
	return page.Result{Page: meetingTemplate.Page(d)}, nil
}

// told says when contacts and secretaries were told of decisions, or when they will be.
func (d *meetingPage) told(list []*decision.Notice, m *decision.Meeting, today record.Date) {
	words := map[decision.NoticeSort][2]string{decision.NoticeDue: {"decision is due", "decisions are due"}, decision.NoticeLate: {"decision is late", "decisions are late"}}
	for _, n := range list {
		w := words[n.Sort]
		d.Told = append(d.Told, record.DateOf(n.Changed).Words()+": "+plural(len(n.Told), w[0], w[1]))
	}
	from := m.Date.AddDays(-decision.NoticeBefore)
	if len(list) == 0 && m.State == decision.Planned && len(m.Items) > 0 && today < from {
		d.Told = append(d.Told, "They will be from "+from.Words())
	}
}

func agenda(m *decision.Meeting, i decision.Item, made []*decision.Decision, where places) agendaLine {
	line := agendaLine{Item: i, Href: "/desk/policies/" + i.Policy, Of: len(m.Commissioners)}
	by := map[decision.Outcome][]string{}
	for _, d := range made {
		if r, ok := d.At(m.ID); ok && d.Policy == i.Policy && d.Version == i.Version {
			by[r.Outcome] = append(by[r.Outcome], d.Commissioner)
			line.Decided++
		}
	}
	for _, o := range decision.Outcomes {
		if ids := by[o]; len(ids) > 0 {
			line.Marks = append(line.Marks, countedMark{markOf(o), len(ids), strings.Join(where.shorts(where.among(ids)), ", ")})
		}
	}
	return line
}

// --- the agenda's form

type itemsPage struct {
	Frame    view.Frame
	Errors   view.Errors
	Action   string
	Revision int64
	Items    view.Checkboxes
	None     bool
}

var itemsTemplate = view.Define[itemsPage]("decision/items.html")

func (p *Pages) showItems(c *gin.Context) (page.Result, error) { return p.itemsForm(c, nil, nil) }

func (p *Pages) itemsForm(c *gin.Context, chosen []string, errs view.Errors) (page.Result, error) {
	m, err := p.editable(c)
	if err != nil {
		return page.Result{}, err
	}
	choices, err := p.papers(c, m)
	if err != nil {
		return page.Result{}, err
	}
	d := itemsPage{Errors: errs, Action: "/desk/meetings/" + m.ID + "/items", Revision: m.Revision, None: len(choices) == 0,
		Frame: p.frame(c, "Put policies on the agenda", errs, view.Link{Text: "Meetings", Href: "/desk/meetings"}, view.Link{Text: m.Title, Href: "/desk/meetings/" + m.ID}),
		Items: view.Checkboxes{Name: "items", Values: chosen, Items: choices, Small: true, Error: errs.Of("items"), Legend: view.Legend{Text: "Policies with a final version"},
			Hint: view.Hint{Text: "Those on which commissioners of this meeting have still to decide, and which are not on its agenda yet"}}}
	return page.Result{Status: again(errs), Page: itemsTemplate.Page(d)}, nil
}

// papers are the policies that this meeting could decide on.
func (p *Pages) papers(c *gin.Context, m *decision.Meeting) ([]view.Choice, error) {
	var out []view.Choice
	for after := ""; ; {
		list, next, err := p.Policies.List(c.Request.Context(), page.Actor(c), review.Filter{}, after)
		if err != nil {
			return nil, err
		}
		for _, x := range list {
			final, ok := lastFinal(x)
			if !ok || x.Stage == review.Withdrawn || onAgenda(m, x.ID) {
				continue
			}
			open, err := p.toDecide(c, m, x, final)
			if err != nil {
				return nil, err
			}
			if open {
				out = append(out, view.Choice{Text: fmt.Sprintf("%s, %s, version %s", x.Title, x.Reference, final), Value: x.ID + "/" + final})
			}
		}
		if after = next; next == "" {
			return out, nil
		}
	}
}

func onAgenda(m *decision.Meeting, policy string) bool {
	for _, i := range m.Items {
		if i.Policy == policy {
			return true
		}
	}
	return false
}

// lastFinal is the newest version that was put to decision, as decisions name it.
func lastFinal(x *review.Policy) (version string, ok bool) {
	n, ok := x.LastFinal()
	return n.String(), ok
}

// toDecide tells whether a commissioner of the meeting has still to decide on a version, and another policy has not
// taken its place there.
func (p *Pages) toDecide(c *gin.Context, m *decision.Meeting, x *review.Policy, version string) (bool, error) {
	ctx, by := c.Request.Context(), page.Actor(c)
	made, err := p.Decisions.OfPolicy(ctx, by, x.ID)
	if err != nil {
		return false, err
	}
	among := slices.DeleteFunc(slices.Clone(m.Commissioners), func(id string) bool { return !slices.Contains(x.Commissioners, id) })
	if !undecided(m, decision.Item{Policy: x.ID, Version: version}, among, made) {
		return false, nil
	}
	where, err := p.places(ctx)
	if err != nil {
		return false, err
	}
	now, err := p.standing(ctx, by, x.ID, where)
	return slices.ContainsFunc(among, func(id string) bool {
		t := now.on(id, now.today).Interval.Text
		return t.Policy == "" || t.Policy == x.ID
	}), err
}

// undecided tells whether one of the commissioners has still to decide on a version.
func undecided(m *decision.Meeting, i decision.Item, among []string, made []*decision.Decision) bool {
	return slices.ContainsFunc(among, func(id string) bool { return openFor(m, i, id, made) })
}

func (p *Pages) addItems(c *gin.Context) (page.Result, error) {
	e, err := page.Edit(c, c.Param("id"))
	if err != nil {
		return page.Result{}, err
	}
	chosen := c.PostFormArray("items")
	var papers []decision.Paper
	for _, x := range chosen {
		policy, version, _ := strings.Cut(x, "/")
		papers = append(papers, decision.Paper{Policy: policy, Version: version})
	}
	_, err = p.Decisions.AddItems(c.Request.Context(), e, papers)
	if page.Overtaken(err) {
		return page.Conflict(p.itemsForm(c, chosen, formErrors(page.Kept(c, nil))))
	}
	if faults := page.Faults(err); faults != nil {
		return p.itemsForm(c, chosen, formErrors(faults))
	}
	return page.Result{SeeOther: "/desk/meetings/" + e.ID, Flash: "The agenda is changed"}, err
}

func (p *Pages) removeItem(c *gin.Context) (page.Result, error) {
	e, err := page.Edit(c, c.Param("id"))
	if err != nil {
		return page.Result{}, err
	}
	_, err = p.Decisions.RemoveItem(c.Request.Context(), e, decision.Paper{Policy: page.Text(c, "policy"), Version: page.Text(c, "version")})
	return page.Result{SeeOther: "/desk/meetings/" + e.ID, Flash: "The agenda is changed"}, err
}

// --- the members' form

type membersPage struct {
	Frame    view.Frame
	Errors   view.Errors
	Action   string
	Revision int64
	Lines    []memberLine
}

type memberLine struct {
	Name, Role view.Input
	Present    view.Checkboxes
	Interest   view.Input
}

var membersTemplate = view.Define[membersPage]("decision/members.html")

// spareLines are the empty lines after the members that are there.
const spareLines = 4

func (p *Pages) showMembers(c *gin.Context) (page.Result, error) {
	m, err := p.editable(c)
	if err != nil {
		return page.Result{}, err
	}
	return p.membersForm(c, m, m.Members, nil), nil
}

func (p *Pages) membersForm(c *gin.Context, m *decision.Meeting, members []decision.Member, errs view.Errors) page.Result {
	d := membersPage{Errors: errs, Action: "/desk/meetings/" + m.ID + "/members", Revision: m.Revision,
		Frame: p.frame(c, "Members present", errs, view.Link{Text: "Meetings", Href: "/desk/meetings"}, view.Link{Text: m.Title, Href: "/desk/meetings/" + m.ID})}
	for n := range len(members) + spareLines {
		var x decision.Member
		if n < len(members) {
			x = members[n]
		}
		d.Lines = append(d.Lines, line(n, x, errs))
	}
	return page.Result{Status: again(errs), Page: membersTemplate.Page(d)}
}

func line(n int, x decision.Member, errs view.Errors) memberLine {
	name := func(field string) string { return "m" + number(n) + "-" + field }
	l := memberLine{
		Name:     view.Input{Name: name("name"), Value: x.Name, Label: view.Label{Text: "Name"}, Error: errs.Of(name("name"))},
		Role:     view.Input{Name: name("role"), Value: x.Role, Label: view.Label{Text: "Role"}, Hint: view.Hint{Text: "Such as chair, GP, lay member"}, Error: errs.Of(name("role"))},
		Interest: view.Input{Name: name("interest"), Value: x.Interest, Label: view.Label{Text: "Interest declared, and what followed"}, Hint: view.Hint{Text: "Leave empty when there was none"}, Error: errs.Of(name("interest"))},
		Present:  view.Checkboxes{Name: name("present"), Items: []view.Choice{{Text: "Was present", Value: "yes"}}, Small: true},
	}
	if x.Present {
		l.Present.Values = []string{"yes"}
	}
	return l
}

func (p *Pages) attend(c *gin.Context) (page.Result, error) {
	e, err := page.Edit(c, c.Param("id"))
	if err != nil {
		return page.Result{}, err
	}
	var members []decision.Member
	for n := range decision.Most + spareLines {
		name := "m" + number(n) + "-"
		if _, there := c.GetPostForm(name + "name"); !there {
			break
		}
		members = append(members, decision.Member{Name: page.Text(c, name+"name"), Role: page.Text(c, name+"role"), Interest: page.Text(c, name+"interest"), Present: page.Text(c, name+"present") == "yes"})
	}
	_, err = p.Decisions.Attend(c.Request.Context(), e, members)
	if page.Overtaken(err) {
		m, err := p.editable(c)
		if err != nil {
			return page.Result{}, err
		}
		return page.Conflict(p.membersForm(c, m, members, formErrors(page.Kept(c, memberValues(m, len(members))))), nil)
	}
	if faults := page.Faults(err); faults != nil {
		m, err := p.editable(c)
		if err != nil {
			return page.Result{}, err
		}
		m.Revision = e.Revision
		return p.membersForm(c, m, members, formErrors(faults)), nil
	}
	return page.Result{SeeOther: "/desk/meetings/" + e.ID, Flash: "The members are noted"}, err
}

// memberValues are the lines of the members' form as they are kept, at least as many as were typed.
func memberValues(m *decision.Meeting, lines int) map[string]string {
	out := map[string]string{}
	for n := range max(lines, len(m.Members)) {
		var x decision.Member
		if n < len(m.Members) {
			x = m.Members[n]
		}
		line := "m" + number(n) + "-"
		out[line+"name"], out[line+"role"], out[line+"interest"] = x.Name, x.Role, x.Interest
	}
	return out
}
