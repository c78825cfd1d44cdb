package enterprise

import (
	"cmp"
	"slices"
)

// A snapshot can hold a page more than once, in any order, and say of a page that it was deleted. Which line of a page
// counts is known only at the end. So a snapshot is read twice: the first time for the versions, of which each takes 16
// bytes, the second time for the pages. In between, only the pages are kept that are there more than once or deleted.

// pageVersion is one line of a page, in the order of wiki, page, revision and event.
type pageVersion struct {
	high uint64 // the wiki (12 bits), the page (32), the upper part of the revision (20)
	low  uint64 // the lower part of the revision (28), the second of the event (32), deleted (1), read (1)
}

// The bits of a version.
const (
	wikiBits     = 12
	pageBits     = 32
	upperBits    = 20
	lowerBits    = 28
	readBit      = 1
	deletedBit   = 2
	secondShift  = 2
	lowerShift   = secondShift + 32
	maxWikis     = 1 << wikiBits
	maxSeconds   = 1<<32 - 1
	bucketCount  = 256
	maxVersions  = 1 << 26 // lines whose versions are kept; the largest Wikipedia has 64 million pages of all kinds
	lowerOfWhole = 1<<lowerBits - 1
)

func comparePageVersions(v, w pageVersion) int {
	return cmp.Or(cmp.Compare(v.high, w.high), cmp.Compare(v.low, w.low))
}

// isSamePage reports whether two versions are of one page.
func (v pageVersion) isSamePage(w pageVersion) bool { return v.high>>upperBits == w.high>>upperBits }

// bucket returns the bucket of a version, by the last digits of the page.
func (v pageVersion) bucket() int { return int(v.high >> upperBits % bucketCount) }

// versions are the versions of the pages of a snapshot.
type versions struct {
	wikis   map[string]uint64 // the number of each wiki
	buckets [bucketCount][]pageVersion
	count   int
	most    int // that are kept
}

// of returns the version of a line. ok is false if there are more wikis than any snapshot has.
func (all *versions) of(a *article) (v pageVersion, ok bool) {
	wiki, known := all.wikis[string(a.wiki)]
	if !known {
		if wiki = uint64(len(all.wikis)); wiki >= maxWikis {
			return v, false
		}
		if all.wikis == nil {
			all.wikis = map[string]uint64{}
		}
		all.wikis[string(a.wiki)] = wiki
	}
	revision := uint64(a.revision)
	if a.isDeleted && revision == 0 {
		revision = maxRevision // it is later than what it deletes
	}
	happened := timeOf(a.happened)
	if happened.IsZero() {
		happened = timeOf(a.modified)
	}
	second := uint64(min(max(happened.Unix(), 0), maxSeconds))
	v.high = (wiki<<pageBits|uint64(a.page))<<upperBits | revision>>lowerBits
	v.low = (revision&lowerOfWhole)<<lowerShift | second<<secondShift
	if a.isDeleted {
		v.low |= deletedBit
	}
	return v, true
}

// add keeps the version of a line. It returns false if there are more of them than are kept.
func (all *versions) add(v pageVersion) bool {
	b := v.bucket()
	all.buckets[b] = append(all.buckets[b], v)
	all.count++
	return all.count <= all.most
}

// settle ends the first reading: of each page only the newest version is kept, and that only if the page is there more
// than once or deleted.
func (all *versions) settle() {
	for i, bucket := range all.buckets {
		slices.SortFunc(bucket, comparePageVersions)
		kept := bucket[:0]
		for from := 0; from < len(bucket); {
			to := from + 1
			for to < len(bucket) && bucket[to].isSamePage(bucket[from]) {
				to++
			}
			if newest := bucket[to-1]; to-from > 1 || newest.low&deletedBit != 0 {
				kept = append(kept, newest)
			}
			from = to
		}
		all.buckets[i] = slices.Clip(slices.Clone(kept))
	}
}

// fate is what becomes of a line.
type fate int

// The fates of a line.
const (
	isNewest     fate = iota // it is the newest line of its page, or the first of several that are
	isSuperseded             // another line of its page counts
	isGone                   // the page is deleted
)

// settled returns what becomes of a line. It remembers the line as read, so that another of the same version is
// superseded.
func (all *versions) settled(v pageVersion) fate {
	bucket := all.buckets[v.bucket()]
	i, _ := slices.BinarySearchFunc(bucket, v, func(kept, v pageVersion) int {
		return cmp.Compare(kept.high>>upperBits, v.high>>upperBits)
	})
	switch {
	case i == len(bucket) || !bucket[i].isSamePage(v):
		return isNewest
	case bucket[i].low&deletedBit != 0:
		return isGone
	case bucket[i] == v:
		bucket[i].low |= readBit
		return isNewest
	}
	return isSuperseded
}
