package bulk

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"

	"concordat/review"
)

// A topic is a policy as texts are matched to it.
type topic struct {
	policy *review.Policy
	names  []string // folded: its title and what else people call it
	words  []map[string]bool
	codes  review.Codes
}

// A world is what rows are matched to.
type world struct {
	places []*review.Commissioner
	byID   review.Places
	topics []topic
	weight map[string]float64 // of a word: the rarer among topics the more it says
	rare   float64            // of a word that no topic has: it says most, namely that something else is meant
}

func newWorld(places []*review.Commissioner, policies []*review.Policy) *world {
	w := &world{places: places, byID: review.PlacesOf(places), weight: map[string]float64{}}
	for _, p := range policies {
		t := topic{policy: p}
		for _, name := range append([]string{p.Title}, p.OtherNames...) {
			t.names, t.words = append(t.names, review.Fold(name)), append(t.words, significant(name))
		}
		for _, x := range p.Interventions {
			t.codes.OPCS4 = append(t.codes.OPCS4, x.Codes.OPCS4...)
			t.codes.ICD10 = append(t.codes.ICD10, x.Codes.ICD10...)
		}
		for word := range t.all() {
			w.weight[word]++
		}
		w.topics = append(w.topics, t)
	}
	w.rare = 1 + math.Log(float64(max(len(policies), 1)))
	for word, n := range w.weight {
		w.weight[word] = w.rare - math.Log(n)
	}
	return w
}

func (t topic) all() map[string]bool {
	out := map[string]bool{}
	for _, words := range t.words {
		for word := range words {
			out[word] = true
		}
	}
	return out
}

// idle are words that titles of policies have whatever they are about.
var idle = wordSet(`a an and any are as at by for from in into is it no not of on or other the their to with without
	policy policies procedure procedures treatment treatments intervention interventions surgery surgical operation operations
	commissioning commissioned clinical threshold thresholds criteria criterion eligibility statement guidance guideline referral
	nhs ccg icb trust group place places local final draft version copy new updated approved prior approval funding funded
	restricted routine routinely patient patients service services management use document file text manifest section`)

func wordSet(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(s) {
		out[w] = true
	}
	return out
}

// significant are the words of a name that say what it is about, in the singular.
func significant(name string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if idle[w] || len(w) < 3 || w[0] >= '0' && w[0] <= '9' || w[0] == 'v' && w[1] >= '0' && w[1] <= '9' {
			continue
		}
		out[singular(w)] = true
	}
	return out
}

func singular(w string) string {
	switch {
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "is") && !strings.HasSuffix(w, "us"):
		return w[:len(w)-1]
	}
	return w
}

// about is what is known of a row when it is matched to policies.
type about struct {
	said  string       // by the manifest: a reference, codes or a title
	title string       // of the text
	file  string       // what the file's name says
	codes review.Codes // that the text gives
	place string       // id of its commissioner; "" when not known

	saidCodes bool // the codes are from the manifest
}

// policy finds what a row is about. It is sure of a reference, of a title or other name that only one policy has, and
// of codes that only one policy has when its title agrees; then policy is its id and how says by what. Of anything else it
// makes proposals.
func (w *world) policy(a about) (policy, how string, guessed []Proposal) {
	open := w.open(a.place)
	if codes, ok := review.ParseCodes(a.said); ok && len(sharing(open, codes)) > 0 {
		a.said, a.codes, a.saidCodes = "", codes, true
	}
	if a.said != "" {
		if policy, how, guessed := w.bySaying(open, a.said); policy != "" || len(guessed) > 0 {
			return policy, how, guessed
		}
	}
	return w.byText(open, a)
}

// open are the topics that a commissioner is concerned by; all when it is not known.
func (w *world) open(place string) []topic {
	return slices.DeleteFunc(slices.Clone(w.topics), func(t topic) bool { return place != "" && !t.policy.Concerns(place, w.byID) })
}

// bySaying goes by what the manifest says, which a person wrote to be understood.
func (w *world) bySaying(open []topic, said string) (policy, how string, guessed []Proposal) {
	for _, t := range open {
		if strings.EqualFold(t.policy.Reference, strings.Join(strings.Fields(said), " ")) {
			return t.policy.ID, "by its reference", nil
		}
	}
	if same := sameName(open, said); len(same) == 1 {
		return same[0], "by its title", nil
	}
	return "", "", w.byWords(open, said, "the manifest")
}

// byText goes by codes and title together: where they disagree, nothing is sure.
func (w *world) byText(open []topic, a about) (policy, how string, guessed []Proposal) {
	coded, named := sharing(open, a.codes), sameName(open, a.title)
	guessed = w.byWords(open, a.title, "the text’s title")
	if len(guessed) == 0 {
		guessed = w.byWords(open, a.file, "the file’s name")
	}
	worded := func(id string) bool {
		return slices.ContainsFunc(guessed, func(p Proposal) bool { return p.Policy == id })
	}
	both := slices.DeleteFunc(slices.Clone(named), func(id string) bool { return len(coded) > 0 && !slices.Contains(coded, id) })
	switch {
	case a.said != "": // nothing fits what a person said, so that nothing is sure
	case len(both) == 1 && len(coded) > 0:
		return both[0], "by its title and codes", nil
	case len(both) == 1:
		return both[0], "by its title", nil
	case len(coded) == 1 && len(named) == 0 && (a.saidCodes || worded(coded[0])):
		return coded[0], "by its codes", nil
	}
	return "", "", join(guessed, coded)
}

