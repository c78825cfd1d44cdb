package load

import (
	"context"

	"hemicycle/load/changes"
	"hemicycle/load/version"
	"hemicycle/schemas"
)

// changesInRecord is how many changes a record has at most.
const changesInRecord = 256

// WriteChanges writes the changes between two versions into sinks, and returns how many there are. The version after is
// the one that the sinks write; its other tables are finished. Files that do not fit into memory are in the folder
// scratch until it returns. If it fails because of the version before, nothing was written.
func WriteChanges(
	ctx context.Context, sinks []Sink, before, after *version.Published, scratch string,
) (rows int64, notCompared []string, err error) {
	var batch []schemas.Change
	flush := func() error {
		if len(batch) == 0 {
			return nil
		}
		rows += int64(len(batch))
		err := writeAll(sinks, schemas.Record{Changes: batch})
		batch = nil
		return err
	}
	notCompared, err = changes.Compare(ctx, before, after, scratch, func(c *schemas.Change) error {
		batch = append(batch, *c)
		if len(batch) < changesInRecord {
			return nil
		}
		return flush()
	})
	if err == nil {
		err = flush()
	}
	return rows, notCompared, err
}

// FinishTables ends the Parquet files of all tables but that of the changes, and returns them.
func FinishTables(sinks []Sink) (files []version.File, err error) {
	for _, sink := range sinks {
		if s, ok := sink.(*parquetSink); ok {
			part, err := s.finishTables("changes")
			if err != nil {
				return nil, err
			}
			files = append(files, part...)
		}
	}
	return files, nil
}
