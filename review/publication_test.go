package review

import (
	"testing"
	"time"

	"concordat/review/clause"
	"concordat/review/record"
)

// plain shows a text as it is.
type plain struct{}

func (plain) Render(t clause.Text) (string, error) { return t.Markdown, nil }
func (plain) Version() string                      { return "plain" }

// What the public reads at an instant is the newest of what was published by then, whatever is to come.
func TestPublicationAt(t *testing.T) {
	t.Parallel()
	p := &Publication{Head: record.Head{ID: "p"}}
	start := time.Date(2027, 1, 15, 9, 0, 0, 0, time.UTC)
	days := func(n int) time.Time { return start.AddDate(0, 0, n) }
	publish := func(major int, from, now time.Time) {
		t.Helper()
		v := &Version{Policy: "p", Mark: Mark{Number: Number{Major: major}}, Content: Content{Sections: []Section{{Key: PositionKey, Title: "Position", Markdown: "Words."}}}}
		if _, err := p.publish("slug", v, plain{}, from, now); err != nil {
			t.Fatal(err)
		}
	}
	reads := func(when string, now time.Time, want int, withdrawn bool) {
		t.Helper()
		s, ok := p.At(now)
		if ok != (want > 0) || s.Version.Major != want || s.Withdrawn != withdrawn || ok && s.HTML == "" {
			t.Errorf("%s: version %s, withdrawn %v, %v; want %d, %v", when, s.Version, s.Withdrawn, ok, want, withdrawn)
		}
	}
	reads("never published", start, 0, false)
	publish(1, days(2), start)
	reads("before the first", days(1), 0, false)
	publish(1, days(3), days(1)) // on another day after all
	reads("still before the first", days(2), 0, false)
	reads("the first", days(3), 1, false)
	publish(3, days(10), days(5))
	reads("the second to come", days(9), 1, false)
	publish(4, days(12), days(9)) // another one instead
	reads("another to come", days(11), 1, false)
	reads("it has come", days(12), 4, false)
	publish(1, days(20), days(13)) // back to an older text
	reads("until it goes back", days(19), 4, false)
	reads("back", days(20), 1, false)
	publish(5, days(30), days(21))
	if _, err := p.withdraw(days(22)); err != nil {
		t.Fatal(err)
	}
	reads("withdrawn at once", days(22), 1, true)
	reads("what was to come does not come", days(30), 1, true)
	publish(6, days(40), days(31))
	reads("withdrawn until it comes back", days(39), 1, true)
	reads("it came back", days(40), 6, false)
}
