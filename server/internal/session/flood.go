package session

import (
	"container/list"
	"net/netip"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
	"golang.org/x/time/rate"

	"concordat/server/internal/page"
)

// How much one address may ask: generous, because a hospital is one address. It stops a flood, not a reader.
const (
	floodRate      = 50  // requests a second, lasting
	floodBurst     = 500 // at once
	floodAddresses = 10_000
)

// Floods limits how often one address is answered, in this process. The zero Floods is ready.
type Floods struct {
	mu    sync.Mutex
	known map[string]*list.Element
	order list.List // of *source, the one seen last at the front
}

type source struct {
	address string
	limit   *rate.Limiter
}

// Allow tells whether an address may be answered now.
func (f *Floods) Allow(address string, now time.Time) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.known == nil {
		f.known = map[string]*list.Element{}
	}
	e, ok := f.known[address]
	if !ok {
		e = f.order.PushFront(&source{address, rate.NewLimiter(floodRate, floodBurst)})
		f.known[address] = e
		f.forgetOldest()
	}
	f.order.MoveToFront(e)
	s, ok := e.Value.(*source)
	return !ok || s.limit.AllowN(now, 1)
}

func (f *Floods) forgetOldest() {
	if f.order.Len() <= floodAddresses {
		return
	}
	oldest := f.order.Back()
	if s, ok := oldest.Value.(*source); ok {
		delete(f.known, s.address)
	}
	f.order.Remove(oldest)
}

// Middleware answers 429 to a flood, and gives back what was typed into a form.
func (f *Floods) Middleware(s *page.Site) gin.HandlerFunc {
	return func(c *gin.Context) {
		if f.Allow(lineOf(c.ClientIP()), s.Now()) {
			return
		}
		c.Header("Retry-After", "10")
		s.Refuse(c, page.ErrTooMany)
	}
}

// lineOf is what is counted as one: an IPv4 address or an IPv6 /64.
func lineOf(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil || ip.Unmap().Is4() {
		return address
	}
	prefix, err := ip.WithZone("").Prefix(64)
	if err != nil {
		return address
	}
	return prefix.String()
}
