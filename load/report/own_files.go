package report

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"hemicycle/load/disk"
)

// reportMark is the name of the file that marks a folder as a report of this program, and that names every file of the
// report. Another report replaces these files and nothing else. The mark is locked while the report is written. So the
// mark that a killed process left behind is one that nobody holds.
const reportMark = ".hemicycle-report"

// markHeader is the first line of a mark. A name follows on each line. Reports of before have an empty mark.
const markHeader = "The files of a hemicycle report. Another report replaces them, and no other file.\n"

// maxMark is more bytes than any mark has, which is some 50 for each election.
const maxMark = 1 << 30

// reportFile are the names that a report gives its files, so that no mark can name a file of somebody else.
var reportFile = regexp.MustCompile(`^(index\.html|elections\.html|search\.js|report\.css|report\.js` +
	`|(places|decades)/[0-9a-z-]+\.html|elections/[0-9a-f]{2}/[0-9a-f]+\.html)$`)

// mainFiles are files that every report has.
var mainFiles = []string{"index.html", "elections.html", "search.js", "report.css", "report.js"}

// errNotReport means that a folder has no mark of a report.
var errNotReport = errors.New("it is not a report of this program")

// ownFiles returns the files in a folder that a report wrote, and whether its mark lists them. The error names a file
// that is there and that no report wrote. Files that were removed since are left out.
func ownFiles(dir string) (own []string, isListed bool, err error) {
	listed, isListed, err := readMark(filepath.Join(dir, reportMark))
	if err != nil {
		return nil, false, err
	}
	err = filepath.WalkDir(dir, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || file == dir {
			return err
		}
		relative, err := filepath.Rel(dir, file)
		if err != nil {
			return err
		}
		name := filepath.ToSlash(relative)
		isOurs := entry.Type().IsRegular() && reportFile.MatchString(name) && (!isListed || listed[name])
		switch {
		case name == reportMark, entry.IsDir() && isReportFolder(name):
		case isOurs:
			own = append(own, name)
		default:
			return fmt.Errorf("%s was not written by a report", file)
		}
		return nil
	})
	return own, isListed, err
}

// readMark reads the names in a mark. A mark of before names none, and isListed is false.
func readMark(mark string) (listed map[string]bool, isListed bool, err error) {
	f, err := disk.OpenOwn(mark)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, disk.ErrNotRegular) {
		return nil, false, errNotReport
	}
	if err != nil {
		return nil, false, err
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(f, maxMark))
	if err != nil || len(content) == 0 {
		return nil, false, err
	}
	names, isMark := strings.CutPrefix(string(content), markHeader)
	if !isMark {
		return nil, false, errNotReport
	}
	listed = map[string]bool{}
	for name := range strings.Lines(names) {
		listed[strings.TrimSuffix(name, "\n")] = true
	}
	return listed, true, nil
}

// isReportFolder reports whether a report makes a folder with this name.
func isReportFolder(name string) bool {
	return name == "places" || name == "decades" || name == "elections" ||
		path.Dir(name) == "elections" && len(path.Base(name)) == 2
}

// checkReplaceable returns an error if a report may not take the place of a folder, since something is in it that no
// report wrote.
func checkReplaceable(dir string) error {
	info, err := os.Lstat(dir)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.IsDir():
		return fmt.Errorf("%s is not a folder: move it away, or choose another folder with --to", dir)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) == 0 {
		return err
	}
	own, isListed, err := ownFiles(dir)
	isMissing := func(name string) bool { return !slices.Contains(own, name) }
	if err == nil && !isListed && slices.ContainsFunc(mainFiles, isMissing) {
		err = errNotReport
	}
	switch {
	case errors.Is(err, errNotReport):
		return fmt.Errorf("%s is not a report of this program, and all of it would be replaced: "+
			"choose a new folder with --to", dir)
	case err != nil:
		return fmt.Errorf("the report in %s cannot be replaced: %w; move it away, or choose a new folder with --to",
			dir, err)
	}
	return nil
}

// removeReport removes a report: the files that a report wrote, and the folders that are then empty. It follows no
// link that leads out of the folder.
func removeReport(dir string) error {
	root, err := os.OpenRoot(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer root.Close()
	own, _, err := ownFiles(dir)
	if err != nil && !errors.Is(err, errNotReport) { // an empty folder is no report
		return err
	}
	folders := map[string]bool{"places": true, "decades": true, "elections": true}
	for _, name := range append(own, reportMark) {
		if err := root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if folder := path.Dir(name); folder != "." {
			folders[folder] = true
		}
	}
	deepestFirst := func(a, b string) int { return strings.Count(b, "/") - strings.Count(a, "/") }
	for _, folder := range slices.SortedFunc(maps.Keys(folders), deepestFirst) {
		if err := root.Remove(folder); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return os.Remove(dir)
}
