package e2e

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
)

// watch follows what the browser says about one window: what is loading, and what went wrong.
type watch struct {
	main cdp.FrameID

	mu        sync.Mutex
	requested int // navigations asked for by the page
	started   int
	stopped   int
	documents map[string]bool // addresses of documents, whose own status is the test's business
	shown     string
	code      int
	problems  []string
	tolerated []string
}

// event is called by the driver, in order, for everything the browser reports.
func (w *watch) event(ev any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch e := ev.(type) {
	case *page.EventFrameRequestedNavigation:
		if e.FrameID == w.main {
			w.requested++
		}
	case *page.EventFrameStartedLoading:
		if e.FrameID == w.main {
			w.started++
		}
	case *page.EventFrameStoppedLoading:
		if e.FrameID == w.main {
			w.stopped++
		}
	case *network.EventRequestWillBeSent:
		if e.Type == network.ResourceTypeDocument {
			w.remember(e.Request.URL)
		}
	case *network.EventResponseReceived:
		if e.Type == network.ResourceTypeDocument && e.FrameID == w.main {
			w.shown, w.code = e.Response.URL, int(e.Response.Status)
		}
	default:
		w.listen(ev)
	}
}

func (w *watch) remember(address string) {
	if w.documents == nil {
		w.documents = map[string]bool{}
	}
	w.documents[address] = true
}

// listen keeps what a person with the developer tools open would see in red.
func (w *watch) listen(ev any) {
	switch e := ev.(type) {
	case *runtime.EventExceptionThrown:
		w.add("script error: " + e.ExceptionDetails.Error())
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.APITypeError || e.Type == runtime.APITypeAssert {
			w.add("console: " + consoleText(e.Args))
		}
	case *log.EventEntryAdded:
		// A page that answers 404 or 422 is what some tests are about; its pictures are not.
		if e.Entry.Level == log.LevelError && (e.Entry.Source != log.SourceNetwork || !w.documents[e.Entry.URL]) {
			w.add(fmt.Sprintf("%s: %s %s", e.Entry.Source, e.Entry.Text, e.Entry.URL))
		}
	}
}

func consoleText(args []*runtime.RemoteObject) string {
	var words []string
	for _, a := range args {
		word := a.Description
		if word == "" && json.Unmarshal(a.Value, &word) != nil {
			word = string(a.Value) // a number or the like stands for itself
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

func (w *watch) add(problem string) {
	if w.shown != "" {
		problem += " (on " + w.shown + ")"
	}
	w.problems = append(w.problems, problem)
}

func (w *watch) tolerate(part string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.tolerated = append(w.tolerated, part)
}

// left is what went wrong and was not tolerated.
func (w *watch) left() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var left []string
	for _, problem := range w.problems {
		if !containsAny(problem, w.tolerated) {
			left = append(left, problem)
		}
	}
	return left
}

func containsAny(s string, parts []string) bool {
	for _, part := range parts {
		if strings.Contains(s, part) {
			return true
		}
	}
	return false
}

func (w *watch) loads() (requested, started, stopped int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.requested, w.started, w.stopped
}

func (w *watch) status() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.code
}

func (w *watch) address() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.shown == "" {
		return "no page"
	}
	return w.shown
}

// decode turns what the browser evaluated into Go, or into an error.
func decode(found *runtime.RemoteObject, exception *runtime.ExceptionDetails, into any) error {
	if exception != nil {
		if exception.Exception != nil && exception.Exception.Description != "" {
			return errors.New(exception.Exception.Description)
		}
		return exception
	}
	if into == nil {
		return nil
	}
	if found == nil || len(found.Value) == 0 {
		return errors.New("the script gave nothing back")
	}
	if err := json.Unmarshal(found.Value, into); err != nil {
		return fmt.Errorf("reading what the script gave back: %w", err)
	}
	return nil
}
