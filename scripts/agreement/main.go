// Command agreement prints how far the program's reading of policies agrees with people's: for each mark of the matrix
// and each class of change the precision and the recall on the labelled sets.
//
//	go run ./scripts/agreement [-half work|kept] [-set changes|matrices] [-topic NAME] [-wrong]
//
// The half "work" is for improving the program; "kept" is only for the figure.
package main

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"slices"
)

func main() {
	half := flag.String("half", "kept", "which half of the labelled sets: work or kept")
	set := flag.String("set", "", "only one of the sets: changes or matrices")
	topic := flag.String("topic", "", "only the topics whose folder begins so")
	wrong := flag.Bool("wrong", false, "list what the program gets wrong")
	flag.Parse()
	var err error
	if *set != "changes" {
		_, err = matrices("review/harmony/labelled/"+*half, *topic, *wrong)
	}
	if err == nil && *set != "matrices" {
		_, err = changes("review/textdiff/labelled/"+*half, *topic, *wrong)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "agreement:", err)
		os.Exit(1)
	}
}

// tallies are what was counted of a set, by what it was counted of.
type tallies map[string]*tally

// tally counts by kind how often something was said, rightly said, and labelled.
type tally struct{ said, right, labelled map[string]int }

func newTally() *tally {
	return &tally{map[string]int{}, map[string]int{}, map[string]int{}}
}

func (t *tally) count(label, said string) {
	t.labelled[label]++
	t.said[said]++
	if label == said {
		t.right[label]++
	}
}

func (t *tally) print(title string) {
	fmt.Printf("%-16s %9s %9s %9s %9s\n", title, "labelled", "said", "precision", "recall")
	kinds := map[string]bool{}
	for k := range t.labelled {
		kinds[k] = true
	}
	for k := range t.said {
		kinds[k] = true
	}
	var names []string
	for k := range kinds {
		names = append(names, k)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(t.labelled[b], t.labelled[a]), cmp.Compare(a, b)) })
	right, all := 0, 0
	for _, k := range names {
		fmt.Printf("%-16s %9d %9d %9s %9s\n", k, t.labelled[k], t.said[k], share(t.right[k], t.said[k]), share(t.right[k], t.labelled[k]))
		right, all = right+t.right[k], all+t.labelled[k]
	}
	fmt.Printf("%-16s %9d %9s %9s %9s\n\n", "all", all, "", "", share(right, all))
}

func share(part, whole int) string {
	if whole == 0 {
		return "–"
	}
	return fmt.Sprintf("%.2f", float64(part)/float64(whole))
}
