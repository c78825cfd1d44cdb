package contracts

import (
	"regexp"
	"strconv"
	"strings"

	"hemicycle/schemas/tables"
)

// constraints are what the CHECK of a column says of its values alone, for formats that have words for it. A CHECK of
// another form has none.
type constraints struct {
	minimum *int64
	enum    []string
	pattern string
}

var (
	minimumCheck = regexp.MustCompile(`^(\w+) >= (\d+)$`)
	enumCheck    = regexp.MustCompile(`^(\w+) IN \('(.*)'\)$`)
	patternCheck = regexp.MustCompile(`^regexp_full_match\((\w+), '(.*)'\)$`)
)

// constraintsOf returns the constraints in the CHECK of a column.
func constraintsOf(c *tables.Column) (found constraints) {
	if m := minimumCheck.FindStringSubmatch(c.Check); m != nil && m[1] == c.Name {
		if n, err := strconv.ParseInt(m[2], 10, 64); err == nil {
			found.minimum = &n
		}
	}
	if m := enumCheck.FindStringSubmatch(c.Check); m != nil && m[1] == c.Name {
		found.enum = strings.Split(m[2], "', '")
	}
	if m := patternCheck.FindStringSubmatch(c.Check); m != nil && m[1] == c.Name {
		found.pattern = "^(" + m[2] + ")$"
	}
	return found
}

// electionKey is the key of the table of elections.
const (
	electionsTable = "elections"
	electionKey    = "election_id"
)

// isKey reports whether a column alone is the key of its table.
func isKey(t *tables.Table, c *tables.Column) bool { return len(t.Key) == 1 && t.Key[0] == c.Name }
