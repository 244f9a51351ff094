package decision

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"concordat/review/access"
	"concordat/review/record"
)

// Entry is one decision to be recorded: of one commissioner on one version.
type Entry struct {
	Field                         string // begins the names of its fields in faults, "i1-c2"; "" for none
	Policy, Version, Commissioner string
	Revision                      int64 // of the decision that was on the screen; 0 when there was none
	Said
}

func (e Entry) field(name string) string {
	if e.Field == "" {
		return name
	}
	return e.Field + "-" + name
}

// attempts is how often a recording is planned anew when another one was quicker. Each time at least one of those
// who meet gets through.
const attempts = 16

// Record records what a meeting decided: one or many versions, one or many commissioners, all or nothing. The edit
// names the meeting with the revision that was on the screen; its reason says why a promise is passed over. All faults of all entries are told at once, by field.
// What somebody else decided or changed meanwhile is a Stale; another secretary's decision for another commissioner
// is no hindrance.
func (s *Service) Record(ctx context.Context, e record.Edit, entries []Entry) ([]*Decision, error) {
	var err error
	for range attempts {
		r := recording{Service: s, edit: e, now: s.Now()}
		if err = r.plan(ctx, entries); err != nil {
			return nil, err
		}
		err = s.Decisions.Commit(ctx, r.writes...)
		if stale := new(record.Stale); !errors.As(err, &stale) {
			return r.decisions, err
		}
	}
	return nil, err
}

// Check tells what Record would say, and changes nothing.
func (s *Service) Check(ctx context.Context, e record.Edit, entries []Entry) error {
	r := recording{Service: s, edit: e, now: s.Now()}
	return r.plan(ctx, entries)
}

// recording is one attempt.
type recording struct {
	*Service
	edit      record.Edit
	now       time.Time
	meeting   *Meeting
	decisions []*Decision
	writes    []record.Write
	adopted   []adoption
	ended     []record.Write // of the writes, those that end older policies
	faults    record.Faults
	versions  map[Paper]VersionFacts // read once each: fifteen entries are about the same text
	made      map[string][]*Decision // by policy, read once each too
}

func (r *recording) plan(ctx context.Context, entries []Entry) error {
	if err := r.open(ctx, entries); err != nil {
		return err
	}
	r.ready(len(entries))
	for i, e := range entries {
		if slices.ContainsFunc(entries[:i], func(x Entry) bool {
			return ID(x.Policy, x.Version, x.Commissioner) == ID(e.Policy, e.Version, e.Commissioner)
		}) {
			r.faults.Add(true, e.field("outcome"), "This decision is here twice")
			continue
		}
		if err := r.entry(ctx, e); err != nil {
			return err
		}
	}
	if err := r.adopt(ctx); err != nil {
		return err
	}
	if err := r.faults.Err(); err != nil {
		return err
	}
	return r.finish()
}

// open reads the meeting and checks that the form still says the truth and that the actor may record every entry.
func (r *recording) open(ctx context.Context, entries []Entry) error {
	m, err := r.Meetings.Load(ctx, r.edit.ID)
	if err != nil {
		return err
	}
	r.meeting = m
	for _, e := range entries {
		if err := access.Check(r.edit.By, access.DecisionRecord, access.For(e.Commissioner)); err != nil {
			return err
		}
	}
	if r.edit.Revision < m.Agenda || r.edit.Revision > m.Revision {
		return &record.Stale{Ref: record.Ref{Kind: m.Kind(), ID: m.ID, Revision: r.edit.Revision}, Kept: m.Revision}
	}
	return nil
}

// ready checks what concerns the meeting as a whole.
func (r *recording) ready(entries int) {
	r.faults.Add(entries == 0, "", "Choose what was decided on at least one policy")
	r.faults = append(r.faults, r.meeting.Ready(record.DateOf(r.now))...)
}

func (r *recording) entry(ctx context.Context, e Entry) error {
	item, ok := r.meeting.Item(e.Policy, e.Version)
	if !ok || !slices.Contains(r.meeting.Commissioners, e.Commissioner) {
		return fmt.Errorf("meeting %s was not asked about version %s of %s for %s: %w", r.meeting.ID, e.Version, e.Policy, e.Commissioner, record.ErrNotFound)
	}
	e.Said = e.tidy()
	faults, err := r.judge(ctx, &e)
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		r.note(e, faults)
		return nil
	}
	d, err := r.decision(ctx, item, e)
	if err != nil {
		return err
	}
	if d.Outcome.Adopts() {
		r.adopted = append(r.adopted, adoption{e, d})
	}
	return nil
}

// judge finds what is wrong with an entry and cites in its variation how the clauses are called and what they say.
func (r *recording) judge(ctx context.Context, e *Entry) (record.Faults, error) {
	v, err := r.version(ctx, Paper{e.Policy, e.Version})
	if err != nil {
		return nil, err
	}
	faults := e.faults(v.Text)
	faults.Add(!v.Final, "outcome", "Version "+e.Version+" is a draft: only a final version can be decided on")
	faults.Add(!slices.Contains(v.Commissioners, e.Commissioner), "outcome", "This policy is not meant for this commissioner")
	faults.Add(e.Effective != 0 && e.Effective < r.meeting.Date, "effective", "It cannot apply from before the day on which it was decided")
	ends, err := r.ends(ctx, *e)
	if err != nil {
		return nil, err
	}
	if ends != "" && e.Reason == "" {
		faults = append(faults, record.Fault{Field: "reason", Rule: "D-09", Message: "Give the reasons for ending the variation of version " + ends + ", or choose Adopt with a local variation",
			Why: "Whoever was treated by the variation may ask why it is no more (SI 2012/2996 regulation 35)."})
	}
	if err := r.showable(e.Overlay, v.Text); err != nil {
		var unshown record.Faults
		if !errors.As(err, &unshown) {
			return nil, err
		}
		faults = append(faults, unshown...)
	}
	e.Overlay = e.Overlay.cited(v.Text)
	return faults, nil
}

