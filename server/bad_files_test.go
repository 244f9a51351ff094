package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// badFiles are sent to every form that takes a file. Supporting documents are kept as they came and never read, so
// what only a reader would trip over may be accepted there; it must do no harm then.
var badFiles = []struct {
	name, file string
	data       func(*testing.T) []byte
	harmless   bool // may be accepted
}{
	{"nothing in it", "empty.docx", literal(""), false},
	{"26 MB", "large.docx", func(*testing.T) []byte { return bytes.Repeat([]byte("PK\x03\x04 many "), 26<<20/10) }, false},
	{"a program", "policy.exe", literal("MZ\x90\x00" + strings.Repeat("\x00\x01", 500)), false},
	{"a program named as Word", "policy.docx", literal("MZ\x90\x00" + strings.Repeat("\x00\x01", 500)), false},
	{"a picture named as Word", "policy.docx", literal("\x89PNG\r\n\x1a\n" + strings.Repeat("\x00", 100)), true},
	{"a zip bomb", "bomb.docx", func(t *testing.T) []byte { return docx(t, "word/document.xml", io.LimitReader(zeros{}, 400<<20)) }, true},
	{"XML entities", "laughs.docx", func(t *testing.T) []byte { return docx(t, "word/document.xml", strings.NewReader(laughs)) }, true},
	{"macros", "macros.docm", func(t *testing.T) []byte { return docx(t, "word/vbaProject.bin", strings.NewReader("Sub AutoOpen()")) }, false},
	{"macros named as Word", "macros.docx", func(t *testing.T) []byte { return docx(t, "word/vbaProject.bin", strings.NewReader("Sub AutoOpen()")) }, false},
	{"a passphrase", "locked.docx", literal("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600) + utf16("EncryptedPackage")), false},
	{"old Word", "old.doc", literal("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600) + utf16("WordDocument")), true},
	{"a damaged archive", "broken.docx", literal("PK\x03\x04\x14\x00" + strings.Repeat("broken", 50)), true},
	{"a damaged PDF", "broken.pdf", literal("%PDF-1.7\n" + strings.Repeat("broken", 50)), true},
	{"1 MB of one word", "word.txt", literal(strings.Repeat("w", 1<<20)), true},
	{"invalid UTF-8", "text.md", literal("# Caf\xff\xfe\n\n\xc3\x28"), true},
	{"a table bomb", "table.md", literal("|" + strings.Repeat("a|", 3000) + "\n|" + strings.Repeat("-|", 3000) + "\n" + strings.Repeat("|\n", 3000)), true},
	{"a table bomb in HTML", "table.html", literal(`<table><tr>` + strings.Repeat(`<td colspan="1000" rowspan="60000">x</td>`, 2000) + `</tr></table>`), true},
	{"10,000 nested quotes", "quotes.md", literal(strings.Repeat("> ", 10_000) + "deep"), true},
	{"10,000 nested elements", "deep.html", literal(strings.Repeat("<div><blockquote>", 10_000) + "deep"), true},
}

const laughs = `<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&b;&x;</w:t></w:r></w:p></w:body></w:document>`

func literal(s string) func(*testing.T) []byte { return func(*testing.T) []byte { return []byte(s) } }

func utf16(s string) string { return strings.Join(strings.Split(s, ""), "\x00") + "\x00" }

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

// docx is an archive that looks like a Word file, with one part of its own.
func docx(t *testing.T, name string, part io.Reader) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	parts := []struct {
		name string
		body io.Reader
	}{{"[Content_Types].xml", strings.NewReader(`<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`)}, {name, part}}
	if name != "word/document.xml" {
		parts = append(parts, parts[1])
		parts[1].name, parts[1].body = "word/document.xml", strings.NewReader(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p/></w:body></w:document>`)
	}
	for _, p := range parts {
		w, err := z.Create(p.name)
		if err == nil {
			_, err = io.Copy(w, p.body)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestBadFilesInEveryForm(t *testing.T) {
	t.Parallel()
	tried := 0
	for path, f := range newHostile(t).known() {
		for _, x := range f.fields {
			if x.kind == "file" {
				tried++
				t.Run(strings.ReplaceAll(path[1:], "/", " "), func(t *testing.T) {
					t.Parallel()
					newHostile(t).badFiles(t, f, x.name)
				})
			}
		}
	}
	if tried < 2 {
		t.Errorf("%d forms take files; there are more", tried)
	}
}

func (h *hostile) badFiles(t *testing.T, f webForm, field string) {
	reads := strings.Contains(f.action, "/local/")
	for _, bad := range badFiles {
		v := f.filled()
		if reads {
			v.Set("without", "policy")
			v.Del("text")
		}
		if kept := f.beside(); kept != "" {
			v.Set(kept, "Words that are kept "+script)
		}
		before := h.docs.saved.Load()
		got := h.upload(f, v, field, bad.file, bad.data(t))
		if got.status >= 500 || got.status < 200 {
			t.Errorf("%s: %d", bad.name, got.status)
		}
		h.harmless(f.action, got)
		if got.status < 400 {
			if !bad.harmless {
				t.Errorf("%s: accepted with %d", bad.name, got.status)
			}
			to := got.header.Get("Location")
			if shown := h.send(h.client, http.MethodGet, to, "", ""); shown.status != http.StatusOK {
				t.Errorf("%s: accepted, and %s = %d", bad.name, to, shown.status)
			}
			f = h.found(t, f)
			continue
		}
		if saved := h.docs.saved.Load() - before; saved != 0 {
			t.Errorf("%s: %d, but %d events were saved", bad.name, got.status, saved)
		}
		h.says(t, bad.name, f, v, got)
	}
}

// says looks for a message at the field and for what was typed beside the file.
func (h *hostile) says(t *testing.T, name string, f webForm, v url.Values, got got) {
	t.Helper()
	p := readPage(f.page, got.body)
	if got.status == http.StatusRequestEntityTooLarge {
		if !strings.Contains(got.body, "smaller") {
			t.Errorf("%s: does not say what to do: %s", name, told(got.body))
		}
		return
	}
	if got.status != http.StatusUnprocessableEntity || len(p.summary) == 0 || p.messages == 0 {
		t.Errorf("%s: %d without a message: %s", name, got.status, told(got.body))
	}
	for _, x := range p.forms {
		if kept := f.beside(); x.action == f.action && (kept == "" || x.values().Get(kept) == v.Get(kept)) {
			return
		}
	}
	t.Errorf("%s: what was typed beside the file is lost", name)
}

// beside is a field of words beside the file; "" when there is none.
func (f webForm) beside() string {
	for _, name := range []string{"title", "source"} {
		if slices.ContainsFunc(f.fields, func(x webField) bool { return x.name == name }) {
			return name
		}
	}
	return ""
}

// found reads the form again.
func (h *hostile) found(t *testing.T, f webForm) webForm {
	t.Helper()
	got := h.send(h.client, http.MethodGet, f.page, "", "")
	h.harmless(f.page, got)
	for _, x := range readPage(f.page, got.body).forms {
		if x.action == f.action {
			return x
		}
	}
	t.Fatalf("%s has no form for %s any more", f.page, f.action)
	return f
}

func (h *hostile) upload(f webForm, v url.Values, field, name string, data []byte) got {
	h.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for key, values := range v {
		for _, x := range values {
			if err := w.WriteField(key, x); err != nil {
				h.t.Fatal(err)
			}
		}
	}
	part, err := w.CreateFormFile(field, name)
	if err == nil {
		_, err = part.Write(data)
	}
	if err != nil {
		h.t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		h.t.Fatal(err)
	}
	return h.send(h.client, http.MethodPost, f.action, w.FormDataContentType(), b.String())
}
