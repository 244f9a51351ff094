package public

import "strings"

// saysNothing are the words that stand in any question and say nothing about which treatment it is about: those that only
// join words, and those that go with every treatment. By themselves they find nothing.
var saysNothing = setOf(`
	a about above after again against all also am among an and any anybody anyone are around as ask at be because been before
	being below between both but by can cannot cant could did do does doing dont during each else ever every few for from get gets
	getting give given go going got had has have having he her here hers him his how i id if ill im in into is isnt it its ive just
	know let like look looking make may me might mine more most much must my myself need needed needs no nobody nor not of off on
	once one only onto or other our ours over own per please shall she should since so some somebody someone such take tell than
	thank that thats the their them then there these they this those through to too under until up upon us very want wanted wants
	was we were what whats when where whether which while who whom whose why will with within without wont would you your yours
	allowed available criteria criterion doctor eligibility eligible entitled gp guidance guideline guidelines hospital
	intervention interventions nhs op operate operated operating operation operations ops patient patients policies policy
	procedure procedures qualify refer referral referred referrals service services threshold thresholds treat treated treating
	treatment treatments`)

// saysLittle are the words that say of what sort a treatment is. They need not be found where other words say which it is.
var saysLittle = setOf(`fund funded funding funds surgeries surgery surgical therapies therapy`)

func setOf(words string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		out[w] = true
	}
	return out
}
