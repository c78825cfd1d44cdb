package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// mayImport says which of our packages each part of the program may import, apart from its own sub-packages. Test
// files are held to it too.
var mayImport = map[string][]string{
	"schemas":   nil,
	"extract":   {"schemas"},
	"transform": {"schemas"},
	"load":      {"schemas"},
	"pipelines": {"schemas", "extract", "transform", "load"},
	"cmd":       {"schemas", "extract", "transform", "load", "pipelines"},
	"main":      {"cmd"},
}

func TestImportsRunOneWay(t *testing.T) {
	files := map[string]int{}
	forGoFiles(t, func(path string) {
		part, _, isBelow := strings.Cut(path, "/")
		if !isBelow {
			part = "main"
		}
		allowed, known := mayImport[part]
		if !known {
			t.Errorf("%s: the folder %s has no place in the design", path, part)
			return
		}
		files[part]++
		for _, imported := range importsOf(t, path) {
			ours, found := strings.CutPrefix(imported, "hemicycle/")
			if !found {
				continue
			}
			to, _, _ := strings.Cut(ours, "/")
			if to != part && !slices.Contains(allowed, to) {
				t.Errorf("%s imports %s: %s may see %s", path, imported, part, strings.Join(allowed, ", "))
			}
		}
	})
	for part := range mayImport {
		if files[part] == 0 {
			t.Errorf("no file of %s was read: the test proves nothing of it", part)
		}
	}
}

// forGoFiles calls each with every Go file of the module, by its path with slashes. What a run wrote and what tests
// read are not among them.
func forGoFiles(t *testing.T, each func(path string)) {
	t.Helper()
	skipped := []string{"testdata", "output", "node_modules"}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		isHidden := strings.HasPrefix(d.Name(), ".") && path != "."
		switch {
		case err != nil:
			return err
		case d.IsDir() && (isHidden || slices.Contains(skipped, d.Name())):
			return filepath.SkipDir
		case !d.IsDir() && filepath.Ext(path) == ".go":
			each(filepath.ToSlash(path))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// importsOf returns the paths that a file imports.
func importsOf(t *testing.T, path string) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, spec := range file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, imported)
	}
	return all
}

// withoutEngine are the packages that build and test without DuckDB and cgo.
var withoutEngine = []string{
	"./extract/...", "./transform/...", "./schemas", "./load/report", "./load/chart", "./load/disk/...",
	"./load/terminal", "./load/version", "./load/wording",
}

func TestPackagesWithoutEngine(t *testing.T) {
	for _, p := range withoutEngine {
		out, err := exec.Command("go", "list", "-deps", "-test", p).CombinedOutput()
		if err != nil {
			t.Fatalf("go list -deps %s: %v\n%s", p, err, out)
		}
		for line := range strings.Lines(string(out)) {
			if strings.Contains(line, "duckdb") {
				t.Errorf("%s links %s", p, strings.TrimSpace(line))
			}
		}
	}
}

// maxNames is how many names a package may have at its top level. With many more, a package is more than one thing.
const maxNames = 160

func TestPackagesAreOneThing(t *testing.T) {
	names := map[string]int{}
	forGoFiles(t, func(path string) {
		if !strings.HasSuffix(path, "_test.go") {
			names[filepath.Dir(path)] += namesDeclared(t, path)
		}
	})
	for folder, n := range names {
		if n > maxNames {
			t.Errorf("%s has %d names at its top level, expected at most %d: is it still one thing?", folder, n,
				maxNames)
		}
	}
}

// namesDeclared counts the names that a file declares at its top level.
func namesDeclared(t *testing.T, path string) int {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Recv == nil {
				n++
			}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					n++
				case *ast.ValueSpec:
					n += len(spec.Names)
				}
			}
		}
	}
	return n
}
