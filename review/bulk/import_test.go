package bulk_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"concordat/review"
	"concordat/review/bulk"
	"concordat/review/bulk/bulktest"
	"concordat/review/record"
	"concordat/review/reviewtest"
)

func TestMemory(t *testing.T) {
	t.Parallel()
	bulktest.Test(t, func(*testing.T) bulktest.Stores { return bulktest.InMemory() })
}

// said is what became of each row, one a line: where, outcome, cause, whose, what, and why.
func said(w bulktest.World, i *bulk.Import) string {
	names := map[string]string{"": "–"}
	for short, id := range w.Places {
		names[id] = short
	}
	for ref, id := range w.Policies {
		names[id] = ref
	}
	var b strings.Builder
	for _, r := range i.Rows {
		fmt.Fprintf(&b, "%s: %s", r.Where, r.Outcome)
		if r.Outcome == bulk.Refused {
			fmt.Fprintf(&b, " (%s) %s", r.Cause, r.Reason)
		}
		fmt.Fprintf(&b, " [%s %s]", names[r.Commissioner], names[r.Policy])
		if r.PlaceGuessed != "" {
			fmt.Fprintf(&b, " %s?", names[r.PlaceGuessed])
		}
		for _, p := range r.Guessed {
			fmt.Fprintf(&b, " %s?", names[p.Policy])
		}
		if r.Without != review.HasPolicy {
			fmt.Fprintf(&b, " %s", r.Without.Words())
		}
		for _, n := range r.Notes {
			fmt.Fprintf(&b, " / %s", n)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func same(t *testing.T, got, want string) {
	t.Helper()
	if diff := cmp.Diff(strings.Split(strings.TrimSpace(want), "\n"), strings.Split(strings.TrimSpace(got), "\n")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestManifest(t *testing.T) {
	t.Parallel()
	w := bulktest.New(t, bulktest.InMemory())
	files := map[string]string{
		"manifest.csv": `Commissioner;Topic or code;File;Effective date;Review date;Source
NHS Aldermoss CCG;CP-001;tonsils a.md;1 April 2018;Apr 2021;sent by Ruth
Brindlewick;F34.1;texts/tonsils b.md;01/04/2018;;
Cawsand;Cataract surgery;cataract;2018-04-01;;
Dunsmere;cataracts;No policy: open access;;;
Dunsmere;CP-005;none - the national guidance is used;;;
Dunsmere;CP-003;No policy;;;
Cawsand;CP-003;No policy: dunno;;;
Cawsand;CP-001;No policy - not known;;;
Oldham;CP-001;old.md;;;
Aldermoss;Ingrown toenail;toe.md;;;
Aldermoss;CP-002;missing.md;;;
Aldermoss;CP-003;;;;
Brindlewick;CP-002;future.md;1 April 2030;;
Brindlewick;CP-003;bad date.md;next year;;
Brindlewick;CP-004;back.md;1 April 2018;1 April 2017;
Cawsand;Cataract surgery;old.md;;;
Cawsand;CP-005;twin.md;;;
Aldermoss;CP-005;twin.md;;;
Dunsmere;CP-001;tonsils a.md;;;
Dunsmere;CP-002;locked.docx;;;
Cawsand;CP-002;macro.docm;;;
Cawsand;replacement of hips;hip.md;;;
Brindlewick;CP-005;wrong.md;;;
`,
		"tonsils a.md": bulktest.Text(0, "Aldermoss"), "texts/tonsils b.md": bulktest.Text(0, "Brindlewick"), "cataract.md": bulktest.Text(3, "Cawsand"),
		"old.md": "old", "toe.md": "toe", "future.md": "future", "bad date.md": "bad", "back.md": "back", "twin.md": "twin", "hip.md": "hip", "wrong.md": bulktest.Text(1, "Brindlewick"),
		"unnamed.md": bulktest.Text(1, "Cawsand"), "~$tonsils a.md": "x", "__MACOSX/._toe.md": "x", "Thumbs.db": "x",
		"locked.docx": "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 512) + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00",
		"macro.docm":  bulktest.ZIP(t, map[string]string{"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>", "word/vbaProject.bin": "x"}),
	}
	i := w.Planned(t, bulk.Start{Files: []bulk.Sent{bulktest.File("texts.zip", bulktest.ZIP(t, files))}})
	same(t, said(w, i), `
row 2 of manifest.csv: new [Aldermoss CP-001] / The review date “Apr 2021” names no day and was taken as 1 April 2021.
row 3 of manifest.csv: new [Brindlewick CP-001]
row 4 of manifest.csv: new [Cawsand CP-004]
row 5 of manifest.csv: new [Dunsmere CP-004] No policy: open access
row 6 of manifest.csv: new [Dunsmere CP-005] No policy: the national text is used
row 7 of manifest.csv: new [Dunsmere CP-003] No policy: what that means is not known
row 8 of manifest.csv: refused (said) “dunno” does not say what having no policy means there. Write “No policy: open access”, “No policy: national text” or “No policy: not known” [Cawsand CP-003] No policy: what that means is not known
row 9 of manifest.csv: new [Cawsand CP-001] No policy: what that means is not known
row 10 of manifest.csv: refused (choose) “Oldham” is not the name of a commissioner here. Choose which is meant [– CP-001]
row 11 of manifest.csv: refused (choose) “Ingrown toenail” is not the title, the reference or a code of a policy of this commissioner. Choose which is meant, or leave it out [Aldermoss –]
row 12 of manifest.csv: refused (unread) There is no file “missing.md”. Add it to the ZIP, or correct its name in the manifest [Aldermoss CP-002]
row 13 of manifest.csv: refused (unread) The manifest names no file. Enter the file’s name, or “No policy” and what that means there [Aldermoss CP-003]
row 14 of manifest.csv: refused (rule) Enter today or an earlier day: this is what the commissioner has today [Brindlewick CP-002]
row 15 of manifest.csv: refused (said) The effective date “next year” is no date. Write it as 1 April 2018 or 01/04/2018, or leave it empty [Brindlewick CP-003]
row 16 of manifest.csv: refused (rule) The review date must be after the effective date [Brindlewick CP-004]
row 17 of manifest.csv: refused (twice) It is for the same commissioner and policy as row 4 of manifest.csv. Leave one of them out [Cawsand CP-004] / Its file is the same as that of row 10 of manifest.csv.
row 18 of manifest.csv: new [Cawsand CP-005]
row 19 of manifest.csv: new [Aldermoss CP-005] / Its file is the same as that of row 18 of manifest.csv.
row 20 of manifest.csv: new [Dunsmere CP-001] / Its file is the same as that of row 2 of manifest.csv.
row 21 of manifest.csv: refused (unread) The file is protected by a password. Open it, remove the password, save it and send it again [Dunsmere CP-002]
row 22 of manifest.csv: refused (unread) The file holds macros, which are programs. Save it as a file without macros (.docx or .xlsx) and send that [Cawsand CP-002]
row 23 of manifest.csv: refused (choose) Choose which policy it is about: the program is not sure [Cawsand –] CP-005?
row 24 of manifest.csv: new [Brindlewick CP-005] / The text seems to be about “Grommets for glue ear in children”, by its title and codes. Look whether the right file is named.
unnamed.md: refused (choose) Choose whose it is and which policy it is about [– –] Cawsand? CP-002? / The manifest does not name this file.
`)
	if s := i.Sum(); s.In != s.New+s.Replaced+s.Refused {
		t.Errorf("%+v", s)
	}
}

// A manifest may be a workbook, whose dates are days and not words.
func TestManifestAsWorkbook(t *testing.T) {
	t.Parallel()
	w := bulktest.New(t, bulktest.InMemory())
	f := excelize.NewFile()
	format := "dd mmmm yyyy"
	style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	err = errors.Join(err, f.SetSheetRow("Sheet1", "A1", &[]any{"CCG", "Procedure code", "Document name", "In force from"}),
		f.SetSheetRow("Sheet1", "A2", &[]any{"Cawsand", "A65.1", "carpal", time.Date(2016, 9, 2, 0, 0, 0, 0, time.UTC)}), f.SetCellStyle("Sheet1", "D2", "D2", style))
	var b bytes.Buffer
	if err = errors.Join(err, f.Write(&b), f.Close()); err != nil {
		t.Fatal(err)
	}
	i := w.Planned(t, bulk.Start{Files: []bulk.Sent{bulktest.File("list.xlsx", b.String()), bulktest.File("carpal.md", bulktest.Text(2, "Cawsand"))}})
	same(t, said(w, i), "row 2 of list.xlsx: new [Cawsand CP-003]")
	if i.Rows[0].Effective != record.Day(2016, 9, 2) {
		t.Errorf("in force since %v", i.Rows[0].Effective)
	}
}

// Fifteen files in five formats, some of them hardly named: each comes in as a readable text once somebody said what
// the program was not sure of, with what to look at.
func TestFifteenMixedFiles(t *testing.T) {
	t.Parallel()
	ctx, w := context.Background(), bulktest.New(t, bulktest.InMemory())
	var files []bulk.Sent
	for n, short := range bulktest.Short {
		for topic, end := range []string{".md", ".html", ".txt"} {
			text := bulktest.Text(topic, short)
			if end == ".html" {
				text = "<html><body>" + strings.ReplaceAll(strings.ReplaceAll(text, "## ", "<h2>"), "\n\n", "<p>") + "</body></html>"
			}
			files = append(files, bulktest.File(fmt.Sprintf("%d_%s policy%s", n, short, end), text))
		}
	}
	files = append(files, bulktest.File("Aldermoss hips.csv", "Hip and knee replacement,\nCriterion,Value\nBMI,below 40\n"),
		bulktest.File("scan of Aldermoss.docx", "PK\x03\x04 half of it"),
		bulktest.File("Aldermoss-cataracts.docx", bulktest.ZIP(t, map[string]string{"[Content_Types].xml": "<Types/>",
			"word/document.xml": `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>6/9 or worse.</w:t></w:r></w:p><w:p><w:r><w:drawing/></w:r></w:p></w:body></w:document>`})))
	i := w.Planned(t, bulk.Start{Files: files, Source: "sent by the contacts", Effective: record.Day(2018, 4, 1)})
	if s := i.Sum(); s != (bulk.Sum{In: 15, Refused: 15, ToChoose: 14}) {
		t.Fatalf("planned %+v\n%s", s, said(w, i))
	}
	var choices []bulk.Choice
	for n, r := range i.Rows {
		if !r.ToBeChosen() {
			continue
		}
		choice := bulk.Choice{Row: n, Commissioner: r.PlaceGuessed, Policy: r.Policy}
		if choice.Policy == "" && len(r.Guessed) > 0 {
			choice.Policy = r.Guessed[0].Policy
		}
		choices = append(choices, choice)
	}
	i, err := w.Choose(ctx, bulktest.Edit(i), choices)
	if err != nil {
		t.Fatal(err)
	}
	if i = w.Ran(t, i); i.Sum() != (bulk.Sum{In: 15, New: 14, Refused: 1, Done: 14}) {
		t.Fatalf("ran %+v\n%s", i.Sum(), said(w, i))
	}
	look := 0
	for _, r := range i.Rows {
		if r.Result == "" {
			continue
		}
		l, err := w.Review.Local(ctx, reviewtest.Lead, r.Result)
		if err != nil || l.Markdown == "" || l.Original == nil || l.Original.SHA256 != r.SHA256 || l.Source != "sent by the contacts" || l.Effective != record.Day(2018, 4, 1) || !l.Waits {
			t.Errorf("%s: %+v, %v", r.Where, l, err)
		}
		if f, body, err := w.Review.OpenOriginal(ctx, reviewtest.Lead, r.Result); err != nil || f.Size == 0 || body.Close() != nil {
			t.Errorf("%s: its original: %+v, %v", r.Where, f, err)
		}
		look += len(l.Losses)
	}
	if look == 0 {
		t.Error("there is nothing to look at, though a picture was lost")
	}
}

// A book comes in by its parts. The original of each is the whole book.
func TestBook(t *testing.T) {
	t.Parallel()
	ctx, w := context.Background(), bulktest.New(t, bulktest.InMemory())
	book := "Procedure,Threshold,OPCS-4\nTonsillectomy,7 episodes,F34.1\nCarpal tunnel release,3 months,A65.1\nEar nose and throat,,\nLaser of warts,never,S09.1\nCataract surgery,6/9 or worse,C75\n"
	start := bulk.Start{Book: true, Commissioner: w.Places["Brindlewick"], Files: []bulk.Sent{bulktest.File("Book of Brindlewick.csv", book)}}
	i := w.Planned(t, start)
	same(t, said(w, i), `
“Tonsillectomy” in Book of Brindlewick.csv: new [Brindlewick CP-001] Brindlewick?
“Carpal tunnel release” in Book of Brindlewick.csv: new [Brindlewick CP-003] Brindlewick?
“Ear nose and throat” in Book of Brindlewick.csv: refused (unread) There is no text below this heading or in this row [Brindlewick –] Brindlewick? CP-002?
“Laser of warts” in Book of Brindlewick.csv: refused (choose) No policy has its title or codes. Choose which it is about, or leave it out [Brindlewick –] Brindlewick?
“Cataract surgery” in Book of Brindlewick.csv: new [Brindlewick CP-004] Brindlewick?
`)
	i = w.Ran(t, i)
	l, err := w.Review.Local(ctx, reviewtest.Lead, i.Rows[1].Result)
	if want := "# Carpal tunnel release\n\n## Threshold\n\n3 months\n\n## OPCS-4\n\nA65.1"; err != nil || l.Markdown != want || l.Original.Name != "Book of Brindlewick.csv" {
		t.Errorf("%+v, %v, want\n%s", l, err, want)
	}
	// The same again brings in nothing, and says why.
	if again := w.Planned(t, start); again.Sum() != (bulk.Sum{In: 5, Refused: 5, ToChoose: 1, Here: 3}) {
		t.Errorf("again: %+v\n%s", again.Sum(), said(w, again))
	}
}

// Codes that stand only in a heading are codes of its text, and no part of its name.
func TestBookWithCodesInHeadings(t *testing.T) {
	t.Parallel()
	w := bulktest.New(t, bulktest.InMemory())
	book := "# Book of Cawsand\n\n## 1. Cataract surgery (C71-C75)\n\n6/9 or worse.\n\n## 2. Carpal tunnel release (F34)\n\n3 months.\n\n## 3. Carpal tunnel\n\nNever.\n"
	i := w.Planned(t, bulk.Start{Book: true, Commissioner: w.Places["Cawsand"], Files: []bulk.Sent{bulktest.File("book.md", book)}})
	var got []string
	for _, r := range i.Rows {
		got = append(got, fmt.Sprint(r.Title, " ", r.Codes.OPCS4, " ", r.Policy == w.Policies["CP-004"], " ", r.Matched))
	}
	same(t, strings.Join(got, "\n"), `
Cataract surgery (C71-C75) [C71-C75] true by its title and codes
Carpal tunnel release (F34) [F34] false 
Carpal tunnel [] false by its title`)
}

// A table of policies that is sent as one text says what it seems to be, and is taken for no policy by itself.
func TestBookSentAsOneText(t *testing.T) {
	t.Parallel()
	w := bulktest.New(t, bulktest.InMemory())
	book := "Tonsillectomy,,\nProcedure,Threshold,Codes\nTonsillectomy,7 episodes,F34.1\nWarts,never,F34.4\n"
	send := func(policy string) string {
		return said(w, w.Planned(t, bulk.Start{Policy: policy, Commissioner: w.Places["Cawsand"], Files: []bulk.Sent{bulktest.File("tonsillectomy.csv", book)}}))
	}
	hint := " / It seems to be a book of 2 policies. Send it as “A book of many policies”, and each comes in by itself."
	same(t, send(""), "tonsillectomy.csv: refused (choose) Choose which policy it is about: the program is not sure [Cawsand –] CP-001?"+hint)
	same(t, send(w.Policies["CP-001"]), "tonsillectomy.csv: new [Cawsand CP-001]"+hint)
}
