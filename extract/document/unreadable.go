package document

// Unreadable is the error of a document that cannot be read.
type Unreadable struct {
	Reason string // a schemas.Reason… constant
	Detail string // what was expected, what stands there, what to do
	Line   int    // 0 where there is no place
	Offset int    // -1 where there is no place
}

func (u *Unreadable) Error() string { return u.Reason + ": " + u.Detail }
