package importpages_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"concordat/review/bulk"
	"concordat/review/bulk/bulktest"
	"concordat/review/clause"
	"concordat/review/record"
	"concordat/review/reviewtest"
	"concordat/server/internal/pagetest"
)

// From many files to texts that are in, with what somebody chose between.
func TestManyFiles(t *testing.T) {
	t.Parallel()
	h := newHouse(t, true)
	h.Get("/desk/imports?policy="+h.Policies["CP-001"]).Want(http.StatusOK, "Tonsillectomy for recurrent tonsillitis", "How to write a manifest").Lacks("What you brought in before")
	files := map[string]string{}
	for n, short := range bulktest.Short {
		files[short+" tonsils.md"] = bulktest.Text(0, short)
		files[fmt.Sprintf("%d about another thing.md", n)] = "# Nothing known\n\nWords.\n"
	}
	a := h.send(map[string]string{"sort": "texts", "source": "sent by the contacts"}, files)
	a.Want(http.StatusOK, "8 texts: 0 would be new, 0 would replace a text, 8 to choose, 0 refused", "To choose: 8", "Commissioner of Aldermoss tonsils.md", "Nothing is recorded yet").Lacks("Bring in 4 texts")
	a = h.Post(a.Beside("choose"), a.Form("policy-1", "leave", "place-1", h.Places["Aldermoss"]))
	a.Want(http.StatusOK, "4 would be new", "To choose: 3", "Bring in 4 texts", "It was left out", "Refused: 1", "Would come in: 4", "source: sent by the contacts")
	h.Get(a.Path+"?change=1").Want(http.StatusOK, "To choose: 4", "Leave this text out")
	a = h.Post(a.Beside("run"), a.Form())
	a.Want(http.StatusOK, "4 texts are brought in: 4 new, 0 replaced, 3 to choose, 1 refused", "Brought in: 4", "/local/"+h.Places["Cawsand"], "No date noted", "To choose: 3")
	h.Get("/desk/imports").Want(http.StatusOK, "What you brought in before", a.Path, "4 texts brought in, 3 to choose, 1 refused")
	a = h.Post(a.Beside("choose"), a.Form("policy-3", h.Policies["CP-001"], "place-3", h.Places["Cawsand"]))
	a.Want(http.StatusOK, "4 texts, besides 4 brought in already: 0 would be new, 0 would replace a text, 2 to choose, 2 refused", "Brought in: 4", "To choose: 2").Lacks("Would come in", "Bring in 1 text")
	h.Get("/desk/imports").Want(http.StatusOK, "4 texts not brought in yet, 4 brought in")

	again := h.send(map[string]string{"sort": "texts", "commissioner": h.Places["Cawsand"]}, map[string]string{"Cawsand tonsils.md": bulktest.Text(0, "Cawsand")})
	again.Want(http.StatusOK, "It is recorded there already", "1 text is recorded already").Lacks("Bring in 1 text")
	h.Post(again.Beside("run"), url.Values{"revision": {"2"}}).Want(http.StatusUnprocessableEntity, "There is nothing to bring in")
}

func TestBook(t *testing.T) {
	t.Parallel()
	h := newHouse(t, true)
	book := "Procedure,Threshold\nCarpal tunnel release,3 months\nWarts,never\n"
	a := h.send(map[string]string{"sort": "book", "commissioner": h.Places["Dunsmere"], "effective-day": "1", "effective-month": "4", "effective-year": "2018"}, map[string]string{"book.csv": book})
	a.Want(http.StatusOK, "2 texts: 1 would be new", "“Warts” in book.csv", "1 April 2018", "Bring in 1 text")
	h.Post(a.Beside("run"), a.Form()).Want(http.StatusOK, "1 text is brought in: 1 new, 0 replaced, 1 to choose, 0 refused")
}

