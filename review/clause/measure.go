package clause

import (
	"math"
	"slices"
)

// unit is what a word after a number says: what is measured and how much one of it is.
type unit struct {
	measure Measure
	factor  float64
}

const monthsPerDay = 12 / 365.25

// units are the words for units and for what policies count, in the singular and the plural.
var units = map[string]unit{
	"year": {Duration, 12}, "years": {Duration, 12}, "yr": {Duration, 12}, "yrs": {Duration, 12}, "year's": {Duration, 12}, "years'": {Duration, 12},
	"month": {Duration, 1}, "months": {Duration, 1}, "mth": {Duration, 1}, "mths": {Duration, 1}, "month's": {Duration, 1},
	"week": {Duration, 1 / weeksPerMonth}, "weeks": {Duration, 1 / weeksPerMonth}, "wk": {Duration, 1 / weeksPerMonth}, "wks": {Duration, 1 / weeksPerMonth},
	"day": {Duration, monthsPerDay}, "days": {Duration, monthsPerDay}, "hours": {Duration, monthsPerDay / 24}, "hour": {Duration, monthsPerDay / 24},
	"kg/m2": {BMI, 1}, "kgm2": {BMI, 1}, "kg/m": {BMI, 1},
	"db": {Hearing, 1}, "dbhl": {Hearing, 1}, "dba": {Hearing, 1}, "decibel": {Hearing, 1}, "decibels": {Hearing, 1},
	"°": {Angle, 1}, "degree": {Angle, 1}, "degrees": {Angle, 1},
	"%": {Percentage, 1}, "percent": {Percentage, 1}, "cent": {Percentage, 1},
	"g": {Weight, 0.001}, "gram": {Weight, 0.001}, "grams": {Weight, 0.001}, "gm": {Weight, 0.001}, "gms": {Weight, 0.001}, "grammes": {Weight, 0.001},
	"kg": {Weight, 1}, "kgs": {Weight, 1}, "kilogram": {Weight, 1}, "kilograms": {Weight, 1}, "kilos": {Weight, 1}, "stone": {Weight, 6.35},
	"cm": {Size, 1}, "centimetre": {Size, 1}, "centimetres": {Size, 1}, "mm": {Size, 0.1}, "millimetre": {Size, 0.1}, "millimetres": {Size, 0.1}, "inches": {Size, 2.54}, "inch": {Size, 2.54},
	"cycle": {Cycles, 1}, "cycles": {Cycles, 1},
	"point": {Score, 1}, "points": {Score, 1},
	"episode": {Episodes, 1}, "episodes": {Episodes, 1}, "attack": {Episodes, 1}, "attacks": {Episodes, 1}, "bout": {Episodes, 1}, "bouts": {Episodes, 1},
	"infection": {Episodes, 1}, "infections": {Episodes, 1}, "occurrence": {Episodes, 1}, "occurrences": {Episodes, 1}, "throats": {Episodes, 1}, "throat": {Episodes, 1},
	"times": {Episodes, 1}, "occasions": {Episodes, 1}, "occasion": {Episodes, 1}, "flares": {Episodes, 1}, "exacerbations": {Episodes, 1}, "bleeds": {Episodes, 1}, "recurrences": {Episodes, 1},
}

// times are the units of time from a day on.
var times = func() wordSet {
	long := map[string]unit{}
	for word, u := range units {
		if u.measure == Duration && u.factor >= monthsPerDay {
			long[word] = u
		}
	}
	return setOf(long)
}()

// counted are the things that policies count, with the stem that they are compared by.
var counted = map[string]string{
	"injection": "inject", "injections": "inject", "treatment": "treat", "treatments": "treat", "course": "course", "courses": "course",
	"session": "session", "sessions": "session", "attempt": "attempt", "attempts": "attempt", "banding": "band", "bandings": "band",
	"procedure": "procedure", "procedures": "procedure", "child": "child", "children": "child", "visit": "visit", "visits": "visit",
	"appointment": "visit", "appointments": "visit", "antibiotics": "antibiotic", "quinsy": "quinsy", "quinsies": "quinsy", "abscess": "quinsy", "abscesses": "quinsy",
	"transfer": "transfer", "transfers": "transfer", "embryo": "embryo", "embryos": "embryo", "test": "test", "tests": "test", "measurement": "test", "measurements": "test",
	"reading": "test", "readings": "test", "losses": "loss", "miscarriages": "loss", "ligations": "band", "exchanges": "change", "aspirations": "aspirate", "aspiration": "aspirate",
	"block": "block", "blocks": "block", "drugs": "drug", "medicines": "drug", "medications": "drug", "classes": "class", "cups": "cup", "sizes": "cup", "size": "cup",
	"assessment": "assess", "assessments": "assess", "hospitalisations": "admission", "admission": "admission", "admissions": "admission", "operation": "operate", "operations": "operate",
	"criteria": "", "criterion": "", // counted by what binds a list
}

