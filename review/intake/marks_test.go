package intake

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestMarksJoinNoNumber: what stands above or below the line in a page is a mark, a power, a fraction or chemistry by
// what is around it; a mark at a number is told.
func TestMarksJoinNoNumber(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ in, want, told string }{
		{"Weight under 90<sup>1,2</sup> today", "Weight under 90 ¹,² today", markAtNumber},
		{"Weight under 90<sup>1</sup>kg", "Weight under 90 ¹ kg", markAtNumber},
		{"Weight under 90<sup>[7]</sup>.", "Weight under 90 ⁷.", markAtNumber},
		{"Weight under 90<sup>3-5</sup>.", "Weight under 90 ³–⁵.", markAtNumber},
		{"Weight under 90<sup>b</sup>.", `Weight under 90 \[b].`, markAtNumber},
		{"Weight under 90<sup>*</sup>.", `Weight under 90\*.`, ""},
		{"Weight under 90¹˒².", "Weight under 90 ¹˒².", markAtNumber},
		{"Weight under 90%<sup>4</sup>", "Weight under 90% ⁴", markAtNumber},
		{"Weight under 90<sup><a href='#fn4'>4</a></sup>", "Weight under 90 ⁴", markAtNumber},
		{"Weight under 90<a href='#fn4'>4</a>", "Weight under 90 ⁴", markAtNumber},
		{"Weight under 90<span style='vertical-align: super'>4</span>", "Weight under 90 ⁴", markAtNumber},
		{"See section <a href='#s4'>4</a> and (<a href='#s5'>5</a>)", "See section 4 and (5)", ""},
		{"Had tests<sup>1</sup> before.<sup>2</sup> Then more", "Had tests ¹ before. ² Then more", ""},
		{"<sup>1</sup>Source of it", "¹ Source of it", ""},
		{"For 10<sup>2</sup> years", "For 10 ² years", markAtNumber},
		{"Below 10<sup>9</sup> per litre", "Below 10^9 per litre", ""},
		{"Below 50 x 10<sup>9</sup>.", "Below 50 x 10^9.", ""},
		{"Below 10<sup>−6</sup> of it", "Below 10^-6 of it", ""},
		{"Below 10⁹/l", "Below 10^9/l", ""},
		{"Below 10<sup>6</sup> of them", "Below 10^6 of them", "written as a power"},
		{"30 kg/m<sup>2</sup>, 5 cm<sup>3</sup>, 90 ml/min<sup>-1</sup>", "30 kg/m², 5 cm³, 90 ml/min⁻¹", ""},
		{"CO<sub>2</sub>, H<sub>2</sub>O, FEV<sub>1</sub>, HbA<sub>1c</sub>, HbA1<sup>c</sup>, Ca<sup>2+</sup>, <sup>131</sup>I, B12", "CO₂, H₂O, FEV₁, HbA1c, HbA1c, Ca²⁺, ¹³¹I, B12", ""},
		{"Bent 30<sup>0</sup> or 30<sup>o</sup>", "Bent 30° or 30°", ""},
		{"The 3<sup>rd</sup> week", "The 3rd week", ""},
		{"Vision <sup>6</sup>&frasl;<sub>12</sub> or ⁶⁄₁₂ or 6⁄12 or 6<sup>/</sup>12", "Vision 6/12 or 6/12 or 6/12 or 6/12", ""},
		{"For ½ a year, ¾hour", "For 1/2 a year, 3/4 hour", ""},
		{"For 2½ years", "For 2 1/2 years", "a whole number and a fraction"},
		{"For 2<sup>1</sup>/<sub>2</sub> years", "For 2 1/2 years", "a whole number and a fraction"},
		{"For 7<sub>max</sub> days", "For 7 max days", raisedWords},
	} {
		doc, err := Read("x.html", []byte("<html><p>"+tc.in+"</p>"))
		if err != nil || doc.Markdown != tc.want+"\n" {
			t.Errorf("%s: %q, %v, want %q", tc.in, doc.Markdown, err, tc.want)
		}
		if told := fmt.Sprint(doc.Losses); tc.told == "" && len(doc.Losses) > 0 || !strings.Contains(told, tc.told) {
			t.Errorf("%s: told %s, want %q", tc.in, told, tc.told)
		}
		stable(t, doc)
	}
}

