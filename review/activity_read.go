package review

import (
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"concordat/review/access"
	"concordat/review/record"
)

// MaxActivityLines is how many lines one file of activity may have.
const MaxActivityLines = 50_000

// mostLineFaults is how many wrong lines are told one by one.
const mostLineFaults = 100

// LineFault is what is wrong with one line of a file.
type LineFault struct {
	Line    int
	Message string
}

// ActivityFile is what a file of activity would bring in.
type ActivityFile struct {
	Lines  int // beside the heading
	Places []ActivityPlace
	Faults []LineFault // the first of them, in order
	Wrong  int         // how many lines are wrong; nothing is brought in while there is one
	Codes  []CodeUse   // of the lines that are right, in order
}

// ActivityPlace is what a file holds for one commissioner.
type ActivityPlace struct {
	Commissioner string // id
	Name         string // short
	From, To     record.Date
	People       int
	counts       map[string][]ActivityCount // by code
}

// Codes are the codes, in order.
func (p ActivityPlace) Codes() []string {
	var out []string
	for code := range p.counts {
		out = append(out, code)
	}
	slices.Sort(out)
	return out
}

// activityColumns are what the columns are called: the name and what people write for it.
var activityColumns = []struct {
	name   string
	others []string
	needed bool
}{
	{"commissioner", []string{"place", "organisation", "ccg", "icb"}, true},
	{"code", []string{"procedure", "opcs4", "opcs-4", "opcs"}, true},
	{"month", []string{"period"}, true},
	{"count", []string{"people", "patients", "activity", "number"}, true},
	{"age band", []string{"age", "ageband", "age_band"}, false},
	{"sex", []string{"gender"}, false},
	{"deprivation", []string{"imd", "imd quintile", "deprivation quintile"}, false},
	{"deprivation decile", []string{"imd decile"}, false},
}

// activityReader reads a file of activity line by line.
type activityReader struct {
	file   ActivityFile
	at     []int // column of each of activityColumns, -1 when there is none
	places map[string]*Commissioner
	may    func(commissioner string) bool
	today  record.Date
	index  map[string]int // of ActivityFile.Places by commissioner
	seen   map[activityKey]int
}

type activityKey struct {
	commissioner, code string
	month              record.Date
	groups             string // as they were written
}

// readActivity reads a table with a heading line, divided by commas, semicolons or tabs. may tells for whom the reader
// may give activity. The error is a Faults when it is no such table.
func readActivity(text string, places []*Commissioner, may func(string) bool, today record.Date) (*ActivityFile, error) {
	r := activityReader{places: map[string]*Commissioner{}, may: may, today: today, index: map[string]int{}, seen: map[activityKey]int{}}
	for _, p := range places {
		for _, name := range []string{p.ID, p.Name, p.Short, p.Slug} {
			r.places[Fold(name)] = p
		}
	}
	text = strings.TrimPrefix(text, "\uFEFF")
	rows := csv.NewReader(strings.NewReader(text))
	rows.Comma, rows.FieldsPerRecord, rows.TrimLeadingSpace = divider(text), -1, true
	for heading := true; ; heading = false {
		row, err := rows.Read()
		switch {
		case errors.Is(err, io.EOF) && !heading && r.file.Lines > 0:
			r.close()
			return &r.file, nil
		case errors.Is(err, io.EOF):
			return nil, activityFault("There are no lines. Choose a file or paste its lines, the names of the columns first")
		case err != nil:
			return nil, activityFault("The table cannot be read: " + err.Error())
		case heading:
			if err := r.heading(row); err != nil {
				return nil, err
			}
			continue
		case r.file.Lines == MaxActivityLines:
			return nil, activityFault("There are more than 50,000 lines. Send the file in parts, such as one for each commissioner")
		}
		r.file.Lines++
		line, _ := rows.FieldPos(0)
		r.line(line, row)
	}
}

func activityFault(message string) error { return record.Faults{{Field: "file", Message: message}} }

// divider is the sign that the heading has most of.
func divider(text string) rune {
	heading, _, _ := strings.Cut(text, "\n")
	best := ','
	for _, r := range []rune{';', '\t'} {
		if strings.Count(heading, string(r)) > strings.Count(heading, string(best)) {
			best = r
		}
	}
	return best
}

func (r *activityReader) heading(row []string) error {
	var missing []string
	for _, col := range activityColumns {
		i := slices.IndexFunc(row, func(s string) bool { return Fold(s) == col.name || slices.Contains(col.others, Fold(s)) })
		r.at = append(r.at, i)
		if i < 0 && col.needed {
			missing = append(missing, col.name)
		}
	}
	if r.at[1] < 0 && slices.ContainsFunc(row, otherCodes) {
		return activityFault("The codes are not procedure codes (OPCS-4). " + onlyProcedures)
	}
	if len(missing) > 0 {
		return activityFault("The first line must name the columns. These are missing: " + strings.Join(missing, ", "))
	}
	return nil
}

// cells are the values of one line, in the order of activityColumns.
func (r *activityReader) cells(row []string) (out [8]string) {
	for i, at := range r.at {
		if at >= 0 && at < len(row) {
			out[i] = strings.Join(strings.Fields(row[at]), " ")
		}
	}
	return out
}

