package pipelines

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"hemicycle/load"
	"hemicycle/load/partition"
	"hemicycle/load/version"
	"hemicycle/schemas/tables"
)

// This file has what a run does in an output that is laid out by wiki: it makes the rows of the wikis that it reads,
// and keeps those of all others. Rows that belong to pages are in files of their own for each wiki, which are taken
// over as they are. The few tables that say of which wikis a row is are written anew.

// dropOthersHint says how to publish without the rows of other wikis.
const dropOthersHint = "or run once with --drop-others to publish without them"

// openBase opens the current version if rows of it may be kept. It returns an error if they could not be.
func (r *activeRun) openBase() error {
	m, err := r.output.CurrentManifest()
	isByWiki := r.pipeline.Partition != ""
	switch {
	case r.options.DropOthers || err == nil && m == nil:
		return nil
	case err != nil && !isByWiki:
		return nil // nothing of it is needed
	case err != nil:
		return fmt.Errorf("the rows of other wikis cannot be kept: %w", err)
	case !isByWiki && m.Layout != "":
		return fmt.Errorf("the output is laid out by wiki and has rows of %s, which a run of the pipeline %s would drop: "+
			"add `partition: wiki` to the pipeline, %s", namedWikis(wikisOf(m)), r.pipeline.Name, dropOthersHint)
	case !isByWiki:
		return nil
	}
	if r.base, err = r.output.Current(); err != nil {
		return fmt.Errorf("the rows of other wikis cannot be kept: %w", err)
	}
	var taken []string
	for _, run := range m.EarlierRuns {
		taken = append(taken, run.Run)
	}
	r.account.run.ID = r.output.NewRunID(r.account.run.StartedAt, taken...)
	// What is known already is refused before anything is read.
	isDeclared := !slices.ContainsFunc(r.pipeline.Sources, func(s Source) bool { return s.Wiki == "" })
	if isDeclared && m.Layout != "" {
		return r.checkOthers(r.account.wikisRead())
	}
	return nil
}

// wikisOf returns the wikis of a version that is laid out by wiki.
func wikisOf(m *version.Manifest) (wikis []string) {
	for _, p := range m.Partitions {
		wikis = append(wikis, p.Wiki)
	}
	return wikis
}

// maxNamedWikis is how many wikis a message names.
const maxNamedWikis = 5

// namedWikis names wikis in a message.
func namedWikis(wikis []string) string {
	var names []string
	for _, wiki := range wikis[:min(len(wikis), maxNamedWikis)] {
		if wiki == "" {
			wiki = "pages of no wiki"
		}
		names = append(names, wiki)
	}
	if more := len(wikis) - maxNamedWikis; more > 0 {
		names = append(names, fmt.Sprintf("%d more", more))
	}
	return strings.Join(names, ", ")
}

// checkOthers returns an error if the rows of the wikis that the run does not read cannot be kept.
func (r *activeRun) checkOthers(own []string) error {
	m := r.base.Manifest
	isOwn := func(wiki string) bool { return slices.Contains(own, wiki) }
	others := slices.DeleteFunc(wikisOf(m), isOwn)
	if len(others) > 0 && m.SchemaVersion != r.account.run.SchemaVersion {
		return fmt.Errorf("the rows of %s cannot be kept: their tables have schema version %s, and this program writes %s; "+
			"read all wikis again with one program, %s", namedWikis(others), m.SchemaVersion,
			r.account.run.SchemaVersion, dropOthersHint)
	}
	return nil
}

// checkOwners returns an error if the run met pages of a wiki that none of its sources is said to be of, and whose rows
// another pipeline made. Such pages would replace all rows of that wiki.
func (r *activeRun) checkOwners(own []string) error {
	m := r.base.Manifest
	for _, wiki := range own {
		run := m.RunOfWiki(wiki)
		if run == nil || run.Pipeline == r.pipeline.Name || slices.Contains(r.account.wikis, wiki) && wiki != "" {
			continue
		}
		return fmt.Errorf("the pipeline %s read pages of %s, which none of its sources names with the key wiki, and would "+
			"replace all rows that the pipeline %s made of that wiki: name the wiki at the source, or leave the pages out",
			r.pipeline.Name, namedWikis([]string{wiki}), run.Pipeline)
	}
	return nil
}

// keepOthers decides which rows of the current version are kept, and writes those that are not in files of one wiki. It
// is called when everything is read, and only then are the wikis of the run known.
func (r *activeRun) keepOthers(ctx context.Context) error {
	if r.pipeline.Partition == "" {
		return nil
	}
	own := r.account.wikisRead()
	r.account.run.Wikis = own
	for _, s := range r.sinks {
		if partitioned, ok := s.(load.PartitionSink); ok {
			for _, wiki := range own {
				partitioned.MakePartition(wiki)
			}
		}
	}
	if r.base == nil {
		return nil
	}
	if r.base.Manifest.Layout == "" {
		return r.checkWholeBase(ctx, own)
	}
	if err := errors.Join(r.checkOthers(own), r.checkOwners(own)); err != nil {
		return err
	}
	others := slices.DeleteFunc(wikisOf(r.base.Manifest), func(wiki string) bool { return slices.Contains(own, wiki) })
	for _, s := range r.sinks {
		if partitioned, ok := s.(load.PartitionSink); ok {
			for _, wiki := range others {
				partitioned.MakeOtherPartition(wiki)
			}
		}
	}
	if err := load.TakeOverFacts(ctx, r.sinks, r.base, others); err != nil {
		return fmt.Errorf("the rows of other wikis cannot be kept: %w", err)
	}
	for _, t := range tables.All() {
		if t.WikiColumn == "" {
			continue
		}
		if err := r.keepRows(ctx, t, own); err != nil {
			return fmt.Errorf("keeping the rows of other wikis: %w", err)
		}
	}
	return nil
}

