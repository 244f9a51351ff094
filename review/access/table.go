// Package access is about who may do what: accounts, the roles they hold for commissioners, and the one table
// that says what each role may do.
package access

import (
	"fmt"
	"slices"

	"concordat/review/record"
)

// Role is what somebody is for one commissioner or for all.
type Role string

// The roles, after the people the service is for.
const (
	Administrator    Role = "administrator"
	PolicyLead       Role = "policy lead"
	EvidenceReviewer Role = "evidence reviewer"
	Clinician        Role = "clinician"
	EqualityLead     Role = "equality lead"
	EngagementLead   Role = "engagement lead"
	Contact          Role = "commissioner's contact"
	Secretary        Role = "secretary"
	Approver         Role = "approver"
	Auditor          Role = "auditor"
)

// Roles are all roles, in the order in which they are shown.
var Roles = []Role{Administrator, PolicyLead, EvidenceReviewer, Clinician, EqualityLead, EngagementLead, Contact, Secretary, Approver, Auditor}

// Action is something that the table allows or not. What is not in the table is allowed to nobody.
type Action string

// The actions.
const (
	AccountOwn       Action = "account.own"       // one's own name, passphrase and sessions
	AccountManage    Action = "account.manage"    // list, invite, change roles, disable, reset
	OutboxRead       Action = "outbox.read"       // messages that were sent
	CommissionerRead Action = "commissioner.read" // particulars that the public does not see
	CommissionerEdit Action = "commissioner.edit" // name, contacts, exceptional-case route
	CommissionerEnd  Action = "commissioner.end"  // make, end, name successors
	ProgrammeRead    Action = "programme.read"    // boards
	ProgrammeEdit    Action = "programme.edit"    // its commissioners and timetable
	CommitmentEdit   Action = "commitment.edit"   // what was promised, and what became of it
	PolicyRead       Action = "policy.read"       // drafts, saves, differences, unpublished files
	PolicyCreate     Action = "policy.create"     // a new policy in a programme
	PolicyEdit       Action = "policy.edit"       // text, details, files
	PolicyIssue      Action = "policy.issue"      // a version, with its change note
	PolicyPublish    Action = "policy.publish"    // a version that was adopted somewhere
	PolicyNeed       Action = "policy.need"       // whether people must be consulted
	PolicyErratum    Action = "policy.erratum"    // correct a published text without changing what it means
	LocalEdit        Action = "local.edit"        // what a commissioner has today
	LevelConfirm     Action = "level.confirm"     // how weighty a change is for a commissioner's patients
	ActivityEdit     Action = "activity.edit"     // how many were treated, and how many a change concerns
	MeetingEdit      Action = "meeting.edit"      // a meeting, its agenda, who was there
	DecisionRecord   Action = "decision.record"   // what a meeting decided for its commissioners
	DecisionNotice   Action = "decision.notice"   // be told when a decision is due or late
	RegisterDate     Action = "register.date"     // the date of a named event
	RegisterWithdraw Action = "register.withdraw" // take a policy out of force
	RegisterSuspend  Action = "register.suspend"  // at once, in an emergency
	RegisterApprove  Action = "register.approve"  // the second approval of a suspension
	TrailRead        Action = "trail.read"        // who did what, and that nothing was altered
)

// Reach says for which commissioners a role must be held.
type Reach int

// The reaches.
const (
	Held  Reach = iota + 1 // the role is held for any commissioner
	Some                   // for at least one of those concerned
	Every                  // for all of those concerned
)

func (r Reach) String() string { return [...]string{"-", "held", "some", "every"}[r] }

type permit struct {
	role  Role
	reach Reach
}

