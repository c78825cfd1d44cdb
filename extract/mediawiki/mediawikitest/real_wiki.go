package mediawikitest

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// RealWiki is a MediaWiki on this machine.
type RealWiki struct {
	Folder string
	API    string // its address
	script string // the program that made it
}

// StartRealWiki makes a MediaWiki with the pages of an export by .ci/mediawiki below the root of the project, and
// ends it with the test. The test is skipped unless HEMICYCLE_WIKI=required is set.
func StartRealWiki(t testing.TB, root, export string) *RealWiki {
	t.Helper()
	if os.Getenv("HEMICYCLE_WIKI") != "required" {
		t.Skip("HEMICYCLE_WIKI=required is not set: this takes a real MediaWiki, which `.ci/mediawiki install` installs")
	}
	w := &RealWiki{Folder: t.TempDir(), script: filepath.Join(root, ".ci", "mediawiki")}
	pages := filepath.Join(t.TempDir(), "pages.xml")
	if err := os.WriteFile(pages, []byte(export), 0o644); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := listener.Addr().(*net.TCPAddr).Port
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.run(t, "stop", w.Folder) })
	w.API = strings.TrimSpace(w.run(t, "start", w.Folder, fmt.Sprint(port), pages))
	return w
}

// run runs the program that made the wiki and returns what it prints.
func (w *RealWiki) run(t testing.TB, args ...string) string {
	t.Helper()
	command := exec.Command(w.script, args...)
	// Not a pipe: the server inherits what the program has, and a pipe would stay open as long as it runs.
	messages, err := os.Create(filepath.Join(t.TempDir(), "messages"))
	if err != nil {
		t.Fatal(err)
	}
	defer messages.Close()
	command.Stderr = messages
	out, err := command.Output()
	if err != nil {
		said, _ := os.ReadFile(messages.Name())
		t.Fatalf("%s %s: %v\n%s%s", w.script, strings.Join(args, " "), err, out, said)
	}
	return string(out)
}

// PHP runs a maintenance script and returns what it prints.
func (w *RealWiki) PHP(t testing.TB, args ...string) string {
	t.Helper()
	return w.run(t, append([]string{"php", w.Folder}, args...)...)
}

// Do carries out an action of the API, whose parameters are given as name=value.
func (w *RealWiki) Do(t testing.TB, action string, params ...string) {
	t.Helper()
	form := url.Values{"action": {action}, "format": {"json"}, "formatversion": {"2"}, "token": {`+\`}}
	for _, p := range params {
		name, value, _ := strings.Cut(p, "=")
		form.Set(name, value)
	}
	response, err := http.PostForm(w.API, form)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var answer struct {
		Error struct{ Code, Info string }
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil || answer.Error.Code != "" {
		t.Fatalf("%s %q: %v %+v", action, params, err, answer)
	}
}

// Edit saves a text.
func (w *RealWiki) Edit(t testing.TB, title, text string) {
	t.Helper()
	w.Do(t, "edit", "title="+title, "text="+text)
}

// Write writes a file that changes what the wiki answers.
func (w *RealWiki) Write(t testing.TB, name, content string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(w.Folder, name), []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}
