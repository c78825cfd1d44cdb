// Engine100 is a session of DuckDB 1.0.0, the oldest engine that the published database is for. It is
// a module of its own, since a program can hold only one version of DuckDB.
//
//	engine100 PATH read|write
//
// It opens the database, then answers each line of standard input, one SQL statement, by one line of
// JSON: {"rows": [[…]]} with every value as text or null, or {"error": "…"}. The first line that it
// writes answers the opening. The database stays open until the input ends.
package main

import (
	"bufio"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"os"

	_ "github.com/marcboeker/go-duckdb"
)

type answer struct {
	Rows  [][]*string `json:"rows"`
	Error string      `json:"error,omitempty"`
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: engine100 PATH read|write")
		os.Exit(2)
	}
	if err := serve(os.Args[1], os.Args[2], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "engine100:", err)
		os.Exit(1)
	}
}

func serve(path, mode string, in io.Reader, out io.Writer) error {
	access := "read_only"
	if mode == "write" {
		access = "read_write"
	}
	db, err := sql.Open("duckdb", path+"?access_mode="+access)
	if err == nil {
		defer db.Close()
		db.SetMaxOpenConns(1) // one session, whose transaction lasts over several lines
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
		a, err := query(db, lines.Text())
		if err != nil {
			a = answer{Error: err.Error()}
		}
		if err := answers.Encode(a); err != nil {
			return err
		}
	}
	return lines.Err()
}

func query(db *sql.DB, statement string) (answer, error) {
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
