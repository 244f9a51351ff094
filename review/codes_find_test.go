package review_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"concordat/review"
)

func codesOf(opcs, icd string) review.Codes {
	return review.Codes{OPCS4: strings.Fields(opcs), ICD10: strings.Fields(icd)}
}

func TestFindCodes(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		text string
		want review.Codes
	}{
		{"OPCS-4: F34.1, F34.4; C71–C75", codesOf("F34.1 F34.4 C71-C75", "")},
		{"Procedure codes F34 and ICD-10 J35.0, J03.9.", codesOf("F34", "J35.0 J03.9")},
		{"## Codes\n\nA65.1\n\n## Evidence\n\nT10 and B12", codesOf("A65.1", "")},
		{"OPCS-4.9 codes:\n\n- W37.1\n- W38 to W42\n\nWe looked at L84 then.\n", codesOf("W37.1 W38-W42", "")},
		{"| Procedure | OPCS-4 |\n| --- | --- |\n| Tonsils | F34.1 |", codesOf("F34.1", "")},
		{"| OPCS-4 | ICD-10 |\n| --- | --- |\n| F34.1 | J35.0 |", codesOf("", "")},
		{"Diagnosis codes: M65.3, H61.2X and E66.01", codesOf("", "M65.3 H61.2X E66.01")},
		{"ICD10 C71-D75, C75-C71", codesOf("", "")},
		{"NICE NG77, CG60; vitamin B12 at T10", codesOf("", "")},
		{"OPCS: F34.12 is none, F34.1, F34.1 is one", codesOf("F34.1", "")},
	} {
		if diff := cmp.Diff(tc.want, review.FindCodes(tc.text), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%q (-want +got):\n%s", tc.text, diff)
		}
	}
}

func TestParseCodes(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"F34.1, F34.4": "[F34.1 F34.4] []", "OPCS F34": "[F34] []", "ICD-10 J35.0": "[] [J35.0]", "C71 - C75;D15.1": "[C71-C75 D15.1] []",
		"Tonsils": "", "F34 tonsils": "", "": "", "CP-041": "",
	} {
		c, ok := review.ParseCodes(typed)
		if got := fmt.Sprint(c.OPCS4, " ", c.ICD10); ok != (want != "") || ok && got != want {
			t.Errorf("%q: %s, %t, want %s", typed, got, ok, want)
		}
	}
}

func TestTitleCodes(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]string{
		"Varicose veins (L84-L88)": "Varicose veins [L84-L88] []", "Tonsils [ICD-10 J35.0; J03.9] in children": "Tonsils in children [] [J35.0 J03.9]",
		"Knees (W40) (adults)": "Knees (adults) [W40] []", "Vitamin B12 injections": "Vitamin B12 injections [] []", "Fusion (T10 and below)": "Fusion (T10 and below) [] []", "": " [] []",
	} {
		name, c := review.TitleCodes(title)
		if got := fmt.Sprint(name, " ", c.OPCS4, " ", c.ICD10); got != want {
			t.Errorf("%q: %q, want %q", title, got, want)
		}
	}
}

func TestCodesShare(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		a, b string
		want bool
	}{
		{"F34.1", "F34.1", true}, {"F34.1", "F34", true}, {"F34", "F34.9", true}, {"F34.1", "F34.2", false}, {"F34", "F35", false}, {"F34", "G34", false},
		{"C71-C75", "C73.2", true}, {"C71-C75", "C76", false}, {"F34.1-F34.4", "F34.5", false}, {"F34.1–F34.4", "F34.4", true}, {"W37-W42", "W40-W50", true},
	} {
		a, b := codesOf(tc.a, ""), codesOf(tc.b, "")
		if a.Shares(b) != tc.want || b.Shares(a) != tc.want {
			t.Errorf("%s and %s share: want %t", tc.a, tc.b, tc.want)
		}
	}
	if codesOf("F34", "").Shares(codesOf("", "F34")) {
		t.Error("codes of two systems are shared")
	}
}
