package contracts

import (
	"fmt"
	"strings"

	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/tables"
)

// odcsVersion is the version of the Open Data Contract Standard,
// https://bitol-io.github.io/open-data-contract-standard/.
const odcsVersion = "v3.1.0"

// odcsContract is a data contract.
type odcsContract struct {
	APIVersion             string           `json:"apiVersion"`
	Kind                   string           `json:"kind"`
	ID                     string           `json:"id"`
	Name                   string           `json:"name"`
	Version                string           `json:"version"`
	Status                 string           `json:"status"`
	Domain                 string           `json:"domain"`
	Created                string           `json:"contractCreatedTs"`
	Description            odcsDescription  `json:"description"`
	AuthoritativeReference []odcsDefinition `json:"authoritativeDefinitions"`
	Servers                []odcsServer     `json:"servers"`
	Schema                 []odcsObject     `json:"schema"`
	SLA                    []odcsSLA        `json:"slaProperties"`
	CustomProperties       []odcsCustom     `json:"customProperties"`
}

type odcsDescription struct {
	Purpose     string `json:"purpose"`
	Usage       string `json:"usage"`
	Limitations string `json:"limitations"`
}

type odcsDefinition struct {
	URL         string `json:"url"`
	Type        string `json:"type"`
	Description string `json:"description,omitempty"`
}

type odcsServer struct {
	Server      string `json:"server"`
	Type        string `json:"type"`
	Description string `json:"description"`
	Path        string `json:"path,omitempty"`
	Format      string `json:"format,omitempty"`
	Database    string `json:"database,omitempty"`
	Schema      string `json:"schema,omitempty"`
}

type odcsObject struct {
	Name         string         `json:"name"`
	PhysicalType string         `json:"physicalType"`
	LogicalType  string         `json:"logicalType"`
	Description  string         `json:"description"`
	Granularity  string         `json:"dataGranularityDescription"`
	Properties   []odcsProperty `json:"properties"`
	Quality      []odcsQuality  `json:"quality,omitempty"`
}

type odcsProperty struct {
	Name               string             `json:"name,omitempty"`
	LogicalType        string             `json:"logicalType"`
	LogicalTypeOptions map[string]any     `json:"logicalTypeOptions,omitempty"`
	PhysicalType       string             `json:"physicalType"`
	Description        string             `json:"description,omitempty"`
	Required           *bool              `json:"required,omitempty"`
	Unique             bool               `json:"unique,omitempty"`
	PrimaryKey         bool               `json:"primaryKey,omitempty"`
	PrimaryKeyPosition int                `json:"primaryKeyPosition,omitempty"`
	Relationships      []odcsRelationship `json:"relationships,omitempty"`
	Quality            []odcsQuality      `json:"quality,omitempty"`
	Items              *odcsProperty      `json:"items,omitempty"`
	CustomProperties   []odcsCustom       `json:"customProperties,omitempty"`
}

type odcsRelationship struct {
	Type string `json:"type"`
	To   string `json:"to"`
}

type odcsQuality struct {
	Name        string         `json:"name"`
	Type        string         `json:"type"`
	Description string         `json:"description"`
	Dimension   string         `json:"dimension"`
	Severity    string         `json:"severity"`
	Metric      string         `json:"metric,omitempty"`
	Arguments   map[string]any `json:"arguments,omitempty"`
	Query       string         `json:"query,omitempty"`
	MustBe      *int64         `json:"mustBe,omitempty"`
	AtMost      *int64         `json:"mustBeLessOrEqualTo,omitempty"`
}

type odcsSLA struct {
	Property    string `json:"property"`
	Value       any    `json:"value"`
	Unit        string `json:"unit,omitempty"`
	Element     string `json:"element,omitempty"`
	Driver      string `json:"driver"`
	Description string `json:"description"`
}

type odcsCustom struct {
	Property string `json:"property"`
	Value    any    `json:"value"`
}

