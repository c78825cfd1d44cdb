package pipelines

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"hemicycle/extract"
	"hemicycle/extract/dump"
	"hemicycle/load"
	"hemicycle/load/disk"
	"hemicycle/load/version"
	"hemicycle/schemas"
)

// gathering makes one version of the pieces of a job. It takes them in the order of the input, as a run takes the
// documents: what a piece could not know of those before it (where the one before it ended, which elections they have)
// is found out here, and a piece of which that matters is read again.
type gathering struct {
	*activeRun
	job      *Job
	inputs   []extract.Source // opened once a piece has to be read again
	finished version.FinishedParts
	closed   []schemas.Record // the accounts of the sources
	sequence *dump.PieceSequence
	again    int // pieces that were read again

	open       *pieceSource // the account of the dump of which pieces are taken
	openSource int          // the source of the pipeline that has it
}

// MissingError says that pieces of a job were not read yet.
type MissingError struct {
	Pieces  int
	Missing []int
}

func (e *MissingError) Error() string {
	return fmt.Sprintf("%d of %d pieces were not read yet, and nothing was published: %s", len(e.Missing), e.Pieces,
		ListPieces(e.Missing))
}

// ListPieces returns the first of some numbers of pieces.
func ListPieces(numbers []int) string {
	const shown = 20
	list := strings.Trim(fmt.Sprint(numbers[:min(len(numbers), shown)]), "[]")
	if len(numbers) > shown {
		list += fmt.Sprintf(" and %d more", len(numbers)-shown)
	}
	return list
}

// PublishJob makes a version of the pieces of a job and publishes it as Run does. If pieces are missing, the error is a
// MissingError, unless they are to be read here.
func PublishJob(ctx context.Context, j *Job, o Options, readMissing bool) (*Outcome, error) {
	if err := j.checkBuild(&o); err != nil {
		return nil, err
	}
	missing := j.MissingPieces()
	if len(missing) > 0 && !readMissing {
		return nil, &MissingError{len(j.Pieces), missing}
	}
	for _, n := range missing {
		if _, err := j.ReadPiece(ctx, n, o); err != nil {
			return nil, fmt.Errorf("reading the piece %d: %w", n, err)
		}
	}
	output := version.NewOutput(disk.Disk{}, o.Output)
	defer output.Close()
	if err := output.HoldExisting(); err != nil {
		return nil, err
	}
	plan := "job " + j.ID
	if m, ofRun := unchanged(&o, output, plan); m != nil {
		return &Outcome{
			Manifest: ofRun, Unchanged: true, Published: true, Folder: output.CurrentFolder(m),
			Delivery: j.Pipeline.deliver(ctx, o, output, m), // as in runSources
		}, nil
	}
	if err := output.Prepare("job-"+j.ID[:12], false); err != nil {
		return nil, err
	}
	run := &activeRun{pipeline: j.Pipeline, options: o, output: output, plan: plan, watch: newStopwatch(o.Log)}
	g := &gathering{activeRun: run, job: j}
	outcome, err := g.publish(ctx)
	if err == nil {
		j.sweep(&o)
	}
	return outcome, err
}

// publish takes the pieces and publishes them.
func (g *gathering) publish(ctx context.Context) (outcome *Outcome, err error) {
	if g.hasMirror() {
		if g.inputs, err = g.job.openInputs(ctx, &g.options, 0, 0); err != nil {
			return nil, err
		}
		g.pipeline = g.pipeline.withNamesOf([][]extract.Source{g.inputs})
	}
	g.account = newAccount(g.pipeline, g.options, g.output, g.watch.now())
	if g.last, err = g.pipeline.lastRun(g.options, g.output); err != nil {
		return nil, err
	}
	if err := g.openBase(); err != nil {
		return nil, err
	}
	for n := 1; n <= len(g.job.Pieces); n++ {
		if err := g.take(ctx, n); err != nil {
			return nil, fmt.Errorf("the piece %d: %w", n, err)
		}
		if ctx.Err() != nil {
			return nil, stoppedError(ctx)
		}
	}
	if g.sinks, err = openSinks(g.output.Disk(), g.output.Staging(), g.pipeline, g.finished); err != nil {
		return nil, err
	}
	g.sinks = append(g.sinks, g.account.rows)
	defer load.CloseAll(g.sinks)
	for _, record := range g.closed {
		if err := g.writeRecord(record); err != nil {
			return nil, err
		}
	}
	g.options.Log.Info("gathered", "pieces", len(g.job.Pieces), "read_again", g.again)
	g.watch.stage("gather the pieces")
	return g.finish(ctx)
}

