package reviewpages_test

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"concordat/review/access"
)

// A national text is read from every kind of file that a local one is, and comes back as it was sent, to all who may read
// the policy. What is corrected under its title keeps the file.
func TestNationalOriginal(t *testing.T) {
	h := newHouse(t)
	lead, reader := h.signedIn("Priya Anand", access.PolicyLead), h.signedIn("Ada Lund", access.Clinician)
	_, matrix := h.sideBySide(lead, "All of these:\n\n- BMI below 45\n", "All of these:\n\n- BMI below 40\n")
	national := matrix + "/national"
	reader.get(national).want(http.StatusOK, "None is given yet").lacks("Keep it")
	reader.get(matrix).lacks(national)
	reader.get(national + "/original").want(http.StatusNotFound)
	read := func(name string) []byte {
		t.Helper()
		data, err := os.ReadFile("../../../review/intake/testdata/pdf/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	for _, tc := range []struct {
		name, contentType string
		data              []byte
		want              []string
	}{
		{"a.md", "text/plain", []byte("# Who\n\n- BMI below 40"), []string{"BMI below 40"}},
		{"b.csv", "text/plain", []byte("Procedure,Threshold\nKnee replacement,BMI below 35\n"), []string{"BMI below 35"}},
		{"c.html", "text/plain", []byte(localPage), []string{"Seven episodes in a year", "What could not be carried over"}},
		{"d.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", read("hearing-aids.docx"), []string{"earing aid"}},
		{"e.pdf", "application/pdf", read("hearing-aids.pdf"), []string{"earing aid"}},
	} {
		a := lead.get(national)
		lead.send(national, a.form("title", "EBI "+tc.name, "source", "https://example.org/ebi", "text", ""), tc.name, tc.data).want(http.StatusOK, "The national text is kept")
		reader.get(national).want(http.StatusOK, append(tc.want, "EBI "+tc.name, "The original: "+tc.name[:1]+".")...).lacks("Keep it").safe()
		got := reader.get(national + "/original").want(http.StatusOK)
		if got.body != string(tc.data) || !strings.HasPrefix(got.header.Get("Content-Type"), tc.contentType) {
			t.Errorf("%s: %d bytes as %q, want %d as %s", tc.name, len(got.body), got.header.Get("Content-Type"), len(tc.data), tc.contentType)
		}
	}
	reader.get(matrix).want(http.StatusOK, "National text")

	a := lead.get(national)
	lead.send(national, a.form("title", "EBI e.pdf", "text", "- BMI below 41, corrected"), "", nil).want(http.StatusOK, "The national text is kept")
	lead.get(national).want(http.StatusOK, "BMI below 41, corrected", "The original: e.pdf")
	a = lead.get(national)
	lead.send(national, a.form("title", "NICE", "text", "- BMI below 42"), "", nil).want(http.StatusOK)
	lead.get(national).want(http.StatusOK, "BMI below 42").lacks("The original")
	lead.send(national, lead.get(national).form("title", "SIGN"), "x.docx", []byte("PK\x03\x04 not a file")).want(http.StatusUnprocessableEntity, `href="#file"`, "SIGN")
}
