package pipelines

import (
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"hemicycle/extract/boxnames"
	"hemicycle/load"
	"hemicycle/load/lineage"
	"hemicycle/load/partition"
	"hemicycle/load/version"
	"hemicycle/pipelines/wikifile"
	"hemicycle/schemas"
	"hemicycle/transform"
)

// fileKey declares one key of a pipeline file. The parser reads the file by these declarations, and
// docs/pipelines.md is generated from them. parse.go reads the form of the file, whatever its keys are.
type fileKey struct {
	name         string
	value        string // what the value is, in words
	required     bool
	neverEmpty   bool   // whether the key, if it stands there, needs a value
	defaultValue string // as YAML or in words; "" if nothing takes the place of the key
	meaning      string
	example      string // a value as YAML on one line
	read         func(r *fileReader, name string, n ast.Node)
}

// pipelineKeys are the keys of the file itself.
var pipelineKeys = []fileKey{
	{
		name: "name", value: "text", required: true,
		meaning: "Names the pipeline in the manifest, in the table `runs` and in messages. Shares of the last " +
			"version are compared only with a version of a pipeline of the same name.",
		example: "north_africa",
		read:    func(r *fileReader, name string, n ast.Node) { r.pipeline.Name = r.text(n, name) },
	},
	{
		name: "description", value: "text",
		meaning: "Says in a line what the pipeline is for; `hemicycle list pipelines` shows that of an embedded one.",
		example: "pages on the elections of North Africa",
		read:    func(r *fileReader, name string, n ast.Node) { r.pipeline.Description = r.text(n, name) },
	},
	{
		name: "sources", value: "list of [sources](#sources)", required: true,
		meaning: "Where the documents are. They are read in this order, and of two elections with the same identity " +
			"the first is published.",
		example: "[{files: [pages/*]}]",
		read:    func(r *fileReader, name string, n ast.Node) { r.list(n, name, r.readSource) },
	},
	{
		name: "wikis", value: "list of texts", defaultValue: "no files",
		meaning: "Wiki files: how the election boxes of further wikis are written. They take precedence over those that " +
			"come with the program. [languages.md](languages.md) describes them.",
		example: "[my_wiki.yaml]",
		read:    (*fileReader).readWikis,
	},
	{
		name: "templates", value: "names with a box each", defaultValue: "{}",
		meaning: "Further names of the election boxes, such as redirects to them, each with the box that it stands " +
			"for: `Infobox election` or `Infobox legislative election`. `hemicycle templates DUMP` prints those of a " +
			"wiki.",
		example: "{Infobox Elections: Infobox election}",
		read:    (*fileReader).readTemplates,
	},
	{
		name: "checks", value: "[checks](#checks) with a severity each", defaultValue: "{}",
		meaning: "Changes the severity of checks: `note`, `warn` or `error`. `off` turns a check off, so that it " +
			"leaves no finding.",
		example: "{percent-coverage: note, name-variants: off}",
		read:    (*fileReader).readChecks,
	},
	{
		name: "contests", value: "true or false", defaultValue: "false",
		meaning: "Reads the tables of results of wikitext pages too ([results](results.md)), also of pages without an " +
			"election box, into the tables `contests`, `contest_results`, `contest_fields` and `contest_findings`. The " +
			"output of a whole wiki is about ten times as large.",
		example: "true",
		read:    func(r *fileReader, name string, n ast.Node) { r.pipeline.Contests = r.boolean(n, name) },
	},
	{
		name: "allow", value: "[allowances](#allowances)", defaultValue: "all 0",
		meaning: "How much may be wrong: before a run that is published ends with status 3, and, for incomplete " +
			"sources, before nothing is published.",
		example: "{errors: 0, rejects: 2}",
		read:    func(r *fileReader, name string, n ast.Node) { r.mapping(n, name, allowKeys) },
	},
	{
		name: "sinks", value: "list of [sinks](#sinks)", defaultValue: "[parquet, duckdb]",
		meaning: "What is written. `parquet` must be among them.",
		example: "[parquet, duckdb, jsonl]",
		read:    (*fileReader).readSinks,
	},
	{
		name: "partition", value: "`wiki`", neverEmpty: true,
		meaning: "Lays the tables that belong to pages out by wiki, in folders such as `results/wiki=enwiki/`. A run then " +
			"replaces the rows of the wikis that it reads, and keeps those of all others in the output: see " +
			"[operations.md](operations.md#one-output-for-many-wikis). The sink `jsonl` cannot be laid out so.",
		example: "wiki",
		read:    (*fileReader).readPartition,
	},
	{
		name: "keep", value: "[what is kept](#old-versions)", defaultValue: "{versions: 3}",
		meaning: "Which old versions stay in the output folder when another one is published.",
		example: "{versions: 5, days: 30}",
		read:    func(r *fileReader, name string, n ast.Node) { r.mapping(n, name, keepKeys) },
	},
	{
		name: "publish", value: "[object storage](#object-storage)", neverEmpty: true,
		meaning: "Sends each version to object storage, after it is published in the output folder.",
		example: "{to: s3://bucket/elections}",
		read:    (*fileReader).readPublish,
	},
	{
		name: "lineage", value: "text",
		meaning: "A file to which each run appends its OpenLineage events, or the http or https address of a server that " +
			"takes them. A relative file starts from the folder of the pipeline file. `--lineage` takes its place.",
		example: "https://lineage.example.org/api/v1/lineage",
		read: func(r *fileReader, name string, n ast.Node) {
			r.pipeline.Lineage = r.checkedText(n, name, lineage.CheckDestination)
		},
	},
	{
		name: "after", value: "list of texts", neverEmpty: true,
		meaning: "A program and its arguments, which is run when a run has ended, however it ended. No shell reads them. " +
			"A program with a relative path starts from the folder of the pipeline file, in which it runs. The variables " +
			"that begin with HEMICYCLE_ tell it the outcome. A program that fails is a warning.",
		example: "[./notify, --channel, elections]",
		read:    (*fileReader).readAfter,
	},
	{
		name: "after_seconds", value: "whole number", defaultValue: "300",
		meaning: "How long the program of `after` may take, from 1 to 86400. Then it is ended, with all that it started.",
		example: "60",
		read:    (*fileReader).readAfterSeconds,
	},
}

