package document

import (
	"fmt"
	"slices"

	"hemicycle/schemas"
)

// The most that a document and a box may hold. The largest real boxes have some 400 fields, and no page has more than a
// dozen boxes.
const (
	MaxFields  = 4000
	MaxDefects = 100
	MaxBoxes   = 1000
)

// KeepBox adds a box to its document, or rejects it if it cannot be an infobox.
func KeepBox(d *schemas.Document, b schemas.Infobox) {
	switch {
	case len(b.Fields) == 0:
		RejectBox(d, b.Line, b.Offset, schemas.ReasonEmptyBox,
			"the box has no field: expected lines `- Key: Value` below its heading")
	case len(b.Fields) > MaxFields:
		RejectBox(d, b.Line, b.Offset, schemas.ReasonBoxTooLarge,
			fmt.Sprintf("the box has more than %d fields, more than any election box can show", MaxFields))
	default:
		d.Boxes = append(d.Boxes, b)
	}
}

// RejectBox adds a reject to a document for a box that could not be read.
func RejectBox(d *schemas.Document, line, offset int, reason, detail string) {
	d.Rejects = append(d.Rejects, schemas.Reject{
		SourceURI: d.URI, PageTitle: d.Title, Unit: schemas.UnitBox, Stage: "extract",
		Reason: reason, Detail: detail, Line: line, Offset: offset,
	})
}

// RejectBoxOnce rejects a box as RejectBox does, unless the document already has a reject with that detail.
func RejectBoxOnce(d *schemas.Document, line, offset int, reason, detail string) {
	if !slices.ContainsFunc(d.Rejects, func(r schemas.Reject) bool { return r.Detail == detail }) {
		RejectBox(d, line, offset, reason, detail)
	}
}

// RejectFurtherBoxes adds one reject for all boxes of a document behind the first MaxBoxes. The place is that of the
// first of them.
func RejectFurtherBoxes(d *schemas.Document, line, offset int) {
	RejectBoxOnce(d, line, offset, schemas.ReasonTooLarge,
		fmt.Sprintf("the page has more than %d boxes: the further ones were not read", MaxBoxes))
}

// AddField adds a field to a box. Of a box with more than MaxFields only one field too many is kept, since KeepBox
// rejects it.
func AddField(b *schemas.Infobox, f schemas.Field) {
	if len(b.Fields) <= MaxFields {
		b.Fields = append(b.Fields, f)
	}
}

// AddDefect adds a defect to a box. The one behind the first MaxDefects says that there are others, and those are not
// kept.
func AddDefect(b *schemas.Infobox, d schemas.Defect) {
	if len(b.Defects) > MaxDefects {
		return
	}
	if len(b.Defects) == MaxDefects {
		d.Message += fmt.Sprintf("; there are more than %d such places, and the rest is not listed", MaxDefects)
	}
	b.Defects = append(b.Defects, d)
}
