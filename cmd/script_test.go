//go:build unix

package cmd

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/rogpeppe/go-internal/testscript"

	"hemicycle/load/disk"
	"hemicycle/load/version"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"hemicycle": func() { os.Exit(Main(os.Args[1:])) }})
}

// TestScripts runs every case of the command line. Each is a text file.
func TestScripts(t *testing.T) {
	cases, err := filepath.Glob(filepath.Join("testdata", "script", "*.txtar"))
	if err != nil || len(cases) == 0 {
		t.Fatalf("there is no case of the command line (%v)", err)
	}
	document, err := os.ReadFile(filepath.Join("..", "pipelines", "morocco_2007.txt"))
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		UpdateScripts:       os.Getenv("UPDATE_GOLDEN") == "1",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			return os.WriteFile(filepath.Join(env.WorkDir, "morocco.txt"), document, 0o644)
		},
		Condition: func(condition string) (bool, error) {
			if condition == "root" { // to whom no folder is read-only
				return os.Geteuid() == 0, nil
			}
			return false, errors.New("unknown condition " + condition)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":      expectExit,
			"onterminal": runOnTerminal,
			"interrupts": interruptCommand,
			"hangsup":    hangUpCommand,
			"insists":    insistOnInterrupt,
			"holds":      holdOutput,
			"validjson":  validJSON,
			"replace":    replaceText,
			"steady":     steadyText,
			"noversion":  noVersion,
		},
	})
}

// expectExit STATUS COMMAND…: the command ends with that exit status and no other.
func expectExit(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits STATUS COMMAND…")
	}
	err := ts.Exec(args[1], args[2:]...)
	expectStatus(ts, args[0], err)
}

func expectStatus(ts *testscript.TestScript, want string, err error) {
	status := 0
	var ended *exec.ExitError
	switch {
	case errors.As(err, &ended):
		status = ended.ExitCode()
		if wait, ok := ended.Sys().(syscall.WaitStatus); ok && wait.Signaled() {
			status = 128 + int(wait.Signal())
		}
	case err != nil:
		ts.Fatalf("the command did not run: %v", err)
	}
	if strconv.Itoa(status) != want {
		ts.Fatalf("the exit status is %d: expected %s", status, want)
	}
}

// hangUpCommand STATUS FIFO COMMAND…: as interruptCommand, with the signal that a terminal sends when it is closed. The
// status of a command that a signal ends is 128 and the number of the signal, as a shell has it.
func hangUpCommand(ts *testscript.TestScript, neg bool, args []string) {
	if signal.Ignored(syscall.SIGHUP) {
		ts.Logf("skipped: hang-ups are ignored here, as below nohup, and the command goes on in spite of one")
		return
	}
	signalCommand(ts, neg, args, syscall.SIGHUP, false)
}

// insistOnInterrupt STATUS FIFO COMMAND…: as interruptCommand, with one interrupt after another until the command ends.
func insistOnInterrupt(ts *testscript.TestScript, neg bool, args []string) {
	signalCommand(ts, neg, args, os.Interrupt, true)
}

// interruptCommand STATUS FIFO COMMAND…: the command opens the named pipe FIFO to read it and is interrupted while it
// waits there. If it is to write parts, it has finished one by then. It ends with that status, and its standard error
// is in stderr.txt.
func interruptCommand(ts *testscript.TestScript, neg bool, args []string) {
	signalCommand(ts, neg, args, os.Interrupt, false)
}

func signalCommand(ts *testscript.TestScript, neg bool, args []string, sent os.Signal, again bool) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: interrupts STATUS FIFO COMMAND…")
	}
	fifo := ts.MkAbs(args[1])
	ts.Check(syscall.Mkfifo(fifo, 0o644))
	stderr, err := os.Create(ts.MkAbs("stderr.txt"))
	ts.Check(err)
	defer stderr.Close()
	program, err := exec.LookPath(filepath.Join(strings.Split(ts.Getenv("PATH"), string(os.PathListSeparator))[0],
		args[2]))
	ts.Check(err)
	c := exec.Command(program, args[3:]...)
	c.Dir, c.Stderr = ts.MkAbs("."), stderr
	ts.Check(c.Start())
	writer, err := os.OpenFile(fifo, os.O_WRONLY, 0) // returns when the command has opened it
	ts.Check(err)
	defer writer.Close()
	if slices.Contains(args, "--part-documents") {
		for journalOf(ts.MkAbs("out")) == "" {
			runtime.Gosched()
		}
	}
	ts.Check(c.Process.Signal(sent))
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	for {
		select {
		case err := <-ended:
			expectStatus(ts, args[0], err)
			return
		case <-time.After(50 * time.Millisecond):
			if again {
				_ = c.Process.Signal(sent) // it may have ended meanwhile
			}
		}
	}
}

