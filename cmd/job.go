package cmd

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"hemicycle/load/wording"
	"hemicycle/pipelines"
	"hemicycle/schemas"
)

// newJob returns the command that cuts a run into pieces, with its subcommands.
func newJob() *cobra.Command {
	c := &cobra.Command{
		Use:   "job",
		Short: "Cut a run into pieces that an engine reads on many machines, and publish them as one version",
		Long: strings.TrimSpace(`
A job is a run that is cut into pieces. plan writes the job into a folder and prints how many pieces it
has; read reads one of them, on any machine that sees the folder and the inputs under the same paths;
publish makes a version of all pieces, with the same rows in the same order as run. Where and when a
piece is read is left to an engine such as Slurm, Kubernetes or GNU parallel: docs/scale.md.`),
		Args: takes(0, 0, "a command: plan, read, status, publish or clean"),
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(newJobPlan(), newJobRead(), newJobStatus(), newJobPublish(), newJobClean())
	return c
}

// jobFlags are the flags of the commands of jobs.
type jobFlags struct {
	runFlags
	dir string
}

// add adds the flags that the commands share.
func (f *jobFlags) add(c *cobra.Command) {
	c.Flags().StringVar(&f.dir, "job", "", "`FOLDER` of the job (required)")
}

// addLog adds the flags of the log.
func (f *jobFlags) addLog(c *cobra.Command) {
	c.Flags().StringVar(&f.logFormat, "log", "text", "form of the log on standard error: text or json")
	c.Flags().BoolVar(&f.quiet, "quiet", false, "write nothing but warnings and errors")
}

// open opens the job, and goes to the folder from which its relative paths start.
func (f *jobFlags) open() (*pipelines.Job, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	for _, path := range []*string{&f.dir, &f.output} {
		absolute, err := filepath.Abs(*path)
		if err != nil {
			return nil, &failure{statusFailed, err}
		}
		*path = absolute
	}
	j, err := pipelines.OpenJob(f.dir)
	if err != nil {
		return nil, jobFailure(err)
	}
	if !j.HasRelativePaths() {
		return j, nil
	}
	if err := os.Chdir(j.Folder); err != nil {
		return nil, &failure{statusFailed, fmt.Errorf("the job was planned with relative paths, which start from a folder "+
			"that is not here: %w; plan it with absolute paths", err)}
	}
	return j, nil
}

// check refuses a job without a folder.
func (f *jobFlags) check() error {
	if f.dir == "" {
		return usageError("--job: expected the folder of the job")
	}
	return cmp.Or(checkLocal("job", f.dir), checkWorkers(f.workers))
}

// jobFailure returns an error with its exit status.
func jobFailure(err error) error {
	var final *pipelines.FinalError
	switch {
	case errors.As(err, &final):
		return &failure{statusUsage, err}
	case errors.Is(err, pipelines.ErrOtherJob):
		return &failure{statusOutputInUse, err}
	}
	return liveFailure(err)
}

func newJobPlan() *cobra.Command {
	var f jobFlags
	var pieceBytes string
	var o pipelines.JobOptions
	c := &cobra.Command{
		Use:   "plan [PIPELINE] --job FOLDER",
		Short: "Cut what a pipeline reads into pieces, and print how many they are",
		Long: withStatuses("job plan", `
Writes job.json into the folder of the job: the pipeline, the inputs with their sizes and digests, the
build of the program and the pieces. It prints the number of pieces, for the engine. Dumps that are
plain XML or bzip2 are cut anywhere, no index is needed; any other dump is one piece, and small files
are read together. To plan the same job again changes nothing. A live wiki is not asked: the mirror is
read as it is.`),
		Example: `  hemicycle job plan --from /data/enwiki.xml.bz2 --job /shared/enwiki
  hemicycle job plan enwiki_dump --from /data/enwiki --job /shared/enwiki --piece-bytes 1GB`,
		Args: takes(0, 1, "at most one PIPELINE"),
		RunE: func(c *cobra.Command, args []string) error { return planJob(c, args, &f, &o, pieceBytes) },
	}
	f.add(c)
	c.Flags().StringArrayVar(&f.from, "from", nil,
		"`FILE`, glob or folder of exports to read instead of the pipeline's (may be repeated)")
	c.Flags().BoolVar(&f.verify, "verify", false, "compare each dump with the SHA256SUMS beside it")
	c.Flags().StringVar(&pieceBytes, "piece-bytes", "256MB", "`BYTES` of a file that a piece has")
	c.Flags().BoolVar(&o.NoDigest, "no-digest", false,
		"do not read dumps that are cut once more for their SHA-256, which sources then lacks")
	c.Flags().BoolVar(&o.Again, "again", false, "take the place of another job in the folder")
	c.Flags().StringVar(&f.output, "output", "output", "folder with the mirrors that the pipeline gives no folder")
	f.addLog(c)
	return c
}

func planJob(c *cobra.Command, args []string, f *jobFlags, o *pipelines.JobOptions, pieceBytes string) error {
	if err := f.check(); err != nil {
		return err
	}
	var err error
	if o.PieceBytes, err = parseBytes(pieceBytes); err != nil {
		return err
	}
	p, err := f.pipeline(args)
	if err != nil {
		return err
	}
	log, err := newLog(f.logFormat, c.ErrOrStderr(), f.quiet)
	if err != nil {
		return err
	}
	options := pipelines.Options{Output: f.output, Version: buildVersion(), Log: log}
	j, err := pipelines.PlanJob(c.Context(), p, options, f.dir, *o)
	if err != nil {
		return jobFailure(err)
	}
	_, err = fmt.Fprintln(c.OutOrStdout(), len(j.Pieces))
	return err
}

// parseBytes returns the number of bytes that a text names: 1000, 64kB, 256MB, 1GB.
func parseBytes(text string) (int64, error) {
	digits, unit := strings.TrimSpace(text), int64(1)
	for _, u := range []struct {
		name  string
		bytes int64
	}{{"GB", 1e9}, {"MB", 1e6}, {"kB", 1e3}, {"KB", 1e3}, {"B", 1}} {
		if rest, ok := strings.CutSuffix(digits, u.name); ok {
			digits, unit = strings.TrimSpace(rest), u.bytes
			break
		}
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n < 1 || n > 1<<50/unit {
		return 0, usageError("--piece-bytes %s: expected a number of bytes such as 64kB, 256MB or 1GB",
			schemas.Printable(text))
	}
	return n * unit, nil
}

// pieceVariables are the variables in which engines say which piece is to be read, each with the number of the first.
var pieceVariables = []struct {
	name string
	base int
}{{"SLURM_ARRAY_TASK_ID", 1}, {"JOB_COMPLETION_INDEX", 0}, {"AWS_BATCH_JOB_ARRAY_INDEX", 0}}

func newJobRead() *cobra.Command {
	var f jobFlags
	base := 1
	var names []string
	for _, v := range pieceVariables {
		names = append(names, fmt.Sprintf("%s (from %d)", v.name, v.base))
	}
	c := &cobra.Command{
		Use:   "read [N] --job FOLDER",
		Short: "Read one piece of a job",
		Long: withStatuses("job read", `
Reads the piece N, counted from 1. Without N, the number is that of the engine's variable:
`+strings.Join(names, ", ")+`.
A piece can be read any number of times, at once and anywhere: the first reader that is done gives the
piece its place, and what the others have written is the same.`),
		Example: `  hemicycle job read 17 --job /shared/enwiki
  parallel hemicycle job read {} --job /shared/enwiki ::: $(seq 94)`,
		Args: takes(0, 1, "at most one number of a piece"),
		RunE: func(c *cobra.Command, args []string) error { return readPiece(c, args, &f, base) },
	}
	f.add(c)
	c.Flags().IntVar(&base, "base", 1, "number of the first piece, if N or the variable of Slurm counts from 0")
	c.Flags().IntVar(&f.workers, "workers", 0, "documents to read at a time (default: one per core)")
	f.addLog(c)
	return c
}

func readPiece(c *cobra.Command, args []string, f *jobFlags, base int) error {
	n, err := pieceNumber(args, base, os.Getenv)
	if err != nil {
		return err
	}
	log, err := newLog(f.logFormat, c.ErrOrStderr(), f.quiet)
	if err != nil {
		return err
	}
	j, err := f.open()
	if err != nil {
		return err
	}
	rejects := rejectLog{log: log}
	options := pipelines.Options{
		Version: buildVersion(), Workers: f.workers, Log: log,
		Each: func(r schemas.Record) {
			if r.Reject != nil {
				rejects.add(r.Reject)
			}
		},
	}
	outcome, err := j.ReadPiece(c.Context(), n, options)
	rejects.finish()
	if err != nil {
		return jobFailure(err)
	}
	message := "piece read"
	if outcome.WasDone {
		message = "the piece was read before"
	}
	log.Info(message, "piece", n, "of", outcome.Pieces, "elections", outcome.Elections)
	return nil
}

// pieceNumber returns the number of the piece to read, counted from 1: that of the arguments, or of the variables of
// engines, which must not disagree.
func pieceNumber(args []string, base int, variable func(string) string) (int, error) {
	if base != 0 && base != 1 {
		return 0, usageError("--base %d: expected 0 or 1", base)
	}
	if len(args) > 0 {
		n, err := strconv.Atoi(args[0])
		if err != nil {
			return 0, usageError("%s: expected the number of a piece", schemas.Printable(args[0]))
		}
		return n + 1 - base, nil
	}
	number, from := 0, ""
	for _, v := range pieceVariables {
		text := variable(v.name)
		if text == "" {
			continue
		}
		n, err := strconv.Atoi(text)
		if err != nil {
			return 0, usageError("%s=%s: expected the number of a piece", v.name, schemas.Printable(text))
		}
		if n += 1 - min(v.base, base); from != "" && n != number {
			return 0, usageError("%s says that the piece %d is to be read, and %s the piece %d: name it", from, number,
				v.name, n)
		}
		number, from = n, v.name
	}
	if from == "" {
		return 0, usageError("read: expected the number of a piece, or a variable of an engine (%s and the like)",
			pieceVariables[0].name)
	}
	return number, nil
}

func newJobStatus() *cobra.Command {
	var f jobFlags
	asJSON := false
	c := &cobra.Command{
		Use:   "status --job FOLDER",
		Short: "Say which pieces of a job were read",
		Long:  withStatuses("job status", "Says how many pieces were read, which are missing, and which took longest."),
		Args:  takes(0, 0, "no argument"),
		RunE: func(c *cobra.Command, _ []string) error {
			j, err := f.open()
			if err != nil {
				return err
			}
			s := j.Status()
			if asJSON {
				return json.NewEncoder(c.OutOrStdout()).Encode(s)
			}
			_, err = fmt.Fprintln(c.OutOrStdout(), statusLine(s))
			return err
		},
	}
	f.add(c)
	c.Flags().BoolVar(&asJSON, "json", false, "print one object of JSON")
	return c
}

// statusLine says how far a job has come.
func statusLine(s *pipelines.JobStatus) string {
	line := fmt.Sprintf("%d of %s are there", s.Done, wording.Count(int64(s.Pieces), "piece"))
	if len(s.Missing) > 0 {
		line += "; missing: " + pipelines.ListPieces(s.Missing)
	}
	var slowest []string
	for _, p := range s.Slowest {
		slowest = append(slowest, fmt.Sprintf("%d (%.1f s on %s)", p.Piece, p.Seconds, schemas.Printable(p.Host)))
	}
	if len(slowest) > 0 {
		line += "; slowest: " + strings.Join(slowest, ", ")
	}
	return line
}

func newJobPublish() *cobra.Command {
	var f jobFlags
	readMissing := false
	c := &cobra.Command{
		Use:   "publish --job FOLDER",
		Short: "Make one version of the pieces of a job, and publish it",
		Long: withStatuses("job publish", `
Publishes what run would have published: the same rows in the same order, the same account, rejects and
redirects. Only the Parquet files are cut otherwise. The pieces are compared with their digests. If an
election is in two pieces, or if a piece has assumed of the one before it what is not so, as with a
damaged dump, it is read again here. The pieces stay: remove them with job clean.`),
		Example: `  hemicycle job publish --job /shared/enwiki --output /srv/elections`,
		Args:    takes(0, 0, "no argument"),
		RunE:    func(c *cobra.Command, _ []string) error { return publishJob(c, &f, readMissing) },
	}
	f.add(c)
	c.Flags().StringVar(&f.output, "output", "output", "folder to publish into")
	c.Flags().BoolVar(&readMissing, "read-missing", false, "read the pieces here that were not read yet")
	c.Flags().BoolVar(&f.republish, "republish", false, "publish the job even if the current version is made of it")
	c.Flags().IntVar(&f.workers, "workers", 0, "documents to read at a time (default: one per core)")
	f.addLog(c)
	return c
}

func publishJob(c *cobra.Command, f *jobFlags, readMissing bool) error {
	switch {
	case runtime.GOOS == "windows":
		return &failure{statusFailed, errors.New("publish needs symbolic links: use it on Linux or macOS, or in WSL")}
	case f.output == "":
		return usageError(`--output "": expected a folder`)
	}
	if err := checkLocal("output", f.output); err != nil {
		return err
	}
	log, err := newLog(f.logFormat, c.ErrOrStderr(), f.quiet)
	if err != nil {
		return err
	}
	j, err := f.open()
	if err != nil {
		return err
	}
	options := pipelines.Options{
		Output: f.output, Version: buildVersion(), Workers: f.workers, Log: log, Republish: f.republish,
	}
	outcome, err := pipelines.PublishJob(c.Context(), j, options, readMissing)
	switch {
	case err != nil:
		return jobFailure(err)
	case outcome.Unchanged:
		return reportUnchanged(log, outcome)
	}
	return exitStatus(log, outcome)
}

func newJobClean() *cobra.Command {
	var f jobFlags
	c := &cobra.Command{
		Use:   "clean --job FOLDER",
		Short: "Remove the pieces of a job and the job",
		Long:  withStatuses("job clean", "Removes the pieces of a job and job.json, and nothing else from its folder."),
		Args:  takes(0, 0, "no argument"),
		RunE: func(*cobra.Command, []string) error {
			if err := f.check(); err != nil {
				return err
			}
			j, err := pipelines.OpenJob(f.dir)
			if err == nil {
				err = j.Clean()
			}
			if err != nil {
				return jobFailure(err)
			}
			return nil
		},
	}
	f.add(c)
	return c
}
