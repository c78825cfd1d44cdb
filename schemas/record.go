package schemas

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Record is what a sink takes. Exactly one of its parts is set.
type Record struct {
	Election *Election
	Contest  *Contest
	Page     *Page
	Names    *ContenderNames
	// Contradictions are those of one election, once the input has ended.
	Contradictions []Contradiction
	// Changes are some of those since the version before, once everything else was written.
	Changes  []Change
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

// Wiki returns the wiki of a record whose rows belong to one, "" if it belongs to none. It is the wiki by which such rows
// are laid out in partitions.
func (r *Record) Wiki() string {
	switch {
	case r.Election != nil:
		return r.Election.Document.Wiki
	case r.Contest != nil:
		return r.Contest.Document.Wiki
	case r.Page != nil:
		return r.Page.Wiki
	case r.Names != nil:
		return r.Names.Wiki
	case len(r.Contradictions) > 0:
		return r.Contradictions[0].Wiki
	case r.Redirect != nil:
		return r.Redirect.Wiki
	}
	return ""
}

// Reject is a document or a box that could not be read.
type Reject struct {
	SourceURI string
	Wiki      string // of the document, or of the source that it is in; "" if neither says
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
	UnitContest  = "contest" // a table of results
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
	ReasonWrongDigest   = "wrong-digest"   // a page whose text is not that of which the export gives the digest
	ReasonUnidentified  = "unidentified"   // a dump without its head, which says of which wiki its pages are
	ReasonMissing       = "missing"        // the wiki has no such page, or does not show its text
	ReasonDuplicate     = "duplicate"      // an election with the same id was loaded before
	ReasonInternalError = "internal-error" // the program panicked on the document: a fault of the program
)

// incompleteReasons are the reasons of rejects that stand for something missing from a source.
var incompleteReasons = []string{
	ReasonUnreadable, ReasonDamaged, ReasonCutShort, ReasonBrokenPage, ReasonWrongDigest, ReasonUnidentified,
}

// IsIncomplete reports whether the reject means that its source is incomplete: that it is cut short, damaged or
// unreadable, or that a page of it is lost to damage. Other rejects are of what is there, and is no page or no box.
func (r *Reject) IsIncomplete() bool { return slices.Contains(incompleteReasons, r.Reason) }

// Gap is a place of a source at which something is missing, in bytes of the file.
type Gap struct {
	From  int64 // -1 if it is not known
	Bytes int64 // that are missing or not proven; -1 if it is not known how many
	Page  bool  // it is one page
}

// Missing is what a source lacks.
type Missing struct {
	Gaps        int64 `json:"gaps"`            // the number of places
	Pages       int64 `json:"pages,omitempty"` // of them that are one page each
	Bytes       int64 `json:"bytes,omitempty"` // of the file, as far as they are known
	UnknownSize bool  `json:"unknown_size"`    // it is not known how much is missing

	// Of the first place, of the first that is more than a page, or of the one that costs all pages:
	From   int64  `json:"from"` // its first byte; -1 if it is not known
	Reason string `json:"reason"`
	Detail string `json:"detail"`
	Share  string `json:"share"` // how much of the source is missing, in words
}

// AddGap adds a place at which the source lacks something, of which a reject was made.
func (a *Account) AddGap(r *Reject, g Gap) {
	if a.Missing == nil {
		a.Missing = &Missing{}
	}
	a.Incomplete, a.Lost = 1, a.Lost+1
	m := a.Missing
	isFirst := m.Gaps == 0 || m.Gaps == m.Pages && !g.Page // or the first that is more than a page
	if isFirst || r.Reason == ReasonUnidentified {         // which costs all the pages
		m.From, m.Reason, m.Detail = g.From, r.Reason, r.Detail
	}
	m.Gaps++
	switch {
	case g.Page:
		m.Pages++
	case g.Bytes < 0:
		m.UnknownSize = true
	default:
		m.Bytes += g.Bytes
	}
}

// MissingBytes returns how many bytes of a source are missing; nil if it is complete, or if the number is not known.
func (a *Account) MissingBytes() *int64 {
	m := a.Missing
	if m == nil || m.UnknownSize || m.Pages > 0 {
		return nil
	}
	return &m.Bytes
}

// MissingDetail says what a source lacks. It returns "" if the source is complete.
func (a *Account) MissingDetail() string {
	if a.Missing == nil {
		return ""
	}
	return a.Missing.String()
}

// String says what is missing, where and why, and which share of the source that is.
func (m *Missing) String() string {
	return m.Reason + m.at() + ": " + m.Detail + m.others() + "; missing in all: " + m.Share
}

// Summary says where something is missing and which share of the source that is, and leaves the reason out.
func (m *Missing) Summary() string {
	return "something is missing" + m.at() + m.others() + "; missing in all: " + m.Share
}

// at says where the first place is, if it is known.
func (m *Missing) at() string {
	if m.From < 0 {
		return ""
	}
	return fmt.Sprintf(" at byte %d", m.From)
}

// others says how many other places there are.
func (m *Missing) others() string {
	switch {
	case m.Gaps == 2:
		return "; something is missing at 1 other place too"
	case m.Gaps > 2:
		return fmt.Sprintf("; something is missing at %d other places too", m.Gaps-1)
	}
	return ""
}

// CloseMissing completes what is said of a source that lacks something, once the counts of the account are final.
func (a *Account) CloseMissing() {
	m := a.Missing
	if m == nil {
		return
	}
	var parts []string
	m.Bytes = min(m.Bytes, a.Bytes) // places can overlap
	if m.Bytes > 0 {
		share := "all of it"
		if m.Bytes < a.Bytes {
			share = strconv.FormatFloat(100*float64(m.Bytes)/float64(a.Bytes), 'g', 3, 64) + "%"
		}
		parts = append(parts, fmt.Sprintf("%d of its %d bytes (%s)", m.Bytes, a.Bytes, share))
	}
	if m.Pages > 0 {
		parts = append(parts, fmt.Sprintf("%d of its %d documents", m.Pages, a.Documents))
	}
	if m.UnknownSize {
		parts = append(parts, "an unknown share")
	}
	m.Share = strings.Join(parts, ", ")
}

// Account is what became of one source. It balances: Documents = WithBox + WithoutBox + Rejected
// + OtherNamespaces + Redirects, and Boxes = Elections + RejectedBoxes.
type Account struct {
	SourceURI        string
	Wikis            []string `json:",omitempty"` // of its documents, in order; "" is among them for those of no wiki
	Format           string
	Bytes            int64
	SHA256           string // "" if the source was not read whole
	Scan             string // ScanWhole or ScanIndex
	Documents        int64
	WithBox          int64
	WithoutBox       int64
	OtherNamespaces  int64
	Redirects        int64
	Rejected         int64
	Boxes            int64
	Elections        int64
	RejectedBoxes    int64
	WithContest      int64
	Contests         int64
	RejectedContests int64
	Lost             int64      `json:",omitempty"` // of Rejected: those that stand for something missing
	Incomplete       int64      `json:",omitempty"` // the number of sources that are incomplete
	Missing          *Missing   `json:",omitempty"` // what a source lacks; nil if it is complete, and for several sources
	Names            []BoxName  // names of election boxes that the source declares
	Index            *IndexScan // how much was read by an index; nil if the source was read whole

	Snapshot *SnapshotScan // what became of the lines of a snapshot; nil for other sources
	Mirror   *MirrorScan   // in what state a mirror was read; nil for other sources
}

// SnapshotScan is what became of the lines of a snapshot of Wikimedia Enterprise. Those that are neither superseded nor
// deleted are documents.
type SnapshotScan struct {
	Lines      int64 `json:"lines"`
	Superseded int64 `json:"superseded"`         // another line has the same page in the same or a newer version
	Deleted    int64 `json:"deleted"`            // of pages that are deleted
	OtherNames int64 `json:"box_by_other_names"` // whose list of templates has a box that their text does not name
}

// MirrorScan is in what state the mirror of a live wiki was read, and what the wiki was asked to bring it there.
type MirrorScan struct {
	Snapshot   string    `json:"snapshot"` // a digest of the pages with their texts
	SyncedAt   time.Time `json:"synced_at"`
	Requests   int64     `json:"requests"`
	Received   int64     `json:"bytes"`
	Listed     int64     `json:"listed"` // pages that the wiki has for the selection
	New        int64     `json:"new"`
	Changed    int64     `json:"changed"`
	Moved      int64     `json:"moved"`
	Deleted    int64     `json:"deleted"`
	Redirected int64     `json:"redirected"`
	Dropped    int64     `json:"dropped"`    // pages that are there, and are not selected any more
	Stale      int64     `json:"stale"`      // pages that are read in an older revision, since the newest was not given
	Unverified int64     `json:"unverified"` // texts whose SHA-1 is not the one that the wiki tells
}

// IndexScan is how much of a dump was read by its index.
type IndexScan struct {
	Titles      int64 `json:"titles"`       // in the index
	Matched     int64 `json:"matched"`      // that were asked for
	Streams     int64 `json:"streams"`      // of the dump
	StreamsRead int64 `json:"streams_read"` // that hold such a title
	Pages       int64 `json:"pages"`        // that the index names in those streams
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
	a.WithContest += b.WithContest
	a.Contests += b.Contests
	a.RejectedContests += b.RejectedContests
	a.Lost += b.Lost
	a.Incomplete += b.Incomplete
	a.Names = append(a.Names, b.Names...)
}

// AddLater adds the account of a later part of the same source.
func (a *Account) AddLater(b *Account) {
	size, incomplete := max(a.Bytes, b.Bytes), max(a.Incomplete, b.Incomplete)
	a.Add(b)
	a.Bytes, a.Incomplete = size, incomplete
	a.Wikis = slices.Compact(slices.Sorted(slices.Values(slices.Concat(a.Wikis, b.Wikis))))
	switch m, n := a.Missing, b.Missing; {
	case n == nil:
	case m == nil:
		a.Missing = new(*n)
	default:
		isFirst := m.Gaps == m.Pages && n.Gaps > n.Pages // as in AddGap
		if isFirst || n.Reason == ReasonUnidentified {
			m.From, m.Reason, m.Detail = n.From, n.Reason, n.Detail
		}
		m.Gaps, m.Pages, m.Bytes = m.Gaps+n.Gaps, m.Pages+n.Pages, m.Bytes+n.Bytes
		m.UnknownSize = m.UnknownSize || n.UnknownSize
	}
}

// Run is one run of a pipeline, as far as it is known when its last record is written.
type Run struct {
	ID            string
	Pipeline      string
	StartedAt     time.Time
	FinishedAt    time.Time
	Version       string // of the program
	SchemaVersion string
	// Wikis are those whose partitions the run made, in order; nil if the tables are not laid out by wiki.
	Wikis    []string `json:",omitempty"`
	Total    Account  // of all sources together
	Sound    int64    // elections without an error
	Notes    int64
	Warnings int64
	Errors   int64
}
