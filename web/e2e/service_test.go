package e2e_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// engines are the databases on which every journey goes.
var engines = []string{"SQLite", "MongoDB"}

// service is the program, running as people run it.
type service struct {
	base   string // address without a slash at its end
	engine string
	env    []string // its settings
	data   string   // its folder, "" in MongoDB
	said   said     // everything that it wrote, logs included

	leash io.Closer
	ended chan struct{}
}

// said collects what a program writes.
type said struct {
	mu   sync.Mutex
	text strings.Builder
}

func (s *said) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(b)
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// onBothEngines runs a journey on a demonstration in each database.
func onBothEngines(t *testing.T, journey func(*testing.T, *service)) {
	t.Helper()
	for _, engine := range engines {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			journey(t, demonstration(t, engine))
		})
	}
}

// built is the program, built once in this process.
var built = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "concordat-e2e-")
	if err != nil {
		return "", err
	}
	binary := filepath.Join(dir, "server")
	build := exec.Command("go", "build", "-tags", "nomsgpack", "-o", binary, "./server")
	build.Dir = "../.."
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("building the program: %w\n%s", err, out)
	}
	return binary, nil
})

// program is the path of the built program.
func program(t testing.TB) string {
	t.Helper()
	binary, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return binary
}

// demonstration is the demonstration in the given database. In SQLite each test has its own, in MongoDB all share one,
// so that each works on documents of its own.
func demonstration(t testing.TB, engine string) *service {
	t.Helper()
	if engine == "MongoDB" {
		onMongoDB.once.Do(func() {
			s := newService(t, engine)
			s.start(t, "demo")
			onMongoDB.service = s
		})
		if onMongoDB.service == nil {
			t.Fatal("the demonstration in MongoDB did not start")
		}
		return onMongoDB.service
	}
	s := newService(t, engine)
	t.Cleanup(func() {
		if err := s.stop(); err != nil {
			t.Errorf("stopping the demonstration: %v", err)
		}
	})
	if err := os.CopyFS(s.data, os.DirFS(loaded(t))); err != nil {
		t.Fatalf("copying the demonstration: %v", err)
	}
	s.start(t, "demo")
	return s
}

// onMongoDB is the demonstration in MongoDB, started by the first test that asks for it.
var onMongoDB struct {
	once    sync.Once
	service *service
}

// atFirst is the folder of a demonstration in SQLite that was loaded and stopped.
var atFirst struct {
	once sync.Once
	data string
}

// loaded is the folder that every demonstration in SQLite begins with a copy of: loading takes ten times as long.
func loaded(t testing.TB) string {
	t.Helper()
	atFirst.once.Do(func() {
		s := newService(t, "SQLite")
		s.start(t, "demo")
		if err := s.end(); err != nil {
			t.Fatalf("stopping the demonstration: %v", err)
		}
		atFirst.data = s.data
	})
	if atFirst.data == "" {
		t.Fatal("the demonstration could not be loaded")
	}
	return atFirst.data
}

// newService has an empty database and an address of its own, and does not run yet.
func newService(t testing.TB, engine string) *service {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	address := l.Addr().String()
	// The crawls ask more than one person could: the program believes what they say of where they come from.
	s := &service{base: "http://" + address, engine: engine, env: []string{"ADDR=" + address, "TRUSTED_PROXIES=127.0.0.1"}}
	if engine == "MongoDB" {
		s.env = append(s.env, "MONGODB_URI="+mongoDB(t), "MONGODB_DATABASE=e2e-"+strings.ReplaceAll(address, ".", "-")[10:])
		return s
	}
	if s.data, err = os.MkdirTemp("", "concordat-e2e-data-"); err != nil {
		t.Fatal(err)
	}
	s.env = append(s.env, "DATA_DIR="+s.data)
	return s
}

// leashed runs a program that ends when its standard input does, which it does however this process ends.
const leashed = `"$@" & pid=$!; read -r _; kill $pid; wait $pid`

// start runs the program until it is stopped or this process ends, and waits until it answers.
func (s *service) start(t testing.TB, args ...string) {
	t.Helper()
	command := exec.Command("sh", append([]string{"-c", leashed, "sh", program(t)}, args...)...)
	command.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "TMPDIR=" + os.TempDir()}, s.env...)
	command.Stderr = &s.said
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if s.leash, err = command.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatalf("starting the program: %v", err)
	}
	ready := make(chan struct{})
	s.ended = make(chan struct{})
	go func() {
		defer close(s.ended)
		s.listen(out, ready)
		_ = command.Wait() // a program that is told to end says nothing more
	}()
	select {
	case <-ready:
	case <-s.ended:
		t.Fatalf("the program ended:\n%s", s.said.String())
	case <-time.After(time.Minute):
		t.Fatalf("the program did not answer in a minute:\n%s", s.said.String())
	}
}

func (s *service) listen(out io.Reader, ready chan<- struct{}) {
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		fmt.Fprintln(&s.said, lines.Text())
		if strings.HasPrefix(lines.Text(), "Concordat answers at") {
			close(ready)
		}
	}
}

// stop ends the program and forgets its data.
func (s *service) stop() error {
	return errors.Join(s.end(), os.RemoveAll(s.data))
}

// end ends the program.
func (s *service) end() error {
	if s.ended == nil {
		return nil
	}
	err := s.leash.Close()
	<-s.ended
	return err
}

// stopAll ends what the tests of this process started together.
func stopAll() error {
	errs := []error{os.RemoveAll(atFirst.data)}
	if s := onMongoDB.service; s != nil {
		errs = append(errs, s.end())
	}
	if binary, err := built(); err == nil {
		errs = append(errs, os.RemoveAll(filepath.Dir(binary)))
	}
	return errors.Join(append(errs, stopMongoDB())...)
}
