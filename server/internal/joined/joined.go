// Package joined sends the beginning of a ready answer together with the rest. net/http writes the headers with
// the first 4 KB of a body, then the rest: two calls of the system for one page, and two wakings of the reader.
package joined

import (
	"context"
	"net"
)

// most is how much waits for the rest: the size of net/http's buffer.
const most = 4096

// conn keeps a small write while it is held, and sends it with the next.
type conn struct {
	net.Conn
	held    []byte
	holding bool
}

// Write keeps what is small while the connection is held. What it kept for nothing is sent by release.
func (c *conn) Write(p []byte) (int, error) {
	if !c.holding {
		return c.Conn.Write(p)
	}
	if len(c.held) == 0 && len(p) <= most {
		c.held = append(c.held, p...)
		return len(p), nil
	}
	parts := net.Buffers{c.held, p}
	sent, err := parts.WriteTo(c.Conn)
	n := max(int(sent)-len(c.held), 0)
	c.held = c.held[:0]
	return n, err
}

func (c *conn) release() {
	c.holding = false
	if len(c.held) > 0 {
		// When the reader has gone, whatever is written next says so.
		_, _ = c.Conn.Write(c.held)
		c.held = c.held[:0]
	}
}

type listener struct{ net.Listener }

// Listener accepts connections that can be held.
func Listener(l net.Listener) net.Listener { return listener{l} }

func (l listener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &conn{Conn: c}, nil
}

type key struct{}

// Context is http.Server.ConnContext: it lets Hold find the connection.
func Context(ctx context.Context, c net.Conn) context.Context {
	if held, ok := c.(*conn); ok {
		return context.WithValue(ctx, key{}, held)
	}
	return ctx
}

// Hold joins the small writes of an answer with those that follow until release is called. It is for a handler
// that writes at once all that it has, to a request without a body: "100 Continue" must not wait. On a connection
// of another kind it does nothing.
func Hold(ctx context.Context) (release func()) {
	c, ok := ctx.Value(key{}).(*conn)
	if !ok {
		return func() {}
	}
	c.holding = true
	return c.release
}
