package pipelines

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"hemicycle/extract"
	"hemicycle/schemas"
	"hemicycle/schemas/tables"
)

// tablesJSON returns the rows of every table that records have, as JSON: one object per table and one line per row.
// The values come from the getters of the columns, as every sink reads them.
func tablesJSON(t *testing.T, records []schemas.Record) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("{")
	for i, table := range tables.All() {
		if table.Name == "runs" {
			continue
		}
		if i > 0 {
			b.WriteString(",")
		}
		b.WriteString("\n" + strconv.Quote(table.Name) + ": [")
		separator := "\n  "
		for _, r := range records {
			for row := range table.Rows(r) {
				b.WriteString(separator + rowJSON(t, table, r, row))
				separator = ",\n  "
			}
		}
		b.WriteString("]")
	}
	b.WriteString("\n}\n")
	if !json.Valid([]byte(b.String())) {
		t.Fatal("the tables are no JSON")
	}
	return b.String()
}

func rowJSON(t *testing.T, table *tables.Table, r schemas.Record, row int) string {
	t.Helper()
	var cells []string
	for _, c := range table.Columns {
		v := c.Get(r, row)
		if !v.Valid && !c.Null {
			t.Errorf("%s.%s has no value, and may not be NULL", table.Name, c.Name)
		}
		cells = append(cells, strconv.Quote(c.Name)+": "+cellJSON(t, c.Type, v))
	}
	return "{" + strings.Join(cells, ", ") + "}"
}

// cellJSON returns a value as JSON. Decimals, dates and times are strings.
func cellJSON(t *testing.T, kind tables.Type, v tables.Value) string {
	t.Helper()
	text := v.Text
	switch {
	case !v.Valid:
		return "null"
	case kind == tables.Integer, kind == tables.Bigint:
		return strconv.FormatInt(v.Int, 10)
	case kind == tables.Double:
		return strconv.FormatFloat(v.Float, 'g', 12, 64)
	case kind == tables.Boolean:
		return strconv.FormatBool(v.Bool)
	case kind == tables.Share:
		text = decimal.New(v.Int, -schemas.ShareScale).StringFixed(schemas.ShareScale)
	case kind == tables.Day:
		text = time.Unix(v.Int*24*60*60, 0).UTC().Format(time.DateOnly)
	case kind == tables.Timestamp:
		text = time.UnixMicro(v.Int).UTC().Format(time.RFC3339Nano)
	}
	var quoted bytes.Buffer
	encoder := json.NewEncoder(&quoted)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(text); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(quoted.String())
}

// recordsOf returns the records that a pipeline gives to its sinks, without the record of the run.
func recordsOf(t *testing.T, p *Pipeline) (records []schemas.Record) {
	t.Helper()
	sources, err := p.open(t.Context(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	a := account{
		sources: make([]sourceAccount, len(p.Sources)), seen: map[[16]byte]firstSeen{},
		wikis: make([]string, len(p.Sources)), read: map[string]bool{}, ofFile: map[string]bool{},
	}
	work := p.worker(extract.Options{}, nil)
	for step := range documents(t.Context(), sources, inputPosition{}, 1000) {
		work(&step)
		records = append(records, a.enter(step)...)
	}
	for _, r := range records { // which are written when the input has ended
		if r.Election != nil {
			records = append(records, schemas.Record{Names: r.Election.Names()})
		}
	}
	return records
}

// Whole documents become these values in every table. UPDATE_GOLDEN=1 writes the files anew.
func TestGoldens(t *testing.T) {
	count := 0
	for _, name := range Names() {
		p, err := Open(name)
		if err != nil {
			t.Fatal(err)
		}
		if p.HasLive() { // it reads what a wiki has today
			continue
		}
		count++
		t.Run(name, func(t *testing.T) {
			if p.WithoutFiles() != "" {
				if p, err = p.WithFiles([]string{filepath.Join("testdata", name+".xml")}); err != nil {
					t.Fatal(err)
				}
			}
			checkGolden(t, filepath.Join("testdata", "golden", name+".json"), tablesJSON(t, recordsOf(t, p)))
		})
	}
	files, err := os.ReadDir(filepath.Join("testdata", "golden"))
	if err != nil || len(files) != count {
		t.Errorf("%d pipelines with files are embedded, and there are %d goldens (%v)", count, len(files), err)
	}
}