// encodeDataContract returns the data contract of a version.
func encodeDataContract(m *version.Manifest, a *Agreement) ([]byte, error) {
	c := odcsContract{
		APIVersion: odcsVersion, Kind: "DataContract",
		ID: "hemicycle:" + m.Pipeline, Name: m.Pipeline, Version: m.SchemaVersion, Status: "active", Domain: "elections",
		Created: timestamp(m.FinishedAt),
		Description: odcsDescription{
			Purpose: purpose, Usage: "If you redistribute the tables, credit the source: " + schemas.Licence,
			Limitations: limitations,
		},
		AuthoritativeReference: []odcsDefinition{
			{URL: licenceAddress, Type: "licence", Description: schemas.LicenceSPDX},
			{URL: "dictionary.md", Type: "businessDefinition", Description: "every table and column, beside this file"},
		},
		Servers: []odcsServer{{
			Server: "parquet", Type: "local", Path: "./parquet/{model}/" + filePattern(m), Format: "parquet",
			Description: "The Parquet files, from the folder of this file",
		}},
		SLA:              odcsServiceLevels(m, a),
		CustomProperties: []odcsCustom{{"run", m.Run}, {"program", "hemicycle " + m.Version}},
	}
	if a.HasDatabase {
		c.Servers = append(c.Servers, odcsServer{
			Server: "database", Type: "duckdb", Database: version.DatabaseName, Schema: "main",
			Description: "The DuckDB database, from the folder of this file",
		})
	}
	for _, t := range tables.All() {
		object := odcsTable(t)
		if t.Name == "findings" {
			object.Quality = append(object.Quality, odcsChecks(a)...)
		}
		c.Schema = append(c.Schema, object)
	}
	return encodeYAML(c)
}

// odcsTable describes a table. Its key and the CHECK of each column are rules of quality.
func odcsTable(t *tables.Table) odcsObject {
	object := odcsObject{
		Name: t.Name, PhysicalType: "table", LogicalType: "object", Description: t.Comment(), Granularity: t.Row,
	}
	if len(t.Key) > 0 {
		object.Quality = []odcsQuality{{
			Name: t.Name + "_key_is_unique", Type: "library", Dimension: "uniqueness", Severity: "error",
			Description: "No two rows have the same " + strings.Join(t.Key, ", ") + ".",
			Metric:      "duplicateValues", Arguments: map[string]any{"properties": t.Key}, MustBe: new(int64(0)),
		}}
	}
	for i := range t.Columns {
		object.Properties = append(object.Properties, odcsColumn(t, &t.Columns[i]))
	}
	return object
}

// odcsColumn describes a column of a table.
func odcsColumn(t *tables.Table, c *tables.Column) odcsProperty {
	p := odcsProperty{
		Name: c.Name, PhysicalType: c.Type.SQL(), Description: c.Meaning, Required: new(!c.Null), Unique: isKey(t, c),
		CustomProperties: []odcsCustom{{"fieldId", c.ID}},
	}
	p.LogicalType, p.LogicalTypeOptions = odcsType(c.Type)
	found := constraintsOf(c)
	if p.LogicalTypeOptions == nil {
		p.LogicalTypeOptions = map[string]any{}
	}
	if found.minimum != nil {
		p.LogicalTypeOptions["minimum"] = *found.minimum
	}
	if found.pattern != "" {
		p.LogicalTypeOptions["pattern"] = found.pattern
	}
	for i, key := range t.Key {
		if key == c.Name {
			p.PrimaryKey, p.PrimaryKeyPosition = true, i+1
		}
	}
	if c.NamesElection() {
		p.Relationships = []odcsRelationship{{Type: "foreignKey", To: electionsTable + "." + electionKey}}
	}
	if c.Check != "" {
		p.Quality = []odcsQuality{{
			Name: t.Name + "_" + c.Name, Type: "sql", Dimension: "conformity", Severity: "error",
			Description: "Every value meets the CHECK of the column.",
			Query:       fmt.Sprintf("SELECT count(*) FROM %s WHERE NOT (%s)", t.Name, c.Check), MustBe: new(int64(0)),
		}}
	}
	if c.Type.IsList() {
		element := tables.Integer
		if c.Type == tables.Strings {
			element = tables.String
		}
		p.Items = &odcsProperty{
			PhysicalType: element.SQL(), CustomProperties: []odcsCustom{{"fieldId", c.ElementID}},
		}
		p.Items.LogicalType, p.Items.LogicalTypeOptions = odcsType(element)
	}
	return p
}

