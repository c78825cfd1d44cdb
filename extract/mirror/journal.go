package mirror

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
)

// journal lists the pages that were fetched since the file of pages was written, and what was said of links, so that
// a sync that is stopped fetches at most one batch again. Each line begins with a checksum, since a machine that
// stops may leave anything in what was being written. The first line says which wiki the pages are of; the others are
// a page each.
type journal struct {
	disk  disk
	path  string
	wiki  journalHead
	pages []Page // by ID, each as its last line says
	links []link // in the order in which they were asked for
	whole int64  // bytes of its whole lines
	file  *os.File
}

// journalHead says which wiki the pages of a journal are of.
type journalHead struct {
	Wiki string `json:"wiki"`
}

// checksums is the table of the checksum of a line.
var checksums = crc32.MakeTable(crc32.Castagnoli)

// checksumBytes is the length of the checksum of a line, with the blank behind it.
const checksumBytes = 9

// readJournal reads the journal of a folder up to its last whole line, and changes nothing.
func readJournal(d disk, folder string) (*journal, error) {
	j := &journal{disk: d, path: filepath.Join(folder, journalName)}
	f, err := os.Open(j.path)
	if errors.Is(err, fs.ErrNotExist) {
		return j, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	pages := map[int64]Page{}
	lines := bufio.NewReaderSize(f, maxLine)
	for n := 0; ; n++ {
		line, err := readLine(lines, maxLine)
		if err == nil {
			err = j.readLine(n, line, pages)
		}
		if err != nil { // from here on it is not whole
			break
		}
		j.whole += int64(len(line))
	}
	for _, p := range pages {
		j.pages = append(j.pages, p)
	}
	slices.SortFunc(j.pages, byID)
	return j, nil
}

// readLine reads line n.
func (j *journal) readLine(n int, line []byte, pages map[int64]Page) error {
	if len(line) < checksumBytes {
		return io.ErrUnexpectedEOF
	}
	sum, err := strconv.ParseUint(string(line[:checksumBytes-1]), 16, 32)
	content := line[checksumBytes:]
	if err != nil || uint32(sum) != crc32.Checksum(content, checksums) {
		return errors.New("the checksum differs")
	}
	if n == 0 {
		return json.Unmarshal(content, &j.wiki)
	}
	var entry struct {
		Page
		link
	}
	if err := json.Unmarshal(content, &entry); err != nil {
		return err
	}
	if entry.link.Title != "" {
		j.links = append(j.links, entry.link)
		return nil
	}
	if err := entry.Page.check(); err != nil {
		return err
	}
	pages[entry.ID] = entry.Page
	return nil
}

// append writes lines of pages and links, and returns when they are on disk. Before the first, it cuts the journal
// behind its last whole line: a line that is glued to a cut one would be lost.
func (j *journal) append(wiki string, pages []Page, links []link) error {
	var lines []byte
	if j.file == nil {
		f, err := create(filepath.Dir(j.path), journalName, os.O_APPEND)
		if err != nil {
			return err
		}
		j.file = f
		if err := j.disk.truncate(f, j.whole); err != nil {
			return err
		}
	}
	if j.whole == 0 {
		line, err := journalLine(journalHead{wiki})
		if err != nil {
			return err
		}
		lines = append(lines, line...)
	}
	for i := range pages {
		line, err := journalLine(&pages[i])
		if err != nil {
			return err
		}
		lines = append(lines, line...)
	}
	for i := range links {
		line, err := journalLine(&links[i])
		if err != nil {
			return err
		}
		lines = append(lines, line...)
	}
	if err := j.disk.write(j.file, lines); err != nil {
		return err
	}
	j.whole += int64(len(lines))
	return j.disk.sync(j.file)
}

// journalLine returns a value as a line with its checksum.
func journalLine(value any) ([]byte, error) {
	content, err := marshalLine(value)
	if err != nil {
		return nil, err
	}
	return append(fmt.Appendf(nil, "%08x ", crc32.Checksum(content, checksums)), content...), nil
}

// close closes the journal.
func (j *journal) close() error {
	if j.file == nil {
		return nil
	}
	return j.file.Close()
}
