package review

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"concordat/review/harmony"
	"concordat/review/record"
	"concordat/review/textdiff"
)

// Document is the level of change document of a policy, written from the data to be published with a consultation: what
// changes, for whom, with the words before and after, for groups of places where the same changes. Small counts of
// people are hidden in it.
func (e *Effects) Document(on record.Date) []Section {
	d := levelDocument{e}
	return []Section{
		{Key: "about", Title: "What this document says", Markdown: d.about(on)},
		{Key: "short", Title: "In short", Markdown: d.short()},
		{Key: "changes", Title: "What changes, and for whom", Markdown: d.changes()},
		{Key: "people", Title: "How many people", Markdown: d.people()},
		{Key: "levels", Title: "The level of change", Markdown: d.levels()},
	}
}

type levelDocument struct{ *Effects }

// forPatients says in plain English what is proved of an effect.
var forPatients = []struct {
	effect       textdiff.Effect
	whole, words string
}{
	{textdiff.Narrower, "Fewer patients could have the treatment", "Fewer patients"},
	{textdiff.Opposite, "What one text funds the other bars", "The opposite"},
	{textdiff.Mixed, "Some patients could have the treatment who cannot today, and some could no longer", "Some gain and some lose"},
	{textdiff.Wider, "More patients could have the treatment", "More patients"},
	{textdiff.Unclear, "For whom it changes is not proved: read both texts", "It differs: read both texts"},
	{textdiff.NoEffect, "The same patients could have the treatment", "The same patients"},
}

func (d levelDocument) about(on record.Date) string {
	text := fmt.Sprintf("draft, save %d", d.Policy.Saves)
	if last, ok := d.Policy.Latest(); ok && last.Save == d.Policy.Saves {
		text = "version " + last.Number.String()
	}
	return fmt.Sprintf("This document says what “%s” (%s, %s) would change for patients in %s, compared with what applies in each of them on %s. "+
		"It was written from the texts themselves.\n", escape(d.Policy.Title), escape(d.Policy.Reference), text, counted(len(d.Places), "area", "areas"), on.Words())
}

func (d levelDocument) short() string {
	var b strings.Builder
	for _, x := range forPatients {
		if list := d.where(func(p *PlaceEffect) bool { return p.Effect == x.effect }); len(list) > 0 {
			fmt.Fprintf(&b, "- **%s** in %s.\n", x.whole, inPlaces(list))
		}
	}
	if words := d.Counts().Proof(); words != "" {
		fmt.Fprintf(&b, "- Each criterion is counted once in each area. %s Only what is proved is called the same, fewer or more. Where nothing like it was found, the program lined nothing up with it: the text may say it elsewhere.\n", words)
	}
	if list := d.where(func(p *PlaceEffect) bool { return p.Ends }); len(list) > 0 {
		fmt.Fprintf(&b, "- **The treatment would no longer be routinely funded** in %s.\n", inPlaces(list))
	}
	if list := d.where(func(p *PlaceEffect) bool { return p.Begins }); len(list) > 0 {
		fmt.Fprintf(&b, "- **The treatment would be funded where it is not today** in %s.\n", inPlaces(list))
	}
	return b.String()
}

// where are the names of the places that match.
func (d levelDocument) where(match func(*PlaceEffect) bool) []string {
	var out []string
	for i := range d.Places {
		if match(&d.Places[i]) {
			out = append(out, escape(d.Places[i].Name))
		}
	}
	return out
}

func inPlaces(list []string) string {
	if len(list) == 1 {
		return list[0]
	}
	last := len(list) - 1
	return fmt.Sprintf("%d areas: %s and %s", len(list), strings.Join(list[:last], ", "), list[last])
}

// docCriterion is one criterion with the groups of places for which the same changes.
type docCriterion struct {
	name, proposed string
	groups         []docGroup
	same           []string
}

type docGroup struct {
	effect     textdiff.Effect
	today, why string
	places     []string
}

