package demo

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"concordat/review"
	"concordat/review/record"
)

// activity brings in how many were treated in a year: "Treated: code | as many numbers as there are places". The file
// that the service reads has months, over which the year's number is spread evenly.
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
	b.WriteString("commissioner,code,month,count\n")
	for _, row := range s.all("Treated") {
		for i, number := range strings.Fields(row[1]) {
			n, err := strconv.Atoi(number)
			s.fault(err)
			for m := range 12 {
				fmt.Fprintf(&b, "%s,%s,%s-%02d,%d\n", w.current[i], row[0], s.one("Year"), m+1, n*(m+1)/12-n*m/12)
			}
		}
	}
	_, err = w.reviewAt(s.moment(s.one("Kept")), "").KeepActivity(ctx, by, b.String())
	s.fault(err)
	return s.err()
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
	_, err = w.reviewAt(s.moment(row[6]), "").Estimate(ctx, record.Edit{By: by, ID: review.EstimateID(id, placeID(row[0]))}, n)
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
