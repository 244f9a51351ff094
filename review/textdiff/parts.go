package textdiff

// parts compares a clause with its parts: for each part the words of the clause that fall to it, which joined are the
// clause's. The words are those of a clause that was parted.
func (c *comparer) parts(whole string, parts []string) [][]Span {
	x := tokens(whole)
	var y []string
	for _, p := range parts {
		y = append(y, tokens(p)...)
	}
	out := make([][]Span, len(parts))
	if product := len(x) * len(y); product > clauseProduct || product > c.budget {
		for i, p := range parts {
			out[i] = spans(Insert, p)
		}
		out[0] = assemble(Span{Delete, whole}, Span{Insert, parts[0]})
		return out
	}
	c.budget -= len(x) * len(y)
	return cut(c.alphabet.compare(x, y), parts)
}

// cut parts runs where one part of the text after ends. What went there stays with the part before.
func cut(runs []Span, parts []string) [][]Span {
	out := make([][]Span, len(parts))
	at, left := 0, len(parts[0])
	for _, r := range runs {
		for r.Op != Delete && len(r.Text) > left && at+1 < len(parts) {
			out[at] = append(out[at], Span{r.Op, r.Text[:left]})
			r.Text = r.Text[left:]
			at++
			left = len(parts[at])
		}
		out[at] = append(out[at], r)
		if r.Op != Delete {
			left -= len(r.Text)
		}
	}
	for i := range out {
		out[i] = assemble(out[i]...)
	}
	return out
}

// swapped exchanges what came and what went.
func swapped(runs []Span) []Span {
	out := make([]Span, len(runs))
	for i, r := range runs {
		switch r.Op {
		case Insert:
			r.Op = Delete
		case Delete:
			r.Op = Insert
		}
		out[i] = r
	}
	return assemble(out...)
}
