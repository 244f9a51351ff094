package public

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// shelf is a small library such as a commissioner has: title, other names, treatment, codes and a line of text.
var shelf = []struct {
	title, names, treatment, codes, text string
}{
	{"Assisted conception", "IVF, ICSI, test tube baby, fertility treatment", "In vitro fertilisation for infertility", "Q13.1, N97", "Couples who have tried for two years."},
	{"Abdominoplasty", "tummy tuck, apronectomy", "Removal of excess skin of the abdomen", "S02.1", "After weight loss. Not done for looks."},
	{"Carpal tunnel surgery", "CTS, median nerve decompression", "Carpal tunnel release for carpal tunnel syndrome", "A65.1, G56.0", "A splint at night for eight weeks."},
	{"Tonsillectomy", "tonsils out", "Tonsillectomy for recurrent tonsillitis", "F34, J35.0", "Sore throats seven times in a year. Surgery is the last step. Snoring alone is not enough."},
	{"Varicose vein interventions", "leg veins", "Ablation of varicose veins", "L84-L88, I83", "Compression stockings."},
	{"Cataract surgery", "eye lens replacement", "Phacoemulsification for cataract", "C71-C75, H25-H26", "Glare when driving at night."},
	{"Hip replacement", "THR, hip arthroplasty", "Total replacement of the hip joint for osteoarthritis", "W37-W39, M16", "Exercise and weight loss first."},
	{"Knee replacement", "TKR, knee arthroplasty", "Total replacement of the knee joint for osteoarthritis", "W40-W42, M17", "Exercise first."},
	{"Knee arthroscopy", "keyhole knee surgery, knee washout", "Arthroscopy of the knee", "W85", "Locked knee only."},
	{"Bariatric surgery", "weight loss surgery, gastric bypass, gastric band, obesity surgery", "Surgery for severe obesity", "G30, E66", "BMI of 40 or more."},
	{"Breast reduction", "mammoplasty, large breasts", "Reduction of the breasts for macromastia", "B31.1", "Back pain and skin infections."},
	{"Male circumcision", "foreskin removal", "Circumcision for phimosis", "N30.3", "Not for religious reasons."},
	{"Dupuytren’s contracture release", "Viking disease, bent fingers", "Fasciectomy", "T52, M72.0", "The hand cannot be laid flat."},
	{"Trigger finger release", "", "Release of trigger finger", "T72.3, M65.3", "Injection first."},
	{"Ganglion excision", "wrist lump, bible cyst", "Removal of a ganglion", "T59", "Most go away."},
	{"Grommets for glue ear", "ventilation tubes, otitis media with effusion, OME", "Insertion of grommets in children", "D15.1, H65", "Hearing loss for three months."},
	{"Hysterectomy for heavy menstrual bleeding", "womb removal, heavy periods", "Hysterectomy", "Q07, N92.0", "Coil first."},
	{"Injections for back pain", "facet joint injection, epidural", "Spinal injections for low back pain", "V54, M54.5", "Not sciatica."},
	{"Snoring surgery", "uvulopalatoplasty", "Palate surgery for snoring", "F32", "No apnoea."},
	{"Haemorrhoid surgery", "piles", "Haemorrhoidectomy", "H51, K64", "Banding first."},
	{"Benign skin lesions", "moles, skin tags, warts, lipoma", "Removal of benign skin lesions", "S06", "No cosmetic removal."},
	{"Laser hair removal", "hirsutism, excess hair", "Depilation", "S60.7", "Facial hair."},
	{"Ear correction surgery", "pinnaplasty, bat ears, prominent ears", "Otoplasty", "D03.3", "Children between 5 and 18."},
	{"Rhinoplasty", "nose job", "Reshaping of the nose", "E02", "After an injury."},
	{"Blepharoplasty", "eyelid surgery, droopy eyelids", "Removal of excess skin of the eyelid", "C13.1", "Vision is reduced."},
	{"Continuous glucose monitoring", "CGM, Libre, flash glucose", "Glucose monitoring for type 1 diabetes", "", "Sensor on the arm."},
	{"Individual funding requests", "IFR, exceptional cases", "", "", "How to ask for treatment that is not routinely funded."},
	{"MRI scans in open scanners", "open MRI, claustrophobia", "Imaging", "U13", "X-ray first."},
}

