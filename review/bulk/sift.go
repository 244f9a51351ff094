package bulk

import (
	"errors"
	"fmt"
	"strings"

	"concordat/review"
	"concordat/review/record"
)

// sift says what becomes of each row as far as the rows themselves tell: what is at fault, left out, still to be chosen,
// or there twice is refused. The others are open: what is kept decides on them. Rows that are in already stay as they are.
func (i *Import) sift() (open []int) {
	pairs, texts := map[[2]string]int{}, map[[2]string]int{}
	claim := func(n int) {
		r := i.Rows[n]
		pairs[r.pair()] = n
		if r.SHA256 != "" {
			texts[r.text()] = n
		}
	}
	for n, r := range i.Rows {
		if r.Result != "" {
			claim(n)
		}
	}
	for n := range i.Rows {
		r := &i.Rows[n]
		if r.Result != "" || !i.whole(r) {
			continue
		}
		if first, again := pairs[r.pair()]; again {
			r.refuse(Twice, "It is for the same commissioner and policy as "+i.Rows[first].Where+". Leave one of them out")
			continue
		}
		if first, again := texts[r.text()]; again {
			r.refuse(Twice, "It is the same text as "+i.Rows[first].Where+", of the same commissioner. Record it by itself if it is about both policies")
			continue
		}
		claim(n)
		open = append(open, n)
	}
	i.tellEqual()
	return open
}

func (r Row) pair() [2]string { return [2]string{r.Commissioner, r.Policy} }

func (r Row) text() [2]string {
	return [2]string{r.Commissioner, fmt.Sprint(r.SHA256, " ", r.Part)}
}

// tellEqual tells of files with the same content under two names or in two rows: two commissioners may share a text, or
// somebody took the wrong file.
func (i *Import) tellEqual() {
	first := map[string]int{}
	for n := range i.Rows {
		r := &i.Rows[n]
		if r.SHA256 == "" || r.Part > 0 {
			continue
		}
		if before, ok := first[r.SHA256]; ok {
			r.tell("Its file is the same as that of " + i.Rows[before].Where + ".")
			continue
		}
		first[r.SHA256] = n
	}
}

// whole refuses a row for what it lacks, and tells whether it lacks nothing.
func (i *Import) whole(r *Row) bool {
	switch {
	case r.Left:
		r.refuse(LeftOut, "It was left out")
	case r.Fault != "":
		r.refuse(r.Faulty, r.Fault)
	case r.Commissioner == "" && r.SaidPlace != "":
		r.refuse(Choose, "“"+r.SaidPlace+"” is not the name of a commissioner here. Choose which is meant")
	case r.Commissioner == "" && r.Policy == "":
		r.refuse(Choose, "Choose whose it is and which policy it is about")
	case r.Commissioner == "":
		r.refuse(Choose, "Choose whose it is")
	case r.Policy == "" && len(r.Guessed) == 0 && r.SaidTopic != "":
		r.refuse(Choose, "“"+r.SaidTopic+"” is not the title, the reference or a code of a policy of this commissioner. Choose which is meant, or leave it out")
	case r.Policy == "" && len(r.Guessed) == 0:
		r.refuse(Choose, "No policy has its title or codes. Choose which it is about, or leave it out")
	case r.Policy == "":
		r.refuse(Choose, "Choose which policy it is about: the program is not sure")
	default:
		return true
	}
	return false
}

// tell notes something once.
func (r *Row) tell(note string) {
	for _, n := range r.Notes {
		if n == note {
			return
		}
	}
	r.Notes = append(r.Notes, note)
}

// input is what a row says of a local policy. Its text is not part of it.
func (i *Import) input(n int) review.LocalInput {
	r := i.Rows[n]
	in := review.LocalInput{ID: i.textID(n), Policy: r.Policy, Commissioner: r.Commissioner, Without: r.Without, Effective: r.Effective, Review: r.Review, Source: r.Source}
	if r.Without == review.HasPolicy {
		in.Title, in.Codes, in.FileName = r.Title, r.Codes, r.File
	}
	return in
}

// textID names the local policy that a row becomes, so that no row becomes two, however often it is tried.
func (i *Import) textID(n int) string { return fmt.Sprintf("%s-%04d", i.ID, n+1) }

// decide says what becomes of an open row, given what keeping it would do.
func (r *Row) decide(v review.Verdict) {
	switch {
	case errors.Is(v.Refusal, record.ErrForbidden):
		r.refuse(Rule, "Your role does not let you record what this commissioner has. Ask the commissioner’s contact or a policy lead")
	case v.Refusal != nil:
		r.refuse(Rule, reason(v.Refusal))
	default:
		r.take(v)
	}
}

// is tells whether a local policy is what a row would become: of the same file, and in a book of the same title.
func (r Row) is(l *review.LocalPolicy) bool {
	switch {
	case l.Commissioner != r.Commissioner:
		return false
	case r.Without != review.HasPolicy:
		return l.Without == r.Without && l.Effective == r.Effective && (l.Effective != 0 || l.Replaced == "")
	}
	return l.Original != nil && l.Original.SHA256 == r.SHA256 && (r.Part == 0 || l.Original.Title == r.Title)
}

// reason is an error in words for the person who brings the text in.
func reason(err error) string {
	var faults record.Faults
	if !errors.As(err, &faults) {
		return "It could not be recorded. Try again, or record it by itself"
	}
	words := make([]string, len(faults))
	for i, f := range faults {
		words[i] = strings.TrimRight(f.Message, ".")
	}
	return strings.Join(words, ". ")
}
