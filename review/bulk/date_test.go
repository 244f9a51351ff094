package bulk_test

import (
	"testing"

	"concordat/review/bulk"
	"concordat/review/record"
)

func TestReadDate(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		typed string
		want  record.Date
		note  bool
		ok    bool
	}{
		{"1 April 2018", 20180401, false, true}, {"1st April 2018", 20180401, false, true}, {"01 Apr 18", 20180401, false, true}, {"1-Apr-18", 20180401, false, true},
		{"the 1st", 0, false, false}, {"01/04/2018", 20180401, false, true}, {"1.4.2018", 20180401, false, true}, {"2018-04-01", 20180401, false, true},
		{"2018-04-01 00:00:00", 20180401, false, true}, {"13/04/18", 20180413, false, true}, {"04/13/2018", 0, false, false}, {"April 1, 2018", 20180401, false, true},
		{"22nd of September 2016", 20160922, false, true}, {"Apr 2018", 20180401, true, true}, {"Apr-18", 20180401, true, true}, {"04/2018", 20180401, true, true},
		{"April\u00a02018 ", 20180401, true, true}, {"2018", 0, false, false}, {"43191", 0, false, false}, {"31/02/2018", 0, false, false}, {"soon", 0, false, false},
		{"", 0, false, true}, {"-", 0, false, true}, {"N/A", 0, false, true}, {"not known", 0, false, true}, {"TBC", 0, false, true}, {"32 April 2018", 0, false, false},
	} {
		got, note, ok := bulk.ReadDate(tc.typed)
		if got != tc.want && ok || ok != tc.ok || ok && (note != "") != tc.note {
			t.Errorf("%q: %v, %q, %t; want %v, %t", tc.typed, got, note, ok, tc.want, tc.ok)
		}
	}
}

func FuzzReadDate(f *testing.F) {
	for _, s := range []string{"1 April 2018", "04/2018", "Apr 18", "2018-04-01T00:00Z"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, _, ok := bulk.ReadDate(s)
		if again, note, _ := bulk.ReadDate(d.Words()); ok && (again != d || note != "") {
			t.Errorf("%q is %v, which is read as %v", s, d, again)
		}
	})
}
