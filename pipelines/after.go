package pipelines

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

// defaultAfterSeconds is how long the command after a run may take, if the pipeline says nothing else.
const defaultAfterSeconds = 300

// maxAfterOutput is how many bytes the log shows of what the command writes.
const maxAfterOutput = 16 << 10

// RunAfter runs the command of the pipeline, with settings added to its environment. What it writes goes to the log. A
// command that fails, or that takes longer than it may, is an error, and it has ended with all that it started.
func (p *Pipeline) RunAfter(ctx context.Context, settings []string, log *slog.Logger) error {
	if len(p.After) == 0 {
		return nil
	}
	limit := time.Duration(cmp.Or(p.AfterSeconds, defaultAfterSeconds)) * time.Second
	ctx, stop := context.WithTimeout(ctx, limit)
	defer stop()
	name := p.After[0]
	if strings.ContainsRune(name, filepath.Separator) && !filepath.IsAbs(name) {
		name = filepath.Join(p.base, name)
		if !filepath.IsAbs(name) { // the command starts in the folder of the pipeline, and is looked for from here
			if absolute, err := filepath.Abs(name); err == nil {
				name = absolute
			}
		}
	}
	output := &limitedBuffer{}
	c := exec.CommandContext(ctx, name, p.After[1:]...)
	c.Dir, c.Env, c.Stdout, c.Stderr = p.base, append(os.Environ(), settings...), output, output
	c.WaitDelay = 2 * time.Second
	ownProcessGroup(c)
	started := time.Now()
	err := c.Run()
	if ctx.Err() != nil {
		err = fmt.Errorf("it took longer than %v and was ended", limit)
	}
	log.Info("after", "command", p.After[0], "seconds", time.Since(started).Seconds(), "output", output.String())
	if err != nil {
		return fmt.Errorf("the command %q of the key after: %w", p.After[0], err)
	}
	return nil
}

// limitedBuffer keeps the beginning of what is written to it.
type limitedBuffer struct{ bytes.Buffer }

// Write keeps what there is room for.
func (b *limitedBuffer) Write(p []byte) (int, error) {
	if room := maxAfterOutput - b.Len(); room > 0 {
		b.Buffer.Write(p[:min(room, len(p))])
	}
	return len(p), nil
}

// LineagePath returns where the pipeline sends its events: an address, or the path of a file.
func (p *Pipeline) LineagePath() string {
	if p.Lineage == "" || strings.Contains(p.Lineage, "://") || filepath.IsAbs(p.Lineage) {
		return p.Lineage
	}
	return filepath.Join(p.base, p.Lineage)
}
