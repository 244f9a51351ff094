package intake

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// decode makes UTF-8 of UTF-8, UTF-16 with its mark, or else Windows-1252. It refuses what is no text.
func decode(data []byte) (string, bool) {
	switch {
	case bytes.HasPrefix(data, []byte{0xEF, 0xBB, 0xBF}):
		return strings.ToValidUTF8(string(data[3:]), "\uFFFD"), !bytes.ContainsRune(data, 0)
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		return decodeUTF16(data[2:], func(b []byte) uint16 { return uint16(b[0]) | uint16(b[1])<<8 }), true
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		return decodeUTF16(data[2:], func(b []byte) uint16 { return uint16(b[1]) | uint16(b[0])<<8 }), true
	case bytes.ContainsRune(data, 0):
		return "", false
	case utf8.Valid(data):
		return string(data), true
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(data)
	return string(out), err == nil
}

func decodeUTF16(data []byte, unit func([]byte) uint16) string {
	units := make([]uint16, 0, len(data)/2)
	for len(data) > 1 {
		units = append(units, unit(data))
		data = data[2:]
	}
	return string(utf16.Decode(units))
}

// binaryMagic begins files that hold no text of ours, however printable they look.
var binaryMagic = [][]byte{[]byte("%PDF-"), []byte(`{\rtf1`), []byte("\x89PNG"), []byte("\xFF\xD8\xFF"), []byte("GIF89a"), []byte("\x1F\x8B"), []byte("Rar!\x1A")}

// isOtherBinary also knows web archives (.mht), which are mail messages.
func isOtherBinary(data []byte) bool {
	for _, m := range binaryMagic {
		if bytes.HasPrefix(data, m) {
			return true
		}
	}
	head := data[:min(len(data), 2048)]
	return bytes.Contains(head, []byte("\nMIME-Version:")) && bytes.Contains(head, []byte("Content-Type: multipart/related"))
}

// normalise puts line ends, spaces and control characters right, line by line; indentation stays.
func normalise(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n\n", "\f", "\n", "\v", "\n").Replace(text)
	var b strings.Builder
	b.Grow(len(text))
	for _, r := range text {
		if r, keep := cleanRune(r); keep {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// cleanRune says what becomes of a character: all spaces are one kind, and what cannot be seen is left out.
// Joiners stay, since scripts and emoji need them.
func cleanRune(r rune) (rune, bool) {
	switch {
	case r == '\n' || r == '\t':
		return r, true
	case r == '\u2028' || r == '\v' || r == '\r':
		return '\n', true
	case r == '\u2011': // the hyphen that does not break
		return '-', true
	case r == '\u00AD' || r == '\u200B' || r == '\u2060' || r == '\uFEFF':
		return 0, false
	case unicode.Is(unicode.Zs, r) || r == '\u2029' || r == '\f':
		return ' ', true
	case unicode.IsControl(r), r >= '\u202A' && r <= '\u202E', r >= '\u2066' && r <= '\u2069', r == '\u200E', r == '\u200F':
		return 0, false
	}
	return r, true
}

// readText makes paragraphs of plain text, parted by empty lines. A line that is long was broken to fit a
// screen and goes on in the next; a short one, as in an address, was meant to end there.
func readText(text string) (Document, error) {
	var blocks []block
	l := &losses{}
	for _, para := range strings.Split(text, "\n\n") {
		for _, lines := range textParagraphs(para) {
			blocks = append(blocks, block{runs: settled([]run{{text: lines}}, l)})
		}
	}
	return finish(Text, "", blocks, nil, l)
}

// textParagraphs parts lines that begin an item from the line before.
func textParagraphs(para string) []string {
	var out []string
	before := "" // the line before
	for _, line := range strings.Split(para, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		_, marked := typedLabel(line)
		switch {
		case marked || len(out) == 0:
			out = append(out, line)
		case len(before) >= screenLine:
			out[len(out)-1] += " " + line
		default:
			out[len(out)-1] += "\n" + line
		}
		before = line
	}
	return out
}

// screenLine is how long a line is, in bytes, that was broken only to fit.
const screenLine = 50