// odcsType returns the logical type of a column with its options, nil if it has none.
func odcsType(t tables.Type) (name string, options map[string]any) {
	switch t {
	case tables.Integer:
		return "integer", map[string]any{"format": "i32"}
	case tables.Bigint:
		return "integer", map[string]any{"format": "i64"}
	case tables.Share:
		return "number", nil
	case tables.Double:
		return "number", map[string]any{"format": "f64"}
	case tables.Boolean:
		return "boolean", nil
	case tables.Day:
		return "date", map[string]any{"format": "yyyy-MM-dd"}
	case tables.Timestamp:
		return "timestamp", map[string]any{"timezone": true}
	case tables.Integers, tables.Strings:
		return "array", nil
	}
	return "string", nil
}

// odcsChecks returns the rules of quality that the checks are. The pipeline says how many error findings there may be;
// of notes and warnings there may be any number, so a rule of theirs has no bound and is a text.
func odcsChecks(a *Agreement) []odcsQuality {
	rules := []odcsQuality{{
		Name: "findings_of_errors", Type: "sql", Dimension: "consistency", Severity: "error",
		Description: "All checks together find no more errors than the pipeline allows.",
		Query:       "SELECT count(*) FROM findings WHERE status = 'error'", AtMost: &a.MaxErrors,
	}}
	for _, c := range a.Checks {
		rule := odcsQuality{
			Name: c.ID, Type: "text", Dimension: "consistency", Severity: odcsSeverity(c.Severity),
			Description: "The check doubts " + c.Meaning + ".",
		}
		if c.Severity == schemas.Error {
			rule.Type, rule.AtMost = "sql", &a.MaxErrors
			rule.Query = fmt.Sprintf("SELECT count(*) FROM findings WHERE check_id = %s AND status = 'error'",
				tables.QuoteSQL(c.ID))
		}
		rules = append(rules, rule)
	}
	return rules
}

// odcsSeverity returns the word of the standard for a severity.
func odcsSeverity(s schemas.Status) string {
	switch s {
	case schemas.Warn:
		return "warning"
	case schemas.Note:
		return "info"
	}
	return string(s)
}

// odcsServiceLevels returns what the pipeline allows and expects.
func odcsServiceLevels(m *version.Manifest, a *Agreement) []odcsSLA {
	const driver = "operational"
	levels := []odcsSLA{
		{Property: "maximumErrors", Value: a.MaxErrors, Unit: "findings", Element: "findings", Driver: driver,
			Description: "With more error findings, the run ends with status 3."},
		{Property: "maximumRejects", Value: a.MaxRejects, Unit: "rejects", Element: "rejects", Driver: driver,
			Description: "With more documents and boxes that could not be read, the run ends with status 3."},
		{Property: "maximumIncompleteSources", Value: a.MaxIncomplete, Unit: "sources", Element: "sources", Driver: driver,
			Description: "With more sources that are incomplete, nothing is published."},
		{Property: "maximumStalePages", Value: a.MaxStale, Unit: "pages", Element: "pages", Driver: driver,
			Description: "With more pages of live wikis in an older revision, the run ends with status 3."},
	}
	for _, e := range m.Expectations {
		levels = append(levels, odcsSLA{
			Property: "completeness", Value: e.Expected, Unit: e.Subject, Driver: driver,
			Description: fmt.Sprintf("The figure %s of the source %s is expected to be %s, or nothing is published; in this "+
				"version it is %s.", e.Subject, e.Source, e.Expected, e.Observed),
		})
	}
	return levels
}
