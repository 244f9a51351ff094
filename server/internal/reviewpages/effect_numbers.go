package reviewpages

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// numbersPage asks for shares and a price, for one commissioner or for all that have none of their own.
type numbersPage struct {
	Frame    view.Frame
	Errors   view.Errors
	Path     string
	About    string
	Treated  string
	Earlier  string // that the shares were given for an earlier draft; "" when they were not
	Revision int64
	Fields   numbersFields
}

type numbersFields struct {
	LoseLow, LoseHigh, GainLow, GainHigh view.Input
	Source                               view.Input
	Price, PriceSource                   view.Input
}

var numbersTemplate = view.Define[numbersPage]("review/numbers.html")

// numbersTyped is what stands in the form, by field.
type numbersTyped map[string]string

var numbersNames = []string{"lose-low", "lose-high", "gain-low", "gain-high", "source", "price", "price-source"}

func typedOf(x *review.Estimate) numbersTyped {
	t := numbersTyped{"source": x.Source, "price-source": x.PriceSource}
	for name, s := range map[string]review.Share{"lose": x.Lose, "gain": x.Gain} {
		if s.Given {
			t[name+"-low"], t[name+"-high"] = tenths(s.Low), tenths(s.High)
		}
	}
	if x.Price > 0 {
		t["price"] = fmt.Sprint(x.Price)
	}
	return t
}

func tenths(n int) string { return strings.TrimSuffix(fmt.Sprintf("%d.%d", n/10, n%10), ".0") }

// estimateOf is the estimate that the address names, with where it holds; "all" is for all.
func (p *Pages) estimateOf(c *gin.Context) (x *review.Effects, e *review.PlaceEffect, of *review.Estimate, err error) {
	if c.Param("place") == review.EstimateAll {
		x, err = p.effectsOf(c)
		if err != nil {
			return nil, nil, nil, err
		}
		return x, nil, x.All, access.Check(page.Actor(c), access.ActivityEdit, access.For(x.Policy.Commissioners...))
	}
	x, e, err = p.placeEffect(c)
	if err != nil {
		return nil, nil, nil, err
	}
	return x, e, e.Own, access.Check(page.Actor(c), access.ActivityEdit, access.For(e.Commissioner.ID))
}

func (p *Pages) showNumbers(c *gin.Context) (page.Result, error) { return p.numbersForm(c, nil, nil) }

func (p *Pages) numbersForm(c *gin.Context, t numbersTyped, errs view.Errors) (page.Result, error) {
	x, e, of, err := p.estimateOf(c)
	if err != nil {
		return page.Result{}, err
	}
	if t == nil {
		t = typedOf(of)
	}
	d := numbersPage{Errors: errs, Path: address(x.Policy.ID, "effects", c.Param("place"), "numbers"), Revision: of.Revision, About: "all places that have none of their own"}
	if e != nil {
		d.About, d.Treated = e.Name, e.Impact.TreatedWords()
	}
	if of.Earlier(x.Policy.Content) {
		d.Earlier = of.EarlierWords()
	}
	d.Frame = p.belowEffects(c, x.Policy, "Shares and price: "+d.About)
	d.Frame.HasErrors = errs.Any()
	d.Fields = numbersFieldsOf(t, errs)
	return answer(numbersTemplate.Page(d), errs), nil
}

func numbersFieldsOf(t numbersTyped, errs view.Errors) numbersFields {
	share := func(name, label string) view.Input {
		in := input(name, label, "", t[name], errs)
		in.Label.Size, in.Width, in.Inputmode, in.Suffix = "", "4", "decimal", view.Affix{Text: "%"}
		return in
	}
	f := numbersFields{LoseLow: share("lose-low", "At least, per cent"), LoseHigh: share("lose-high", "At most, per cent"),
		GainLow: share("gain-low", "At least, per cent"), GainHigh: share("gain-high", "At most, per cent"),
		Source:      input("source", "Where do the shares come from?", "Such as “audit of 120 referrals, 2025”, and who gave it", t["source"], errs),
		Price:       input("price", "What does one treatment cost, in pounds?", "Leave it empty when it is not known", t["price"], errs),
		PriceSource: input("price-source", "Where does the price come from?", "Such as “national tariff 2026-27”", t["price-source"], errs)}
	f.Price.Width, f.Price.Inputmode, f.Price.Prefix = "10", "numeric", view.Affix{Text: "£"}
	return f
}

func (p *Pages) saveNumbers(c *gin.Context) (page.Result, error) {
	policy, place := c.Param("id"), c.Param("place")
	if _, _, _, err := p.estimateOf(c); err != nil {
		return page.Result{}, err
	}
	t := numbersTyped{}
	for _, name := range numbersNames {
		t[name] = line(c, name)
	}
	e, err := page.Edit(c, review.EstimateID(policy, strings.TrimPrefix(place, review.EstimateAll)))
	if err != nil {
		return page.Result{}, err
	}
	n, faults := readNumbers(t)
	if err = faults.Err(); err == nil {
		_, err = p.Review.Estimate(c.Request.Context(), e, n)
	}
	if errs, ok := refused(err); ok {
		return p.numbersForm(c, t, errs)
	}
	if page.Overtaken(err) {
		_, _, of, failed := p.estimateOf(c)
		if failed != nil {
			return page.Result{}, failed
		}
		errs, _ := refused(page.Kept(c, typedOf(of)))
		return page.Conflict(p.numbersForm(c, t, errs))
	}
	next := address(policy, "effects", place)
	if place == review.EstimateAll {
		next = address(policy, "effects")
	}
	return page.Result{SeeOther: next, Flash: "The numbers are saved"}, err
}

// readNumbers reads what was typed. One end of a range alone is a range from nothing, or a fault.
func readNumbers(t numbersTyped) (n review.Estimate, faults record.Faults) {
	for _, s := range []struct {
		name string
		to   *review.Share
	}{{"lose", &n.Lose}, {"gain", &n.Gain}} {
		low, high := t[s.name+"-low"], t[s.name+"-high"]
		if low+high == "" {
			continue
		}
		s.to.Given = true
		var lowOK, highOK bool
		s.to.Low, lowOK = perCent(cmp.Or(low, "0"))
		s.to.High, highOK = perCent(high)
		faults.Add(!lowOK, s.name+"-low", "Enter a share in per cent with one decimal at most, such as 2.5")
		faults.Add(!highOK, s.name+"-high", "Enter a share in per cent with one decimal at most, such as 2.5")
	}
	n.Source, n.PriceSource = t["source"], t["price-source"]
	if price := strings.NewReplacer(",", "", "£", "", " ", "").Replace(t["price"]); price != "" {
		var err error
		n.Price, err = strconv.Atoi(price)
		faults.Add(err != nil, "price", "Enter the price of one treatment in whole pounds, such as 1250")
	}
	return n, faults
}

// perCent reads a share in tenths of a per cent.
func perCent(s string) (int, bool) {
	s = strings.TrimSpace(strings.TrimSuffix(s, "%"))
	whole, tenth, dotted := strings.Cut(s, ".")
	if !dotted {
		tenth = "0"
	}
	n, err := strconv.ParseUint(whole+tenth, 10, 20)
	return int(n), err == nil && len(tenth) == 1 && whole != ""
}
