package bulk

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"concordat/review"
	"concordat/review/intake"
	"concordat/review/record"
)

// A said is one line of a manifest, as far as it could be read.
type said struct {
	row                        int // as a reader of the sheet counts, from 1
	place, topic, title, file  string
	effective, review, without string
	source                     string
}

// A manifest says of each text whose it is and what it is about.
type manifest struct {
	name  string // of its file
	lines []said
}

// How people name a manifest's columns, in lower case; the first that fits counts.
var manifestColumns = []struct {
	name *regexp.Regexp
	of   func(*said) *string
}{
	{regexp.MustCompile(`review|expir`), func(s *said) *string { return &s.review }},
	{regexp.MustCompile(`effective|in force|start|valid from|date (?:from|adopted|approved)|^date$|^from$|since`), func(s *said) *string { return &s.effective }},
	{regexp.MustCompile(`no policy|without`), func(s *said) *string { return &s.without }},
	{regexp.MustCompile(`file|document|attachment`), func(s *said) *string { return &s.file }},
	{regexp.MustCompile(`commissioner|\bccg\b|\bicb\b|^(?:place|area|organisation|body|locality)\b`), func(s *said) *string { return &s.place }},
	{regexp.MustCompile(`source|came from|link|url|web|address`), func(s *said) *string { return &s.source }},
	{regexp.MustCompile(`^title|title of`), func(s *said) *string { return &s.title }},
	{regexp.MustCompile(`topic|code|policy|procedure|treatment|intervention|reference|opcs`), func(s *said) *string { return &s.topic }},
}

// readManifest reads sheets as a manifest; ok is false when they are none: a manifest has a column for the
// commissioner, and one for the file or the topic.
func readManifest(name string, sheets []intake.Sheet) (m manifest, ok bool) {
	for _, s := range sheets {
		for at, head := range s.Rows[:min(len(s.Rows), 10)] {
			columns, found := manifestHead(head)
			if !found {
				continue
			}
			m = manifest{name: name}
			for i, row := range s.Rows[at+1:] {
				if line, filled := readLine(row, columns); filled {
					line.row = at + i + 2
					m.lines = append(m.lines, line)
				}
			}
			return m, true
		}
	}
	return m, false
}

// manifestHead reads a row as the names of columns: for each of them where its words go, nil for those not needed.
func manifestHead(row []string) (columns []func(*said) *string, ok bool) {
	var names said
	columns = make([]func(*said) *string, len(row))
	for i, name := range row {
		name = strings.ToLower(strings.Join(strings.Fields(name), " "))
		if len(name) > 60 {
			return nil, false
		}
		for _, c := range manifestColumns {
			if c.name.MatchString(name) {
				if to := c.of(&names); *to == "" {
					*to, columns[i] = name, c.of
				}
				break
			}
		}
	}
	return columns, names.place != "" && (names.file != "" || names.topic != "")
}

func readLine(row []string, columns []func(*said) *string) (line said, filled bool) {
	for i, text := range row {
		if i < len(columns) && columns[i] != nil {
			*columns[i](&line) = strings.Join(strings.Fields(text), " ")
		}
		filled = filled || text != ""
	}
	return line, filled
}

var (
	noPolicy      = regexp.MustCompile(`(?i)^(?:there is )?no (?:local )?(?:policy|text|document)\b|^none\b|^without\b`)
	notWithout    = regexp.MustCompile(`(?i)^(?:|n|no|false|0|-|has a policy)$`)
	openWords     = regexp.MustCompile(`(?i)\bopen\b|clinicians? decide|unrestricted|nothing restricts`)
	unknownWords  = regexp.MustCompile(`(?i)^(?:|y|yes|true|1|x|n/?[ak]|unknown|unclear|unsure|not? (?:known|sure|stated|given|said|recorded))$`)
	nationalWords = regexp.MustCompile(`(?i)national|\bnice\b|\bebi\b|evidence.based interventions`)
)

// withoutPolicy reads that a commissioner has no policy, and what that means there, from the column of that name or
// from what stands in place of a file; HasPolicy when a line says nothing of the sort. odd are the
// words of a meaning that is none of those there are.
func (s said) withoutPolicy() (w review.Without, odd string) {
	words := s.without
	if notWithout.MatchString(words) && noPolicy.MatchString(s.file) {
		words = s.file
	}
	meaning := strings.Trim(noPolicy.ReplaceAllString(words, ""), " .,:;()–—-")
	switch {
	case notWithout.MatchString(words):
		return review.HasPolicy, ""
	case nationalWords.MatchString(words):
		return review.NationalText, ""
	case openWords.MatchString(words):
		return review.OpenAccess, ""
	case unknownWords.MatchString(meaning):
		return review.NotKnown, ""
	}
	return review.NotKnown, meaning
}

// begin begins a row with what a line says.
func (s said) begin(manifest string) Row {
	r := Row{Where: fmt.Sprintf("row %d of %s", s.row, manifest), SaidPlace: s.place, SaidTopic: s.topic, Source: s.source, Title: s.title}
	var odd string
	if r.Without, odd = s.withoutPolicy(); odd != "" {
		r.fault(Said, "“"+odd+"” does not say what having no policy means there. Write “No policy: open access”, “No policy: national text” or “No policy: not known”")
	}
	r.Effective = r.date(s.effective, "effective date")
	r.Review = r.date(s.review, "review date")
	return r
}

// date reads a date of the manifest, and notes what is wrong or unsure about it.
func (r *Row) date(typed, name string) record.Date {
	d, note, ok := ReadDate(typed)
	if !ok {
		r.fault(Said, "The "+name+" “"+typed+"” is no date. Write it as 1 April 2018 or 01/04/2018, or leave it empty")
		return 0
	}
	if note != "" {
		r.Notes = append(r.Notes, "The "+name+" "+note)
	}
	return d
}

// fault notes why a row cannot come in; the first reason counts.
func (r *Row) fault(c Cause, why string) {
	if r.Fault == "" {
		r.Faulty, r.Fault = c, why
	}
}

// find is the file that a line names: by its whole name, by its name without folders, or without its ending, in any
// case, as long as only one fits.
func find(files []string, name string) (at int, ok bool) {
	name = strings.ToLower(strings.ReplaceAll(strings.TrimSpace(name), `\`, "/"))
	stem := func(s string) string { return strings.TrimSuffix(path.Base(s), path.Ext(s)) }
	for _, fits := range []func(file string) bool{
		func(file string) bool { return file == name },
		func(file string) bool { return path.Base(file) == path.Base(name) },
		func(file string) bool { return stem(file) == path.Base(name) },
	} {
		var found []int
		for i, f := range files {
			if f != "" && fits(strings.ToLower(f)) {
				found = append(found, i)
			}
		}
		if len(found) == 1 {
			return found[0], true
		}
	}
	return 0, false
}

// pickManifest tells which of several sheets that could be the manifest is it: the one that is called so, else the first.
func pickManifest(list []manifest) (m manifest, ok bool) {
	if len(list) == 0 {
		return m, false
	}
	i := slices.IndexFunc(list, func(m manifest) bool { return strings.Contains(strings.ToLower(path.Base(m.name)), "manifest") })
	return list[max(i, 0)], true
}