// table is the whole of what anybody may do. It is printed as testdata/permissions.txt.
var table = []struct {
	action  Action
	permits []permit
}{
	{AccountOwn, to(Held, Roles...)},
	{AccountManage, to(Held, Administrator)},
	{OutboxRead, to(Held, Administrator)},
	{CommissionerRead, to(Held, Roles...)},
	{CommissionerEdit, also(to(Held, Administrator), to(Every, PolicyLead, Contact, Secretary))},
	{CommissionerEnd, to(Held, Administrator)},
	{ProgrammeRead, to(Held, Roles...)},
	{ProgrammeEdit, also(to(Held, Administrator), to(Some, PolicyLead))},
	{CommitmentEdit, also(to(Some, PolicyLead, EngagementLead), to(Every, Contact, Secretary))},
	{PolicyRead, also(to(Held, Auditor, Administrator), to(Some, PolicyLead, EvidenceReviewer, Clinician, EqualityLead, EngagementLead, Contact, Secretary, Approver))},
	{PolicyCreate, to(Some, PolicyLead)},
	{PolicyEdit, to(Some, PolicyLead)},
	{PolicyIssue, to(Some, PolicyLead)},
	{PolicyPublish, to(Every, PolicyLead)},
	{PolicyNeed, to(Some, PolicyLead, EngagementLead)},
	{PolicyErratum, to(Every, PolicyLead)},
	{LocalEdit, also(to(Some, PolicyLead), to(Every, Contact))},
	{LevelConfirm, also(to(Some, PolicyLead), to(Every, Contact))},
	{ActivityEdit, also(to(Some, PolicyLead), to(Every, Contact))},
	{MeetingEdit, also(to(Some, PolicyLead), to(Every, Secretary))},
	{DecisionRecord, to(Every, Secretary)},
	{DecisionNotice, to(Every, Contact, Secretary)},
	{RegisterDate, also(to(Some, PolicyLead), to(Every, Contact, Secretary))},
	{RegisterWithdraw, to(Every, Secretary)},
	{RegisterSuspend, to(Every, PolicyLead, Secretary, Approver)},
	{RegisterApprove, to(Every, Approver)},
	{TrailRead, also(to(Held, Auditor, Administrator), to(Some, PolicyLead))},
}

func to(reach Reach, roles ...Role) []permit {
	out := make([]permit, len(roles))
	for i, r := range roles {
		out[i] = permit{r, reach}
	}
	return out
}

func also(lists ...[]permit) []permit { return slices.Concat(lists...) }

// Scope is what an action concerns.
type Scope struct {
	Commissioners []string // ids; empty when it concerns none in particular
}

// For is the scope of some commissioners.
func For(commissioners ...string) Scope { return Scope{Commissioners: commissioners} }

// Check returns an ErrForbidden unless the table allows the action to the actor in this scope.
func Check(by record.Actor, action Action, scope Scope) error {
	if May(by, action, scope) {
		return nil
	}
	return fmt.Errorf("%s by account %q: %w", action, by.ID, record.ErrForbidden)
}

// May tells whether the table allows it.
func May(by record.Actor, action Action, scope Scope) bool {
	for _, row := range table {
		if row.action != action {
			continue
		}
		return slices.ContainsFunc(row.permits, func(p permit) bool { return p.allows(by, scope) })
	}
	return false
}

func (p permit) allows(by record.Actor, scope Scope) bool {
	covers := func(commissioner string) bool {
		return slices.ContainsFunc(by.Grants, func(g record.Grant) bool {
			return g.Role == string(p.role) && (g.Commissioner == "" || g.Commissioner == commissioner)
		})
	}
	switch p.reach {
	case Held:
		return slices.ContainsFunc(by.Grants, func(g record.Grant) bool { return g.Role == string(p.role) })
	case Some:
		// What concerns no commissioner in particular needs a role held for all.
		return covers("") || slices.ContainsFunc(scope.Commissioners, covers)
	case Every:
		for _, c := range scope.Commissioners {
			if !covers(c) {
				return false
			}
		}
		return len(scope.Commissioners) > 0 || covers("")
	}
	return false
}

// Actions are all actions of the table, in its order.
func Actions() []Action {
	out := make([]Action, len(table))
	for i, row := range table {
		out[i] = row.action
	}
	return out
}

// Permitted is the reach with which a role may act; 0 when it may not.
func Permitted(action Action, role Role) Reach {
	for _, row := range table {
		for _, p := range row.permits {
			if row.action == action && p.role == role {
				return p.reach
			}
		}
	}
	return 0
}
