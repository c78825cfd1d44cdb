package schemas

// Status is how a check judged an election or one subject of it.
type Status string

// The outcomes of a check, from harmless to grave. Skip means that the election does not have what the check needs.
const (
	Skip  Status = "skip"
	Pass  Status = "pass"
	Note  Status = "note"
	Warn  Status = "warn"
	Error Status = "error"
)

// Doubtful reports whether the status is that of something odd: a note, a warning or an error.
func (s Status) Doubtful() bool { return s == Note || s == Warn || s == Error }

// Finding is what one check says about one election: one pass or skip, or one doubt about each subject.
type Finding struct {
	Ordinal  int // in the order of the checks, passes and skips included
	CheckID  string
	Status   Status
	Subject  string // what is doubted, by name and position: seats/2
	Expected string
	Observed string
	Message  string
	Field    int // ordinal of the field that it is about, or 0
	Line     int // 0 if there is no place
	Offset   int // -1 if there is no place
}
