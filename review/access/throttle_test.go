package access_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"concordat/review/access"
	"concordat/review/access/accesstest"
	"concordat/review/record"
)

// plain compares passphrases as they are, so that a week of sign-ins takes a second.
type plain struct{}

func (plain) Hash(_ context.Context, passphrase string) (string, error) { return passphrase, nil }

func (plain) Verify(_ context.Context, kept, passphrase string) (bool, error) {
	return kept != "" && kept == passphrase, nil
}

// found is a store that looks accounts up once.
type found struct {
	*accesstest.Store
	mu   sync.Mutex
	kept map[string]*access.Account
}

func (f *found) ByEmail(ctx context.Context, email string) (*access.Account, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if a, ok := f.kept[email]; ok {
		return a, nil
	}
	a, err := f.Store.ByEmail(ctx, email)
	if err == nil {
		f.kept[email] = a
	}
	return a, err
}

// Commit forgets what was found: it may be another now.
func (f *found) Commit(ctx context.Context, writes ...record.Write) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.kept = map[string]*access.Account{}
	return f.Store.Commit(ctx, writes...)
}

// door is a house with a hasher that costs nothing and counts.
type door struct {
	house
	work  *counting
	found *found
}

func newDoor() door {
	h := newHouse()
	work := &counting{Hasher: plain{}}
	f := &found{Store: h.store, kept: map[string]*access.Account{}}
	h.Hasher, h.Accounts = work, f
	return door{h, work, f}
}

// staff are people who can sign in.
func (d door) staff(people int) []*access.Account {
	out := make([]*access.Account, people)
	for i := range out {
		id := strconv.Itoa(i)
		out[i] = &access.Account{Head: record.Head{ID: id}, Email: id + "@example.nhs.uk", Passphrase: accesstest.Passphrase}
		d.found.kept[out[i].Email] = out[i]
	}
	return out
}

// try tries to sign in, and gives how long to wait; ok when it went through.
func (d door) try(t *testing.T, in access.SignIn) (wait time.Duration, ok bool) {
	t.Helper()
	_, err := d.SignIn(context.Background(), in)
	var slowed *access.Slowed
	if errors.As(err, &slowed) {
		if slowed.Wait <= 0 || slowed.Wait > 15*time.Minute {
			t.Fatalf("told to wait %s", slowed.Wait)
		}
		return slowed.Wait, false
	}
	return 0, err == nil
}

// refused tells whether a right passphrase is.
func (d door) refused(t *testing.T, a *access.Account, address, device string) bool {
	t.Helper()
	_, ok := d.try(t, access.SignIn{Email: a.Email, Passphrase: accesstest.Passphrase, Address: address, Device: device})
	return !ok
}

func (d door) mistype(t *testing.T, a *access.Account, address, device string) {
	t.Helper()
	d.try(t, access.SignIn{Email: a.Email, Passphrase: "tangerine kettle on the more", Address: address, Device: device})
}

// known gives the secret of a device with which somebody signed in.
func (d door) known(t *testing.T, a *access.Account) string {
	t.Helper()
	secret := rand.Text()
	if err := d.Remember(context.Background(), a, secret); err != nil {
		t.Fatal(err)
	}
	return secret
}

// minuteOf says at which minute of the day's work a mistype happens: mistypes are in the order of the day.
type minuteOf func(person, mistype int) int

// A hospital is one address: in a week in which each of 200 people mistypes eight times a day nobody with the right
// passphrase is refused, however the mistypes fall, and though no browser keeps a cookie.
func TestSharedAddress(t *testing.T) {
	t.Parallel()
	const people, mistypes, day = 200, 8, 9 * 60
	for name, at := range map[string]minuteOf{
		"over the day":       func(person, mistype int) int { return (mistype*day/mistypes + person*7) % day },
		"eight in a row":     func(person, _ int) int { return person * day / people },
		"all within an hour": func(person, mistype int) int { return (mistype*people + person) * 60 / (people * mistypes) },
		"all at nine":        func(int, int) int { return 0 },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDoor()
			staff, refused := d.staff(people), 0
			for range 7 {
				for _, who := range shift(people, mistypes, day, at) {
					for _, i := range who {
						d.mistype(t, staff[i], "192.0.2.7", "")
					}
					slices.Sort(who)
					for _, i := range slices.Compact(who) { // those who mistyped now type it rightly
						if d.refused(t, staff[i], "192.0.2.7", "") {
							refused++
						}
					}
					d.clock.Move(time.Minute)
				}
				d.clock.Move(24*time.Hour - day*time.Minute)
			}
			if refused > 0 {
				t.Errorf("%d right passphrases were refused, want none", refused)
			}
		})
	}
}

