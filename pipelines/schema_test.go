package pipelines

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	yaml3 "go.yaml.in/yaml/v3"
)

// compileFileSchema returns the schema of pipeline files, as an editor uses it.
func compileFileSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	content, err := Schema()
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("pipeline.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("pipeline.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// validateYAML returns what the schema finds wrong in a file; isYAML is false if it is none.
func validateYAML(schema *jsonschema.Schema, content []byte) (isYAML bool, err error) {
	var value any
	if err := yaml3.Unmarshal(content, &value); err != nil {
		return false, err
	}
	again, err := json.Marshal(value)
	if err != nil {
		return false, err
	}
	if value, err = jsonschema.UnmarshalJSON(bytes.NewReader(again)); err != nil {
		return false, err
	}
	return true, schema.Validate(value)
}

// onlyParse are the bad files of which only the reader of the program sees what is wrong: what concerns several keys at
// once, or the form of a text.
var onlyParse = []string{
	"partition_jsonl",
	"addresses", "anchors", "publish_addresses", "publish_prefix", "tags", "template_names", "twice_named", "two_documents",
}

// TestSchemaSaysWhatParseSays validates every embedded pipeline and every good and bad file of the tests.
func TestSchemaSaysWhatParseSays(t *testing.T) {
	schema := compileFileSchema(t)
	for _, name := range Names() {
		content, err := fs.ReadFile(embeddedFiles, name+".yaml")
		if err != nil {
			t.Fatal(err)
		}
		if isYAML, err := validateYAML(schema, content); !isYAML || err != nil {
			t.Errorf("the embedded pipeline %s: %v", name, err)
		}
	}
	files, err := filepath.Glob(filepath.Join("testdata", "*.yaml"))
	if err != nil || len(files) < 30 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	refused := 0
	for _, file := range files {
		name, _, _ := strings.Cut(filepath.Base(file), ".")
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		isYAML, err := validateYAML(schema, content)
		switch isGood := strings.HasSuffix(file, ".good.yaml"); {
		case isGood && (!isYAML || err != nil):
			t.Errorf("the schema refuses %s: %v", file, err)
		case isGood || !isYAML:
		case err != nil:
			refused++
			if slices.Contains(onlyParse, name) {
				t.Errorf("the schema refuses %s too", file)
			}
		case !slices.Contains(onlyParse, name):
			t.Errorf("the schema accepts %s, which Parse refuses", file)
		}
	}
	if refused < 15 {
		t.Errorf("the schema refuses only %d bad files", refused)
	}
}

// A key that there is not is refused at every level, and a value of another kind for every key.
func TestSchemaRefusesWrongKeys(t *testing.T) {
	schema := compileFileSchema(t)
	for _, c := range []struct{ right, wrong string }{
		{"{name: x, sources: [{files: [a]}]}", "{name: x, sources: [{files: [a]}], sink: [parquet]}"},
		{"{name: x, sources: [{files: [a], verify: true}]}", "{name: x, sources: [{files: [a], verified: true}]}"},
		{"{name: x, sources: [{wiki: w, live: {rate: 5}}]}", "{name: x, sources: [{wiki: w, live: {rates: 5}}]}"},
		{
			"{name: x, sources: [{files: [a], expect: {seats: {min: 1}}}]}",
			"{name: x, sources: [{files: [a], expect: {seats: {least: 1}}}]}",
		},
		{"{name: x, sources: [{files: [a]}], allow: {errors: 1}}", "{name: x, sources: [{files: [a]}], allow: {error: 1}}"},
		{
			"{name: x, sources: [{files: [a]}], checks: {majority: off}}",
			"{name: x, sources: [{files: [a]}], checks: {majorities: off}}",
		},
		{"{name: x, sources: [{files: --from}]}", "{name: x, sources: [{}]}"},
	} {
		if isYAML, err := validateYAML(schema, []byte(c.right)); !isYAML || err != nil {
			t.Errorf("%s: %v", c.right, err)
		}
		if isYAML, err := validateYAML(schema, []byte(c.wrong)); !isYAML || err == nil {
			t.Errorf("the schema accepts %s", c.wrong)
		}
	}
	for _, keys := range [][]fileKey{pipelineKeys, sourceKeys, liveKeys, boundKeys, allowKeys, publishKeys} {
		for _, k := range keys {
			if valueSchemas()[k.value] == nil {
				t.Errorf("the key %s has a value of the kind %q, which valueSchemas does not have", k.name, k.value)
			}
		}
	}
}
