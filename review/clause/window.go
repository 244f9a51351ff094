package clause

// isWindow tells whether a time at i says in which time something happens, and is not itself what is asked for: "in
// the last 12 months", "for 2 years" after "5 a year".
func (r *quantityReader) isWindow(i int) bool {
	j := i - 1
	if r.text(j) == "-" {
		return false
	}
	last := false
	for ; j >= r.done && r.is(j, windowFiller); j-- {
		last = last || r.is(j, lastWords)
	}
	switch r.text(j) {
	case "in", "within", "during", "over":
		counted := len(r.out) > 0 && (r.out[len(r.out)-1].Measure == Episodes || r.out[len(r.out)-1].Measure == Count)
		return last || counted
	}
	return false
}

// windowFiller may stand between "in" and the number of a window.
var windowFiller = set("the a an last past previous preceding prior any each every of at least single consecutive these following successive both most recent")

var lastWords = set("last past previous preceding prior")

// window notes a window that was said before, or apart from, what it bounds.
func (r *quantityReader) window(i int, length float64, tail int) {
	w := Window{Months: length, Times: 1}
	if n := len(r.out); n > 0 && r.out[n-1].Window.Months == 0 && (r.out[n-1].Measure == Episodes || r.out[n-1].Measure == Count) {
		r.out[n-1].Window = w
		r.out[n-1].To = r.ts[tail-1].to
	} else {
		r.lead, r.leadAt = w, i
	}
	r.done = tail
}

// leading notes a window without a number that is said before what it bounds: "over the past year there were 7".
func (r *quantityReader) leading(i int) {
	j := i + 1
	for r.is(j, windowFiller) {
		j++
	}
	if u := units[r.text(j)]; u.measure == Duration && r.isWindow(j) {
		r.window(i, u.factor, j+1)
	}
}

// windowFrom reads the window of a number of episodes, which may follow after some words: "sore throats in each of the
// 2 preceding years", "a year for 2 years".
func (r *quantityReader) windowFrom(i int) (w Window, end int) {
	const reach = 12
	for j := i; j < min(len(r.ts), i+reach); j++ {
		if t := r.ts[j]; t.text == "." || t.text == ";" || t.kind == numberToken && !r.timeAt(j) {
			return Window{}, 0
		}
		if w, end := r.windowAt(j); end > 0 {
			return w, end
		}
	}
	return Window{}, 0
}

// timeAt tells whether a number counts years, months, weeks or days.
func (r *quantityReader) timeAt(i int) bool {
	for j := i + 1; j < i+4; j++ {
		if r.is(j, windowFiller) || r.text(j) == "-" {
			continue
		}
		return units[r.text(j)].measure == Duration
	}
	return false
}

func (r *quantityReader) windowAt(i int) (Window, int) {
	switch r.text(i) {
	case "annually", "yearly":
		return r.times(Window{Months: 12, Times: 1}, i+1)
	case "per", "a", "an", "each", "every":
		u := units[r.text(i+1)]
		if r.text(i+1) == "annum" {
			u = units["year"]
		}
		if u.measure == Duration {
			return r.times(Window{Months: u.factor, Times: 1}, i+2)
		}
	case "in", "within", "during", "over", "for":
		return r.span(i)
	}
	return Window{}, 0
}

// span reads "in each of the 2 preceding years", "in the last year", "within 12 months", "in any 12-month period".
func (r *quantityReader) span(i int) (Window, int) {
	n, each := 1.0, false
	for j := i + 1; j < min(len(r.ts), i+10); j++ {
		t := r.ts[j]
		switch {
		case t.text == "each" || t.text == "every" || t.text == "both" || t.text == "consecutive":
			each = true
			if t.text == "both" {
				n = 2
			}
		case t.is(windowFiller) || t.text == "-" || t.text == "(" || t.text == ")":
		case t.kind == numberToken:
			n = t.value
		case shorthands[t.per] != "": // "in 12/12"
			return Window{Months: t.value * units[shorthands[t.per]].factor, Times: 1}, j + 1
		case units[t.text].measure == Duration:
			length := units[t.text].factor
			if each || r.text(i) == "for" && length == 12 && n > 1 {
				return Window{Months: length, Times: n}, j + 1
			}
			end := j + 1
			if r.text(end) == "period" {
				end++
			}
			return r.times(Window{Months: length * n, Times: 1}, end)
		default:
			return Window{}, 0
		}
	}
	return Window{}, 0
}

// times reads in how many windows one after the other: "a year for 2 consecutive years".
func (r *quantityReader) times(w Window, i int) (Window, int) {
	const reach = 4
	for j := i; j < min(len(r.ts), i+reach); j++ {
		switch r.text(j) {
		case "for", "over", "in", "during":
			for k := j + 1; k < min(len(r.ts), j+9); k++ {
				t := r.ts[k]
				if t.kind == numberToken && units[r.nextUnit(k)].factor == w.Months && w.Months > 0 {
					return Window{Months: w.Months, Times: t.value}, r.afterUnit(k)
				}
				if t.kind == numberToken || !t.is(windowFiller) {
					return w, i
				}
			}
		case ",", "(", "or", ".", ";", "and":
			return w, i
		}
	}
	return w, i
}

// nextUnit is the unit that a number of times is counted in: "2 consecutive years".
func (r *quantityReader) nextUnit(i int) string { return r.text(r.afterUnit(i) - 1) }

func (r *quantityReader) afterUnit(i int) int {
	j := i + 1
	for j < len(r.ts) && (r.is(j, windowFiller) || r.text(j) == "full" || r.text(j) == "-") {
		j++
	}
	return j + 1
}
