package terminal

import (
	"bytes"
	"encoding/json"
	"slices"

	"hemicycle/schemas"
	"hemicycle/schemas/tables"
)

// InfoboxJSON returns a document as package extract read it: its title, and its boxes with their fields and places.
func InfoboxJSON(d *schemas.Document) ([]byte, error) {
	type field struct {
		Ordinal  int    `json:"ordinal"`
		Key      string `json:"key"`
		Name     string `json:"name"`
		Position *int   `json:"position"`
		Raw      string `json:"raw"`
		Text     string `json:"text"`
		Line     int    `json:"line,omitempty"`
		Offset   *int   `json:"byte_offset"`
		Path     string `json:"path,omitempty"`
		Notes    string `json:"footnotes,omitempty"`
	}
	type defect struct {
		Message string `json:"message"`
		Raw     string `json:"raw"`
		Line    int    `json:"line,omitempty"`
		Offset  *int   `json:"byte_offset"`
	}
	type box struct {
		Box       int      `json:"box"`
		ParentBox *int     `json:"parent_box"`
		Template  *string  `json:"template"`
		Line      int      `json:"line,omitempty"`
		Offset    *int     `json:"byte_offset"`
		Fields    []field  `json:"fields"`
		Defects   []defect `json:"defects,omitempty"`
	}
	type document struct {
		SourceURI string  `json:"source_uri"`
		Format    string  `json:"format"`
		PageTitle *string `json:"page_title"`
		Boxes     []box   `json:"boxes"`
	}
	out := document{SourceURI: d.URI, Format: d.Format, PageTitle: nullable(d.Title), Boxes: []box{}}
	for _, b := range d.Boxes {
		o := box{Box: b.Box, Template: nullable(b.Template), Line: b.Line, Offset: knownOffset(b.Offset), Fields: []field{}}
		if b.Parent > 0 {
			o.ParentBox = &b.Parent
		}
		for i, f := range b.Fields {
			g := field{
				Ordinal: i + 1, Key: f.Key, Name: f.Name, Raw: f.Raw, Text: f.Text, Line: f.Line, Path: f.Path,
				Offset: knownOffset(f.Offset), Notes: b.Footnotes[i],
			}
			if f.Position > 0 {
				g.Position = &f.Position
			}
			o.Fields = append(o.Fields, g)
		}
		for _, x := range b.Defects {
			o.Defects = append(o.Defects, defect{x.Message, x.Raw, x.Line, knownOffset(x.Offset)})
		}
		out.Boxes = append(out.Boxes, o)
	}
	return marshalIndented(out)
}

// knownOffset returns nil for an offset that is not known, which is null in JSON.
func knownOffset(offset int) *int {
	if offset < 0 {
		return nil
	}
	return &offset
}

// nullable returns nil for an empty text, which is null in JSON.
func nullable(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// ElectionsJSON returns elections with the columns of the tables: an array with one object per election, which has its
// results, parties, leaders, rounds, offices, claims and measures inside; each measure of a contender is an object of
// its own. Keys of pages follow no redirects. Coalitions are left out, since there can be very many. Decimals are
// strings with the digits of the page.
func ElectionsJSON(elections []*schemas.Election) ([]byte, error) {
	all := [][]byte{}
	for _, e := range elections {
		r := schemas.Record{Election: e}
		rows, err := tables.PageJSON(tables.Find("elections"), r)
		if err != nil {
			return nil, err
		}
		object := rows[0]
		r.Names = e.Names()
		for _, name := range []string{
			"results", "contender_parties", "contender_leaders", "rounds", "round_results", "offices", "claims", "measures",
			"contender_measures",
		} {
			rows, err := tables.PageJSON(tables.Find(name), r)
			if name == "contender_measures" {
				rows, err = contenderMeasuresJSON(e)
			}
			if err != nil {
				return nil, err
			}
			inner := append([]byte(`,"`+name+`":[`), bytes.Join(rows, []byte(","))...)
			object = append(append(object[:len(object)-1], inner...), "]}"...)
		}
		all = append(all, object)
	}
	return indentedArray(all)
}

// contenderMeasuresJSON returns an object for each measure of each contender, by measure and then by position. The
// table has a column for each measure instead.
func contenderMeasuresJSON(e *schemas.Election) (objects [][]byte, err error) {
	type object struct {
		ElectionID string  `json:"election_id"`
		Position   int     `json:"position"`
		Measure    string  `json:"measure"`
		Value      float64 `json:"value"`
		Treatment  string  `json:"treatment"`
	}
	var order []string
	byMeasure := map[string][][]byte{}
	for _, m := range slices.Concat(e.ContenderMeasures...) {
		content, err := tables.MarshalJSON(object{e.ID, m.Position, m.Name, m.Value, m.Treatment})
		if err != nil {
			return nil, err
		}
		if byMeasure[m.Name] == nil {
			order = append(order, m.Name)
		}
		byMeasure[m.Name] = append(byMeasure[m.Name], content)
	}
	for _, name := range order {
		objects = append(objects, byMeasure[name]...)
	}
	return objects, nil
}

// FindingsJSON returns the findings of elections, passes and skips included, with the columns of the table.
func FindingsJSON(elections []*schemas.Election) ([]byte, error) {
	all := [][]byte{}
	for _, e := range elections {
		withQuiet := *e
		withQuiet.Findings = e.AllFindings()
		rows, err := tables.PageJSON(tables.Find("findings"), schemas.Record{Election: &withQuiet})
		if err != nil {
			return nil, err
		}
		all = append(all, rows...)
	}
	return indentedArray(all)
}

// marshalIndented returns a value as indented JSON.
func marshalIndented(v any) ([]byte, error) {
	compact, err := tables.MarshalJSON(v)
	if err != nil {
		return nil, err
	}
	return indent(compact)
}

// indentedArray returns JSON objects as an indented array.
func indentedArray(objects [][]byte) ([]byte, error) {
	return indent(append(append([]byte{'['}, bytes.Join(objects, []byte(","))...), ']'))
}

// indent indents JSON and ends it with a line feed.
func indent(compact []byte) ([]byte, error) {
	var b bytes.Buffer
	err := json.Indent(&b, compact, "", "  ")
	b.WriteByte('\n')
	return b.Bytes(), err
}
