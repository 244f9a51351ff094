package main

import (
	"strings"
	"testing"
)

func TestProve(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name   string
		lines  []string
		proved int
		fails  bool
	}{
		{"flushed", []string{
			`7 write(1<pipe:[1]>, "begin 3 1\n", 10) = 10`, `8 pwrite64(5</d/concordat.db-wal>, "x"..., 4096, 0) = 4096`,
			`8 fdatasync(5</d/concordat.db-wal>) = 0`, `7 write(1<pipe:[1]>, "ack 3 1\n", 8) = 8`}, 1, false},
		{"flushed in halves", []string{
			`7 write(1<pipe:[1]>, "begin 3 1\n", 10 <unfinished ...>`, `7 <... write resumed>) = 10`,
			`8 pwrite64(5</d/concordat.db-wal>, "x"..., 4096, 0) = 4096`, `8 fdatasync(5</d/concordat.db-wal> <unfinished ...>`,
			`9 write(1<pipe:[1]>, "begin 4 1\n", 10) = 10`, `8 <... fdatasync resumed>) = 0`,
			`7 write(1<pipe:[1]>, "ack 3 1\n", 8) = 8`}, 1, false},
		{"not flushed", []string{
			`7 write(1<pipe:[1]>, "begin 3 1\n", 10) = 10`, `8 pwrite64(5</d/concordat.db-wal>, "x"..., 4096, 0) = 4096`,
			`7 write(1<pipe:[1]>, "ack 3 1\n", 8) = 8`}, 0, true},
		{"flushed before it was written", []string{
			`7 write(1<pipe:[1]>, "begin 3 1\n", 10) = 10`, `8 fdatasync(5</d/concordat.db-wal>) = 0`,
			`8 pwrite64(5</d/concordat.db-wal>, "x"..., 4096, 0) = 4096`, `7 write(1<pipe:[1]>, "ack 3 1\n", 8) = 8`}, 0, true},
		{"acknowledged while flushing", []string{
			`7 write(1<pipe:[1]>, "begin 3 1\n", 10) = 10`, `8 pwrite64(5</d/concordat.db-wal>, "x"..., 4096, 0) = 4096`,
			`8 fdatasync(5</d/concordat.db-wal> <unfinished ...>`, `7 write(1<pipe:[1]>, "ack 3 1\n", 8) = 8`,
			`8 <... fdatasync resumed>) = 0`}, 0, true},
		{"the flush failed", []string{
			`7 write(1<pipe:[1]>, "begin 3 1\n", 10) = 10`, `8 pwrite64(5</d/concordat.db-wal>, "x"..., 4096, 0) = 4096`,
			`8 fdatasync(5</d/concordat.db-wal>) = -1 EIO (Input/output error)`, `7 write(1<pipe:[1]>, "ack 3 1\n", 8) = 8`}, 0, true},
		{"another file", []string{
			`7 write(1<pipe:[1]>, "begin 3 1\n", 10) = 10`, `8 pwrite64(5</d/concordat.db-wal>, "x"..., 4096, 0) = 4096`,
			`8 fdatasync(6</d/concordat.db>) = 0`, `7 write(1<pipe:[1]>, "ack 3 1\n", 8) = 8`}, 0, true},
	} {
		proved, err := prove(strings.NewReader(strings.Join(tc.lines, "\n")))
		if proved != tc.proved || (err != nil) != tc.fails {
			t.Errorf("%s: %d proved, %v; want %d", tc.name, proved, err, tc.proved)
		}
	}
}

func TestDrill(t *testing.T) {
	t.Parallel()
	known := tally{3: 4}
	for _, tc := range []struct {
		line  string
		fails bool
		want  int64
	}{{"begin 3 5", false, 4}, {"ack 3 5", false, 5}, {"ack 3", false, 5}, {"ack 3 7", true, 5}, {"", false, 5}} {
		if err := known.note(tc.line); (err != nil) != tc.fails || known[3] != tc.want {
			t.Errorf("%q: %v, known %d, want %d", tc.line, err, known[3], tc.want)
		}
	}
}
