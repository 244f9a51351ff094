package intake

import (
	"regexp"
	"strconv"
	"strings"
)

// Fonts such as Symbol show letters as signs. Where a policy says "≥ 7 episodes", the sign is often one of
// these, and to lose it would turn the rule round.
var symbolFont = map[rune]string{
	0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2D: "−", 0x40: "≅", 0x41: "Α", 0x42: "Β", 0x43: "Χ", 0x44: "Δ", 0x45: "Ε",
	0x46: "Φ", 0x47: "Γ", 0x48: "Η", 0x49: "Ι", 0x4A: "ϑ", 0x4B: "Κ", 0x4C: "Λ", 0x4D: "Μ", 0x4E: "Ν", 0x4F: "Ο",
	0x50: "Π", 0x51: "Θ", 0x52: "Ρ", 0x53: "Σ", 0x54: "Τ", 0x55: "Υ", 0x56: "ς", 0x57: "Ω", 0x58: "Ξ", 0x59: "Ψ",
	0x5A: "Ζ", 0x5C: "∴", 0x5E: "⊥", 0x61: "α", 0x62: "β", 0x63: "χ", 0x64: "δ", 0x65: "ε", 0x66: "φ", 0x67: "γ",
	0x68: "η", 0x69: "ι", 0x6A: "ϕ", 0x6B: "κ", 0x6C: "λ", 0x6D: "μ", 0x6E: "ν", 0x6F: "ο", 0x70: "π", 0x71: "θ",
	0x72: "ρ", 0x73: "σ", 0x74: "τ", 0x75: "υ", 0x76: "ϖ", 0x77: "ω", 0x78: "ξ", 0x79: "ψ", 0x7A: "ζ", 0x7E: "∼",
	0xA1: "ϒ", 0xA2: "′", 0xA3: "≤", 0xA4: "⁄", 0xA5: "∞", 0xA6: "ƒ", 0xA7: "♣", 0xA8: "♦", 0xA9: "♥", 0xAA: "♠",
	0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×",
	0xB5: "∝", 0xB6: "∂", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC0: "ℵ", 0xC1: "ℑ",
	0xC2: "ℜ", 0xC3: "℘", 0xC4: "⊗", 0xC5: "⊕", 0xC6: "∅", 0xC7: "∩", 0xC8: "∪", 0xC9: "⊃", 0xCA: "⊇", 0xCB: "⊄",
	0xCC: "⊂", 0xCD: "⊆", 0xCE: "∈", 0xCF: "∉", 0xD0: "∠", 0xD1: "∇", 0xD2: "®", 0xD3: "©", 0xD4: "™", 0xD5: "∏",
	0xD6: "√", 0xD7: "⋅", 0xD8: "¬", 0xD9: "∧", 0xDA: "∨", 0xDB: "⇔", 0xDC: "⇐", 0xDD: "⇑", 0xDE: "⇒", 0xDF: "⇓",
	0xE0: "◊", 0xE1: "〈", 0xE5: "∑", 0xF1: "〉", 0xF2: "∫",
}

var wingdingsFont = map[rune]string{
	0x6F: "☐", 0x71: "☐", 0x72: "☐", 0xA8: "☐", 0xFE: "☑", 0xFD: "☒", 0x78: "☒", 0x54: "☒", 0x52: "☑", 0xFC: "✓", 0xFB: "✗", 0x50: "✓", 0x4F: "✗",
	0xA7: "•", 0x6C: "•", 0x6E: "•", 0x9F: "•", 0xD8: "•", 0x76: "•", 0x77: "•", 0xE0: "→", 0xF0: "→", 0xE8: "→", 0xDF: "←", 0xE1: "↑", 0xE2: "↓",
	0x4A: "☺", 0x28: "☎", 0x2A: "✉",
}

func symbolsOf(font string) map[rune]string {
	switch {
	case font == "symbol":
		return symbolFont
	case strings.HasPrefix(font, "wingdings"):
		return wingdingsFont
	}
	return nil
}

// symbolText puts signs in place of what a symbol font would show as signs, and of private characters in any
// font, which are Symbol's more often than anything else's.
func symbolText(s, font string) string {
	table := symbolsOf(font)
	if table == nil && !strings.ContainsFunc(s, isPrivate) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		sign, ok := table[r&0xFF]
		if table == nil && isPrivate(r) {
			sign, ok = symbolFont[r&0xFF]
		}
		switch {
		case ok && (isPrivate(r) || table != nil && r < 0x100):
			b.WriteString(sign)
		case isPrivate(r) && r&0xFF >= 0x20 && r&0xFF < 0x7F && font == "symbol":
			b.WriteRune(r & 0xFF) // digits and brackets are themselves
		case isPrivate(r):
			b.WriteString(unknownSign)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// unknownSign stands where a sign has no letter, so that a reader sees that something was there.
const unknownSign = "[sign]"

func isPrivate(r rune) bool { return r >= 0xE000 && r <= 0xF8FF }

// symbol reads a sign given by its number in a font.
func (w *wordReader) symbol(n *node) string {
	s := signOf(n)
	w.tellSign(s, n.attr("font"))
	return s
}

func (w *wordReader) tellSign(sign, font string) {
	if sign == unknownSign {
		w.losses.add("a sign of the font " + shorten(font, 40) + ", shown as [sign]")
	}
}

func signOf(n *node) string {
	code, err := strconv.ParseUint(n.attr("char"), 16, 32)
	if err != nil {
		return ""
	}
	return signIn(rune(code&0xFFFF), n.attr("font"))
}

func signIn(r rune, font string) string {
	if r < 0x100 {
		r |= 0xF000
	}
	if font = strings.ToLower(font); isPrivate(r) && symbolsOf(font) == nil && signFont.MatchString(font) {
		return unknownSign
	}
	return symbolText(string(r), font)
}

// signFont are fonts whose letters are signs, though which they are is not known here.
var signFont = regexp.MustCompile(`dings|symbol|marlett|mt extra|awesome|icon`)

const (
	raisedFrom  = "0123456789+-−=()n"
	raisedTo    = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ"
	loweredFrom = "0123456789+-−=()"
	loweredTo   = "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎"
)

// shifted is text as raised or lowered characters, so that m² stays m²; ok is false where there are none and the
// text is left on the line. The letters of "1st" and the like lose nothing there.
func shifted(s string, raised bool) (text string, ok bool) {
	from, to := []rune(loweredFrom), []rune(loweredTo)
	if raised {
		from, to = []rune(raisedFrom), []rune(raisedTo)
	}
	switch strings.TrimSpace(s) {
	case "", "st", "nd", "rd", "th", "®", "™", "TM", "º", "°":
		return s, true
	}
	var b strings.Builder
	for _, r := range s {
		i := indexRune(from, r)
		switch {
		case i >= 0:
			b.WriteRune(to[i])
		case r == ' ':
			b.WriteRune(r)
		default:
			return s, false
		}
	}
	return b.String(), true
}

func indexRune(in []rune, r rune) int {
	for i, c := range in {
		if c == r {
			return i
		}
	}
	return -1
}
