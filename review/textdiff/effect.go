package textdiff

import (
	"slices"
	"strings"

	"concordat/review/clause"
)

// Effect is what a change does for patients, or how one text stands to another.
type Effect string

// The effects. Narrower means that fewer patients could have the treatment, Wider that more could. Mixed: some gain and
// some lose. Opposite: what was a reason to treat bars treatment, or the reverse.
const (
	NoEffect Effect = "same"
	Narrower Effect = "narrower"
	Wider    Effect = "wider"
	Mixed    Effect = "mixed"
	Unclear  Effect = "cannot be told"
	Opposite Effect = "opposite"
)

// Reverse is the effect of the change taken back.
func (e Effect) Reverse() Effect {
	switch e {
	case Narrower:
		return Wider
	case Wider:
		return Narrower
	}
	return e
}

// Holding is what one text says on one matter: some of its criteria. The zero Holding says nothing.
type Holding struct {
	Reading  *clause.Reading
	Criteria []int // indexes into Reading.Criteria
}

// Empty tells whether it says nothing.
func (h Holding) Empty() bool { return len(h.Criteria) == 0 }

func (h Holding) at(i int) *clause.Criterion { return &h.Reading.Criteria[h.Criteria[i]] }

// Words are the exact words, one criterion a line.
func (h Holding) Words() string {
	words := make([]string, len(h.Criteria))
	for i, c := range h.Criteria {
		words[i] = h.Reading.Words(c)
	}
	return strings.Join(words, "\n")
}

// Quantities are all of its quantities, in order.
func (h Holding) Quantities() []clause.Quantity {
	var out []clause.Quantity
	for i := range h.Criteria {
		out = append(out, h.at(i).Quantities...)
	}
	return out
}

// Vague is a word that stands for a number where there is none: "often"; "" when there is none.
func (h Holding) Vague() string {
	for i := range h.Criteria {
		if c := h.at(i); c.Vague != "" && len(c.Quantities) == 0 {
			return c.Vague
		}
	}
	return ""
}

// Weigh tells what it does for patients when one holding takes the place of another, and why in words. It judges by
// comparators and by whether the criteria ask or bar. Nothing is taken for the same of which the reading is in doubt, or
// where equal numbers stand in words that are not all known to mean the same. Where there are no numbers half of the words
// must be, and none be the contrary of another: what the words decide less is Unclear.
func Weigh(before, after Holding) (Effect, string) {
	effect, why := weighed(before, after)
	if effect == NoEffect {
		if d := doubt(before, after); d != "" {
			return Unclear, d
		}
	}
	return effect, why
}

// weighed judges as if nothing had been misread.
func weighed(before, after Holding) (Effect, string) {
	switch {
	case before.Empty() && after.Empty():
		return NoEffect, "neither says anything"
	case before.Empty():
		return arrives(after)
	case after.Empty():
		return leaves(before)
	}
	if x, y := before.waives(), after.waives(); x || y {
		return waiving(before, after, x, y)
	}
	if before.position() && after.position() && (before.at(0).Role == clause.Position || after.at(0).Role == clause.Position) {
		return positions(before, after)
	}
	if before.at(0).Role == clause.Approval && after.at(0).Role == clause.Approval {
		return NoEffect, "approval is needed in both"
	}
	x, y := before.Quantities(), after.Quantities()
	switch {
	case len(x) > 0 && len(y) > 0:
		return numbers(before, after)
	case len(x)+len(y) == 0:
		return wordsOnly(before, after)
	}
	return oneNumber(before, after)
}

// arrives tells what a criterion does that nothing stood for before, and why in words.
func arrives(h Holding) (Effect, string) {
	e, came, _ := comes(h)
	return e, came
}

// leaves tells what it does when nothing stands for a criterion any more.
func leaves(h Holding) (Effect, string) {
	e, _, gone := comes(h)
	return e.Reverse(), gone
}

