package cmd

import (
	"os/exec"
	"path/filepath"
	"testing"
)

// buildProgram builds the program into a folder, and returns its path.
func buildProgram(tb testing.TB, folder string) string {
	tb.Helper()
	path := filepath.Join(folder, "hemicycle")
	if out, err := exec.Command("go", "build", "-o", path, "..").CombinedOutput(); err != nil {
		tb.Fatalf("building the program: %v\n%s", err, out)
	}
	return path
}