// keepKeys are the keys of keep.
var keepKeys = []fileKey{
	{
		name: "versions", value: "whole number from 1", defaultValue: "3",
		meaning: "The newest versions stay, so many with the current one. So do as many versions that differ from the " +
			"one before, and at least the last that does and the one before it.",
		example: "5",
		read:    func(r *fileReader, name string, n ast.Node) { r.keptCount(&r.pipeline.Keep.Versions, 1, n, name) },
	},
	{
		name: "days", value: "whole number", defaultValue: "0",
		meaning: "Versions that differ from the one before stay for so many days too, however many they are.",
		example: "30",
		read:    func(r *fileReader, name string, n ast.Node) { r.keptCount(&r.pipeline.Keep.Days, 0, n, name) },
	},
}

// keptCount reads a number of versions or days.
func (r *fileReader) keptCount(to *int64, least int64, n ast.Node, name string) {
	v := r.number(n, name)
	switch {
	case v == nil:
	case *v < least || *v > version.MaxKept:
		r.problem(n, "%s: expected a whole number from %d to %d, found %d", name, least, version.MaxKept, *v)
	default:
		*to = *v
	}
}

// sourceKeys are the keys of one source.
var sourceKeys = []fileKey{
	{
		name: "name", value: "text", defaultValue: "`source` and its number",
		meaning: "Names the source in messages and in the manifest. No two sources have the same name.",
		example: "pages",
		read: func(r *fileReader, name string, n ast.Node) {
			r.source.Name, r.sourceName = r.text(n, name), n
		},
	},
	{
		name: "files", value: "list of texts, or `--from`", neverEmpty: true,
		meaning: "Files, globs, and folders of exports. A relative one starts from the folder of the pipeline file. " +
			"`--from` means that they are named on the command line. A source has either `files` or `live`.",
		example: "[pages/*, /srv/exports/enwiki]",
		read:    (*fileReader).readFiles,
	},
	{
		name: "wiki", value: "text",
		meaning: "The database name of the wiki that the pages are from, for pages that do not say so themselves. " +
			"Their addresses are made from it.",
		example: "enwiki",
		read:    (*fileReader).readWiki,
	},
	{
		name: "live", value: "[selection of pages](#live-wikis)", neverEmpty: true,
		meaning: "Asks the wiki for the pages and keeps them in a mirror, instead of reading files.",
		example: "{contact: elections@example.org}",
		read:    (*fileReader).readLive,
	},
	{
		name: "namespaces", value: "list of whole numbers", defaultValue: "[0]",
		meaning: "The namespaces of a dump, a snapshot or a live wiki whose pages are read; 0 is that of articles.",
		example: "[0, 2]",
		read:    func(r *fileReader, name string, n ast.Node) { r.list(n, name, r.readNamespace) },
	},
	{
		name: "titles", value: "regular expression, or `default`",
		meaning: "Reads only the streams of a multistream dump that hold a page with a title that matches; `default` " +
			"matches the titles of elections. Without the key, all streams are read.",
		example: "default",
		read:    (*fileReader).readTitles,
	},
	{
		name: "verify", value: "true or false", defaultValue: "false",
		meaning: "Compares each dump with the `SHA256SUMS` beside it before reading it.",
		example: "true",
		read:    func(r *fileReader, name string, n ast.Node) { r.source.Verify = r.boolean(n, name) },
	},
	{
		name: "expect", value: "[figures](#expectations) with bounds each", defaultValue: "{elections: {min: 1}}",
		meaning: "Bounds of figures of the source. If one is not met, nothing is published, and the run ends with " +
			"status 4. A source must have at least one election, whatever else is expected, unless `elections` has " +
			"bounds of its own.",
		example: "{elections: {min: 20, share_of_last: 0.9}, errors: 0}",
		read: func(r *fileReader, name string, n ast.Node) {
			r.entries(n, name, r.readExpectation)
		},
	},
}

