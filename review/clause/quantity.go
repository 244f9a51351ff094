package clause

import (
	"math"
	"strconv"
	"strings"
)

// Measure is what a quantity measures.
type Measure string

// The measures that clinical commissioning policies use. Count is of the things that Quantity.Of names.
const (
	Age        Measure = "age"        // years
	BMI        Measure = "BMI"        // kg/m²
	Episodes   Measure = "episodes"   // of illness, with a window
	Duration   Measure = "time"       // months
	Hearing    Measure = "hearing"    // dB hearing level; higher is worse
	Acuity     Measure = "acuity"     // LogMAR; higher is worse
	Angle      Measure = "angle"      // degrees
	Score      Measure = "score"      // points
	Cycles     Measure = "cycles"     // of treatment
	Weight     Measure = "weight"     // kilograms
	Size       Measure = "size"       // centimetres
	Percentage Measure = "percentage" // of Quantity.Of
	Grade      Measure = "grade"      // I is 1
	Count      Measure = "count"
)

// Measures are all measures.
var Measures = []Measure{Age, BMI, Episodes, Duration, Hearing, Acuity, Angle, Score, Cycles, Weight, Size, Percentage, Grade, Count}

// Comparator says on which side of its number a quantity lies.
type Comparator string

// The comparators. Between includes both ends.
const (
	AtLeast  Comparator = "at least"
	MoreThan Comparator = "more than"
	AtMost   Comparator = "at most"
	LessThan Comparator = "less than"
	Exactly  Comparator = "exactly"
	Between  Comparator = "between"
)

// Quantity is a threshold of a criterion as data.
type Quantity struct {
	Measure Measure
	Compare Comparator
	// Low and High are in the measure's unit; equal unless Compare is Between.
	Low, High float64
	Of        string // of a count or percentage: what is counted, as a stem: "inject"
	Window    Window
	// Implied is true when the text gives no comparator and the usual one was taken.
	Implied bool
	// Or is true when an "or" stands between it and the quantity before it in its criterion.
	Or       bool
	From, To int    // bytes of the clause's words
	Doubt    string // why it may have been misread, in words; "" when it is sure
}

// Window is in which time something must be reached, and in how many such times one after the other. "5 in each of the
// 2 preceding years" has 12 months, 2 times. The zero Window is none.
type Window struct {
	Months float64
	Times  float64
}

// Interval is which values satisfy a quantity, from low to high; open ends are infinite. The flags say whether an end
// belongs to it.
func (q Quantity) Interval() (low, high float64, lowIn, highIn bool) {
	switch q.Compare {
	case AtLeast:
		return q.Low, math.Inf(1), true, false
	case MoreThan:
		return q.Low, math.Inf(1), false, false
	case AtMost:
		return math.Inf(-1), q.High, false, true
	case LessThan:
		return math.Inf(-1), q.High, false, false
	}
	return q.Low, q.High, true, true
}

// Same tells whether two quantities mean the same, whatever their words.
func (q Quantity) Same(x Quantity) bool {
	return q.Measure == x.Measure && q.Compare == x.Compare && near(q.Low, x.Low) && near(q.High, x.High) &&
		near(q.Window.Months, x.Window.Months) && near(q.Window.Times, x.Window.Times)
}

// near allows for units that do not divide evenly: 26 weeks are 6 months.
func near(a, b float64) bool { return math.Abs(a-b) <= 0.02*max(math.Abs(a), math.Abs(b)) }

// Short is the quantity in about seven characters, for a cell of a table: "5×2 y", "6 mths", "<35".
func (q Quantity) Short() string {
	switch q.Measure {
	case Episodes, Count:
		return q.sign() + q.number(q.Low, 1) + q.Window.short()
	case Duration:
		return q.sign() + months(q.Low)
	case Age:
		return q.signed(1) + " y"
	case Hearing:
		return q.signed(1) + " dB"
	case Acuity:
		return q.sign() + "6/" + strconv.FormatFloat(math.Round(6*math.Pow(10, q.Low)), 'f', -1, 64)
	case Angle:
		return q.signed(1) + "°"
	case Percentage:
		return q.signed(1) + "%"
	case Weight:
		if q.Low < 1 {
			return q.signed(1000) + " g"
		}
		return q.signed(1) + " kg"
	case Size:
		return q.signed(1) + " cm"
	case Cycles:
		return q.signed(1) + plural(q.Low, " cycle")
	case Grade:
		if q.Compare == Between {
			return Roman(q.Low) + "–" + Roman(q.High)
		}
		return q.sign() + Roman(q.Low)
	}
	return q.signed(1)
}

func plural(n float64, word string) string {
	if n == 1 {
		return word
	}
	return word + "s"
}

// Roman is a small whole number as grades are written; other numbers stay figures.
func Roman(n float64) string {
	if n < 1 || n > 5 || n != math.Trunc(n) {
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	return [...]string{"I", "II", "III", "IV", "V"}[int(n)-1]
}

func (q Quantity) signed(times float64) string {
	if q.Compare == Between {
		return q.number(q.Low, times) + "–" + q.number(q.High, times)
	}
	return q.sign() + q.number(q.Low, times)
}

// sign is left out where a policy needs none to be understood: episodes and times are lower bounds.
func (q Quantity) sign() string {
	switch q.Compare {
	case MoreThan:
		return ">"
	case AtMost:
		return "≤"
	case LessThan:
		return "<"
	case AtLeast:
		if q.Measure == Episodes || q.Measure == Duration || q.Measure == Count || q.Measure == Acuity {
			return ""
		}
		return "≥"
	}
	return ""
}

func (q Quantity) number(n, times float64) string {
	return strconv.FormatFloat(math.Round(n*times*100)/100, 'f', -1, 64)
}

func (w Window) short() string {
	if w.Months == 0 {
		return ""
	}
	if w.Months == 12 {
		return "×" + strconv.FormatFloat(max(w.Times, 1), 'f', -1, 64) + " y"
	}
	return " in " + months(w.Months)
}

// months are a time as people say it: weeks below two months unless whole, years from two years on.
func months(m float64) string {
	switch {
	case m >= 24 && near(math.Mod(m, 12), 0):
		return strconv.FormatFloat(m/12, 'f', -1, 64) + " y"
	case near(m, math.Round(m)) && m >= 1:
		return strconv.FormatFloat(math.Round(m), 'f', -1, 64) + plural(math.Round(m), " mth")
	}
	if weeks := m * weeksPerMonth; near(weeks, math.Round(weeks)) {
		return strconv.FormatFloat(math.Round(weeks), 'f', -1, 64) + plural(math.Round(weeks), " wk")
	}
	days := math.Round(m / monthsPerDay)
	return strconv.FormatFloat(days, 'f', -1, 64) + plural(days, " day")
}

// weeksPerMonth makes 52 weeks a year.
const weeksPerMonth = 52.0 / 12

// String is the quantity in full words: "at least 5 episodes in each of 2 years".
func (q Quantity) String() string {
	b := strings.Builder{}
	b.WriteString(string(q.Measure))
	if q.Of != "" {
		b.WriteString(" of " + q.Of)
	}
	b.WriteString(" " + string(q.Compare) + " " + strconv.FormatFloat(q.Low, 'f', -1, 64))
	if q.Compare == Between {
		b.WriteString(" and " + strconv.FormatFloat(q.High, 'f', -1, 64))
	}
	if q.Window.Months > 0 {
		b.WriteString(", in " + months(q.Window.Months))
		if q.Window.Times > 1 {
			b.WriteString(" × " + strconv.FormatFloat(q.Window.Times, 'f', -1, 64))
		}
	}
	return b.String()
}
