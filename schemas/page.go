package schemas

import "time"

// Page says in which state a page is in a version. Each page that could be read and has a box is one, and so is each
// page of a live wiki that was asked for, whether it has a box or not.
type Page struct {
	SourceURI         string
	Wiki              string // "enwiki"; "" if the source is no wiki
	ID                *int64
	Title             string
	RevisionID        *int64
	RevisionTimestamp time.Time
	WikidataQID       string
	State             PageState
	NewestRevisionID  *int64 // that the wiki has and did not give; nil unless the page is stale
	Elections         int64  // that are in the version
}

// PageState is what became of a page.
type PageState string

// What can become of a page.
const (
	PageRead        PageState = "read"         // at the revision that the source has
	PageStale       PageState = "stale"        // at an older revision than the wiki has, since it did not give the newest
	PageWithoutBox  PageState = "without_box"  // it was read, and has no election box
	PageNotWikitext PageState = "not_wikitext" // its content is of another kind, such as JSON, and was not read
	PageRejected    PageState = "rejected"     // nothing of it could be read; the table rejects says why
)

// Page returns the document as a page of a version.
func (d *Document) Page(state PageState, elections int64) *Page {
	p := &Page{
		SourceURI: d.URI, Wiki: d.Wiki, ID: d.PageID, Title: d.Title, RevisionID: d.RevisionID,
		RevisionTimestamp: d.RevisionTimestamp, WikidataQID: d.WikidataQID, State: state, Elections: elections,
	}
	if d.NewestRevisionID != nil && state != PageRejected {
		p.State, p.NewestRevisionID = PageStale, d.NewestRevisionID
	}
	return p
}
