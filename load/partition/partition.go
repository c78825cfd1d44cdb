// Package partition names the folders of an output that is laid out by wiki, in the way of Hive, which Spark, DuckDB,
// Polars and pandas read: parquet/<table>/wiki=<wiki>/part-00001.parquet.
//
// Start with Folder.
package partition

import (
	"fmt"
	"path"
	"regexp"
	"strings"
)

// ByWiki is the layout in which each wiki has files of its own.
const ByWiki = "wiki"

// Column is the name of the column that engines read from the path. A table that has such a column also has it in its
// files, with the same values.
const Column = "wiki"

// prefix begins the name of each folder.
const prefix = Column + "="

// noWiki is what Hive writes for NULL. It stands for pages that are of no wiki.
const noWiki = "__HIVE_DEFAULT_PARTITION__"

// Folder returns the name of the folder of a wiki; "" is that of pages of no wiki. Each byte other than a small letter,
// a digit, a hyphen or an underscore is escaped as in an address, which is how Hive and its readers do it, so that no
// name leads anywhere else, and no two names lead to one folder where capitals do not count.
func Folder(wiki string) string {
	if wiki == "" {
		return prefix + noWiki
	}
	var b strings.Builder
	b.WriteString(prefix)
	for i := range len(wiki) {
		if c := wiki[i]; isPlain(c) {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// isPlain reports whether a byte stands in the name of a folder as it is.
func isPlain(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '-'
}

// OfPath returns the name of the partition's folder in the path of a file, which has slashes; "" if the file is in none.
func OfPath(file string) string {
	if folder := path.Base(path.Dir(file)); strings.HasPrefix(folder, prefix) {
		return folder
	}
	return ""
}

// wikiName matches the names that wikis have for their databases, with a prefix of tables. Source: the method
// WikiMap::getCurrentWikiDbDomain of MediaWiki.
var wikiName = regexp.MustCompile(`^[0-9A-Za-z_-]{1,64}$`)

// CheckWiki returns an error if a name cannot be that of a wiki with rows of its own. The name local is that of none:
// the identity of an election has it where there is no wiki.
func CheckWiki(wiki string) error {
	switch {
	case wiki == "":
		return nil
	case !wikiName.MatchString(wiki):
		return fmt.Errorf("expected the name of a wiki's database, such as enwiki, with at most 64 letters, digits, "+
			"hyphens and underscores, found %.80q", wiki)
	case strings.EqualFold(wiki, "local"):
		return fmt.Errorf("expected the name of a wiki's database, such as enwiki, found %q, which stands for pages that "+
			"are of no wiki", wiki)
	}
	return nil
}
