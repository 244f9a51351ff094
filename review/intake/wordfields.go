package intake

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// A field is a Word field that is open: its instruction, then its result.
type field struct {
	instruction strings.Builder
	result      bool
	shown       bool // its result has words
	href        string
	contents    bool
	mark        bool // it shows the mark of a note
	look        look
	form        *node // of an old form field
}

// silent says whether words here are a field's instruction, or the result of one that is left out.
func (w *wordReader) silent() bool {
	for _, f := range w.fields {
		if !f.result || f.contents {
			return true
		}
	}
	return false
}

// instructed is the field whose instruction is being read, nil when there is none, and the fields within that instruction.
func (w *wordReader) instructed() (f *field, within []*field) {
	for i := len(w.fields) - 1; i >= 0; i-- {
		if f := w.fields[i]; !f.result {
			return f, w.fields[i+1:]
		}
	}
	return nil, nil
}

// marked gives a run what its field says of it.
func (f *field) marked(r run, before []run) run {
	if r.href == "" {
		r.href = f.href
	}
	if f.mark && isGlued(tailOf(before), r.text) {
		r.style |= raised | reference
	}
	return r
}

func (w *wordReader) fieldMark(k *node, l look, out *[]run) {
	switch k.attr("fldCharType") {
	case "begin":
		if len(w.fields) < 50 { // deeper is no document
			w.fields = append(w.fields, &field{look: l, form: k.child("ffData")})
		}
	case "separate":
		if len(w.fields) > 0 {
			w.settleField(w.fields[len(w.fields)-1])
		}
	case "end":
		w.endField(out)
	}
}

func (w *wordReader) simpleField(k *node, base look, href string, out *[]run) {
	f := &field{look: base}
	f.instruction.WriteString(k.attr("instr"))
	w.fields = append(w.fields, f)
	w.settleField(f)
	w.walk(k, base, href, out)
	w.endField(out)
}

var hyperlinkField = regexp.MustCompile(`(?i)^\s*HYPERLINK\s+"([^"]+)"`)

// settleField decides what an instruction means for its result, which begins.
func (w *wordReader) settleField(f *field) {
	f.result = true
	text := f.instruction.String()
	switch name, _ := fieldName(text); name {
	case "TOC":
		f.contents = true
		w.loseContents()
	case "NOTEREF", "FTNREF":
		f.mark = true
	}
	if m := hyperlinkField.FindStringSubmatch(text); m != nil {
		f.href = link(m[1])
	}
}

func fieldName(instruction string) (name, rest string) {
	instruction = strings.TrimSpace(instruction)
	if rest, ok := strings.CutPrefix(instruction, "="); ok {
		return "=", rest
	}
	i := strings.IndexAny(instruction, " \t\u00a0\\\"")
	if i < 0 {
		i = len(instruction)
	}
	return strings.ToUpper(instruction[:i]), strings.TrimSpace(instruction[i:])
}

// endField closes a field. One that the file holds no result of is written as Word would draw it, or told.
func (w *wordReader) endField(out *[]run) {
	if len(w.fields) == 0 {
		return
	}
	f := w.fields[len(w.fields)-1]
	w.fields = w.fields[:len(w.fields)-1]
	if f.shown || f.contents {
		return
	}
	text, told := w.unstored(f)
	if told != "" && !w.silent() {
		w.losses.add(told + ": " + quote(tailOf(*out), text, ""))
	}
	w.addText(text, f.look, f.href, apart, out)
}

// fieldSign stands where a field should show something that the file does not hold.
const fieldSign = "[field]"

