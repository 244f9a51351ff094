package clause

import (
	"slices"
	"strings"
)

// What headings and introductions say of what follows.
var (
	// criteriaTitles say in the title of a text too that criteria stand under it; "Cataract surgery" does not.
	criteriaTitles = set("criteria criterion eligibility eligible threshold thresholds exclusion exclusions excluded indication indications commissioning " +
		"commissioned position restriction restrictions access funded funding requirement requirements entitlement when who statement exceptions")
	criteriaHeadings = criteriaTitles | set("surgery smoking age referral adults children treatment assessment")
	otherHeadings    = set("background introduction document control references reference version history contact glossary equality monitoring audit evidence rationale " +
		"exceptional exceptionality ifr codes coding opcs opcs-4 icd icd-10 purpose responsibilities legal transitional summary plain aims supersedes review bibliography " +
		"appendix circumstances individual status authors distribution")
	otherIntroductions = set("include includes including covers codes symptoms example examples e.g information defined means risks benefits")
)

// normativeWords make a sentence one that decides, rather than tells.
var normativeWords = set("can may treated treat accepted counts count refer referred refused qualifies indication separate decision decisions policy governed surgery must should shall will funded fund funds commissioned commission commissions eligible ineligible required requires require needs need only mandatory compulsory necessary essential excluded " +
	"exclude exclusion offered offer considered consider available approval apply applies approved entitled supported provided permitted meet meets criteria criterion " +
	"allowed limited restricted qualify qualifies unless provided documented funding if")

func normative(ts []token) bool { return anyWord(ts, normativeWords) }

// sideOfHeading reads "Exclusions", "Not routinely funded", "When this policy does not apply".
func sideOfHeading(ts []token) (Side, bool) {
	if hasWords(ts, "exclusion") || hasWords(ts, "exclusions") || hasWords(ts, "excluded") || hasWords(ts, "not", "*", "funded") ||
		hasWords(ts, "not", "*", "commissioned") || hasWords(ts, "not", "covered") || hasWords(ts, "contraindications") || hasWords(ts, "not", "eligible") {
		return Bars, true
	}
	if hasWords(ts, "not", "apply") || hasWords(ts, "outside") || hasWords(ts, "elsewhere") || hasWords(ts, "exceptions") || hasWords(ts, "exemptions") {
		return Exempts, true
	}
	if anyWord(ts, criteriaHeadings) {
		return Requires, true
	}
	return Requires, false
}

// sideOf reads from a statement's own words whether it bars or exempts somebody; ok is false when they do not say.
func sideOf(ts []token) (Side, bool) {
	switch {
	case waives(ts):
		return Waives, true
	case startsWith(ts, []string{"not", "for"}), hasWords(ts, "is", "not", "for"), hasWords(ts, "are", "not", "for"), hasWords(ts, "not", "extend"), hasWords(ts, "not", "part"), hasWords(ts, "not", "touched"),
		elsewhere(ts), urgent(ts):
		return Exempts, true
	}
	for i, t := range ts {
		switch t.text {
		case "refused", "declined", "rejected":
			return Bars, true
		case "indication", "indications", "reason", "ground", "grounds":
			if negatedBefore(ts, i, 3) {
				return Bars, true
			}
		case "turned":
			if i+1 < len(ts) && ts[i+1].text == "down" {
				return Bars, true
			}
		case "excluded", "ineligible", "excludes", "exclude", "barred", "exclusion", "exclusions", "disqualifies", "disqualified":
			switch {
			case negatedBefore(ts, i, 3) || ruledOut(ts, i):
				return Requires, true
			case hasWords(ts[i:], "from", "*", "scope"), hasWords(ts[i:], "from", "this"):
				return Exempts, true
			}
			return Bars, true
		case "exempt", "outside", "exempted":
			return Exempts, true
		case "apply", "applies", "governed", "covered":
			if negatedBefore(ts, i, 4) {
				return Exempts, true
			}
		}
		if t.is(fundingVerbs) && !(i > 1 && ts[i-1].text == "-" && ts[i-2].text == "self") {
			if denied(ts, i) {
				if conditional(ts, i) {
					return Requires, true
				}
				return Bars, true
			}
			return Requires, true
		}
	}
	return Requires, false
}

