package pipelines

import (
	"encoding/json"
	"maps"

	"github.com/goccy/go-yaml"

	"hemicycle/load"
	"hemicycle/load/partition"
	"hemicycle/transform"
)

// jsonSchema is a JSON schema, or a part of one.
type jsonSchema map[string]any

// Schema returns a JSON schema of pipeline files, for editors. It is generated from the declaration of the keys by
// which Parse reads a file. What concerns several keys at once, such as a source with both files and live, only Parse
// says.
func Schema() ([]byte, error) {
	s := objectSchema(pipelineKeys)
	maps.Copy(s, jsonSchema{
		"$schema": "http://json-schema.org/draft-07/schema#", // which editors know best
		"title":   "A pipeline file of Hemicycle",
	})
	content, err := json.MarshalIndent(s, "", "  ")
	return append(content, '\n'), err
}

// objectSchema returns the schema of a mapping with the keys given and no others.
func objectSchema(keys []fileKey) jsonSchema {
	properties, required := jsonSchema{}, []string{}
	for i := range keys {
		k := &keys[i]
		properties[k.name] = k.schema()
		if k.required {
			required = append(required, k.name)
		}
	}
	s := jsonSchema{"type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		s["required"] = required
	}
	return s
}

// schema returns the schema of the value of a key. A key that may be left out may also be left empty.
func (k *fileKey) schema() jsonSchema {
	s := jsonSchema{}
	if form := valueSchemas()[k.value]; form != nil {
		maps.Copy(s, form())
	}
	if !k.required && !k.neverEmpty {
		s = jsonSchema{"anyOf": []jsonSchema{s, {"type": "null"}}}
	}
	s["description"] = k.meaning
	var example any
	if err := yaml.Unmarshal([]byte(k.example), &example); err == nil {
		s["examples"] = []any{example}
	}
	if k.defaultValue != "" {
		s["description"] = k.meaning + " Default: " + k.defaultValue + "."
	}
	return s
}

// valueSchemas returns what makes the schema of each kind of value, by the words with which the keys name the kind.
func valueSchemas() map[string]func() jsonSchema {
	text := func() jsonSchema { return jsonSchema{"type": []string{"string", "number", "boolean"}, "pattern": `\S`} }
	list := func(items jsonSchema) jsonSchema { return jsonSchema{"type": "array", "minItems": 1, "items": items} }
	number := func() jsonSchema { return jsonSchema{"type": "integer", "minimum": 0, "maximum": int64(maxNumber)} }
	object := func(keys []fileKey) func() jsonSchema { return func() jsonSchema { return objectSchema(keys) } }
	return map[string]func() jsonSchema{
		"text":                             text,
		"regular expression, or `default`": text,
		"true or false":                    func() jsonSchema { return jsonSchema{"type": "boolean"} },
		"whole number":                     number,
		"whole number from 1":              func() jsonSchema { return jsonSchema{"type": "integer", "minimum": 1} },
		"number above 0 and at most 1": func() jsonSchema {
			return jsonSchema{"type": "number", "exclusiveMinimum": 0, "maximum": 1}
		},
		"list of texts":         func() jsonSchema { return list(text()) },
		"list of whole numbers": func() jsonSchema { return list(number()) },
		"list of texts, or `--from`": func() jsonSchema {
			return jsonSchema{"anyOf": []jsonSchema{{"const": filesFromCommandLine}, list(text())}}
		},
		"list of [sources](#sources)": func() jsonSchema {
			source := objectSchema(sourceKeys)
			source["anyOf"] = []jsonSchema{{"required": []string{"files"}}, {"required": []string{"live"}}}
			return list(source)
		},
		"names with a box each": func() jsonSchema {
			return jsonSchema{"type": "object", "additionalProperties": jsonSchema{"enum": boxTemplates()}}
		},
		"[checks](#checks) with a severity each":    checksSchema,
		"[allowances](#allowances)":                 object(allowKeys),
		"[selection of pages](#live-wikis)":         object(liveKeys),
		"[figures](#expectations) with bounds each": figuresSchema,
		"[object storage](#object-storage)":         object(publishKeys),
		"[what is kept](#old-versions)":             object(keepKeys),
		"`wiki`":                                    func() jsonSchema { return jsonSchema{"const": partition.ByWiki} },
		"list of [sinks](#sinks)":                   sinksSchema,
	}
}

// checksSchema returns the schema of the checks with their severities.
func checksSchema() jsonSchema {
	properties := jsonSchema{}
	for _, c := range transform.Checks() {
		properties[c.ID] = jsonSchema{
			"enum":        []any{"note", "warn", "error", "off", false}, // YAML 1.1 makes off a false
			"description": "Doubts " + c.Meaning + ". Severity: " + string(c.Severity) + ".",
		}
	}
	return jsonSchema{"type": "object", "properties": properties, "additionalProperties": false}
}

// figuresSchema returns the schema of the figures that can be expected, each with its bounds.
func figuresSchema() jsonSchema {
	properties := jsonSchema{}
	for _, f := range accountFigures {
		bounds := objectSchema(boundKeys)
		bounds["minProperties"] = 1
		properties[f.name] = jsonSchema{
			"anyOf":       []jsonSchema{{"type": "integer", "minimum": 0, "maximum": int64(maxNumber)}, bounds},
			"description": "How many " + f.meaning + ".",
		}
	}
	return jsonSchema{"type": "object", "properties": properties, "additionalProperties": false}
}

// sinksSchema returns the schema of the list of sinks.
func sinksSchema() jsonSchema {
	var names []string
	for _, k := range load.Kinds() {
		names = append(names, k.Name)
	}
	return jsonSchema{
		"type": "array", "minItems": 1, "uniqueItems": true, "items": jsonSchema{"enum": names},
		"contains": jsonSchema{"const": load.Parquet},
	}
}