// checkWholeBase returns an error if the current version, which is not laid out by wiki, has rows of a wiki that the
// run did not read.
func (r *activeRun) checkWholeBase(ctx context.Context, own []string) error {
	others := map[string]bool{}
	for _, table := range []string{"elections", "pages"} {
		err := r.base.EachRow(ctx, table, func(row version.Row) {
			if wiki := row.Text(partition.Column); !slices.Contains(own, wiki) {
				others[wiki] = true
			}
		})
		if err != nil {
			return fmt.Errorf("looking for rows of other wikis: %w", err)
		}
	}
	r.closeBase()
	if len(others) == 0 {
		return nil
	}
	return fmt.Errorf("the output is not laid out by wiki, so that the rows of %s cannot be kept: read all wikis in one "+
		"run first, %s", namedWikis(slices.Sorted(maps.Keys(others))), dropOthersHint)
}

// keepRows writes the rows of a table that are of other wikis. Of the wikis of a run, those stay that are not made
// anew.
func (r *activeRun) keepRows(ctx context.Context, t *tables.Table, own []string) error {
	at := slices.IndexFunc(t.Columns, func(c tables.Column) bool { return c.Name == t.WikiColumn })
	isList := t.Columns[at].Type.IsList()
	isOwn := func(wiki string) bool { return slices.Contains(own, wiki) }
	return r.base.Rows(ctx, t.Name, func(values []tables.Value) error {
		v := &values[at]
		if !isList && isOwn(v.Text) {
			return nil
		}
		if isList {
			others := slices.DeleteFunc(slices.Clone(v.Texts), isOwn)
			if len(others) == 0 {
				return nil
			}
			if t.Name == "runs" {
				v.Texts = others
			}
		}
		r.account.kept[t.Name]++
		for _, s := range r.sinks {
			if rows, ok := s.(load.RowSink); ok {
				if err := rows.WriteRow(t.Name, values); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// takeOverOthers gives the version the files of the wikis that the run did not read, and writes those from which a
// later version compares the elections of this run.
func (r *activeRun) takeOverOthers(ctx context.Context) ([]version.File, error) {
	if r.pipeline.Partition == "" {
		return nil, nil
	}
	facts, err := load.WriteFacts(r.output.Disk(), r.output.Staging(), r.sinks, r.account.run.Wikis)
	if err != nil || r.base == nil {
		return facts, err
	}
	taken, err := r.base.TakeOver(ctx, r.output.Disk(), r.output.Staging(), r.account.run.Wikis)
	if errors.Is(err, version.ErrOtherTables) {
		err = fmt.Errorf("%w; read all wikis again with one program, %s", err, dropOthersHint)
	}
	if err != nil {
		return nil, fmt.Errorf("the rows of other wikis cannot be kept: %w", err)
	}
	if len(taken) > 0 {
		r.watch.stage("keep other wikis")
	}
	return append(facts, taken...), nil
}

// enterWikis enters the wikis of a version and the files that it has taken over in the manifest.
func (r *activeRun) enterWikis(m *version.Manifest, taken []version.File) {
	if r.pipeline.Partition == "" {
		return
	}
	own := r.account.run.Wikis
	m.Files = mergeFiles(m.Files, taken)
	if r.base == nil {
		m.SetPartitions(own, nil)
		return
	}
	m.SetPartitions(own, r.base.Manifest)
	r.closeBase() // or it would be kept as one that is in use
	if kept := len(m.Partitions) - len(own); kept > 0 {
		r.options.Log.Info("kept", "wikis", kept, "made", namedWikis(own))
	}
}

// closeBase ends the use of the version of which rows are kept.
func (r *activeRun) closeBase() {
	if r.base == nil {
		return
	}
	if err := r.base.Close(); err != nil {
		r.options.Log.Warn("could not end the use of the version before", "error", err)
	}
	r.base = nil
}

// mergeFiles returns the files of a run and those that are taken over, in the order of the tables, and those of a table
// in the order of the wikis.
func mergeFiles(own, taken []version.File) []version.File {
	byTable := map[string][]version.File{}
	var order []string
	for _, f := range slices.Concat(own, taken) {
		if byTable[f.Table] == nil {
			order = append(order, f.Table)
		}
		byTable[f.Table] = append(byTable[f.Table], f)
	}
	var merged []version.File
	for _, table := range order {
		load.SortPartitions(byTable[table])
		merged = append(merged, byTable[table]...)
	}
	return merged
}
