package textdiff

import (
	"strings"

	"concordat/review/clause"
)

// sameMeaning gives terms that mean the same one name: words of general English and of the clinic that people put for
// each other in any policy. What only comes near, or names a kind of the other, is not among them.
var sameMeaning = func() map[string]string {
	out := map[string]string{}
	for _, row := range []string{
		"try tried attempt attempted", "persist continue persistent", "begin start commence", "stop cease", "show demonstrate", "inform advise tell", "help assist", "get obtain receive",
		"keep maintain retain", "choose select", "discuss discussion talk", "explain explanation", "assess assessment evaluate evaluation", "happen occur", "affect effect", "worse worsen deteriorate deterioration",
		"reduce reduction decrease", "increase rise", "big large", "enough sufficient adequate", "often frequent frequently", "usual usually normal normally", "serious seriously grave",
		"simple easy", "hard difficult difficulty", "whole entire", "illness disease", "medicine medication drug", "walk walking", "footwear shoe", "painkiller analgesia analgesic analgesics",
		"antibiotic antibiotics", "radiograph x-ray", "ultrasound ultrasonography sonography", "kidney renal", "heart cardiac", "liver hepatic", "lung pulmonary", "bowel intestine",
		"abdomen abdominal", "womb uterus uterine", "menstrual menstruation", "breast mammary", "return recur relapse", "spectacles glasses", "limit restrict restriction", "dose dosage", "suitable appropriate",
	} {
		words := strings.Fields(row)
		for _, w := range words {
			for _, t := range clause.Terms(w) {
				out[t] = words[0]
			}
		}
	}
	return out
}()

// saysNothing are terms that decide about nobody by themselves: those of numbers, and of how a text speaks. Side,
// comparator and duty are judged apart.
var saysNothing = func() map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq("age aged bmi body mass kg kg/m² db hl cm mm mmol/mol logmar degree degrees percent half quarter index score scores value measured measure measurement reading level total number threshold greater higher lower older younger larger smaller longer shorter " +
		"exceed exceeds exceeding maximum minimum exclude excluded eligible ineligible include included qualify qualified fit fulfil fulfilled satisfy satisfied accept accepted allow allowed permitted entitled " +
		"therefore however please accordance line following presence present situation circumstance circumstances time times period duration date ever yet least known state stated pay pays paid reason reasons ground grounds purpose purposes") {
		for _, t := range clause.Terms(w) {
			out[t] = true
		}
	}
	return out
}()

// sharper are words that name less than the term which clause.Terms has for them: what is near enough to align two
// criteria may leave somebody out.
var sharper = list("melanoma carcinoma sarcoma boy boys girl girls infant infants teenager teenagers school work job employment surgeon surgeons dermatologist consultant consultants " +
	"vaping nicotine overweight husband wife cigarettes deaf leaflet exercise exercises laparoscopic")

// contraries are the words of which one shuts out the others, by the number of their scale: moderate pain is not severe.
var contraries = func() map[string]int {
	out := map[string]int{}
	for i, row := range []string{
		"mild moderate severe", "minor major", "unilateral bilateral", "left right", "upper lower", "acute chronic", "early late", "primary secondary", "partial complete", "medial lateral",
		"anterior posterior", "proximal distal", "benign malignant", "internal external", "elective emergency", "inpatient outpatient", "general local", "better worse", "male female", "boy girl",
		"active inactive", "symptomatic asymptomatic", "fixed mobile", "first second third", "constant intermittent", "daily weekly monthly",
	} {
		for _, w := range strings.Fields(row) {
			out[w] = i + 1
		}
	}
	return out
}()
