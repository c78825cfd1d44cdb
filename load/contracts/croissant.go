package contracts

import (
	"path"
	"strconv"
	"time"

	"hemicycle/load/version"
	"hemicycle/schemas/tables"
)

// croissantVersion is the version of Croissant, https://docs.mlcommons.org/croissant/docs/croissant-spec.html, which is
// schema.org with more words for the files and records of a dataset.
const croissantVersion = "http://mlcommons.org/croissant/1.0"

// croissantContext says which vocabulary each word of the document is from, as the specification asks.
var croissantContext = map[string]any{
	"@language": "en", "@vocab": "https://schema.org/",
	"cr": "http://mlcommons.org/croissant/", "dct": "http://purl.org/dc/terms/", "sc": "https://schema.org/",
	"rai":    "http://mlcommons.org/croissant/RAI/",
	"citeAs": "cr:citeAs", "column": "cr:column", "conformsTo": "dct:conformsTo",
	"data":          map[string]string{"@id": "cr:data", "@type": "@json"},
	"dataType":      map[string]string{"@id": "cr:dataType", "@type": "@vocab"},
	"examples":      map[string]string{"@id": "cr:examples", "@type": "@json"},
	"extract":       "cr:extract",
	"field":         "cr:field",
	"fileObject":    "cr:fileObject",
	"fileProperty":  "cr:fileProperty",
	"fileSet":       "cr:fileSet",
	"format":        "cr:format",
	"includes":      "cr:includes",
	"isLiveDataset": "cr:isLiveDataset",
	"jsonPath":      "cr:jsonPath",
	"key":           "cr:key",
	"md5":           "cr:md5",
	"parentField":   "cr:parentField",
	"path":          "cr:path",
	"recordSet":     "cr:recordSet",
	"references":    "cr:references",
	"regex":         "cr:regex",
	"repeated":      "cr:repeated",
	"replace":       "cr:replace",
	"separator":     "cr:separator",
	"source":        "cr:source",
	"subField":      "cr:subField",
	"transform":     "cr:transform",
}

// dataset is a dataset of schema.org and Croissant.
type dataset struct {
	Context       map[string]any       `json:"@context"`
	Type          string               `json:"@type"`
	ConformsTo    string               `json:"conformsTo"`
	Name          string               `json:"name"`
	Description   string               `json:"description"`
	URL           string               `json:"url"`
	License       string               `json:"license"`
	Creator       datasetCreator       `json:"creator"`
	IsBasedOn     string               `json:"isBasedOn"`
	Keywords      []string             `json:"keywords"`
	Version       string               `json:"version"`
	DatePublished string               `json:"datePublished"`
	Identifier    string               `json:"identifier"`
	Measured      []string             `json:"variableMeasured"`
	Distribution  []croissantFile      `json:"distribution"`
	RecordSets    []croissantRecordSet `json:"recordSet"`
}

type datasetCreator struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url"`
}

// reference names another part of the document.
type reference struct {
	ID string `json:"@id"`
}

// croissantFile is a file, or the set of the files of a table.
type croissantFile struct {
	Type           string `json:"@type"`
	ID             string `json:"@id"`
	Name           string `json:"name"`
	Description    string `json:"description,omitempty"`
	ContentURL     string `json:"contentUrl,omitempty"`
	ContentSize    string `json:"contentSize,omitempty"`
	EncodingFormat string `json:"encodingFormat"`
	SHA256         string `json:"sha256,omitempty"`
	Includes       string `json:"includes,omitempty"`
}

type croissantRecordSet struct {
	Type        string           `json:"@type"`
	ID          string           `json:"@id"`
	Name        string           `json:"name"`
	Description string           `json:"description"`
	Key         []reference      `json:"key,omitempty"`
	Fields      []croissantField `json:"field"`
}

type croissantField struct {
	Type        string               `json:"@type"`
	ID          string               `json:"@id"`
	Name        string               `json:"name"`
	Description string               `json:"description"`
	DataType    string               `json:"dataType"`
	Repeated    bool                 `json:"repeated,omitempty"`
	Source      croissantSource      `json:"source"`
	References  *croissantReferences `json:"references,omitempty"`
}

