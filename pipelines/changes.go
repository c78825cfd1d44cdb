package pipelines

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"hemicycle/load"
	"hemicycle/load/version"
)

// openCurrent opens the current version, which becomes the one before. It returns nil if there is none, or none that
// can be compared with: the manifest and the log then say why.
func (r *activeRun) openCurrent(m *version.Manifest) (*version.Published, error) {
	before, err := r.output.Current()
	if before == nil && err == nil {
		return nil, nil
	}
	m.Changes = &version.Comparison{}
	if err != nil {
		return nil, r.notCompared(m, err)
	}
	m.Changes.Since, m.Changes.Pipeline = before.Manifest.Run, before.Manifest.Pipeline
	m.Changes.SchemaVersion = before.Manifest.SchemaVersion
	return before, nil
}

// writeChanges ends the files of all other tables and writes the table of what is different from the version before. The
// version also has the files that are taken over from that one.
func (r *activeRun) writeChanges(
	ctx context.Context, m *version.Manifest, before *version.Published, taken []version.File,
) error {
	files, err := load.FinishTables(r.sinks)
	if err != nil {
		return err
	}
	r.watch.stage("finish the files")
	m.Changes.Rows, m.Changes.NotCompared, err = load.WriteChanges(ctx, r.sinks, before,
		r.output.Unpublished(mergeFiles(files, taken)), r.output.Staging())
	if ctx.Err() != nil {
		return fmt.Errorf("stopped before publishing: %w", context.Cause(ctx))
	}
	if err != nil {
		return r.notCompared(m, err)
	}
	if len(m.Changes.NotCompared) > 0 {
		r.options.Log.Warn("the version before has other tables or columns: what both have is compared",
			"since", m.Changes.Since, "schema", m.Changes.SchemaVersion,
			"not_compared", strings.Join(m.Changes.NotCompared, ", "))
	}
	return nil
}

// notCompared notes why a version is not compared with the one before. That the files of that one are damaged or may
// not be read, or that its tables have other meanings, is no reason to publish nothing, and any other error is
// returned.
func (r *activeRun) notCompared(m *version.Manifest, err error) error {
	var damage *version.Damage
	isBefore := errors.Is(err, version.ErrOtherSchema) || errors.Is(err, fs.ErrPermission)
	if errors.As(err, &damage) {
		isBefore = !strings.HasPrefix(damage.Path, r.output.Staging()+string(filepath.Separator))
	}
	if !isBefore {
		return fmt.Errorf("comparing with the version before: %w", err)
	}
	m.Changes.Failure = err.Error()
	r.options.Log.Warn("this version is not compared with the one before, and its table changes is empty", "error", err)
	return nil
}
