package dump

import (
	"bufio"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"hemicycle/extract/document"
)

// A folder of Content File Exports holds one wiki in several files, which are named by their first and last pages. It
// is complete once the file _SUCCESS is in it. SHA256SUMS has the digest of each file.
//
// Source: https://wikitech.wikimedia.org/wiki/MediaWiki_Content_File_Exports.

// The files of such a folder that are not dumps.
const (
	completeName = "_SUCCESS"
	sumsName     = "SHA256SUMS"
)

// The names of dumps, and the numbers of their first and last pages.
var (
	dumpName  = regexp.MustCompile(`\.xml(-p[0-9]+p[0-9]+)?(\.(bz2|gz|zst))?$`)
	pagesName = regexp.MustCompile(`-p([0-9]+)p([0-9]+)\.`)
)

// FindFiles returns the dumps of a folder of exports, in the order of their pages.
func FindFiles(folder string) ([]FoundFile, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, document.WithoutPath(err)
	}
	var dumps []FoundFile
	isComplete := false
	for _, e := range entries {
		isComplete = isComplete || e.Name() == completeName
		info, err := e.Info()
		if err == nil && info.Mode().IsRegular() && dumpName.MatchString(e.Name()) {
			dumps = append(dumps, FoundFile{filepath.Join(folder, e.Name()), info})
		}
	}
	switch {
	case len(dumps) == 0:
		return nil, fmt.Errorf("%s: is a folder: "+
			"expected a file or a glob such as %s, or a folder of exports with %s in it",
			folder, filepath.Join(folder, "*.txt"), completeName)
	case !isComplete:
		return nil, fmt.Errorf("%s: the folder of exports is not complete: expected %s in it, which is written last; "+
			"wait for it, or name the files by a glob such as %s",
			folder, completeName, filepath.Join(folder, "*.xml.bz2"))
	}
	slices.SortStableFunc(dumps, func(a, b FoundFile) int {
		return cmp.Or(cmp.Compare(firstPage(a.Path), firstPage(b.Path)), strings.Compare(a.Path, b.Path))
	})
	return dumps, nil
}

// firstPage returns the number of the first page of a file, by its name, or 0 if the name does not say.
func firstPage(path string) int64 {
	m := pagesName.FindStringSubmatch(filepath.Base(path))
	if m == nil {
		return 0
	}
	n, _ := strconv.ParseInt(m[1], 10, 64)
	return n
}

// verifyDigest compares a file with the SHA256SUMS beside it.
func verifyDigest(ctx context.Context, path string) error {
	want, err := publishedDigest(path)
	if err != nil {
		return err
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, contextReader{ctx, f}); err != nil {
		return fmt.Errorf("%s cannot be verified: %w", path, document.WithoutPath(err))
	}
	if got := hex.EncodeToString(h.Sum(nil)); !strings.EqualFold(got, want) {
		return fmt.Errorf("%s is not the file that was published: its SHA-256 is %s, %s says %s; fetch it again",
			path, got, sumsName, want)
	}
	return nil
}

// publishedDigest returns the digest of a file that the SHA256SUMS beside it gives.
func publishedDigest(path string) (string, error) {
	sums, err := os.Open(filepath.Join(filepath.Dir(path), sumsName))
	if err != nil {
		return "", fmt.Errorf("%s cannot be verified: expected %s beside it: %w",
			path, sumsName, document.WithoutPath(err))
	}
	defer sums.Close()
	published := ""
	lines := bufio.NewScanner(sums)
	for lines.Scan() {
		digest, name, _ := strings.Cut(lines.Text(), " ")
		if strings.TrimPrefix(strings.TrimLeft(name, " *"), "./") == filepath.Base(path) {
			published = digest
		}
	}
	if err := lines.Err(); err != nil {
		return "", fmt.Errorf("%s: %w", sums.Name(), err)
	}
	if published == "" {
		return "", fmt.Errorf("%s cannot be verified: %s has no line for it", path, sums.Name())
	}
	return published, nil
}

// contextReader is a reader that fails once its context has ended.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

// Read reads unless the context has ended.
func (s contextReader) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, errors.Join(err, context.Cause(s.ctx))
	}
	return s.r.Read(p)
}

// FoundFile is a file that a pattern names, as it was when it was found.
type FoundFile struct {
	Path string
	Info fs.FileInfo
}
