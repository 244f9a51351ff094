package review

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"concordat/review/clause"
	"concordat/review/harmony"
	"concordat/review/record"
)

// RowDraft is what the draft is to say on a row of the matrix, and where the words are from.
type RowDraft struct {
	Words   string // a folded wording of the row
	Anchor  string // of the paragraph that it takes the place of; "" for a new one
	Section string // key of the section that gets a new paragraph
	From    From
	Place   string // the commissioner, of FromLocal
	Text    string // one paragraph of Markdown; "" for the words of the source as they stand
	Reason  string // why not the national text or the evidence; needed of FromLocal
}

// DraftRows writes paragraphs into the draft, over the save with number base, and notes where each came from. What
// others saved meanwhile is joined as SaveText does; a paragraph changed by both is a MergeNeeded.
func (s *Service) DraftRows(ctx context.Context, e record.Edit, base int, list ...RowDraft) (p *Policy, joined bool, err error) {
	err = record.Retry(func() (err error) {
		p, joined, err = s.draftRows(ctx, e, base, list)
		return err
	})
	return p, joined, err
}

func (s *Service) draftRows(ctx context.Context, e record.Edit, base int, list []RowDraft) (*Policy, bool, error) {
	p, err := s.editable(ctx, e)
	if err != nil {
		return nil, false, err
	}
	h, err := s.Harmonies.Load(ctx, p.ID)
	if err != nil {
		return nil, false, err
	}
	m, err := s.matrix(ctx, p, h, harmony.Draft)
	if err != nil {
		return nil, false, err
	}
	before, err := s.Policies.Save(ctx, SaveID(p.ID, base))
	if err != nil {
		return nil, false, fmt.Errorf("reading what was drafted over: %w", err)
	}
	origins := make([]Origin, len(list))
	list = slices.Clone(list)
	for i, d := range list {
		o, err := m.origin(d, before.Content)
		if err != nil {
			return nil, false, err
		}
		list[i].Text = oneParagraph(d.Text)
		if list[i].Text == "" {
			list[i].Text = oneParagraph(strings.ReplaceAll(o.Words, "\n", "; "))
		}
		o.Edited = harmony.Fold(o.Words) != harmony.Fold(list[i].Text)
		o.By, o.At = e.By.ID, s.Now()
		origins[i] = o
	}
	old := p.Anchors
	return s.saveText(ctx, e, base, before.with(list), func(p *Policy) ([]record.Write, error) {
		w, err := record.Plan(h, record.Edit{By: e.By, ID: h.ID, Revision: h.Revision}, s.Now(), func(h *Harmonisation) (record.Event, error) {
			return h.draftedAll(p, list, origins, old)
		})
		return []record.Write{w}, err
	})
}

// origin refuses what cannot be drafted, and says where a paragraph comes from.
func (m *Matrix) origin(d RowDraft, before Content) (Origin, error) {
	row, ok := m.RowOf(d.Words)
	if !ok {
		return Origin{}, record.Faults{{Field: "text", Message: "No text has this row any more. Look at the matrix again"}}
	}
	o := Origin{Row: row.Name, From: d.From, Place: d.Place, Reason: strings.TrimSpace(d.Reason)}
	var faults record.Faults
	switch d.From {
	case FromNational:
		o.Words = row.National.Words()
		faults.Add(row.National.Empty(), "from", "The national text says nothing here. Choose another source")
	case FromEvidence:
		note, ok := m.Made.NoteOn(row)
		o.Words = note.Text
		faults.Add(!ok || note.Kind == NoneFound, "from", "Nothing of the evidence is noted here. Choose another source, or note it first")
	case FromLocal:
		i := slices.IndexFunc(m.Columns, func(c harmony.Column) bool { return c.Place == d.Place })
		if i < 0 || row.Cells[i].Empty() {
			faults.Add(true, "from", "This place says nothing here. Choose another source")
			break
		}
		o.Words, o.Local = row.Cells[i].Words(), m.Locals[d.Place].ID
		faults = append(faults, needsReason(o.Reason)...)
	default:
		faults.Add(true, "from", "Choose where the words are from")
	}
	faults.Add(long(d.Text, 2000), "text", "A paragraph must be 2,000 characters or fewer")
	faults.Add(long(o.Reason, 1000), "reason", "The reason must be 1,000 characters or fewer")
	faults.Add(d.Anchor != "" && !before.replaceable(d.Anchor), "where", "This paragraph is not in the draft any more. Choose where the words are to stand")
	faults.Add(d.Anchor == "" && before.Section(d.Section).Key == "", "where", "Choose where the words are to stand")
	return o, faults.Err()
}

