package load

import "github.com/apache/arrow/go/v15/arrow/memory"

// plainColumns are the columns without a dictionary, by table: nearly every value occurs once, or once per election, so
// that a dictionary takes more space than it saves. See docs/performance.md for the measurement.
var plainColumns = map[string][]string{
	"elections": {
		"election_id", "page_title", "page_id", "page_url", "revision_id", "revision_timestamp", "previous_page",
		"next_page", "source_sha256",
	},
	"results":            {"election_id", "votes"},
	"contender_parties":  {"election_id"},
	"contender_leaders":  {"election_id"},
	"rounds":             {"election_id"},
	"round_results":      {"election_id", "votes"},
	"contradictions":     {"election_id"},
	"offices":            {"election_id"},
	"claims":             {"election_id"},
	"measures":           {"election_id", "value", "low", "high"},
	"contender_measures": {"election_id"},
	"contests": {
		"contest_id", "election_id", "page_title", "page_id", "page_url", "revision_id", "revision_timestamp",
		"source_sha256",
	},
	"contest_results":  {"contest_id", "votes"},
	"contest_findings": {"contest_id"},
	"redirects":        {"from_title"},
}

// roomyAllocator lets memory grow with room to spare. The library makes the buffer of the levels of a page longer by
// 64 bytes whenever it writes one: with the allocator of the library, each of these steps copies the buffer, in a time
// that grows with the square of the rows of a page. In row groups of this size, that is most of the time of the sink.
type roomyAllocator struct{ memory.Allocator }

func init() { memory.DefaultAllocator = roomyAllocator{memory.DefaultAllocator} }

// Reallocate implements memory.Allocator.
func (a roomyAllocator) Reallocate(size int, b []byte) []byte {
	if size <= cap(b) {
		return b[:size]
	}
	grown := a.Allocate(size + size/2)[:size]
	copy(grown, b)
	return grown
}
