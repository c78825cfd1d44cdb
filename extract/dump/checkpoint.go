package dump

import (
	"encoding/json"
	"fmt"
	"slices"

	"hemicycle/schemas"
)

// The marks of an export: places from which a run can go on.

// decompressionStart is a place of the export at which unpacking can begin.
type decompressionStart struct{ offset, bit int64 }

// checkpoint is a place between two pages.
type checkpoint struct {
	Bit     int64           `json:"bit"`  // of the file, at which unpacking begins
	Skip    int64           `json:"skip"` // bytes of the export to pass from there
	Ended   bool            `json:"ended,omitempty"`
	Closed  bool            `json:"closed,omitempty"`
	Rooted  bool            `json:"rooted,omitempty"`
	Site    site            `json:"site"`
	Account schemas.Account `json:"account"`
}

// Checkpoint is the place behind the last page that was dealt with.
func (d *Source) Checkpoint() string {
	m := checkpoint{Ended: d.finished, Closed: d.scan.closed, Rooted: d.scan.rooted, Site: d.site, Account: d.account}
	at := d.scan.position()
	if i := d.startBefore(at); i >= 0 {
		m.Bit, m.Skip = d.starts[i].bit, at-d.starts[i].offset
	} else {
		m.Skip = at
	}
	text, _ := json.Marshal(m) // it has no value that JSON lacks
	return string(text)
}

func (d *Source) Resume(text string) error {
	var from checkpoint
	if err := json.Unmarshal([]byte(text), &from); err != nil {
		return fmt.Errorf("the mark cannot be read: %w", err)
	}
	d.from, d.account = from, from.Account
	if d.selection.Titles == nil { // else the range knows what was done with
		d.done.Store(from.Bit / 8)
	}
	return nil
}

// startBefore is the last start at or before a place; -1 where there is none.
func (d *Source) startBefore(at int64) int {
	i, found := slices.BinarySearchFunc(d.starts, at, func(s decompressionStart, at int64) int { return int(s.offset - at) })
	if found {
		return i
	}
	return i - 1
}
