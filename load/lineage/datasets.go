package lineage

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"

	"hemicycle/load/version"
	"hemicycle/schemas/tables"
)

// Columns rest on the parameters of a box, whatever file the box is in. So the box is an input of its own, with its
// parameters as fields.
const (
	boxNamespace = "mediawiki"
	boxName      = "Template:Infobox election"
)

// maxInputs is how many files of the input an event names.
const maxInputs = 100

// inputs returns what a version was made from: the box, with what the checks and expectations said of it, and the
// files.
func (r *Run) inputs(m *version.Manifest) []dataset {
	var fields []map[string]any
	for _, parameter := range r.parameters() {
		fields = append(fields, map[string]any{"name": parameter, "type": "wikitext"})
	}
	all := []dataset{{
		Namespace: boxNamespace, Name: boxName,
		Facets: facets{"schema": facet("facets/1-0-0/SchemaDatasetFacet", map[string]any{"fields": fields})},
		InputFacets: facets{
			"dataQualityAssertions": facet("facets/1-0-1/DataQualityAssertionsDatasetFacet",
				map[string]any{"assertions": r.assertions(m)}),
		},
	}}
	for i := range m.Inputs[:min(len(m.Inputs), maxInputs)] {
		input := &m.Inputs[i]
		d := dataset{Namespace: "file", Name: input.URI}
		if input.SHA256 != "" {
			d.Facets = facets{"version": facet("facets/1-0-0/DatasetVersionDatasetFacet",
				map[string]any{"datasetVersion": input.SHA256})}
		}
		all = append(all, d)
	}
	return all
}

// assertions returns what the checks and the expectations of the pipeline said. A check fails if it found an error.
func (r *Run) assertions(m *version.Manifest) []map[string]any {
	all := []map[string]any{}
	for _, id := range r.job.Checks {
		all = append(all, map[string]any{"assertion": id, "success": m.Findings[id].Errors == 0})
	}
	for _, e := range m.Expectations {
		all = append(all, map[string]any{
			"assertion": fmt.Sprintf("%s of %s: %s", e.Subject, e.Source, e.Expected), "success": e.Met,
		})
	}
	return all
}

// outputs returns the tables of a version, each by the path through which the current version is read.
func (r *Run) outputs(o *Outcome) []dataset {
	all := []dataset{}
	for _, t := range tables.All() {
		var rows, bytes int64
		isThere := false
		for _, f := range o.Manifest.Files {
			if f.Table == t.Name && path.Ext(f.Path) == ".parquet" {
				rows, bytes, isThere = rows+f.Rows, bytes+f.Bytes, true
			}
		}
		if !isThere {
			continue
		}
		var fields []map[string]any
		for i := range t.Columns {
			c := &t.Columns[i]
			fields = append(fields, map[string]any{"name": c.Name, "type": c.Type.SQL(), "description": c.Meaning})
		}
		d := dataset{
			Namespace: "file", Name: filepath.ToSlash(filepath.Join(o.Output, "parquet", t.Name)),
			Facets: facets{
				"schema": facet("facets/1-0-0/SchemaDatasetFacet", map[string]any{"fields": fields}),
				"version": facet("facets/1-0-0/DatasetVersionDatasetFacet",
					map[string]any{"datasetVersion": o.Manifest.Run}),
				"documentation": facet("facets/1-0-0/DocumentationDatasetFacet", map[string]any{"description": t.Row}),
			},
			OutputFacets: facets{
				"outputStatistics": facet("facets/1-0-1/OutputStatisticsOutputDatasetFacet",
					map[string]any{"rowCount": rows, "size": bytes}),
			},
		}
		if lineage := r.columnLineage(t); len(lineage) > 0 {
			d.Facets["columnLineage"] = facet("facets/1-0-1/ColumnLineageDatasetFacet", map[string]any{"fields": lineage})
		}
		all = append(all, d)
	}
	return all
}

// columnLineage returns, for each column of a table that rests on the box, the parameters that it rests on.
func (r *Run) columnLineage(t *tables.Table) map[string]any {
	lineage := map[string]any{}
	for i := range t.Columns {
		var fields []map[string]any
		for _, parameter := range r.parametersOf(t.Name+"."+t.Columns[i].Name, nil) {
			fields = append(fields, map[string]any{"namespace": boxNamespace, "name": boxName, "field": parameter})
		}
		if len(fields) > 0 {
			lineage[t.Columns[i].Name] = map[string]any{"inputFields": fields}
		}
	}
	return lineage
}

// parametersOf returns the parameters that a column rests on: those that fill it, and those of the columns from which
// it is computed. The columns in seen were followed before.
func (r *Run) parametersOf(column string, seen []string) []string {
	if slices.Contains(seen, column) {
		return nil
	}
	seen = append(seen, column)
	var all []string
	for _, rule := range r.job.Rules {
		if slices.Contains(rule.Columns, column) {
			all = append(all, rule.Parameters...)
		}
	}
	for _, from := range tables.ComputedFrom(column) {
		all = append(all, r.parametersOf(from, seen)...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// parameters returns all parameters that a rule reads.
func (r *Run) parameters() []string {
	var all []string
	for _, rule := range r.job.Rules {
		all = append(all, rule.Parameters...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
