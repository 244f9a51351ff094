package harmony

import (
	"cmp"
	"math"
	"slices"
)

// vector is what criteria speak of: terms with their weights, by id.
type vector struct {
	terms []term
	norm  float64
}

type term struct {
	id     int
	weight float64
}

// settle puts the terms in order and makes the vector one long.
func (v *vector) settle() {
	slices.SortFunc(v.terms, func(x, y term) int { return cmp.Compare(x.id, y.id) })
	v.norm = 0
	for _, t := range v.terms {
		v.norm += t.weight * t.weight
	}
	v.norm = math.Sqrt(v.norm)
	if v.norm == 0 {
		return
	}
	for i := range v.terms {
		v.terms[i].weight /= v.norm
	}
	v.norm = 1
}

// plus is the sum of two vectors.
func (v vector) plus(x vector) vector {
	out := vector{terms: make([]term, 0, len(v.terms)+len(x.terms))}
	i, j := 0, 0
	for i < len(v.terms) || j < len(x.terms) {
		switch {
		case j == len(x.terms) || i < len(v.terms) && v.terms[i].id < x.terms[j].id:
			out.terms = append(out.terms, v.terms[i])
			i++
		case i == len(v.terms) || x.terms[j].id < v.terms[i].id:
			out.terms = append(out.terms, x.terms[j])
			j++
		default:
			out.terms = append(out.terms, term{v.terms[i].id, v.terms[i].weight + x.terms[j].weight})
			i, j = i+1, j+1
		}
	}
	for _, t := range out.terms {
		out.norm += t.weight * t.weight
	}
	out.norm = math.Sqrt(out.norm)
	return out
}

// like is the cosine of two vectors: 0 when they share nothing.
func (v vector) like(x vector) float64 {
	if v.norm == 0 || x.norm == 0 {
		return 0
	}
	dot := 0.0
	for i, j := 0, 0; i < len(v.terms) && j < len(x.terms); {
		switch a, b := v.terms[i], x.terms[j]; {
		case a.id == b.id:
			dot += a.weight * b.weight
			i, j = i+1, j+1
		case a.id < b.id:
			i++
		default:
			j++
		}
	}
	return dot / (v.norm * x.norm)
}
