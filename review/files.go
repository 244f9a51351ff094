package review

import (
	"archive/zip"
	"bytes"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"concordat/review/intake"
	"concordat/review/record"
)

// MaxFile is the greatest size of an uploaded file in bytes, MaxFiles how many a policy may have.
const (
	MaxFile  = 20 << 20
	MaxFiles = 20
)

// fileType tells a file's type by its content, of the types that are safe to hand out: documents without macros,
// pictures, plain text. Web pages are not among them, since they can hold programs.
func fileType(data []byte) (contentType, extension string) {
	switch {
	case bytes.HasPrefix(data, []byte("%PDF-")):
		return "application/pdf", ".pdf"
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return "image/png", ".png"
	case bytes.HasPrefix(data, []byte("\xff\xd8\xff")):
		return "image/jpeg", ".jpg"
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return officeType(data)
	case plainText(data):
		return "text/plain; charset=utf-8", ".txt"
	}
	return "", ""
}

// maxParts is more than a file of an office program has, whatever is in it.
const maxParts = 5000

const openDocument = "application/vnd.oasis.opendocument.text"

// officeType looks into the archive that Word, Excel and OpenDocument files are.
func officeType(data []byte) (contentType, extension string) {
	archive, err := intake.OpenZIP(data, maxParts)
	if err != nil {
		return "", ""
	}
	for _, f := range archive.File {
		name := strings.ToLower(f.Name)
		switch {
		case isMacro(name):
			return "", ""
		case name == "word/document.xml":
			contentType, extension = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"
		case name == "xl/workbook.xml":
			contentType, extension = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"
		case name == "mimetype" && f.Method == zip.Store && bytes.Contains(data[:min(len(data), 200)], []byte("mimetype"+openDocument)):
			contentType, extension = openDocument, ".odt"
		}
	}
	return contentType, extension
}

// isMacro tells whether a part of an archive, by its name in lower case, is a program.
func isMacro(name string) bool {
	return strings.HasSuffix(name, "vbaproject.bin") || strings.HasPrefix(name, "basic/")
}

// holdsMacros tells whether a file of an office program holds programs.
func holdsMacros(data []byte) bool {
	archive, err := intake.OpenZIP(data, maxParts)
	return err == nil && slices.ContainsFunc(archive.File, func(f *zip.File) bool { return isMacro(strings.ToLower(f.Name)) })
}

func plainText(data []byte) bool {
	if len(bytes.TrimSpace(data)) == 0 || !utf8.Valid(data) {
		return false
	}
	head := strings.ToLower(string(bytes.TrimSpace(data[:min(len(data), 1000)])))
	if strings.HasPrefix(head, "<") || strings.Contains(head, "<script") || strings.Contains(head, "<html") {
		return false
	}
	return !bytes.ContainsFunc(data, func(r rune) bool { return r < ' ' && !strings.ContainsRune("\t\n\r\f", r) })
}

// fileName is a name that is safe in a folder and in a header: no path, no control or odd characters, at most
// 100 characters, and the ending that its content has.
func fileName(name, extension string) string {
	name = path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, ""), `\`, "/"))
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), strings.ContainsRune(" -_.()&,+", r):
			return r
		case unicode.IsSpace(r):
			return ' '
		}
		return -1
	}, name)
	if end := path.Ext(name); len(end) <= 6 {
		name = strings.TrimSuffix(name, end)
	}
	runes := []rune(strings.Trim(strings.Join(strings.Fields(name), " "), ". "))
	name = strings.TrimRight(string(runes[:min(len(runes), 90)]), ". ")
	if name == "" {
		name = "file"
	}
	return name + extension
}

// webAddress tells whether a text is a whole http address.
func webAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

// addFile adds a supporting document to the draft. It is a save of its own: what a reader may rely on has changed.
func (p *Policy) addFile(f File, by string) (record.Event, error) {
	var faults record.Faults
	faults.Add(f.Title == "", "title", "Enter the title that readers will see")
	faults.Add(len([]rune(f.Title)) > 150, "title", "The title must be 150 characters or fewer")
	faults.Add(len(p.Files) >= MaxFiles, "file", "A policy can have up to 20 files. Remove one first")
	for _, x := range p.Files {
		faults.Add(x.SHA256 == f.SHA256, "file", "This file is there already, as “"+x.Title+"”")
	}
	if err := faults.Err(); err != nil {
		return record.Event{}, err
	}
	p.Files = append(p.Files[:len(p.Files):len(p.Files)], f)
	return p.filed("policy.file-added", by).With("file", f.ID).With("sha256", f.SHA256), nil
}

// removeFile takes a supporting document from the draft. Versions that were issued with it keep it.
func (p *Policy) removeFile(id, by string) (record.Event, error) {
	var kept []File
	for _, f := range p.Files {
		if f.ID != id {
			kept = append(kept, f)
		}
	}
	if len(kept) == len(p.Files) {
		return record.Event{}, record.ErrNotFound
	}
	p.Files = kept
	return p.filed("policy.file-removed", by).With("file", id), nil
}

func (p *Policy) filed(action, by string) record.Event {
	p.Saves++
	return record.Event{Action: action, Keep: []record.Document{p.snapshot(by)}}.With("save", p.Saves)
}
