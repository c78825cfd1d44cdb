package dump

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/extract/document"
	"hemicycle/schemas/schemastest"
)

const pagePropsHead = "-- MySQL dump 10.19\n/*!40101 SET NAMES utf8 */;\nDROP TABLE IF EXISTS `page_props`;\n" +
	"CREATE TABLE `page_props` (\n  `pp_page` int(8) unsigned NOT NULL,\n  `pp_propname` varbinary(60) NOT NULL,\n" +
	"  `pp_value` blob NOT NULL,\n  `pp_sortkey` float DEFAULT NULL,\n  PRIMARY KEY (`pp_page`,`pp_propname`)\n);\n"

// writeItemDump writes a dump with pages of those numbers, and a table beside it unless that is nil.
func writeItemDump(t testing.TB, table []byte, pages ...int) (path string) {
	t.Helper()
	folder := t.TempDir()
	content := exportHead
	for _, page := range pages {
		content += exportPage(fmt.Sprint("Page ", page), 0, page, electionBox)
	}
	path = filepath.Join(folder, "enwiki-20260101-pages-articles.xml")
	err := os.WriteFile(path, []byte(content+exportFoot), 0o644)
	if table != nil {
		err = errors.Join(err, os.WriteFile(filepath.Join(folder, "enwiki-20260101-page_props.sql.gz"), table, 0o644))
	}
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// itemsOfPages returns the items of the pages of a dump, and the rejects.
func itemsOfPages(t testing.TB, s *Source) (all []string) {
	t.Helper()
	for event, err := range s.Events(t.Context()) {
		u := new(document.Unreadable)
		switch {
		case errors.As(err, &u):
			all = append(all, u.Error())
		case event.Document != nil:
			all = append(all, fmt.Sprintf("%d %s", *event.Document.PageID, event.Document.WikidataQID))
		}
	}
	return all
}

// TestItemsOfPages has tables beside dumps: in each order of the pages, with rows of other properties, with texts that
// look like rows, and with rows that are no item.
func TestItemsOfPages(t *testing.T) {
	rows := pagePropsHead + "INSERT INTO `page_props` VALUES (1,'defaultsort','Q8',NULL),(2,'wikibase_item','Q42',NULL)," +
		`(2,'x','(3,\'wikibase_item\',\'Q666\',NULL)',NULL),(4,'wikibase_item','Q7x',NULL),(5,'wikibase_item','',NULL)` +
		",(6,'x','(7,''wikibase_item'',''Q666'',NULL)',NULL);\nINSERT INTO `page_props` VALUES " +
		"(8,'displaytitle','8',NULL),(8,'wikibase_item','Q4294967295',NULL),(9999999999,'wikibase_item','Q1',NULL)," +
		"(9,'wikibase_item','Q99999999999',NULL),(10,'wikibase_item','Q10',1.5);\n-- Dump completed\n"
	table := compressGzip(t, []byte(rows))
	for _, c := range []struct {
		name  string
		table []byte
		pages []int
		want  []string
	}{
		{"in order", table, []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, []string{
			"1 ", "2 Q42", "3 ", "4 ", "5 ", "6 ", "7 ", "8 Q4294967295", "9 ", "10 Q10", "11 ",
		}},
		{"in another order", table, []int{10, 2, 8, 2, 1}, []string{"10 Q10", "2 Q42", "8 Q4294967295", "2 Q42", "1 "}},
		{"without a table", nil, []int{2}, []string{"2 "}},
		{"a table without a row", compressGzip(t, []byte(pagePropsHead)), []int{2, 1}, []string{"2 ", "1 "}},
		{"another table", compressGzip(t, []byte(strings.ReplaceAll(rows, "page_props", "page"))), []int{2, 10}, []string{
			"2 ", "10 ", "unknown-format: " + errNotPageProps.Error(),
		}},
		{"columns in another order", compressGzip(t, []byte(strings.Replace(rows, "pp_page", "pp_x", 1))), []int{2},
			[]string{"2 ", "unknown-format: " + errNotPageProps.Error()}},
		{"an empty file", []byte{}, []int{2}, []string{"2 ", "unknown-format: " + errNotPageProps.Error()}},
		{"no gzip", []byte(rows), []int{2}, []string{"2 ", "unknown-format: " + errNotPageProps.Error()}},
		{"cut short", table[:len(table)-20], []int{1, 2, 10}, []string{
			"1 ", "2 Q42", "10 ", "damaged: the items of Wikidata cannot be read: unexpected EOF; pages from the number 10 on " +
				"have none: get the file again, or remove it",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.name == "cut short" { // behind the head, which is read whole
				var padded bytes.Buffer
				padded.WriteString(rows)
				source := rand.New(rand.NewPCG(1, 2))
				for padded.Len() < 3*itemPiece {
					fmt.Fprintf(&padded, "(11,'x','%d',NULL),", source.Uint64())
				}
				cut := compressGzip(t, padded.Bytes())
				c.table = cut[:len(cut)-20]
				c.pages, c.want[2] = []int{1, 2, 11}, "11 "
				c.want[3] = strings.Replace(c.want[3], "number 10", "number 11", 1)
			}
			s := openDump(t, writeItemDump(t, c.table, c.pages...), Selection{})
			if diff := cmp.Diff(c.want, itemsOfPages(t, s)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if a := s.Account(); a.Documents != int64(len(c.want)) {
				t.Errorf("the account has %d documents, expected %d", a.Documents, len(c.want))
			}
		})
	}
}

// TestItemsOfLongTables has more rows than a piece: each is found wherever a piece ends.
func TestItemsOfLongTables(t *testing.T) {
	var rows bytes.Buffer
	rows.WriteString(pagePropsHead + "INSERT INTO `page_props` VALUES ")
	var pages []int
	var want []string
	for page := 1; rows.Len() < 3*itemPiece; page++ {
		fmt.Fprintf(&rows, "(%d,'wikibase_item','Q%d',NULL),(%d,'wikibase-badge-Q17437798','1',NULL),", page, 3*page, page)
		if page%1000 == 0 || rows.Len()%itemPiece < 300 {
			pages = append(pages, page)
			want = append(want, fmt.Sprintf("%d Q%d", page, 3*page))
		}
	}
	path := writeItemDump(t, compressGzip(t, rows.Bytes()), pages...)
	if diff := cmp.Diff(want, itemsOfPages(t, openDump(t, path, Selection{}))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestItemsOfResumedDumps resumes a dump behind each of its pages, and behind the reject of its table.
func TestItemsOfResumedDumps(t *testing.T) {
	rows := pagePropsHead +
		"INSERT INTO `page_props` VALUES (2,'wikibase_item','Q42',NULL),(3,'wikibase_item','Q43',NULL);"
	for name, table := range map[string][]byte{
		"sound": compressGzip(t, []byte(rows)), "no table": []byte("x"),
	} {
		path := writeItemDump(t, table, 1, 2, 3, 4)
		whole := rangeOver(t, openDump(t, path, Selection{}))
		want := itemsOfPages(t, openDump(t, path, Selection{}))
		for page := range whole.checkpoints {
			checkResume(t, path, Selection{}, whole, page)
			s := openDump(t, path, Selection{})
			if err := s.Resume(whole.checkpoints[page]); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want[page+1:], append([]string{}, itemsOfPages(t, s)...)); diff != "" {
				t.Errorf("%s, behind page %d (-want +got):\n%s", name, page, diff)
			}
		}
	}
}

// TestSharedItems reads two dumps of a wiki one after another: the second reads on in the table. A change of the table
// is a change of the source.
func TestSharedItems(t *testing.T) {
	rows := pagePropsHead + "INSERT INTO `page_props` VALUES (2,'wikibase_item','Q2',NULL),(3,'wikibase_item','Q3',NULL);"
	first := writeItemDump(t, compressGzip(t, []byte(rows)), 2)
	second := strings.Replace(first, "articles.xml", "articles2.xml", 1)
	content := exportHead + exportPage("Page 3", 0, 3, electionBox) + exportFoot
	if err := os.WriteFile(second, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	selection := Selection{}.SharingItems()
	a, b := openDump(t, first, selection), openDump(t, second, selection)
	if a.items == nil || a.items != b.items {
		t.Error("the dumps do not share the table")
	}
	if got := append(itemsOfPages(t, a), itemsOfPages(t, b)...); !cmp.Equal(got, []string{"2 Q2", "3 Q3"}) {
		t.Errorf("got %q", got)
	}
	before := a.Fingerprint()
	table := filepath.Join(filepath.Dir(first), "enwiki-20260101-page_props.sql.gz")
	if err := os.WriteFile(table, compressGzip(t, []byte(rows+" ")), 0o644); err != nil {
		t.Fatal(err)
	}
	if after := openDump(t, first, selection.SharingItems()).Fingerprint(); after == before {
		t.Error("a change of the table is no change of the source")
	}
}

// TestItemsGrowth holds that the time grows in proportion to the table, whatever it holds and in whatever order its
// pages are asked for.
func TestItemsGrowth(t *testing.T) {
	for _, unit := range []string{"(1,'wikibase_item','Q2',NULL),", ",'wikibase_item','Q", "(", "'"} {
		schemastest.HoldsGrowth(t, func(n int) func() {
			table := compressGzip(t, []byte(pagePropsHead+strings.Repeat(unit, n/len(unit))))
			path := filepath.Join(t.TempDir(), "enwiki-20260101-page_props.sql.gz")
			if err := os.WriteFile(path, table, 0o644); err != nil {
				t.Fatal(err)
			}
			return func() {
				items := &pageItems{path: path}
				for page := int64(100); page > 0; page-- {
					_, _ = items.item(page)
				}
			}
		})
	}
}