// What is wrong with the form stands beside its field, and what was typed is kept.
func TestFormSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	h := newHouse(t, true)
	h.send(map[string]string{"sort": "book", "source": "sent by Ruth", "effective-day": "1", "effective-month": "4", "effective-year": "2040"}, nil).
		Want(http.StatusUnprocessableEntity, "Choose the files, or one ZIP that holds them", `href="#file"`, "Enter today or an earlier day", `href="#effective-effective-day"`, `value="2040"`, `value="sent by Ruth"`, `value="book" checked`)
	h.send(map[string]string{"effective-day": "31", "effective-month": "2", "effective-year": "2018"}, map[string]string{"a.md": "a"}).Want(http.StatusUnprocessableEntity, "must be a real date")
	h.send(map[string]string{"policy": "nothing"}, map[string]string{"a.md": "a"}).Want(http.StatusNotFound)
	a := h.send(nil, map[string]string{"empty.zip": bulktest.ZIP(t, nil)})
	a.Want(http.StatusOK, "This could not be read", "There are no files in it", "Send it again")
	h.Post(a.Beside("choose"), url.Values{"revision": {"2"}}).Want(http.StatusUnprocessableEntity, "The import is being read or run")
}

// A form on which nothing is chosen saves nothing, and says so.
func TestNothingChosen(t *testing.T) {
	t.Parallel()
	h := newHouse(t, true)
	a := h.send(nil, map[string]string{"a.md": "Words.", "b.md": "More."})
	h.Post(a.Beside("choose"), a.Form()).Want(http.StatusOK, "Nothing was chosen, so nothing was saved. 2 texts are still to be chosen", `name="revision" value="2"`, "2 to choose, 0 refused")
	h.Post(a.Beside("choose"), a.Form("policy-0", h.Policies["CP-001"])).Want(http.StatusOK, "Saved. 2 texts are still to be chosen", `name="revision" value="3"`)
}

// The manifest's review date and source are shown before anything comes in.
func TestManifestIsShown(t *testing.T) {
	t.Parallel()
	h := newHouse(t, true)
	manifest := "commissioner,topic,file,effective,review,source\nCawsand,CP-001,a.md,1 April 2018,1 April 2021,sent by Ruth\n"
	h.send(nil, map[string]string{"manifest.csv": manifest, "a.md": "Words."}).Want(http.StatusOK, "Would come in: 1", "Review 1 April 2021", "source: sent by Ruth")
}

// A form of an import that somebody changed meanwhile is not taken.
func TestOvertaken(t *testing.T) {
	t.Parallel()
	h := newHouse(t, true)
	a := h.send(nil, map[string]string{"Cawsand tonsils.md": bulktest.Text(0, "Cawsand")})
	h.Post(a.Beside("choose"), a.Form()).Want(http.StatusOK, "1 would be new")
	h.Post(a.Beside("choose"), a.Form()).Want(http.StatusConflict)
	h.Post(a.Beside("choose"), url.Values{"row": {"0"}}).Want(http.StatusConflict)
	h.Post(a.Beside("choose"), url.Values{"row": {"x"}, "revision": {"3"}}).Want(http.StatusUnprocessableEntity)
	h.Post(a.Beside("choose"), url.Values{"row": {"99", "-1"}, "revision": {"3"}}).Want(http.StatusOK)
}

// While nobody is at work the page says how far it is, and after a new start of the service that it can go on.
func TestProgress(t *testing.T) {
	t.Parallel()
	idle := newHouse(t, false)
	a := idle.send(nil, map[string]string{"a.md": "a", "b.md": "b"})
	a.Want(http.StatusOK, "Reading 2 files", "See how far it is").Lacks("Go on")

	h := newHouse(t, true)
	i, err := h.Begin(t.Context(), reviewtest.Lead, bulk.Start{Policy: h.Policies["CP-001"], Commissioner: h.Places["Cawsand"], Files: []bulk.Sent{bulktest.File("a.md", "a")}})
	if err != nil {
		t.Fatal(err)
	}
	b := h.Get("/desk/imports/"+i.ID).Want(http.StatusOK, "It stopped before its end", "Go on")
	b = h.Post(b.Beside("run"), b.Form()).Want(http.StatusOK, "Bring in 1 text")
	if _, err := h.Start(t.Context(), bulktest.Edit(h.Load(t, i.ID))); err != nil {
		t.Fatal(err)
	}
	b = h.Get(b.Path).Want(http.StatusOK, "Bringing in texts: 0 of 1 rows done", "Go on")
	h.Post(b.Beside("run"), b.Form()).Want(http.StatusOK, "1 text is brought in")
}

