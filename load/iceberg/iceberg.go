// Package iceberg registers the Parquet files of published versions as Iceberg tables, without writing them again. Each
// version is a snapshot of each table, so that earlier versions can be read as long as their files are kept.
//
// It is a module of its own and shares no code with the program: what it needs of a version are its files, which have
// an id for every column, and its manifest.
//
// Start with Register.
package iceberg

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
	"github.com/apache/iceberg-go"
	"github.com/apache/iceberg-go/catalog"
	"github.com/apache/iceberg-go/catalog/hadoop"
	"github.com/apache/iceberg-go/table"
)

// Namespace is the namespace of the tables in the warehouse.
const Namespace = "hemicycle"

// The properties of a snapshot say of which version it is.
const (
	RunProperty      = "hemicycle.run"
	PipelineProperty = "hemicycle.pipeline"
	SchemaProperty   = "hemicycle.schema-version"
	DigestProperty   = "hemicycle.manifest-sha256"
)

// Registered says what became of one table.
type Registered struct {
	Table    string
	Snapshot int64 // of this version
	Files    int
	Rows     int64
	IsNew    bool // false if the snapshot was there before
}

// ErrOtherContent means that the warehouse has a version of the same run with another manifest.
var ErrOtherContent = errors.New("the warehouse has another version of this run")

// Register makes a version the current snapshot of each table in a warehouse, a folder that is laid out as the Hadoop
// catalogue does. The folder is that of a version, or an output folder, whose current version is taken. Every file is
// compared with its digest before anything is written. A version that is registered already stays as it is.
//
// Each table is committed by itself. If it is interrupted, some tables have the version and others do not yet, and the
// same call completes them.
func Register(ctx context.Context, folder, warehouse string) ([]Registered, error) {
	v, err := openVersion(folder)
	if err != nil {
		return nil, err
	}
	if err := v.verifyFiles(ctx); err != nil {
		return nil, err
	}
	warehouse, err = filepath.Abs(warehouse)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(warehouse, 0o777); err != nil {
		return nil, fmt.Errorf("making the warehouse: %w", err)
	}
	c, err := hadoop.NewCatalog(Namespace, warehouse, nil)
	if err != nil {
		return nil, fmt.Errorf("opening the warehouse: %w", err)
	}
	if err := c.CreateNamespace(ctx, table.Identifier{Namespace}, nil); err != nil &&
		!errors.Is(err, catalog.ErrNamespaceAlreadyExists) {
		return nil, fmt.Errorf("opening the warehouse: %w", err)
	}
	var all []Registered
	for _, name := range v.tables() {
		r, err := v.registerTable(ctx, c, name)
		if err != nil {
			return all, fmt.Errorf("registering the table %s: %w", name, err)
		}
		all = append(all, r)
	}
	return all, nil
}

// registerTable makes the files of one table its current snapshot.
func (v *version) registerTable(ctx context.Context, c *hadoop.Catalog, name string) (Registered, error) {
	files := v.filesOf(name)
	r := Registered{Table: name, Files: len(files)}
	for _, f := range files {
		r.Rows += f.Rows
	}
	t, err := v.openTable(ctx, c, name)
	if err != nil {
		return r, err
	}
	for _, s := range t.Metadata().Snapshots() {
		if s.Summary == nil || s.Summary.Properties[RunProperty] != v.Run {
			continue
		}
		if s.Summary.Properties[DigestProperty] != v.Digest {
			return r, fmt.Errorf("%w, %s, with the manifest %s, expected %s", ErrOtherContent, v.Run,
				s.Summary.Properties[DigestProperty], v.Digest)
		}
		r.Snapshot = s.SnapshotID
		return r, nil
	}
	if t, err = v.evolve(ctx, c, t, name); err != nil {
		return r, err
	}
	if t, err = v.replaceFiles(ctx, t, files); err != nil {
		return r, err
	}
	r.Snapshot, r.IsNew = t.CurrentSnapshot().SnapshotID, true
	return r, nil
}