// shift says for each minute of a day who mistypes then.
func shift(people, mistypes, day int, at minuteOf) [][]int {
	out := make([][]int, day)
	for person := range people {
		for mistype := range mistypes {
			minute := at(person, mistype)
			out[minute] = append(out[minute], person)
		}
	}
	return out
}

// A stranger who tries an account as often as it pleases never keeps out its owner, who has signed in before with a
// device; nor, at one try in a quarter of an hour, one with a device that is new.
func TestStrangerKeepsNobodyOut(t *testing.T) {
	t.Parallel()
	for _, every := range []time.Duration{5 * time.Second, time.Minute, 15 * time.Minute} {
		for _, address := range []string{"198.51.100.9", "192.0.2.7"} { // elsewhere, and at the owner's own
			t.Run(fmt.Sprint(every, " from ", address), func(t *testing.T) {
				t.Parallel()
				d := newDoor()
				a := accesstest.Join(t, d.Service, access.PolicyLead)
				device, tries := d.known(t, a), 0
				for began := d.clock.Now(); d.clock.Now().Sub(began) < 48*time.Hour; d.clock.Move(every) {
					d.mistype(t, a, address, "")
					if tries++; tries%4 > 0 {
						continue
					}
					if d.refused(t, a, "192.0.2.7", device) {
						t.Fatalf("the owner is refused after %s", d.clock.Now().Sub(began))
					}
					if every == 15*time.Minute && d.refused(t, a, "192.0.2.7", "") {
						t.Fatalf("the owner with a new device is refused after %s", d.clock.Now().Sub(began))
					}
				}
			})
		}
	}
}

// Whoever guesses has at most 250 guesses at an account in a day, from however many addresses, however many at once and
// however often its owner signs in meanwhile; and as many again with a device that was stolen.
func TestGuessesInADay(t *testing.T) {
	t.Parallel()
	const most = 10 + 24*10
	for name, stolen := range map[string]bool{"no device": false, "a stolen device": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDoor()
			a := accesstest.Join(t, d.Service, access.PolicyLead)
			own, device := d.known(t, a), ""
			if stolen {
				device = d.known(t, a)
			}
			signIns := int64(0)
			for step := range 24 * 60 * 60 / 10 {
				d.mistype(t, a, fmt.Sprintf("10.%d.%d.%d", step>>16, step>>8&255, step&255), device)
				if step%360 == 0 {
					signIns++
					if d.refused(t, a, "192.0.2.7", own) {
						t.Fatal("the owner is refused")
					}
				}
				d.clock.Move(10 * time.Second)
			}
			if n := d.work.verified.Load() - signIns; n > most || n < most-10 {
				t.Errorf("%d guesses in a day, want at most %d", n, most)
			}
		})
	}
}

// Many at once cannot all try before the first is counted, and the rest is refused before the costly work.
func TestSlowedInACrowd(t *testing.T) {
	t.Parallel()
	d := newDoor()
	a := accesstest.Join(t, d.Service, access.Clinician)
	var group sync.WaitGroup
	for i := range 200 {
		group.Go(func() {
			_, _ = d.SignIn(context.Background(), access.SignIn{Email: a.Email, Passphrase: "wrong", Address: "192.0.2." + strconv.Itoa(i)})
		})
	}
	group.Wait()
	if n := d.work.verified.Load(); n != 10 {
		t.Errorf("%d passphrases were tried at once, want 10", n)
	}
}

// busy notes how many passphrases are verified at once; each waits until it is let go.
type busy struct {
	access.Hasher
	began, letGo chan struct{}
}

func (b busy) Verify(ctx context.Context, kept, passphrase string) (bool, error) {
	b.began <- struct{}{}
	<-b.letGo
	return b.Hasher.Verify(ctx, kept, passphrase)
}

