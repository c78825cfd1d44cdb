package pipelines

import (
	"os"
	"path/filepath"
	"testing"

	"hemicycle/load"
	"hemicycle/load/version"
)

// A version of which a file is gone is made again, although nothing has changed.
func TestUnchangedNeedsItsFiles(t *testing.T) {
	p := mixture(2).of(load.Parquet)
	first, output := mustRun(t, p, Options{})
	if again, _ := mustRun(t, p, Options{Output: output}); !again.Unchanged || again.Manifest.Run != first.Manifest.Run {
		t.Fatalf("got %+v", again)
	}
	path := filepath.Join(output, filepath.FromSlash(first.Manifest.Files[0].Path))
	for name, damage := range map[string]func() error{
		"gone": func() error { return os.Remove(path) },
		"cut":  func() error { return os.Truncate(path, 10) },
	} {
		if err := damage(); err != nil {
			t.Fatal(err)
		}
		outcome, _ := mustRun(t, p, Options{Output: output})
		if outcome.Unchanged {
			t.Errorf("%s: the damaged version was kept", name)
		}
		path = filepath.Join(output, filepath.FromSlash(outcome.Manifest.Files[0].Path))
	}
	if v, err := version.Open(output); err != nil || v == nil {
		t.Errorf("the version that was made again: %v", err)
	}
}