// criteria are the criteria that change somewhere, in the order of the matrix, and the names of those that do not.
func (d levelDocument) criteria() (changing []docCriterion, same []string) {
	at := map[string]int{}
	var list []docCriterion
	for i := range d.Places {
		for _, x := range d.Places[i].Changes {
			k, ok := at[x.Key]
			if !ok {
				k = len(list)
				at[x.Key] = k
				list = append(list, docCriterion{name: x.Name, proposed: wordsOf(x.Proposed)})
			}
			list[k].add(x, d.Places[i].Name)
		}
	}
	for _, c := range list {
		if len(c.groups) == 0 {
			same = append(same, c.name)
			continue
		}
		slices.SortStableFunc(c.groups, func(a, b docGroup) int { return cmp.Compare(orderOf(a.effect), orderOf(b.effect)) })
		changing = append(changing, c)
	}
	silent := func(c docCriterion) int { // what the draft says comes first
		if c.proposed == "" {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(changing, func(a, b docCriterion) int {
		return cmp.Or(cmp.Compare(silent(a), silent(b)), cmp.Compare(len(a.same), len(b.same)))
	})
	return changing, same
}

func orderOf(e textdiff.Effect) int {
	for i, x := range forPatients {
		if x.effect == e {
			return i
		}
	}
	return len(forPatients)
}

func (c *docCriterion) add(x harmony.Change, place string) {
	if x.Effect == textdiff.NoEffect {
		c.same = append(c.same, escape(place))
		return
	}
	today := wordsOf(x.Today)
	i := slices.IndexFunc(c.groups, func(g docGroup) bool { return g.effect == x.Effect && harmony.Fold(g.today) == harmony.Fold(today) })
	if i < 0 {
		i = len(c.groups)
		c.groups = append(c.groups, docGroup{effect: x.Effect, today: today, why: x.Why})
	}
	c.groups[i].places = append(c.groups[i].places, escape(place))
}

func wordsOf(e harmony.Entry) string {
	if e.Empty() {
		return ""
	}
	return strings.Join(strings.Split(e.Words(), "\n"), "; ")
}

func (d levelDocument) changes() string {
	var b strings.Builder
	changing, same := d.criteria()
	for _, c := range changing {
		fmt.Fprintf(&b, "### %s\n\n**Proposed:** %s\n\n", escape(c.name), orElse(quoted(c.proposed), "nothing like it was found in the draft."))
		for _, g := range c.groups {
			words, why := forPatients[orderOf(g.effect)].words, " ("+escape(g.why)+")"
			switch {
			case g.effect != textdiff.Unclear:
			case g.today == "":
				words, why = "Nothing like it found in what applies today", ""
			case c.proposed == "":
				words, why = "Nothing like it found in the draft", ""
			case g.why == textdiff.WordsDiffer: // the reader sees both
				why = ""
			}
			fmt.Fprintf(&b, "- **%s** in %s. Today: %s%s\n", words, inPlaces(g.places), orElse(quoted(g.today), "nothing like it was found."), why)
		}
		if len(c.same) > 0 {
			fmt.Fprintf(&b, "- **%s** in %s.\n", "The same patients", inPlaces(c.same))
		}
		b.WriteString("\n")
	}
	if len(changing) == 0 {
		b.WriteString("Every criterion that was found is in equal words in all texts.\n\n")
	}
	if len(same) > 0 {
		for i := range same {
			same[i] = escape(same[i])
		}
		fmt.Fprintf(&b, "These criteria stay the same for patients everywhere: %s.\n\n", strings.Join(same, "; "))
	}
	for i := range d.Places {
		if p := &d.Places[i]; p.Doubt != "" {
			fmt.Fprintf(&b, "For %s nothing can be told yet: %s.\n\n", escape(p.Name), escape(p.Doubt))
		}
	}
	return b.String()
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func quoted(s string) string {
	if s == "" {
		return ""
	}
	return "“" + escape(strings.TrimRight(s, " .")) + "”."
}

func (d levelDocument) people() string {
	if !slices.ContainsFunc(d.Places, func(p PlaceEffect) bool { return p.Impact.Known() }) {
		return "How many people are treated today is not known here yet.\n"
	}
	var b strings.Builder
	b.WriteString("Counts of fewer than 5 people are not shown, nor others by which they could be worked out. Only what is shown is added up.\n\n")
	b.WriteString("| Area | Treated a year | May lose | May gain | Cost |\n|---|---|---|---|---|\n")
	var all PeopleGroup
	for i := range d.Places {
		p := &d.Places[i]
		x, treated := p.Impact, PeopleGroup{SafeCount: safeCount(p.Impact.Year())}
		if x.Concealed() {
			treated.SafeCount = SafeCount{Hidden: true}
		}
		row := []string{treated.Words(), p.LoseWords(), p.GainWords(), x.CostWords()}
		switch {
		case !x.Known():
			row = []string{"not known", "not known", "not known", "not known"}
		case treated.Hidden: // by a share somebody could work back to those who are treated
			row = []string{"not shown", "not shown", "not shown", "not shown"}
		}
		all.add(treated)
		fmt.Fprintf(&b, "| %s | %s |\n", escape(p.Name), strings.Join(row, " | "))
	}
	fmt.Fprintf(&b, "| All together | %s | | | |\n\n", all.Words())
	d.groups(&b)
	b.WriteString("These are people who had the treatment, by hospital activity. Who would lose or gain is an estimate: a share of them that somebody gave with its source.\n\n")
	for _, s := range d.sources() {
		b.WriteString("- " + escape(s) + "\n")
	}
	return b.String()
}

// groups say who was treated, by each characteristic that some place gave.
func (d levelDocument) groups(b *strings.Builder) {
	for _, g := range d.Grouped() {
		if g.TooFew {
			continue
		}
		fmt.Fprintf(b, "| %s | Treated in all areas, in the latest 12 months that each gave |\n|---|---|\n", g.By)
		for _, x := range g.Rows() {
			fmt.Fprintf(b, "| %s | %s |\n", escape(x.Name), x.Words())
		}
		b.WriteString("\n")
	}
}

// sources say where shares and prices come from, each once.
func (d levelDocument) sources() (out []string) {
	for i := range d.Places {
		if x := d.Places[i].Impact.Estimate; x != nil {
			if x.Source != "" {
				out = addOnce(out, "Shares: "+d.Places[i].SharesSource())
			}
			if x.Price > 0 {
				out = addOnce(out, "Price of one treatment, "+x.PriceWords()+": "+x.PriceSource)
			}
		}
	}
	return out
}

// levels says the level of each place with what decides it, and what the levels mean.
func (d levelDocument) levels() string {
	var b, said strings.Builder
	b.WriteString("The level says how much a change means for patients. Each commissioner decides on its own.\n\n| Area | Level | Why | Not proved | Standing |\n|---|---|---|---|---|\n")
	for i := range d.Places {
		p := &d.Places[i]
		level, by := p.Holds()
		standing := "worked out from the texts, not yet confirmed"
		before := p.SaidBefore()
		switch {
		case by != nil:
			standing = fmt.Sprintf("said by the commissioner; %d was worked out", by.Proposed)
			fmt.Fprintf(&said, "- %s: %s\n", escape(p.Name), oneLine(by.Reason))
		case before != nil:
			standing += fmt.Sprintf("; the commissioner said %d before a text or a number changed", before.Level)
			fmt.Fprintf(&said, "- %s, out of date, of level %d: %s\n", escape(p.Name), before.Level, oneLine(before.Reason))
		}
		fmt.Fprintf(&b, "| %s | %d | %s | %s | %s |\n", escape(p.Name), level, escape(strings.Join(p.Grade.Deciding(), "; ")), notProved(p.Counts), standing)
	}
	if said.Len() > 0 {
		b.WriteString("\nWhat commissioners say of their levels:\n\n" + said.String())
	}
	b.WriteString("\nWhat the levels mean:\n\n")
	for _, l := range harmony.Levels {
		fmt.Fprintf(&b, "- %d: %s\n", l, l.Words())
	}
	b.WriteString("\nThere is no equality assessment yet. It may raise a level.\n")
	return b.String()
}

// notProved says of how many criteria it is not proved what changes.
func notProved(n harmony.Counts) string {
	if n.All() == 0 {
		return "nothing is compared"
	}
	return fmt.Sprintf("%d of %s", n.Unclear, counted(n.All(), "criterion", "criteria"))
}

// oneLine escapes what somebody typed in several.
func oneLine(s string) string { return escape(strings.Join(strings.Fields(s), " ")) }

// escape makes text that holds no Markdown of its own.
func escape(s string) string { return markdownSigns.Replace(s) }

var markdownSigns = strings.NewReplacer("\\", "\\\\", "`", "\\`", "*", "\\*", "_", "\\_", "[", "\\[", "]", "\\]", "<", "\\<", ">", "\\>", "#", "\\#", "|", "\\|", "~", "\\~", "&", "\\&", "\n", " ")

// counted writes "1 area" or "15 areas".
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
