package review

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// zipped is an archive with the names given, stored as they are.
func zipped(t *testing.T, first string, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range names {
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err == nil {
			_, err = f.Write([]byte(first))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestFileType(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		data []byte
		want string
	}{
		{"pdf", []byte("%PDF-1.7"), ".pdf"},
		{"png", []byte("\x89PNG\r\n\x1a\nrest"), ".png"},
		{"jpeg", []byte("\xff\xd8\xff\xe0"), ".jpg"},
		{"word", zipped(t, "", "[Content_Types].xml", "word/document.xml"), ".docx"},
		{"excel", zipped(t, "", "xl/workbook.xml"), ".xlsx"},
		{"opendocument", zipped(t, openDocument, "mimetype", "content.xml"), ".odt"},
		{"text", []byte("Plain – words"), ".txt"},
		{"word with macros", zipped(t, "", "word/document.xml", "word/vbaProject.bin"), ""},
		{"another archive", zipped(t, "", "readme"), ""},
		{"no archive", []byte("PK\x03\x04zzz"), ""},
		{"web page", []byte(" <!DOCTYPE html><p>x"), ""},
		{"script", []byte("hello <script>alert(1)</script>"), ""},
		{"vector picture", []byte("<svg xmlns='x'/>"), ""},
		{"program", []byte("MZ\x90\x00"), ""},
		{"not UTF-8", []byte("caf\xe9"), ""},
		{"nothing", nil, ""},
	} {
		if _, got := fileType(tc.data); got != tc.want {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
	}
}

func TestFileName(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ in, want string }{
		{"Form.docx", "Form.pdf"},
		{`C:\Users\ann\Form v1.2.docx`, "Form v1.2.pdf"},
		{"../../etc/passwd", "passwd.pdf"},
		{"a\r\nSet-Cookie: b", "a Set-Cookie b.pdf"},
		{"", "file.pdf"},
		{"...", "file.pdf"},
		{"\xff\x00", "file.pdf"},
		{strings.Repeat("ä", 300), strings.Repeat("ä", 90) + ".pdf"},
	} {
		if got := fileName(tc.in, ".pdf"); got != tc.want {
			t.Errorf("fileName(%q) = %q, want %q", tc.in, got, tc.want)
		}
	}
}

func FuzzFile(f *testing.F) {
	f.Add("a.pdf", []byte("%PDF-"))
	f.Add("../\x00", []byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		_, end := fileType(data)
		got := fileName(name, end)
		if strings.ContainsAny(got, "/\\\r\n\"\x00") || got == end {
			t.Fatalf("fileName(%q) = %q", name, got)
		}
	})
}

func TestCodes(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		codes Codes
		want  int
	}{
		{Codes{OPCS4: []string{"F34", "F34.1", "C71-C75", "C71 – C75", "W37.1-W42"}}, 0},
		{Codes{ICD10: []string{"J35", "J35.0", "J350", "C50X", "H25-H26", "M16.0A"}}, 0},
		{Codes{OPCS4: []string{"", "f34", "F3", "F34.11", "C75-C71", "C71-C71", "C71-", "-C71", "F34 F36"}}, 9},
		{Codes{ICD10: []string{"J35.123", "H26-H25", "H25-J26"}}, 3},
	} {
		if got := tc.codes.faults("x-"); len(got) != tc.want {
			t.Errorf("%+v: %v, want %d faults", tc.codes, got, tc.want)
		}
	}
}

func FuzzCodes(f *testing.F) {
	f.Add("C71-C75")
	f.Add("–")
	f.Fuzz(func(_ *testing.T, code string) {
		_ = fmt.Sprint(Codes{OPCS4: []string{code}, ICD10: []string{code}}.wrong())
	})
}
