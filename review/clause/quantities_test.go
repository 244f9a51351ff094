package clause_test

import (
	"strings"
	"testing"

	"concordat/review/clause"
)

// TestQuantities has one line for each way in which policies write a threshold.
func TestQuantities(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ words, want string }{
		{"at least 7 episodes of tonsillitis in the last year", "episodes at least 7, in 12 mths"},
		{"7 or more episodes in 1 year", "episodes at least 7, in 12 mths"},
		{"5 or more sore throats in each of the 2 preceding years", "episodes at least 5, in 12 mths × 2"},
		{"five attacks a year for two consecutive years", "episodes at least 5, in 12 mths × 2"},
		{"7 in 1 year, 5 a year for 2 years, or 3 a year for 3 years", "episodes at least 7, in 12 mths; episodes at least 5, in 12 mths × 2; episodes at least 3, in 12 mths × 3"},
		{"In the preceding twelve months the patient had at least seven episodes", "episodes at least 7, in 12 mths"},
		{"more than 6 infections within 12 months", "episodes more than 6, in 12 mths"},
		{"aged 18 or over", "age at least 18"},
		{"children under 12 may be treated", "age less than 12"},
		{"a BMI over 30 may be referred", "BMI more than 30"},
		{"referred after 12 May 2020", ""},
		{"BMI less than or equal to 35", "BMI at most 35"},
		{"BMI > 19 and < 35", "BMI more than 19; BMI less than 35"},
		{"BMI between 19 kg/m² and 30 kg/m²", "BMI between 19 and 30"},
		{"aged 18 or over and not older than 40", "age at least 18; age at most 40"},
		{"patients must not be over 65 or under 18", "age at most 65; age at least 18"},
		{"women of 40 and over", "age at least 40"},
		{"you are 18 or over", "age at least 18"},
		{"no older than 39 years", "age at most 39"},
		{"the patient is 21 or over", "age at least 21"},
		{"women who are 40 or older", "age at least 40"},
		{"a score that is 21 or over", "score at least 21"},
		{"children under 16", "age less than 16"},
		{"women aged 23 to 39 years", "age between 23 and 39"},
		{"not aged over 42", "age at most 42"},
		{"a BMI of 35 or more", "BMI at least 35"},
		{"BMI below 40 kg/m²", "BMI less than 40"},
		{"a body mass index between 19 and 30", "BMI between 19 and 30"},
		{"BMI ≤ 30", "BMI at most 30"},
		{"BMI must not exceed 35", "BMI at most 35"},
		{"symptoms for at least 6 months", "time at least 6"},
		{"symptoms for more than 1 year", "time more than 12"},
		{"26 weeks of physiotherapy", "time at least 6"},
		{"no more than 3 cycles", "cycles at most 3"},
		{"up to 2 full cycles of IVF", "cycles at most 2"},
		{"hearing level of 25 dBHL or worse in the better ear", "hearing at least 25"},
		{"a threshold of 30 dB HL", "hearing at least 30"},
		{"visual acuity of 6/12 or worse", "acuity at least 0.3"},
		{"acuity worse than 6/9", "acuity more than 0.18"},
		{"LogMAR 0.3 or worse", "acuity at least 0.3"},
		{"a contracture of at least 30° at the joint", "angle at least 30"},
		{"30 degrees or more", "angle at least 30"},
		{"an Oxford hip score of 20 or less", "score at most 20"},
		{"a score below 20 on the Oxford scale", "score less than 20"},
		{"at least 500 g a side", "weight at least 0.5"},
		{"grade III or IV haemorrhoids", "grade between 3 and 4"},
		{"grade II or above", "grade at least 2"},
		{"after two steroid injections", "count of inject at least 2"},
		{"a lesion over 2 cm across", "size more than 2"},
		{"weight loss of 5% or more", "percentage at least 5"},
		{"greater than or equal to 35 kg/m2", "BMI at least 35"},
		{"Over the past year there have been at least 7", "episodes at least 7, in 12 mths"},
		{"within the last year at least two injections", "count of inject at least 2, in 12 mths"},
		{"7 episodes in 12/12", "episodes at least 7, in 12 mths"},
		{"a year and a half of physiotherapy for a year and a half", "time at least 18"},
		{"symptoms for at least a year and a half", "time at least 18"},
		{"steroid injection x 2", "count of inject at least 2"},
		{"6/12 or worse", "acuity at least 0.3"},
		{"splint for 6/12", "time at least 6"},
		{"over a year of pain", "time more than 12"},
		{"a fall in the last year", ""},
		{"Referred from 1 April 2018 under section 3.2", ""},
		{"NICE guideline NG77 of 2017", ""},
		{"OPCS-4 code F34.1", ""},
		{"type 2 diabetes", ""},
		{"tier 3 weight management", ""},
		{"at least two of the following", ""},
		{"use the two-week pathway", ""},
		{"fever above 38.3 °C", ""},
		{"within the last 12 months", ""},
	} {
		got := ""
		text := clause.Parse("## Criteria\n\n- " + tc.words + "\n")
		for _, c := range text.Criteria().Criteria {
			for _, q := range c.Quantities {
				got += "; " + q.String()
			}
		}
		if got = strings.TrimPrefix(got, "; "); got != tc.want {
			t.Errorf("%q: got %q, want %q", tc.words, got, tc.want)
		}
	}
}

// A number that is one with what stands beside it is not read as another, and the mark of a note is no part of any.
func TestNumbersWithMarks(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ words, want string }{
		{"Seven or more, documented, disabling sore throats in the preceding year.", "episodes at least 7, in 12 mths"},
		{"Pain for at least 10^5 months.", ""},
		{"Aged over 2 1/2 years.", ""},
		{"Pain for at least 3 ⁴ months.", "time at least 3"},
		{"BMI below 35 ¹˒² at referral.", "BMI less than 35"},
	} {
		r := clause.Parse("## Criteria\n\n- " + tc.words + "\n").Criteria()
		got := ""
		for _, c := range r.Criteria {
			for _, q := range c.Quantities {
				got += q.String()
			}
		}
		if got != tc.want {
			t.Errorf("%q: %q, want %q", tc.words, got, tc.want)
		}
	}
}

// What is struck out does not count.
func TestStruckOut(t *testing.T) {
	t.Parallel()
	x := clause.Parse("## Criteria\n\n- BMI below ~~35~~ 40\n")
	if got := x.Clauses[1].Words; got != "BMI below 40" {
		t.Errorf("words %q", got)
	}
}
