package review

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"concordat/review/access"
	"concordat/review/clause"
	"concordat/review/intake"
	"concordat/review/record"
)

// LocalInput is what somebody says about a local policy. Of File, HTML and Markdown the first that is there is read.
type LocalInput struct {
	ID                   string // "" for any; who brings in many texts names each, so that none comes in twice
	Policy, Commissioner string
	Without              Without
	Title, Reference     string
	Effective, Review    record.Date
	Position             Position
	Codes                Codes
	Source               string
	FileName             string
	File                 []byte           // read by review/intake and kept as it came
	Text                 *intake.Document // what was read of File before; nil when it was not
	HTML                 string           // from the paste box
	Markdown             string
}

// LocalsOf are the local policies that are current: one or none for each commissioner. Those of a commissioner that
// ended are among them as long as they apply somewhere: where a successor has none of its own, or where nobody
// succeeded.
func (s *Service) LocalsOf(ctx context.Context, by record.Actor, policy string) ([]*LocalPolicy, error) {
	if _, err := s.Policy(ctx, by, policy); err != nil {
		return nil, err
	}
	list, err := s.Locals.OfPolicy(ctx, policy)
	if err != nil {
		return nil, err
	}
	places, err := s.places(ctx)
	if err != nil {
		return nil, err
	}
	return places.applying(current(list), record.DateOf(s.Now())), nil
}

// LocalHistory are all local policies that were recorded for a policy, those that others replaced among them: by
// commissioner, the latest first.
func (s *Service) LocalHistory(ctx context.Context, by record.Actor, policy string) ([]*LocalPolicy, error) {
	if _, err := s.Policy(ctx, by, policy); err != nil {
		return nil, err
	}
	list, err := s.Locals.OfPolicy(ctx, policy)
	slices.SortFunc(list, newest)
	return list, err
}