// runOnTerminal STATUS FILE COMMAND: the shell runs the command on a terminal, and it ends with that status. The file
// has everything that the terminal was sent. (ttyin of testscript closes the terminal before everything is read, and
// echoes its input somewhere in between.)
func runOnTerminal(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: onterminal STATUS FILE COMMAND")
	}
	c := exec.Command("sh", "-c", args[2])
	c.Dir = ts.MkAbs(".")
	for _, name := range []string{"PATH", "HOME", "TMPDIR", "TERM", "COLORTERM", "NO_COLOR", "GOCOVERDIR"} {
		if value := ts.Getenv(name); value != "" {
			c.Env = append(c.Env, name+"="+value)
		}
	}
	screen, err := pty.Start(c)
	ts.Check(err)
	defer screen.Close()
	content, err := io.ReadAll(screen)
	if !errors.Is(err, syscall.EIO) { // with which Linux ends what a terminal was sent
		ts.Check(err)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), content, 0o644))
	expectStatus(ts, args[0], c.Wait())
}

// holdOutput FOLDER: another run holds the output folder until the end of the case.
func holdOutput(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: holds FOLDER")
	}
	output, err := version.OpenOutput(disk.Disk{}, ts.MkAbs(args[0]), "another", false)
	ts.Check(err)
	ts.Defer(func() { ts.Check(output.Close()) })
}

// validjson FILE…: each file, or stdout, is JSON.
func validJSON(ts *testscript.TestScript, neg bool, args []string) {
	for _, file := range args {
		if json.Valid([]byte(ts.ReadFile(file))) == neg {
			ts.Fatalf("%s: JSON is %v, expected %v", file, !neg, neg)
		}
	}
}

// replace FROM TO FILE COPY: the copy is the file with one text replaced, which must occur once. \r, \n, \xNN and
// other escapes mean what they mean in Go.
func replaceText(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: replace FROM TO FILE COPY")
	}
	from, err := strconv.Unquote(`"` + args[0] + `"`)
	ts.Check(err)
	to, err := strconv.Unquote(`"` + args[1] + `"`)
	ts.Check(err)
	text := ts.ReadFile(args[2])
	if n := strings.Count(text, from); n == 0 || n > 1 && from != "\n" {
		ts.Fatalf("%s has %q %d times", args[2], from, n)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[3]), []byte(strings.ReplaceAll(text, from, to)), 0o644))
}

// runDependent is what differs from run to run, with what takes its place.
var runDependent = []struct {
	pattern *regexp.Regexp
	name    string
}{
	{regexp.MustCompile(`[0-9]{8}T[0-9]{6}Z(-[0-9]+)?`), "RUN"},
	{regexp.MustCompile(`"?[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z"?`), "TIME"},
	{regexp.MustCompile(`\b[0-9.]+m?s\)`), "TOOK)"},
	{regexp.MustCompile(`(seconds"?[=:])[0-9.e-]+`), "${1}TOOK"},
}

// steadyText FILE COPY: the copy is the file as a terminal shows it, without what differs from run to run.
func steadyText(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: steady FILE COPY")
	}
	var lines []string
	for _, line := range strings.Split(ts.ReadFile(args[0]), "\n") {
		lines = append(lines, renderLine(line))
	}
	text := strings.Join(lines, "\n")
	for _, u := range runDependent {
		text = u.pattern.ReplaceAllString(text, u.name)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o644))
}

// renderLine returns a line as a terminal shows it: what comes after a carriage return is written over it.
func renderLine(line string) string {
	var cells []rune
	for _, written := range strings.Split(line, "\r") {
		over := []rune(written)
		cells = append(over, cells[min(len(over), len(cells)):]...)
	}
	return strings.TrimRight(string(cells), " ")
}

// noVersion FOLDER: nothing was published there, and nothing is left of a run.
func noVersion(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: noversion FOLDER")
	}
	entries, err := os.ReadDir(ts.MkAbs(args[0]))
	if errors.Is(err, os.ErrNotExist) {
		return
	}
	ts.Check(err)
	for _, e := range entries {
		if e.Name() != ".lock" {
			ts.Fatalf("%s has %s: expected nothing", args[0], e.Name())
		}
	}
}
