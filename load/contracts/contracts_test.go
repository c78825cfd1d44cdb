package contracts

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	yaml3 "go.yaml.in/yaml/v3"

	"hemicycle/load/disk"
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
	"hemicycle/schemas/tables"
)

// sampleVersion returns the manifest of a version with some Parquet files per table, and what its pipeline agrees to.
// Whatever a user may name is a given text.
func sampleVersion(text string, parts int) (*version.Manifest, *Agreement) {
	m := version.NewManifest(schemastest.SampleRun(), "v1.4.1")
	m.Pipeline, m.FinishedAt = text, time.Date(2026, 2, 3, 4, 5, 6, 7, time.UTC)
	for _, t := range tables.All() {
		for n := range parts {
			m.Files = append(m.Files, version.File{
				Table: t.Name, Path: fmt.Sprintf("parquet/%s/part-%05d.parquet", t.Name, n+1), Bytes: 1000, Rows: 10,
				SHA256: strings.Repeat(fmt.Sprint(n%10), 64),
			})
		}
	}
	m.Expectations = []version.Expectation{
		{Source: text, Subject: "elections", Expected: "at least 1", Observed: "2", Met: true},
	}
	return m, &Agreement{
		MaxErrors: 3, MaxRejects: 2, MaxIncomplete: 1, MaxStale: 4, HasDatabase: true,
		Checks: []Check{
			{ID: "seat-total", Severity: schemas.Error, Meaning: "seats that do not sum"},
			{ID: "name-variants", Severity: schemas.Note, Meaning: "names that differ"},
			{ID: "majority", Severity: schemas.Warn, Meaning: "a majority that is none"},
		},
	}
}

// encodeAll returns every description of a version, as it is written.
func encodeAll(t *testing.T, m *version.Manifest, a *Agreement) map[string][]byte {
	t.Helper()
	folder := t.TempDir()
	files, err := Write(disk.Disk{}, folder, m, a)
	if err != nil {
		t.Fatal(err)
	}
	contents := map[string][]byte{}
	for _, f := range files {
		content, err := os.ReadFile(filepath.Join(folder, f.Path))
		if err != nil {
			t.Fatal(err)
		}
		if described, err := version.DescribeFile(folder, filepath.Join(folder, f.Path)); err != nil || described != f {
			t.Errorf("%s is %+v, listed as %+v (%v)", f.Path, described, f, err)
		}
		contents[f.Path] = content
	}
	return contents
}

// decode returns a description as a JSON schema sees it.
func decode(t *testing.T, name string, content []byte) any {
	t.Helper()
	if !strings.HasPrefix(filepath.Ext(name), ".y") {
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(content))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return value
	}
	var value any
	err := yaml3.Unmarshal(content, &value)
	var again []byte
	if err == nil {
		again, err = json.Marshal(value)
	}
	if err == nil {
		value, err = jsonschema.UnmarshalJSON(bytes.NewReader(again))
	}
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, content)
	}
	return value
}

// pattern is a regular expression of a schema.
type pattern struct{ expression *regexp.Regexp }

func (p pattern) MatchString(s string) bool {
	return p.expression == nil || p.expression.MatchString(s)
}
func (p pattern) String() string { return fmt.Sprint(p.expression) }

