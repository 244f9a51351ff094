package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"concordat/review/clause"
	"concordat/review/harmony"
	"concordat/server/internal/export"
	"concordat/server/internal/matrixview"
)

const matrixHelp = `Usage: server matrix [-reference FILE] [-format text|csv|json|html] FILE…

Puts the criteria of several texts on one treatment side by side: which text asks for what, and how each stands to the
reference or, without one, to what most of them say. Same, narrower (fewer patients could have the treatment), wider (more
could) and opposite are said where they are proved; of all else both texts must be read. What stands in no row, and what
could not be carried over from a file, is listed too. Files may be Word (.docx), PDF, HTML, Markdown, plain text, .xlsx or .csv; each is named after its file. No database
is used.

  server matrix -reference national.pdf -format csv aldermoss.docx brindlewick.html > matrix.csv

The status is 0 when the texts were put side by side, and 2 when a file cannot be read.
`

// matrix prints the matrix of any files.
func matrix(_ context.Context, c *call) error {
	var reference string
	format, files, err := c.textFiles("matrix", matrixHelp, option{&reference, "reference", "the text that the others are compared with, such as national guidance"})
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return &usage{errors.New("server matrix: give the files to put side by side")}
	}
	var t harmony.Topic
	for i, file := range files {
		x, err := readSide(file, fmt.Sprintf("text-%d", i+1))
		if err != nil {
			return err
		}
		t.Locals = append(t.Locals, x)
	}
	if reference != "" {
		x, err := readSide(reference, string(harmony.National))
		if err != nil {
			return err
		}
		t.National = &x
	}
	m := harmony.Build(t)
	return writeMatrix(c.out, &m, format)
}

// readSide reads one text of a matrix, without the numbers that were typed into it.
func readSide(file, place string) (harmony.Text, error) {
	f, err := readTextFile(file)
	if err != nil {
		return harmony.Text{}, err
	}
	markdown, _ := clause.Untype(f.text.Markdown)
	return harmony.Text{Place: place, Name: strings.TrimSuffix(f.name, filepath.Ext(f.name)), Reading: clause.Parse(markdown).Criteria(), Lost: f.losses}, nil
}

func writeMatrix(out io.Writer, m *harmony.Matrix, format string) error {
	switch format {
	case "json":
		return m.WriteJSON(out)
	case "csv":
		head, rows := m.Grid(nil)
		return export.CSV(out, export.Grid("Matrix", head, rows))
	case "html":
		return matrixview.WriteHTML(out, m)
	}
	return m.WriteText(out)
}