// TestMarksInEveryFormat: the same mark is read alike from each kind of file.
func TestMarksInEveryFormat(t *testing.T) {
	t.Parallel()
	word := func(body string) []byte { return docx(t, map[string]string{"body.xml": "<w:p>" + body + "</w:p>"}) }
	raise := func(pr, text string) string { return "<w:r><w:rPr>" + pr + "</w:rPr><w:t>" + text + "</w:t></w:r>" }
	const super = `<w:vertAlign w:val="superscript"/>`
	for _, tc := range []struct {
		name string
		data []byte
		want string
	}{
		{"a.docx", word(r("Age under 40") + raise(super, "1") + raise(super+"<w:b/>", ",") + raise(super, "2") + r(" only")), "Age under 40 ¹,² only\n"},
		{"position.docx", word(r("Age under 40") + raise(`<w:position w:val="8"/>`, "1") + r(" only")), "Age under 40 ¹ only\n"},
		{"line.docx", word(raise(`<w:position w:val="8"/>`, "40") + r(" only")), "40 only\n"},
		{"noteref.docx", word(r("Age under 40") + wordField(" NOTEREF _Ref1 \\h ", "3") + r(" only")), "Age under 40 ³ only\n"},
		{"custom.docx", docx(t, map[string]string{"body.xml": "<w:p>" + r("Age under 40") + `<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>5</w:t></w:r></w:p>`,
			"footnotes.xml": `<w:footnote w:id="1">` + p("Seen.") + `</w:footnote>`}), "Age under 40[^1]\n\n[^1]: Seen.\n"},
		{"a.md", []byte("# A\n\nAge under 40<sup>1,2</sup> only"), "# A\n\nAge under 40 ¹,² only\n"},
		{"pandoc.md", []byte("# A\n\nAge under 40^1,2^ only, 10^9^ per litre, CO~2~"), "# A\n\nAge under 40 ¹,² only, 10^9 per litre, CO₂\n"},
		{"link.md", []byte("# A\n\nAge under 40<sup>[1](#fn1)</sup> only, `40<sup>1</sup>`"), "# A\n\nAge under 40 ¹ only, `40<sup>1</sup>`\n"},
		{"power.md", []byte("# A\n\n10^9/l and 10^12/l"), "# A\n\n10^9/l and 10^12/l\n"},
		{"a.txt", []byte("Age under 40¹,² only"), "Age under 40 ¹,² only\n"},
		{"plain.txt", []byte("Age under 40<sup>1</sup> only"), "Age under 40 ¹ only\n"},
		{"a.csv", []byte("Criterion,Value\nAge,under 40¹\n"), "| Criterion | Value |\n| --- | --- |\n| Age | under 40 ¹ |\n"},
	} {
		doc, err := Read(tc.name, tc.data)
		if err != nil || doc.Markdown != tc.want {
			t.Errorf("%s: %q, %v, want %q", tc.name, doc.Markdown, err, tc.want)
		}
		silent := tc.name == "custom.docx" || tc.name == "power.md" || tc.name == "line.docx"
		if told := strings.Contains(fmt.Sprint(doc.Losses), markAtNumber); told == silent {
			t.Errorf("%s: told %v", tc.name, doc.Losses)
		}
		stable(t, doc)
	}
}

// r is a run of a fixture, wordField a field with its result; one without a result is what Word draws itself.
func r(text string) string { return `<w:r><w:t xml:space="preserve">` + text + `</w:t></w:r>` }

