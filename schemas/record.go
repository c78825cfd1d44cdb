package schemas

import "time"

// Record is what a sink takes. Exactly one of its parts is set.
type Record struct {
	Election *Election
	Redirect *Redirect
	Reject   *Reject
	Account  *Account
	Run      *Run
	Passed   []Redirect // that a source has; those through which boxes link become records at the end
}

// Redirect is a page that only leads to another.
type Redirect struct {
	Wiki string // the database's name, such as enwiki
	From string // title of the page
	To   string // title that it leads to, without a section
}

// Reject is a document or a box that could not be read.
type Reject struct {
	SourceURI string
	PageTitle string
	Unit      string // document or box
	Stage     string // extract, transform or load
	Reason    string // a Reason… constant
	Detail    string // what was expected, what stands there, what to do
	Line      int    // 0 if there is no place
	Offset    int    // -1 if there is no place
}

// The units that can be rejected.
const (
	UnitDocument = "document"
	UnitBox      = "box"
)

// Why a document or a box is rejected.
const (
	ReasonUnreadable    = "unreadable"     // the file could not be opened or read to its end
	ReasonTooLarge      = "too-large"      // larger than a document may be
	ReasonEmpty         = "empty"          // no text at all
	ReasonNotText       = "not-text"       // binary, or an encoding other than UTF-8
	ReasonUnknownFormat = "unknown-format" // text that no reader recognises
	ReasonBoxTooLarge   = "box-too-large"  // more fields or contenders than a box may have
	ReasonEmptyBox      = "empty-box"      // a box without a single field
	ReasonNotUnderstood = "not-understood" // an election box with an unknown layout, or one that is nested too deep
	ReasonDamaged       = "damaged"        // a range of a dump that cannot be decompressed
	ReasonCutShort      = "cut-short"      // a dump file that ends before the export does
	ReasonBrokenPage    = "broken-page"    // a page whose mark-up in the dump is not that of an export
	ReasonMissing       = "missing"        // the wiki has no such page, or does not show its text
	ReasonDuplicate     = "duplicate"      // an election with the same id was loaded before
	ReasonInternalError = "internal-error" // the program panicked on the document: a fault of the program
)

// Account is what became of one source. It balances: Documents = WithBox + WithoutBox + Rejected
// + OtherNamespaces + Redirects, and Boxes = Elections + RejectedBoxes.
type Account struct {
	SourceURI       string
	Format          string
	Bytes           int64
	SHA256          string // "" if the source was not read whole
	Scan            string // ScanWhole or ScanIndex
	Documents       int64
	WithBox         int64
	WithoutBox      int64
	OtherNamespaces int64
	Redirects       int64
	Rejected        int64
	Boxes           int64
	Elections       int64
	RejectedBoxes   int64
	Names           []BoxName  // names of election boxes that the source declares
	Index           *IndexScan // how much was read by an index; nil if the source was read whole
}

// IndexScan is how much of a dump was read by its index.
type IndexScan struct {
	Titles      int64 `json:"titles"`       // in the index
	Matched     int64 `json:"matched"`      // that were asked for
	Streams     int64 `json:"streams"`      // of the dump
	StreamsRead int64 `json:"streams_read"` // that hold such a title
	BytesRead   int64 `json:"bytes_read"`   // of those streams and of the head of the dump
}

// ScanWhole is the Scan of a source that was read from its first byte to its last.
const ScanWhole = "whole"

// ScanIndex is the Scan of a dump of which only those streams were read that an index names.
const ScanIndex = "index"

// Balances reports whether every document and box is accounted for.
func (a *Account) Balances() bool {
	return a.Documents == a.WithBox+a.WithoutBox+a.Rejected+a.OtherNamespaces+a.Redirects &&
		a.Boxes == a.Elections+a.RejectedBoxes
}

// Add adds the counts of b to a.
func (a *Account) Add(b *Account) {
	a.Bytes += b.Bytes
	a.Documents += b.Documents
	a.WithBox += b.WithBox
	a.WithoutBox += b.WithoutBox
	a.OtherNamespaces += b.OtherNamespaces
	a.Redirects += b.Redirects
	a.Rejected += b.Rejected
	a.Boxes += b.Boxes
	a.Elections += b.Elections
	a.RejectedBoxes += b.RejectedBoxes
	a.Names = append(a.Names, b.Names...)
}

// Run is one run of a pipeline, as far as it is known when its last record is written.
type Run struct {
	ID            string
	Pipeline      string
	StartedAt     time.Time
	FinishedAt    time.Time
	Version       string // of the program
	SchemaVersion string
	Total         Account // of all sources together
	Sound         int64   // elections without an error
	Notes         int64
	Warnings      int64
	Errors        int64
}
