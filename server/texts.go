package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"concordat/review/clause"
	"concordat/review/intake"
)

// textFile is a policy read from a file, for the commands that need no database.
type textFile struct {
	name   string // of the file, without its folders
	text   clause.Text
	losses []string // what could not be carried over
}

// readTextFile reads a Word document, PDF, web page, sheet or Markdown. A file that cannot be read is a fault of the call, so
// that scripts see status 2.
func readTextFile(path string) (textFile, error) {
	f, err := os.Open(path)
	if err != nil {
		return textFile{}, &usage{fmt.Errorf("server: %w", err)}
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, intake.MaxBytes+1))
	if err != nil {
		return textFile{}, &usage{fmt.Errorf("server: %w", err)}
	}
	out := textFile{name: filepath.Base(path)}
	doc, err := intake.Read(out.name, data)
	if err != nil {
		return textFile{}, &usage{fmt.Errorf("server: %w", err)}
	}
	out.text = clause.Parse(doc.Markdown)
	for _, l := range doc.Losses {
		out.losses = append(out.losses, l.String())
	}
	return out, nil
}

// formats are what a command about texts can print.
var formats = []string{"text", "csv", "json", "html"}

// textFiles reads the flags of a command about texts: the format and its own, and the files that are left. about is its
// help.
func (c *call) textFiles(name, about string, own ...option) (format string, files []string, err error) {
	fs := flag.NewFlagSet("server "+name, flag.ContinueOnError)
	fs.SetOutput(c.out)
	fs.StringVar(&format, "format", "text", "one of "+strings.Join(formats, ", "))
	for _, o := range own {
		fs.StringVar(o.value, o.name, "", o.about)
	}
	fs.Usage = func() {
		fmt.Fprintln(c.out, about)
		fs.PrintDefaults()
	}
	if err := fs.Parse(c.args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return "", nil, err
		}
		return "", nil, &usage{err}
	}
	if !slices.Contains(formats, format) {
		return "", nil, &usage{fmt.Errorf("server %s: there is no format %q; choose one of %s", name, format, strings.Join(formats, ", "))}
	}
	return format, fs.Args(), nil
}

const compareHelp = `Usage: server compare [-format text|csv|json|html] A B

Prints what differs between the text in file A and the text in file B, clause by clause: each change with its class
(quantity, criterion added, binding changed, wording only …), with what is proved that it does for patients (narrower:
fewer could have the treatment; wider: more could; same; opposite; else both must be read) and why, and the level of change
from 0 to 3 that the words propose, with each step. What could not be carried over from a file, and what was read as no
criterion, is listed too. Files may be Word (.docx), PDF, HTML, Markdown, plain text, .xlsx or .csv. No database is used.

The status is 0 when the texts were compared, whether they differ or not, and 2 when a file cannot be read.
`

// compareTexts prints the differences of two files.
func compareTexts(_ context.Context, c *call) error {
	format, files, err := c.textFiles("compare", compareHelp)
	if err != nil {
		return err
	}
	if len(files) != 2 {
		return &usage{fmt.Errorf("server compare: give two files, the text before and the text after; %d given", len(files))}
	}
	before, err := readTextFile(files[0])
	if err != nil {
		return err
	}
	after, err := readTextFile(files[1])
	if err != nil {
		return err
	}
	return newComparison(before, after).write(c.out, format)
}