// A shift that begins at one address all at once is let in one after the other, nobody refused; few are verified at
// once, so that another address need not wait for them. What overflows the queue is refused at once.
func TestTurns(t *testing.T) {
	t.Parallel()
	d := newDoor()
	work := busy{Hasher: plain{}, began: make(chan struct{}, 1000), letGo: make(chan struct{})}
	d.Hasher = work
	a := accesstest.Join(t, d.Service, access.Clinician)
	const queue, more = 302, 20
	in := make(chan error, queue+more)
	var group sync.WaitGroup
	for range queue + more {
		group.Go(func() {
			in <- second(d.SignIn(context.Background(), access.SignIn{Email: a.Email, Passphrase: accesstest.Passphrase, Address: "192.0.2.7"}))
		})
	}
	var slowed *access.Slowed
	for range more { // these alone come back while nobody is let go
		if err := <-in; !errors.As(err, &slowed) {
			t.Fatalf("what overflows: %v, want to be told to wait", err)
		}
	}
	<-work.began
	<-work.began
	if n := len(work.began); n > 0 {
		t.Errorf("%d at one address are verified at once, want 2", n+2)
	}
	elsewhere := make(chan error)
	go func() {
		elsewhere <- second(d.SignIn(context.Background(), access.SignIn{Email: "nobody@example.nhs.uk", Address: "198.51.100.9"}))
	}()
	<-work.began // it is verified although the others wait
	close(work.letGo)
	group.Wait()
	if err := <-elsewhere; errors.As(err, &slowed) {
		t.Errorf("another address: %v", err)
	}
	for range queue {
		if err := <-in; err != nil {
			t.Fatalf("a right passphrase: %v", err)
		}
	}
}

// One address that tries many accounts is slowed too, IPv6 by its network; what goes right is not counted.
func TestSlowedByAddress(t *testing.T) {
	t.Parallel()
	d := newDoor()
	a := accesstest.Join(t, d.Service, access.Clinician)
	for n := range 2000 {
		address := "2001:db8::" + strconv.Itoa(n)
		if wait, _ := d.try(t, access.SignIn{Email: fmt.Sprintf("x%d@example.nhs.uk", n), Address: address}); wait > 0 {
			t.Fatalf("failure %d is slowed", n+1)
		}
		if n%10 == 0 && d.refused(t, a, address, "") {
			t.Fatal("a right passphrase is refused")
		}
	}
	if wait, _ := d.try(t, access.SignIn{Email: "y@example.nhs.uk", Address: "2001:db8::1"}); wait != 1800*time.Millisecond {
		t.Errorf("after 2000 failures from one network the wait is %s, want 1.8s", wait)
	}
	if d.refused(t, a, "2001:db8::1", d.known(t, a)) {
		t.Error("a known device is refused because of its address")
	}
}

// A device is one account's, has a limit of its own, and is unknown once the passphrase is changed or the account disabled.
func TestKnownDevice(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	d := newDoor()
	a, other := accesstest.Join(t, d.Service, access.PolicyLead), accesstest.Join(t, d.Service, access.Secretary)
	device := d.known(t, a)
	lock := func(whom *access.Account) {
		for range 11 {
			d.mistype(t, whom, "198.51.100.9", "")
		}
	}
	lock(a)
	lock(other)
	for _, tc := range []struct {
		name   string
		whom   *access.Account
		device string
		want   bool
	}{
		{"known", a, device, false},
		{"none", a, "", true},
		{"made up", a, rand.Text(), true},
		{"another account's", other, device, true},
	} {
		if got := d.refused(t, tc.whom, "192.0.2.7", tc.device); got != tc.want {
			t.Errorf("%s: refused %v, want %v", tc.name, got, tc.want)
		}
	}
	if err := d.Remember(ctx, other, device); err != nil { // a browser that two people share
		t.Fatal(err)
	}
	if d.refused(t, a, "192.0.2.7", device) || d.refused(t, other, "192.0.2.7", device) {
		t.Error("a device of two people is refused")
	}
	for range 10 {
		d.mistype(t, other, "192.0.2.7", device)
	}
	if wait, _ := d.try(t, access.SignIn{Email: other.Email, Passphrase: accesstest.Passphrase, Device: device}); wait != 6*time.Minute {
		t.Errorf("a device after ten failures waits %s, want 6m", wait)
	}
	a, err := d.ChangePassphrase(ctx, edit(a.Actor(), a), accesstest.Passphrase, "seven green umbrellas singing")
	if err != nil {
		t.Fatal(err)
	}
	lock(a)
	if _, ok := d.try(t, access.SignIn{Email: a.Email, Passphrase: "seven green umbrellas singing", Device: device}); ok {
		t.Error("a device is known that signed in before the passphrase was changed")
	}
	d.clock.Move(time.Hour)
	third := d.known(t, other)
	for _, act := range []func() (*access.Account, error){
		func() (*access.Account, error) { return d.Disable(ctx, edit(access.CommandLine(), other)) },
		func() (*access.Account, error) { return d.Enable(ctx, edit(access.CommandLine(), other)) },
	} {
		if other, err = act(); err != nil {
			t.Fatal(err)
		}
	}
	lock(other)
	if !d.refused(t, other, "192.0.2.7", third) {
		t.Error("a device is known that signed in before the account was disabled")
	}
}