// comes tells what a criterion does when it comes, and in words that it came and that it is gone.
func comes(h Holding) (e Effect, came, gone string) {
	c := h.at(0)
	switch {
	case h.waives():
		return NoEffect, "it says that this is not asked for", "it said that this is not asked for"
	case c.Role == clause.Position:
		return Unclear, "a new statement of whether it is funded", "it is not said any more whether it is funded"
	case c.Role == clause.Approval:
		return Narrower, "approval before treatment is new", "approval before treatment is not asked for any more"
	case c.Side == clause.Bars:
		return Narrower, "a new exclusion", "no longer an exclusion"
	case c.Side == clause.Exempts:
		return Wider, "a new exemption from the policy", "no longer an exemption from the policy"
	case h.Reading.Alternative(h.Criteria[0]):
		return Wider, "one more way to qualify", "one way fewer to qualify"
	case c.Modality == clause.May:
		return Wider, "one more way to qualify: it allows and does not require", "one way fewer to qualify: it allowed and did not require"
	}
	return Narrower, "a new requirement", "no longer a requirement"
}

// waives tells whether a holding says only that something is not asked for.
func (h Holding) waives() bool {
	for i := range h.Criteria {
		if h.at(i).Side != clause.Waives {
			return false
		}
	}
	return !h.Empty()
}

// waiving compares when at least one holding says that something is not asked for.
func waiving(before, after Holding, x, y bool) (Effect, string) {
	switch {
	case x && y:
		return NoEffect, "it is asked for in neither"
	case y:
		return leaves(before)
	}
	return arrives(after)
}

// access is how far a treatment is open by a statement of its position: 2 for whoever needs it, 1 with restrictions, 0
// not at all.
func access(h Holding) int {
	words := " " + strings.ToLower(h.Words()) + " "
	has := func(any ...string) bool {
		return slices.ContainsFunc(any, func(s string) bool { return strings.Contains(words, s) })
	}
	barred := has(" not ", "never ", " no longer ", "nor ")
	limited := has("unless", "except", " only ", " if ", "where ", "when ", "following", "subject to", "restrict", "criteria", "threshold", "within ", "limits", "below", "priority")
	switch {
	case barred && !limited:
		return 0
	case barred, limited && !has("routinely ", "routine "):
		return 1
	}
	return 2
}

// position tells whether a holding says whether the treatment is funded at all.
func (h Holding) position() bool {
	for i := range h.Criteria {
		if c := h.at(i); c.Role == clause.Position || c.Funds && len(c.Quantities) == 0 {
			return true
		}
	}
	return false
}

func positions(before, after Holding) (Effect, string) {
	switch x, y := access(before), access(after); {
	case x == y:
		return NoEffect, "the position is the same"
	case min(x, y) == 0 && max(x, y) > 0:
		return Opposite, "it is funded in one and not in the other"
	case x > y:
		return Narrower, "funded with restrictions, and was without"
	}
	return Wider, "funded without the restrictions that there were"
}

// numbers compares two holdings that both have quantities.
func numbers(before, after Holding) (Effect, string) {
	x, y := ways(before), ways(after)
	if x == nil || y == nil {
		return Unclear, "the conditions are joined in more ways than can be compared"
	}
	if !sameMeasures(x, y) {
		return Unclear, "they do not measure the same"
	}
	switch forth, back := implies(x, y), implies(y, x); {
	case forth && back:
		return sameNumbers(before, after)
	case back:
		return Narrower, "fewer meet " + figures(after) + " than " + figures(before)
	case forth:
		return Wider, "more meet " + figures(after) + " than " + figures(before)
	}
	return Mixed, "some meet only " + figures(before) + ", others only " + figures(after)
}

// sameNumbers compares what is not a number of two holdings whose numbers mean the same.
func sameNumbers(before, after Holding) (Effect, string) {
	if e, why := modalities(before, after); e != NoEffect {
		return e, why
	}
	if !meanSame(before, after, aroundNumbers) {
		return Unclear, "the numbers are the same, and other words say whom they count for"
	}
	return NoEffect, "the numbers mean the same"
}

// modalities compares how strongly two holdings are meant.
func modalities(before, after Holding) (Effect, string) {
	x, y := strength(before), strength(after)
	if x == 0 || y == 0 || x == y || before.at(0).Side != clause.Requires || after.at(0).Side != clause.Requires {
		return NoEffect, ""
	}
	if x > y {
		return Wider, "a requirement became a recommendation"
	}
	return Narrower, "a recommendation became a requirement"
}

