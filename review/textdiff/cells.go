package textdiff

// cells parts the words of a row at the bars between its cells, which stand by themselves: joined with a bar they are
// the words. An empty cell is a space, or nothing at the ends.
func cells(words string) []string {
	var out []string
	from := 0
	for i := 0; i < len(words); i++ {
		if words[i] == '|' && (i == 0 || words[i-1] == ' ') && (i+1 == len(words) || words[i+1] == ' ') {
			out = append(out, words[from:i])
			from = i + 1
		}
	}
	return append(out, words[from:])
}
