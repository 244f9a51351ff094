package review

import (
	"strings"

	"concordat/review/record"
)

// EventWords says in plain words what an event did, for a policy's history: "Issued version 0.3". Facts that are
// dates are written out; ids are left to the page, which knows the names.
func EventWords(b record.Body) string {
	words, ok := actions[b.Action]
	if !ok {
		return "Changed (" + b.Action + ")"
	}
	fact := func(name string) string {
		for _, f := range b.Facts {
			if f.Name != name {
				continue
			}
			if d, err := record.ParseDate(f.Value); err == nil {
				return d.Words()
			}
			return f.Value
		}
		return ""
	}
	if b.Action == "policy.issued" && fact("final") != "" {
		words = "Issued version {version} for decision"
	}
	if b.Action == "register.adopted" && fact("date") == "missing" {
		words = "Adopted version {version}; its date is not known yet"
	}
	if b.Action == "policy.published" && fact("from") != "" {
		words = "Set version {version} to be public from {from}"
	}
	if month := fact("month"); month != "" {
		words = "Planned the decision for " + strings.TrimPrefix(month, "1 ")
	}
	if need := fact("need"); need != "" {
		words += ": " + Need(need).Words()
	}
	for _, name := range []string{"version", "save", "from", "end", "corrects", "rule", "level", "proposed", "number", "code"} {
		words = strings.ReplaceAll(words, "{"+name+"}", fact(name))
	}
	return words
}

// actions are the words for each action of this package. Facts stand in braces.
var actions = map[string]string{
	"policy.created":               "Began the policy",
	"policy.saved":                 "Saved the draft (save {save})",
	"policy.issued":                "Issued version {version}",
	"policy.accepted":              "Kept a warning of check {rule}, with a reason",
	"policy.restated":              "Version {corrects} issued in other words that mean the same: version {version}",
	"policy.corrected":             "Corrected version {corrects} without changing what it means: version {version}",
	"policy.published":             "Published version {version}",
	"policy.unscheduled":           "Took back that version {version} was to be public",
	"policy.withdrawn":             "Withdrew the policy from the public library",
	"policy.handed":                "Gave the policy to another lead",
	"policy.need-said":             "Said whether a consultation is needed",
	"policy.planned":               "Took back the month planned for the decision",
	"policy.file-added":            "Added a supporting document",
	"policy.file-removed":          "Removed a supporting document",
	"publication.published":        "Put version {version} before the public",
	"publication.unscheduled":      "Took back that version {version} was to be public",
	"publication.withdrawn":        "Took version {version} from the public library",
	"local.added":                  "Noted a commissioner's local policy",
	"local.checked":                "Corrected and checked a local policy",
	"local.replaced":               "Replaced a local policy by a later one",
	"register.adopted":             "Adopted version {version}, from {from}",
	"register.dated":               "Gave the date of the event that starts it: {from}",
	"register.redated":             "Corrected the date of the event that starts it: {from}",
	"register.local":               "Put a local policy into the register, from {from}",
	"register.superseded":          "Superseded by version {version} of another policy, from {from}",
	"register.withdrawn":           "Withdrew the policy, from {from}",
	"register.suspended":           "Suspended the policy in an emergency, from {from}",
	"register.suspension-approved": "Approved the suspension from {from}",
	"register.lifted":              "Lifted the suspension, from {from}",
	"commissioner.created":         "Added the commissioner",
	"commissioner.edited":          "Changed the commissioner's particulars",
	"commissioner.ended":           "Noted that the commissioner ends on {end}",
	"level.proposed":               "Worked out the level of change from save {save}: {level}",
	"level.confirmed":              "Confirmed the level of change: {level}",
	"level.overridden":             "Set the level of change to {level}, where {proposed} was worked out",
	"estimate.given":               "Said what share of those treated may lose or gain, and the price",
	"activity.given":               "Said who was treated by {code}",
	"harmony.corrected":            "Put rows of the matrix right: correction {number}",
	"harmony.undone":               "Took back correction {number} of the matrix",
	"harmony.national":             "Gave the national text",
	"harmony.national-removed":     "Took the national text away",
	"harmony.drafted":              "Drafted paragraphs from the matrix",
	"harmony.noted":                "Noted what the evidence says on a row",
	"harmony.note-removed":         "Took away what the evidence says on a row",
}
