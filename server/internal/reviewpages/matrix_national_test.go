package reviewpages_test

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"concordat/review/access"
	"concordat/server/internal/pagetest"
)

// A national text is read from every kind of file that a local one is, and comes back as it was sent, to all who may read
// the policy. What is corrected under its title keeps the file.
func TestNationalOriginal(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead, reader := h.SignedIn("Priya Anand", access.PolicyLead), h.SignedIn("Ada Lund", access.Clinician)
	_, matrix := h.sideBySide(lead, "Patients need all of these:\n\n- BMI below 45\n", "Patients need all of these:\n\n- BMI below 40\n")
	national := matrix + "/national"
	reader.Get(national).Want(http.StatusOK, "None is given yet").Lacks("Keep it")
	reader.Get(matrix).Lacks(national)
	reader.Get(national + "/original").Want(http.StatusNotFound)
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
		a := lead.Get(national)
		lead.Send(national, a.Form("title", "EBI "+tc.name, "source", "https://example.org/ebi", "text", ""), pagetest.File{Name: tc.name, Data: tc.data}).Want(http.StatusOK, "The national text is kept")
		reader.Get(national).Want(http.StatusOK, append(tc.want, "EBI "+tc.name, "The original: "+tc.name[:1]+".")...).Lacks("Keep it").Safe()
		got := reader.Get(national + "/original").Want(http.StatusOK)
		if got.Body != string(tc.data) || !strings.HasPrefix(got.Header.Get("Content-Type"), tc.contentType) {
			t.Errorf("%s: %d bytes as %q, want %d as %s", tc.name, len(got.Body), got.Header.Get("Content-Type"), len(tc.data), tc.contentType)
		}
	}
	reader.Get(matrix).Want(http.StatusOK, "National text")

	a := lead.Get(national)
	lead.Send(national, a.Form("title", "EBI e.pdf", "text", "- BMI below 41, corrected")).Want(http.StatusOK, "The national text is kept")
	lead.Get(national).Want(http.StatusOK, "BMI below 41, corrected", "The original: e.pdf")
	a = lead.Get(national)
	lead.Send(national, a.Form("title", "NICE", "text", "- BMI below 42")).Want(http.StatusOK)
	lead.Get(national).Want(http.StatusOK, "BMI below 42").Lacks("The original")
	lead.Send(national, lead.Get(national).Form("title", "SIGN"), pagetest.File{Name: "x.docx", Data: []byte("PK\x03\x04 not a file")}).Want(http.StatusUnprocessableEntity, `href="#file"`, "SIGN")
}