// strength is 1 for what is only recommended or allowed, 2 for what is required, 0 when the words do not say.
func strength(h Holding) int {
	s := 0
	for i := range h.Criteria {
		switch h.at(i).Modality {
		case clause.Should, clause.May:
			s = max(s, 1)
		case clause.Must:
			s = 2
		}
	}
	return s
}

func figures(h Holding) string {
	var out []string
	for _, q := range h.Quantities() {
		out = append(out, q.Short())
	}
	return "“" + strings.Join(out, "; ") + "”"
}

// wordsOnly compares two holdings without numbers.
func wordsOnly(before, after Holding) (Effect, string) {
	x, y := before.at(0), after.at(0)
	if x.Role == clause.Condition && y.Role == clause.Condition && x.Wants() != y.Wants() {
		return turned(x, y, likeness(before, after))
	}
	switch {
	case x.Side == clause.Exempts && y.Side == clause.Exempts && min(len(before.terms()), len(after.terms())) == 0:
		return NoEffect, "both leave it to other rules" // "see the separate policy" does not say what again
	case likeness(before, after) < alike:
		return Unclear, "the words differ and there are no numbers to compare"
	}
	if e, why := modalities(before, after); e != NoEffect {
		return e, why
	}
	if !meanSame(before, after, withoutNumber) {
		return Unclear, "the words differ and there are no numbers to compare"
	}
	return NoEffect, "the words mean the same"
}

// turned compares two criteria of which one wants what the other does not.
func turned(x, y *clause.Criterion, like float64) (Effect, string) {
	switch {
	case x.Side == y.Side && x.Side == clause.Exempts, x.Side != clause.Requires && y.Side != clause.Requires:
		return NoEffect, "both leave these patients out"
	case x.Negated != y.Negated && x.Side == y.Side:
		return Unclear, "one is worded by what is absent"
	case like >= 0.5 && x.Negated != y.Negated:
		return NoEffect, "the same is said the other way about"
	case x.Side == clause.Exempts || y.Side == clause.Exempts:
		return Unclear, "one leaves to other rules what the other decides"
	case like < 0.5 || x.Weak || y.Weak:
		return Unclear, "one asks for something and the other bars something, in different words"
	}
	return Opposite, "what one asks for, the other bars"
}

// alike is the share of meaning words that two wordings of one criterion have in common at least.
const alike = 0.2

// terms are the meaning words of all of its criteria.
func (h Holding) terms() []string {
	if len(h.Criteria) == 1 {
		return h.at(0).Terms
	}
	var out []string
	for i := range h.Criteria {
		out = append(out, h.at(i).Terms...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// likeness is the share of their terms that two holdings have in common.
func likeness(a, b Holding) float64 {
	x, y := a.terms(), b.terms()
	shared := 0
	for _, t := range x {
		if _, ok := slices.BinarySearch(y, t); ok {
			shared++
		}
	}
	total := min(len(x), len(y))
	if total == 0 {
		return 0
	}
	return float64(shared) / float64(total)
}

// oneNumber compares a holding with quantities with one that has none.
func oneNumber(before, after Holding) (Effect, string) {
	with, without, came := after, before, true
	if len(after.Quantities()) == 0 {
		with, without, came = before, after, false
	}
	if v := without.Vague(); v != "" {
		return Unclear, "“" + v + "” is no number"
	}
	if trivial(with) {
		return wordsOnly(before, after)
	}
	if likeness(before, after) < alike {
		return Unclear, "only one has a number, and the words differ"
	}
	e := Narrower
	if with.at(0).Side == clause.Bars && without.at(0).Side == clause.Bars {
		e = Wider
	}
	if !came {
		return e.Reverse(), "no number is asked for any more"
	}
	return e, "a number is asked for, and was not"
}

// trivial tells whether the only number is that of the thing itself: "one quinsy".
func trivial(h Holding) bool {
	for _, q := range h.Quantities() {
		if q.Measure != clause.Count && q.Measure != clause.Episodes || q.Low != 1 || q.Compare != clause.AtLeast {
			return false
		}
	}
	return true
}
