package world

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"concordat/review"
)

var places = strings.Fields(`Aldermoss Brackenford Calderwick Dunsmere Elmhollow Fernley Garsdale Hartsmoor Inglewade Juniper Kestrelby
	Larchden Millbeck Netherby Oakhaven`)

func place(i int) string {
	if i < len(places) {
		return places[i]
	}
	return fmt.Sprintf("Place %d", i+1)
}

var treatments = strings.Split("Cataract surgery,Hip replacement,Knee arthroscopy,Tonsillectomy,Grommets,Carpal tunnel release,Hernia repair,Varicose veins,"+
	"Breast reduction,Abdominoplasty,Assisted conception,Bariatric surgery,Botulinum toxin,Bunion surgery,Circumcision,Dupuytren release,"+
	"Eyelid surgery,Facet joint injections,Gallstone surgery,Haemorrhoid surgery,Hysterectomy,Insulin pumps,Minor skin lesions,Pinnaplasty,"+
	"Rhinoplasty,Septoplasty,Sleep apnoea devices,Spinal stimulation,Trigger finger release,Wigs", ",")

func title(i int) string {
	who := []string{"", " for children", " done a second time"}[i/len(treatments)%3]
	if n := i / (3 * len(treatments)); n > 0 {
		who += fmt.Sprintf(" %d", n+1)
	}
	return treatments[i%len(treatments)] + who
}

var vocabulary = strings.Fields(`the patient treatment clinician symptoms months criteria surgery pain function referral specialist evidence
	trial outcome risk benefit review hospital community primary care advice exercise weight score scale grade adult child daily living
	work sleep vision hearing mobility injection therapy device programme record assessment decision request funding commissioner policy
	guidance national local service team nurse physiotherapist general practitioner letter form appointment follow-up year week before
	after during with without and or of in to for by is was has had can may must offers shows records explains agrees measures`)

// writer writes texts that read like none, but have the shape of policies.
type writer struct{ *rand.Rand }

// newWriter gives a writer who always writes the same for one seed.
func newWriter(a, b int) writer {
	return writer{rand.New(rand.NewPCG(uint64(a), uint64(b)))} //nolint:gosec // not for secrets
}

func (w writer) sentence() string {
	words := make([]string, 8+w.IntN(14))
	for i := range words {
		words[i] = vocabulary[w.IntN(len(vocabulary))]
	}
	words[0] = strings.ToUpper(words[0][:1]) + words[0][1:]
	return strings.Join(words, " ") + fmt.Sprintf(" %d.", 2+w.IntN(30))
}

func (w writer) paragraph() string {
	out := make([]string, 2+w.IntN(3))
	for i := range out {
		out[i] = w.sentence()
	}
	return strings.Join(out, " ")
}

func (w writer) list(n int) string {
	lines := make([]string, n)
	for i := range lines {
		lines[i] = "- " + strings.TrimSuffix(w.sentence(), ".")
	}
	return strings.Join(lines, "\n")
}

// prose is paragraphs, one in three with a list after it, of about so many bytes.
func (w writer) prose(bytes int) string {
	var parts []string
	for size := 0; size < bytes; size += len(parts[len(parts)-1]) {
		if len(parts)%3 == 2 {
			parts = append(parts, w.list(2+w.IntN(3)))
			continue
		}
		parts = append(parts, w.paragraph())
	}
	return strings.Join(parts, "\n\n")
}

// sections is a policy of about so many bytes in the sections of a clinical policy.
func (w writer) sections(name string, bytes int) []review.Section {
	part := max(bytes/8, 120)
	s := []review.Section{
		{Key: review.PositionKey, Markdown: name + " is funded for patients who meet the criteria."},
		{Key: review.SummaryKey, Markdown: w.prose(part / 2)},
		{Key: review.CriteriaKey, Markdown: "All of these must be met:\n\n" + w.list(5)},
		{Key: review.InsteadKey, Markdown: w.prose(part)},
		{Key: review.ExceptionsKey, Markdown: review.StandardExceptions},
	}
	for _, key := range []string{review.ReasonsKey, review.ConditionKey, review.EvidenceKey, review.EqualityKey} {
		s = append(s, review.Section{Key: key, Markdown: w.prose(part)})
	}
	return s
}

// revise changes a sentence in some sections, and adds a paragraph to one.
func (w writer) revise(sections []review.Section) {
	for range 3 {
		s := &sections[1+w.IntN(len(sections)-1)]
		s.Markdown = strings.Replace(s.Markdown, ". ", ", as the record shows. ", 1)
	}
	s := &sections[3+w.IntN(len(sections)-3)]
	s.Markdown += "\n\n" + w.paragraph()
}

// local is a commissioner's own policy of about so many bytes.
func (w writer) local(name string, bytes int) string {
	return "# " + name + "\n\n" + w.prose(bytes/3) + "\n\n## Criteria\n\n" + w.list(4) + "\n\n## Reasons\n\n" + w.prose(bytes/2)
}

// Pair is a text of about so many bytes, and what some edits spread over it make of it: words changed, paragraphs
// added and taken out.
func Pair(bytes, edits int) (before, after string) {
	w := newWriter(7, edits)
	var blocks []string
	for size := 0; size < bytes; size += len(blocks[len(blocks)-1]) + 2 {
		switch len(blocks) % 8 {
		case 0:
			blocks = append(blocks, "## Section "+strings.TrimSuffix(w.sentence(), "."))
		case 5:
			blocks = append(blocks, w.list(4))
		default:
			blocks = append(blocks, w.paragraph())
		}
	}
	before = strings.Join(blocks, "\n\n")
	for i := range edits {
		k := (2*i + 1) * len(blocks) / (2 * edits)
		for k%8 == 0 || k%8 == 5 { // an edit to a heading or a list would be more than one change
			k++
		}
		switch i % 5 {
		case 3:
			blocks[k] += "\n\n" + w.paragraph()
		case 4:
			blocks[k] = ""
		default:
			blocks[k] = strings.Replace(blocks[k], ". ", fmt.Sprintf(" as changed by edit %d. ", i), 1)
		}
	}
	return before, strings.Join(blocks, "\n\n")
}

// Topic is the texts of several places on one treatment: each has the criteria of the treatment in words of its own and,
// between them, criteria and background that no other has. Each is 2 to 8 KB long.
func Topic(topic, texts int) []string {
	shared := newWriter(topic, 0)
	matters := make([]string, 12)
	for i := range matters {
		matters[i] = shared.sentence()
	}
	out := make([]string, texts)
	for k := range out {
		w := newWriter(topic, k+1)
		var b strings.Builder
		b.WriteString("## Criteria\n\nAll of the following:\n\n")
		for i, m := range matters {
			if w.IntN(5) == 0 {
				continue
			}
			words := strings.Fields(m)
			words[w.IntN(len(words))] = vocabulary[w.IntN(len(vocabulary))]
			fmt.Fprintf(&b, "- %s for at least %d months\n", strings.Join(words, " "), 3+3*(i%2)+w.IntN(2))
		}
		b.WriteString(w.list(3) + "\n\n## Background\n\n")
		b.WriteString(w.prose(max(0, 2<<10+w.IntN(6<<10)-b.Len())))
		out[k] = b.String()
	}
	return out
}
