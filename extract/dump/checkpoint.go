package dump

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"hemicycle/extract/bzip2"
	"hemicycle/schemas"
)

// decompressionStart is an offset of the export and the bit of the file at which decompression can begin to yield it.
type decompressionStart struct {
	offset, bit int64
	stream      bzip2.Stream // what is known of the stream of bzip2 there
}

// checkpoint is a place between two pages of an export, from which a run can continue, with all that is known there.
type checkpoint struct {
	Bit        int64 `json:"bit"`              // of the file, at which decompression begins
	Skip       int64 `json:"skip"`             // the bytes of the export to skip from there
	Passed     int64 `json:"passed,omitempty"` // the bytes of the export before the bit
	Finished   bool  `json:"finished,omitempty"`
	Incomplete bool  `json:"incomplete,omitempty"`
	exportState
	Items   itemsState      `json:"items,omitzero"`
	Site    site            `json:"site"`
	Account schemas.Account `json:"account"`
}

// Checkpoint returns the place behind the last page that was dealt with.
func (d *Source) Checkpoint() string {
	c := checkpoint{
		Finished: d.finished, Incomplete: d.isIncomplete, Items: d.itemsState,
		exportState: d.scan.exportState, Site: d.site, Account: d.account,
	}
	at := d.scan.position()
	if i := d.startBefore(at); i >= 0 {
		c.Bit, c.Skip, c.Passed = d.starts[i].bit, at-d.starts[i].offset, d.starts[i].offset
	} else {
		c.Skip = at
	}
	text, _ := json.Marshal(c) // no field has a value that JSON cannot express
	return string(text)
}

// Resume makes the next range begin behind a checkpoint of the same dump.
func (d *Source) Resume(text string) error {
	var from checkpoint
	if err := json.Unmarshal([]byte(text), &from); err != nil {
		return fmt.Errorf("the checkpoint %.100q cannot be read: %w", text, err)
	}
	if from.Bit < 0 || from.Bit/8 > d.size || from.Skip < 0 {
		return fmt.Errorf("the checkpoint %.100q is no place in this file, which has %d bytes", text, d.size)
	}
	d.from, d.account = from, from.Account
	if d.selection.Titles == nil { // with an index, the range computes what is done
		d.done.Store(from.Bit / 8)
	}
	return nil
}

// startBefore returns the index of the last start at or before an offset, or -1 if there is none.
func (d *Source) startBefore(at int64) int {
	i, found := slices.BinarySearchFunc(d.starts, at, func(s decompressionStart, at int64) int {
		return cmp.Compare(s.offset, at)
	})
	if found {
		return i
	}
	return i - 1
}