func shelfIndex() *Index {
	var docs []*Document
	for _, s := range shelf {
		var names []string
		if s.names != "" {
			names = strings.Split(s.names, ", ")
		}
		d := NewDocument(s.title, names)
		d.add(inTreatment, s.treatment)
		for c := range strings.SplitSeq(s.codes, ", ") {
			d.addCode(c)
		}
		d.add(inText, s.text)
		docs = append(docs, d)
	}
	return NewIndex(docs)
}

// What people type, and what they must see first: a policy that is called so.
func TestSearchFindsFirst(t *testing.T) {
	t.Parallel()
	x := shelfIndex()
	for _, tc := range []struct{ query, want string }{
		{"IVF", "Assisted conception"},
		{"ivf", "Assisted conception"},
		{"fertility", "Assisted conception"},
		{"infertile", "Assisted conception"},
		{"tummy tuck", "Abdominoplasty"},
		{"tummytuck", ""},
		{"carpal tunnel", "Carpal tunnel surgery"},
		{"carpel tunnel", "Carpal tunnel surgery"},
		{"CTS", "Carpal tunnel surgery"},
		{"carpal tunnel syndrome surgery", "Carpal tunnel surgery"},
		{"a65.1", "Carpal tunnel surgery"},
		{"A651", "Carpal tunnel surgery"},
		{"G56", "Carpal tunnel surgery"},
		{"tonsils", "Tonsillectomy"},
		{"tonsilectomy", "Tonsillectomy"},
		{"tonsillectomies", "Tonsillectomy"},
		{"tonsil", "Tonsillectomy"},
		{"varicose viens", "Varicose vein interventions"},
		{"vericose", "Varicose vein interventions"},
		{"cataracts", "Cataract surgery"},
		{"C73", "Cataract surgery"},
		{"hip repl", "Hip replacement"},
		{"replacement hip", "Hip replacement"},
		{"knee replacment", "Knee replacement"},
		{"keyhole knee", "Knee arthroscopy"},
		{"weight loss", "Bariatric surgery"},
		{"gastric band", "Bariatric surgery"},
		{"obesity", "Bariatric surgery"},
		{"breast", "Breast reduction"},
		{"circumsision", "Male circumcision"},
		{"dupuytrens", "Dupuytren’s contracture release"},
		{"dupuytren's", "Dupuytren’s contracture release"},
		{"Dupytren", "Dupuytren’s contracture release"},
		{"glue ear", "Grommets for glue ear"},
		{"gromets", "Grommets for glue ear"},
		{"bat ears", "Ear correction surgery"},
		{"heavy periods", "Hysterectomy for heavy menstrual bleeding"},
		{"hysterectmy", "Hysterectomy for heavy menstrual bleeding"},
		{"back pain", "Injections for back pain"},
		{"snoring", "Snoring surgery"},
		{"snore", "Snoring surgery"},
		{"piles", "Haemorrhoid surgery"},
		{"hemorrhoid", "Haemorrhoid surgery"},
		{"moles", "Benign skin lesions"},
		{"mole removal", "Benign skin lesions"},
		{"wart", "Benign skin lesions"},
		{"hair removal", "Laser hair removal"},
		{"nose job", "Rhinoplasty"},
		{"eyelids", "Blepharoplasty"},
		{"libre", "Continuous glucose monitoring"},
		{"diabetes", "Continuous glucose monitoring"},
		{"ifr", "Individual funding requests"},
		{"the policy for hip replacement on the NHS", "Hip replacement"},
		{"knee operation", "Knee arthroscopy"},
		{"hip replacement criteria", "Hip replacement"},
		{"do I qualify for a hysterectomy", "Hysterectomy for heavy menstrual bleeding"},
		{"I don't want my tonsils out", "Tonsillectomy"},
		{"l84", "Varicose vein interventions"},
		{"L86.2", "Varicose vein interventions"},
		{"laser treatment for hair", "Laser hair removal"},
		{"surgery for snoring", "Snoring surgery"},
		{"trigger finger", "Trigger finger release"},
		{"m17", "Knee replacement"},
		{"zzzz", ""},
		{"!!!", ""},
		{"", ""},
	} {
		found := x.Search(tc.query)
		got := ""
		if len(found) > 0 && found[0].Named {
			got = shelf[found[0].Doc].title
		}
		if got != tc.want {
			t.Errorf("%q: first is %q, want %q; all: %v", tc.query, got, tc.want, describe(found))
		}
	}
}

