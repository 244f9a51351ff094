package intake

import (
	"regexp"
	"strings"
)

// A fieldEquation reads an EQ field: \f(6,12) is a fraction, \s\up8(9) raises, \r(3,x) is a root.
type fieldEquation struct {
	equation
	rest  string
	depth int
}

// until reads up to one of the closing characters at this depth.
func (e *fieldEquation) until(closing string) string {
	var t terms
	for e.rest != "" && !strings.ContainsAny(e.rest[:1], closing) {
		size := 1
		for size < len(e.rest) && e.rest[size]&0xC0 == 0x80 {
			size++
		}
		sign := e.rest[:size]
		e.rest = e.rest[size:]
		switch {
		case sign != `\`:
			t.add(sign, false)
		case e.rest != "" && strings.ContainsAny(e.rest[:1], `,;()\`):
			t.add(e.rest[:1], false)
			e.rest = e.rest[1:]
		default:
			e.command(&t)
		}
	}
	return t.text
}

var (
	fieldCommand = regexp.MustCompile(`^([a-zA-Z])[a-zA-Z]*\s*`)
	lastTerm     = regexp.MustCompile(`[\pL\pN.,]*$`)
	fieldOption  = regexp.MustCompile(`^\\([a-zA-Z]{2})\s*(?:\\(.)|(-?\d*))\s*`)
)

// command reads one command with its options and its parts in brackets.
func (e *fieldEquation) command(t *terms) {
	m := fieldCommand.FindStringSubmatch(e.rest)
	if m == nil || e.depth > 20 {
		e.strange = true
		return
	}
	e.rest = e.rest[len(m[0]):]
	b, shifts := bracket{begin: "(", end: ")"}, ""
	for {
		o := fieldOption.FindStringSubmatch(e.rest)
		if o == nil {
			break
		}
		e.rest = e.rest[len(o[0]):]
		switch o[1] {
		case "bc", "lc", "rc":
			b.set(o[1], o[2])
		case "up", "do":
			shifts = o[1]
		}
	}
	parts := e.parts()
	e.write(t, strings.ToLower(m[1]), parts, b, shifts)
	if o := fieldOption.FindStringSubmatch(e.rest); o != nil && (o[1] == "up" || o[1] == "do") {
		e.rest = "s" + e.rest // \s\up8(a)\do8(b)
		e.command(t)
	}
}

// A bracket is what a field draws around its part: both sides, or the one that it names.
type bracket struct {
	begin, end string
	named      bool
}

func (b *bracket) set(side, sign string) {
	if !b.named && side != "bc" {
		b.begin, b.end = "", ""
	}
	b.named = true
	if side != "rc" {
		b.begin = sign
	}
	if side == "rc" {
		b.end = sign
	}
	if i := strings.Index("()[]{}<>", sign); side == "bc" && sign != "" && i >= 0 && i%2 == 0 {
		b.end = "()[]{}<>"[i+1 : i+2]
	} else if side == "bc" {
		b.end = sign
	}
}

func (e *fieldEquation) parts() (out []string) {
	rest, ok := strings.CutPrefix(e.rest, "(")
	if !ok {
		return nil
	}
	e.rest = rest
	e.depth++
	for {
		out = append(out, strings.TrimSpace(e.until(",;)")))
		if e.rest == "" {
			break
		}
		end := e.rest[0] == ')'
		if e.rest = e.rest[1:]; end {
			break
		}
	}
	e.depth--
	return out
}

func (e *fieldEquation) write(t *terms, command string, parts []string, b bracket, shifts string) {
	at := func(i int) string {
		if i < len(parts) {
			return parts[i]
		}
		return ""
	}
	switch command {
	case "f":
		t.add(e.fraction(at(0), at(1)), true)
	case "r":
		if len(parts) == 1 {
			t.add(e.root("", at(0)), true)
			return
		}
		t.add(e.root(at(0), at(1)), true)
	case "s":
		base := lastTerm.FindString(t.text)
		t.text = strings.TrimSuffix(t.text, base)
		switch {
		case shifts == "do":
			t.add(e.lowered(base, at(0)), true)
		case len(parts) == 1:
			t.add(e.raised(base, at(0)), true)
		default:
			t.add(e.raised(e.lowered(base, at(len(parts)-1)), at(0)), true)
		}
	case "b":
		t.add(b.begin+strings.Join(parts, ", ")+b.end, true)
	case "x":
		t.add(strings.Join(parts, ", "), true)
	case "d":
	case "i":
		t.add(e.limits("∫", at(0), at(1))+at(2), true)
	case "l":
		t.add(strings.Join(parts, ", "), true)
	default: // an array, signs one over the other
		e.strange = true
		t.add(strings.Join(parts, "; "), true)
	}
}
