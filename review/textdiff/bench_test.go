package textdiff

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/sergi/go-diff/diffmatchpatch"

	"concordat/review/clause"
)

// policy writes a text of about n bytes as policies are: sections of paragraphs and lists, from a fixed seed.
func policy(n int) []string {
	words := strings.Fields(`patients commissioned criteria episodes treatment surgery months clinician referral
		evidence severe conservative BMI 30 7 6/12 funding exceptional approval adults children symptoms in of the
		and with or at least must be have been for not a which local hospital specialist score pain function 12`)
	r := rand.New(rand.NewPCG(1, 2))
	var blocks []string
	for size := 0; size < n; {
		line := make([]string, 8+r.IntN(40))
		for i := range line {
			line[i] = words[r.IntN(len(words))]
		}
		block := []string{"", "", "- ", "- ", "## "}[r.IntN(5)] + strings.Join(line, " ") + "."
		if strings.HasPrefix(block, "## ") {
			block = "## " + strings.Join(line[:4], " ")
		}
		blocks = append(blocks, block)
		size += len(block) + 2
	}
	return blocks
}

// pair is a policy and what some edits spread over it make of it.
func pair(bytes, edits int) (before, after string) {
	blocks := policy(bytes)
	before = strings.Join(blocks, "\n\n")
	for i := range edits {
		k := (2*i + 1) * len(blocks) / (2 * edits)
		switch i % 5 {
		case 3:
			blocks[k] += "\n\nA new criterion number " + fmt.Sprint(i) + " that was not there before."
		case 4:
			blocks[k] = ""
		default:
			words := strings.Fields(blocks[k])
			words[len(words)/2] = "changed" + fmt.Sprint(i)
			blocks[k] = strings.Join(words, " ")
		}
	}
	return before, strings.Join(blocks, "\n\n")
}

// BenchmarkCompare sets clauses then words beside the library alone, on characters and on lines.
func BenchmarkCompare(b *testing.B) {
	for _, size := range []struct{ kb, edits int }{{50, 13}, {500, 100}} {
		x, y := pair(size.kb<<10, size.edits)
		before, after := clause.Parse(x), clause.Parse(y)
		name := fmt.Sprintf("%dKB-%dedits", size.kb, size.edits)
		ours := 0.0
		measure := func(peer string, f func()) {
			b.Run(name+"/"+peer, func(b *testing.B) {
				for b.Loop() {
					f()
				}
				each := float64(b.Elapsed()) / float64(b.N)
				if peer == "compare" {
					ours = each
				} else if ours > 0 {
					b.ReportMetric(each/ours, "times-compare")
				}
			})
		}
		measure("compare", func() { Compare(before, after) })
		d := Compare(before, after)
		measure("classify", func() { Classify(before, after, d) })
		measure("parse-both-and-compare", func() { Compare(clause.Parse(x), clause.Parse(y)) })
		dmp := diffmatchpatch.New()
		dmp.DiffTimeout = 0
		measure("go-diff-lines", func() {
			r1, r2, lines := dmp.DiffLinesToRunes(x, y)
			dmp.DiffCharsToLines(dmp.DiffMainRunes(r1, r2, false), lines)
		})
		measure("go-diff-characters", func() { dmp.DiffMain(x, y, false) })
	}
}

// hostile are pairs of texts made to keep a comparison busy.
func hostile(n int) map[string][2]string {
	lines := func(format string, step int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			fmt.Fprintf(&b, format, i*step)
		}
		return b.String()
	}
	reversed := func(s string) string {
		parts := strings.SplitAfter(s, "\n\n")
		for i, j := 0, len(parts)-1; i < j; i, j = i+1, j-1 {
			parts[i], parts[j] = parts[j], parts[i]
		}
		return strings.Join(parts, "")
	}
	numbered := lines("clause %d of the text\n\n", 1)
	return map[string][2]string{
		"one word":            {strings.Repeat("a", n), strings.Repeat("a", n-1) + "b"},
		"nested quotes":       {strings.Repeat("> ", n/2), strings.Repeat("> ", n/2-1) + "x"},
		"every line differs":  {numbered, lines("clause %d of the text\n\n", 7)},
		"reversed":            {numbered, reversed(numbered)},
		"two lines over":      {strings.Repeat("a\n\nb\n\n", n/6), strings.Repeat("b\n\nb\n\na\n\n", n/9)},
		"one long paragraph":  {lines("w%d ", 1), lines("w%d ", 3)},
		"long and repetitive": {strings.Repeat("a b ", n/4), strings.Repeat("b b a ", n/6)},
		"unrelated":           {lines("left %d x\n\n", 1), lines("right %d y\n\n", 1)},
		"many paragraphs":     {strings.Join(policy(n), "\n\n"), strings.Join(policy(n + 100)[1:], "\n\n")},
	}
}

// BenchmarkGrowth prints how the time grows with the text; n log n would be 12 for 10 times the bytes.
func BenchmarkGrowth(b *testing.B) {
	sizes := []int{10 << 10, 100 << 10, 1 << 20}
	elapsed := map[string][]time.Duration{}
	compare := func(x, y clause.Text) time.Duration {
		best := time.Hour
		for range 3 {
			start := time.Now()
			Classify(x, y, Compare(x, y))
			best = min(best, time.Since(start))
		}
		return best
	}
	for _, n := range sizes {
		for name, texts := range hostile(n) {
			x, y := clause.Parse(texts[0]), clause.Parse(texts[1])
			elapsed[name] = append(elapsed[name], compare(x, y))
		}
	}
	for name, times := range elapsed {
		b.Run(strings.ReplaceAll(name, " ", "-"), func(b *testing.B) {
			for b.Loop() {
				continue
			}
			for i, n := range sizes {
				b.ReportMetric(float64(times[i].Microseconds())/1000, fmt.Sprintf("ms/%dKB", n>>10))
			}
			b.ReportMetric(float64(times[2])/float64(times[1]), "growth")
		})
	}
}

func TestHostileTextsAreCompared(t *testing.T) {
	t.Parallel()
	for name, texts := range hostile(200 << 10) {
		before, after := clause.Parse(texts[0]), clause.Parse(texts[1])
		d := Compare(before, after)
		if x, y, err := d.Sources(before, after); err != nil || x != texts[0] || y != texts[1] {
			t.Errorf("%s: the sources do not rebuild: %v", name, err)
		}
		found := Classify(before, after, d)
		if changed := d.Counts().Changed() + d.Counts().Markup; (changed > 0) != (len(found) > 0) {
			t.Errorf("%s: %d changes are %d", name, changed, len(found))
		}
		m := Merge(before, after, clause.Parse(texts[0]+"\n\nand more"))
		if !strings.Contains(m.Markdown, "more") && len(m.Conflicts) == 0 {
			t.Errorf("%s: an addition was lost", name)
		}
	}
}