func (r *activityReader) line(number int, row []string) {
	v := r.cells(row)
	place, code := r.places[Fold(v[0])], strings.ToUpper(v[1])
	month, monthOK := activityMonth(v[2])
	people, err := strconv.Atoi(strings.ReplaceAll(v[3], ",", ""))
	deprivation, deprivationOK := quintile(v[6], v[7])
	c := ActivityCount{Month: month, Age: v[4], Sex: sex(v[5]), Deprivation: deprivation}
	switch {
	case place == nil:
		r.wrong(number, fmt.Sprintf("There is no commissioner “%s”", cut(v[0])))
	case !r.may(place.ID):
		r.wrong(number, "You may not give activity for "+place.Short)
	case !opcs4.MatchString(code):
		r.wrong(number, notProcedure(cut(code)))
	case !monthOK:
		r.wrong(number, fmt.Sprintf("“%s” is not a month. Months look like 2026-04", cut(v[2])))
	case month > r.today:
		r.wrong(number, fmt.Sprintf("%s has not been yet", month.MonthWords()))
	case err != nil:
		r.wrong(number, fmt.Sprintf("“%s” is not a whole number. Hidden counts cannot be added up: ask for the full ones", cut(v[3])))
	case people < 0:
		r.wrong(number, "The count is less than 0")
	case people > 1_000_000:
		r.wrong(number, "The count is more than a million")
	case slices.ContainsFunc(v[4:], func(s string) bool { return long(s, 30) }):
		r.wrong(number, "A group must be named in 30 characters or fewer")
	case !deprivationOK:
		r.wrong(number, fmt.Sprintf("“%s” is not a deprivation quintile. They go from 1, the most deprived, to 5. Name the column “deprivation decile” when it has tenths", cut(v[6]+v[7])))
	default:
		r.take(number, place, code, people, c, strings.Join(v[4:], "\x00"))
	}
}

func cut(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// activityMonth reads "2026-04", "2026-04-01", "01/04/2026", "04/2026", "April 2026" and "Apr 2026".
func activityMonth(s string) (record.Date, bool) {
	for _, form := range []string{"2006-01", time.DateOnly, "02/01/2006", "01/2006", "January 2006", "Jan 2006", "Jan-06", "Jan-2006"} {
		if t, err := time.Parse(form, s); err == nil {
			return record.NewDate(t.Year(), int(t.Month()), 1)
		}
	}
	return 0, false
}

func (r *activityReader) wrong(line int, message string) {
	if r.file.Wrong++; len(r.file.Faults) < mostLineFaults {
		r.file.Faults = append(r.file.Faults, LineFault{line, message})
	}
}

// take adds a line that is right by itself. The same thing said twice would be counted twice.
func (r *activityReader) take(number int, place *Commissioner, code string, people int, c ActivityCount, groups string) {
	key := activityKey{place.ID, code, c.Month, groups}
	if first := r.seen[key]; first > 0 {
		r.wrong(number, fmt.Sprintf("Line %d says the same month and code already", first))
		return
	}
	r.seen[key] = number
	i, ok := r.index[place.ID]
	if !ok {
		i = len(r.file.Places)
		r.index[place.ID] = i
		r.file.Places = append(r.file.Places, ActivityPlace{Commissioner: place.ID, Name: place.Short, From: c.Month, To: c.Month, counts: map[string][]ActivityCount{}})
	}
	p := &r.file.Places[i]
	c.People = people
	p.From, p.To, p.People = min(p.From, c.Month), max(p.To, c.Month), p.People+people
	if len(p.counts[code]) == MaxActivityCounts {
		r.wrong(number, fmt.Sprintf("Code %s has more than %d lines for %s", code, MaxActivityCounts, p.Name))
		return
	}
	p.counts[code] = append(p.counts[code], c)
}

func (r *activityReader) close() {
	slices.SortFunc(r.file.Places, func(a, b ActivityPlace) int { return cmp.Compare(a.Name, b.Name) })
}

// CheckActivity says what a file of activity would bring in and what is wrong with it, and changes nothing.
func (s *Service) CheckActivity(ctx context.Context, by record.Actor, text string) (*ActivityFile, error) {
	places, err := s.Commissioners.All(ctx)
	if err != nil {
		return nil, err
	}
	may := func(id string) bool { return access.May(by, access.ActivityEdit, access.For(id)) }
	if !slices.ContainsFunc(places, func(c *Commissioner) bool { return may(c.ID) }) {
		return nil, access.Check(by, access.ActivityEdit, access.For())
	}
	file, err := readActivity(text, places, may, record.DateOf(s.Now()))
	if err != nil {
		return nil, err
	}
	return file, s.use(ctx, by, file)
}

// KeepActivity brings in a file without faults. What it gives of a commissioner and a code takes the place of what was
// kept for the months from the file's first to its last of that commissioner. Each commissioner's activity is kept whole
// or not at all.
func (s *Service) KeepActivity(ctx context.Context, by record.Actor, text string) (*ActivityFile, error) {
	file, err := s.CheckActivity(ctx, by, text)
	if err != nil {
		return nil, err
	}
	if file.Wrong > 0 {
		return file, activityFault(fmt.Sprintf("%d lines are wrong. Nothing is kept until all are right", file.Wrong))
	}
	for _, p := range file.Places {
		if err := s.keepActivity(ctx, by, p); err != nil {
			return file, err
		}
	}
	return file, nil
}

func (s *Service) keepActivity(ctx context.Context, by record.Actor, p ActivityPlace) error {
	var writes []record.Write
	for _, code := range p.Codes() {
		a, err := s.Activities.Load(ctx, ActivityID(p.Commissioner, code))
		if err != nil {
			return err
		}
		edit := record.Edit{By: by, ID: a.ID, Revision: a.Revision}
		w, err := record.Plan(a, edit, s.Now(), func(a *Activity) (record.Event, error) { return a.replace(p.From, p.To, p.counts[code]) })
		if err != nil {
			return err
		}
		writes = append(writes, w)
	}
	return s.Activities.Commit(ctx, writes...)
}
