package pipelines

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"

	"hemicycle/load/version"
)

// versionPlan returns a digest of all that a version is made from: the plan of its run, what the pipeline expects and
// allows, and the program. A run with the same plan would publish the same tables and end with the same status.
func (p *Pipeline) versionPlan(o *Options, plan string) (string, error) {
	program, err := o.program()
	if err != nil {
		return "", err
	}
	declaration, err := json.Marshal(p.withoutMirrors())
	if err != nil {
		return "", err
	}
	h := sha256.New()
	fmt.Fprintln(h, plan, program, string(declaration))
	return hex.EncodeToString(h.Sum(nil)), nil
}

// withoutMirrors returns the pipeline without what it says of how wikis are asked, since a mirror is the same however
// it came about, and without whom it tells.
func (p *Pipeline) withoutMirrors() *Pipeline {
	q := p.clone()
	q.Publish, q.Lineage, q.After, q.AfterSeconds = nil, "", nil, 0
	for i := range q.Sources {
		q.Sources[i].Live = nil
	}
	return q
}

// program returns what tells this build of the program from others, without reading its whole file.
func (o *Options) program() (string, error) {
	if o.Build != "" {
		return o.Build, nil
	}
	path, err := os.Executable()
	if err != nil {
		return "", err
	}
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	return fmt.Sprint(info.Size(), " ", info.ModTime().UnixNano()), nil
}

// unchanged returns the manifest of the current version if the run would publish it again: it was made from the same
// inputs by the same pipeline and program, and all of its files are there. Of a version with the rows of several runs,
// ofRun says what the run with this plan found. It returns nil if there is anything to do.
func unchanged(o *Options, output *version.Output, plan string) (m, ofRun *version.Manifest) {
	if o.Republish {
		return nil, nil
	}
	m, err := output.CurrentManifest()
	if err != nil || m == nil || !output.HasFiles(m) {
		return nil, nil // a version that is damaged is made again
	}
	run := m.RunWithPlan(plan)
	hasOthers := run != nil && len(m.Partitions) > len(run.Wikis)
	if run == nil || run.Counts.Incomplete > 0 || o.DropOthers && hasOthers {
		return nil, nil // so is one of which a source was incomplete
	}
	ofRun = new(*m)
	ofRun.Run, ofRun.Counts, ofRun.Inputs, ofRun.Expectations = run.Run, run.Counts, run.Inputs, run.Expectations
	ofRun.Plan, ofRun.Status = run.Plan, run.Status
	return m, ofRun
}