// unseen are fields that show nothing, or nothing of the text: entries of an index, the page's number, today's date.
var unseen = map[string]bool{
	"": true, "XE": true, "TC": true, "TA": true, "RD": true, "SET": true, "ASK": true, "PRIVATE": true, "ADVANCE": true, "NEXT": true,
	"NEXTIF": true, "SKIPIF": true, "PAGE": true, "NUMPAGES": true, "NUMWORDS": true, "NUMCHARS": true, "SECTION": true, "SECTIONPAGES": true,
	"PRINT": true, "INDEX": true, "TOA": true, "TOC": true, "PAGEREF": true, "DATE": true, "TIME": true, "SAVEDATE": true, "CREATEDATE": true,
	"PRINTDATE": true, "EDITTIME": true, "FILENAME": true, "FILESIZE": true, "REVNUM": true, "USERNAME": true, "USERINITIALS": true,
	"LASTSAVEDBY": true, "AUTHOR": true, "TEMPLATE": true, "BARCODE": true, "DISPLAYBARCODE": true, "SHAPE": true, "EMBED": true,
	"HYPERLINK": true, "FORMCHECKBOX": true, "FORMDROPDOWN": true, "ADDIN": true,
}

// unstored is what a field without a result shows, and what a reader should look at.
func (w *wordReader) unstored(f *field) (text, told string) {
	name, rest := fieldName(f.instruction.String())
	switch name {
	case "EQ":
		e := &fieldEquation{rest: rest}
		text = strings.TrimSpace(e.until(""))
		return text, e.told()
	case "SYMBOL":
		return w.symbolField(rest)
	case "QUOTE":
		return quotedText(rest), ""
	case "MACROBUTTON", "GOTOBUTTON":
		_, text, _ = strings.Cut(rest, " ")
		return strings.TrimSpace(text), ""
	case "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "LISTNUM":
		w.autonum++
		return fmt.Sprintf("%d.", w.autonum), "a number that Word makes when it shows the text, counted from 1 here (" + name + ")"
	}
	if f.form != nil {
		if text = formField(f.form); text != "" {
			return text, ""
		}
	}
	if name == "FORMTEXT" {
		return "[empty]", "a form field that nobody filled in"
	}
	if unseen[name] {
		return "", ""
	}
	return fieldSign, "a field without a stored result, shown as " + fieldSign + " (" + shorten(plain([]run{{text: name + " " + rest}}), 80) + ")"
}

// symbolField is the sign that a SYMBOL field names: its code, and its font.
func (w *wordReader) symbolField(rest string) (text, told string) {
	words := strings.Fields(strings.ReplaceAll(rest, "\\f", " \\f "))
	if len(words) == 0 {
		return "", ""
	}
	code, err := strconv.ParseInt(words[0], 0, 32)
	if err != nil {
		return strings.Trim(words[0], `"`), ""
	}
	font, r := "", rune(code)
	unicodeCode := strings.Contains(rest, `\u`)
	if _, after, ok := strings.Cut(rest, `\f`); ok {
		font = strings.ToLower(quotedText(after))
	}
	switch {
	case symbolsOf(font) != nil || signFont.MatchString(font):
		text = signIn(r, font)
		w.tellSign(text, font)
	case unicodeCode || code > 0xFF:
		text = string(r)
	default:
		text = string(charmap.Windows1252.DecodeByte(byte(code)))
	}
	return text, ""
}

var quotedWords = regexp.MustCompile(`"([^"]*)"|“([^”]*)”|(\S+)`)

// quotedText is the first argument of an instruction, in quotation marks or a word.
func quotedText(rest string) string {
	m := quotedWords.FindStringSubmatch(rest)
	if m == nil {
		return ""
	}
	return m[1] + m[2] + m[3]
}

// formField is what an old form field shows: a box, the choice from a list, or what stands in it from the start.
func formField(data *node) string {
	if box := data.child("checkBox"); box != nil {
		on, set := box.on("checked")
		if !set {
			on, _ = box.on("default")
		}
		return checkSign(on)
	}
	if list := data.child("ddList"); list != nil {
		entries := list.all("listEntry")
		chosen := list.first("result")
		if chosen == nil {
			chosen = list.first("default")
		}
		if i := number(chosen.val(), 0); i >= 0 && i < len(entries) {
			return entries[i].val()
		}
	}
	return data.first("textInput", "default").val()
}