func describe(found []Match) []string {
	var all []string
	for _, m := range found {
		all = append(all, fmt.Sprintf("%s (%.0f, named %v)", shelf[m.Doc].title, m.score, m.Named))
	}
	return all
}

// What is looked for and has no policy: others with like words are found, and none of them as the answer.
func TestSearchTellsTheAnswerFromWhatIsNear(t *testing.T) {
	t.Parallel()
	x := shelfIndex()
	for _, tc := range []struct{ query, first string }{
		{"shoulder replacement", "Hip replacement"},
		{"hip resurfacing", "Hip replacement"},
		{"hip arthroscopy", "Hip replacement"},
		{"knee arthroplasty revision", "Knee replacement"},
		{"finger amputation", "Trigger finger release"},
		{"gastric balloon", "Bariatric surgery"},
		{"sore throat", "Tonsillectomy"},
		{"x-ray", "MRI scans in open scanners"},
		{"xray", "MRI scans in open scanners"},
		{"A65.4", "Carpal tunnel surgery"},
		{"new hip", "Hip replacement"},
		{"washout of the hip", "Hip replacement"},
		{"nose reconstruction", "Rhinoplasty"},
		{"brain surgery", ""},
	} {
		found := x.Search(tc.query)
		got := ""
		for i, m := range found {
			if i == 0 {
				got = shelf[m.Doc].title
			}
			if m.Named {
				t.Errorf("%q: %s is given as the answer", tc.query, shelf[m.Doc].title)
			}
		}
		if got != tc.first {
			t.Errorf("%q: first is %q, want %q; all: %v", tc.query, got, tc.first, describe(found))
		}
	}
}

// Words that only join others, and those that go with any treatment, find nothing by themselves, nor in company; nor do
// one or two letters.
func TestWordsThatSayNothingFindNothing(t *testing.T) {
	t.Parallel()
	x := shelfIndex()
	for _, q := range []string{"op", "ops", "me", "my", "the", "operation", "Operations", "treatment", "procedure", "THE OPERATION", "my op", "can I have an operation on the NHS?",
		"what’s the policy", "i can't", "o", "h", "ca", "ex", "he"} {
		if found := x.Search(q); len(found) > 0 {
			t.Errorf("%q: %v", q, describe(found))
		}
	}
	for q, want := range map[string]bool{"op": true, "my operation": true, "!!!": true, "hip": false, "surgery": false, "zzzz": false} {
		if got := x.Vague(q); got != want {
			t.Errorf("Vague(%q) is %v", q, got)
		}
	}
}

// A word that is known is not taken for the beginning of another, nor for one typing error away from it.
func TestSearchTakesKnownWordsAsTheyAre(t *testing.T) {
	t.Parallel()
	d := []*Document{NewDocument("Early menopause", nil), NewDocument("Hand splints", nil), NewDocument("Ear wax", nil), NewDocument("Gastric band", nil)}
	x := NewIndex(d)
	for q, want := range map[string]string{"ear": "Ear wax", "hand": "Hand splints", "band": "Gastric band"} {
		found := x.Search(q)
		if len(found) != 1 || !found[0].Named || d[found[0].Doc].Title != want {
			t.Errorf("%q: %+v, want %s alone", q, found, want)
		}
	}
}

