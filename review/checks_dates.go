package review

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"concordat/review/record"
)

func reviewTooEarly(d draft) []Finding {
	if d.Review == 0 || d.Effective == 0 || d.Review > d.Effective {
		return nil
	}
	return []Finding{{Field: "review", About: d.Review.String() + d.Effective.String(), Message: "The review date is not after " + d.Effective.Words() + ", when the policy takes effect"}}
}

func reviewTooLate(d draft) []Finding {
	from := d.Effective
	if from == 0 {
		from = d.today
	}
	if d.Review == 0 || d.Review <= from.AddMonths(36) {
		return nil
	}
	return []Finding{{Field: "review", About: d.Review.String(), Message: "The review date, " + d.Review.Words() + ", is more than three years after " + from.Words()}}
}

func noReview(d draft) []Finding {
	if d.Review != 0 || d.kind.Expires {
		return nil
	}
	return []Finding{{Field: "review", Message: "There is no review date"}}
}

func noExpiry(d draft) []Finding {
	switch {
	case !d.kind.Expires:
		return nil
	case d.Expires == 0:
		return []Finding{{Field: "expires", Message: "There is no date on which the statement ends"}}
	case d.Effective != 0 && d.Expires <= d.Effective:
		return []Finding{{Field: "expires", About: d.Expires.String(), Message: "The statement ends on " + d.Expires.Words() + ", before it takes effect"}}
	}
	return nil
}

// writtenDate is a date as people write it: "1 April 2027", "01/04/2027" or "April 2027".
var writtenDate = regexp.MustCompile(`(?i)\b(?:(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(` + strings.Join(months(), "|") + `),?\s+(\d{4})\b|\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b`)

func months() (names []string) {
	for m := time.January; m <= time.December; m++ {
		names = append(names, m.String())
	}
	return names
}

// dateWord tells by the word before it what a date is about. The last one before the date counts.
var dateWord = regexp.MustCompile(`(?i)\b(?:(review(?:ed)?)|(until|expires?|expiry|ends?|lapses?)|(appl(?:y|ies)|effective|from|in force|takes? effect|on or after|starts?|starting|begins?)|(before|since|published|searched|dated|adopted|replaces?|updated))\b`)

// datesDisagree compares the dates of the position section with the details.
func datesDisagree(d draft) (list []Finding) {
	for _, sentence := range sentences(d.words(PositionKey)) {
		at := 0
		for _, m := range writtenDate.FindAllStringSubmatchIndex(sentence, -1) {
			before := sentence[at:m[0]]
			at = m[1]
			if f, bad := d.compare(before, sentence[m[0]:m[1]]); bad {
				list = append(list, f)
			}
		}
	}
	return list
}

var sentenceEnd = regexp.MustCompile(`\n|[.;:]\s`)

// sentences cuts at line breaks and full stops that end a sentence, so that one date is not judged by the words
// of another.
func sentences(text string) []string {
	return sentenceEnd.Split(text, -1)
}

func (d draft) compare(before, written string) (Finding, bool) {
	name, field, want := d.meant(before)
	if name == "" {
		return Finding{}, false
	}
	f := Finding{Section: PositionKey, Field: field, About: field + ":" + written + "/" + want.String(), Words: written}
	got, monthOnly, ok := readWritten(written)
	switch {
	case !ok:
		f.Message = "“" + written + "” is not a date"
	case want == 0:
		f.Message = "The text says " + written + ", but the details have no " + name
	case got == want, monthOnly && got/100 == want/100:
		return Finding{}, false
	default:
		f.Message = "The text says " + written + ", but the " + name + " is " + want.Words()
	}
	return f, true
}

// meant is the field that a date after these words is about; no name when it is about none.
func (d draft) meant(before string) (name, field string, want record.Date) {
	all := dateWord.FindAllStringSubmatch(before, -1)
	if len(all) == 0 {
		return "", "", 0
	}
	switch m := all[len(all)-1]; {
	case m[1] != "":
		return "review date", "review", d.Review
	case m[2] != "" && d.kind.Expires:
		return "end date", "expires", d.Expires
	case m[3] != "" && !followsReview(all):
		return "effective date", "effective", d.Effective
	case m[3] != "":
		return "review date", "review", d.Review
	}
	return "", "", 0
}

// followsReview tells "will be reviewed from April 2030" from "applies from April 2027".
func followsReview(all [][]string) bool {
	return len(all) > 1 && all[len(all)-2][1] != "" && strings.EqualFold(all[len(all)-1][3], "from")
}

// readWritten reads a written date. For a month without a day it gives the first of the month.
func readWritten(s string) (d record.Date, monthOnly, ok bool) {
	m := writtenDate.FindStringSubmatch(s)
	if m == nil {
		return 0, false, false
	}
	if m[4] != "" {
		d, ok = record.NewDate(number(m[6]), number(m[5]), number(m[4]))
		return d, false, ok
	}
	month := 0
	for i, name := range months() {
		if strings.EqualFold(name, m[2]) {
			month = i + 1
		}
	}
	if m[1] == "" {
		d, ok = record.NewDate(number(m[3]), month, 1)
		return d, true, ok
	}
	d, ok = record.NewDate(number(m[3]), month, number(m[1]))
	return d, false, ok
}

// number reads digits that a pattern has found already.
func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}