// hasMirror reports whether an input of the job is a mirror, which knows names of boxes.
func (g *gathering) hasMirror() bool {
	for i := range g.job.Inputs {
		if g.job.Inputs[i].State != "" {
			return true
		}
	}
	return false
}

// take adds a piece to the version.
func (g *gathering) take(ctx context.Context, n int) error {
	p := &g.job.Pieces[n-1]
	r, err := g.job.pieceResult(n)
	if err != nil {
		return err
	}
	if p.Digest {
		if g.open == nil {
			return errors.New("it is the digest of a dump that is not there")
		}
		g.open.End.SHA256 = r.SHA256
		g.closeOpen()
		return nil
	}
	part := p.Part
	if part != nil {
		if part.Bit == 0 {
			g.closeOpen()
			g.sequence = dump.NewPieceSequence()
		}
		verdict := g.sequence.Judge(part, &r.Ends)
		if verdict == dump.ReadAgain {
			part = new(g.sequence.Exact(*part))
			if r, err = g.readAgain(ctx, n, part, nil); err != nil {
				return err
			}
			if verdict = g.sequence.Judge(part, &r.Ends); verdict == dump.ReadAgain {
				return errors.New("it does not begin where the piece before it ends: its input has changed")
			}
		}
		g.sequence.Pass(part, &r.Ends, verdict)
		if verdict == dump.DropPiece {
			return nil
		}
	} else {
		g.closeOpen()
	}
	if known := g.knownOf(r.State); known != nil {
		if r, err = g.readAgain(ctx, n, part, known); err != nil {
			return err
		}
	}
	return g.add(n, r, part != nil)
}

// readAgain reads a piece again, from where the one before it ended, or with the elections that are known.
func (g *gathering) readAgain(ctx context.Context, n int, part *dump.Piece, known *account) (*pieceResult, error) {
	g.again++
	g.options.Log.Info("a piece is read again", "piece", n, "has duplicates", known != nil)
	var err error
	if len(g.inputs) == 0 {
		if g.inputs, err = g.job.openInputs(ctx, &g.options, 0, 0); err != nil {
			return nil, err
		}
	}
	p := &g.job.Pieces[n-1]
	if _, err := g.job.openInputs(ctx, &g.options, p.Input, p.Inputs); err != nil {
		return nil, err
	}
	folder := filepath.Join(g.output.Staging(), fmt.Sprintf("again-%05d-%d", n, g.again))
	if err := g.output.Disk().MakeFolders(folder); err != nil {
		return nil, err
	}
	return g.job.readPiece(ctx, n, &g.options, g.inputs, folder, part, known)
}

// knownOf returns the elections of a piece that earlier pieces have, with where they were seen; nil if there are none.
func (g *gathering) knownOf(s *runState) *account {
	var known *account
	for seen := s.Seen; len(seen) > 0; seen = seen[idBytes:] {
		id := [16]byte(seen)
		first, isKnown := g.account.seen[id]
		if !isKnown {
			continue
		}
		if known == nil {
			known = &account{seen: map[[16]byte]firstSeen{}}
		}
		uri := g.account.uris[first.uri]
		if n := len(known.uris); n == 0 || known.uris[n-1] != uri {
			known.uris = append(known.uris, uri)
		}
		first.uri = int32(len(known.uris) - 1)
		known.seen[id] = first
	}
	return known
}

// add adds what was read of a piece.
func (g *gathering) add(n int, r *pieceResult, isPart bool) error {
	var files []version.File
	for _, f := range r.Files {
		if err := g.copyFile(r.folder, f); err != nil {
			return err
		}
		files = append(files, f)
	}
	for g.finished.Parts < n-1 { // pieces without files
		g.finished.Add(nil)
	}
	g.finished.Add(files)
	if strings.HasPrefix(r.folder, g.output.Staging()) {
		if err := g.output.Disk().Remove(r.folder); err != nil {
			return err
		}
	}
	source := g.job.Inputs[g.job.Pieces[n-1].Input].Source
	g.account.addState(r.State, source)
	for i := range r.Sources {
		switch s := &r.Sources[i]; {
		case !isPart:
			g.closeSource(source, s)
		case g.open == nil:
			g.open = s
			g.openSource = source
		default:
			g.open.Current.AddLater(&s.Current)
			g.open.End.AddLater(&s.End)
		}
	}
	return nil
}