// boundKeys are the keys of an expectation that is not just one number.
var boundKeys = []fileKey{
	{
		name: "min", value: "whole number",
		meaning: "The figure is at least this.",
		example: "20",
		read:    func(r *fileReader, name string, n ast.Node) { r.expectation.Min = r.number(n, name) },
	},
	{
		name: "max", value: "whole number",
		meaning: "The figure is at most this.",
		example: "30",
		read:    func(r *fileReader, name string, n ast.Node) { r.expectation.Max = r.number(n, name) },
	},
	{
		name: "share_of_last", value: "number above 0 and at most 1",
		meaning: "The figure is at least this share of what the last published version had. If there is no last " +
			"version of the same pipeline, the share counts as met.",
		example: "0.9",
		read:    func(r *fileReader, name string, n ast.Node) { r.expectation.ShareOfLast = r.share(n, name) },
	},
}

// allowKeys are the keys of allow.
var allowKeys = []fileKey{
	{
		name: "errors", value: "whole number", defaultValue: "0",
		meaning: "How many findings of the severity `error` a run may have.",
		example: "5",
		read:    func(r *fileReader, name string, n ast.Node) { r.count(&r.pipeline.Allow.Errors, n, name) },
	},
	{
		name: "rejects", value: "whole number", defaultValue: "0",
		meaning: "How many documents and boxes together may be rejected. A document that is rejected as " +
			"`internal-error` leads to status 3 in any case.",
		example: "2",
		read:    func(r *fileReader, name string, n ast.Node) { r.count(&r.pipeline.Allow.Rejects, n, name) },
	},
	{
		name: "stale", value: "whole number", defaultValue: "0",
		meaning: "How many pages of live wikis may be read in an older revision, since the wiki did not give the newest " +
			"one.",
		example: "10",
		read:    func(r *fileReader, name string, n ast.Node) { r.count(&r.pipeline.Allow.Stale, n, name) },
	},
	{
		name: "incomplete_sources", value: "whole number", defaultValue: "0",
		meaning: "How many sources may be incomplete: cut short, damaged, unreadable, or without a page that is lost to " +
			"damage. A run with more of them is not published, and ends with status 4, whatever `rejects` allows. " +
			"One with as many is published, and ends with status 3.",
		example: "1",
		read: func(r *fileReader, name string, n ast.Node) {
			r.count(&r.pipeline.Allow.IncompleteSources, n, name)
		},
	},
}

