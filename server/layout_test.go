package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "concordat/"

// layout is the living table of packages: what each may import of this module. A package imports nothing that is
// not named here, or below a name that ends in "/". Packages that end in "test" may also import what they test.
var layout = map[string][]string{
	"review/record":                  {},
	"review/record/recordtest":       {"review/record"},
	"review/access":                  {"review/record"},
	"review/access/accesstest":       {"review/record", "review/record/recordtest", "review/access"},
	"review":                         {"review/record", "review/access", "review/clause", "review/textdiff", "review/harmony", "review/intake"},
	"review/reviewtest":              {"review", "review/"},
	"review/programme":               {"review/record", "review/access"},
	"review/decision":                {"review/record", "review/access", "review/clause", "review/textdiff"},
	"review/programme/programmetest": {"review/record", "review/record/recordtest", "review/access", "review/programme"},
	"review/decision/decisiontest":   {"review/record", "review/record/recordtest", "review/access", "review/clause", "review/decision"},
	"review/clause":                  {},
	"review/textdiff":                {"review/clause"},
	"review/textdiff/mutation":       {},
	"review/intake":                  {},
	"review/bulk":                    {"review", "review/access", "review/intake", "review/record"},
	"review/bulk/bulktest":           {"review", "review/bulk", "review/record", "review/record/recordtest", "review/reviewtest"},
	"review/harmony":                 {"review/clause", "review/textdiff"},
	"web":                            {},
	"web/markdown":                   {},
	"web/view":                       {"web", "web/markdown"},
	"web/view/viewtest":              {"web", "web/markdown", "web/view"},
	"web/e2e":                        {""},
	"server":                         {""},
	"server/internal/page":           {"review/record", "review/access", "web/view"},
	"server/internal/session":        {"review/record", "review/access", "server/internal/page", "server/internal/docstore", "server/internal/stores", "web/view"},
	"server/internal/outbox":         {"review/record", "server/internal/docstore", "server/internal/stores"},
	"server/internal/policyhead":     {"review", "review/access", "review/record"},
	"server/internal/diffview":       {"review/"},
	"server/internal/matrixview":     {"review/", "web", "web/view"},
	"server/internal/adminpages":     pages("review/access"),
	"server/internal/reviewpages": pages("review", "review/access", "review/clause", "review/decision", "review/textdiff", "review/harmony", "review/intake", "review/programme",
		"server/internal/export", "server/internal/matrixview", "server/internal/policyhead", "server/internal/diffview", "web/markdown"),
	"server/internal/decisionpages": pages("review", "review/access", "review/clause", "review/textdiff", "review/decision", "review/programme", "server/internal/policyhead", "web/markdown"),
	"server/internal/importpages":   pages("review", "review/access", "review/bulk", "review/intake", "server/internal/job"),
	"server/internal/homepages":     pages("review", "review/access", "review/decision", "review/programme", "server/internal/export"),
	"server/internal/publicpages":   pages("review", "review/access", "review/clause", "review/textdiff", "server/internal/public", "server/internal/export", "server/internal/diffview", "web", "web/markdown"),
	"server/internal/public":        {"review/", "review", "server/internal/docstore", "server/internal/stores", "server/internal/diffview", "server/internal/joined", "server/internal/services", "web", "web/view", "web/markdown"},
	"server/internal/joined":        {},
	"server/internal/job":           {},
	"server/internal/export":        {"review/record"},
	"server/internal/audit":         {"review/record", "server/internal/docstore", "server/internal/stores"},
	"server/internal/services":      {"review", "review/", "server/internal/stores", "server/internal/docstore", "server/internal/export", "web/markdown"},
	"server/internal/demo":          {"review", "review/", "server/internal/services"},
	"server/internal/stores":        {"review", "review/", "server/internal/docstore"},

	"server/internal/bench": {"review/clause", "review/harmony", "review/textdiff", "server/internal/bench/world", "server/internal/diffview", "server/internal/docstore", "server/internal/docstore/sqlite",
		"server/internal/docstore/mongo", "server/internal/stores", "web", "web/view"},
	"server/internal/bench/world": {"review", "review/", "server/internal/docstore", "server/internal/stores", "server/internal/services"},

	"server/internal/pagetest": {"review", "review/", "server/internal/docstore", "server/internal/docstore/sqlite", "server/internal/page", "server/internal/session",
		"server/internal/stores", "server/internal/services", "web/view/viewtest"},

	"server/internal/docstore":                 {"review/record"},
	"server/internal/docstore/sqlite":          {"review/record", "server/internal/docstore"},
	"server/internal/docstore/mongo":           {"review/record", "server/internal/docstore"},
	"server/internal/docstore/mongo/mongotest": {"server/internal/docstore"},
	"server/internal/docstore/crash":           {"review/record", "server/internal/docstore", "server/internal/docstore/sqlite"},
	"server/internal/docstore/docstoretest":    {"review/record", "server/internal/docstore"},
}

// pages may import what every page package needs, and what is named.
func pages(more ...string) []string {
	return append([]string{"review/record", "server/internal/page", "web/view"}, more...)
}

// domains must know nothing of HTTP, of databases, or of the web.
var domains = []string{"review", "consultation", "eira"}

var barredInDomains = []string{"net/http", "database/sql", "github.com/gin-gonic/gin", "go.mongodb.org/mongo-driver"}

func TestImportsFollowTheDesign(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for file, imports := range sourceImports(t) {
		pkg := filepath.ToSlash(filepath.Dir(file))
		if pkg == "scripts" || strings.HasPrefix(pkg, "scripts/") {
			continue
		}
		allowed, listed := layout[pkg]
		if !listed {
			t.Errorf("package %s is not in the table: add its row", pkg)
			continue
		}
		seen[pkg] = true
		for _, path := range imports {
			checkImport(t, file, pkg, path, allowed)
		}
	}
	for pkg := range layout {
		if !seen[pkg] {
			t.Errorf("package %s is in the table and has no files: take its row out", pkg)
		}
	}
}

func checkImport(t *testing.T, file, pkg, path string, allowed []string) {
	t.Helper()
	test := strings.HasSuffix(file, "_test.go")
	if inDomain(pkg) && !test && slices.ContainsFunc(barredInDomains, func(b string) bool { return strings.HasPrefix(path, b) }) {
		t.Errorf("%s imports %s, which a domain must not know", file, path)
	}
	own, ours := strings.CutPrefix(path, module)
	if !ours || test || own == pkg {
		return
	}
	ok := slices.ContainsFunc(allowed, func(a string) bool {
		return a == "" || own == a || strings.HasSuffix(a, "/") && strings.HasPrefix(own, a)
	})
	if !ok {
		t.Errorf("%s imports %s, which the table does not allow to %s", file, own, pkg)
	}
}

func inDomain(pkg string) bool {
	top, _, _ := strings.Cut(pkg, "/")
	return slices.Contains(domains, top)
}

// TestTopLevel holds the names that the project was given.
func TestTopLevel(t *testing.T) {
	t.Parallel()
	entries, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	given := []string{"server", "review", "consultation", "eira", "web", "scripts", "go.mod", "go.sum", "README.md", "data"}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !slices.Contains(given, e.Name()) {
			t.Errorf("%s does not belong at the top level", e.Name())
		}
	}
}

// sourceImports reads the imports of every Go file, by its path from the project's root.
func sourceImports(t *testing.T) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.Contains(path, "testdata") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel("..", path)
		if err != nil {
			return err
		}
		imports := []string{}
		for _, i := range f.Imports {
			p, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			imports = append(imports, p)
		}
		out[filepath.ToSlash(rel)] = imports
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
