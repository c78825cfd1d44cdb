package version

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"path/filepath"
	"slices"

	"hemicycle/load/disk"
)

// Journal lists the finished parts of a staging folder, so that a run that was stopped can be resumed after the last of
// them. Its file has one line per part, with the files of the part as they were when it ended, the state of the run at
// that time, and a digest of both and of the lines before. The digest is needed because a machine that stops may leave
// anything in what was being written. It covers the lines before so that no line can be lost from the middle, doubled
// or moved. A part is on disk before its line is written.
type Journal struct {
	disk     disk.Disk
	folder   string
	file     *disk.File // nil before the first part
	finished FinishedParts
	digest   string // of the last line
}

// FinishedParts says what the finished parts of a run left on disk.
type FinishedParts struct {
	Parts int
	Files []File // each once, as it was when the last part ended
}

// Add adds the files of one more part: new ones, and those that it made longer.
func (f *FinishedParts) Add(files []File) {
	f.Parts++
	for _, file := range files {
		if i := slices.IndexFunc(f.Files, func(g File) bool { return g.Path == file.Path }); i >= 0 {
			f.Files[i] = file
		} else {
			f.Files = append(f.Files, file)
		}
	}
}

// Find returns the file with a path below the staging folder. It returns a zero File if no part has it.
func (f *FinishedParts) Find(path string) File {
	for _, file := range f.Files {
		if file.Path == path {
			return file
		}
	}
	return File{}
}

const journalName = "journal"

// maxJournalLine is more bytes than the line of a part has, which is some 40 for each election and the names of the
// files that were read.
const maxJournalLine = 128 << 20

// journalLine is one line of the journal. The digest is that of the digest in the line before and of the bytes of the
// part.
type journalLine struct {
	SHA256 string          `json:"sha256"`
	Part   json.RawMessage `json:"part"`
}

type journalPart struct {
	Files []File          `json:"files"`
	State json.RawMessage `json:"state"`
}

