package cmd

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const thirdPartyHead = `Third-party notices of hemicycle

The program contains the modules of Go that are named below, each above the text under which it is published. DuckDB
comes with its modules as a library that is built already. The libraries in that one are named, with their licences, in
https://github.com/duckdb/duckdb/tree/main/third_party.

This file is generated: UPDATE_GOLDEN=1 go test ./cmd -run TestThirdParty
`

// thirdPartyModule is a module in the program, with the texts under which it is published.
type thirdPartyModule struct {
	name  string // with its version
	texts []string
}

// noticeFile matches the names of files that must be passed on with a module.
var noticeFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents|copyright)([-.].*)?$`)

// platformOfEngine matches what the modules of DuckDB for one platform have at the end of their names. Their texts are
// the same.
var platformOfEngine = regexp.MustCompile(`^(github\.com/duckdb/duckdb-go-bindings)/\w+-\w+$`)

// thirdPartyModules returns the modules in the program on a system.
func thirdPartyModules(t *testing.T, system string) []thirdPartyModule {
	t.Helper()
	list := exec.Command("go", "list", "-deps", "-f",
		"{{$dir := .Dir}}{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Version}}\t{{.Dir}}\t{{$dir}}{{end}}{{end}}", "..")
	list.Env = append(os.Environ(), "CGO_ENABLED=1", "GOARCH=amd64", "GOOS="+system)
	list.Stderr = os.Stderr
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string][]string{}
	for line := range strings.Lines(string(out)) {
		columns := strings.Split(strings.TrimSpace(line), "\t")
		if len(columns) != 4 {
			continue
		}
		name, root, folder := columns[0], columns[2], columns[3]
		if m := platformOfEngine.FindStringSubmatch(name); m != nil {
			name = m[1]
		}
		name += " " + columns[1]
		for {
			texts[name] = append(texts[name], noticesIn(t, folder)...)
			if folder == root || !strings.HasPrefix(folder, root) {
				break
			}
			folder = filepath.Dir(folder)
		}
	}
	var all []thirdPartyModule
	for name, of := range texts {
		slices.Sort(of)
		all = append(all, thirdPartyModule{name: name, texts: slices.Compact(of)})
	}
	slices.SortFunc(all, func(a, b thirdPartyModule) int { return strings.Compare(a.name, b.name) })
	return all
}

// noticesIn returns the texts in a folder that must be passed on. The module overflow has its licence in its README.
func noticesIn(t *testing.T, folder string) (texts []string) {
	t.Helper()
	files, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		isReadme := f.Name() == "README.md" && strings.Contains(folder, "griffin/overflow@")
		if f.IsDir() || !noticeFile.MatchString(f.Name()) && !isReadme {
			continue
		}
		content, err := os.ReadFile(filepath.Join(folder, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		text := string(content)
		if isReadme {
			text = text[strings.Index(text, "MIT License"):]
		}
		lines := strings.Split(strings.ReplaceAll(text, "\r", ""), "\n")
		for i := range lines {
			lines[i] = strings.TrimRight(lines[i], " \t\f")
		}
		texts = append(texts, strings.Trim(strings.Join(lines, "\n"), "\n")+"\n")
	}
	return texts
}

// thirdPartyText returns the notices of modules: each text once, below the modules that are published under it.
func thirdPartyText(modules []thirdPartyModule) string {
	names := map[string][]string{}
	var texts []string // in the order of the first module of each
	for _, m := range modules {
		for _, text := range m.texts {
			if names[text] == nil {
				texts = append(texts, text)
			}
			if !slices.Contains(names[text], m.name) {
				names[text] = append(names[text], m.name)
			}
		}
	}
	var b strings.Builder
	b.WriteString(thirdPartyHead)
	for _, text := range texts {
		rule := strings.Repeat("=", 80)
		fmt.Fprintf(&b, "\n%s\n%s\n%s\n\n%s", rule, strings.Join(names[text], "\n"), rule, text)
	}
	return b.String()
}

// TestThirdParty holds that the notices have each module that is in the program, with all its texts. UPDATE_GOLDEN=1
// writes them anew.
func TestThirdParty(t *testing.T) {
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("the modules are listed by go, which is not installed")
	}
	modules := thirdPartyModules(t, "linux")
	if len(modules) < 40 {
		t.Fatalf("%d modules are in the program", len(modules))
	}
	notices := thirdParty
	if os.Getenv("UPDATE_GOLDEN") == "1" {
		for _, m := range thirdPartyModules(t, "windows") {
			if !slices.ContainsFunc(modules, func(o thirdPartyModule) bool { return o.name == m.name }) {
				modules = append(modules, m)
			}
		}
		for _, m := range modules {
			if strings.HasPrefix(m.name, "golang.org/x/sys ") { // published under the same text
				modules = append(modules, thirdPartyModule{name: "the standard library of Go", texts: m.texts})
				break
			}
		}
		notices = thirdPartyText(modules)
		if err := os.WriteFile("third_party.txt", []byte(notices), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range modules {
		if !strings.Contains(notices, "\n"+m.name+"\n") || len(m.texts) == 0 {
			t.Errorf("%s is in the program, with %d texts, and not in the notices: run UPDATE_GOLDEN=1 go test ./cmd "+
				"-run TestThirdParty", m.name, len(m.texts))
		}
		for _, text := range m.texts {
			if !strings.Contains(notices, text) {
				t.Errorf("a text of %s is not in the notices: %.100q", m.name, text)
			}
		}
	}
}
