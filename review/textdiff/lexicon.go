package textdiff

import "strings"

func list(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range heard(words) {
		out[w.text] = true
	}
	return out
}

// The words of the field by what they do in a sentence. They are kept as heard makes them.
var (
	// grammar are words that carry no meaning of their own.
	grammar = list("a an the this that these those it its they their them he she his her we our us you your is are was were be been being am has have had having do does did " +
		"of to in on at by for with from as than then so such there here which who whom whose what when where if while also been get gets own same very each's into onto upon per via " +
		"following below above criteria criterion condition conditions apply applies met meet meets considered")
	negators = list("not no never cannot nor neither without none non nobody nothing dont wont isnt arent cant")
	binders  = list("and or all any both either each every neither well only")
	// comparators and words of a window belong to a number.
	comparators = list("least most more less fewer than over under above below up exceed exceeds exceeding between maximum minimum max min higher lower greater older younger larger smaller " +
		"longer shorter beyond within until before after or further later earlier sooner exactly about approximately to onwards")
	unitWords = list("year years month months week weeks day days hour hours minute minutes night nights session sessions episode episodes cycle cycles time times point points percent degrees " +
		"mg g kg mm cm m ml l litre litres pmol mmol mol db dbhl units unit injection injections birthday age aged old consecutive preceding last past previous successive running " +
		"single double half quarter grade stage level degree class i ii iii iv v logmar pounds size sizes")
	barWords = list("refuse refused refuses refusal decline declined declines reject rejected exclude excluded excludes excluding exclusion exclusions ineligible bar barred disqualify disqualifies disqualified " +
		"withhold withheld deny denied")
	exemptWords = list("exempt exempts exempted exempting exemption exemptions exception exceptions waive waived waives outside")
	offerWords  = list("fund funded funds funding commission commissioned commissions offer offered available provide provided treat treated refer referred accept accepted eligible approve approved support supported " +
		"list listed allow allowed allows permit permitted permits entitle entitled qualify qualifies pay consider covered cover covers include included includes give given request requested supply supplied repeat repeated " +
		"eligibility indication indications perform performed store stored open apply treatment repair surgery")
	// duties are those whose acts decide about nobody: what they must do is no condition for the patient.
	duties = list("gp gps clinician clinicians referrer referrers letter letters service services provider providers trust trusts team teams commissioner commissioners panel practitioner practitioners hospital " +
		"hospitals practice practices surgeon surgeons consultant consultants report reports photograph photographs application applications audit data form forms unit units clinic clinics")
)

// opposite is a word that says the contrary of another; barred when it is the one that turns away.
type opposite struct {
	text   string
	barred bool
}

// opposites are the contraries of words. In each pair the second turns away.
var opposites = func() map[string][]opposite {
	out := map[string][]opposite{}
	for _, row := range strings.Split("included excluded|include exclude|includes excludes|eligible ineligible|suitable unsuitable|accepted refused|accepted declined|allowed refused|offered refused|"+
		"inside outside|with without|always never|everybody nobody|may cannot|permitted prohibited|appropriate inappropriate|covered excluded|funded refused", "|") {
		pair := heard(row)
		open, bar := pair[0].text, pair[1].text
		out[open], out[bar] = append(out[open], opposite{bar, true}), append(out[bar], opposite{open, false})
	}
	return out
}()

// modalStrength is how strongly a verb binds: 1 for may, 2 for should, 3 for must.
var modalStrength = func() map[string]int {
	out := map[string]int{}
	for words, n := range map[string]int{"may can could might": 1, "should ought expected recommended advised": 2, "must shall will required require requires need needs needed": 3} {
		for _, w := range heard(words) {
			out[w.text] = n
		}
	}
	return out
}()
