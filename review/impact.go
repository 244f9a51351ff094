package review

import (
	"fmt"
	"strconv"

	"concordat/review/harmony"
)

// Impact is how many people, and how much money, a policy means for one area.
type Impact struct {
	Baseline
	Estimate   *Estimate       // nil: nobody gave shares for the area or for all
	Lose, Gain *harmony.People // a year; nil: not known
	Cost       *Pounds         // more a year; nil: not known
}

// Pounds are an amount of money a year, as a range. Less than 0 is saved.
type Pounds struct{ Low, High int }

// impact works out what a consequence means in numbers. Who loses nothing by it is nobody; what ends is lost by all who
// are treated; else only a share that somebody gave says how many.
func impact(c harmony.Consequence, b Baseline, x *Estimate) Impact {
	i := Impact{Baseline: b, Estimate: x}
	if !c.MayTake() {
		i.Lose = &harmony.People{}
	}
	if !c.MayGive() {
		i.Gain = &harmony.People{}
	}
	if b.Known() && c.Ends {
		i.Lose = &harmony.People{Low: b.Year(), High: b.Year()}
	}
	if b.Known() && x != nil {
		if i.Lose == nil {
			i.Lose = x.Lose.of(b.Year())
		}
		if i.Gain == nil {
			i.Gain = x.Gain.of(b.Year())
		}
	}
	if x != nil && x.Price > 0 && i.Lose != nil && i.Gain != nil {
		c := pounds(*i.Gain, *i.Lose, x.Price)
		i.Cost = &c
	}
	return i
}

// pounds are what it costs that some gain and others lose.
func pounds(gain, lose harmony.People, price int) Pounds {
	return Pounds{Low: (gain.Low - lose.High) * price, High: (gain.High - lose.Low) * price}
}

// Concealed tells whether so few were counted in less than a year that what follows from them for a year is not shown.
func (b Baseline) Concealed() bool { return small(b.People) && !small(b.Year()) }

// small tells whether a number that is no more than Small stands for a count that is not shown.
func small(n int) bool { return n > 0 && n < Small }

// TreatedWords is how many are treated a year, as it may be shown where no total stands beside it.
func (i Impact) TreatedWords() string {
	switch {
	case !i.Known():
		return "not known"
	case i.Concealed():
		return fmt.Sprintf("fewer than %d in %s", Small, counted(i.Months, "month", "months"))
	case small(i.Year()):
		return fmt.Sprintf("fewer than %d a year", Small)
	case i.Months == 12:
		return fmt.Sprintf("%s a year", thousands(i.Year()))
	}
	return fmt.Sprintf("about %s a year, by %s", thousands(i.Year()), counted(i.Months, "month", "months"))
}

// LoseWords is how many may lose, as it may be shown: without a share no more than that it is up to all who are treated.
func (i Impact) LoseWords() string {
	switch {
	case i.Lose != nil:
		return i.safePeople(*i.Lose)
	case !i.Known():
		return "not known"
	case i.Concealed():
		return "not shown"
	case small(i.Year()):
		return fmt.Sprintf("fewer than %d a year", Small)
	}
	return fmt.Sprintf("up to %s treated a year", thousands(i.Year()))
}

// GainWords is how many may gain, as it may be shown. Those who are not treated today are not counted anywhere.
func (i Impact) GainWords() string {
	if i.Gain == nil {
		return "not known"
	}
	return i.safePeople(*i.Gain)
}

// safePeople is a number of people with small ends of its range hidden.
func (i Impact) safePeople(p harmony.People) string {
	switch {
	case p.High == 0:
		return "nobody"
	case i.Concealed():
		return "not shown"
	case small(p.High):
		return fmt.Sprintf("fewer than %d a year", Small)
	case p.Low < Small:
		return fmt.Sprintf("up to %s a year", thousands(p.High))
	case p.Low == p.High:
		return fmt.Sprintf("about %s a year", thousands(p.High))
	}
	return fmt.Sprintf("%s to %s a year", thousands(p.Low), thousands(p.High))
}

// fromNobody is a range of people that begins at nobody where its low end is small, as safePeople shows it.
func fromNobody(p harmony.People) harmony.People {
	if p.Low < Small {
		p.Low = 0
	}
	return p
}

// CostWords are "£31,000 to £58,000 a year more". Where a number of people is hidden the money, which is that number times
// the price, is hidden too, and where only the low end of a range is hidden the money begins at none.
func (i Impact) CostWords() string {
	switch {
	case i.Cost == nil:
		return "not known"
	case small(i.Lose.High), small(i.Gain.High), i.Concealed() && *i.Cost != Pounds{}:
		return "not shown"
	}
	return pounds(fromNobody(*i.Gain), fromNobody(*i.Lose), i.Estimate.Price).words()
}

func (c Pounds) words() string {
	switch {
	case c == Pounds{}:
		return "no more and no less"
	case c.Low == c.High && c.Low >= 0:
		return "£" + thousands(c.Low) + " a year more"
	case c.Low == c.High:
		return "£" + thousands(-c.Low) + " a year less"
	case c.Low == 0:
		return "up to £" + thousands(c.High) + " a year more"
	case c.High == 0:
		return "up to £" + thousands(-c.Low) + " a year less"
	case c.Low > 0:
		return "£" + thousands(c.Low) + " to £" + thousands(c.High) + " a year more"
	case c.High < 0:
		return "£" + thousands(-c.High) + " to £" + thousands(-c.Low) + " a year less"
	default:
		return "between £" + thousands(-c.Low) + " a year less and £" + thousands(c.High) + " more"
	}
}

// thousands writes 12,400.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
