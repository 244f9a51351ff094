package intake

import "math"

// mirrored is the direction of a text that is read from right to left, with its letters in mirror writing.
const mirrored = 4

// turnOf is the direction of a text in quarter turns to the left, or mirrored, or -1 when it stands aslant.
func turnOf(a, b, d float64) int {
	const slack = 0.06 // three degrees
	switch {
	case a > 0 && math.Abs(b) <= slack*a:
		return 0
	case b > 0 && math.Abs(a) <= slack*b:
		return 1
	case a < 0 && math.Abs(b) <= -slack*a && d > 0:
		return mirrored
	case a < 0 && math.Abs(b) <= -slack*a:
		return 2
	case b < 0 && math.Abs(a) <= -slack*b:
		return 3
	}
	return -1
}

// mostTurned is how most of the text of a page stands.
func mostTurned(glyphs []rawGlyph) int {
	var count [mirrored + 1]int
	for _, g := range glyphs {
		if g.turn >= 0 {
			count[g.turn]++
		}
	}
	best := 0
	for t, n := range count {
		if n > count[best] {
			best = t
		}
	}
	return best
}

// A sheet is the part of the file's plane that a page shows, and how it is turned.
type sheet struct {
	left, top, right, bottom float64
	turn                     int
}

func (v sheet) size() (width, height float64) {
	width, height = math.Abs(v.right-v.left), math.Abs(v.top-v.bottom)
	if v.turn%2 == 1 {
		return height, width
	}
	return width, height
}

// at is where a point of the file is on the upright page.
func (v sheet) at(x, y float64) (float64, float64) {
	switch v.turn {
	case 1:
		return y - v.bottom, x - v.left
	case 2:
		return v.right - x, y - v.bottom
	case 3:
		return v.top - y, v.right - x
	case mirrored:
		return v.right - x, v.top - y
	}
	return x - v.left, v.top - y
}

func (v sheet) box(b box) box {
	x0, y0 := v.at(b.left, b.top)
	x1, y1 := v.at(b.right, b.bottom)
	return boxOf(x0, y0, x1, y1)
}

func boxOf(x0, y0, x1, y1 float64) box {
	return box{left: min(x0, x1), top: min(y0, y1), right: max(x0, x1), bottom: max(y0, y1)}
}
