package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// The environment: which check is taken out, and the file that notes which tests came to which check.
const (
	variable = "CONCORDAT_DRILL"
	noted    = "CONCORDAT_DRILL_NOTES"
)

// table is the package that checks; drilled is a file that it has in the overlay only.
const (
	table   = "review/access"
	drilled = `package access

import (
	"os"
	"runtime"
	"strings"

	"concordat/review/record"
)

// Drilled is Check, but for the place that is taken out.
func Drilled(place string) func(record.Actor, Action, Scope) error {
	if file := os.Getenv("` + noted + `"); file != "" {
		if f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600); err == nil {
			_, _ = f.WriteString(place + "\t" + testOf() + "\n")
			_ = f.Close()
		}
	}
	if os.Getenv("` + variable + `") == place {
		return func(record.Actor, Action, Scope) error { return nil }
	}
	return Check
}

// testOf names the test that runs this; "" where a goroutine of its own, or a suite of another package, does.
func testOf() string {
	var name, file string
	callers := make([]uintptr, 256)
	frames := runtime.CallersFrames(callers[:runtime.Callers(1, callers)])
	for {
		f, more := frames.Next()
		if f.Function == "testing.tRunner" {
			break
		}
		if !more {
			return ""
		}
		name, file = f.Function, f.File
	}
	_, test, _ := strings.Cut(name[strings.LastIndex(name, "/")+1:], ".")
	test, _, _ = strings.Cut(test, ".")
	if !strings.HasSuffix(file, "_test.go") || !strings.HasPrefix(test, "Test") {
		return ""
	}
	return test
}
`
)

// check is one call of access.Check.
type check struct {
	file     string // from the tree's root
	line     int
	from, to int // of the function's name, in bytes
}

func (c check) place() string { return fmt.Sprintf("%s:%d", c.file, c.line) }

// suite is what may notice: tests of a package, by a pattern.
type suite struct{ pkg, tests string }

// routes asks every route as everybody.
var routes = suite{"server", "^TestEveryRouteWithEveryRole$"}

// suites are those that may notice, the quicker first.
func (c check) suites() []suite {
	own := suite{filepath.ToSlash(filepath.Dir(c.file)), "."}
	if strings.HasPrefix(own.pkg, "server/") {
		return []suite{routes, own}
	}
	return []suite{own, routes}
}

// find gives every check of the tree, and the files in which each is Drilled with its place.
func find(tree string) (checks []check, overlay map[string][]byte, err error) {
	overlay = map[string][]byte{table + "/drilled.go": []byte(drilled)}
	err = filepath.WalkDir(tree, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		name, err := filepath.Rel(tree, path)
		if err != nil {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		found, err := inFile(filepath.ToSlash(name), text)
		if err != nil || len(found) == 0 {
			return err
		}
		checks = append(checks, found...)
		overlay[filepath.ToSlash(name)] = withDrilled(text, found)
		return nil
	})
	return checks, overlay, err
}

func inFile(name string, text []byte) (found []check, err error) {
	files := token.NewFileSet()
	parsed, err := parser.ParseFile(files, name, text, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	ast.Inspect(parsed, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || !checksPermission(call, parsed.Name.Name) {
			return true
		}
		from, to := files.Position(call.Fun.Pos()), files.Position(call.Fun.End())
		found = append(found, check{file: name, line: from.Line, from: from.Offset, to: to.Offset})
		return true
	})
	return found, nil
}

func checksPermission(call *ast.CallExpr, pkg string) bool {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return pkg == "access" && f.Name == "Check"
	case *ast.SelectorExpr:
		x, ok := f.X.(*ast.Ident)
		return ok && x.Name == "access" && f.Sel.Name == "Check"
	}
	return false
}

// withDrilled puts Drilled in the place of each check, from the last to the first.
func withDrilled(text []byte, found []check) []byte {
	out := slices.Clone(text)
	for _, c := range slices.Backward(found) {
		name := strings.TrimSuffix(string(text[c.from:c.to]), "Check") + "Drilled"
		out = slices.Replace(out, c.from, c.to, fmt.Appendf(nil, "%s(%q)", name, c.place())...)
	}
	return out
}