// All words must be of one name and one treatment: two that each have a part are not what was asked for.
func TestSearchTakesNoNameTogetherFromSeveral(t *testing.T) {
	t.Parallel()
	d := NewDocument("Joint procedures", []string{"hip washout", "shoulder replacement"})
	d.add(inTreatment, "Arthroscopy of the knee")
	d.add(inTreatment, "Injection of the ankle")
	d.add(inSpecialty, "Bones and elbows")
	x := NewIndex([]*Document{d})
	for q, want := range map[string]bool{"hip washout": true, "joint replacement": true, "hip replacement": false, "ankle arthroscopy": false, "knee arthroscopy": true,
		"bones": true, "elbow replacement": false} {
		found := x.Search(q)
		if len(found) != 1 || found[0].Named != want {
			t.Errorf("%q: %+v, want named %v", q, found, want)
		}
	}
}

// A range of codes has what is between its ends, with and without a digit after the point.
func TestCodesIn(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]string{"a65.1": "a651", "a65": "a65", "l84-l86": "l84 l85 l86", "f34.1–f34.3": "f341 f342 f343", "c71-d72": "c71-d72", "a10.1-a12.2": "a101-a122"} {
		if got := strings.Join(codesIn(code), " "); got != want {
			t.Errorf("%s: %s, want %s", code, got, want)
		}
	}
}

func TestSearchSaysTheOtherName(t *testing.T) {
	t.Parallel()
	x := shelfIndex()
	for query, want := range map[string]string{"tummy": "tummy tuck", "abdominoplasty": "", "grommet": "", "ventilation": "ventilation tubes", "CGM": "CGM"} {
		found := x.Search(query)
		if len(found) == 0 || found[0].Name != want {
			t.Errorf("%q: %+v, want the name %q", query, found, want)
		}
	}
}

func TestStem(t *testing.T) {
	t.Parallel()
	for _, list := range [][]string{
		{"vein", "veins"}, {"snore", "snores", "snored", "snoring"}, {"surgery", "surgeries"}, {"stop", "stopped", "stopping"},
		{"biopsy", "biopsies"}, {"lens"}, {"release", "releases", "released"}, {"mass", "masses"}, {"fall", "falls", "falling"},
		{"virus"}, {"arthritis"}, {"a651"}, {"hip", "hips"},
	} {
		for _, w := range list[1:] {
			if stem(w) != stem(list[0]) {
				t.Errorf("%s is %q, %s is %q", w, stem(w), list[0], stem(list[0]))
			}
		}
	}
}

// One typing error is found, whichever it is; two are not.
func TestOff(t *testing.T) {
	t.Parallel()
	word := rapid.StringMatching(`[a-f]{4,9}`)
	rapid.Check(t, func(t *rapid.T) {
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		if got, want := off(a, b), distance(a, b) <= 1; got != want {
			t.Fatalf("off(%q, %q) is %v, the distance is %d", a, b, got, distance(a, b))
		}
		i := rapid.IntRange(0, len(a)-1).Draw(t, "i")
		if dropped := a[:i] + a[i+1:]; !off(a, dropped) || !off(dropped, a) {
			t.Fatalf("%q without a letter, %q, is not found", a, dropped)
		}
	})
}

// distance is how many letters must be changed, put in, taken out or swapped with their neighbour.
func distance(a, b string) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

// Nothing that is typed makes it fail, or find what is not there.
func FuzzSearch(f *testing.F) {
	x := shelfIndex()
	for _, s := range []string{"ivf", "a65.1", "'", "’s", "....", "x-ray/y", strings.Repeat("a ", 500), "\xff", "ﬁ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if found := x.Search(s); len(found) > len(shelf) {
			t.Errorf("%q: %d found", s, len(found))
		}
	})
}

// BenchmarkSearch looks through 2,000 policies.
func BenchmarkSearch(b *testing.B) {
	var docs []*Document
	for i := range 2000 {
		s := shelf[i%len(shelf)]
		d := NewDocument(fmt.Sprintf("%s %d", s.title, i), strings.Split(s.names, ", "))
		d.add(inText, s.text+fmt.Sprintf(" word%d other%d", i, i*7))
		docs = append(docs, d)
	}
	x := NewIndex(docs)
	for _, q := range []string{"tonsillectomy", "carpal tunnel surgery", "tonsilectomy", "s"} {
		b.Run(q, func(b *testing.B) {
			for b.Loop() {
				x.Search(q)
			}
		})
	}
}
