package review

import (
	"slices"
	"strings"
	"time"

	"concordat/review/record"
)

// accept keeps a warning that is there now, with a reason. A reason given before for the same words is replaced.
func (p *Policy) accept(rule, about, reason, by string, now time.Time) (record.Event, error) {
	var faults record.Faults
	i := slices.IndexFunc(Check(p, now), func(f Finding) bool { return f.Rule == rule && f.About == about })
	faults.Add(i < 0, "rule", "The text was changed and the check does not find this any more")
	faults.Add(i >= 0 && Check(p, now)[i].Grade != Warn, "rule", "This must be mended: it cannot be kept")
	reason = strings.TrimSpace(reason)
	faults.Add(reason == "", "reason", "Say why it is kept")
	faults.Add(len([]rune(reason)) > 500, "reason", "The reason must be 500 characters or fewer")
	if err := faults.Err(); err != nil {
		return record.Event{}, err
	}
	p.Accepted = slices.DeleteFunc(p.Accepted, func(a Accept) bool { return a.Rule == rule && a.About == about })
	p.Accepted = append(p.Accepted, Accept{Rule: rule, About: about, Reason: reason, By: by, At: now})
	return record.Event{Action: "policy.accepted"}.With("rule", rule), nil
}
