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
	"os"
	"path/filepath"
	"slices"
)

// Journal lists the finished parts of a staging folder, so that a run which was stopped can go on from
// the last of them. A line of its file is a part: its files as they were when it ended, the state of the
// run then, and the digest of both, since of what was being written when a machine stopped anything may
// be there. A part is on disk before its line is.
type Journal struct {
	folder   string
	file     *os.File // nil before the first part
	finished FinishedParts
}

// FinishedParts is what the finished parts of a run left on disk.
type FinishedParts struct {
	Parts int
	Files []File // each once, as it was when the last part ended
}

// Add enters the files of one more part: new ones, and those that it made longer.
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

// Find is the file of a table below a folder of the staging folder; a zero one where there is none.
func (f *FinishedParts) Find(path string) File {
	for _, file := range f.Files {
		if file.Path == path {
			return file
		}
	}
	return File{}
}

const journalName = "journal"

// journalLine is one line of the file. The digest is that of the part's bytes.
type journalLine struct {
	SHA256 string          `json:"sha256"`
	Part   json.RawMessage `json:"part"`
}

type journalPart struct {
	Files []File          `json:"files"`
	State json.RawMessage `json:"state"`
}

// OpenJournal opens the journal of a staging folder and tells each the states of its parts, in order.
// With the first part that is not whole (its line is damaged, a file is not as the line says, each does
// not take its state) it and the later ones are dropped, and dropped says why. Whatever is in the folder
// and belongs to no part is removed, files are cut to the length that they had when the last part ended.
func OpenJournal(folder string, each func(state []byte) error) (j *Journal, dropped, err error) {
	j = &Journal{folder: folder}
	path := filepath.Join(folder, journalName)
	good := int64(0) // bytes of the journal
	if f, err := os.Open(path); err == nil {
		good, dropped = j.read(bufio.NewReader(f), each)
		if err := f.Close(); err != nil {
			return nil, nil, err
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, err
	}
	if err := j.restore(good); err != nil {
		return nil, nil, fmt.Errorf("clearing what belongs to no finished part: %w", err)
	}
	if j.finished.Parts > 0 {
		j.file, err = os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	}
	return j, dropped, err
}

// read goes through the lines as long as their parts are whole; good is how many bytes those have.
func (j *Journal) read(lines *bufio.Reader, each func(state []byte) error) (good int64, dropped error) {
	seen := map[string]*filePrefix{}
	for {
		line, err := lines.ReadBytes('\n')
		if err == io.EOF && len(line) == 0 {
			return good, nil
		}
		part := journalPart{}
		if err == nil {
			part, err = parsePart(line)
		}
		for i := 0; err == nil && i < len(part.Files); i++ {
			f := part.Files[i]
			if seen[f.Path] == nil {
				seen[f.Path] = &filePrefix{digest: sha256.New()}
			}
			err = seen[f.Path].verify(j.folder, f)
		}
		if err == nil {
			err = each(part.State)
		}
		if err != nil {
			return good, fmt.Errorf("part %d of the output and the later ones are made again: %w", j.finished.Parts+1, err)
		}
		j.finished.Add(part.Files)
		good += int64(len(line))
	}
}

func parsePart(line []byte) (part journalPart, err error) {
	damaged := errors.New("its line of the journal is damaged")
	var l journalLine
	if json.Unmarshal(line, &l) != nil {
		return part, damaged
	}
	if sum := sha256.Sum256(l.Part); hex.EncodeToString(sum[:]) != l.SHA256 || json.Unmarshal(l.Part, &part) != nil {
		return part, damaged
	}
	return part, nil
}

// filePrefix is the beginning of a file as far as it has been read. A file that every part makes longer is
// read once.
type filePrefix struct {
	bytes  int64
	digest hash.Hash
}

// verify reads a file up to the length that a part gives it, and holds the digest against the part's.
func (p *filePrefix) verify(folder string, f File) error {
	opened, err := os.Open(filepath.Join(folder, filepath.FromSlash(f.Path)))
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

// withoutPath takes the path off an error of the file system: our messages name it already.
func withoutPath(err error) error {
	var e *fs.PathError
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}

// restore brings the folder to where it was when the last whole part had ended.
func (j *Journal) restore(good int64) error {
	lengths := map[string]int64{}
	for _, f := range j.finished.Files {
		lengths[f.Path] = f.Bytes
	}
	if j.finished.Parts > 0 {
		lengths[journalName] = good
	}
	return filepath.WalkDir(j.folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		relative, err := filepath.Rel(j.folder, path)
		if err != nil {
			return err
		}
		length, belongs := lengths[filepath.ToSlash(relative)]
		if !belongs {
			return os.Remove(path)
		}
		info, err := d.Info()
		if err != nil || info.Size() == length {
			return err
		}
		return os.Truncate(path, length)
	})
}

// Finished is what there is to go on from.
func (j *Journal) Finished() FinishedParts { return j.finished }

// Append enters a part that has ended: its files, which are on disk, and the state of the run.
func (j *Journal) Append(files []File, state []byte) error {
	part, err := json.Marshal(journalPart{files, state})
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
		j.file, err = os.OpenFile(filepath.Join(j.folder, journalName), os.O_WRONLY|os.O_APPEND|os.O_CREATE|os.O_EXCL, 0o644)
		if err != nil {
			return err
		}
		folders[filepath.Dir(j.folder)] = true
	}
	for folder := range folders {
		if err := syncFolder(folder); err != nil {
			return err
		}
	}
	sum := sha256.Sum256(part)
	line, err := json.Marshal(journalLine{hex.EncodeToString(sum[:]), part})
	if err != nil {
		return err
	}
	if _, err := j.file.Write(append(line, '\n')); err != nil {
		return err
	}
	if err := j.file.Sync(); err != nil {
		return err
	}
	j.finished.Add(files)
	return nil
}

// Close lets go of the file.
func (j *Journal) Close() error {
	if j.file == nil {
		return nil
	}
	return j.file.Close()
}
