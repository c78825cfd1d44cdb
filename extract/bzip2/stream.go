package bzip2

import "math/bits"

// Stream is what is known of a stream at the beginning of one of its blocks. Whoever reads a file in pieces needs it,
// since the checksum of a stream is that of all its blocks.
type Stream struct {
	Level  int    `json:"level"`  // a block has at most as many units of 100,000 bytes
	Sum    uint32 `json:"sum"`    // the checksum of the blocks that were read of it
	Whole  bool   `json:"whole"`  // they are all blocks of the stream before this one
	Blocks int    `json:"blocks"` // how many they are
	// Unknown says that nothing is known of the blocks before those.
	Unknown bool `json:"unknown,omitempty"`
}

// Unproven is the end of a stream of which the beginning was not read.
type Unproven struct {
	Blocks int    `json:"blocks"` // how many blocks were read of it
	Sum    uint32 `json:"sum"`    // their checksum
	Stated uint32 `json:"stated"` // the checksum of all its blocks, by the stream
}

// Then returns what is known behind further blocks, of which later is what their reader knows.
func (s Stream) Then(later Stream) Stream {
	if !later.Unknown {
		return later
	}
	s.Sum = bits.RotateLeft32(s.Sum, later.Blocks) ^ later.Sum
	s.Blocks += later.Blocks
	return s
}

// Proves reports whether the end of the stream has the checksum of its blocks, or nobody can say.
func (s Stream) Proves(end *Unproven) bool {
	return !s.Whole || bits.RotateLeft32(s.Sum, end.Blocks)^end.Sum == end.Stated
}
