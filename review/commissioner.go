package review

import (
	"slices"
	"strings"

	"concordat/review/record"
)

// Commissioner is a body that decides for an area: a CCG, an ICB, or one of its places. Its area lasts longer than
// the body: when it ends, its successors decide for the area and its policies stay in force until replaced.
type Commissioner struct {
	record.Head `bson:",inline"`
	Name        string      `bson:"name"`  // "NHS Brindlewick"
	Short       string      `bson:"short"` // for tables and for the public: "Brindlewick"
	SortName    string      `bson:"sortName"`
	Slug        string      `bson:"slug"` // unique; the area's public address
	Start       record.Date `bson:"start"`
	End         record.Date `bson:"end"`        // the first day on which it is no more; 0 while it lasts
	Successors  []string    `bson:"successors"` // ids
	Contact     Person      `bson:"contact"`
	IFR         IFR         `bson:"ifr"`
}

// Kind names the kind of document.
func (*Commissioner) Kind() string { return "commissioner" }

// Person is whom to ask.
type Person struct {
	Name  string `bson:"name"`
	Email string `bson:"email"`
	Phone string `bson:"phone"`
}

// IFR is the way for patients outside the criteria: the individual funding request.
type IFR struct {
	Email string `bson:"email"`
	Phone string `bson:"phone"`
	URL   string `bson:"url"`  // form and how to ask
	Text  string `bson:"text"` // "what if I do not meet the criteria", plain English
}

// Ended tells whether the commissioner is no more on a day.
func (c *Commissioner) Ended(on record.Date) bool { return c.End != 0 && on >= c.End }

// edit changes what may change while the commissioner lasts.
func (c *Commissioner) edit(n Commissioner) (record.Event, error) {
	var faults record.Faults
	n.Name, n.Short = strings.TrimSpace(n.Name), strings.TrimSpace(n.Short)
	faults.Add(n.Name == "", "name", "Enter the commissioner's name")
	faults.Add(len([]rune(n.Name)) > 100, "name", "The name must be 100 characters or fewer")
	faults.Add(n.Short == "", "short", "Enter a short name for tables")
	faults.Add(n.Short != "" && Slug(n.Short) == "", "short", "The short name must have a letter from a to z or a digit")
	faults.Add(len([]rune(n.Short)) > 18, "short", "The short name must be 18 characters or fewer")
	faults.Add(n.Start == 0, "start", "Enter the date on which it began")
	faults.Add(n.Start != 0 && c.End != 0 && n.Start >= c.End, "start", "The start must be before the end")
	faults.Add(n.IFR.URL != "" && !webAddress(n.IFR.URL), "ifr-url", "Enter the whole address, starting with https://")
	for _, x := range []struct{ field, text string }{{"contact-name", n.Contact.Name}, {"contact-email", n.Contact.Email}, {"contact-phone", n.Contact.Phone},
		{"ifr-email", n.IFR.Email}, {"ifr-phone", n.IFR.Phone}, {"ifr-url", n.IFR.URL}} {
		faults.Add(long(x.text, 300), x.field, "This must be 300 characters or fewer")
	}
	faults.Add(len([]rune(n.IFR.Text)) > 5000, "ifr-text", "The text must be 5,000 characters or fewer")
	if err := faults.Err(); err != nil {
		return record.Event{}, err
	}
	c.Name, c.Short, c.SortName, c.Start, c.Contact, c.IFR = n.Name, n.Short, Fold(n.Short), n.Start, n.Contact, n.IFR
	if c.Slug == "" {
		c.Slug = Slug(c.Short)
	}
	return record.Event{Action: "commissioner.edited", Alters: []record.Generation{record.Public, CommissionerList}}, nil
}

// CommissionerList is raised by whatever alters a commissioner.
const CommissionerList record.Generation = "commissioners"

// end names the day from which the successors decide. It may have none: then what it decided stays as it is.
func (c *Commissioner) end(on record.Date, successors []string, places Places) (record.Event, error) {
	var faults record.Faults
	faults.Add(c.End != 0, "", "It has ended already")
	faults.Add(on == 0, "end", "Enter the first day on which it is no more")
	faults.Add(on != 0 && on <= c.Start, "end", "The end must be after the start")
	for i, id := range successors {
		s := places[id]
		faults.Add(id == c.ID, "successors", "A commissioner cannot succeed itself")
		faults.Add(s == nil, "successors", "Choose successors from the list")
		faults.Add(slices.Contains(successors[:i], id), "successors", "Choose each successor once")
		faults.Add(s != nil && id != c.ID && s.Ended(on), "successors", "A successor must be there when it takes over. Choose one that has not ended by then")
	}
	if err := faults.Err(); err != nil {
		return record.Event{}, err
	}
	c.End, c.Successors = on, slices.Clone(successors)
	return record.Event{Action: "commissioner.ended", Alters: []record.Generation{record.Public, CommissionerList}}.With("end", on).With("successors", len(successors)), nil
}

// Slug makes an address of a title: lower case letters and digits joined by hyphens.
func Slug(title string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(title) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.Trim(b.String(), "-")
}
