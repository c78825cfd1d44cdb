// Package engineserver serves a database to another process, with whichever engine the program that imports it links.
// Tests have it linked with the engine of this module and with older ones.
package engineserver

import (
	"bufio"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
)

// Answer is the answer to a statement. Each value is text, or nil for NULL.
type Answer struct {
	Rows  [][]*string `json:"rows"`
	Error string      `json:"error,omitempty"`
}

// Serve opens the database at a path for reading, or also for writing if the mode is "write", and answers each line of
// in, one SQL statement, by one line of JSON. The first line that it writes answers the opening. The database stays
// open until the input ends.
func Serve(path, mode string, in io.Reader, out io.Writer) error {
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
		return answers.Encode(Answer{Error: err.Error()})
	}
	if err := answers.Encode(Answer{}); err != nil {
		return err
	}
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		a, err := query(db, lines.Text())
		if err != nil {
			a = Answer{Error: err.Error()}
		}
		if err := answers.Encode(a); err != nil {
			return err
		}
	}
	return lines.Err()
}

func query(db *sql.DB, statement string) (Answer, error) {
	rows, err := db.Query(statement)
	if err != nil {
		return Answer{}, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return Answer{}, err
	}
	var a Answer
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return Answer{}, err
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
