package intake

import (
	"fmt"
	"strings"
	"testing"
)

// TestFieldsWithoutResult: what Word draws itself and the file holds no result of is written, or told.
func TestFieldsWithoutResult(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ body, want, told string }{
		{r("Vision of ") + wordField(` EQ \f(6,18) `) + r(" or worse"), "Vision of 6/18 or worse", "an equation, written in one line: “Vision of 6/18”"},
		{r("Count 10") + wordField(` EQ \s\up8(9) `) + r("/l"), "Count 10^9/l", ""},
		{r("For 2") + wordField(` EQ \f(1;2) `) + r("years"), "For 2 1/2 years", ""},
		{wordField(` EQ \s\up5(1)/\s\do5(4) `) + r(" of it"), "1/4 of it", ""},
		{wordField(` EQ \r(3,x+1) `), "∛(x+1)", ""},
		{wordField(` EQ \b\bc\[(a\,b) `), `\[a,b]`, ""},
		{wordField(` EQ \b\lc\( (5) `) + r(" mg"), "(5 mg", ""},
		{wordField(` EQ \x(35) `), "35", ""},
		{wordField(` EQ \a(1,2) `), "1; 2", "not wholly understood"},
		{wordField(` EQ \f(6,` + nested(wordField(` SYMBOL 49 \f "Arial" `)) + `2) `), "6/12", ""},
		{r("BMI ") + wordField(` SYMBOL 179 \f "Symbol" `) + r(" 35"), "BMI ≥ 35", ""},
		{r("BMI ") + wordField(` SYMBOL 0xA3 \f Symbol \s 10 `) + r(" 35"), "BMI ≤ 35", ""},
		{wordField(` SYMBOL 254 \f Wingdings `) + r(" yes"), "☑ yes", ""},
		{r("5") + wordField(` SYMBOL 163 `), "5£", ""},
		{r("BMI ") + wordField(` SYMBOL 8805 \u `) + r(" 35"), "BMI ≥ 35", ""},
		{r("A") + wordField(` SYMBOL 200 \f Webdings `), `A\[sign]`, "a sign of the font webdings"},
		{wordField(` AUTONUM `) + r(" One of"), "1. One of", "a number that Word makes"},
		{wordField(` MACROBUTTON NoMacro [name of the place] `) + r(" is it"), `\[name of the place] is it`, ""},
		{r("Age ") + wordField(` QUOTE "40" `) + r(" years"), "Age 40 years", ""},
		{r("Age ") + wordField(` MERGEFIELD limit `) + r(" years"), `Age \[field] years`, "a field without a stored result, shown as [field] (MERGEFIELD limit)"},
		{r("Age ") + wordField(` IF `+nested(wordField(" DOCPROPERTY a ", "7"))+` = 1 "40" "50" `) + r(" years"), `Age \[field] years`, "(IF 7 = 1"},
		{r("Age ") + wordField(` IF 1 = 1 "40" `, "40") + r(" years"), "Age 40 years", ""},
		{r("Age ") + wordField(` = 30 + 5 `) + r(" years"), `Age \[field] years`, "(= 30 + 5)"},
		{r("Age ") + wordField(` FORMTEXT `, "\u2002\u2002") + r(" years"), `Age \[empty] years`, "nobody filled in"},
		{r("Age ") + `<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:textInput><w:default w:val="50"/></w:textInput></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMTEXT</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`, "Age 50", ""},
		{r("Side: ") + `<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="left"/><w:listEntry w:val="right"/></w:ddList></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`, "Side: right", ""},
		{r("Word") + wordField(` XE "Word" `) + wordField(" PAGE "), "Word", ""},
		{`<w:fldSimple w:instr=" QUOTE &quot;40&quot; "/>` + r(" years"), "40 years", ""},
		{`<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr><w:sdtContent/></w:sdt>` + r(" yes"), "☒ yes", ""},
		{`<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>` + r("Choose an item.") + `</w:sdtContent></w:sdt>`, "Choose an item.", "its prompt kept as words: “Choose an item.”"},
	} {
		doc, err := Read("x.docx", docx(t, map[string]string{"body.xml": "<w:p>" + tc.body + "</w:p>" + p("end")}))
		if want := strings.ReplaceAll(tc.want, "1. One", `1\. One`) + "\n\nend\n"; err != nil || doc.Markdown != want {
			t.Errorf("%s:\n%q, %v, want\n%q", tc.body, doc.Markdown, err, want)
		}
		if told := fmt.Sprint(doc.Losses); !strings.Contains(told, tc.told) {
			t.Errorf("%s: told %s, want %s", tc.body, told, tc.told)
		}
		stable(t, doc)
	}
}

