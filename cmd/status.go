package cmd

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"syscall"

	"hemicycle/extract/mediawiki"
	"hemicycle/extract/mirror"
	"hemicycle/load/version"
	"hemicycle/pipelines"
)

// The exit statuses. statusUses says what each means for each command.
const (
	statusDone        = pipelines.StatusDone
	statusFailed      = 1
	statusUsage       = 2
	statusDoubtful    = pipelines.StatusDoubtful
	statusUnexpected  = 4
	statusOutputInUse = 5
	statusUndelivered = 6
	statusOvertaken   = 7
)

// statusNames are what the exit statuses are called, by number.
var statusNames = [...]string{"done", "failed", "wrong usage", "doubtful", "not as expected", "output in use",
	"not delivered", "overtaken"}

// statusUse is what an exit status means for some commands, and what to do about it. The help of the commands and
// docs/exit-status.md read it.
type statusUse struct {
	status   int
	commands []string
	meaning  string
	remedy   string
}

// statusUses lists every status that a command can end with, by status.
var statusUses = []statusUse{
	{
		status: statusDone, commands: []string{"run", "job publish"},
		meaning: "published, or nothing has changed since a version that was published so, or a dry run; notes and " +
			"warnings are no failure",
		remedy: "Nothing.",
	},
	{
		status: statusDone, commands: []string{"mirror"},
		meaning: "the mirrors are up to date, or a dry run",
		remedy:  "Nothing.",
	},
	{
		status: statusDone, commands: []string{"check", "show"},
		meaning: "read; notes and warnings are no failure",
		remedy:  "Nothing.",
	},
	{
		status: statusDone, commands: []string{"publish"},
		meaning: "the version is current in object storage, also if it was before",
		remedy:  "Nothing.",
	},
	{
		status: statusDone, commands: []string{"list", "lint", "schema", "templates", "report", "chart", "version"},
		meaning: "done",
		remedy:  "Nothing.",
	},
	{
		status: statusDone, commands: []string{"diff"},
		meaning: "compared, whether anything differs or not",
		remedy:  "Nothing. `--format json` writes a line for each change, and nothing if there is none.",
	},
	{
		status: statusDone, commands: []string{"job plan", "job status", "job clean"},
		meaning: "done; for plan also if the folder holds the same job",
		remedy:  "Nothing.",
	},
	{
		status: statusDone, commands: []string{"job read"},
		meaning: "the piece is read, now or before",
		remedy:  "Nothing.",
	},
	{
		status: statusFailed, commands: []string{"job plan", "job status", "job clean"},
		meaning: "failed: a missing file, a glob without a match, no job in the folder, a full disk, a signal",
		remedy:  "Read the message, which names the file and what was expected.",
	},
	{
		status: statusFailed, commands: []string{"job read"},
		meaning: "the piece was not read, and a further try may read it: an input or the folder of the job cannot be " +
			"read, a full disk, a signal",
		remedy: "Let the engine try again, on another machine if it can.",
	},
	{
		status: statusFailed, commands: []string{"run", "job publish"},
		meaning: "failed and published nothing: a missing file, a glob without a match, a wiki that cannot be asked to " +
			"the end or is another, a full disk, a signal",
		remedy: "Read the last message, which names the file and what was expected, and mend that. If the message " +
			"says that finished parts are kept, run the same command with `--resume`.",
	},
	{
		status: statusFailed, commands: []string{"check", "show", "templates"},
		meaning: "failed: a missing file, a glob without a match, a signal",
		remedy:  "Read the message, which names the file and what was expected.",
	},
	{
		status: statusFailed, commands: []string{"report"},
		meaning: "failed and wrote no report: nothing was published there, a file of the version is damaged, the " +
			"folder to write is something other than a report, a full disk, a signal",
		remedy: "Read the message. If nothing was published yet, `hemicycle run` has to come first. If a file is " +
			"damaged, run again, or restore the version from a copy.",
	},
	{
		status: statusFailed, commands: []string{"chart"},
		meaning: "failed and wrote no chart: nothing was published there, a file of the version is damaged, no such " +
			"election, no seats to draw",
		remedy: "Read the message, which names the nearest election if there is one. If a file is damaged, run " +
			"again, or restore the version from a copy.",
	},
	{
		status: statusFailed, commands: []string{"diff"},
		meaning: "failed: nothing was published there, a file of a version is damaged or has tables of other meanings, a " +
			"full disk, a signal; a file to write is as it was before",
		remedy: "Read the message, which names the file. If a file is damaged, restore the version from a copy.",
	},
	{
		status: statusFailed, commands: []string{"list", "lint", "schema", "version"},
		meaning: "failed: standard output cannot be written",
		remedy:  "Give it a standard output that can be written.",
	},
	{
		status: statusFailed, commands: []string{"mirror"},
		meaning: "failed: a wiki that cannot be asked to the end or is another, a full disk, a signal",
		remedy: "Read the message. What was fetched is kept: run the command again. If the wiki asks to come again " +
			"later, the message says when.",
	},
	{
		status: statusFailed, commands: []string{"publish"},
		meaning: "failed and sent nothing: nothing was published in the output folder, or a version of another pipeline",
		remedy:  "Read the message. If nothing was published yet, `hemicycle run` has to come first.",
	},
	{
		status: statusUsage, commands: []string{"job read"},
		meaning: "the piece was not read, and a further try ends the same: wrong usage, no such piece, another build of " +
			"the program or other inputs than the job was planned with",
		remedy: "Do not try again. Install the same build on every machine, and plan the job again if its inputs have " +
			"changed.",
	},
	{
		status: statusUsage, commands: []string{"job publish"},
		meaning: "wrong usage, or another build of the program or other inputs than the job was planned with",
		remedy:  "Read the message. Publish with the build that has read the pieces, or plan the job again.",
	},
	{
		status: statusUsage, commands: []string{"run", "lint", "mirror", "publish", "job plan"},
		meaning: "wrong usage, or a pipeline file with problems",
		remedy:  "Read the message, which names the flag, or the line and column of the pipeline file.",
	},
	{
		status: statusUsage,
		commands: []string{
			"check", "show", "list", "schema", "templates", "report", "chart", "diff", "version", "job status", "job clean",
		},
		meaning: "wrong usage",
		remedy:  "Read the message, which names the argument and what was expected; `--help` lists the flags.",
	},
	{
		status: statusDoubtful, commands: []string{"run", "job publish"},
		meaning: "published, but with more error findings or rejects than the pipeline allows, or a source is incomplete " +
			"and the pipeline lets that through, or the dump has names of boxes that the pipeline lacks, or a document " +
			"made the program fail, or more pages of a live wiki are stale than the pipeline allows; or nothing has " +
			"changed since a version that was published so",
		remedy: "The new version is current. The message names the first pages. Look at the view `doubts` and the " +
			"table `rejects`. Then mend the pages, or raise `allow`, change the severity of a check, or add the names that " +
			"the message lists to `templates`. If a reject has the reason `internal-error`, report it with the document " +
			"and the stack that the log shows: it is a fault of the program, and no allowance covers it. Of an " +
			"incomplete source, the table `sources` says what is missing.",
	},
	{
		status: statusDoubtful, commands: []string{"check"},
		meaning: "read, but a check found an error, or a document or box was rejected, or a file is incomplete",
		remedy: "Read what is printed. If a document was rejected as `internal-error`, report it with the document " +
			"and the stack on standard error.",
	},
	{
		status: statusDoubtful, commands: []string{"show"},
		meaning: "read, but the document or a box of it was rejected, or the file is incomplete",
		remedy: "Read the reason on standard error. If it is `internal-error`, report it with the document and the " +
			"stack beside it.",
	},
	{
		status: statusUnexpected, commands: []string{"run", "job publish"},
		meaning: "not published: a source is incomplete (cut short, damaged, unreadable, without a page that is lost to " +
			"damage), or the run found less than the pipeline expects, for instance no election at all",
		remedy: "The old version is still current. The message names the file, the place and the share that is " +
			"missing, or says what was expected and what was found. Get an incomplete source again, or let it through " +
			"with `allow: {incomplete_sources: 1}`; if a source has really become smaller, change `expect` in the " +
			"pipeline.",
	},
	{
		status: statusUnexpected, commands: []string{"check"},
		meaning: "read, but there is no election in the files",
		remedy:  "Look whether the files are the right ones: the message says what an election box looks like.",
	},
	{
		status: statusOutputInUse, commands: []string{"job plan"},
		meaning: "the folder holds another job: other inputs, another pipeline, another build or other pieces",
		remedy:  "Name another folder, or plan with `--again` in its place.",
	},
	{
		status: statusOutputInUse, commands: []string{"mirror"},
		meaning: "another process changes the mirror",
		remedy:  "Wait for the other process.",
	},
	{
		status: statusOutputInUse, commands: []string{"run", "job publish"},
		meaning: "another run holds the output folder or a mirror; nothing was published",
		remedy: "Wait for the other run, or choose another folder with `--output`. The system releases the lock when " +
			"a process ends, so `.lock` never has to be deleted.",
	},
	{
		status: statusOutputInUse, commands: []string{"publish"},
		meaning: "a run holds the output folder",
		remedy:  "Nothing, if the run is of the same pipeline: it sends its version itself.",
	},
	{
		status: statusUndelivered, commands: []string{"run", "publish", "job publish"},
		meaning: "published in the output folder, with or without doubts, but not in object storage: no credentials, a " +
			"server that cannot be reached or refuses, a file of the version that is damaged, a signal during the upload",
		remedy: "The version in object storage is still the old one, whole. Read the message and mend what it says, then " +
			"run `hemicycle publish` with the pipeline, which sends what is missing. The next run does so too, even if " +
			"nothing has changed. The manifest has the status that the run would have had otherwise.",
	},
	{
		status: statusOvertaken, commands: []string{"run", "publish", "job publish"},
		meaning: "published in the output folder, but in the same place in object storage somebody else has published " +
			"a newer version, or another one while this one was sent",
		remedy: "The version of the other publisher is current in object storage. Let two pipelines publish to two " +
			"prefixes. If one pipeline runs in two places for safety, nothing has to be done.",
	},
}

