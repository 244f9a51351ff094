// Package export is about what leaves: a policy as a Word document or as Markdown, and tables for spreadsheets.
package export

// A Policy is a governed text as it is handed out.
type Policy struct {
	Title     string
	Reference string // such as "TP-012"; may be ""
	Version   string // such as "0.3"; may be ""
	Status    string // one line, such as "Draft for comment until 12 March 2027"; may be ""
	Draft     bool   // says DRAFT under the title and on each page
	Control   []Field
	Sections  []Section
}

// A Field is a row of the document control table.
type Field struct{ Key, Value string }

// A Section is a heading with its text. The Markdown was checked for size and shape when it was saved.
type Section struct {
	Title    string
	Number   string // of the heading, such as "2"; may be ""
	Markdown string
	Numbers  []Number // of its clauses, in order of their offsets; none for a text without numbers
}

// A Number is what is shown in the margin of a clause. Offset is a place in the section's Markdown, from the start
// of the clause's first line to its first word. "(a)" and the like number list items, which Word counts itself;
// all others are written out.
type Number struct {
	Offset int
	Text   string
}
