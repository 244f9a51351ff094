package textdiff

// Effect is what is proved that a change does for patients, or how one text stands to another.
type Effect string

// The effects. Narrower means that fewer patients could have the treatment, Wider that more could. Mixed: some gain and
// some lose. Opposite: one funds what the other bars. Unclear is what nothing is proved of: it differs, and people must
// read both. The strings are stored; Words are what pages show.
const (
	NoEffect Effect = "same"
	Narrower Effect = "narrower"
	Wider    Effect = "wider"
	Mixed    Effect = "mixed"
	Unclear  Effect = "cannot be told"
	Opposite Effect = "opposite"
)

// Words are an effect as a reader sees it.
func (e Effect) Words() string {
	if e == Unclear {
		return "differs: read both"
	}
	return string(e)
}

// And is what is proved of two changes together. Where nothing is proved of one, nothing is proved of both.
func (e Effect) And(o Effect) Effect {
	either := func(x Effect) bool { return e == x || o == x }
	switch {
	case either(Unclear):
		return Unclear
	case either(Opposite):
		return Opposite
	case either(Mixed), either(Narrower) && either(Wider):
		return Mixed
	case either(Narrower):
		return Narrower
	case either(Wider):
		return Wider
	}
	return NoEffect
}
