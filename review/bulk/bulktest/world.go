package bulktest

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"testing"
	"time"

	"concordat/review"
	"concordat/review/bulk"
	"concordat/review/record"
	"concordat/review/reviewtest"
)

// Stores are what a service keeps things in.
type Stores struct {
	reviewtest.Stores
	Imports bulk.Imports
}

// InMemory are empty stores.
func InMemory() Stores { return Stores{reviewtest.InMemory(), new(Imports)} }

// Short are the commissioners of a World, by their short names, in order; their ids are places' words in lower case.
var Short = []string{"Aldermoss", "Brindlewick", "Cawsand", "Dunsmere"}

// Topics are the policies of a World: the reference, the title, another name and the OPCS-4 code of each.
var Topics = [][4]string{
	{"CP-001", "Tonsillectomy for recurrent tonsillitis", "tonsils out", "F34"},
	{"CP-002", "Grommets for glue ear in children", "ventilation tubes", "D15.1"},
	{"CP-003", "Carpal tunnel release", "carpal tunnel surgery", "A65.1"},
	{"CP-004", "Cataract surgery", "cataracts", "C71-C75"},
	{"CP-005", "Hip and knee replacement", "joint replacement", "W37-W42"},
}

// World is a service over stores that hold commissioners and policies.
type World struct {
	*bulk.Service
	Places   map[string]string // ids of commissioners by short name
	Policies map[string]string // ids of policies by reference
}

// New fills stores.
func New(t testing.TB, s Stores) World {
	t.Helper()
	ctx, r := context.Background(), reviewtest.Service(s.Stores)
	w := World{Service: &bulk.Service{Imports: s.Imports, Review: r, Now: func() time.Time { return reviewtest.Now }, NewID: r.NewID},
		Places: map[string]string{}, Policies: map[string]string{}}
	var all []string
	for _, short := range Short {
		c, err := r.AddCommissioner(ctx, reviewtest.Admin, review.Commissioner{Name: "NHS " + short + " CCG", Short: short, Start: record.Day(2013, 4, 1)})
		if err != nil {
			t.Fatal(err)
		}
		w.Places[short] = c.ID
		all = append(all, c.ID)
	}
	for _, x := range Topics {
		p, err := r.Create(ctx, reviewtest.Lead, review.NewPolicy{Reference: x[0], Title: x[1], Kind: "clinical", Programme: "g", Commissioners: all, Lead: reviewtest.Lead.ID})
		if err != nil {
			t.Fatal(err)
		}
		c := p.Content
		c.OtherNames = []string{x[2]}
		c.Interventions = []review.Intervention{{Name: x[1], Position: review.Restricted, Codes: review.Codes{OPCS4: []string{x[3]}}}}
		if _, err := r.SaveDetails(ctx, record.Edit{By: reviewtest.Lead, ID: p.ID, Revision: p.Revision}, c); err != nil {
			t.Fatal(err)
		}
		w.Policies[x[0]] = p.ID
	}
	return w
}

// File is one to send.
func File(name, data string) bulk.Sent {
	return bulk.Sent{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader([]byte(data))), nil }}
}

// ZIP is an archive of files by their names, in the order of the names.
func ZIP(t testing.TB, files map[string]string) string {
	t.Helper()
	var names []string
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		f, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(f, files[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Planned begins an import and reads it.
func (w World) Planned(t testing.TB, n bulk.Start) *bulk.Import {
	t.Helper()
	ctx := context.Background()
	i, err := w.Begin(ctx, reviewtest.Lead, n)
	if err == nil {
		err = w.Read(ctx, reviewtest.Lead, i.ID)
	}
	if err != nil {
		t.Fatal(err)
	}
	return w.Load(t, i.ID)
}

// Load reads an import.
func (w World) Load(t testing.TB, id string) *bulk.Import {
	t.Helper()
	i, err := w.Import(context.Background(), reviewtest.Lead, id)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// Ran starts an import and runs it to its end.
func (w World) Ran(t testing.TB, i *bulk.Import) *bulk.Import {
	t.Helper()
	ctx := context.Background()
	_, err := w.Start(ctx, Edit(i))
	if err == nil {
		err = w.Run(ctx, reviewtest.Lead, i.ID)
	}
	if err != nil {
		t.Fatal(err)
	}
	return w.Load(t, i.ID)
}

// Edit is the form of somebody who looks at an import.
func Edit(i *bulk.Import) record.Edit {
	return record.Edit{By: reviewtest.Lead, ID: i.ID, Revision: i.Revision}
}

// Text is a text about a topic of a World, given by its place in Topics, that names a commissioner.
func Text(topic int, short string) string {
	return fmt.Sprintf("# %s\n\nPolicy of NHS %s.\n\n## Criteria\n\n- %d episodes of %s\n\n## Codes\n\nOPCS-4: %s\n", Topics[topic][1], short, 7-topic, short, Topics[topic][3])
}
