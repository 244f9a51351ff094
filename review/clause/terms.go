package clause

import (
	"slices"
	"strings"
)

// Terms are the words of a text that carry its meaning: without the words that every policy has, each as a stem, and
// those that mean the same in the field as one word. They are sorted and each is there once.
func Terms(words string) []string { return termsOf(lex(words)) }

func termsOf(ts []token) []string {
	out := make([]string, 0, len(ts)/2)
	for i := 0; i < len(ts); i++ {
		t := ts[i]
		if t.kind != wordToken || len(t.text) < 2 || t.is(plainWords) {
			continue
		}
		if t.is(pairStarts) && i+1 < len(ts) {
			if joined, ok := pairs[[2]string{t.text, ts[i+1].text}]; ok {
				out = append(out, joined)
				i++
				continue
			}
		}
		stem := stemOf(t.text)
		if concept, ok := synonyms[stem]; ok {
			stem = concept
		}
		if !plainWords.has(stem) {
			out = append(out, stem)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Common tells whether a term is one of those that policies on many treatments use: pain, smoking, the GP's record.
func Common(term string) bool { return concepts[term] }

var concepts = func() map[string]bool {
	out := map[string]bool{}
	for _, c := range synonyms {
		out[c] = true
	}
	return out
}()

// stemOf takes off the endings of English that do not change what is spoken of.
func stemOf(w string) string {
	w = strings.TrimSuffix(w, "'s")
	if w == "" {
		return w
	}
	for _, e := range endingsBy[w[len(w)-1]] {
		if cut, ok := strings.CutSuffix(w, e.suffix); ok && len(cut) >= e.least {
			w = cut + e.instead
			break
		}
	}
	if n := len(w); n > 4 && w[n-1] == w[n-2] && w[n-1] != 's' && w[n-1] != 'l' && w[n-1] != 'e' {
		w = w[:n-1]
	}
	return strings.TrimSuffix(w, "e")
}

type ending struct {
	suffix, instead string
	least           int
}

// endingsBy are the endings by their last byte, in their order.
var endingsBy = func() (out [256][]ending) {
	for _, e := range endings {
		last := e.suffix[len(e.suffix)-1]
		out[last] = append(out[last], e)
	}
	return out
}()

var endings = []ending{
	{"isations", "is", 3}, {"isation", "is", 3}, {"ational", "at", 3}, {"ations", "at", 3}, {"ation", "at", 3}, {"fulness", "ful", 3},
	{"ically", "ic", 3}, {"ments", "", 4}, {"ment", "", 4}, {"ness", "", 4}, {"ities", "it", 3}, {"ity", "it", 3}, {"sses", "ss", 1}, {"ies", "y", 2},
	{"ings", "", 3}, {"ing", "", 3}, {"edly", "", 3}, {"ied", "y", 2}, {"ed", "", 3}, {"ers", "er", 3}, {"ally", "al", 3}, {"ly", "", 3}, {"ves", "f", 3},
	{"es", "e", 3}, {"ss", "ss", 1}, {"us", "us", 1}, {"is", "is", 1}, {"s", "", 3},
}

// plainWords say nothing about which criterion it is: grammar, and what every policy says.
var plainWords = set("the a an of to in on at by for with from as or and is are was be been being has have had it its this that these those who whom which what when where whose " +
	"there their they them he she his her we our you your must should shall will would can could may might do does did if then than so such only also both either neither each any all some " +
	"not no nor non without unless least more most less fewer one two three four five six seven eight nine ten following below above criteria criterion condition policy patient patients " +
	"person people individual fund commission treat treatment procedure surgery operation consider eligible requir need meet provid offer available support approv cas refer referral " +
	"per over under up out into about after before during within between through least up-to nhs commissioner commissioning integrated care board ccg icb place local area " +
	"had has ha etc including includ eg ie other another same further because becaus since while until being due caus make made take taken give given show shown us used using " +
	"clinician clinical clinically evidence evid appropriate appropriat relevant specific particular full fully again own very well still even just request routin routine " +
	"year years month months week weeks day days old aged last past preceding previous prior consecutive single minimum maximum number amount set point see now then once twice " +
	"subject basis here way case form kind sort surgic surgical operat procedur person's someone anyone nobody every must-have currently already too much many both themselves itself as-well")

// pairs are two words that are one thing in the field.
var pairs = map[[2]string]string{
	{"body", "mass"}: "bmi", {"watchful", "waiting"}: "watch", {"active", "monitoring"}: "watch", {"prior", "approval"}: "approval", {"prior", "authorisation"}: "approval",
	{"primary", "care"}: "gp", {"general", "practice"}: "gp", {"general", "practitioner"}: "gp", {"day", "to"}: "function", {"daily", "living"}: "function", {"normal", "life"}: "function",
	{"shared", "decision"}: "decision", {"decision", "aid"}: "decision", {"sleep", "apnoea"}: "apnoea", {"peritonsillar", "abscess"}: "quinsy", {"young", "people"}: "child",
	{"young", "person"}: "child", {"quality", "of"}: "function", {"visual", "acuity"}: "acuity", {"bony", "skeleton"}: "bone", {"waist", "circumference"}: "waist",
	{"tonsil", "stone"}: "tonsillolith", {"tonsil", "stones"}: "tonsillolith", {"blood", "pressure"}: "hypertension", {"blood", "thinner"}: "anticoagulant",
	{"blood", "thinners"}: "anticoagulant", {"pins", "and"}: "paraesthesia",
	{"non", "smoker"}: "smoke", {"non", "surgical"}: "conservative", {"non", "operative"}: "conservative", {"wait", "and"}: "watch", {"body", "weight"}: "weight",
}

var pairStarts = func() wordSet {
	first := map[string]bool{}
	for p := range pairs {
		first[p[0]] = true
	}
	return setOf(first)
}()

// synonyms give the stems that mean the same in commissioning policies one word.
var synonyms = func() map[string]string {
	out := map[string]string{}
	for _, row := range [][]string{
		{"record", "document", "documentat", "note", "entered", "enter", "written", "writ", "diary", "log", "evidenc"},
		{"smoke", "smok", "smoker", "nonsmok", "nonsmoker", "tobacco", "nicotin", "cigarett", "vap"},
		{"cancer", "malignanc", "malignancy", "malignant", "neoplas", "melanoma", "carcinoma", "sarcoma", "tumour"},
		{"quinsy", "quinsi"},
		{"watch", "observat", "observ", "monitor", "wait"},
		{"conservative", "conservativ", "nonsurgic", "nonoperativ"},
		{"function", "functional", "activit", "activity", "disabl", "disabling", "disabilit", "impair", "interfer", "school", "work", "daily", "job", "disrupt", "hinder", "employ", "sleep-loss"},
		{"decision", "decid", "leaflet", "shar"},
		{"child", "children", "paediatric", "infant", "boy", "girl", "teenager"},
		{"adult", "grown"},
		{"pain", "painful", "ach"},
		{"severe", "sever", "intens"},
		{"symptom", "symptomatic", "complaint"},
		{"recur", "recurrent", "repeat", "repeated", "recurrenc"},
		{"injection", "inject"}, {"splint", "brac", "orthos", "orthosis"},
		{"physio", "physiotherapy", "physiotherapist", "exercis"},
		{"bmi", "obes", "obesit", "overweight"},
		{"weight", "weigh"},
		{"drive", "driv", "dvla", "driver"},
		{"fall", "fallen"},
		{"ulcer", "ulcerat"},
		{"bleed", "haemorrhag", "bled"},
		{"infect", "infection", "infected"},
		{"approval", "authoris", "blueteq", "preapprov"},
		{"gp", "practic", "doctor", "practition"},
		{"diagnos", "diagnosis", "diagnosed", "diagnost"},
		{"fail", "failur", "unsuccessful", "ineffectiv", "inadequat"},
		{"cosmetic", "appearanc", "aesthetic"},
		{"partner", "coupl", "husband", "wife"},
		{"confirm", "proven", "prov", "verif", "demonstrat"},
		{"hearing", "hear", "deaf", "deafn", "audiometr", "audiometry"},
		{"vision", "visual", "sight", "eyesight"},
		{"stop", "stopp", "quit", "ceas", "abstain"},
		{"specialist", "consultant", "dermatolog", "dermatologist", "surgeon"},
		{"letter", "writing"},
		{"tonsillolith", "tonsilloliths"}, {"anticoagulant", "anticoagulants", "anticoagulation"}, {"hypertension", "hypertensive"},
		{"keyhole", "laparoscopic", "laparoscopy"}, {"oedema", "swelling", "swollen"}, {"itch", "itching", "itchy", "pruritus"}, {"paraesthesia", "tingling"},
	} {
		for _, w := range row {
			out[w] = row[0]
			out[stemOf(w)] = row[0]
		}
	}
	return out
}()