// TestNumbersOfFields: numbers that Word would count go on from paragraph to paragraph.
func TestNumbersOfFields(t *testing.T) {
	t.Parallel()
	body := ""
	for _, name := range []string{" AUTONUM ", " AUTONUMLGL ", " LISTNUM LegalDefault "} {
		body += "<w:p>" + wordField(name) + r(" words of"+strings.ToLower(name)) + "</w:p>"
	}
	doc, err := Read("x.docx", docx(t, map[string]string{"body.xml": body}))
	if want := "1. words of autonum\n2. words of autonumlgl\n3. words of listnum legaldefault\n"; err != nil || doc.Markdown != want || len(doc.Losses) != 3 {
		t.Errorf("%q, told %v, %v", doc.Markdown, doc.Losses, err)
	}
}

// TestEquations: equations of Word and of web pages are written on the line, and told.
func TestEquations(t *testing.T) {
	t.Parallel()
	m := func(s string) string { return "<m:r><m:t>" + s + "</m:t></m:r>" }
	in := func(name, inside string) string { return "<m:" + name + ">" + inside + "</m:" + name + ">" }
	for _, tc := range []struct{ word, page, want, told string }{
		{in("f", in("num", m("6"))+in("den", m("12"))), "<mfrac><mn>6</mn><mn>12</mn></mfrac>", "6/12", "in one line"},
		{m("2") + in("f", in("num", m("1"))+in("den", m("2"))), "<mn>2</mn><mfrac><mn>1</mn><mn>2</mn></mfrac>", "2 1/2", "in one line"},
		{in("f", in("num", m("a+b"))+in("den", m("c"))), "<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac>", "(a+b)/c", "in one line"},
		{in("sSup", in("e", m("10"))+in("sup", m("−9"))), "<msup><mn>10</mn><mn>−9</mn></msup>", "10^-9", "in one line"},
		{m("kg/") + in("sSup", in("e", m("m"))+in("sup", m("2"))), "<mi>kg</mi><mo>/</mo><msup><mi>m</mi><mn>2</mn></msup>", "kg/m²", "in one line"},
		{in("sSub", in("e", m("CO"))+in("sub", m("2"))), "<msub><mi>CO</mi><mn>2</mn></msub>", "CO₂", "in one line"},
		{in("rad", `<m:deg/>`+in("e", m("x+1"))), "<msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt>", "√(x+1)", "in one line"},
		{in("d", `<m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr>`+in("e", m("5"))), `<mfenced open="[" close="]"><mn>5</mn></mfenced>`, `\[5]`, ""},
		{m("≥35"), "<mo>≥</mo><mn>35</mn>", "≥35", ""},
		{in("f", `<m:fPr><m:type m:val="noBar"/></m:fPr>`+in("num", m("5"))+in("den", m("2"))), `<mfrac linethickness="0"><mn>5</mn><mn>2</mn></mfrac>`, "(5 over 2)", "not wholly understood"},
		{in("unheardOf", in("e", m("5"))), "<munheard><mn>5</mn></munheard>", "5", "not wholly understood"},
	} {
		for name, data := range map[string][]byte{
			"x.docx": docx(t, map[string]string{"body.xml": "<w:p>" + r("Where ") + in("oMath", tc.word) + r(" is so") + "</w:p>"}),
			"x.html": []byte("<html><p>Where <math><semantics><mrow>" + tc.page + "</mrow><annotation>twice</annotation></semantics></math> is so"),
			"x.md":   []byte("# A\n\nWhere <math>" + tc.page + "</math> is so"),
		} {
			doc, err := Read(name, data)
			if got := strings.TrimPrefix(doc.Markdown, "# A\n\n"); err != nil || got != "Where "+tc.want+" is so\n" {
				t.Errorf("%s: %q, %v, want %q", name, got, err, tc.want)
			}
			if told := fmt.Sprint(doc.Losses); tc.told == "" && len(doc.Losses) > 0 || !strings.Contains(told, tc.told) {
				t.Errorf("%s: %s: told %s", name, tc.want, told)
			}
			stable(t, doc)
		}
	}
}

// FuzzFieldEquation reads arbitrary EQ fields: no words of theirs are lost, and they end.
func FuzzFieldEquation(f *testing.F) {
	for _, s := range []string{`\f(6,12)`, `\s\up8(9)\do8(2)`, `\r(,x)`, `\b\lc\{(a;b)`, `\f(\f(1,2),\f(3,4))`, `\`, `\f(`, `a\,b)`, `\o\ac(x,/)`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		e := &fieldEquation{rest: s}
		_ = e.until("")
		if e.rest != "" {
			t.Errorf("%q: left %q", s, e.rest)
		}
	})
}
