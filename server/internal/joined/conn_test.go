package joined

import (
	"bytes"
	"net"
	"strings"
	"testing"
)

// line is a connection that keeps what was sent.
type line struct {
	net.Conn
	sent bytes.Buffer
}

func (l *line) Write(p []byte) (int, error) { return l.sent.Write(p) }

// A small write waits for the next while the connection is held, and goes by itself when there is none.
func TestConnWaits(t *testing.T) {
	t.Parallel()
	head, body := strings.Repeat("h", most), strings.Repeat("b", 20_000)
	l := &line{}
	c := &conn{Conn: l}
	step := func(what, p, want string) {
		t.Helper()
		if n, err := c.Write([]byte(p)); n != len(p) || err != nil {
			t.Errorf("%s: wrote %d of %d: %v", what, n, len(p), err)
		}
		if got := l.sent.String(); got != want {
			t.Errorf("%s: %d bytes are sent, want %d", what, len(got), len(want))
		}
	}
	step("not held", head, head)
	c.holding = true
	step("held", head, head)
	step("the rest", body, head+head+body)
	step("held again", head, head+head+body)
	c.release()
	if got, want := l.sent.Len(), 3*len(head)+len(body); got != want {
		t.Errorf("after release %d bytes are sent, want %d", got, want)
	}
	step("released", body, head+head+body+head+body)
}