// A device is unknown half a year after the last sign-in.
func TestDeviceIsForgotten(t *testing.T) {
	t.Parallel()
	d := newDoor()
	a := accesstest.Join(t, d.Service, access.PolicyLead)
	device := d.known(t, a)
	for _, tc := range []struct {
		passes time.Duration
		want   bool // refused
	}{{access.DeviceKnown - time.Second, false}, {time.Second, true}} {
		d.clock.Move(tc.passes)
		for range 11 {
			d.mistype(t, a, "198.51.100.9", "")
		}
		if got := d.refused(t, a, "192.0.2.7", device); got != tc.want {
			t.Errorf("after another %s: refused %v, want %v", tc.passes, got, tc.want)
		}
	}
}

// Whatever the clock does, who waits as long as told gets in, and is never told more than a quarter of an hour.
func TestClockJumps(t *testing.T) {
	t.Parallel()
	for _, jump := range []time.Duration{0, time.Second, 2 * time.Minute, 10 * time.Minute, time.Hour, 24 * time.Hour, 9000 * time.Hour} {
		for _, set := range []time.Duration{jump, -jump} {
			d := newDoor()
			a := accesstest.Join(t, d.Service, access.PolicyLead)
			for range 11 {
				d.mistype(t, a, "192.0.2.7", "")
			}
			d.clock.Move(set)
			wait, _ := d.try(t, access.SignIn{Email: a.Email, Passphrase: accesstest.Passphrase, Address: "192.0.2.7"}) // fails when it is too long
			d.clock.Move(wait)
			if d.refused(t, a, "192.0.2.7", "") {
				t.Errorf("a clock set by %s: refused after a wait of %s", set, wait)
			}
		}
	}
}

// What is refused for its number is counted nowhere, and what the database could not say is no failure.
func TestOnlyFailuresCount(t *testing.T) {
	t.Parallel()
	d := newDoor()
	a := accesstest.Join(t, d.Service, access.PolicyLead)
	for range 100 {
		if d.refused(t, a, "192.0.2.7", "") {
			t.Fatal("a right passphrase is refused after others")
		}
	}
	for range 3000 { // ten are verified, the rest refused: they do not fill the address
		d.mistype(t, a, "192.0.2.7", "")
	}
	if wait, _ := d.try(t, access.SignIn{Email: "y@example.nhs.uk", Address: "192.0.2.7"}); wait > 0 {
		t.Errorf("the address waits %s for what was refused", wait)
	}
	d.clock.Move(time.Hour)
	broken := errors.New("no memory")
	d.Hasher = failing{err: broken}
	for range 20 {
		if err := second(d.SignIn(context.Background(), access.SignIn{Email: a.Email, Address: "192.0.2.7"})); !errors.Is(err, broken) {
			t.Fatalf("signing in: %v, want %v", err, broken)
		}
	}
}

type failing struct {
	access.Hasher
	err error
}

func (f failing) Verify(context.Context, string, string) (bool, error) { return false, f.err }

// Requests for a link are slowed by account and by address, and never for longer than 15 minutes.
func TestResetsSlowed(t *testing.T) {
	t.Parallel()
	d := newDoor()
	a := accesstest.Join(t, d.Service, access.PolicyLead)
	sent := len(d.store.Mail())
	for range 24 * 60 {
		err := d.RequestReset(context.Background(), a.Email, "192.0.2.7")
		var slowed *access.Slowed
		if err != nil && (!errors.As(err, &slowed) || slowed.Wait > 15*time.Minute) {
			t.Fatalf("asking for a link: %v", err)
		}
		d.clock.Move(time.Minute)
	}
	if n := len(d.store.Mail()) - sent; n > 5+24*5 {
		t.Errorf("%d messages in a day, want at most %d", n, 5+24*5)
	}
}
