package intake

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"golang.org/x/net/html"
)

// A measuredHTML passes a page on to the parser and ends it when it becomes too large. A page can ask for far more than
// its own length: a look that is never ended, as in <b id=1>, is made anew in each paragraph that follows.
//
// What the parser may take for something else than the tokenizer does is written so that both agree: words are escaped,
// comments are left out, and so is what stands in scripts.
type measuredHTML struct {
	tokens  *html.Tokenizer
	measure *measure
	out     bytes.Buffer
	within  string         // the element whose words are no part of the page, "" outside
	open    []openLook     // elements that are not ended
	looks   map[string]int // those looks, by how they are written, that may still be open
	again   int            // elements that the parser may make anew for what follows
}

// An openLook is an element that is open; key is "" unless it gives a look.
type openLook struct {
	name, key string
	weight    int
}

// maxToken is how long, in bytes, a stretch of words or a tag may be: some hold a whole picture.
const maxToken = 8 << 20

func measured(text string, m *measure) io.Reader {
	h := &measuredHTML{tokens: html.NewTokenizer(strings.NewReader(text)), measure: m, looks: map[string]int{}}
	h.tokens.SetMaxBuf(maxToken)
	return h
}

// Read implements io.Reader. Its error is io.EOF or ErrTooLarge.
func (h *measuredHTML) Read(p []byte) (int, error) {
	for h.out.Len() == 0 {
		kind := h.tokens.Next()
		if kind == html.ErrorToken {
			if errors.Is(h.tokens.Err(), html.ErrBufferExceeded) {
				return 0, ErrTooLarge
			}
			return 0, io.EOF
		}
		h.pass(kind)
		if err := h.measure.err(); err != nil {
			return 0, err
		}
	}
	return h.out.Read(p)
}

func (h *measuredHTML) pass(kind html.TokenType) {
	switch kind {
	case html.TextToken:
		h.words()
	case html.StartTagToken, html.SelfClosingTagToken:
		h.start()
	case html.EndTagToken:
		h.end()
	case html.DoctypeToken:
		h.out.Write(h.tokens.Raw())
	}
}

func (h *measuredHTML) words() {
	if h.within != "" {
		return
	}
	text := html.EscapeString(string(h.tokens.Text()))
	h.measure.elements -= 1 + h.again
	h.measure.bytes -= len(text)
	h.out.WriteString(text)
}

// rawWords are elements whose words the tokenizer takes as they stand, and the parser sometimes does not.
var rawWords = map[string]bool{"iframe": true, "noembed": true, "noframes": true, "noscript": true, "script": true, "style": true}

// lookElements are those that the parser makes anew where they were not ended.
var lookElements = map[string]bool{"a": true, "b": true, "big": true, "code": true, "em": true, "font": true, "i": true, "nobr": true,
	"s": true, "small": true, "strike": true, "strong": true, "tt": true, "u": true}

// mostAlike is how many looks that are written alike the parser keeps open at once.
const mostAlike = 3

func (h *measuredHTML) start() {
	raw := string(h.tokens.Raw()) // taking the name apart may change it
	name, more := h.tokens.TagName()
	x := openLook{name: string(name), weight: 1}
	for more {
		_, _, more = h.tokens.TagAttr()
		x.weight++
	}
	switch x.name {
	case "p", "li", "tr", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "option":
		h.measure.paragraphs--
	case "td", "th":
		h.measure.cells--
	case "plaintext", "xmp": // pre, to a reader; nothing ends the first
		raw = "<pre>"
	}
	h.measure.elements -= x.weight + h.again
	h.out.WriteString(raw)
	if rawWords[x.name] {
		h.within = x.name
	}
	if lookElements[x.name] {
		x.key = raw
		if h.looks[raw]++; h.looks[raw] <= mostAlike {
			h.again += x.weight
		}
	}
	if h.open = append(h.open, x); len(h.open) > 2*maxLevel {
		h.open = append(h.open[:0], h.open[maxLevel:]...) // deeper than the parser goes
	}
}

func (h *measuredHTML) end() {
	raw := string(h.tokens.Raw())
	name, _ := h.tokens.TagName()
	if string(name) == h.within {
		h.within = ""
	}
	if string(name) == "xmp" {
		raw = "</pre>"
	}
	h.out.WriteString(raw)
	last := len(h.open) - 1
	switch {
	case last >= 0 && h.open[last].name == string(name):
		h.forget(h.open[last])
		h.open = h.open[:last]
	case lookElements[string(name)]:
		const remade = 32 // elements that the parser copies for one look that crosses others
		h.measure.elements -= remade
	default:
		h.leave(string(name))
	}
}

// forget takes note that a look has ended as it should.
func (h *measuredHTML) forget(x openLook) {
	if x.key == "" {
		return
	}
	if h.looks[x.key]--; h.looks[x.key] < mostAlike {
		h.again -= x.weight
	}
}

// leave ends an element with all that stands open in it. Looks that stood open there may be made anew after it.
func (h *measuredHTML) leave(name string) {
	for i := len(h.open) - 1; i >= 0; i-- {
		if h.open[i].name == name {
			h.open = h.open[:i]
			return
		}
	}
}
