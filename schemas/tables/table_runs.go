package tables

import "hemicycle/schemas"

var runs = Table{
	Name: "runs", WikiColumn: "wikis",
	Row: "a run that made these tables: one, or, where they are laid out by wiki, each that made the rows of a wiki; the " +
		"only table that knows the clock",
	Key: []string{"run_id"}, Primary: true, Rows: func(r schemas.Record) int { return oneIf(r.Run != nil) },
	Columns: []Column{
		{Name: "run_id", Type: String, Meaning: "name of the run and of its folder under versions",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Run.ID) }},
		{Name: "pipeline", Type: String, Meaning: "name of the pipeline",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Run.Pipeline) }},
		{Name: "started_at", Type: Timestamp, Meaning: "when the run began, an instant",
			Get: func(r schemas.Record, _ int) Value { return timeValue(r.Run.StartedAt) }},
		{Name: "finished_at", Type: Timestamp,
			Meaning: "when its last record was written, an instant, before the database was built",
			Get:     func(r schemas.Record, _ int) Value { return timeValue(r.Run.FinishedAt) }},
		{Name: "version", Type: String, Meaning: "version of the program",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Run.Version) }},
		{Name: "schema_version", Type: String, Meaning: "version of the tables",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Run.SchemaVersion) }},
		{Name: "wikis", Type: Strings, Null: true,
			Meaning: "the wikis whose rows are of this run, in order; an empty text stands for pages that are of none; " +
				"NULL where the tables are not laid out by wiki, and all rows are of one run",
			Get: func(r schemas.Record, _ int) Value { return Value{Valid: r.Run.Wikis != nil, Texts: r.Run.Wikis} }},
		{Name: "documents", Type: Bigint, Meaning: "documents met in all sources",
			Get: func(r schemas.Record, _ int) Value { return intValue(r.Run.Total.Documents) }},
		{Name: "elections", Type: Bigint, Meaning: "elections loaded",
			Get: func(r schemas.Record, _ int) Value { return intValue(r.Run.Total.Elections) }},
		{Name: "sound_elections", Type: Bigint, Meaning: "elections in which no check found an error",
			Get: func(r schemas.Record, _ int) Value { return intValue(r.Run.Sound) }},
		{Name: "rejected", Type: Bigint, Meaning: "documents that could not be read",
			Get: func(r schemas.Record, _ int) Value { return intValue(r.Run.Total.Rejected) }},
		{Name: "rejected_boxes", Type: Bigint, Meaning: "boxes that could not be read",
			Get: func(r schemas.Record, _ int) Value { return intValue(r.Run.Total.RejectedBoxes) }},
		{Name: "incomplete_sources", Type: Bigint,
			Meaning: "sources of which something is missing: those with is_complete false",
			Get:     func(r schemas.Record, _ int) Value { return intValue(r.Run.Total.Incomplete) }},
		{Name: "notes", Type: Bigint, Meaning: "findings with status note",
			Get: func(r schemas.Record, _ int) Value { return intValue(r.Run.Notes) }},
		{Name: "warnings", Type: Bigint, Meaning: "findings with status warn",
			Get: func(r schemas.Record, _ int) Value { return intValue(r.Run.Warnings) }},
		{Name: "errors", Type: Bigint, Meaning: "findings with status error",
			Get: func(r schemas.Record, _ int) Value { return intValue(r.Run.Errors) }},
	},
}
