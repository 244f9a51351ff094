package intake

import "strings"

// What several formats tell in the same words.
const (
	hiddenText      = "hidden text, left out"
	trackedDeletion = "a tracked deletion, left out as if accepted"
)

// losses collects what was lost, in order, the same thing at the same place once.
type losses struct {
	all   []Loss
	index map[Loss]int // a Loss without its count, to its place in all
	where string
}

// under says that what is lost from now on stood under this heading.
func (l *losses) under(heading string) {
	if heading = strings.TrimSpace(heading); heading != "" {
		l.where = afterHeading(heading)
	}
}

func afterHeading(heading string) string { return "after “" + shorten(heading, 60) + "”" }

// add counts one thing lost here.
func (l *losses) add(what string) { l.addAt(what, l.here()) }

// addAt counts one thing lost at a place, "" for the whole file.
func (l *losses) addAt(what, where string) {
	key := Loss{What: what, Where: where}
	if l.index == nil {
		l.index = map[Loss]int{}
	}
	i, ok := l.index[key]
	if !ok {
		i = len(l.all)
		l.index[key] = i
		l.all = append(l.all, key)
	}
	l.all[i].Count++
}

func (l *losses) here() string {
	if l.where == "" {
		return "at the start"
	}
	return l.where
}

func (l *losses) list() []Loss { return l.all }

// shorten cuts a text to at most n characters, at a word where it can.
func shorten(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	cut := string(r[:n])
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)/2 {
		cut = cut[:i]
	}
	return cut + "…"
}

// withWords says what was lost with the words that were in it, if it had any.
func withWords(what, words string) string {
	if words = plain([]run{{text: normalise(words)}}); words == "" {
		return what
	}
	return what + ": “" + shorten(words, 120) + "”"
}
