package cmd

import (
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"hemicycle/load/wording"
	"hemicycle/schemas"
)

// addWiki adds the flag --wiki.
func addWiki(c *cobra.Command, to *string) {
	c.Flags().StringVar(to, "wiki", "",
		"`NAME` of the wiki of pages that do not name theirs, such as trwiki, or a wiki file (see docs/languages.md)")
}

// addressScheme matches the beginning of an address. What stands before :// is a scheme, whatever its name; a colon
// alone may be in the name of a folder, so of those only the schemes of engines and stores are known.
var addressScheme = regexp.MustCompile(`^(?i)(?:([a-z][a-z0-9+.-]*)://|` +
	`(md|motherduck|ducklake|duckdb|sqlite|postgres|postgresql|mysql|s3|s3a|s3n|gs|gcs|r2|az|azure|abfs|abfss|hf|hdfs|` +
	`http|https|ftp|sftp|file):)`)

// checkLocal refuses the value of a flag that is an address, or that cannot be the path of anything on this machine.
func checkLocal(flag, path string) error {
	m := addressScheme.FindStringSubmatch(path)
	shown := schemas.Printable(path)
	switch {
	case m != nil && m[1] != "":
		return usageError("--%s %s: %s addresses are not supported: expected a path on this machine; "+
			"write there, and copy it from there", flag, shown, strings.ToLower(m[1]))
	case m != nil:
		return usageError("--%s %s: %s addresses are not supported: expected a path on this machine; "+
			"if this is the name of a folder or file, write ./%s", flag, shown, strings.ToLower(m[2]), shown)
	case strings.ContainsRune(path, 0):
		return usageError("--%s %s: expected a path on this machine", flag, shown)
	}
	return nil
}

// maxWorkers is the most documents or pages that can be worked on at a time. More than a few for each core make nothing
// faster, and each takes memory.
const maxWorkers = 1024

// checkWorkers refuses a value of --workers that is out of bounds.
func checkWorkers(n int) error {
	if n < 0 || n > maxWorkers {
		return usageError("--workers %d: expected a number from 1 to %s, or 0 for one per core", n,
			wording.Number(maxWorkers))
	}
	return nil
}