// people are who an age is said of.
var people = set("you they child children adult adults women woman men man patient patients people person partner partners female females male males those anyone she he individuals")

// names stand before numbers that are none: "section 3", "tier 3", "type 2 diabetes".
var names = set("section sections paragraph criterion criteria appendix table type tier phase version page clause part step figure ng cg ta qs sign policy annex schedule £ ipg item no number ref category")

var monthNames = set("january february march april may june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec")

// measureOf tells what a number measures and how much one of it is: by its unit, else by the words about it. at is the
// number's token, tail the first after it and its unit.
func (r *quantityReader) measureOf(at, tail int, u unit) (unit, bool) {
	switch {
	case u.measure == Duration && (r.aged(at, tail)):
		return unit{Age, u.factor / 12}, true
	case u.measure == Weight && u.factor == 1 && r.near(at, 5, "bmi", "index"):
		return unit{BMI, 1}, true
	case u.measure != "":
		return u, true
	case r.ts[at].value < mostBMI && r.near(at, 8, "bmi", "index"):
		return unit{BMI, 1}, true
	case r.near(at, 4, "logmar"), r.follows(tail, 2, "logmar"):
		return unit{Acuity, 1}, true
	case r.near(at, 3, "aged", "age", "ages"), r.near(at, 2, "older", "younger"), r.follows(tail, 3, "old") && !r.follows(tail, 3, "day"), r.personBefore(at), r.follows(at+1, 2, "older", "younger"), r.follows(at+1, 2, "over", "under") && r.ofPerson(at-1):
		return unit{Age, 1}, true
	case r.near(at, 7, "score", "scores", "scoring", "scored", "hbss", "ipss", "aofas", "das28"), r.follows(tail, 5, "score", "scale"):
		return unit{Score, 1}, true
	}
	return unit{}, false
}

// mostBMI is above the body mass index of anybody: a greater number beside the word is another.
const mostBMI = 200

// aged tells whether a number of years or months is somebody's age.
func (r *quantityReader) aged(at, tail int) bool {
	return r.near(at, 4, "aged", "age", "ages", "birthday") || r.near(at, 2, "older", "younger") || r.follows(tail, 3, "old", "age", "older", "younger") || r.personBefore(at)
}

// personBefore tells whether the words before a number are of a person and a comparator: "children under 16".
func (r *quantityReader) personBefore(at int) bool {
	i := at - 1
	if i < 1 || !r.is(i, agesBy) {
		return false
	}
	return r.ofPerson(i - 1)
}

// ofPerson tells whether the words up to one say what somebody is: "the patient is", "women who are".
func (r *quantityReader) ofPerson(i int) bool {
	for r.is(i, beingWords) {
		i--
	}
	return r.is(i, people)
}

var beingWords = set("be is are who must not the or of")

var agesBy = set("under over below above")

// near tells whether one of some words stands among the n tokens before a number, in its sentence.
func (r *quantityReader) near(at, n int, words ...string) bool {
	for i := at - 1; i >= max(r.done, at-n); i-- {
		if t := r.ts[i]; t.kind == numberToken && i < at-2 || t.text == ";" || t.text == "." {
			return false
		}
		if slices.Contains(words, r.ts[i].text) {
			return true
		}
	}
	return false
}

// follows tells whether one of some words is among the n tokens from one on.
func (r *quantityReader) follows(from, n int, words ...string) bool {
	for i := from; i < min(len(r.ts), from+n); i++ {
		if r.ts[i].kind == numberToken || r.ts[i].text == ";" || r.ts[i].text == "." || r.ts[i].text == "," {
			return false
		}
		if slices.Contains(words, r.ts[i].text) {
			return true
		}
	}
	return false
}

// logMAR is a Snellen fraction as LogMAR: 6/12 is 0.3 (British Standard 4274).
func logMAR(t token) float64 {
	return math.Round(100*math.Log10(t.per/t.value)) / 100
}