// elsewhere tells whether a statement says only where something is ruled: "sleep apnoea: see policy 44".
func elsewhere(ts []token) bool {
	for i, t := range ts {
		switch t.text {
		case "own", "separate", "another":
			if anyWord(ts[i+1:min(len(ts), i+2)], documents) || t.text == "own" && i > 1 && ts[i-2].text == "of" {
				return true
			}
		case "see":
			if anyWord(ts[i+1:min(len(ts), i+4)], documents) {
				return true
			}
		case "under": // "under the sleep policy", not "under the policy"
			if next := ts[i+1 : min(len(ts), i+4)]; anyWord(next, documents) && !hasWords(next, "this") && !hasWords(next, "the", "policy") {
				return true
			}
		}
	}
	return hasWords(ts, "dealt", "with", "in") || hasWords(ts, "covered", "elsewhere") || hasWords(ts, "found", "in", "policy")
}

// documents are what a policy may send its reader to.
var documents = set("policy section line part number pathway statement")

// urgent tells whether a statement sends patients to urgent care, for which no policy asks criteria.
func urgent(ts []token) bool {
	for i, t := range ts {
		switch t.text {
		case "emergencies":
			return true
		case "emergency":
			if i > 1 && (ts[i-1].text == "an" || ts[i-1].text == "as") && (ts[i-2].text == "is" || ts[i-2].text == "in" || ts[i-2].text == "as") {
				return true
			}
		case "refer", "referred", "pathway":
			near := ts[max(0, i-4):min(len(ts), i+4)]
			if hasWords(near, "urgently") || hasWords(near, "urgent") || hasWords(near, "at", "once") || hasWords(near, "two", "-", "week") {
				return true
			}
		}
	}
	return false
}

// waives tells whether a statement says that something is not asked for: "no form is needed", "there is no limit of age".
func waives(ts []token) bool {
	for i, t := range ts {
		switch t.text {
		case "unnecessary":
			return true
		case "limited", "needed", "required", "necessary", "called", "ask", "asks", "asked", "compulsory", "mandatory":
			if denied(ts, i) {
				return true
			}
		case "need", "has", "have", "needs":
			if i+1 < len(ts) && (ts[i+1].text == "to" || ts[i+1].text == "not") && (negatedBefore(ts, i, 3) || i > 0 && ts[i-1].text == "nobody" || t.text == "need" && ts[i+1].text == "not") {
				return true
			}
		case "limit", "threshold", "thresholds", "limits", "minimum", "requirement", "restriction", "restrictions", "rule":
			if i > 0 && negatedBefore(ts, i, 2) || i+3 < len(ts) && negatedBefore(ts, min(i+4, len(ts)-1), 3) && ts[i+1].text != "unless" {
				return true
			}
		}
	}
	return allAges(ts) || hasWords(ts, "must", "not", "rest", "on") || hasWords(ts, "no", "bar") || hasWords(ts, "not", "a", "bar") || hasWords(ts, "no", "application") || hasWords(ts, "not", "*", "*", "as", "a", "routine")
}

// allAges tells whether a statement says no more than that age does not matter.
func allAges(ts []token) bool {
	const short = 6
	return len(ts) <= short && (hasWords(ts, "all", "ages") || hasWords(ts, "any", "age"))
}

// outcomes after a negation say that an illness goes on, which is no absence: "not relieved", "no success".
var outcomes = set("relieved relief worked work help helped helping improve improved improvement respond responded success succeeded resolved resolve settled settle benefit better " +
	"lasting able healed heal tolerated suitable")

// approaches are kinds of treatment that a "non" before them names: "non-surgical".
var approaches = set("surgical operative invasive pharmacological medical steroidal urgent union")

// operations after "without" name an approach too.
var operations = set("surgery operation operations surgical")

// fundingVerbs are what happens, or does not, to a patient who meets a criterion or to a request.
var fundingVerbs = set("funded commissioned fund commission offered available eligible supported provided considered performed undertaken referred refer treated approved " +
	"accepted carried proceed listed done paid entitled funds commissions operated qualify qualifies routine")

// conditional tells whether "unless", "until" or "without" turns a bar into a requirement: "not funded unless", and
// "only" too: "not funded below 6/12" stays a bar.
func conditional(ts []token, from int) bool {
	for _, t := range ts[from:] {
		switch t.text {
		case "unless", "until", "except", "without", "only":
			return true
		}
	}
	return false
}

// barredUntil tells whether a statement bars somebody only as long as something is not so, which is a requirement
// wherever it stands.
func barredUntil(ts []token) bool {
	for i, t := range ts {
		if t.is(fundingVerbs) && denied(ts, i) {
			return conditional(ts, i)
		}
	}
	return false
}

