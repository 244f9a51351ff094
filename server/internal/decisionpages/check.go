package decisionpages

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"concordat/review"
	"concordat/review/decision"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// checkPage shows what would be recorded, before it is.
type checkPage struct {
	Frame  view.Frame
	Action string
	Line   string
	Count  string
	Why    string // a promise is passed over
	Items  []checkItem
	Fields []hidden
}

type checkItem struct {
	Title, Line string
	Answers     []checkAnswer
}

// checkAnswer is one decision and whose it is.
type checkAnswer struct {
	Mark    mark
	Places  string
	Facts   []fact
	Varied  *overlayView
	typed   decision.Said
	members []string
}

type fact struct{ Name, Text string }

var checkTemplate = view.Define[checkPage]("decision/check.html")

// check shows the entries. The form goes along in hidden fields, so that it can be recorded or changed.
func (s *sheet) check(entries []decision.Entry) page.Result {
	d := checkPage{Action: "/desk/meetings/" + s.m.ID + "/decide", Line: s.m.Title + ", " + s.m.Date.Words(), Count: plural(len(entries), "decision", "decisions"),
		Frame: s.p.frame(s.c, "Check before it is recorded", nil, view.Link{Text: "Meetings", Href: "/desk/meetings"}, view.Link{Text: s.m.Title, Href: "/desk/meetings/" + s.m.ID})}
	d.Why = page.Text(s.c, "despite")
	for _, a := range s.asked {
		if answers := s.answers(entries, a); len(answers) > 0 {
			d.Items = append(d.Items, checkItem{Title: a.item.Title, Line: a.item.Reference + ", version " + a.item.Version, Answers: answers})
		}
	}
	form := s.c.Request.PostForm
	for _, name := range slices.Sorted(maps.Keys(form)) {
		if name != "step" && name != view.TokenField && form.Get(name) != "" {
			d.Fields = append(d.Fields, hidden{name, form.Get(name)})
		}
	}
	return page.Result{Page: checkTemplate.Page(d)}
}

func (s *sheet) answers(entries []decision.Entry, a asked) []checkAnswer {
	var out []checkAnswer
	for _, e := range entries {
		if e.Policy != a.item.Policy {
			continue
		}
		i := slices.IndexFunc(out, func(x checkAnswer) bool { return x.typed.Equal(e.Said) })
		if i < 0 {
			x := checkAnswer{Mark: markOf(e.Outcome), typed: e.Said, Facts: facts(e.Said, 0)}
			if e.Outcome == decision.Vary {
				x.Varied = newOverlayView(e.Overlay, a.text)
			}
			out, i = append(out, x), len(out)
		}
		out[i].members = append(out[i].members, e.Commissioner)
	}
	for i := range out {
		out[i].Places = strings.Join(s.where.shorts(s.where.among(out[i].members)), ", ")
	}
	return out
}

// facts are what is said of a decision, without what is empty. given is the date of its named event, 0 while that is
// not known.
func facts(x decision.Said, given record.Date) []fact {
	list := []fact{{"Reasons", x.Reason}, {"Due regard to equality", x.DueRegard}, {"Minute", x.Minute}}
	if x.Outcome.Adopts() {
		list = append(list, fact{"Applies", applies(x, given)})
	}
	return slices.DeleteFunc(list, func(f fact) bool { return f.Text == "" })
}

// applies says from when and for whom a version applies.
func applies(x decision.Said, given record.Date) string {
	from := cmp.Or(x.Effective, given)
	if from == 0 {
		return "From the " + x.Event + ", date not yet known"
	}
	words := review.ReferralRule(x.Rule).Words() + " " + from.Words()
	if x.Event != "" {
		words += " (" + x.Event + ")"
	}
	return words
}