// readSource reads a source and adds it to the pipeline.
func (r *fileReader) readSource(n ast.Node) {
	s := Source{Name: fmt.Sprintf("source %d", len(r.pipeline.Sources)+1)}
	r.source, r.sourceName = &s, n
	r.mapping(n, "a source", sourceKeys)
	r.checkOrigin(n)
	for _, other := range r.pipeline.Sources {
		if other.Name == s.Name {
			r.problem(r.sourceName, "two sources are named %s", s.Name)
		}
	}
	r.pipeline.Sources = append(r.pipeline.Sources, s)
}

// readTemplates reads `Name of a redirect: Infobox election`.
func (r *fileReader) readTemplates(name string, n ast.Node) {
	known := boxTemplates()
	r.pipeline.Templates = map[string]string{}
	r.entries(n, name, func(redirect string, at, value ast.Node) {
		if err := boxnames.CheckName(redirect); err != nil {
			r.problem(at, "%s: %v", name, err)
		}
		template := r.text(value, redirect)
		if template != "" && !slices.Contains(known, template) {
			r.unknown(value, "box", template, known)
		}
		r.pipeline.Templates[redirect] = template
	})
}

// readWikis reads the paths of wiki files, which Open reads.
func (r *fileReader) readWikis(name string, n ast.Node) {
	r.list(n, name, func(n ast.Node) {
		path := r.text(n, name)
		if path == "" {
			return
		}
		if err := checkLocalPaths(path); err != nil {
			r.problem(n, "%s: %v", name, err)
		}
		r.pipeline.Wikis = append(r.pipeline.Wikis, wikifile.File{Path: path})
	})
}

func (r *fileReader) readWiki(name string, n ast.Node) {
	r.source.Wiki = r.text(n, name)
}

// maxNamespace is the largest number that MediaWiki gives a namespace.
const maxNamespace = 32767

func (r *fileReader) readNamespace(n ast.Node) {
	number := r.number(n, "namespaces")
	if number == nil {
		return
	}
	if *number > maxNamespace {
		r.problem(n, "namespaces: expected the number of a namespace, 0 for articles, found %d", *number)
		return
	}
	r.source.Namespaces = append(r.source.Namespaces, int(*number))
}

func (r *fileReader) readTitles(name string, n ast.Node) {
	pattern := r.text(n, name)
	if pattern == "" {
		return
	}
	titles, err := compileTitles(pattern)
	if err != nil {
		r.problem(n, "%v", err)
	}
	r.source.Titles = titles
}

// filesFromCommandLine says that the files of a source are named on the command line.
const filesFromCommandLine = "--from"

func (r *fileReader) readFiles(name string, n ast.Node) {
	if word, ok := scalar(n); ok && word == filesFromCommandLine {
		return
	}
	r.list(n, name, func(n ast.Node) {
		path := r.text(n, name)
		if path == "" {
			return
		}
		if err := checkLocalPaths(path); err != nil {
			r.problem(n, "%s: %v", name, err)
		}
		r.source.Files = append(r.source.Files, path)
	})
}