// compileSchema returns the schema in a file. Of the patterns in published schemas, those that look ahead match every
// text, since Go has no such expressions; our schemas say the same in other words.
func compileSchema(t *testing.T, path string) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	c.UseRegexpEngine(func(s string) (jsonschema.Regexp, error) {
		expression, err := regexp.Compile(s)
		if err != nil && strings.Contains(s, "(?=") {
			return pattern{}, nil
		}
		return pattern{expression}, err
	})
	s, err := c.Compile(path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// descriptionSchemas are the schemas of each description below testdata, and the name of the published one.
var descriptionSchemas = map[string]struct {
	ours      []string
	published string
}{
	"contract.yaml": {[]string{"odcs.schema.json"}, "odcs-json-schema-v3.1.0.json"},
	"datapackage.json": {
		[]string{"datapackage.schema.json", "frictionless/data-package.json"}, "datapackage-2.0.json",
	},
	"dataset.jsonld": {[]string{"croissant.schema.json"}, ""},
	"sources.yml":    {[]string{"dbt.schema.json"}, "dbt_yml_files-latest.json"},
}

// hostileText is what a user may name a pipeline or a source, to see what becomes of it.
const hostileText = "x: {{ env_var('HOME') }}\n- \"'</script>\t\u202e${jndi} ../../é 文 🗳"

// TestDescriptionsAreValid validates every description against the schema of its format.
func TestDescriptionsAreValid(t *testing.T) {
	published := os.Getenv("HEMICYCLE_CONTRACT_SCHEMAS")
	if published == "" {
		t.Log("HEMICYCLE_CONTRACT_SCHEMAS names no folder with the published schemas: those in testdata are used alone")
	}
	for _, text := range []string{"morocco_2007", hostileText} {
		for _, parts := range []int{1, 3} {
			m, a := sampleVersion(text, parts)
			contents := encodeAll(t, m, a)
			for name, s := range descriptionSchemas {
				value := decode(t, name, contents[name])
				var paths []string
				for _, ours := range s.ours {
					paths = append(paths, filepath.Join("testdata", ours))
				}
				if published != "" && s.published != "" {
					paths = append(paths, filepath.Join(published, s.published))
				}
				for _, path := range paths {
					if err := compileSchema(t, path).Validate(value); err != nil {
						t.Errorf("%s of %d parts against %s: %v", name, parts, path, err)
					}
				}
			}
		}
	}
}

// TestSchemasRefuse expects that the schemas see what is wrong, and that TestDescriptionsAreValid is therefore worth
// something.
func TestSchemasRefuse(t *testing.T) {
	m, a := sampleVersion("p", 1)
	contents := encodeAll(t, m, a)
	for _, c := range []struct{ name, schema, old, new string }{
		{"contract.yaml", "odcs.schema.json", "apiVersion: v3.1.0", "apiVersion: v9"},
		{"contract.yaml", "odcs.schema.json", "logicalType: timestamp", "logicalType: instant"},
		{"contract.yaml", "odcs.schema.json", "mustBe: 0", "mustEqual: 0"},
		{"contract.yaml", "odcs.schema.json", "dimension: uniqueness", "dimension: beauty"},
		{"contract.yaml", "odcs.schema.json", "status: active", "state: active"},
		{"datapackage.json", "datapackage.schema.json", `"hash": "sha256:`, `"hash": "`},
		{"datapackage.json", "datapackage.schema.json", `"path": "parquet/`, `"path": "/parquet/`},
		{"datapackage.json", "datapackage.schema.json", `"type": "integer"`, `"type": "int"`},
		{"datapackage.json", "frictionless/data-package.json", `"name": "CC-BY-SA-4.0"`, `"name": "CC BY-SA 4.0"`},
		{"datapackage.json", "frictionless/data-package.json", `"resources": [`, `"files": [`},
		{"dataset.jsonld", "croissant.schema.json", `"cr:RecordSet"`, `"cr:Table"`},
		{"dataset.jsonld", "croissant.schema.json", `"sha256": "`, `"sha1": "`},
		{"dataset.jsonld", "croissant.schema.json", `"sc:Integer"`, `"sc:Int"`},
		{"sources.yml", "dbt.schema.json", "version: 2", "version: 1"},
		{"sources.yml", "dbt.schema.json", "data_type: ", "type: "},
		{"sources.yml", "dbt.schema.json", "external_location: ", "location: "},
	} {
		changed := strings.Replace(string(contents[c.name]), c.old, c.new, 1)
		if changed == string(contents[c.name]) {
			t.Errorf("%s does not have %q", c.name, c.old)
			continue
		}
		schema := compileSchema(t, filepath.Join("testdata", c.schema))
		if err := schema.Validate(decode(t, c.name, []byte(changed))); err == nil {
			t.Errorf("%s accepts %s with %q in the place of %q", c.schema, c.name, c.new, c.old)
		}
	}
}

// The same version gives the same bytes.
func TestDescriptionsAreDeterministic(t *testing.T) {
	m, a := sampleVersion("p", 2)
	first := encodeAll(t, m, a)
	for range 5 {
		if diff := cmp.Diff(first, encodeAll(t, m, a)); diff != "" {
			t.Fatalf("the same version again (-first +next):\n%s", diff)
		}
	}
}

// at returns the value at a path of keys and numbers in a description.
func at(t *testing.T, value any, path ...any) any {
	t.Helper()
	for _, step := range path {
		switch step := step.(type) {
		case string:
			value = value.(map[string]any)[step]
		case int:
			value = value.([]any)[step]
		}
	}
	return value
}

// namesIn returns the names in a list of a description.
func namesIn(list any) (names []string) {
	for _, entry := range list.([]any) {
		names = append(names, entry.(map[string]any)["name"].(string))
	}
	return names
}

// TestDescriptionsHaveEveryColumn expects every table and column of the declaration in every description, in their
// order, and every Parquet file with its digest.
func TestDescriptionsHaveEveryColumn(t *testing.T) {
	m, a := sampleVersion("p", 1)
	contents := encodeAll(t, m, a)
	lists := map[string]struct{ tables, columns []any }{
		"contract.yaml":    {[]any{"schema"}, []any{"properties"}},
		"datapackage.json": {[]any{"resources"}, []any{"schema", "fields"}},
		"dataset.jsonld":   {[]any{"recordSet"}, []any{"field"}},
		"sources.yml":      {[]any{"sources", 0, "tables"}, []any{"columns"}},
	}
	var wantTables []string
	for _, table := range tables.All() {
		wantTables = append(wantTables, table.Name)
	}
	for name, list := range lists {
		described := at(t, decode(t, name, contents[name]), list.tables...)
		if diff := cmp.Diff(wantTables, namesIn(described)); diff != "" {
			t.Errorf("the tables of %s (-declared +described):\n%s", name, diff)
			continue
		}
		for i, table := range tables.All() {
			var want []string
			for _, c := range table.Columns {
				want = append(want, c.Name)
				if !strings.Contains(string(contents["dictionary.md"]), "| "+c.Name+" | ") {
					t.Errorf("dictionary.md does not have %s.%s", table.Name, c.Name)
				}
			}
			if diff := cmp.Diff(want, namesIn(at(t, described, append([]any{i}, list.columns...)...))); diff != "" {
				t.Errorf("the columns of %s in %s (-declared +described):\n%s", table.Name, name, diff)
			}
		}
	}
	for _, f := range m.Files {
		for _, name := range []string{"datapackage.json", "dataset.jsonld"} {
			if strings.HasSuffix(f.Path, ".parquet") && !strings.Contains(string(contents[name]), f.Path) {
				t.Errorf("%s does not have the file %s", name, f.Path)
			}
		}
	}
}

// TestContractHasWhatIsAgreed expects the checks as rules of quality and what the pipeline expects and allows as levels
// of service.
func TestContractHasWhatIsAgreed(t *testing.T) {
	m, a := sampleVersion("p", 1)
	contract := decode(t, "contract.yaml", encodeAll(t, m, a)["contract.yaml"])
	findings := slices.IndexFunc(tables.All(), func(t *tables.Table) bool { return t.Name == "findings" })
	rules := at(t, contract, "schema", findings, "quality")
	want := []string{"findings_key_is_unique", "findings_of_errors", "seat-total", "name-variants", "majority"}
	if diff := cmp.Diff(want, namesIn(rules)); diff != "" {
		t.Errorf("the rules of findings (-want +got):\n%s", diff)
	}
	total := at(t, rules, 2).(map[string]any)
	if total["query"] != "SELECT count(*) FROM findings WHERE check_id = 'seat-total' AND status = 'error'" ||
		fmt.Sprint(total["mustBeLessOrEqualTo"]) != "3" || total["severity"] != "error" {
		t.Errorf("the rule of a check: %v", total)
	}
	var levels []string
	for _, level := range contract.(map[string]any)["slaProperties"].([]any) {
		levels = append(levels, fmt.Sprint(at(t, level, "property"), " ", at(t, level, "value")))
	}
	if diff := cmp.Diff([]string{
		"maximumErrors 3", "maximumRejects 2", "maximumIncompleteSources 1", "maximumStalePages 4",
		"completeness at least 1",
	}, levels); diff != "" {
		t.Errorf("the levels of service (-want +got):\n%s", diff)
	}
}

// A column refers to elections only if each of its values is an election of the version: changes also name those that
// are gone.
func TestReferencesToElections(t *testing.T) {
	for table, want := range map[string]bool{"results": true, "findings": true, "changes": false, "elections": false} {
		got := false
		for _, c := range tables.Find(table).Columns {
			got = got || c.NamesElection()
		}
		if got != want {
			t.Errorf("%s refers to elections: %t, expected %t", table, got, want)
		}
	}
}

// Every CHECK of a column that says something of its values alone is a constraint, in the words of each format.
func TestConstraints(t *testing.T) {
	column := func(table, name string) *tables.Column {
		for _, c := range tables.Find(table).Columns {
			if c.Name == name {
				return &c
			}
		}
		t.Fatalf("there is no %s.%s", table, name)
		return nil
	}
	if got := constraintsOf(column("results", "position")); got.minimum == nil || *got.minimum != 1 {
		t.Errorf("position: %+v", got)
	}
	got := constraintsOf(column("findings", "status"))
	if diff := cmp.Diff([]string{"note", "warn", "error"}, got.enum); diff != "" {
		t.Errorf("status (-want +got):\n%s", diff)
	}
	if got := constraintsOf(column("results", "colour")); got.pattern != "^(#[0-9A-F]{6})$" {
		t.Errorf("colour: %+v", got)
	}
	got = constraintsOf(&tables.Column{Name: "b", Check: "a >= 1"})
	if got.minimum != nil || got.enum != nil || got.pattern != "" {
		t.Errorf("a CHECK of another column: %+v", got)
	}
}
