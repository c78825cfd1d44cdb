package contracts

import (
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/tables"
)

// dbtProperties is a file of properties of a dbt project, https://docs.getdbt.com/reference/source-properties.
type dbtProperties struct {
	Version int         `json:"version"`
	Sources []dbtSource `json:"sources"`
}

type dbtSource struct {
	Name        string     `json:"name"`
	Description string     `json:"description"`
	Schema      string     `json:"schema"`
	Config      dbtConfig  `json:"config"`
	Tables      []dbtTable `json:"tables"`
}

type dbtConfig struct {
	Meta map[string]any `json:"meta"`
}

type dbtTable struct {
	Name        string      `json:"name"`
	Description string      `json:"description"`
	Columns     []dbtColumn `json:"columns"`
}

type dbtColumn struct {
	Name        string   `json:"name"`
	Description string   `json:"description"`
	DataType    string   `json:"data_type"`
	Tests       []string `json:"data_tests,omitempty"`
}

// dbtLocation is where dbt-duckdb reads a table: from the folder of a version that a variable of the environment names,
// or the folder that dbt runs in. dbt resolves what stands between {{ and }}, and dbt-duckdb puts the name of the table
// in the place of {name}. The pattern of the files follows.
const dbtLocation = "{{ env_var('HEMICYCLE_VERSION', '.') }}/parquet/{name}/"

// encodeDBTSources returns the tables as the sources of a dbt project.
func encodeDBTSources(m *version.Manifest, _ *Agreement) ([]byte, error) {
	source := dbtSource{
		Name: "hemicycle", Schema: "main",
		Description: purpose + ". Source: " + schemas.Source + ". Licence: " + schemas.Licence + ".",
		Config: dbtConfig{Meta: map[string]any{
			"external_location": dbtLocation + filePattern(m), "run": m.Run, "schema_version": m.SchemaVersion,
			"licence_spdx": schemas.LicenceSPDX,
		}},
	}
	for _, t := range tables.All() {
		table := dbtTable{Name: t.Name, Description: t.Comment()}
		for i := range t.Columns {
			c := &t.Columns[i]
			column := dbtColumn{Name: c.Name, Description: c.Meaning, DataType: c.Type.SQL()}
			if !c.Null {
				column.Tests = append(column.Tests, "not_null")
			}
			if isKey(t, c) {
				column.Tests = append(column.Tests, "unique")
			}
			table.Columns = append(table.Columns, column)
		}
		source.Tables = append(source.Tables, table)
	}
	return encodeYAML(dbtProperties{Version: 2, Sources: []dbtSource{source}})
}
