package changes

import (
	"bufio"
	"bytes"
	"container/heap"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"slices"
)

// maxSorted is how many bytes of rows a sorter keeps in memory. It writes more than that into a file, sorted.
const maxSorted = 24 << 20

// sorter sorts rows by their keys. Its memory is bounded: what does not fit is in files, which have no name any more,
// so that nothing of them is left however the program ends.
type sorter struct {
	folder string
	limit  int
	buffer []byte // the rows in memory, as they are written
	places []int  // of each of them
	chunks []*os.File
}

// newSorter returns a sorter that has its files in a folder.
func newSorter(folder string) *sorter { return &sorter{folder: folder, limit: maxSorted} }

// sortedRow is a row with its key.
type sortedRow struct {
	key   []byte
	named int // the number of bytes of the key that name the row; the others only order rows of one name
	row   []byte
}

// name returns the part of the key that names the row.
func (r *sortedRow) name() []byte { return r.key[:r.named] }

// add adds a row. Of its key the first named bytes name it.
func (s *sorter) add(key []byte, named int, row []byte) error {
	if len(s.buffer) > 0 && len(s.buffer)+len(key)+len(row)+8*len(s.places) > s.limit {
		if err := s.spill(); err != nil {
			return err
		}
	}
	s.places = append(s.places, len(s.buffer))
	s.buffer = binary.AppendUvarint(s.buffer, uint64(len(key)))
	s.buffer = binary.AppendUvarint(s.buffer, uint64(named))
	s.buffer = binary.AppendUvarint(s.buffer, uint64(len(row)))
	s.buffer = append(append(s.buffer, key...), row...)
	return nil
}

// rowAt returns the row at a place of the buffer.
func (s *sorter) rowAt(place int) sortedRow {
	at := s.buffer[place:]
	var sizes [3]int
	for i := range sizes {
		size, n := binary.Uvarint(at)
		sizes[i], at = int(size), at[n:]
	}
	return sortedRow{key: at[:sizes[0]], named: sizes[1], row: at[sizes[0] : sizes[0]+sizes[2]]}
}

// sort sorts the rows in memory.
func (s *sorter) sort() {
	slices.SortStableFunc(s.places, func(a, b int) int { return bytes.Compare(s.rowAt(a).key, s.rowAt(b).key) })
}

// spill writes the rows in memory into a file, sorted.
func (s *sorter) spill() (err error) {
	s.sort()
	file, err := os.CreateTemp(s.folder, "rows-*")
	if err != nil {
		return err
	}
	s.chunks = append(s.chunks, file)
	if err := os.Remove(file.Name()); err != nil {
		return err
	}
	out := bufio.NewWriterSize(file, 1<<16)
	var head []byte
	for _, place := range s.places {
		r := s.rowAt(place)
		head = binary.AppendUvarint(head[:0], uint64(len(r.key)))
		head = binary.AppendUvarint(head, uint64(r.named))
		head = binary.AppendUvarint(head, uint64(len(r.row)))
		for _, part := range [][]byte{head, r.key, r.row} {
			if _, err := out.Write(part); err != nil {
				return err
			}
		}
	}
	s.buffer, s.places = s.buffer[:0], s.places[:0]
	return out.Flush()
}

// sorted returns the rows in the order of their keys. Nothing may be added then.
func (s *sorter) sorted() (*stream, error) {
	s.sort()
	merged := &stream{}
	for _, file := range s.chunks {
		if _, err := file.Seek(0, io.SeekStart); err != nil {
			return nil, err
		}
		in := bufio.NewReaderSize(file, 1<<16)
		merged.chunks = append(merged.chunks, &chunk{next: func(r *sortedRow) error { return readRow(in, r) }})
	}
	i := 0
	merged.chunks = append(merged.chunks, &chunk{next: func(r *sortedRow) error {
		if i == len(s.places) {
			return io.EOF
		}
		*r = s.rowAt(s.places[i])
		i++
		return nil
	}})
	for i, c := range merged.chunks {
		c.number = i
	}
	started := merged.chunks[:0]
	for _, c := range merged.chunks {
		if err := c.next(&c.row); err == nil {
			started = append(started, c)
		} else if err != io.EOF {
			return nil, err
		}
	}
	merged.chunks = started
	heap.Init(merged)
	return merged, nil
}

// close closes the files.
func (s *sorter) close() error {
	var all []error
	for _, file := range s.chunks {
		all = append(all, file.Close())
	}
	s.buffer, s.places, s.chunks = nil, nil, nil
	return errors.Join(all...)
}

// readRow reads a row of a file. It returns io.EOF at the end.
func readRow(in *bufio.Reader, r *sortedRow) error {
	var sizes [3]uint64
	for i := range sizes {
		size, err := binary.ReadUvarint(in)
		if err != nil {
			return err
		}
		sizes[i] = size
	}
	content := make([]byte, sizes[0]+sizes[2])
	if _, err := io.ReadFull(in, content); err != nil {
		return err
	}
	*r = sortedRow{key: content[:sizes[0]], named: int(sizes[1]), row: content[sizes[0]:]}
	return nil
}

// chunk is a sorted part of the rows. Its row is the next one.
type chunk struct {
	number int
	row    sortedRow
	next   func(*sortedRow) error
}

// stream yields the rows of sorted chunks in the order of their keys.
type stream struct {
	chunks []*chunk // a heap of those that have a row left
	row    *sortedRow
	taken  bool // the first chunk has yielded its row
}

// next goes to the next row, which is nil at the end.
func (s *stream) next() error {
	if s.taken {
		first := s.chunks[0]
		switch err := first.next(&first.row); err {
		case nil:
			heap.Fix(s, 0)
		case io.EOF:
			heap.Pop(s)
		default:
			return err
		}
		s.taken = false
	}
	s.row = nil
	if len(s.chunks) > 0 {
		s.row, s.taken = &s.chunks[0].row, true
	}
	return nil
}

// Len implements heap.Interface.
func (s *stream) Len() int { return len(s.chunks) }

// Less implements heap.Interface.
func (s *stream) Less(i, j int) bool {
	a, b := s.chunks[i], s.chunks[j]
	if order := bytes.Compare(a.row.key, b.row.key); order != 0 {
		return order < 0
	}
	return a.number < b.number
}

// Swap implements heap.Interface.
func (s *stream) Swap(i, j int) { s.chunks[i], s.chunks[j] = s.chunks[j], s.chunks[i] }

// Push implements heap.Interface.
func (s *stream) Push(x any) { s.chunks = append(s.chunks, x.(*chunk)) }

// Pop implements heap.Interface.
func (s *stream) Pop() any {
	last := s.chunks[len(s.chunks)-1]
	s.chunks = s.chunks[:len(s.chunks)-1]
	return last
}
