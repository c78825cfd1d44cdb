package document

import (
	"fmt"
	"slices"

	"hemicycle/schemas"
)

// The most that a document and a box may hold. The largest real boxes have some 400 fields, and no
// page has more than a dozen boxes.
const (
	MaxFields  = 4000
	MaxDefects = 100
	MaxBoxes   = 1000
)

// TooManyBoxes says that a page has more than maxBoxes.
var TooManyBoxes = fmt.Sprintf("the page has more than %d boxes: the further ones were not read", MaxBoxes)

// KeepBox adds a box to its document, or rejects it where it cannot be an infobox.
func KeepBox(d *schemas.Document, b schemas.Infobox) {
	switch {
	case len(b.Fields) == 0:
		RejectBox(d, b.Line, b.Offset, schemas.ReasonEmptyBox, "the box has no field: expected lines `- Key: Value` below its heading")
	case len(b.Fields) > MaxFields:
		RejectBox(d, b.Line, b.Offset, schemas.ReasonBoxTooLarge, fmt.Sprintf("the box has more than %d fields, more than any election box can show", MaxFields))
	default:
		d.Boxes = append(d.Boxes, b)
	}
}

// RejectBox notes a box that could not be read.
func RejectBox(d *schemas.Document, line, offset int, reason, detail string) {
	d.Rejects = append(d.Rejects, schemas.Reject{
		SourceURI: d.URI, PageTitle: d.Title, Unit: schemas.UnitBox, Stage: "extract",
		Reason: reason, Detail: detail, Line: line, Offset: offset,
	})
}

// RejectBoxOnce notes what of a page is not read where it begins, however often there is more of it.
func RejectBoxOnce(d *schemas.Document, line, offset int, reason, detail string) {
	if !slices.ContainsFunc(d.Rejects, func(r schemas.Reject) bool { return r.Detail == detail }) {
		RejectBox(d, line, offset, reason, detail)
	}
}

// AddField adds a field to a box, and forgets those that could only be rejected with it.
func AddField(b *schemas.Infobox, f schemas.Field) {
	if len(b.Fields) <= MaxFields {
		b.Fields = append(b.Fields, f)
	}
}

// AddDefect adds a defect to a box; of more than maxDefects the last says that there are others.
func AddDefect(b *schemas.Infobox, d schemas.Defect) {
	if len(b.Defects) > MaxDefects {
		return
	}
	if len(b.Defects) == MaxDefects {
		d.Message += fmt.Sprintf("; there are more than %d such places, and the rest is not listed", MaxDefects)
	}
	b.Defects = append(b.Defects, d)
}
