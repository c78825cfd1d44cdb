package document

import "hemicycle/schemas"

// Unreadable is the error of a document that cannot be read. It becomes a reject, with the same reason, detail and
// place.
type Unreadable struct {
	Reason string // one of the constants schemas.Reason…
	Detail string // what was expected, what stands there, what to do
	Line   int    // 0 if there is no place
	Offset int    // -1 if there is no place

	// Gap is where the source has something missing, if the reason is one of an incomplete source; nil if the place is
	// not known.
	Gap *schemas.Gap
}

// Error returns the reason and the detail.
func (u *Unreadable) Error() string { return u.Reason + ": " + u.Detail }
