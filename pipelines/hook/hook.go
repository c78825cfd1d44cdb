// Package hook runs the command that a pipeline names for after a run.
//
// Start with Command.
package hook

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// DefaultSeconds is how long a command may take, if nothing else is said.
const DefaultSeconds = 300

// maxOutput is how many bytes the log shows of what the command writes.
const maxOutput = 16 << 10

// Command is a command with its arguments. No shell reads them.
type Command struct {
	Args    []string
	Folder  string // in which it starts, and from which a relative path of it is; "" for the current folder
	Seconds int64  // that it may take; 0 for DefaultSeconds
}

// Run runs the command, with settings added to its environment. What it writes goes to the log. A command that fails,
// or that takes longer than it may, is an error, and it has ended with all that it started.
func (c *Command) Run(ctx context.Context, settings []string, log *slog.Logger) error {
	limit := time.Duration(cmp.Or(c.Seconds, DefaultSeconds)) * time.Second
	ctx, stop := context.WithTimeout(ctx, limit)
	defer stop()
	name := c.Args[0]
	if strings.ContainsRune(name, filepath.Separator) && !filepath.IsAbs(name) {
		name = filepath.Join(c.Folder, name)
		if !filepath.IsAbs(name) { // the command starts in the folder of the pipeline, and is looked for from here
			if absolute, err := filepath.Abs(name); err == nil {
				name = absolute
			}
		}
	}
	output := &limitedBuffer{}
	command := exec.CommandContext(ctx, name, c.Args[1:]...)
	command.Dir, command.Env = c.Folder, append(os.Environ(), settings...)
	command.Stdout, command.Stderr = output, output
	command.WaitDelay = 2 * time.Second
	ownProcessGroup(command)
	started := time.Now()
	err := command.Run()
	if ctx.Err() != nil {
		err = fmt.Errorf("it took longer than %v and was ended", limit)
	}
	log.Info("after", "command", c.Args[0], "seconds", time.Since(started).Seconds(), "output", output.String())
	if err != nil {
		return fmt.Errorf("the command %q of the key after: %w", c.Args[0], err)
	}
	return nil
}

// limitedBuffer keeps the beginning of what is written to it.
type limitedBuffer struct{ bytes.Buffer }

// Write keeps what there is room for.
func (b *limitedBuffer) Write(p []byte) (int, error) {
	if room := maxOutput - b.Len(); room > 0 {
		b.Buffer.Write(p[:min(room, len(p))])
	}
	return len(p), nil
}