func wordField(instruction string, result ...string) string {
	out := `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>` + instruction + `</w:instrText></w:r>`
	for _, text := range result {
		out += `<w:r><w:fldChar w:fldCharType="separate"/></w:r>` + r(text)
	}
	return out + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`
}

// nested is a field within the instruction of another.
func nested(field string) string { return `</w:instrText></w:r>` + field + `<w:r><w:instrText>` }

// TestMarksAreSettledOnce: whatever stands together, no digit of a mark joins a digit of the text, the plain words stay, and
// what was written so is left alone.
func TestMarksAreSettledOnce(t *testing.T) {
	t.Parallel()
	piece := rapid.SampledFrom([]string{"35", "10", " ", "m", "kg", ".", "/", "⁄", "¹", "²", "⁹", "⁰", "⁻", ",", "˒", "½", "₂", "×", "(", ")", "years", "–", "I", "per"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 1, 12).Draw(t, "pieces"), "")
		once := unmarked(text, &losses{})
		l := &losses{}
		if twice := unmarked(once, l); twice != once || len(l.all) > 0 {
			t.Fatalf("%q gives %q, read again %q, told %v", text, once, twice, l.all)
		}
		runs := make([]run, 0, len(text))
		for _, c := range text {
			runs = append(runs, run{text: string(c)})
		}
		if got := tailOf(marksApart(runs, &losses{})); got != once {
			t.Fatalf("%q in runs gives %q, in one %q", text, got, once)
		}
	})
}

// TestStruckWordsStayStruck: whatever stands around it, what was struck out is so in what a reader of the Markdown sees, and
// told; nothing else is.
func TestStruckWordsStayStruck(t *testing.T) {
	t.Parallel()
	words := rapid.SampledFrom([]string{"35", "(40)", "≥", "word", ".", ", ", " and ", "~5", "kg/m²", "a*b", "6/12", "“x”"})
	rapid.Check(t, func(t *rapid.T) {
		var runs []run
		struck := ""
		for range rapid.IntRange(1, 7).Draw(t, "runs") {
			r := run{text: words.Draw(t, "words"), style: style(rapid.IntRange(0, 7).Draw(t, "style"))}
			if r.style&strike != 0 {
				struck += r.text
			}
			runs = append(runs, r)
		}
		l := &losses{}
		w := &writer{}
		w.document([]block{{runs: settled(runs, l)}}, nil)
		got, want := lettersOf(struckText(w.String())), lettersOf(struck)
		if got != want {
			t.Fatalf("%+v gives %q: struck %q, want %q", runs, w.String(), got, want)
		}
		if told := strings.Contains(fmt.Sprint(l.all), struckKept); told != (strings.TrimSpace(struck) != "") {
			t.Fatalf("%+v: told %v", runs, l.all)
		}
	})
}

func TestStruckWordsInEveryFormat(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		data []byte
		want string
	}{
		{"a.docx", docx(t, map[string]string{"body.xml": "<w:p>" + r("Age under ") + "<w:r><w:rPr><w:strike/></w:rPr><w:t>40</w:t></w:r>" + r("45") + "</w:p>"}), "Age under ~~40~~ 45\n"},
		{"double.docx", docx(t, map[string]string{"body.xml": "<w:p>" + r("Age ") + "<w:r><w:rPr><w:dstrike/></w:rPr><w:t>(40)</w:t></w:r>" + r("under 45") + "</w:p>"}), "Age ~~(40)~~ under 45\n"},
		{"a.html", []byte("<html><p>Age <b>under <del>40</del></b>45"), "Age **under** ~~40~~ 45\n"},
		{"style.html", []byte("<html><p>Age <span style='text-decoration:line-through'>40</span> 45"), "Age ~~40~~ 45\n"},
		{"a.md", []byte("# A\n\nAge under <s>40</s>45 <strike>or\nnot</strike>"), "# A\n\nAge under ~~40~~ 45 ~~or\nnot~~\n"},
	} {
		doc, err := Read(tc.name, tc.data)
		if err != nil || doc.Markdown != tc.want || !strings.Contains(fmt.Sprint(doc.Losses), struckKept+": “") {
			t.Errorf("%s: %q, %v, told %v, want %q", tc.name, doc.Markdown, err, doc.Losses, tc.want)
		}
		stable(t, doc)
	}
	doc, err := Read("open.md", []byte("# A\n\nAge under <s>40"))
	if err != nil || !strings.Contains(fmt.Sprint(doc.Losses), "kept as live") {
		t.Errorf("a mark without its end: %q, %v, told %v", doc.Markdown, err, doc.Losses)
	}
}
