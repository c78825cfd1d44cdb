package cmd

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	yaml3 "go.yaml.in/yaml/v3"

	"hemicycle/load/version"
)

// contractRule is a rule of quality in a data contract.
type contractRule struct {
	Name, Type, Metric, Query string
	Arguments                 struct{ Properties []string }
	MustBe                    *int64 `yaml:"mustBe"`
	AtMost                    *int64 `yaml:"mustBeLessOrEqualTo"`
}

// dataContract is what TestContractHolds reads of a data contract.
type dataContract struct {
	Servers []struct{ Type, Path, Database string }
	Schema  []struct {
		Name       string
		Quality    []contractRule
		Properties []struct {
			Name         string
			PhysicalType string `yaml:"physicalType"`
			Required     bool
			Quality      []contractRule
		}
	}
}

// TestContractHolds reads the contract of a version as a data team would, with a reader of YAML and an engine, and
// expects that every table, type and rule in it is true of the version, in its database and in its Parquet files; and
// that dbt would find each table where the sources say.
func TestContractHolds(t *testing.T) {
	output := filepath.Join(t.TempDir(), "out")
	if status := Main([]string{"run", "--quiet", "--output", output}); status != 0 {
		t.Fatalf("the run ended with status %d", status)
	}
	folder, err := filepath.EvalSymlinks(filepath.Join(output, "current"))
	if err != nil {
		t.Fatal(err)
	}
	var contract dataContract
	content, err := os.ReadFile(filepath.Join(folder, "contract.yaml"))
	if err == nil {
		err = yaml3.Unmarshal(content, &contract)
	}
	if err != nil {
		t.Fatal(err)
	}
	var sources struct {
		Sources []struct {
			Config struct{ Meta map[string]string }
		}
	}
	if content, err = os.ReadFile(filepath.Join(folder, "sources.yml")); err == nil {
		err = yaml3.Unmarshal(content, &sources)
	}
	if err != nil {
		t.Fatal(err)
	}
	location := strings.Replace(sources.Sources[0].Config.Meta["external_location"],
		"{{ env_var('HEMICYCLE_VERSION', '.') }}", folder, 1)
	t.Run("database", func(t *testing.T) {
		db, err := sql.Open("duckdb", filepath.Join(folder, contract.Servers[1].Database)+"?access_mode=read_only")
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		contract.check(t, db)
	})
	for name, glob := range map[string]string{
		"parquet": filepath.Join(folder, strings.Replace(contract.Servers[0].Path, "{model}", "{name}", 1)), "dbt": location,
	} {
		t.Run(name, func(t *testing.T) {
			db, err := sql.Open("duckdb", "")
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			db.SetMaxOpenConns(1) // since each connection would have a database of its own
			for _, table := range contract.Schema {
				_, err := db.Exec(fmt.Sprintf("CREATE VIEW %s AS FROM read_parquet('%s')", table.Name,
					strings.ReplaceAll(glob, "{name}", table.Name)))
				if err != nil {
					t.Fatal(err)
				}
			}
			contract.check(t, db)
		})
	}
}

// check expects that what the contract says of tables, types and rules is true of a database.
func (c *dataContract) check(t *testing.T, db *sql.DB) {
	t.Helper()
	rules := 0
	holds := func(table string, r contractRule) {
		query := r.Query
		switch {
		case r.Type == "text":
			return
		case r.Metric == "duplicateValues":
			query = fmt.Sprintf("SELECT count(*) FROM (SELECT 1 FROM %s GROUP BY %s HAVING count(*) > 1)", table,
				strings.Join(r.Arguments.Properties, ", "))
		}
		rules++
		var got int64
		err := db.QueryRow(query).Scan(&got)
		if err != nil || r.MustBe != nil && got != *r.MustBe || r.AtMost != nil && got > *r.AtMost {
			t.Errorf("the rule %s: %s gives %d (%v)", r.Name, query, got, err)
		}
	}
	for _, table := range c.Schema {
		types := map[string]string{}
		rows, err := db.Query("SELECT column_name, column_type FROM (DESCRIBE " + table.Name + ")")
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var name, kind string
			if err := rows.Scan(&name, &kind); err != nil {
				t.Fatal(err)
			}
			types[name] = kind
		}
		for _, p := range table.Properties {
			if types[p.Name] != p.PhysicalType {
				t.Errorf("%s.%s is %s, and %s in the contract", table.Name, p.Name, types[p.Name], p.PhysicalType)
			}
			if p.Required {
				holds(table.Name, contractRule{Name: p.Name + " is required", MustBe: new(int64(0)),
					Query: fmt.Sprintf("SELECT count(*) FROM %s WHERE %s IS NULL", table.Name, p.Name)})
			}
			for _, r := range p.Quality {
				holds(table.Name, r)
			}
		}
		if len(types) != len(table.Properties) {
			t.Errorf("%s has %d columns, and %d in the contract", table.Name, len(types), len(table.Properties))
		}
		for _, r := range table.Quality {
			holds(table.Name, r)
		}
	}
	if rules < 150 {
		t.Errorf("the contract of %s has only %d rules that can be run", version.DatabaseName, rules)
	}
}