// A reader that panics on somebody's file ends that import's work and says so; the others go on, and so can it.
func TestReaderPanics(t *testing.T) {
	t.Parallel()
	h := newHouse(t, true)
	renderer := h.Review.Renderer
	h.Review.Renderer = panicking{}
	a := h.send(map[string]string{"commissioner": h.Places["Cawsand"]}, map[string]string{"Cawsand tonsils.md": bulktest.Text(0, "Cawsand")})
	a.Want(http.StatusOK, "Reading 1 file", "a fault of ours", "Go on").Lacks("See how far it is", "started again")
	h.Review.Renderer = renderer
	h.send(nil, map[string]string{"b.md": "b"}).Want(http.StatusOK, "1 text:")
	h.Post(a.Beside("run"), a.Form()).Want(http.StatusOK, "Bring in 1 text").Lacks("a fault of ours")
}

type panicking struct{}

func (panicking) Render(clause.Text) (string, error) { panic("index out of range") }

func (panicking) Version() string { return "1" }

func TestWhoMay(t *testing.T) {
	t.Parallel()
	h := newHouse(t, true)
	a := h.send(nil, map[string]string{"a.md": "a"})
	h.actor = record.Actor{ID: "other", Grants: []record.Grant{{Role: "commissioner's contact", Commissioner: h.Places["Cawsand"]}}}
	h.Get(a.Path).Want(http.StatusForbidden)
	h.Get("/desk/imports").Want(http.StatusOK, "NHS Cawsand CCG").Lacks("NHS Aldermoss CCG")
	h.Get("/desk/imports/nothing").Want(http.StatusNotFound)
}

// Many rows are shown a page at a time, and what people typed never becomes markup.
func TestManyRows(t *testing.T) {
	t.Parallel()
	h := newHouse(t, true)
	manifest := "commissioner,topic,file\n" + strings.Repeat("<script>alert(1)</script>,<img src=x>,gone.md\n", 120)
	a := h.send(nil, map[string]string{"manifest.csv": manifest})
	a.Want(http.StatusOK, "Refused: 120", "?refused=50#refused").Lacks("<script>alert")
	h.Get(a.Path+"?refused=100").Want(http.StatusOK, "?refused=50#refused", "row 121 of manifest.csv").Lacks("row 50 of manifest.csv", "?refused=150")
	h.Get(a.Path+"?refused=9999&change=x&open=-1").Want(http.StatusOK, "row 2 of manifest.csv")
}

// An older text says that it will not be used, before it comes in and after; one without a date is asked for it.
func TestOlderText(t *testing.T) {
	t.Parallel()
	h := newHouse(t, true)
	send := func(year string) pagetest.Answer {
		fields := map[string]string{"policy": h.Policies["CP-001"], "commissioner": h.Places["Cawsand"]}
		if year != "" {
			fields["effective-day"], fields["effective-month"], fields["effective-year"] = "1", "4", year
		}
		return h.send(fields, map[string]string{"a.md": "as of " + year})
	}
	a := send("2019")
	h.Post(a.Beside("run"), a.Form())
	send("").Want(http.StatusOK, "0 would be new", "1 refused", "Enter since when it is in force: what is recorded there is in force since 1 April 2019")
	a = send("2016").Want(http.StatusOK, "1 text: 0 would be new, 0 would replace a text, 1 older than what is recorded, 0 refused", "What is in force there since 1 April 2019 stays in use", "Bring in 1 text")
	h.Post(a.Beside("run"), a.Form()).Want(http.StatusOK, "1 text is brought in: 0 new, 0 replaced, 1 older than what is recorded, 0 refused", "What is in force there since 1 April 2019 stays in use")
}
