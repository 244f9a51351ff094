package bulk

import (
	"strings"
	"testing"
	"unicode/utf8"

	"concordat/review"
	"concordat/review/intake"
)

// FuzzManifest reads arbitrary tables as manifests: each line gives one row, whose words are text.
func FuzzManifest(f *testing.F) {
	for _, s := range []string{"commissioner,topic,file\na,b,c\n", "CCG;code;document;in force;review date;URL;no policy\nx;F34;y.docx;1/4/18;Apr 20;z;open\n", "commissioner\tfile\n\t\nNHS X\tNone\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		sheets, _, err := intake.Sheets("x.csv", data)
		if err != nil {
			return
		}
		m, ok := readManifest("x.csv", sheets)
		if !ok {
			return
		}
		for _, line := range m.lines {
			r := line.begin("x.csv")
			if !utf8.ValidString(r.SaidPlace+r.SaidTopic+r.Fault+strings.Join(r.Notes, "")) || line.row < 2 {
				t.Fatalf("%+v", r)
			}
			find([]string{"a.docx", "b/a.docx", line.file}, line.file)
		}
	})
}

// FuzzBundle opens arbitrary archives.
func FuzzBundle(f *testing.F) {
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Add([]byte("words"))
	f.Fuzz(func(t *testing.T, data []byte) {
		b := &bundle{left: 1 << 20}
		if err := b.add(0, "x.zip", data); err != nil {
			return
		}
		r := &reader{of: &Import{}, bundle: b, world: newWorld(nil, nil), files: new(review.Service), takes: func(intake.Document) error { return nil }}
		rows, err := r.rows(t.Context())
		i := &Import{Rows: rows}
		i.sift()
		if s := i.Sum(); err == nil && (s.In == 0 || s.In != s.New+s.Replaced+s.Refused) {
			t.Fatalf("%+v", s)
		}
	})
}

func TestFind(t *testing.T) {
	t.Parallel()
	files := []string{"texts/Tonsils.docx", "Grommets.docx", "old/Grommets.docx", "Hip.md", "hip.html"}
	for name, want := range map[string]int{"tonsils.docx": 0, "Tonsils": 0, `texts\tonsils.docx`: 0, "Grommets.docx": 1, "old/grommets.docx": 2, "hip": -1, "hip.md": 3, "knee": -1, "": -1, "folder/Hip.md": 3} {
		if at, ok := find(files, name); ok != (want >= 0) || ok && at != want {
			t.Errorf("%q: %d, %t, want %d", name, at, ok, want)
		}
	}
}

func TestBundleIsBounded(t *testing.T) {
	t.Parallel()
	b := &bundle{left: review.MaxFile}
	b.entries = []entry{{name: "a", data: []byte("x")}}
	if data, fault := b.read(b.entries[0]); fault != "" || string(data) != "x" {
		t.Errorf("%q, %q", data, fault)
	}
}