// closeOpen closes the account of the dump of which pieces were taken.
func (g *gathering) closeOpen() {
	if g.open != nil {
		g.closeSource(g.openSource, g.open)
		g.open = nil
	}
}

// closeSource closes the account of a source.
func (g *gathering) closeSource(source int, s *pieceSource) {
	g.account.current = s.Current
	g.closed = append(g.closed, g.account.closeSource(inputStep{source: source, end: &s.End}))
}

// addState adds what was counted in a piece.
func (a *account) addState(s *runState, source int) {
	a.run.Sound += s.Run.Sound
	a.run.Notes += s.Run.Notes
	a.run.Warnings += s.Run.Warnings
	a.run.Errors += s.Run.Errors
	own := &s.Sources[source]
	to := &a.sources[source]
	to.Seats += own.Seats
	to.Contenders += own.Contenders
	to.Errors += own.Errors
	to.InternalErrors += own.InternalErrors
	a.tallies.AddAll(&s.Tallies)
	a.pages.WithErrors.addAll(&s.Pages.WithErrors)
	a.pages.Rejected.addAll(&s.Pages.Rejected)
	for table, n := range s.Rows {
		a.rows[table] += n
	}
	base := int32(len(a.uris))
	a.uris = append(a.uris, s.URIs...)
	for seen := s.Seen; len(seen) > 0; seen = seen[idBytes:] {
		number := func(i int) int32 { return int32(binary.LittleEndian.Uint32(seen[16+4*i:])) }
		a.seen[[16]byte(seen)] = firstSeen{base + number(0), number(1), number(2)}
	}
}

// addAll adds the pages of a later piece.
func (p *NamedPages) addAll(q *NamedPages) {
	p.Count += q.Count
	p.First = append(p.First, q.First[:min(len(q.First), maxNamedPages-len(p.First))]...)
}

// copyFile copies a file of a piece into the staging folder, and compares it with its digest.
func (g *gathering) copyFile(folder string, want version.File) error {
	d := g.output.Disk()
	from := filepath.Join(folder, filepath.FromSlash(want.Path))
	to := filepath.Join(g.output.Staging(), filepath.FromSlash(want.Path))
	if !filepath.IsLocal(filepath.FromSlash(want.Path)) {
		return fmt.Errorf("%s is no file of a piece", schemas.Printable(want.Path))
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	if err := d.MakeFolders(filepath.Dir(to)); err != nil {
		return err
	}
	out, err := d.Create(to)
	if err != nil {
		return err
	}
	h := sha256.New()
	n, err := io.Copy(io.MultiWriter(out, h), in)
	if err != nil {
		return errors.Join(err, out.Close())
	}
	if err := out.SyncAndClose(); err != nil {
		return err
	}
	if sum := hex.EncodeToString(h.Sum(nil)); n != want.Bytes || sum != want.SHA256 {
		return fmt.Errorf("%s is not as it was written: it has %d bytes with the SHA-256 %s, expected %d bytes with %s; "+
			"remove %s and read the piece again", schemas.Printable(from), n, sum, want.Bytes, want.SHA256,
			schemas.Printable(folder))
	}
	return nil
}

// sweep removes what readers that were killed have left.
func (j *Job) sweep(o *Options) {
	const sweepAge = time.Hour // a younger one may be that of a reader
	entries, err := os.ReadDir(j.piecesFolder())
	if err != nil {
		o.Log.Warn("the folder of pieces cannot be read", "error", err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !strings.HasPrefix(e.Name(), ".") || time.Since(info.ModTime()) < sweepAge {
			continue
		}
		if err := (disk.Disk{}).Remove(filepath.Join(j.piecesFolder(), e.Name())); err != nil {
			o.Log.Warn("could not remove what a reader left", "error", err)
		}
	}
}