type croissantSource struct {
	FileObject *reference       `json:"fileObject,omitempty"`
	FileSet    *reference       `json:"fileSet,omitempty"`
	Extract    croissantExtract `json:"extract"`
}

type croissantExtract struct {
	Column string `json:"column"`
}

type croissantReferences struct {
	Field reference `json:"field"`
}

// encodeDataset returns the dataset of a version. A table with one Parquet file has its records from that file, another
// from the set of its files.
func encodeDataset(m *version.Manifest, _ *Agreement) ([]byte, error) {
	d := dataset{
		Context: croissantContext, Type: "sc:Dataset", ConformsTo: croissantVersion,
		Name: "hemicycle-" + slug(m.Pipeline), Description: purpose + ". " + limitations + ".",
		URL: sourceAddress, License: licenceAddress, IsBasedOn: sourceAddress,
		Creator:  datasetCreator{Type: "sc:Organization", Name: "The contributors of Wikipedia", URL: sourceAddress},
		Keywords: []string{"elections", "election results", "parliaments", "parties", "candidates", "Wikipedia"},
		Version:  m.SchemaVersion + ".0", DatePublished: m.FinishedAt.UTC().Format(time.DateOnly), Identifier: m.Run,
		Measured: []string{"votes", "share of votes", "seats", "turnout", "voting power"},
	}
	for _, t := range tables.All() {
		files := parquetFiles(m, t)
		if len(files) == 0 {
			continue
		}
		for _, f := range files {
			d.Distribution = append(d.Distribution, croissantFile{
				Type: "cr:FileObject", ID: f.Path, Name: path.Base(f.Path), ContentURL: f.Path,
				ContentSize: strconv.FormatInt(f.Bytes, 10) + " B", EncodingFormat: "application/x-parquet", SHA256: f.SHA256,
			})
		}
		source := croissantSource{FileObject: &reference{files[0].Path}}
		if len(files) > 1 {
			set := "files-of-" + t.Name
			d.Distribution = append(d.Distribution, croissantFile{
				Type: "cr:FileSet", ID: set, Name: set, Description: "The files of the table " + t.Name,
				EncodingFormat: "application/x-parquet", Includes: "parquet/" + t.Name + "/" + filePattern(m),
			})
			source = croissantSource{FileSet: &reference{set}}
		}
		d.RecordSets = append(d.RecordSets, croissantTable(t, source))
	}
	return encodeJSON(d)
}

// croissantTable describes the records of a table, which are in a source.
func croissantTable(t *tables.Table, source croissantSource) croissantRecordSet {
	set := croissantRecordSet{Type: "cr:RecordSet", ID: t.Name, Name: t.Name, Description: t.Comment()}
	for _, key := range t.Key {
		set.Key = append(set.Key, reference{t.Name + "/" + key})
	}
	for i := range t.Columns {
		c := &t.Columns[i]
		f := croissantField{
			Type: "cr:Field", ID: t.Name + "/" + c.Name, Name: c.Name, Description: c.Meaning,
			DataType: croissantType(c.Type), Repeated: c.Type.IsList(), Source: source,
		}
		f.Source.Extract = croissantExtract{c.Name}
		if c.NamesElection() {
			f.References = &croissantReferences{reference{electionsTable + "/" + electionKey}}
		}
		set.Fields = append(set.Fields, f)
	}
	return set
}

// croissantType returns the type of a field, of a list that of its elements.
func croissantType(t tables.Type) string {
	switch t {
	case tables.Integer, tables.Bigint, tables.Integers:
		return "sc:Integer"
	case tables.Share, tables.Double:
		return "sc:Float"
	case tables.Boolean:
		return "sc:Boolean"
	case tables.Day:
		return "sc:Date"
	case tables.Timestamp:
		return "sc:DateTime"
	}
	return "sc:Text"
}
