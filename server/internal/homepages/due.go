package homepages

import (
	"context"
	"slices"

	"concordat/review/access"
	"concordat/review/decision"
)

// due are meetings that commissioners of mine are told about: those that decide soon wait for me, those about which
// nothing is recorded wait for whoever records it. From the day of the meeting on, secretaries have them among what they
// record.
func (d *desk) due(context.Context) error {
	if !access.Ever(d.by, access.DecisionNotice) {
		return nil
	}
	for _, m := range slices.Concat(d.coming, d.missed(d.recent)) {
		sort, ok := m.Notices(d.today())
		mine := slices.DeleteFunc(slices.Clone(m.Commissioners), func(id string) bool { return !access.May(d.by, access.DecisionNotice, access.For(id)) })
		if !ok || len(mine) == 0 {
			continue
		}
		days := m.Date.DaysSince(d.today())
		if days <= 0 && access.Ever(d.by, access.DecisionRecord) {
			continue
		}
		t := task{Href: "/desk/meetings/" + m.ID, Why: m.Title + ", " + m.Body, Due: m.Date.Words(), order: days}
		if sort == decision.NoticeDue {
			verb := " decide on "
			if len(mine) == 1 {
				verb = " decides on "
			}
			t.Text, t.State, t.Word = d.whose(mine)+verb+plural(len(m.Items), "policy", "policies"), "waiting", inDays(days)
			d.page.Yours = append(d.page.Yours, t)
			continue
		}
		t.Text, t.State, t.Word = "Record of what "+d.whose(mine)+" decided", "late", plural(-days, "day", "days")+" ago"
		d.page.Others = append(d.page.Others, t)
	}
	return nil
}

// whose names one or two commissioners and counts more.
func (d *desk) whose(ids []string) string {
	ids = d.where.among(ids)
	switch len(ids) {
	case 1:
		return d.where.short[ids[0]]
	case 2:
		return d.where.short[ids[0]] + " and " + d.where.short[ids[1]]
	}
	return plural(len(ids), "commissioner", "commissioners")
}
