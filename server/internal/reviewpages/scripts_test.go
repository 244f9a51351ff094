package reviewpages_test

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"concordat/review/access"
	"concordat/review/access/accesstest"
	"concordat/server/internal/pagetest"
	"concordat/web/e2e"
)

func TestMain(m *testing.M) { os.Exit(e2e.Main(m)) }

// What scripts add at the desk: the preview follows what is typed, what is not saved is kept, and what is pasted
// keeps its headings and lists. Without them each of these takes a press of a button.
func TestScripts(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := h.SignedIn("Priya Anand", access.PolicyLead)
	path := h.begun(lead)
	p := e2e.Open(t, pagetest.Serve(t, h.Handler))
	p.Goto("/sign-in?next=" + path)
	p.FillIn("#email", accesstest.Email("Priya Anand"))
	p.FillIn("#passphrase", accesstest.Passphrase)
	p.ClickOn("main button[type=submit]")
	p.Goto(path)

	p.FillIn("#s-position", "Tonsillectomy is **funded**.\n\n<b>Nobody</b> pays.")
	p.Within("#sec-position [data-view]").Sees("1.1 Tonsillectomy is funded.", "<b>Nobody</b> pays.")
	p.Within("#sec-position label").Sees("1. Commissioning position")
	p.Sees("not saved yet")
	p.ClickOn(".app-save button[value=save]")
	p.Sees("Saved", "Save 2, by you")
	p.Eval(`(() => {
		const box = document.querySelector("#s-summary");
		box.value = "Left behind.";
		box.dispatchEvent(new Event("input", { bubbles: true }));
	})()`, nil)
	p.Sees("not saved yet")
	p.Goto(path)
	p.Sees("you typed something that is not saved")
	p.Click("Go on with it")
	if got := p.Value("2. In plain English"); got != "Left behind." {
		t.Errorf("the kept text is %q", got)
	}

	p.ClickOn(".app-save button[value=save]")
	p.Sees("Saved", "Save 3, by you")

	p.Eval(`(() => {
		const box = document.querySelector("#s-summary"), data = new DataTransfer();
		box.focus();
		box.setSelectionRange(box.value.length, box.value.length);
		data.setData("text/html", "<h1>Who</h1><ul><li>Adults</li><li>Children</li></ul><img src=x>");
		data.setData("text/plain", "Who Adults Children");
		box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
	})()`, nil)
	p.Sees("Pasted with its headings, lists and tables.", "Not carried over: a picture")
	if got, want := p.Value("2. In plain English"), "Left behind.\n\n### Who\n\n- Adults\n- Children"; got != want {
		t.Errorf("after pasting the box holds %q, want %q", got, want)
	}

	p.Goto(path + "/local/" + h.Places[0] + "/new")
	p.Eval(`(() => {
		const box = document.querySelector("#text"), data = new DataTransfer();
		data.setData("text/html", "<h2>Who</h2><ol><li>Adults</li><li>Children</li></ol>");
		box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
		box.value = "Who Adults Children";
		box.dispatchEvent(new InputEvent("input", { inputType: "insertFromPaste", bubbles: true }));
	})()`, nil)
	p.Sees("Headings, lists and tables will be kept")
	p.Fill("Title", "Pasted from Word")
	p.ClickOn("main button[type=submit]:not([name])")
	p.Sees("Recorded", "Kestlebury today", "Pasted from Word")
	if text := p.Value("Text"); !strings.Contains(text, "## Who") || !strings.Contains(text, "1. Adults") {
		t.Errorf("the pasted text became %q", text)
	}
	lead.Get(path+"/local").Want(http.StatusOK, "Pasted from Word")
}