// ends is the version of which an adoption as it is puts the commissioner's variation to an end; "" when there is none.
func (r *recording) ends(ctx context.Context, e Entry) (version string, err error) {
	if e.Outcome != Adopt {
		return "", nil
	}
	list, known := r.made[e.Policy]
	if !known {
		if list, err = r.Decisions.OfPolicy(ctx, e.Policy); err != nil {
			return "", err
		}
		if r.made == nil {
			r.made = map[string][]*Decision{}
		}
		r.made[e.Policy] = list
	}
	if d := Adopted(list, e.Commissioner, e.Version); d != nil && len(d.Overlay) > 0 {
		return d.Version, nil
	}
	return "", nil
}

func (r *recording) version(ctx context.Context, p Paper) (VersionFacts, error) {
	if v, ok := r.versions[p]; ok {
		return v, nil
	}
	v, err := r.Register.Version(ctx, p.Policy, p.Version)
	if err != nil {
		return VersionFacts{}, err
	}
	if r.versions == nil {
		r.versions = map[Paper]VersionFacts{}
	}
	r.versions[p] = v
	return v, nil
}

func (r *recording) note(e Entry, faults record.Faults) {
	for _, f := range faults {
		f.Field = e.field(f.Field)
		r.faults = append(r.faults, f)
	}
}

func (r *recording) decision(ctx context.Context, item Item, e Entry) (*Decision, error) {
	id := ID(e.Policy, e.Version, e.Commissioner)
	d, err := r.Decisions.Load(ctx, id)
	if errors.Is(err, record.ErrNotFound) {
		d, err = &Decision{Head: record.Head{ID: id}, Programme: item.Programme, Policy: e.Policy, Version: e.Version, Commissioner: e.Commissioner}, nil
	}
	if err != nil {
		return nil, err
	}
	ruling := Ruling{Said: e.Said, Meeting: r.meeting.ID, Recommended: r.meeting.Recommended, DecidedOn: r.meeting.Date,
		RecordedBy: r.edit.By.ID, RecordedAt: r.now}
	broken, err := r.pass(ctx, item, e)
	if err != nil {
		return nil, err
	}
	edit := r.editOf(id, e.Revision)
	if len(broken) == 0 {
		edit.Reason = "" // it says why a promise is passed over
	}
	w, err := record.Plan(d, edit, r.now, func(d *Decision) (record.Event, error) {
		event, err := d.decide(ruling)
		event.Relied = append(event.Relied, broken...)
		return event, err
	})
	if err != nil {
		return nil, err
	}
	r.decisions, r.writes = append(r.decisions, d), append(r.writes, w)
	return d, nil
}

func (r *recording) editOf(id string, revision int64) record.Edit {
	return record.Edit{By: r.edit.By, ID: id, Revision: revision, Reason: r.edit.Reason}
}

// adoption is a decision that adopts, with the entry that asked for it.
type adoption struct {
	entry Entry
	made  *Decision
}

// adopt plans the registers, those that begin first before the others: of two that end the same older policy the
// earlier ends it, and the later finds it ended.
func (r *recording) adopt(ctx context.Context) error {
	slices.SortStableFunc(r.adopted, func(a, b adoption) int { return cmp.Compare(a.made.Effective, b.made.Effective) })
	for _, a := range r.adopted {
		if err := r.register(ctx, a.entry, a.made); err != nil {
			return err
		}
	}
	return nil
}

// register plans the registers of one adoption. What they refuse concerns the date.
func (r *recording) register(ctx context.Context, e Entry, d *Decision) error {
	own, ends, err := r.Register.Adopt(ctx, r.edit.By, Adoption{Policy: d.Policy, Version: d.Version, Commissioner: d.Commissioner,
		From: d.Effective, Event: d.Event, Rule: d.Rule, Source: record.RefTo(d), Decided: d.DecidedOn})
	var refused record.Faults
	if errors.As(err, &refused) {
		for i := range refused {
			refused[i].Field = "effective"
		}
		r.note(e, refused)
		return nil
	}
	if err != nil {
		return err
	}
	ends = slices.DeleteFunc(ends, func(w record.Write) bool { return w.Doc != nil && has(r.ended, w.Doc) })
	for _, w := range slices.Concat(own, ends) {
		r.faults.Add(w.Doc != nil && has(r.writes, w.Doc), e.field("outcome"),
			"One of these decisions adopts a policy that another one ends here. Record one of them first, then come back for the other")
	}
	r.writes, r.ended = append(append(r.writes, own...), ends...), append(r.ended, ends...)
	return nil
}

func has(writes []record.Write, doc record.Document) bool {
	return slices.ContainsFunc(writes, func(w record.Write) bool {
		return w.Doc != nil && w.Doc.Kind() == doc.Kind() && w.Doc.Header().ID == doc.Header().ID
	})
}

// finish adds the meeting: it becomes held by its first decision, and afterwards must only still be what it was.
func (r *recording) finish() error {
	if r.meeting.State == Held {
		r.writes = append(r.writes, record.Expect(record.RefTo(r.meeting)))
		return nil
	}
	w, err := record.Plan(r.meeting, r.editOf(r.meeting.ID, r.meeting.Revision), r.now, (*Meeting).hold)
	r.writes = append(r.writes, w)
	return err
}
