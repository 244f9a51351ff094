package demo

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"

	"concordat/review"
	"concordat/review/record"
)

// sheet is one text of the demonstration: lines "Key: value", an empty line, then words, which may be divided into
// parts by lines "== name".
type sheet struct {
	name   string // of the file, without folder and ending
	fields []field
	body   string // before the first part
	parts  []part
	faults []error // what could not be understood, told when everything was asked for
}

type field struct{ key, value string }

type part struct{ name, text string }

func readSheet(file string) (*sheet, error) {
	data, err := texts.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("reading the demonstration: %w", err)
	}
	s := parseSheet(string(data))
	s.name = strings.TrimSuffix(path.Base(file), path.Ext(file))
	return s, nil
}

// readSheets reads the files of a folder in the order of their names; a folder that is not there has none.
func readSheets(folder string) ([]*sheet, error) {
	entries, err := texts.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the demonstration: %w", err)
	}
	var out []*sheet
	for _, e := range entries {
		if e.IsDir() {
			continue
		}
		s, err := readSheet(path.Join(folder, e.Name()))
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

func parseSheet(text string) *sheet {
	s := &sheet{}
	head, rest, _ := strings.Cut(text, "\n\n")
	for line := range strings.Lines(head) {
		key, value, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok {
			s.faults = append(s.faults, fmt.Errorf("%q is not a field", line))
		}
		s.fields = append(s.fields, field{key, strings.TrimSpace(value)})
	}
	pieces := strings.Split("\n"+rest, "\n== ")
	s.body = strings.TrimSpace(pieces[0])
	for _, p := range pieces[1:] {
		name, words, _ := strings.Cut(p, "\n")
		s.parts = append(s.parts, part{strings.TrimSpace(name), strings.TrimSpace(words)})
	}
	return s
}

// one is the value of a field; "" when it is not there.
func (s *sheet) one(key string) string {
	for _, f := range s.fields {
		if f.key == key {
			return f.value
		}
	}
	return ""
}

// all are the values of a field that may stand several times, each cut at its bars.
func (s *sheet) all(key string) (out [][]string) {
	for _, f := range s.fields {
		if f.key == key {
			out = append(out, cells(f.value))
		}
	}
	return out
}

func cells(line string) []string {
	list := strings.Split(line, "|")
	for i := range list {
		list[i] = strings.TrimSpace(list[i])
	}
	return list
}

// list is a field with semicolons.
func (s *sheet) list(key string) []string { return split(s.one(key)) }

func split(value string) (out []string) {
	for x := range strings.SplitSeq(value, ";") {
		if x = strings.TrimSpace(x); x != "" {
			out = append(out, x)
		}
	}
	return out
}

// date reads a field such as "2027-01-01"; 0 when it is not there.
func (s *sheet) date(key string) record.Date { return s.day(s.one(key)) }

func (s *sheet) day(value string) record.Date {
	if value == "" {
		return 0
	}
	d, err := record.ParseDate(value)
	s.fault(err)
	return d
}

func (s *sheet) moment(value string) time.Time {
	t, err := moment(value)
	s.fault(err)
	return t
}

// moment reads "2026-05-11" or "2026-05-11 14:20", in London; ten in the morning unless it says.
func moment(value string) (time.Time, error) {
	if len(value) == len(time.DateOnly) {
		value += " 10:00"
	}
	t, err := time.ParseInLocation("2006-01-02 15:04", value, record.London())
	return t.UTC(), err
}

func (s *sheet) number(value string) review.Number {
	n, err := review.ParseNumber(value)
	s.fault(err)
	return n
}

func (s *sheet) fault(err error) {
	if err != nil {
		s.faults = append(s.faults, err)
	}
}

// err is everything that was not understood.
func (s *sheet) err() error {
	if len(s.faults) == 0 {
		return nil
	}
	return fmt.Errorf("demonstration, text %s: %w", s.name, errors.Join(s.faults...))
}
