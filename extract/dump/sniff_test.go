package dump

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/extract/extracttest"
)

// tagOfExport matches the beginning of a tag.
var tagOfExport = regexp.MustCompile(`<(/?)(\w)`)

// An export is read in the same way whatever stands before it, with or without the prefix of a namespace, compressed
// or not, and from each checkpoint on.
func TestBeginningsOfExports(t *testing.T) {
	plain := exportHead + exportPage("None", 0, 2, "text") + exportPage("A", 0, 1, electionBox) +
		exportRedirect("B", 0, 3, "A") + exportPage("C", 0, 4, electionBox) + exportFoot
	prefixed := strings.Replace(tagOfExport.ReplaceAllString(plain, "<${1}ns0:$2"), "xmlns=", "xmlns:ns0=", 1)
	want := []string{"enwiki:1 A", "enwiki:4 C"}
	for name, export := range map[string]string{
		"nothing":                plain,
		"a comment":              "<!-- exported by a script of ours -->\n" + plain,
		"a long comment":         `<?xml version="1.0"?><!-- ` + strings.Repeat("<mediawiki> by us ", 1000) + "-->" + plain,
		"instructions":           "<?xml version='1.0'?>\n<?xml-stylesheet href='a.css'?>\n" + plain,
		"empty lines":            strings.Repeat("\r\n", 5000) + plain,
		"a doctype":              "<?xml version='1.0'?><!DOCTYPE mediawiki [<!ENTITY a \"b\">]>" + plain,
		"a line of text":         "exported today\n" + plain,
		"a prefix":               "<?xml version='1.0' encoding='UTF-8'?>\n" + prefixed,
		"a comment and a prefix": "<!-- a --> <!-- b -->" + prefixed,
		"an element around":      "<exports>" + plain + "</exports>",
	} {
		t.Run(name, func(t *testing.T) {
			for _, content := range []string{export, string(compressZstd(t, []byte(export)))} {
				path := extracttest.WriteFile(t, "x", []byte(content))
				var got, checkpoints []string
				source := openDump(t, path, Selection{})
				for event, err := range source.Events(context.Background()) {
					if err != nil {
						t.Fatal(err)
					}
					got = append(got, event.Document.Identity()+" "+event.Document.Title)
					checkpoints = append(checkpoints, source.Checkpoint())
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Fatalf("(-want +got):\n%s", diff)
				}
				if a := source.Account(); a.Documents != 4 || a.WithoutBox != 1 || a.Redirects != 1 {
					t.Errorf("%+v", a)
				}
				resumed := openDump(t, path, Selection{})
				if err := resumed.Resume(checkpoints[0]); err != nil {
					t.Fatal(err)
				}
				rest := rangeOver(t, resumed)
				if len(rest.pages) != 1 || rest.redirects[0] != "enwiki:B>A" {
					t.Errorf("behind the first page: %v, %v", rest.pages, rest.redirects)
				}
			}
		})
	}
}

// Pages of wikitext and HTML are no exports, even if they speak of one.
func TestIsExport(t *testing.T) {
	for text, want := range map[string]bool{
		"":                                        false,
		"'''A'''{{Infobox election}}":             false,
		"<mediawikis />":                          false,
		"&lt;mediawiki&gt;":                       false,
		"a < b <mediawiki":                        false,
		"<!-- <mediawiki> -->'''A'''":             false,
		"<!-- <mediawiki>":                        false,
		"<html><title>A</title></html>":           false,
		"a <page>":                                false,
		"a <title>A</title> <revision>":           false,
		"</mediawiki>":                            false,
		"<mediawiki>":                             true,
		"\ufeff\n<mediawiki/>":                    true,
		"a <x:mediawiki >":                        true,
		"<!-- a --> <page>":                       true,
		"<m:page id='1'>":                         true,
		"<pages><page><title>A</title><revision>": true,
	} {
		if got := IsExport([]byte(text)); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}
