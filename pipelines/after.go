package pipelines

import (
	"context"
	"log/slog"
	"path/filepath"
	"strings"

	"hemicycle/pipelines/hook"
)

// RunAfter runs the command of the pipeline, if it names one, with settings added to its environment.
func (p *Pipeline) RunAfter(ctx context.Context, settings []string, log *slog.Logger) error {
	if len(p.After) == 0 {
		return nil
	}
	command := hook.Command{Args: p.After, Folder: p.base, Seconds: p.AfterSeconds}
	return command.Run(ctx, settings, log)
}

// LineagePath returns where the pipeline sends its events: an address, or the path of a file.
func (p *Pipeline) LineagePath() string {
	if p.Lineage == "" || strings.Contains(p.Lineage, "://") || filepath.IsAbs(p.Lineage) {
		return p.Lineage
	}
	return filepath.Join(p.base, p.Lineage)
}
