package outbox_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"concordat/review/access"
	"concordat/review/access/accesstest"
	"concordat/server/internal/docstore/sqlite"
	"concordat/server/internal/outbox"
	"concordat/server/internal/stores"
)

// postbox is a mail server that keeps what it gets. refuse is what it answers to a recipient, "" to take it.
type postbox struct {
	mu       sync.Mutex
	refuse   string
	received []string
	listener net.Listener
}

func newPostbox(t *testing.T) *postbox {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &postbox{listener: l}
	var group sync.WaitGroup
	group.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			group.Go(func() { p.serve(conn) })
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		group.Wait()
	})
	return p
}

func (p *postbox) serve(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	in := bufio.NewReader(conn)
	say := func(line string) { fmt.Fprintf(conn, "%s\r\n", line) }
	say("220 postbox")
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		p.mu.Lock()
		refuse := p.refuse
		p.mu.Unlock()
		switch command := strings.ToUpper(line[:4]); {
		case command == "RCPT" && refuse != "":
			say(refuse)
		case command == "DATA":
			say("354 go on")
			p.take(in)
			say("250 taken")
		case command == "QUIT":
			say("221 bye")
			return
		default:
			say("250 postbox")
		}
	}
}

func (p *postbox) take(in *bufio.Reader) {
	var text strings.Builder
	for {
		line, err := in.ReadString('\n')
		if err != nil || line == ".\r\n" {
			break
		}
		text.WriteString(line)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.received = append(p.received, text.String())
}

func (p *postbox) set(refuse string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refuse = refuse
}

func (p *postbox) got() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.received...)
}

type office struct {
	clock    *accesstest.Clock
	people   *access.Service
	messages *stores.Messages
	postbox  *postbox
}

func newOffice(t *testing.T) office {
	t.Helper()
	ctx := context.Background()
	docs, err := sqlite.Open(ctx, t.TempDir(), stores.Collections())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = docs.Close(ctx) })
	keeper, err := stores.Open(ctx, docs)
	if err != nil {
		t.Fatal(err)
	}
	clock := accesstest.NewClock()
	accounts := stores.NewAccounts(keeper)
	return office{clock, accesstest.NewService(accounts, accounts, clock), stores.NewMessages(keeper), newPostbox(t)}
}

func (o office) relay(t *testing.T) *outbox.Relay {
	t.Helper()
	sender, err := outbox.NewSMTP("smtp://"+o.postbox.listener.Addr().String()+"?tls=none", "Concordat <no-reply@policies.example>")
	if err != nil {
		t.Fatal(err)
	}
	return &outbox.Relay{Messages: o.messages, Sender: sender, Now: o.clock.Now, Log: slog.New(slog.DiscardHandler)}
}

func (o office) invite(t *testing.T) {
	t.Helper()
	in := access.Invitation{Email: "ruth@example.nhs.uk", Name: "Ruth Ämes", Role: access.Clinician}
	if _, err := o.people.Invite(context.Background(), accesstest.Actor(access.Administrator), in); err != nil {
		t.Fatal(err)
	}
}

func (o office) message(t *testing.T) stores.Message {
	t.Helper()
	list, _, err := o.messages.List(context.Background(), "", 10)
	if err != nil || len(list) != 1 {
		t.Fatalf("%d messages, %v", len(list), err)
	}
	return list[0]
}

// What a commit put into the outbox arrives once, and its link is then forgotten here.
func TestSent(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.invite(t)
	if m := o.message(t); !m.Waiting() || !strings.Contains(m.Text, "/invitation/") {
		t.Fatalf("message = %+v", m)
	}
	var group sync.WaitGroup
	for range 4 { // as several servers do
		relay := o.relay(t)
		group.Go(func() {
			if err := relay.Once(context.Background()); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	got := o.postbox.got()
	if len(got) != 1 {
		t.Fatalf("%d messages arrived, want 1", len(got))
	}
	for _, want := range []string{"To: <ruth@example.nhs.uk>", "Subject: Your invitation to Concordat", "https://policies.example/invitation/", "Message-ID: <"} {
		if !strings.Contains(strings.ReplaceAll(got[0], "=\r\n", ""), want) {
			t.Errorf("the message lacks %q:\n%s", want, got[0])
		}
	}
	if m := o.message(t); m.Waiting() || m.Sent.IsZero() || m.Text != "" {
		t.Errorf("after sending: %+v", m)
	}
}

// What is refused for now is tried again, later and later; what is refused for good is not.
func TestRetry(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	o := newOffice(t)
	o.invite(t)
	relay := o.relay(t)
	o.postbox.set("451 come back later")
	for i, wait := range []time.Duration{time.Minute, 2 * time.Minute, 4 * time.Minute} {
		if err := relay.Once(ctx); err != nil {
			t.Fatal(err)
		}
		m := o.message(t)
		if m.Attempts != i+1 || m.Due.Sub(o.clock.Now()) != wait {
			t.Fatalf("after failure %d: %d attempts, due in %s, want %s", i+1, m.Attempts, m.Due.Sub(o.clock.Now()), wait)
		}
		if err := relay.Once(ctx); err != nil || o.message(t).Attempts != i+1 {
			t.Fatalf("tried before it was due: %v", err)
		}
		o.clock.Move(wait)
	}
	o.postbox.set("550 nobody of that name")
	if err := relay.Once(ctx); err != nil {
		t.Fatal(err)
	}
	if m := o.message(t); m.Waiting() || !m.Sent.IsZero() || m.Text != "" {
		t.Errorf("after a refusal for good: %+v", m)
	}
}

func TestRunStops(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	relay := o.relay(t)
	go func() {
		relay.Run(ctx)
		close(ended)
	}()
	o.invite(t)
	for len(o.postbox.got()) == 0 {
		time.Sleep(10 * time.Millisecond)
	}
	cancel()
	<-ended
}

func TestNewSMTP(t *testing.T) {
	t.Parallel()
	for address, good := range map[string]bool{
		"smtp://mail.example:587":            true,
		"smtp://user:secret@mail.example":    true,
		"smtps://user:secret@mail.example":   true,
		"smtp://localhost:25?tls=none":       true,
		"mail.example":                       false,
		"http://mail.example":                false,
		"smtp://mail.example?tls=perhaps":    false,
		"smtp://user:secret@mail.example:xx": false,
	} {
		_, err := outbox.NewSMTP(address, "no-reply@policies.example")
		if (err == nil) != good {
			t.Errorf("NewSMTP(%q): %v, want good = %v", address, err, good)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("NewSMTP(%q) tells the password: %v", address, err)
		}
	}
	if _, err := outbox.NewSMTP("smtp://mail.example", "nobody"); err == nil || errors.Is(err, outbox.ErrPermanent) {
		t.Errorf("a sender that is no address: %v", err)
	}
}
