package demo

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"concordat/review"
	"concordat/review/record"
)

// activity brings in how many were treated in a year: "Treated: code | as many numbers as there are places". The file
// that the service reads has months, over which the year's number is spread evenly, and groups of people, by the shares
// in per cent of "Who: code | by age | by sex | by deprivation quintile".
func (w *world) activity(ctx context.Context) error {
	s, err := readSheet("texts/activity.md")
	if err != nil {
		return err
	}
	by, err := w.actor(s.one("By"))
	if err != nil {
		return err
	}
	var b strings.Builder
	b.WriteString("commissioner,code,month,count,age band,sex,deprivation\n")
	mixes := map[string]mix{}
	for _, row := range s.all("Who") {
		mixes[row[0]] = mix{s.shares(row[1]), s.shares(row[2]), s.shares(row[3])}
	}
	for _, row := range s.all("Treated") {
		for i, number := range strings.Fields(row[1]) {
			n, err := strconv.Atoi(number)
			s.fault(err)
			for m := range 12 {
				people := mixes[row[0]].of(n*m/12, n*(m+1)/12)
				for _, who := range slices.Sorted(maps.Keys(people)) {
					fmt.Fprintf(&b, "%s,%s,%s-%02d,%d,%s\n", w.current[i], row[0], s.one("Year"), m+1, people[who], who)
				}
			}
		}
	}
	_, err = w.at(s.moment(s.one("Kept")), "").Review.KeepActivity(ctx, by, b.String())
	s.fault(err)
	return s.err()
}

// mix is which share of those treated is of which group: by age, by sex, by deprivation.
type mix [3][]groupShare

type groupShare struct {
	name    string
	perCent int
}

// shares reads "16-24 60, 25-44 40".
func (s *sheet) shares(value string) (out []groupShare) {
	for _, x := range strings.Split(value, ", ") {
		at := strings.LastIndex(x, " ")
		n, err := strconv.Atoi(x[at+1:])
		s.fault(err)
		out = append(out, groupShare{x[:max(at, 0)], n})
	}
	return out
}

// of counts people, the ones from a number to another of a year, by their groups. Each characteristic is spread over them
// by steps of its own that no small number divides.
func (m mix) of(from, to int) map[string]int {
	out := map[string]int{}
	for i := from; i < to; i++ {
		var who []string
		for k, step := range []float64{math.Phi, math.Sqrt2, math.Sqrt(3)} {
			_, place := math.Modf(float64(i) * step)
			who = append(who, at(m[k], int(place*100)))
		}
		out[strings.Join(who, ",")]++
	}
	return out
}

// at is the group at a place from 0 to 99.
func at(list []groupShare, place int) string {
	for _, x := range list {
		if place -= x.perCent; place < 0 {
			return x.name
		}
	}
	return ""
}

// estimate says which share of those treated a draft concerns: "Estimate: place | lose | gain | source | price | source
// of the price | when", shares as "0-28" in tenths of a per cent.
func (w *world) estimate(ctx context.Context, id string, s *sheet, row []string) error {
	by, err := w.actor("priya")
	if err != nil {
		return err
	}
	price, err := strconv.Atoi(row[4])
	s.fault(err)
	n := review.Estimate{Lose: s.share(row[1]), Gain: s.share(row[2]), Source: row[3], Price: price, PriceSource: row[5]}
	_, err = w.at(s.moment(row[6]), "").Review.Estimate(ctx, record.Edit{By: by, ID: review.EstimateID(id, placeID(row[0]))}, n)
	s.fault(err)
	return s.err()
}

func (s *sheet) share(value string) review.Share {
	low, high, _ := strings.Cut(value, "-")
	a, err := strconv.Atoi(low)
	s.fault(err)
	b, err := strconv.Atoi(high)
	s.fault(err)
	return review.Share{Given: true, Low: a, High: b}
}
