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

// mayImport says which of our packages each part of the program may see; its own sub-packages it always
// may. Test files are held to it too.
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
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "output" || d.Name() == "node_modules") {
			return filepath.SkipDir
		}
		if d.IsDir() || filepath.Ext(path) != ".go" {
			return nil
		}
		part, _, below := strings.Cut(filepath.ToSlash(path), "/")
		if !below {
			part = "main"
		}
		allowed, known := mayImport[part]
		if !known {
			t.Errorf("%s: the folder %s has no place in the design", path, part)
			return nil
		}
		files[part]++
		parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range parsed.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			ours, found := strings.CutPrefix(imported, "hemicycle/")
			if !found {
				continue
			}
			to, _, _ := strings.Cut(ours, "/")
			if to != part && !slices.Contains(allowed, to) {
				t.Errorf("%s imports %s: %s may see %s", path, imported, part, strings.Join(allowed, ", "))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for part := range mayImport {
		if files[part] == 0 {
			t.Errorf("no file of %s was read: the test proves nothing of it", part)
		}
	}
}

// withoutEngine are the packages that build and test without DuckDB and cgo.
var withoutEngine = []string{
	"./extract/...", "./transform/...", "./schemas", "./load/report", "./load/chart", "./load/disk/...", "./load/terminal",
	"./load/version", "./load/wording",
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

// maxNames is about how many names a package may have at its top level before it is more than one thing.
const maxNames = 160

func TestPackagesAreOneThing(t *testing.T) {
	names := map[string]int{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "testdata") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, decl := range file.Decls {
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				if decl.Recv == nil {
					names[filepath.Dir(path)]++
				}
			case *ast.GenDecl:
				for _, spec := range decl.Specs {
					switch spec := spec.(type) {
					case *ast.TypeSpec:
						names[filepath.Dir(path)]++
					case *ast.ValueSpec:
						names[filepath.Dir(path)] += len(spec.Names)
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for folder, n := range names {
		if n > maxNames {
			t.Errorf("%s has %d names at its top level, expected at most %d: is it still one thing?", folder, n, maxNames)
		}
	}
}