func oneParagraph(s string) string { return strings.Join(strings.Fields(s), " ") }

func needsReason(reason string) record.Faults {
	if reason != "" {
		return nil
	}
	return record.Faults{{Field: "reason", Rule: "M-01", Message: "Say why these words, and not the national text or the evidence",
		Why: "That one place, or most places, have a rule is no reason for it: those who are refused treatment may ask what the reason is."}}
}

// replaceable tells whether a paragraph stands in the text as one of its own; the row of a table does not.
func (c Content) replaceable(anchor string) bool {
	t := c.Text()
	i := slices.IndexFunc(t.Clauses, func(x clause.Clause) bool { return x.Anchor == anchor })
	return i >= 0 && (t.Clauses[i].Kind == clause.Paragraph || t.Clauses[i].Kind == clause.Item)
}

// with are the sections with paragraphs replaced, from the last to the first so that places stay right, then added.
func (c Content) with(list []RowDraft) []Section {
	out := slices.Clone(c.Sections)
	t, bodies := c.Text(), c.Bodies()
	at := func(d RowDraft) int {
		return slices.IndexFunc(t.Clauses, func(x clause.Clause) bool { return d.Anchor != "" && x.Anchor == d.Anchor })
	}
	replaced := slices.SortedFunc(slices.Values(list), func(a, b RowDraft) int { return cmp.Compare(at(b), at(a)) })
	for _, d := range replaced {
		i := at(d)
		if i < 0 {
			continue
		}
		x := t.Clauses[i]
		for k, body := range bodies {
			if from := x.Offset - body; body >= 0 && from >= 0 && x.End <= body+len(out[k].Markdown) && x.End-body <= len(strings.TrimSpace(c.Sections[k].Markdown)) {
				text := strings.TrimSpace(out[k].Markdown)
				out[k].Markdown = text[:from] + d.Text + text[x.End-body:]
			}
		}
	}
	for _, d := range list {
		for k := range out {
			if d.Anchor == "" && out[k].Key == d.Section {
				out[k].Markdown = appended(out[k].Markdown, d)
			}
		}
	}
	return out
}

// appended is a section's text with one more paragraph at its end. It is an item where the section is one list, or ends
// with the words that introduce one; else it stands by itself, so that it becomes no part of what stands before it.
func appended(text string, d RowDraft) string {
	text = strings.TrimSpace(text)
	if text == "" && d.Section == CriteriaKey {
		text = "All of these:"
	}
	t := clause.Parse(text)
	paragraphs, last := 0, -1 // of the section itself, and the last item of its list
	for i, c := range t.Clauses {
		switch {
		case c.Kind == clause.Item && c.Level == 1:
			last = i
		case c.Kind != clause.Item:
			paragraphs++
		}
	}
	switch {
	case text == "":
		return "- " + d.Text
	case strings.HasSuffix(text, ":"):
		return text + "\n\n- " + d.Text
	case last >= 0 && paragraphs <= 1 && t.Clauses[len(t.Clauses)-1].Kind == clause.Item:
		return text + "\n" + text[t.Clauses[last].Start:t.Clauses[last].Offset] + d.Text
	}
	return text + "\n\n" + d.Text
}

// draftedAll notes where the paragraphs came from, once they have their anchors.
func (h *Harmonisation) draftedAll(p *Policy, list []RowDraft, origins []Origin, old []string) (record.Event, error) {
	t := p.Text()
	for i, d := range list {
		words := clause.Parse(d.Text).Clauses
		for _, x := range t.Clauses {
			if len(words) == 0 || x.Words != words[0].Words || x.Anchor != d.Anchor && slices.Contains(old, x.Anchor) {
				continue
			}
			o := origins[i]
			o.Anchor = x.Anchor
			h.drafted(o, t)
		}
	}
	return record.Event{Action: "harmony.drafted"}.With("paragraphs", len(list)), nil
}