// join adds to proposals those of codes. What has both is likely, and so is the only one that has the codes.
func join(guessed []Proposal, coded []string) []Proposal {
	for _, id := range coded {
		if i := slices.IndexFunc(guessed, func(g Proposal) bool { return g.Policy == id }); i >= 0 {
			guessed[i].Why, guessed[i].Likely = guessed[i].Why+", and codes agree", true
			continue
		}
		guessed = append(guessed, Proposal{Policy: id, Why: "its codes agree", Likely: len(coded) == 1})
	}
	slices.SortStableFunc(guessed, func(x, y Proposal) int { return -cmp.Compare(likelihood(x), likelihood(y)) })
	return guessed[:min(len(guessed), mostProposals)]
}

const mostProposals = 5

func likelihood(p Proposal) int {
	if p.Likely {
		return 1
	}
	return 0
}

// sharing are the policies that have a code in common with some.
func sharing(open []topic, codes review.Codes) (out []string) {
	for _, t := range open {
		if t.codes.Shares(codes) {
			out = append(out, t.policy.ID)
		}
	}
	return out
}

// sameName are the policies with a name of the same words, but for those that say nothing.
func sameName(open []topic, name string) (out []string) {
	words := significant(name)
	for _, t := range open {
		exact := strings.TrimSpace(name) != "" && slices.Contains(t.names, review.Fold(name))
		if exact || len(words) > 0 && slices.ContainsFunc(t.words, func(x map[string]bool) bool { return sameSet(x, words) }) {
			out = append(out, t.policy.ID)
		}
	}
	return out
}

func sameSet(a, b map[string]bool) bool {
	if len(a) != len(b) {
		return false
	}
	for w := range a {
		if !b[w] {
			return false
		}
	}
	return true
}

// byWords are the topics whose names share words with another, best first.
func (w *world) byWords(open []topic, name, of string) []Proposal {
	words := significant(name)
	type scored struct {
		Proposal
		score float64
	}
	var list []scored
	for _, t := range open {
		best, shared := 0.0, []string(nil)
		for _, own := range t.words {
			if score, common := w.alike(words, own); score > best {
				best, shared = score, common
			}
		}
		if best >= 0.2 {
			list = append(list, scored{Proposal{Policy: t.policy.ID, Why: of + " shares “" + strings.Join(shared, "”, “") + "” with it", Likely: best >= 0.5}, best})
		}
	}
	slices.SortStableFunc(list, func(a, b scored) int { return -cmp.Compare(a.score, b.score) })
	var out []Proposal
	for i, x := range list[:min(len(list), mostProposals)] {
		x.Likely = x.Likely && i == 0
		out = append(out, x.Proposal)
	}
	return out
}

// alike is how much two names have in common, from 0 to 1, by the weight of their words.
func (w *world) alike(a, b map[string]bool) (score float64, shared []string) {
	var common, total float64
	for word := range a {
		if weight, known := w.weight[word]; !known {
			total += w.rare
		} else if total += weight; b[word] {
			common += 2 * weight
			shared = append(shared, word)
		}
	}
	for word := range b {
		total += w.weight[word]
	}
	slices.Sort(shared)
	if total == 0 {
		return 0, nil
	}
	return common / total, shared
}

// bodies are words that names of commissioners have or lack.
var bodies = strings.NewReplacer("clinical commissioning group", " ", "integrated care board", " ", "primary care trust", " ", "&", " and ")

// reduced is a commissioner's name without what all of them have.
func reduced(name string) string {
	words := strings.FieldsFunc(bodies.Replace(strings.ToLower(name)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	words = slices.DeleteFunc(words, func(w string) bool { return w == "nhs" || w == "ccg" || w == "icb" || w == "the" })
	return strings.Join(words, " ")
}

// placeNamed is the commissioner that a manifest names, by name, short name or id; "" when none or several have it.
func (w *world) placeNamed(said string) string {
	var fits []string
	for _, c := range w.places {
		if want := reduced(said); strings.EqualFold(said, c.ID) || want != "" && (want == reduced(c.Name) || want == reduced(c.Short)) {
			fits = append(fits, c.ID)
		}
	}
	if len(fits) != 1 {
		return ""
	}
	return fits[0]
}

// placeIn guesses a commissioner from words in which it may be named: the one with the longest name that stands there.
func (w *world) placeIn(words string) string {
	words = " " + reduced(words) + " "
	best, length := "", 0
	for _, c := range w.places {
		for _, name := range []string{reduced(c.Name), reduced(c.Short)} {
			if n := len(name); n > max(length, 2) && strings.Contains(words, " "+name+" ") {
				best, length = c.ID, n
			}
		}
	}
	return best
}
