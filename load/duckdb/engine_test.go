package duckdb

import (
	"bufio"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
)

// answer is the answer of an engine to a statement.
type answer struct {
	Rows  [][]*string `json:"rows"`
	Error string      `json:"error,omitempty"`
}

// serveEngine runs a session of the DuckDB of this module, which takes and answers what testdata/engine100 does.
func serveEngine(path, mode string, in io.Reader, out io.Writer) error {
	access := "read_only"
	if mode == "write" {
		access = "read_write"
	}
	db, err := sql.Open("duckdb", path+"?access_mode="+access)
	if err == nil {
		defer db.Close()
		db.SetMaxOpenConns(1) // so that a transaction can span several lines
		err = db.Ping()
	}
	answers := json.NewEncoder(out)
	if err != nil {
		return answers.Encode(answer{Error: err.Error()})
	}
	if err := answers.Encode(answer{}); err != nil {
		return err
	}
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		a, err := ask(db, lines.Text())
		if err != nil {
			a = answer{Error: err.Error()}
		}
		if err := answers.Encode(a); err != nil {
			return err
		}
	}
	return lines.Err()
}

func ask(db *sql.DB, statement string) (answer, error) {
	rows, err := db.Query(statement)
	if err != nil {
		return answer{}, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return answer{}, err
	}
	var a answer
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return answer{}, err
		}
		row := make([]*string, len(columns))
		for i, v := range values {
			if v != nil {
				text := fmt.Sprint(v)
				row[i] = &text
			}
		}
		a.Rows = append(a.Rows, row)
	}
	return a, rows.Err()
}