// readExpectation reads `elections: 1`, or `elections: {min: 1, max: 3, share_of_last: 0.9}`.
func (r *fileReader) readExpectation(name string, at, n ast.Node) {
	if !slices.Contains(figureNames(), name) {
		r.unknown(at, "expectation", name, figureNames())
		return
	}
	n, ok := r.plain(n)
	if !ok {
		return
	}
	e := Expectation{Subject: name}
	if _, isMapping := n.(*ast.MappingNode); !isMapping {
		e.Min = r.number(n, name)
		e.Max = e.Min
	} else {
		before := len(r.Problems)
		r.expectation = &e
		r.mapping(n, name, boundKeys)
		switch {
		case !e.hasBound() && len(r.Problems) == before:
			r.problem(n, "%s: expected a number, or some of min, max and share_of_last", name)
		case e.Min != nil && e.Max != nil && *e.Min > *e.Max:
			r.problem(n, "%s: min %d is above max %d", name, *e.Min, *e.Max)
		}
	}
	if e.hasBound() {
		r.source.Expect = append(r.source.Expect, e)
	}
}

// severities are the severities that a pipeline can give a check, from harmless to grave.
var severities = []string{"note", "warn", "error", "off"}

func (r *fileReader) readChecks(name string, n ast.Node) {
	var ids []string
	for _, c := range transform.Checks() {
		ids = append(ids, c.ID)
	}
	r.entries(n, name, func(id string, at, value ast.Node) {
		if !slices.Contains(ids, id) {
			r.unknown(at, "check", id, ids)
			return
		}
		severity := strings.ToLower(r.text(value, id))
		switch {
		case severity == "off" || severity == "false": // a YAML 1.1 reader makes off a false
			r.pipeline.Checks[id] = schemas.Skip
		case slices.Contains(severities, severity):
			r.pipeline.Checks[id] = schemas.Status(severity)
		case severity != "":
			r.unknown(value, "severity", severity, severities)
		}
	})
}

func (r *fileReader) count(to *int64, n ast.Node, name string) {
	if v := r.number(n, name); v != nil {
		*to = *v
	}
}

func (r *fileReader) readSinks(name string, n ast.Node) {
	var known []string
	for _, k := range load.Kinds() {
		known = append(known, k.Name)
	}
	var sinks []string
	r.list(n, name, func(n ast.Node) {
		sink := r.text(n, name)
		switch {
		case sink == "":
		case !slices.Contains(known, sink):
			r.unknown(n, "sink", sink, known)
		case slices.Contains(sinks, sink):
			r.problem(n, "the sink %s stands twice", sink)
		default:
			sinks = append(sinks, sink)
		}
	})
	r.pipeline.Sinks = sinks
	if len(sinks) > 0 && !slices.Contains(sinks, load.Parquet) {
		r.problem(n, "%s: parquet is missing, and every pipeline writes it", name)
	}
}

func (r *fileReader) readPartition(name string, n ast.Node) {
	switch layout := r.text(n, name); layout {
	case "", partition.ByWiki:
		r.pipeline.Partition = layout
		r.partition = n
	default:
		r.unknown(n, "layout", layout, []string{partition.ByWiki})
	}
}

// checkPartition adds what in the file does not go with a layout by wiki.
func (r *fileReader) checkPartition() {
	p := r.pipeline
	if p.Partition == "" {
		return
	}
	if slices.Contains(p.Sinks, load.JSONLines) {
		r.problem(r.partition, "partition: the sink jsonl has one file per table, of which one wiki cannot be replaced: "+
			"leave out one of the two")
	}
	for i := range p.Sources {
		if err := partition.CheckWiki(p.Sources[i].Wiki); err != nil {
			r.problem(r.partition, "partition: the source %s: wiki: %v", schemas.Printable(p.Sources[i].Name), err)
		}
	}
}