// Unchecked are the local policies of each of the policies given that somebody has still to compare with their originals,
// as far as they are current, by the id of their policy. Policies that the actor may not read are left out.
func (s *Service) Unchecked(ctx context.Context, by record.Actor, of []*Card) (map[string][]Unchecked, error) {
	of = slices.DeleteFunc(slices.Clone(of), func(p *Card) bool { return !access.May(by, access.PolicyRead, access.For(p.Commissioners...)) })
	ids := make([]string, len(of))
	for i, p := range of {
		ids[i] = p.ID
	}
	lists, err := s.Locals.Unchecked(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, p := range of {
		list := lists[p.ID]
		if !slices.ContainsFunc(list, func(x Unchecked) bool { return !slices.Contains(p.Commissioners, x.Commissioner) }) {
			continue
		}
		// A commissioner that ended is among them, whose text a successor may have replaced.
		now, err := s.LocalsOf(ctx, by, p.ID)
		if err != nil {
			return nil, err
		}
		lists[p.ID] = slices.DeleteFunc(list, func(x Unchecked) bool {
			return !slices.ContainsFunc(now, func(l *LocalPolicy) bool { return l.ID == x.ID })
		})
	}
	return lists, nil
}

// applying leaves out what every successor replaced.
func (places Places) applying(list []*LocalPolicy, on record.Date) []*LocalPolicy {
	applies := map[*LocalPolicy]bool{}
	for id, c := range places {
		if c.Ended(on) && len(places.after(c)) > 0 {
			continue // its successors are asked
		}
		for _, l := range places.LocalsIn(list, id, on) {
			applies[l] = true
		}
	}
	return slices.DeleteFunc(list, func(l *LocalPolicy) bool { return !applies[l] })
}

// LocalsIn are those of the current local policies that a commissioner has: its own or, when it has none, those of
// the commissioners that it took over, which stay in force until they are replaced.
func (places Places) LocalsIn(list []*LocalPolicy, id string, on record.Date) []*LocalPolicy {
	at := func(id string) int {
		return slices.IndexFunc(list, func(l *LocalPolicy) bool { return l.Commissioner == id })
	}
	var out []*LocalPolicy
	for _, x := range places.holders(id, on, func(id string) bool { return at(id) >= 0 }) {
		out = append(out, list[at(x)])
	}
	return out
}

// holders are the commissioners whose texts a commissioner has: itself or, when it has none, those that it took over.
func (places Places) holders(id string, on record.Date, has func(id string) bool) []string {
	if places[id] == nil {
		return nil
	}
	var out []string
	queue, seen := []string{id}, map[string]bool{id: true}
	for len(queue) > 0 {
		id, queue = queue[0], queue[1:]
		if has(id) {
			out = append(out, id)
			continue
		}
		for _, before := range places.before(id, on) {
			if !seen[before] {
				queue, seen[before] = append(queue, before), true
			}
		}
	}
	return out
}

// current keeps for each commissioner the local policy with the latest date; of two from one day the one that was
// noted last, as the register does.
func current(list []*LocalPolicy) []*LocalPolicy {
	slices.SortFunc(list, newest)
	return slices.CompactFunc(list, func(a, b *LocalPolicy) bool { return a.Commissioner == b.Commissioner })
}

// newest puts local policies in order: by commissioner, the latest first, of two from one day the one noted last.
func newest(a, b *LocalPolicy) int {
	return cmp.Or(cmp.Compare(a.Commissioner, b.Commissioner), cmp.Compare(b.Effective, a.Effective), cmp.Compare(b.ID, a.ID))
}

// Local reads one local policy, current or not.
func (s *Service) Local(ctx context.Context, by record.Actor, id string) (*LocalPolicy, error) {
	l, err := s.Locals.Load(ctx, id)
	if err != nil {
		return nil, err
	}
	if _, err := s.Policy(ctx, by, l.Policy); err != nil {
		return nil, err
	}
	return l, nil
}

// AddLocal notes what a commissioner has today and puts it into the register. It takes the place of the local policy
// before it from its own date on; one that turns out to be older than what is known goes before that.
func (s *Service) AddLocal(ctx context.Context, by record.Actor, n LocalInput) (*LocalPolicy, error) {
	if err := access.Check(by, access.LocalEdit, access.For(n.Commissioner)); err != nil {
		return nil, err
	}
	if err := s.concerned(ctx, n.Policy, n.Commissioner); err != nil {
		return nil, err
	}
	if n.ID == "" {
		n.ID = s.NewID()
	}
	l := &LocalPolicy{Head: record.Head{ID: n.ID}, Policy: n.Policy, Commissioner: n.Commissioner}
	l.describe(n)
	if err := s.read(ctx, l, n); err != nil {
		return nil, err
	}
	older, err := s.neighbour(ctx, by, l)
	if err != nil {
		return nil, err
	}
	edit := record.Edit{By: by, ID: l.ID}
	w, err := record.Plan(l, edit, s.Now(), func(l *LocalPolicy) (record.Event, error) { return l.begin(record.DateOf(s.Now())) })
	if err != nil {
		return nil, err
	}
	return l, s.keepLocal(ctx, by, l, append(older, w))
}

// concerned refuses a commissioner that a policy is not for.
func (s *Service) concerned(ctx context.Context, policy, commissioner string) error {
	p, err := s.Policies.Load(ctx, policy)
	if err != nil {
		return err
	}
	places, err := s.places(ctx)
	if err != nil {
		return err
	}
	return p.receives(commissioner, places)
}

func (p *Policy) receives(commissioner string, places Places) error {
	c := places[commissioner]
	switch {
	case c == nil:
		return fmt.Errorf("commissioner %s: %w", commissioner, record.ErrNotFound)
	case !p.Concerns(commissioner, places):
		return record.Refuse("L-01", p.Title+" is not for "+c.Name+". Choose one of its commissioners", "What is recorded here is what the policy will take the place of.")
	}
	return nil
}

// neighbour plans which of two local policies of one commissioner is current: the one with the later date. What both
// say has one anchor.
func (s *Service) neighbour(ctx context.Context, by record.Actor, l *LocalPolicy) ([]record.Write, error) {
	list, err := s.Locals.OfPolicy(ctx, l.Policy)
	if err != nil {
		return nil, err
	}
	v := l.Among(list)
	x := cmp.Or(v.Replaces, v.Later)
	l.inherit(x)
	switch {
	case x == nil:
		return nil, v.Refusal
	case v.Later != nil:
		l.Replaced = x.ID
		return []record.Write{record.Expect(record.RefTo(x))}, nil
	}
	w, err := record.Plan(x, record.Edit{By: by, ID: x.ID, Revision: x.Revision}, s.Now(), func(x *LocalPolicy) (record.Event, error) { return x.replace(l.ID) })
	return []record.Write{w}, err
}

// Among says what a local policy does among those of its policy, apart from the other rules. Without a date it is refused
// beside one that has a date: nobody could say which of the two applies today.
func (l *LocalPolicy) Among(list []*LocalPolicy) Verdict {
	x := l.beside(list)
	switch {
	case x == nil:
		return Verdict{}
	case l.Effective == 0 && x.Effective != 0:
		return Verdict{Refusal: record.Faults{{Field: "effective", Rule: "L-03", Message: "Enter since when it is in force: what is recorded there is in force since " + x.Effective.Words(),
			Why: "Without a date nobody can tell which of the two applies today."}}}
	case x.Effective > l.Effective:
		return Verdict{Later: x}
	}
	return Verdict{Replaces: x}
}

// beside is the local policy of the same commissioner that nothing replaced yet, nil when there is none.
func (l *LocalPolicy) beside(list []*LocalPolicy) *LocalPolicy {
	i := slices.IndexFunc(list, func(x *LocalPolicy) bool { return x.Commissioner == l.Commissioner && x.Replaced == "" && x.ID != l.ID })
	if i < 0 {
		return nil
	}
	return list[i]
}

// keepLocal commits a local policy together with its place in the register.
func (s *Service) keepLocal(ctx context.Context, by record.Actor, l *LocalPolicy, writes []record.Write) error {
	r, err := s.Registers.Load(ctx, RegisterID(l.Policy, l.Commissioner))
	if err != nil {
		return err
	}
	w, err := s.planRegister(r, by, "", func(r *Register) (record.Event, error) { return r.local(l) })
	if err != nil {
		return err
	}
	return s.Locals.Commit(ctx, append(writes, w)...)
}

// EditLocal corrects what is said about a local policy, and its Markdown. A person has then compared it with the
// original.
func (s *Service) EditLocal(ctx context.Context, e record.Edit, n LocalInput) (*LocalPolicy, error) {
	l, err := s.Locals.Load(ctx, e.ID)
	if err != nil {
		return nil, err
	}
	if err := access.Check(e.By, access.LocalEdit, access.For(l.Commissioner)); err != nil {
		return nil, err
	}
	w, err := record.Plan(l, e, s.Now(), func(l *LocalPolicy) (record.Event, error) {
		before := *l
		l.describe(n)
		l.Markdown = strings.TrimSpace(n.Markdown)
		l.entitle(intake.MarkdownTitle(l.Markdown))
		l.inherit(&before)
		if err := refusal(s.Renderer, clause.Text{Markdown: l.Markdown}, "text"); err != nil {
			return record.Event{}, err
		}
		return l.checked(record.DateOf(s.Now()))
	})
	if err != nil {
		return nil, err
	}
	return l, s.keepLocal(ctx, e.By, l, []record.Write{w})
}

// read takes the text in: from a file, from what was pasted, or as it was typed.
func (s *Service) read(ctx context.Context, l *LocalPolicy, n LocalInput) error {
	if l.Without != HasPolicy && (len(n.File) > 0 || strings.TrimSpace(n.HTML) != "") {
		return record.Faults{{Field: "without", Message: "There is a text, so choose “Has a policy”, or leave the file out"}}
	}
	field, err := s.readText(ctx, l, n)
	if err != nil || field != "file" {
		return err
	}
	if err := l.valid(record.DateOf(s.Now())); err != nil {
		return err
	}
	l.Original, err = s.keepOriginal(ctx, l.Title, n.FileName, n.File)
	return err
}

// readText takes the text from the first of file, HTML and Markdown that is there, and tells the field that it came from.
func (s *Service) readText(ctx context.Context, l *LocalPolicy, n LocalInput) (field string, err error) {
	field = "text"
	switch {
	case len(n.File) > 0:
		field = "file"
		if err := s.readFile(ctx, l, n); err != nil {
			return field, err
		}
	case strings.TrimSpace(n.HTML) != "":
		doc, err := s.ReadPasted(ctx, n.HTML)
		if err != nil {
			return field, unread(err, field)
		}
		l.take(doc)
	default:
		l.take(intake.Document{Title: intake.MarkdownTitle(n.Markdown), Markdown: n.Markdown})
	}
	return field, refusal(s.Renderer, clause.Text{Markdown: l.Markdown}, field)
}

func (s *Service) readFile(ctx context.Context, l *LocalPolicy, n LocalInput) error {
	if n.Text != nil {
		l.take(*n.Text)
		return nil
	}
	ctx, stop := context.WithTimeout(ctx, mostWait)
	defer stop()
	doc, err := s.ReadFile(ctx, n.FileName, n.File)
	if err != nil {
		return err
	}
	l.take(doc)
	return nil
}

// safeFile refuses what is not kept, whatever it holds.
func safeFile(data []byte) error {
	switch {
	case len(data) > MaxFile:
		return fileFault("The file is larger than 20 MB. Make it smaller, for example by leaving out pictures")
	case holdsMacros(data):
		return fileFault("The file holds macros, which are programs. Save it as a file without macros (.docx or .xlsx) and send that")
	}
	return nil
}

// Takes refuses a text that AddLocal would refuse for itself, whatever is said beside it, with a Faults.
func (s *Service) Takes(doc intake.Document) error {
	l := new(LocalPolicy)
	l.take(doc)
	if err := l.wording().Err(); err != nil {
		return err
	}
	return s.Showable(l.Markdown)
}

// Showable refuses a text that could not be shown, with a Faults at the field "file".
func (s *Service) Showable(markdown string) error {
	return refusal(s.Renderer, clause.Text{Markdown: markdown}, "file")
}

// unread tells why a text could not be read, when that is the text's fault; nil stays nil.
func unread(err error, field string) error {
	reason, ok := intake.Reason(err)
	if !ok {
		return err
	}
	return record.Faults{{Field: field, Message: strings.ToUpper(reason[:1]) + reason[1:]}}
}

// take keeps a text without its typed numbers, which would be wrong as soon as a clause is added.
func (l *LocalPolicy) take(doc intake.Document) {
	markdown, typed := clause.Untype(doc.Markdown)
	l.Markdown, l.Typed, l.Losses = strings.TrimSpace(markdown), nil, nil
	for _, t := range typed {
		l.Typed = append(l.Typed, t.Number+" "+t.Words)
	}
	for _, x := range doc.Losses {
		l.Losses = append(l.Losses, Loss{What: x.What, Where: x.Where, Count: x.Count})
	}
	l.entitle(doc.Title)
}

// entitle gives a local policy the title of its text, when nobody said another.
func (l *LocalPolicy) entitle(title string) {
	if l.Title == "" {
		l.Title = strings.TrimSpace(title)
	}
}

// keepOriginal keeps a file as it came, once the rest is known to be right.
func (s *Service) keepOriginal(ctx context.Context, title, name string, data []byte) (*File, error) {
	contentType, extension := fileType(data)
	if contentType == "" {
		// A web page is kept too, but handed out as text: it could hold programs.
		contentType, extension = "text/plain; charset=utf-8", ".html.txt"
	}
	if end := strings.ToLower(path.Ext(name)); strings.HasPrefix(contentType, "text/plain") && (end == ".csv" || end == ".tsv") {
		extension = end
	}
	f := &File{ID: s.NewID(), Name: fileName(name, extension), Title: title, Type: contentType}
	var err error
	f.SHA256, f.Size, err = s.Files.Keep(ctx, bytes.NewReader(data))
	return f, err
}
