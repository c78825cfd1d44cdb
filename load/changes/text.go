package changes

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"hemicycle/load/wording"
	"hemicycle/schemas"
	"hemicycle/schemas/tables"
)

// What a Text shows at most. Everything is counted.
const (
	shownElections = 200
	shownRows      = 20 // of an election
	shownValues    = 4  // of a row that was added or removed
	shownLetters   = 60 // of a value
)

// Text writes changes for people, grouped by page and election. Its length is bounded, whatever the number of changes,
// and no text of a page can control a terminal.
type Text struct {
	out      io.Writer
	err      error
	isGroup  bool // a group is open
	page     string
	election string
	rows     int    // of the open group
	skipped  int    // rows of the open group that are not shown
	groups   int    // with a row
	whole    string // the kind of the open election, if it was added or removed whole
	identity map[string]tables.Identity

	// The open row, which was added or removed.
	open   *schemas.Change
	values []string
	more   int // values that are not shown

	counts map[string]int64 // elections by kind, and changes by table
}

// NewText returns a Text that writes to out.
func NewText(out io.Writer) *Text {
	return &Text{out: out, counts: map[string]int64{}, identity: map[string]tables.Identity{}}
}

// Add adds the next change, in the order in which Compare finds them.
func (t *Text) Add(c *schemas.Change) error {
	if t.open != nil && (t.open.Table != c.Table || t.open.Row != c.Row || t.open.Kind != c.Kind) {
		t.closeRow()
	}
	if isNew := !t.isGroup || c.ElectionID != t.election || c.ElectionID == "" && c.Page != t.page; isNew {
		t.openGroup(c)
	}
	t.counts["table "+c.Table]++
	if t.whole != "" {
		return t.err
	}
	if c.Kind == schemas.ChangeChanged {
		t.line("changed  %s %s: %s → %s", rowName(c), wording.Plain(c.Column), shown(c.Old), shown(c.New))
		return t.err
	}
	if t.open == nil {
		t.open, t.values, t.more = new(*c), nil, 0
	}
	id, ok := t.identity[c.Table]
	if !ok {
		id = tables.Find(c.Table).Identity()
		t.identity[c.Table] = id
	}
	switch value := c.New; {
	case id.IsKey(c.Column) || !id.IsCompared(c.Column):
	case len(t.values) == shownValues:
		t.more++
	default:
		if value == nil {
			value = c.Old
		}
		t.values = append(t.values, wording.Plain(c.Column)+" "+shown(value))
	}
	return t.err
}

// openGroup begins the changes of another election, or of another page that has none.
func (t *Text) openGroup(c *schemas.Change) {
	t.closeGroup()
	t.groups++
	isSamePage := t.isGroup && t.page == c.Page && t.election != "" && c.ElectionID != ""
	t.isGroup, t.page, t.election, t.rows, t.whole = true, c.Page, c.ElectionID, 0, ""
	if c.Table == "elections" && c.Kind != schemas.ChangeChanged {
		t.whole = c.Kind
	}
	if c.ElectionID != "" {
		kind := schemas.ChangeChanged
		if t.whole != "" {
			kind = t.whole
		}
		t.counts["election "+kind]++
	}
	if t.groups > shownElections {
		return
	}
	if !isSamePage {
		title := wording.Plain(c.Page)
		if title == "" {
			title = "(no title)"
		}
		t.print("%s%s\n", wording.Shorten(title, 2*shownLetters), revisions(c))
	}
	switch {
	case t.whole != "":
		t.print("  %s  %s\n", t.whole, wording.Shorten(wording.Plain(c.ElectionID), 2*shownLetters))
	case c.ElectionID != "":
		t.print("  %s\n", wording.Shorten(wording.Plain(c.ElectionID), 2*shownLetters))
	}
}

// revisions says which revisions of a page were compared.
func revisions(c *schemas.Change) string {
	switch before, after := c.OldRevision, c.NewRevision; {
	case before != nil && after != nil && *before != *after:
		return fmt.Sprintf(" (revision %d → %d)", *before, *after)
	case after != nil:
		return fmt.Sprintf(" (revision %d)", *after)
	case before != nil:
		return fmt.Sprintf(" (revision %d)", *before)
	}
	return ""
}

// closeRow writes the row that was added or removed.
func (t *Text) closeRow() {
	if t.open == nil {
		return
	}
	c := t.open
	t.open = nil
	line := fmt.Sprintf("%-7s  %s", c.Kind, rowName(c))
	if len(t.values) > 0 {
		line += ": " + strings.Join(t.values, ", ")
	}
	if t.more > 0 {
		line += fmt.Sprintf(", and %s", wording.Count(int64(t.more), "value"))
	}
	t.line("%s", line)
}

// closeGroup ends the changes of an election.
func (t *Text) closeGroup() {
	t.closeRow()
	if t.skipped > 0 && t.groups <= shownElections {
		t.print("    and %s more\n", wording.Count(int64(t.skipped), "row"))
	}
	t.skipped = 0
}

// line writes a line of the open group.
func (t *Text) line(format string, values ...any) {
	t.rows++
	switch {
	case t.groups > shownElections:
	case t.rows > shownRows:
		t.skipped++
	default:
		t.print("    "+format+"\n", values...)
	}
}

func (t *Text) print(format string, values ...any) {
	if t.err == nil {
		_, t.err = fmt.Fprintf(t.out, format, values...)
	}
}

// Finish writes how much has changed.
func (t *Text) Finish() error {
	t.closeGroup()
	if !t.isGroup {
		t.print("nothing has changed\n")
		return t.err
	}
	if t.groups > shownElections {
		t.print("… and %s more\n", wording.Count(int64(t.groups-shownElections), "election"))
	}
	t.print("\nelections: %s added, %s changed, %s removed\n", wording.Number(t.counts["election added"]),
		wording.Number(t.counts["election changed"]), wording.Number(t.counts["election removed"]))
	var named []string
	for _, table := range tables.Compared() {
		if n := t.counts["table "+table.Name]; n > 0 {
			named = append(named, table.Name+" "+wording.Number(n))
		}
	}
	t.print("values by table: %s\n", strings.Join(named, ", "))
	return t.err
}

// rowName returns the table and the key of a row, without its election.
func rowName(c *schemas.Change) string {
	var key map[string]json.RawMessage
	_ = json.Unmarshal([]byte(c.Row), &key) // which Compare made
	name := c.Table
	for _, k := range tables.Find(c.Table).Identity().Key {
		if value, ok := key[k.Name]; ok && k.Name != "election_id" && string(value) != "null" {
			name += " " + k.Name + "=" + plainJSON(value)
		}
	}
	if n := string(key["occurrence"]); n != "" && n != "1" {
		name += " occurrence=" + n
	}
	return name
}

// plainJSON returns a value of JSON as people read it.
func plainJSON(value json.RawMessage) string {
	text := ""
	if json.Unmarshal(value, &text) != nil {
		text = string(value)
	}
	return wording.Shorten(text[:min(len(text), 16*shownLetters)], shownLetters)
}

// shown returns a value as it is shown.
func shown(value *string) string {
	switch {
	case value == nil:
		return "NULL"
	case *value == "":
		return `""`
	}
	return wording.Shorten((*value)[:min(len(*value), 16*shownLetters)], shownLetters)
}
