package dump

import (
	"encoding/json"

	"hemicycle/extract/bzip2"
)

// PieceSequence compares the pieces of a dump, one after another, with what the one before ended with.
type PieceSequence struct {
	next   string // the state at which the next piece must begin; "" at the end of the file
	stream bzip2.Stream
	border *bzip2.Stream // at the first block of the next piece; nil if that is not known
}

// NewPieceSequence returns the sequence of the pieces of a dump.
func NewPieceSequence() *PieceSequence { return &PieceSequence{next: beginningOfFile} }

// PieceVerdict says what to do with what was read of a piece.
type PieceVerdict int

// The verdicts.
const (
	KeepPiece PieceVerdict = iota
	DropPiece              // the piece before it has read on behind it
	ReadAgain              // its reader has assumed something that is not so
)

// Judge says what to do with what was read of the next piece. If it is to be read again, Exact returns what to read.
func (s *PieceSequence) Judge(p *Piece, r *PieceResult) PieceVerdict {
	switch {
	case s.next == "" || s.isBehind(p):
		return DropPiece
	case r.First != s.next:
		return ReadAgain
	case p.exact != "" || p.Bit == 0 || s.border == nil:
		return KeepPiece
	case s.border.Level != p.Level, r.Unproven != nil && !s.border.Proves(r.Unproven):
		return ReadAgain
	}
	return KeepPiece
}

// isBehind reports whether the next page begins behind a piece.
func (s *PieceSequence) isBehind(p *Piece) bool {
	return s.next != beginningOfFile && p.End > 0 && stateBit(s.next) >= p.End
}

// Exact returns a piece that begins where the piece before it ended.
func (s *PieceSequence) Exact(p Piece) Piece {
	if s.next != beginningOfFile {
		p.exact, p.stream = s.next, s.stream
	}
	return p
}

// Pass goes on behind a piece, with the verdict that its last reading had.
func (s *PieceSequence) Pass(p *Piece, r *PieceResult, v PieceVerdict) {
	before := s.border
	s.border = r.Border
	if before != nil && r.Border != nil && p.exact == "" {
		known := before.Then(*r.Border)
		s.border = &known
	}
	if v != KeepPiece {
		return
	}
	s.next, s.stream = r.Next, r.Stream
	if before != nil && p.exact == "" {
		s.stream = before.Then(r.Stream)
	}
}

// stateBit returns the bit of the file at which a state is.
func stateBit(state string) int64 {
	var c struct{ Bit int64 }
	_ = json.Unmarshal([]byte(state), &c) // this package has written it
	return c.Bit
}
