package partition

import (
	"net/url"
	"path"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFolder(t *testing.T) {
	for wiki, want := range map[string]string{
		"enwiki": "wiki=enwiki", "zh_min_nanwiki": "wiki=zh_min_nanwiki", "": "wiki=__HIVE_DEFAULT_PARTITION__",
		"EnWiki": "wiki=%45n%57iki", "../x": "wiki=%2E%2E%2Fx", "a=b": "wiki=a%3Db", "é": "wiki=%C3%A9",
		"__HIVE_DEFAULT_PARTITION__": "wiki=__%48%49%56%45_%44%45%46%41%55%4C%54_%50%41%52%54%49%54%49%4F%4E__",
	} {
		if got := Folder(wiki); got != want {
			t.Errorf("%q: %s, expected %s", wiki, got, want)
		}
	}
}

// Whatever a name is, its folder is one element of a path, from which a reader of Hive's layout gets the name back.
func TestFolderIsOneElement(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		wiki := rapid.String().Draw(t, "wiki")
		folder := Folder(wiki)
		file := "parquet/elections/" + folder + "/part-00001.parquet"
		if path.Clean(file) != file || strings.Count(file, "/") != 3 || OfPath(file) != folder {
			t.Fatalf("%q leads to %s", wiki, file)
		}
		name, err := url.PathUnescape(strings.TrimPrefix(folder, "wiki="))
		if wiki != "" && (err != nil || name != wiki) {
			t.Fatalf("%q is read back as %q (%v)", wiki, name, err)
		}
	})
}

func TestOfPath(t *testing.T) {
	for _, file := range []string{"parquet/runs/part-00001.parquet", "wiki=x", "elections.duckdb", "", "parquet/x"} {
		if got := OfPath(file); got != "" {
			t.Errorf("%q: %s", file, got)
		}
	}
}

func TestCheckWiki(t *testing.T) {
	for _, wiki := range []string{"", "enwiki", "be_x_oldwiki", "MyWiki-prefix_", "123"} {
		if err := CheckWiki(wiki); err != nil {
			t.Errorf("%q: %v", wiki, err)
		}
	}
	for _, wiki := range []string{"local", "LOCAL", "a b", "../x", "a:b", "ä", "a\x00", strings.Repeat("a", 65)} {
		if err := CheckWiki(wiki); err == nil {
			t.Errorf("%q is taken", wiki)
		}
	}
}
