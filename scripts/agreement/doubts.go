package main

import (
	"maps"

	"concordat/review/harmony"
)

// doubtCount counts rows by whether the matrix marks them to be checked, and of these the wrong ones.
type doubtCount struct{ marked, markedWrong, plain, plainWrong int }

// doubts counts the rows of a topic.
func (w *world) doubts(d *doubtCount) {
	labels := w.labelsOf()
	for i := range w.matrix.Rows {
		r, wrong := &w.matrix.Rows[i], 0
		if w.wrong(r, labels) {
			wrong = 1
		}
		if r.Unsure() {
			d.marked, d.markedWrong = d.marked+1, d.markedWrong+wrong
		} else {
			d.plain, d.plainWrong = d.plain+1, d.plainWrong+wrong
		}
	}
}

// labelsOf are the labelled rows of each criterion, by place.
func (w *world) labelsOf() map[string]map[int]map[string]bool {
	out := map[string]map[int]map[string]bool{}
	for _, l := range w.labels {
		if out[l.place] == nil {
			out[l.place] = map[int]map[string]bool{}
		}
		for _, c := range w.criteria(l.place, l.quote) {
			if out[l.place][c] == nil {
				out[l.place][c] = map[string]bool{}
			}
			out[l.place][c][l.row] = true
		}
	}
	return out
}

// wrong tells whether a person has to correct a row: no labelled row has all that is in it. What is labelled nowhere is
// no criterion.
func (w *world) wrong(r *harmony.Row, labels map[string]map[int]map[string]bool) bool {
	var shared map[string]bool
	take := func(place string, e harmony.Entry) {
		for _, c := range e.Criteria {
			own := labels[place][c]
			if shared == nil {
				shared = map[string]bool{}
				maps.Copy(shared, own)
				continue
			}
			maps.DeleteFunc(shared, func(row string, _ bool) bool { return !own[row] })
		}
	}
	take("base", r.Draft)
	for k, c := range r.Cells {
		take(w.matrix.Columns[k].Place, c.Entry)
	}
	return len(shared) == 0
}
