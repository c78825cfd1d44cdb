package contracts

import (
	"path"
	"regexp"
	"strings"

	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/tables"
)

// profiles are the addresses of the profiles of Data Package 2.0, https://datapackage.org/standard/data-package/.
const (
	packageProfile  = "https://datapackage.org/profiles/2.0/datapackage.json"
	resourceProfile = "https://datapackage.org/profiles/2.0/dataresource.json"
	schemaProfile   = "https://datapackage.org/profiles/2.0/tableschema.json"
)

// dataPackage is a Data Package.
type dataPackage struct {
	Profile     string            `json:"$schema"`
	Name        string            `json:"name"`
	Title       string            `json:"title"`
	Description string            `json:"description"`
	Version     string            `json:"version"`
	Created     string            `json:"created"`
	Licenses    []packageLicence  `json:"licenses"`
	Sources     []packageSource   `json:"sources"`
	Resources   []packageResource `json:"resources"`
}

type packageLicence struct {
	Name  string `json:"name"`
	Path  string `json:"path"`
	Title string `json:"title"`
}

type packageSource struct {
	Title string `json:"title"`
	Path  string `json:"path"`
}

// packageResource is one Parquet file.
type packageResource struct {
	Profile     string        `json:"$schema"`
	Name        string        `json:"name"`
	Type        string        `json:"type"`
	Path        string        `json:"path"`
	Title       string        `json:"title"`
	Description string        `json:"description"`
	Format      string        `json:"format"`
	MediaType   string        `json:"mediatype"`
	Bytes       int64         `json:"bytes"`
	Rows        int64         `json:"rows"` // no word of the standard, which lets publishers add their own
	Hash        string        `json:"hash"`
	Schema      packageSchema `json:"schema"`
}

type packageSchema struct {
	Profile       string              `json:"$schema"`
	Fields        []packageField      `json:"fields"`
	MissingValues []string            `json:"missingValues"` // none: the files tell NULL from an empty text
	PrimaryKey    []string            `json:"primaryKey,omitempty"`
	ForeignKeys   []packageForeignKey `json:"foreignKeys,omitempty"`
}

type packageField struct {
	Name        string             `json:"name"`
	Type        string             `json:"type"`
	Description string             `json:"description"`
	Constraints packageConstraints `json:"constraints"`
}

type packageConstraints struct {
	Required bool     `json:"required"`
	Unique   bool     `json:"unique,omitempty"`
	Minimum  *int64   `json:"minimum,omitempty"`
	Pattern  string   `json:"pattern,omitempty"`
	Enum     []string `json:"enum,omitempty"`
}

type packageForeignKey struct {
	Fields    []string         `json:"fields"`
	Reference packageReference `json:"reference"`
}

type packageReference struct {
	Resource string   `json:"resource"`
	Fields   []string `json:"fields"`
}

// encodeDataPackage returns the Data Package of a version. A table with several Parquet files has a resource for each,
// since the parts of one resource would be joined as bytes.
func encodeDataPackage(m *version.Manifest, _ *Agreement) ([]byte, error) {
	p := dataPackage{
		Profile: packageProfile, Name: "hemicycle-" + slug(m.Pipeline), Title: "Elections in the infoboxes of Wikipedia",
		Description: purpose + ".", Version: m.SchemaVersion, Created: timestamp(m.FinishedAt),
		Licenses: []packageLicence{{Name: schemas.LicenceSPDX, Path: licenceAddress, Title: licenceTitle}},
		Sources:  []packageSource{{Title: sourceName, Path: sourceAddress}},
	}
	all := tables.All()
	resources := map[string][]version.File{}
	for _, t := range all {
		resources[t.Name] = parquetFiles(m, t)
	}
	for _, t := range all {
		files := resources[t.Name]
		for _, f := range files {
			r := packageResource{
				Profile: resourceProfile, Name: t.Name, Type: "table", Path: f.Path, Title: t.Name,
				Description: t.Comment(), Format: "parquet", MediaType: parquetMediaType,
				Bytes: f.Bytes, Rows: f.Rows, Hash: "sha256:" + f.SHA256,
				// A key of elections can only be looked up where they are one resource.
				Schema: tableSchema(t, len(resources[electionsTable]) == 1),
			}
			if len(files) > 1 {
				inTable := strings.TrimPrefix(f.Path, "parquet/"+t.Name+"/")
				r.Name += "-" + slug(strings.TrimSuffix(inTable, path.Ext(inTable)))
			}
			p.Resources = append(p.Resources, r)
		}
	}
	return encodeJSON(p)
}

// parquetMediaType is the media type of a Parquet file, https://www.iana.org/assignments/media-types/.
const parquetMediaType = "application/vnd.apache.parquet"

// outsideSlug matches what has no place in the name of a package or resource.
var outsideSlug = regexp.MustCompile(`[^a-z0-9._-]+`)

// slug returns a text as a name that can stand in an address.
func slug(text string) string {
	return strings.Trim(outsideSlug.ReplaceAllString(strings.ToLower(text), "-"), "-")
}

// tableSchema returns the schema of a table, with the reference to elections if that is asked for.
func tableSchema(t *tables.Table, withReference bool) packageSchema {
	s := packageSchema{Profile: schemaProfile, MissingValues: []string{}, PrimaryKey: t.Key}
	for i := range t.Columns {
		c := &t.Columns[i]
		found := constraintsOf(c)
		s.Fields = append(s.Fields, packageField{
			Name: c.Name, Type: packageType(c.Type), Description: c.Meaning,
			Constraints: packageConstraints{
				Required: !c.Null, Unique: isKey(t, c), Minimum: found.minimum, Pattern: found.pattern, Enum: found.enum,
			},
		})
		if withReference && c.NamesElection() {
			s.ForeignKeys = append(s.ForeignKeys, packageForeignKey{
				Fields:    []string{c.Name},
				Reference: packageReference{Resource: electionsTable, Fields: []string{electionKey}},
			})
		}
	}
	return s
}

// packageType returns the type of a field.
func packageType(t tables.Type) string {
	switch t {
	case tables.Integer, tables.Bigint:
		return "integer"
	case tables.Share, tables.Double:
		return "number"
	case tables.Boolean:
		return "boolean"
	case tables.Day:
		return "date"
	case tables.Timestamp:
		return "datetime"
	case tables.Integers, tables.Strings:
		return "array"
	}
	return "string"
}
