package pipelines

import (
	"context"
	"fmt"

	"hemicycle/load/disk"
	"hemicycle/load/objects"
	"hemicycle/load/version"
	"hemicycle/schemas"
)

// Delivery says what became of a version on its way to object storage.
type Delivery struct {
	To string // the address that the pipeline names
	// Result says what was sent; nil if Err is not.
	Result *objects.Result
	// Err is why the version is not there. The version that is there stays as it is.
	Err error
}

// Deliver sends the current version of an output folder to where the pipeline publishes, if it is not there yet. The
// error means that there is no such version to send. What became of the upload is in the Delivery.
func Deliver(ctx context.Context, p *Pipeline, o Options) (*version.Manifest, *Delivery, error) {
	output := version.NewOutput(disk.Disk{}, o.Output)
	defer output.Close()
	if err := output.HoldExisting(); err != nil {
		return nil, nil, err
	}
	m, err := output.CurrentManifest()
	switch {
	case err != nil:
		return nil, nil, err
	case m == nil:
		return nil, nil, fmt.Errorf("%s: nothing was published there: `hemicycle run` has to come first", o.Output)
	case m.Pipeline != p.Name:
		return nil, nil, fmt.Errorf("%s has a version of the pipeline %s, expected one of %s", o.Output,
			schemas.Printable(m.Pipeline), schemas.Printable(p.Name))
	}
	return m, p.deliver(ctx, o, output, m), nil
}

// deliver sends a version to object storage. It returns nil if the pipeline names none.
func (p *Pipeline) deliver(ctx context.Context, o Options, output *version.Output, m *version.Manifest) *Delivery {
	if p.Publish == nil {
		return nil
	}
	d := &Delivery{To: p.Publish.Address()}
	contents, err := output.CurrentContents(m)
	if err != nil {
		d.Err = err
		return d
	}
	store, err := objects.Open(ctx, *p.Publish, objects.Options{Log: o.Log})
	if err != nil {
		d.Err = err
		return d
	}
	d.Result, d.Err = store.Publish(ctx, versionObjects(m, contents), p.keptRule(output, m))
	if d.Err != nil {
		return d
	}
	o.Log.Info("sent to object storage", "to", d.To, "run", m.Run, "files", d.Result.Sent, "bytes", d.Result.SentBytes,
		"present", d.Result.Present, "removed_versions", d.Result.Removed)
	if err := d.Result.Unremoved; err != nil { // the new version is published, so this is no reason to fail
		o.Log.Warn("could not remove an old version from object storage", "error", err)
	}
	return d
}

// keptRule returns which versions stay in object storage when a version is sent: as many of the newest and those of as
// many days as the pipeline keeps, and what the output folder still has, such as the version before the last change.
func (p *Pipeline) keptRule(output *version.Output, m *version.Manifest) objects.Rule {
	return func(runs []objects.Run, _ string) (kept []string) {
		for i, run := range runs {
			if p.Keep.KeepsCopy(int64(i), m.FinishedAt.Sub(run.Started)) || output.HasVersion(run.Name) {
				kept = append(kept, run.Name)
			}
		}
		return kept
	}
}

// versionObjects returns a version as it is in object storage: the manifest, which no two versions share, is sent
// first, and the digests of all files last.
func versionObjects(m *version.Manifest, c *version.Contents) objects.Version {
	v := objects.Version{
		Run: m.Run, Folder: c.Folder, Claim: fileObject(c.Manifest), Last: fileObject(c.Sums), Pointer: c.Pointer,
	}
	for _, f := range c.Files {
		v.Files = append(v.Files, fileObject(f))
	}
	return v
}

func fileObject(f version.File) objects.File {
	return objects.File{Path: f.Path, Bytes: f.Bytes, SHA256: f.SHA256}
}