// withStatuses adds the exit statuses of a command to its help.
func withStatuses(command, long string) string {
	var b strings.Builder
	b.WriteString(strings.TrimSpace(long) + "\n\nExit status:")
	for _, u := range statusUses {
		if slices.Contains(u.commands, command) {
			b.WriteString("\n" + hang(fmt.Sprintf("  %d  ", u.status), u.meaning))
		}
	}
	return b.String()
}

// helpWidth is how many columns help has.
const helpWidth = 100

// hang returns a text in lines of at most helpWidth columns, the first behind a label and the others below it.
func hang(label, text string) string {
	var b strings.Builder
	b.WriteString(label)
	column := len(label)
	for i, word := range strings.Fields(text) {
		switch {
		case i == 0:
		case column+1+len(word) > helpWidth:
			b.WriteString("\n" + strings.Repeat(" ", len(label)))
			column = len(label)
		default:
			b.WriteString(" ")
			column++
		}
		b.WriteString(word)
		column += len(word)
	}
	return b.String()
}

// failure is an error with the exit status that it means.
type failure struct {
	status int
	err    error // nil if everything was said before
}

func (f *failure) Error() string {
	if f.err == nil {
		return ""
	}
	return f.err.Error()
}

func (f *failure) Unwrap() error { return f.err }

// usageError returns the failure of a command that is used wrongly.
func usageError(format string, args ...any) error {
	return &failure{statusUsage, fmt.Errorf(format, args...)}
}

// failureOf finds the exit status of an error. It returns nil for an error that is not ours.
func failureOf(err error) *failure {
	var f *failure
	var file *fs.PathError
	switch {
	case errors.Is(err, syscall.EPIPE): // nobody is left to read a message
		return &failure{status: statusFailed}
	case errors.Is(err, version.ErrHeld):
		return &failure{statusOutputInUse, err}
	case errors.As(err, new(*mirror.BusyError)):
		return &failure{statusOutputInUse, err}
	case errors.Is(err, pipelines.ErrNotAFile), errors.As(err, new(*mediawiki.UsageError)):
		return &failure{statusUsage, err}
	case errors.As(err, &f):
		return f
	case errors.As(err, &file): // of standard output, if nobody wrapped it
		return &failure{statusFailed, err}
	}
	return nil
}
