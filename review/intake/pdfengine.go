package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"strings"
	"sync"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// What PDFium may take of this machine, whatever a file asks of it.
const (
	pdfReaders    = 2                // files at once
	pdfMemory     = 256 << 20 >> 16  // pages of 64 KB for each of them
	pdfTime       = 60 * time.Second // for one file, with what is made of it
	scratchLength = 4096             // bytes for what a call writes
)

// pdfReaderPool starts PDFium when the first PDF comes: compiling it takes a second or two and 60 MB. It is a
// program in a sandbox of its own, without files, network or clock; each document gets a fresh copy of it.
var pdfReaderPool = sync.OnceValues(func() (pdfium.Pool, error) {
	return webassembly.Init(webassembly.Config{
		MaxTotal: pdfReaders, FSConfig: wazero.NewFSConfig(), Stdout: io.Discard, Stderr: io.Discard,
		RuntimeConfig: wazero.NewRuntimeConfig().WithCloseOnContextDone(true).WithMemoryLimitPages(pdfMemory),
	})
})

// A pdfEngine is one copy of PDFium, called function by function. The library's own wrappers take a dozen calls
// for each character and cannot be stopped. The first error stays, and calls after it give 0: a copy that ran out
// or was stopped is never called again.
type pdfEngine struct {
	module  api.Module
	calls   map[string]api.Function
	scratch uint64 // the address of memory that calls may write to
	err     error
	close   func()
}

// newPDFEngine waits until one of the readers is free. The caller closes it.
func newPDFEngine(ctx context.Context) (*pdfEngine, error) {
	pool, err := pdfReaderPool()
	if err != nil {
		return nil, fmt.Errorf("starting the PDF reader: %w", err)
	}
	instance, err := pool.GetInstanceWithContext(ctx)
	switch {
	case err != nil && ctx.Err() != nil:
		return nil, fmt.Errorf("%w (no PDF reader is free)", ErrBusy)
	case err != nil:
		return nil, fmt.Errorf("starting the PDF reader: %w", err)
	}
	p := &pdfEngine{calls: map[string]api.Function{}, close: func() { _ = instance.Close() }} // thrown away whole
	// The library offers its module only as a field of a type that it does not export.
	field := reflect.Indirect(reflect.ValueOf(instance.GetImplementation())).FieldByName("Module")
	var ok bool
	if field.IsValid() {
		p.module, ok = field.Interface().(api.Module)
	}
	if !ok {
		p.close()
		return nil, errors.New("starting the PDF reader: its module is not where it was")
	}
	if p.scratch = p.call("malloc", scratchLength); p.scratch == 0 {
		p.close()
		return nil, fmt.Errorf("starting the PDF reader: no memory (%v)", p.err)
	}
	return p, nil
}

// call calls what takes no time to speak of.
func (p *pdfEngine) call(name string, args ...uint64) uint64 {
	return p.callIn(context.Background(), name, args)
}

// work calls what a hostile file could make endless, until ctx ends.
func (p *pdfEngine) work(ctx context.Context, name string, args ...uint64) uint64 {
	return p.callIn(ctx, name, args)
}

// late says whether the time is over, and makes that the error.
func (p *pdfEngine) late(ctx context.Context) bool {
	if p.err == nil && ctx.Err() != nil {
		p.err = fmt.Errorf("%w (reading it took too long)", ErrTooMuch)
	}
	return p.err != nil
}

func (p *pdfEngine) callIn(ctx context.Context, name string, args []uint64) uint64 {
	if p.err != nil {
		return 0
	}
	f := p.calls[name]
	if f == nil {
		if f = p.module.ExportedFunction(name); f == nil {
			p.err = fmt.Errorf("the PDF reader has no %s", name)
			return 0
		}
		p.calls[name] = f
	}
	var stack [8]uint64
	copy(stack[:], args)
	if err := f.CallWithStack(ctx, stack[:]); err != nil {
		p.err = stopped(name, err)
		return 0
	}
	return stack[0]
}

// stopped is the error of a call that did not come back. Whether a file runs out of its time, its memory or its
// stack first depends on the machine, and PDFium ends itself in the same way at what it never expected: they are
// one error.
func stopped(name string, err error) error {
	why, _, _ := strings.Cut(err.Error(), "\n") // the rest is a list of functions without names
	return fmt.Errorf("%w (%s: %.200s)", ErrTooMuch, name, why)
}

// int reads a result that is a signed 32-bit number.
func (p *pdfEngine) int(name string, args ...uint64) int {
	return int(int32(p.call(name, args...)))
}

// float reads the 32-bit number at an offset in the scratch memory.
func (p *pdfEngine) float(offset uint64) float64 {
	v, _ := p.module.Memory().ReadFloat32Le(uint32(p.scratch + offset))
	return finite(float64(v))
}

// double reads the 64-bit number at an offset in the scratch memory.
func (p *pdfEngine) double(offset uint64) float64 {
	v, _ := p.module.Memory().ReadFloat64Le(uint32(p.scratch + offset))
	return finite(v)
}

// bytes reads n bytes of the scratch memory.
func (p *pdfEngine) bytes(n int) []byte {
	b, _ := p.module.Memory().Read(uint32(p.scratch), uint32(min(max(n, 0), scratchLength)))
	return b
}

// finite bounds what a file may claim of positions: no page is 30 m wide.
func finite(v float64) float64 {
	if math.IsNaN(v) {
		return 0
	}
	return min(max(v, -1e5), 1e5)
}