// openTable opens a table of the warehouse, and makes it if there is none. It has no columns yet when it is new: the
// library numbers the columns of a new table anew, and they must have the ids that they have in the files.
func (v *version) openTable(ctx context.Context, c *hadoop.Catalog, name string) (*table.Table, error) {
	identifier := table.Identifier{Namespace, name}
	t, err := c.LoadTable(ctx, identifier)
	if errors.Is(err, catalog.ErrNoSuchTable) {
		t, err = c.CreateTable(ctx, identifier, iceberg.NewSchema(0), catalog.WithProperties(iceberg.Properties{
			table.PropertyFormatVersion: "2",
		}))
	}
	return t, err
}

// evolve gives a table the columns that its files have, if they are others. A column that is new in a table with rows
// may be absent, as it is in the rows of earlier versions.
func (v *version) evolve(
	ctx context.Context, c *hadoop.Catalog, t *table.Table, name string,
) (*table.Table, error) {
	fields, err := v.columns(name)
	if err != nil {
		return nil, err
	}
	current := t.Schema()
	isSame := len(fields) == current.NumFields()
	for i, f := range fields {
		before, isKnown := current.FindFieldByID(f.ID)
		switch {
		case !isKnown:
			isSame = false
			fields[i].Required = f.Required && current.NumFields() == 0
		case !before.Type.Equals(f.Type):
			return nil, fmt.Errorf("the column %s has the type %s in the version and %s in the warehouse: choose another "+
				"warehouse for this version of the schema", f.Name, f.Type, before.Type)
		default:
			fields[i].Required = f.Required && before.Required
			isSame = isSame && before.Name == f.Name && before.Required == fields[i].Required
		}
	}
	if isSame {
		return t, nil
	}
	id := 1 + slices.MaxFunc(t.Metadata().Schemas(), func(a, b *iceberg.Schema) int { return cmp.Compare(a.ID, b.ID) }).ID
	const newest = -1 // the schema that was added last
	_, _, err = c.CommitTable(ctx, t.Identifier(), []table.Requirement{
		table.AssertTableUUID(t.Metadata().TableUUID()), table.AssertCurrentSchemaID(current.ID),
	}, []table.Update{
		table.NewAddSchemaUpdate(iceberg.NewSchema(id, fields...)), table.NewSetCurrentSchemaUpdate(newest),
	})
	if err != nil {
		return nil, fmt.Errorf("changing its columns: %w", err)
	}
	return c.LoadTable(ctx, t.Identifier())
}

// replaceFiles commits a snapshot that has the files of the version and no others. Files without a row are left out.
func (v *version) replaceFiles(ctx context.Context, t *table.Table, files []manifestFile) (*table.Table, error) {
	var added, removed []string
	for _, f := range files {
		if f.Rows > 0 {
			added = append(added, v.path(f))
		}
	}
	if t.CurrentSnapshot() != nil {
		tasks, err := t.Scan().PlanFiles(ctx)
		if err != nil {
			return nil, fmt.Errorf("listing the files of the snapshot before: %w", err)
		}
		for _, task := range tasks {
			removed = append(removed, task.File.FilePath())
		}
	}
	properties := iceberg.Properties{
		RunProperty: v.Run, PipelineProperty: v.Pipeline, SchemaProperty: v.SchemaVersion, DigestProperty: v.Digest,
	}
	transaction := t.NewTransaction()
	var err error
	if len(removed) == 0 {
		err = transaction.AddFiles(ctx, added, properties, false)
	} else {
		err = transaction.ReplaceDataFiles(ctx, removed, added, properties)
	}
	if err != nil {
		return nil, err
	}
	return transaction.Commit(ctx)
}

// columns returns the columns of a table with the ids that they have in its files.
func (v *version) columns(name string) ([]iceberg.NestedField, error) {
	path := v.path(v.filesOf(name)[0])
	f, err := file.OpenParquetFile(path, false)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	defer f.Close()
	reader, err := pqarrow.NewFileReader(f, pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	schema, err := reader.Schema()
	if err != nil {
		return nil, fmt.Errorf("reading the columns of %s: %w", path, err)
	}
	converted, err := table.ArrowSchemaToIceberg(schema, false, nil)
	if err != nil {
		return nil, fmt.Errorf("%s: %w; expected a version of which each column has an id (PARQUET:field_id): publish it "+
			"anew", path, err)
	}
	return converted.Fields(), nil
}