// OpenJournal opens the journal of a staging folder and calls restore with the state of each part, in order. The first
// part that is not whole, and all later ones, are dropped: its line is damaged, one of its files is not as the line
// says, or restore returns an error. Dropped then says why. Whatever is in the folder and belongs to no part is
// removed, and files are cut to the length that they had when the last part ended. A journal that is no regular file is
// an error.
func OpenJournal(d disk.Disk, folder string, restore func(state []byte) error) (j *Journal, dropped, err error) {
	j = &Journal{disk: d, folder: folder}
	path := filepath.Join(folder, journalName)
	whole := int64(0) // bytes of the journal
	if f, err := disk.OpenOwn(path); err == nil {
		whole, dropped = j.read(bufio.NewReader(f), restore)
		if err := f.Close(); err != nil {
			return nil, nil, err
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, fmt.Errorf("%s: %w; expected the journal of a run that was stopped: run without --resume",
			path, withoutPath(err))
	}
	if err := j.removeUnfinished(whole); err != nil {
		return nil, nil, fmt.Errorf("clearing what belongs to no finished part: %w", err)
	}
	if j.finished.Parts > 0 {
		j.file, err = d.OpenEnd(path)
	}
	return j, dropped, err
}

// read reads the lines as long as their parts are whole. It returns how many bytes those lines have.
func (j *Journal) read(lines *bufio.Reader, restore func(state []byte) error) (whole int64, dropped error) {
	prefixes := map[string]*filePrefix{}
	for {
		line, err := readLine(lines)
		if err == io.EOF && len(line) == 0 {
			return whole, nil
		}
		digest := ""
		read := journalPart{}
		if err == nil {
			digest, read, err = j.parseLine(line)
		}
		for i := 0; err == nil && i < len(read.Files); i++ {
			f := read.Files[i]
			if prefixes[f.Path] == nil {
				prefixes[f.Path] = &filePrefix{digest: sha256.New()}
			}
			err = prefixes[f.Path].verify(j.folder, f)
		}
		if err == nil {
			err = restore(read.State)
		}
		if err != nil {
			return whole, fmt.Errorf("part %d of the output and the later ones are made again: %w", j.finished.Parts+1,
				err)
		}
		j.finished.Add(read.Files)
		j.digest = digest
		whole += int64(len(line))
	}
}

// readLine reads a line with its line feed. It reads no further than the longest line has bytes. At the end of the
// input it returns io.EOF, with what there is of a line.
func readLine(lines *bufio.Reader) (line []byte, err error) {
	for {
		piece, err := lines.ReadSlice('\n')
		line = append(line, piece...)
		switch {
		case err == io.EOF && len(line) > 0:
			return line, errors.New("its line of the journal is damaged: it ends in the middle")
		case len(line) > maxJournalLine:
			return line, fmt.Errorf("its line of the journal is damaged: it has more than %d bytes", maxJournalLine)
		case err != bufio.ErrBufferFull:
			return line, err
		}
	}
}

// parseLine parses the next line of the journal and verifies its digest, which it returns.
func (j *Journal) parseLine(line []byte) (digest string, read journalPart, err error) {
	damaged := errors.New("its line of the journal is damaged, or is not the one that was written behind the line " +
		"before")
	var l journalLine
	if json.Unmarshal(line, &l) != nil {
		return "", read, damaged
	}
	if digest = j.nextDigest(l.Part); digest != l.SHA256 || json.Unmarshal(l.Part, &read) != nil {
		return "", read, damaged
	}
	return digest, read, nil
}

// nextDigest returns the digest of the next line if it has these bytes of a part.
func (j *Journal) nextDigest(content []byte) string {
	digest := sha256.New()
	fmt.Fprintf(digest, "part %d after %s\n", j.finished.Parts+1, j.digest)
	digest.Write(content)
	return hex.EncodeToString(digest.Sum(nil))
}

// filePrefix is the beginning of a file as far as it has been read. So a file that every part makes longer is read only
// once.
type filePrefix struct {
	bytes  int64
	digest hash.Hash
}

// verify reads a file up to the length that it had at the end of a part, and compares the digest with that of the part.
func (p *filePrefix) verify(folder string, f File) error {
	name := filepath.FromSlash(f.Path)
	if !filepath.IsLocal(name) {
		return fmt.Errorf("its file %s is not in the staging folder", f.Path)
	}
	opened, err := disk.OpenOwn(filepath.Join(folder, name))
	if err != nil {
		return fmt.Errorf("its file %s cannot be opened: %w", f.Path, withoutPath(err))
	}
	defer opened.Close()
	n, err := io.Copy(p.digest, io.NewSectionReader(opened, p.bytes, f.Bytes-p.bytes))
	p.bytes += n
	switch {
	case err != nil:
		return fmt.Errorf("its file %s cannot be read: %w", f.Path, withoutPath(err))
	case p.bytes != f.Bytes:
		return fmt.Errorf("its file %s has %d bytes, expected %d", f.Path, p.bytes, f.Bytes)
	case hex.EncodeToString(p.digest.Sum(nil)) != f.SHA256:
		return fmt.Errorf("its file %s is not what was written there: the SHA-256 differs", f.Path)
	}
	return nil
}

// withoutPath removes the path from an error of the file system, since our messages name it already.
func withoutPath(err error) error {
	if pathError := (*fs.PathError)(nil); errors.As(err, &pathError) {
		return pathError.Err
	}
	return err
}

// removeUnfinished brings the folder to the state in which it was when the last whole part had ended. A file that it
// cuts is synced: nothing else may be written to it before it is published.
func (j *Journal) removeUnfinished(journalBytes int64) error {
	lengths := map[string]int64{}
	for _, f := range j.finished.Files {
		lengths[f.Path] = f.Bytes
	}
	if j.finished.Parts > 0 {
		lengths[journalName] = journalBytes
	}
	return filepath.WalkDir(j.folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		relative, err := filepath.Rel(j.folder, path)
		if err != nil {
			return err
		}
		length, belongs := lengths[filepath.ToSlash(relative)]
		if !belongs {
			return j.disk.Remove(path)
		}
		info, err := entry.Info()
		if err != nil || info.Size() == length {
			return err
		}
		return j.disk.TruncateFile(path, length)
	})
}

// Finished returns the parts that are finished.
func (j *Journal) Finished() FinishedParts { return j.finished }

// Append adds a part that has ended: its files, which were synced, and the state of the run. It syncs the folders of
// the files before it writes the line, and the journal after it.
func (j *Journal) Append(files []File, state []byte) error {
	content, err := json.Marshal(journalPart{files, state})
	if err != nil {
		return err
	}
	digest := j.nextDigest(content)
	line, err := json.Marshal(journalLine{digest, content})
	if err != nil {
		return err
	}
	folders := map[string]bool{j.folder: true}
	for _, f := range files {
		for dir := filepath.Dir(filepath.FromSlash(f.Path)); dir != "."; dir = filepath.Dir(dir) {
			folders[filepath.Join(j.folder, dir)] = true
		}
	}
	if j.file == nil {
		if j.file, err = j.disk.CreateNew(filepath.Join(j.folder, journalName)); err != nil {
			return err
		}
		folders[filepath.Dir(j.folder)] = true // which the staging folder was made in
	}
	for folder := range folders {
		if err := j.disk.SyncFolder(folder); err != nil {
			return err
		}
	}
	if _, err := j.file.Write(append(line, '\n')); err != nil {
		return err
	}
	if err := j.file.Sync(); err != nil {
		return err
	}
	j.finished.Add(files)
	j.digest = digest
	return nil
}

// Close closes the journal.
func (j *Journal) Close() error {
	if j.file == nil {
		return nil
	}
	return j.file.Close()
}
