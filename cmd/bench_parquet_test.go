package cmd

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/apache/arrow/go/v15/parquet/file"

	"hemicycle/load/version"
)

// fieldLine matches a line with a field of a box.
var fieldLine = regexp.MustCompile(`(?m)^[ \t]*\|[^=\n]*=[^\n]*`)

// nameOrNumber matches what varies from one page to the next in a field.
var nameOrNumber = regexp.MustCompile(`\p{Lu}\p{Ll}{3,}|[0-9]+`)

// varied returns a wikitext with other names and numbers in its fields, so that pages made of one page do not have the
// same texts, which would compress better than those of real pages.
func varied(random *rand.Rand, wikitext string) string {
	names := map[string]string{} // within a page, one name is written alike
	return fieldLine.ReplaceAllStringFunc(wikitext, func(line string) string {
		key, value, _ := strings.Cut(line, "=")
		return key + "=" + nameOrNumber.ReplaceAllStringFunc(value, func(word string) string {
			if other, ok := names[word]; ok {
				return other
			}
			other := []rune(word)
			for i := 1; i < len(other); i++ {
				if other[i] >= '0' && other[i] <= '9' {
					other[i] = rune('0' + random.IntN(10))
				} else if i < 4 && other[i] < 128 {
					other[i] = rune("aeioulnrst"[random.IntN(10)])
				}
			}
			names[word] = string(other)
			return names[word]
		})
	})
}

// BenchmarkParquet runs the built program on a dump of HEMICYCLE_DUMP_MB megabytes (default 100) in which every page
// is of an election, and prints what the Parquet files of each table take. HEMICYCLE_PARQUET names a folder in which
// the output stays, for BenchmarkParquetSettings of the package load.
func BenchmarkParquet(b *testing.B) {
	folder, output := b.TempDir(), os.Getenv("HEMICYCLE_PARQUET")
	if output == "" {
		output = filepath.Join(folder, "output")
	}
	binary, dump := buildProgram(b, folder), filepath.Join(folder, "dense.xml")
	made := makeDense(b, dump, envSetting(b, "HEMICYCLE_DUMP_MB", 100)*1_000_000)
	for b.Loop() {
		c := exec.Command(binary, "run", "--republish", "--log", "json", "--from", dump, "--output", output)
		started := time.Now()
		out, err := c.CombinedOutput()
		if err != nil && c.ProcessState.ExitCode() != statusDoubtful {
			b.Fatalf("%v\n%s", err, out)
		}
		fmt.Printf("\n%d pages of elections, %d MB: %.1f s, largest process %.0f MB\n", made.pages, made.bytes/1e6,
			time.Since(started).Seconds(), float64(c.ProcessState.SysUsage().(*syscall.Rusage).Maxrss)*1024/1e6)
		for line := range bytes.Lines(out) {
			var entry struct {
				Message string `json:"msg"`
				Name    string
				Seconds float64
			}
			if json.Unmarshal(line, &entry) == nil && entry.Message == "stage" {
				fmt.Printf("  %-24s %6.2f s\n", entry.Name, entry.Seconds)
			}
		}
		printParquet(b, output)
	}
}

// makeDense writes a dump of that many bytes in which every page is of an election.
func makeDense(b *testing.B, path string, size int64) *madeDump {
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	m := newDumpMaker(b)
	m.share = 1
	m.variesPages = true
	made, err := m.make(f, size)
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		b.Fatal(err)
	}
	return made
}

// printParquet prints rows, row groups and bytes of each table of an output folder.
func printParquet(b *testing.B, output string) {
	content, err := os.ReadFile(filepath.Join(output, "manifest.json"))
	var manifest version.Manifest
	if err == nil {
		err = json.Unmarshal(content, &manifest)
	}
	if err != nil {
		b.Fatal(err)
	}
	fmt.Printf("  %-20s %10s %7s %10s %10s\n", "table", "rows", "groups", "kB", "kB a group")
	var total int64
	for _, f := range manifest.Files {
		if !strings.HasSuffix(f.Path, ".parquet") || f.Rows == 0 {
			continue
		}
		r, err := file.OpenParquetFile(filepath.Join(output, filepath.FromSlash(f.Path)), false)
		if err != nil {
			b.Fatal(err)
		}
		groups := int64(r.NumRowGroups())
		r.Close()
		fmt.Printf("  %-20s %10d %7d %10d %10d\n", f.Table, f.Rows, groups, f.Bytes/1000, f.Bytes/1000/groups)
		total += f.Bytes
	}
	fmt.Printf("  %-20s %29d\n", "all", total/1000)
}