// hasWords tells whether words stand one after another; "*" is any one word or none.
func hasWords(ts []token, words ...string) bool {
	first := words[0]
	for i := range ts {
		if t := ts[i].text; len(t) == len(first) && t == first && startsWith(ts[i+1:], words[1:]) {
			return true
		}
	}
	return false
}

func startsWith(ts []token, words []string) bool {
	for len(words) > 0 {
		if words[0] == "*" {
			return startsWith(ts, words[1:]) || len(ts) > 0 && startsWith(ts[1:], words[1:])
		}
		if len(ts) == 0 || ts[0].text != words[0] {
			return false
		}
		ts, words = ts[1:], words[1:]
	}
	return true
}

// negation tells whether a statement asks that something be absent. Negations of its verb of funding and of its
// comparators are not counted, and two make none.
func negation(ts []token, nots []int) bool {
	start := 6 // where a negation speaks of the whole
	if len(ts) > 1 && ts[0].is(people) && relative(ts[1:]) {
		start = 12 // "patients whose diet and fluids have not been changed"
	}
	n := 0
	for i, t := range ts {
		switch {
		case slices.Contains(nots, i):
		case t.text == "no" && i+1 < len(ts) && (ts[i+1].text == "longer" || ts[i+1].text == "more" || ts[i+1].text == "less"):
		case t.text == "stopped" || t.text == "quit" || t.text == "ceased":
			n++
		case strings.HasPrefix(t.text, "non") && len(t.text) > 6 && t.text != "nonetheless" && !approaches.has(t.text[3:]) || t.text == "non" && !followedBy(ts, i, 2, approaches) || t.text == "free":
			n++
		case t.text == "without" && followedBy(ts, i, 1, operations):
		case i >= start || t.text == "cannot" || followedBy(ts, i, 3, outcomes):
		case t.text == "without" || t.text == "no" || t.text == "never" || t.text == "absence" || t.text == "nor" || t.text == "neither":
			n++
		case (t.text == "not" || t.text == "cannot") && !verbOfFunding(ts, i):
			n++
		}
	}
	return n%2 == 1
}

func followedBy(ts []token, i, n int, words wordSet) bool {
	return anyWord(ts[min(i+1, len(ts)):min(i+1+n, len(ts))], words)
}

// verbOfFunding tells whether a "not" belongs to the words that the side is read from.
func verbOfFunding(ts []token, i int) bool {
	for j := i + 1; j < min(len(ts), i+5); j++ {
		if ts[j].is(fundingVerbs) {
			return true
		}
		switch ts[j].text {
		case "apply", "applies", "exclude", "excluded", "required", "needed", "necessary", "need", "governed", "covered", "indication", "indications", "reason", "ground", "grounds":
			return true
		case "a", "an":
			return j+1 < len(ts) && (ts[j+1].text == "indication" || ts[j+1].text == "reason" || ts[j+1].text == "ground")
		case "with", "have", "smoke":
			return false
		}
	}
	return false
}

// modality reads the strongest modal word of a statement.
func modality(ts []token) Modality {
	m := Unsaid
	for i, t := range ts {
		switch t.text {
		case "must", "shall", "required", "requires", "mandatory", "only", "necessary", "will", "essential":
			return Must
		case "has", "have", "needs", "need":
			if i+1 < len(ts) && ts[i+1].text == "to" || t.text == "needs" {
				return Must
			}
		case "to":
			if i > 0 && i+1 < len(ts) && ts[i+1].text == "be" && (ts[i-1].text == "is" || ts[i-1].text == "are") {
				return Must
			}
		case "should", "recommended", "expected", "advised", "encouraged", "ought":
			m = Should
		case "may", "can", "could", "consider", "considered", "optional", "might":
			if m == Unsaid {
				m = May
			}
		}
	}
	return m
}

// vagueWords stand where a number could: nobody can tell how many or how long.
var vagueWords = set("often frequent frequently several multiple repeated repeatedly regularly prolonged longstanding long-standing numerous excessive adequate sufficient " +
	"reasonable persistently many overweight obese obesity bad badly hard troublesome significant significantly marked considerable")

func vague(ts []token) string {
	for _, t := range ts {
		if t.is(vagueWords) {
			return t.text
		}
	}
	return ""
}
